"""What an edition has beside its stories: products, claims, vendors, trends, our stack, a pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digest.records.articles import Availability, ProofKind, Quote
from digest.records.launches import Kept, Review

Relation = Literal["owned", "watched", ""]
TrendKind = Literal["label", "vendor", "event", "topic", "jurisdiction"]
#: Growth that more than chance explains, "lone" where one of several sources alone has it, or why
#: none is told.
Direction = Literal["up", "down", "lone", "steady", "few", "first", "quiet", "alone"]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an edition with its proof."""

    text: str  #: in the reader's language where it could be translated
    original: Quote
    language: str
    citation: int
    translated: bool
    note: str = ""  #: "no de → en package", …
    edited: bool = False  #: an editor's words; the original is what they stand for
    engine: str = ""  #: name and versions of the packages that translated it


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of the edition's own: a code and what is filled into its words."""

    code: str  #: see `digest.stages.remarks.REMARKS`
    values: tuple[tuple[str, str], ...] = ()  #: what kind of word and its value: ("day", "2026-…")
    citations: tuple[int, ...] = ()  #: sources that it rests on
    from_stack: bool = False  #: whether it rests on what the team says of its own tools
    line: Line | None = None  #: the sentence that gives rise to it


@dataclass(frozen=True, slots=True)
class Product:
    """One launch record as the edition shows it."""

    record: str  #: the record's id
    vendor: str
    product: str
    event: str
    category: str | None
    announced: str | None
    announced_from: str
    availability: Availability
    line: Line  #: the sentence that proves it
    citations: tuple[int, ...]
    publishers: tuple[str, ...]
    languages: tuple[str, ...]
    confidence: float
    relation: Relation = ""
    review: Review = "unreviewed"


@dataclass(frozen=True, slots=True)
class Backing:
    """A sentence that states evidence for a claim."""

    kind: ProofKind
    line: Line


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a vendor says its artificial intelligence does, and the evidence stated for it."""

    vendor: str
    product: str
    line: Line
    backing: tuple[Backing, ...]  #: empty: claimed, no evidence stated
    relation: Relation = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A plan that a vendor has stated, and what became of it by the period's end."""

    vendor: str
    product: str
    line: Line
    stated: str | None
    due: str | None
    due_words: str
    kept: Kept
    by: Line | None = None
    relation: Relation = ""
    moved_to: str | None = None  #: the day to which it was moved, where one was named


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that is told of a vendor in the period."""

    kind: str  #: "launch", "acquisition", …, "claim", "incident", "policy", "mention"
    product: str
    day: str | None
    line: Line


@dataclass(frozen=True, slots=True)
class VendorWatch:
    """What a vendor did in this period and in the one before."""

    vendor: str
    relation: Relation
    tools: tuple[str, ...]  #: those that we own
    stories: int  #: of this period that are about it
    stories_before: int
    now: tuple[tuple[str, int], ...]  #: kind of deed and number
    before: tuple[tuple[str, int], ...]
    deeds: tuple[Deed, ...]
    promises: tuple[Promise, ...]

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all was read of it."""
        return not (self.stories or self.deeds)


@dataclass(frozen=True, slots=True)
class Trend:
    """How often something was told, quarter by quarter, by sources that were read in all of two."""

    kind: TrendKind
    name: str
    counts: tuple[int, ...]  #: stories of each quarter, the oldest first, from all sources
    now: int  #: stories of this quarter, from sources that were read in the one before too
    before: int  #: and of the one before, from the same
    share: float  #: of this quarter's stories of these sources
    share_before: float
    low: float  #: 95 % interval of the difference of shares
    high: float
    direction: Direction
    growth: float | None = None  #: of the share: 0.5 is half as much again; None: too few to tell
    first_seen: str = ""  #: the first counted quarter in which it was told
    shares: tuple[float | None, ...] = ()  #: each quarter's, of the sources read then and now


@dataclass(frozen=True, slots=True)
class Trends:
    """What rose, fell, came up and went quiet."""

    quarters: tuple[str, ...]  #: the oldest first, this one last
    stories: tuple[int, ...]  #: of each quarter, from all sources
    now: int  #: stories of this quarter from the sources that were read in both
    before: int
    sources: int  #: read in this quarter and in the one before
    gained: tuple[str, ...]  #: sources read in this quarter only: not compared
    lost: tuple[str, ...]
    rows: tuple[Trend, ...]  #: those worth telling first


@dataclass(frozen=True, slots=True)
class ToolState:
    """A tool that we own, with what the period says of it."""

    name: str
    vendor: str
    category: str
    owner: str
    cost: float | None
    renewal: str | None
    days_left: int | None  #: from the period's end to the renewal
    utilisation: float | None
    custom: tuple[tuple[str, str], ...]
    stories: tuple[str, ...]  #: ids of shown stories that are about it or its vendor
    deeds: int


@dataclass(frozen=True, slots=True)
class Spend:
    """What the tools of a category cost."""

    category: str
    tools: tuple[str, ...]
    cost: float
    of_spend: float  #: share of all tools' cost
    of_budget: float | None
    per_customer: float | None  #: by customers won
    of_customer_cost: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A category in which vendors move and we own nothing."""

    category: str
    launches: int
    vendors: tuple[str, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """A category in which we own several tools."""

    category: str
    tools: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class OurStack:
    """What the period means for what we own."""

    currency: str
    budget: float | None
    customer_cost: float | None
    total: float
    tools: tuple[ToolState, ...]
    spend: tuple[Spend, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    renewals: tuple[str, ...]  #: names of tools, the nearest first
    renewed: tuple[str, ...] = ()  #: names of tools whose renewal fell within the period, in order


@dataclass(frozen=True, slots=True)
class Questions:
    """What to ask one vendor."""

    vendor: str
    questions: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The papers of the quarterly review meeting, made from the records."""

    agenda: tuple[Remark, ...]
    questions: tuple[Questions, ...]
    decisions: tuple[Remark, ...]
