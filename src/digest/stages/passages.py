"""The sentences of a page of documentation, each with the heading that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.records import Article, Quote
from digest.stages.clean import key_of
from digest.stages.cues import WIDE
from digest.stages.genre import Genre
from digest.stages.note_lines import Line, lines_of
from digest.stages.note_sections import LABELLED, leads
from digest.stages.orders import is_order
from digest.stages.phrase_data import Patterns
from digest.stages.release_notes import DATED
from digest.stages.sentences import CLOSERS
from digest.text import count_words, split_sentences

HEADING = 9  #: words of a line that heads what follows, at most
LABEL = 5  #: words of what a colon parts from the rest, if it names a thing and says nothing
HEADING_WIDE = 24  #: characters of one in Japanese and Chinese
ENDS = tuple(sign for sign in CLOSERS if sign not in ")）")  #: what a heading does not end with
SECTION = 4  #: words of a heading for a part of notes ("Enhancements in Assets")
ITEM = 4  #: words of a list's item that tells something without an end like a sentence's
BRACKETS = re.compile(r"\s*\([^()]{1,40}\)\s*$")
AHEAD = 2  #: frames of a title that are taken off at most


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a page, and where it stands."""

    quote: Quote
    heading: str  #: that it stands under; "" above the first one
    label: str  #: what it tells of, where it says so ("Smart crop: finds …"), "" otherwise
    text: str  #: without the label
    before: str  #: the sentence before it under the same heading
    step: bool  #: whether it instructs or addresses its reader


def passages_of(article: Article, genre: Genre) -> Iterator[Passage]:
    """Give the sentences of a page in order, and its list items that tell something."""
    heading = before = ""
    stale = False
    for line in lines_of(article):
        if is_heading(line):
            heading, before = line.text.strip(" :："), ""
            top = not article.text[: line.begin].strip()
            opens = top and key_of(article.title).startswith(key_of(heading))
            if opens or _is_title(heading, article.title, genre):
                heading = ""
            elif genre.kind == "notes":
                stale = _is_stale(heading, genre, stale)
            continue
        if stale or genre.mended.match(line.text):
            continue
        text = DATED.sub("", line.text)
        begin = line.begin + len(line.text) - len(text)
        for start, end in split_sentences(text):
            told = text[start:end]
            label, rest = _labelled(told)
            item = label and count_words(rest) >= ITEM and not told.endswith((":", "："))
            if (not told.endswith(tuple(CLOSERS)) and not item) or is_order(told):
                continue
            quote = Quote(told, article.id, begin + start, begin + end)
            if not genre.teaches.match(rest):
                yield _passage(quote, heading, label, rest, before, genre)
            before = told


def _is_title(heading: str, title: str, genre: Genre) -> bool:
    """Return whether a heading is the page's own title: all of it, or words that head no part.

    Under "Release notes: new features and fixed issues", "Fixed issues" heads a part, while
    "Release notes" heads all.
    """
    if key_of(heading) == key_of(title):
        return True
    if genre.fresh.search(heading):
        return False
    if genre.stale.search(heading) and not genre.notes.search(heading):
        return False
    if WIDE.search(heading):
        return key_of(heading) in key_of(title)
    said, whole = (" ".join(re.findall(r"\w+", one.casefold())) for one in (heading, title))
    return f" {said} " in f" {whole} "


def _is_stale(heading: str, genre: Genre, before: bool) -> bool:
    """Return whether a part of notes holds fixes, courses or notices, and nothing of a product."""
    if genre.stale.search(heading):
        return True
    return before and not genre.fresh.search(heading)


def _passage(
    quote: Quote, heading: str, label: str, text: str, before: str, genre: Genre
) -> Passage:
    """Return a passage; what follows "When you upload an image, …" tells, and instructs nobody."""
    step = genre.is_step(text)
    _, _, rest = text.partition(", ")
    if step and count_words(rest) >= ITEM and not genre.is_step(rest):
        return Passage(quote, heading, label, rest, before, step=False)
    return Passage(quote, heading, label, text, before, step)


def is_heading(line: Line) -> bool:
    """Return whether a line heads what follows: short, without an end, apart or above a text."""
    wide = count_words(line.text) > 1 and not re.search(r"\s", line.text.strip())
    short = len(line.text) <= HEADING_WIDE if wide else count_words(line.text) <= HEADING
    above = not line.bullet and line.after.endswith(ENDS)
    return short and (line.apart or above) and not (line.text.endswith(ENDS) or leads(line.text))


def thing_of(title: str, manual: Patterns, genre: Genre) -> str:
    """Return the thing that a title or heading names, "" where it names none.

    Frames are taken off: "About Hollo", "Smart tags overview". A step, a question and a heading
    for any page ("Limits") name none.
    """
    name = BRACKETS.sub("", title.strip(" .:："))
    if not name or name.endswith(("?", "？")) or manual["plain"].fullmatch(name):
        return ""
    for _ in range(AHEAD):
        framed = manual["frame"].match(name)
        name = name[framed.end() :].strip() if framed else name
        last = next((m for m in manual["tail"].finditer(name) if m.end() == len(name)), None)
        name = name[: last.start()] if last and last.start() else name
    if _is_plain(name, manual, genre) or (
        genre.is_step(name) and not manual["helper"].search(name)
    ):
        return ""
    return name.strip(" ,")


def _is_plain(name: str, manual: Patterns, genre: Genre) -> bool:
    """Return whether a heading may stand on any page: "Limits", "New features"."""
    part = genre.fresh.search(name) and count_words(name) <= SECTION
    return bool(part or manual["plain"].fullmatch(name) or genre.heading.fullmatch(name))


def is_named(name: str, text: str) -> bool:
    """Return whether a text has a name, whatever its marks and capitals."""
    return bool(name) and key_of(name) in key_of(text)


def _labelled(text: str) -> tuple[str, str]:
    found = LABELLED.match(text)
    if not found or count_words(found["name"]) > LABEL:
        return "", text
    return BRACKETS.sub("", found["name"]).strip(), found["rest"]
