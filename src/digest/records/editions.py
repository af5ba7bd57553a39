"""What a reader gets: an edition with its sections, stories, lines and citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digest.records.articles import Launch
from digest.records.findings import (
    Claimed,
    Line,
    OurStack,
    Pack,
    Product,
    Promise,
    Relation,
    Remark,
    Trends,
    VendorWatch,
)
from digest.records.launches import Review
from digest.records.stories import Part
from digest.records.written import WrittenLine

EditionKind = Literal["weekly", "quarterly"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source of an edition."""

    number: int
    article: str
    title: str
    publisher: str
    published: str | None
    dated: str  #: "published", or "first seen" where the page has no date
    language: str
    url: str | None
    via: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier story that a story of an edition goes on with."""

    story: str
    headline: str  #: in the reader's language where it could be translated
    language: str  #: of the headline
    publisher: str
    published: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Launched(Launch):
    """What a vendor did, told once however many of a story's articles tell of it."""

    publishers: int = 0  #: distinct, a wire's once; 0 in older editions, which had one an article
    citations: tuple[int, ...] = ()  #: numbers of the story's articles that tell of it, proof first
    review: Review = "unreviewed"  #: what an editor made of it


@dataclass(frozen=True, slots=True)
class Entrant:
    """One story as an edition shows it."""

    story: str
    headline: str
    headline_original: str
    headline_language: str
    headline_translated: bool
    headline_note: str
    status: Literal["new", "developing", "late"]
    publishers: int
    languages: tuple[str, ...]
    labels: tuple[str, ...]
    score: float
    why: tuple[Part, ...]
    lines: tuple[Line, ...]
    citations: tuple[int, ...]  #: every member's number, the lead's first
    launches: tuple[Launched, ...]
    published: str
    dated: str
    earlier: tuple[Earlier, ...] = ()  #: stories that it goes on with
    policy: bool = False
    jurisdictions: tuple[str, ...] = ()  #: whose law or authority, where `policy`
    risks: tuple[str, ...] = ()
    relation: Relation = ""  #: whether it is about what we own or watch
    concerns: tuple[Remark, ...] = ()  #: for whom it is
    note: str = ""  #: what an editor says to the reader
    edited: tuple[str, ...] = ()  #: what editors wrote: "headline", "summary", "labels"
    headline_engine: str = ""  #: name and versions of the packages that translated it
    starter: bool = False  #: whether a small starter package translated any of it
    written: tuple[WrittenLine, ...] = ()  #: a generated draft shown before `lines`


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its stories."""

    name: str
    title: str
    entries: tuple[Entrant, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A source of which nothing was read in the period, and why."""

    source: str  #: its name
    publisher: str
    why: Literal["failed", "silent", "paused"]
    detail: str = ""  #: what its last poll said, where it failed


@dataclass(frozen=True, slots=True)
class Correction:
    """What was found to be wrong in a published edition, as its reader is told."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A weekly or quarterly digest, complete: rendering needs nothing else."""

    id: str  #: kind, period and audience: "weekly-2026-W47-cmo"
    kind: EditionKind
    period: str  #: "2026-W47", "2026-Q4"
    audience: str
    language: str
    title: str
    start: str  #: the period is half-open: start ≤ published < end
    end: str
    timezone: str
    compiled_at: str
    opening: Entrant | None  #: the one thing to know
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    counts: tuple[tuple[str, int], ...]  #: what was read, dropped, merged: name and number
    drops: tuple[tuple[str, int], ...]  #: reason and number
    missing_packages: tuple[str, ...] = ()
    previous: str | None = None  #: the id of the edition before
    new_since_last: int = 0
    still_developing: int = 0
    late: int = 0
    layout: tuple[str, ...] = ()  #: names of its sections in order; empty in older editions
    products: tuple[Product, ...] = ()
    claims: tuple[Claimed, ...] = ()
    watch: tuple[VendorWatch, ...] = ()
    promises: tuple[Promise, ...] = ()  #: of vendors that we neither own nor watch
    trends: Trends | None = None
    stack: OurStack | None = None
    pack: Pack | None = None
    engines: tuple[str, ...] = ()  #: what translated, name and version
    sources: tuple[tuple[str, int], ...] = ()  #: publisher and number of articles read
    missed: tuple[Missed, ...] = ()  #: sources that told nothing, those that failed first
    readable: tuple[tuple[str, str], ...] = ()  #: vendor or product, and its name for the reader
    corrections: tuple[Correction, ...] = ()  #: written after it was published, oldest first
    withdrawn: str = ""  #: why it holds no longer
    withdrawn_at: str = ""  #: when that was said
