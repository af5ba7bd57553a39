"""What a language model wrote of a story, as far as its sources bear it out."""

from __future__ import annotations

from dataclasses import dataclass

from digest.records.articles import Quote


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A generated sentence that was checked against the sentences it rests on."""

    text: str  #: in the reader's language
    rests_on: tuple[Quote, ...]  #: verbatim; each of its names and numbers stands in one of them
    model: str  #: which wrote it
    citations: tuple[int, ...] = ()  #: numbers of the sources quoted; given by the edition


@dataclass(frozen=True, slots=True)
class Refused:
    """A generated sentence that fell out."""

    text: str  #: as it was written, shortened
    why: str


@dataclass(frozen=True, slots=True)
class Written:
    """A generated draft of a story: a rewriting, never a source."""

    id: str  #: the story's id
    model: str
    language: str  #: BCP-47, the reader's
    lines: tuple[WrittenLine, ...]  #: what held; empty where nothing did
    refused: tuple[Refused, ...] = ()  #: what fell out, and why
