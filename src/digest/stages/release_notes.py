"""New things in the notes on a release, told by their headings, lists and openings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from digest.records import Article, Quote
from digest.stages.clean import key_of
from digest.stages.genre import Genre
from digest.stages.grammar import Grammar
from digest.stages.names import QUOTED, head_of
from digest.stages.note_lines import Line, lines_of
from digest.stages.sentences import CLOSERS
from digest.stages.taxonomy import load_knowledge
from digest.stages.times import find_times
from digest.text import count_words, split_sentences

LONGEST = 10  #: words of a heading that may name a thing …
SHORTEST = 3  #: … and of one that ends like a sentence
MOST = 12  #: words of what a sentence says that is new
TELLING = 4  #: words from which a line tells something, and does not only name it
DATED = re.compile(r"^\([^()]{4,80}\)\s*")  #: "(3 November) A new column …"
LABELLED = re.compile(
    r"^(?P<name>[^.:。：|]{3,80}?)(?:\s[-–—]\s|\s?[:：]\s|：|\s?\|\s?)(?P<rest>[^\W\d_].{11,})"
)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONG_AGO = date(2000, 1, 1)  #: a day before all that notes are of
DAYS = ("day", "month")  #: kinds of time that head an entry
CODE = re.compile(r"[{}<>=]")
NUMBERED = re.compile(r"[\W\d_]*|.*\d+\.\d+\.\d+\S*", re.I)


@dataclass(frozen=True, slots=True)
class Noted:
    """A new thing, or the end of an old one, in the notes on a release."""

    quote: Quote
    product: str
    event: str = "feature"  #: "feature" or "shutdown"


def read_notes(article: Article, grammar: Grammar, genre: Genre) -> Iterator[Noted]:
    """Give what is new by the notes' own structure.

    A section is fresh, or its heading says that it holds fixes, courses, plans or the like, and it
    is passed over. In the others a thing is new that is a heading over a text, a list's item, or
    what a sentence says can be done now; a heading may also tell of an end ("End of life of …").
    """
    fresh, told = True, False  # told: whether a heading said that what follows is new
    heading = ""
    section = before = False  # whether this line, and the one before it, heads a section
    for line in lines_of(article):
        if line.apart and _is_day(line.text, grammar.language):
            fresh, told, heading = True, False, ""  # an entry of a log
            continue
        before, section = section, _is_section(line, genre)
        if section:
            fresh = not genre.stale.search(line.text)
            told, heading = fresh, ""
            continue
        ended = genre.ends.match(line.text) if not line.closed else None
        if ended and line.after:
            yield from _ended(article, line, line.text[ended.end() :])
        if not fresh:
            continue
        if _is_heading(line, article, genre):
            told, heading = False, _bare(line.text)
            if _tells(line.after, genre):
                yield Noted(_quote_after(article, line), heading)
            continue
        yield from _item(article, line, genre, grammar, told=told, heading=heading)
        if line.closed:
            told, heading = told and before, ""


def _is_section(line: Line, genre: Genre) -> bool:
    """Return whether a line heads a part of the notes, by a word for what stands in it."""
    text = line.text.rstrip(" :：")
    if line.closed or not line.apart or count_words(text) > LONGEST or LABELLED.match(line.text):
        return False
    named = count_words(text) <= SHORTEST and genre.heading.fullmatch(text)
    return bool(named or genre.stale.search(text) or genre.fresh.search(text))


def _is_heading(line: Line, article: Article, genre: Genre) -> bool:
    text = _bare(line.text)
    short = count_words(text) <= (SHORTEST if line.closed else LONGEST)
    above = line.above and line.after.endswith(tuple(CLOSERS))
    if not short or not (line.apart or above) or line.text.endswith(("!", "?", "？")):
        return False
    if CODE.search(line.text):
        return False
    if genre.news.match(line.text) or genre.aside.match(line.text):
        return False
    return not _is_known(text, article) and not genre.teaches.match(text)


def _is_known(text: str, article: Article) -> bool:
    """Return whether a line only names the product that the notes are of, a date or a version."""
    if NUMBERED.fullmatch(text) or not text[:1].strip():
        return True
    titled = key_of(f"{article.title} {article.publisher}")
    about = article.title.split(" – ")[0].removeprefix(article.publisher).strip()
    return key_of(text) in titled or (" " in about and key_of(text).startswith(key_of(about)))


def _is_day(text: str, language: str) -> bool:
    """Return whether a line is but a day, or a month of a year."""
    told = text.strip(" .:：")
    times = find_times(told, language, LONG_AGO) if count_words(told) <= LONGEST else []
    whole = any(time.end - time.start >= len(told) and time.kind in DAYS for time in times)
    return bool(re.search(r"\d{4}", told)) and (whole or ISO_DAY.fullmatch(told) is not None)


def _bare(text: str) -> str:
    return _stage().sub("", text).strip(" .:：")


def _tells(text: str, genre: Genre) -> bool:
    """Return whether a text tells of a thing, rather than teaches it or lists where to read on."""
    told = text.endswith(tuple(CLOSERS)) and count_words(text) >= TELLING
    told = told and not text.endswith(("?", "？"))
    return told and not genre.teaches.match(text) and not genre.mended.match(text)


def _quote(article: Article, line: Line) -> Quote:
    return Quote(article.text[line.begin : line.first], article.id, line.begin, line.first)


def _quote_after(article: Article, line: Line) -> Quote:
    """Return the first sentence of the text under a heading."""
    begin = article.text.index(line.after, line.begin + len(line.text))
    end = begin + split_sentences(line.after)[0][1]
    return Quote(article.text[begin:end], article.id, begin, end)


def _ended(article: Article, line: Line, product: str) -> Iterator[Noted]:
    if product.strip() and line.after.endswith(tuple(CLOSERS)):
        yield Noted(_quote_after(article, line), _bare(product), "shutdown")


def _item(
    article: Article, line: Line, genre: Genre, grammar: Grammar, *, told: bool, heading: str
) -> Iterator[Noted]:
    """Give what a line of a fresh section tells: "Name: what it does", a name, or a sentence."""
    text = DATED.sub("", line.text)
    if any(each.match(text) for each in (genre.mended, genre.teaches, genre.aside)):
        return
    labelled = LABELLED.match(text)
    if labelled and heading and line.apart and count_words(labelled["name"]) > SHORTEST:
        labelled = None  # a sentence under its heading, that has a colon
    if labelled and (line.closed or not genre.stale.search(labelled["rest"])):
        name = _bare(labelled["name"])
        opened = genre.news.match(text)
        named = _said(text, genre, grammar) if opened else name
        if named and count_words(named) <= LONGEST and not genre.stale.search(named):
            yield Noted(_quote(article, line), named)
            return
    if not line.closed and count_words(text) <= LONGEST:
        plain = genre.heading.fullmatch(text) or genre.stale.search(text)
        if told and not (plain or line.apart or line.heads or _is_known(_bare(text), article)):
            yield Noted(_quote(article, line), _bare(text))
        return
    for start, end in split_sentences(text):
        able = genre.able.match(text[start:end]) if told and line.closed else None
        said = able[1].strip() if able else _said(text[start:end], genre, grammar)
        if said:
            begin = line.begin + line.text.index(text) + start
            quote = Quote(text[start:end], article.id, begin, begin + end - start)
            yield Noted(quote, heading or said)
            heading = ""


def _said(sentence: str, genre: Genre, grammar: Grammar) -> str:
    """Return what a sentence says is new ("You can now …", "A new X shows …"), "" for nothing."""
    opened = genre.news.match(sentence)
    rest = sentence[opened.end() :] if opened else sentence
    told = genre.tells.search(rest)
    if not told and not opened:
        return ""
    said = next((group for group in told.groups() if group), "") if told else rest
    quoted = QUOTED.search(said)
    if quoted:
        return quoted[1].strip(" ,.")
    plain = head_of(said, grammar) if told else re.split(r"[,;:(]\s|\s[–—-]\s", said)[0]
    if genre.vague.match(plain.strip(" ,.;:")):
        return ""
    return " ".join(plain.split()[:MOST]).strip(" ,.;:!。，；：！")


@cache
def _stage() -> re.Pattern[str]:
    """Return a stage in brackets beside a name: "Live stock (beta)" (`names.toml`)."""
    words = "|".join(load_knowledge().names["note_stages"])
    return re.compile(rf"\s*[(（](?:{words})!?[)）]", re.I)
