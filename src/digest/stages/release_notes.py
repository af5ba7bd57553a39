"""New things in the notes on a release, told by their headings, lists and openings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.records import Article, Quote
from digest.stages.clean import key_of
from digest.stages.genre import Genre
from digest.stages.grammar import Grammar
from digest.stages.note_lines import Line, lines_of
from digest.stages.note_names import able_to, bare_heading, named_by, said_new
from digest.stages.note_sections import (
    LABELLED,
    LONGEST,
    SHORTEST,
    VERSION,
    is_entry,
    is_lead_in,
    is_section,
    is_title,
    leads,
)
from digest.stages.sentences import CLOSERS
from digest.text import count_words, split_sentences

TELLING = 4  #: words from which a line tells something, and does not only name it
DATED = re.compile(r"^\([^()]{4,80}\)\s*")  #: "(3 November) A new column …"
CODE = re.compile(r"[{}<>=]")


@dataclass(frozen=True, slots=True)
class Noted:
    """A new thing, or the end of an old one, in the notes on a release."""

    quote: Quote
    product: str
    event: str = "feature"  #: "feature" or "shutdown"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands in the notes."""

    told: bool = False  #: whether a heading said that what follows is new
    heading: str = ""  #: the thing named above, of which nothing has been told yet
    under: bool = False  #: whether it stands under a thing's heading
    labels: bool = True  #: whether what a colon parts from the rest may name a thing


def read_notes(article: Article, grammar: Grammar, genre: Genre) -> Iterator[Noted]:
    """Give what is new by the notes' own structure.

    A section is fresh, or its heading says that it holds fixes, courses, plans or the like, and it
    is passed over. In the others a thing is new that is a heading over a text, a list's item, or
    what a sentence says can be done now; a heading may also tell of an end ("End of life of …").
    What can be done with the thing of a heading is no other thing, save by its name.
    """
    lines = lines_of(article)
    many = Counter(key_of(match["name"]) for one in lines if (match := LABELLED.match(one.text)))
    fresh, at = True, Place()
    section = before = False  # whether this line, and the one before it, heads a section
    for line in lines:
        if is_title(line, article, genre) or is_lead_in(line, genre):
            continue
        if is_entry(line, grammar.language):
            fresh, at = True, Place()
            continue
        told, below = bool(said_new(line.after, genre, grammar)), _tells(line.after, genre)
        before, section = section, is_section(line, genre, grammar, told=told, below=below)
        if section:
            fresh = not genre.stale.search(line.text)
            at = Place(told=fresh)
            continue
        ended = genre.ends.match(line.text) if not line.closed else None
        if ended and line.after:
            yield from _ended(article, line, line.text[ended.end() :])
        if not fresh:
            continue
        if _is_heading(line, article, genre):
            heading = named_by(line.text, genre, grammar)
            at = Place(heading=heading, under=below)
            if at.under:
                yield Noted(_quote_after(article, line), heading)
            continue
        label = LABELLED.match(line.text)
        at = replace(at, labels=label is None or many[key_of(label["name"])] == 1)
        yield from _item(article, line, genre, grammar, at)
        if line.closed:
            at = replace(at, told=at.told and before, heading="")


def _is_heading(line: Line, article: Article, genre: Genre) -> bool:
    text = bare_heading(line.text)
    short = count_words(text) <= (SHORTEST if line.closed else LONGEST)
    above = line.above and line.after.endswith(tuple(CLOSERS))
    if not short or not (line.apart or above) or line.text.endswith(("!", "?", "？")):
        return False
    if CODE.search(line.text) or leads(line.text):
        return False
    if genre.news.match(line.text) or genre.aside.match(line.text):
        return False
    return not _is_known(text, article) and not genre.teaches.match(text)


def _is_known(text: str, article: Article) -> bool:
    """Return whether a line only names the product that the notes are of, a date or a version."""
    return VERSION.fullmatch(text) is not None or _is_titled(text, article)


def _is_titled(text: str, article: Article) -> bool:
    """Return whether a text names the product of the title, or one whose name begins with it."""
    titled = key_of(f"{article.title} {article.publisher}")
    about = article.title.split(" – ")[0].removeprefix(article.publisher).strip()
    text = text.removeprefix(article.publisher).strip() or text
    return key_of(text) in titled or (" " in about and key_of(text).startswith(key_of(about)))


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
        yield Noted(_quote_after(article, line), bare_heading(product), "shutdown")


def _item(
    article: Article, line: Line, genre: Genre, grammar: Grammar, at: Place
) -> Iterator[Noted]:
    """Give what a line of a fresh section tells: "Name: what it does", a name, or a sentence."""
    text = DATED.sub("", line.text)
    if any(each.match(text) for each in (genre.mended, genre.teaches, genre.aside)):
        return
    labelled = LABELLED.match(text) if at.labels else None
    if labelled and at.heading and line.apart and count_words(labelled["name"]) > SHORTEST:
        labelled = None  # a sentence under its heading, that has a colon
    if labelled and (line.closed or not genre.stale.search(labelled["rest"])):
        name = bare_heading(labelled["name"])
        opened = genre.news.match(text)
        named = said_new(text, genre, grammar) if opened else name
        if named and count_words(named) <= LONGEST and not genre.stale.search(named):
            yield Noted(_quote(article, line), named)
            return
    if not line.closed and count_words(text) <= LONGEST:
        bare = bare_heading(text)
        plain = genre.heading.fullmatch(text) or genre.stale.search(text)
        if at.told and not (plain or line.apart or line.heads or _is_known(bare, article)):
            yield Noted(_quote(article, line), bare)
        return
    heading = at.heading
    for start, end in split_sentences(text):
        said = _said(text[start:end], genre, grammar, at, closed=line.closed)
        if said:
            begin = line.begin + line.text.index(text) + start
            quote = Quote(text[start:end], article.id, begin, begin + end - start)
            whole = not heading and said != said.lower() and _is_titled(said, article)
            event = "launch" if whole else "feature"  # the product of the notes itself
            yield Noted(quote, heading or said, event)
            heading = ""


def _said(sentence: str, genre: Genre, grammar: Grammar, at: Place, *, closed: bool) -> str:
    able = genre.able.match(sentence) if at.told and closed else None
    if able:
        return able[1].strip()
    said = said_new(sentence, genre, grammar)
    plain = said == said.lower() and said == able_to(sentence, genre, grammar)
    return "" if plain and at.under and not at.heading else said
