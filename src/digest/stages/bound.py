"""Whose an authority is: the place that its sentence names beside it, or that acts itself."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from digest.stages.cues import CueRow, Cues, cues_for, tag_of
from digest.stages.labels import Text
from digest.stages.law import Law, pattern_for

WIDE = ("ja", "zh-Hans", "zh-Hant")
#: Between a place and its office: nothing, or one word ("the Swiss federal court").
BEFORE = re.compile(r"(?:['’]s?)?[ \-](?:[\w’'-]+ )?")
BEFORE_WIDE = re.compile(r"の?[^\s、。，,.「」“”]{0,4}")
HEAD = re.compile(r"\W*(?:[^\W\d_]{1,4}['’\s]\s*)?")  #: before a place that opens: an article
NEXT = re.compile(r"\s+")  #: between it and what it does
SOON = 3  #: code points after it, in scripts without spaces
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bound:
    """An office or a place that acts, with the place whose it is."""

    place: str
    start: int  #: in `Text.full`, of the office and its place together
    end: int
    office: Span  #: of the office; of the place itself where it acts


@dataclass(frozen=True, slots=True)
class Named:
    """A word for a place."""

    start: int
    end: int
    place: str
    is_land: bool  #: whether it is a country's or state's own name, and no city or adjective

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


def find_bound(text: Text, language: str, law: Law) -> tuple[Bound, ...]:
    """Return the offices of a text whose place stands beside them, and the places that act.

    Args:
        text: an article, laid out.
        language: decides which words count.
        law: the words.
    """
    places = find_places(text, language, law)
    offices = spans_of(text, cues_for(law.offices, language))
    found = [one for office in offices for one in _beside(text, office, places, language, law)]
    return (*found, *_acting(text, places, language, law))


def spans_of(text: Text, cues: CueRow) -> list[Span]:
    """Return where a text has some cues, the longest first; no place counts twice."""
    taken = bytearray(len(text.full))
    found: list[Span] = []
    for cue in sorted(cues.present_in(text.lower), key=lambda one: -len(one.phrase)):
        for start, end in cue.spans(text.full, text.lower):
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end))
    return sorted(found)


def sentences_of(text: Text) -> Iterator[Span]:
    """Give the bounds of the title and of each sentence, in `Text.full`."""
    yield 0, max(text.offset - 1, 0)
    yield from ((start + text.offset, end + text.offset) for start, end in text.sentences)


def find_places(text: Text, language: str, law: Law) -> list[Named]:
    """Return the words for places, the longest first where they overlap: "Indonesia"."""
    row, codes = law.named(language)
    taken = bytearray(len(text.full))
    found: list[Named] = []
    for cue in sorted(row.present_in(text.lower), key=lambda one: -len(one.phrase)):
        for start, end in cue.spans(text.full, text.lower):
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append(Named(start, end, codes[cue], cue.phrase in law.lands))
    return found


def _beside(
    text: Text, office: Span, places: Sequence[Named], language: str, law: Law
) -> Iterator[Bound]:
    before = BEFORE_WIDE if tag_of(language, WIDE) else BEFORE
    link = pattern_for(law.links, language)
    for one in places:
        short = one.end - one.start == 1  # "独" is Germany in "独当局", and a part of other words
        near = one.end == office[0] if short else before.fullmatch(text.full, one.end, office[0])
        if one.end <= office[0] and near:
            yield Bound(one.place, one.start, office[1], office)
        elif link and one.start >= office[1] and link.fullmatch(text.full, office[1], one.start):
            yield Bound(one.place, office[0], one.end, office)


def _acting(text: Text, places: Sequence[Named], language: str, law: Law) -> Iterator[Bound]:
    """Give the places that open the title or a sentence and do something: "Chile fines …"."""
    deeds = {start for row in (law.deeds, law.acts) for start, _ in _starts(text, row, language)}
    heads = [start for start, _ in sentences_of(text)]
    for one in places:
        opens = one.is_land and any(
            head <= one.start and HEAD.fullmatch(text.full, head, one.start) for head in heads
        )
        if opens and any(_acts(text, one.end, deeds, language, law)):
            yield Bound(one.place, one.start, one.end, (one.start, one.end))


def _acts(text: Text, end: int, deeds: Container[int], language: str, law: Law) -> Iterator[bool]:
    """Give whether what stands behind a place is what it does."""
    after, helps = (pattern_for(each, language) for each in (law.after, law.helps))
    if after:
        yield after.match(text.full, end) is not None
        yield any(end + n in deeds for n in range(SOON))
    gaps = (gap.match(text.full, end) for gap in (helps, NEXT) if gap)
    yield any(gap.end() in deeds for gap in gaps if gap)


def _starts(text: Text, rows: Cues, language: str) -> list[Span]:
    return spans_of(text, cues_for(rows, language))
