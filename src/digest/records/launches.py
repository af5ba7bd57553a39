"""What is known of products and vendors over many articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digest.records.articles import Availability, Claim, Plan, Quote

Review = Literal["unreviewed", "confirmed", "edited", "added", "rejected"]
#: What became of a plan: "late", "partly" and "fulfilled" are kept; "overdue" is silence
#: since its day, or since the day to which it was moved.
Kept = Literal["open", "fulfilled", "late", "partly", "moved", "cancelled", "overdue"]


@dataclass(frozen=True, slots=True)
class LaunchRecord:
    """What one vendor did with one product, by however many articles in however many languages."""

    id: str  #: of its event and its founding article: it lasts when others join
    vendor: str
    product: str
    event: str
    category: str | None
    announced: str | None  #: the earliest day that its articles give
    announced_from: str  #: see `Launch.announced_from`
    availability: Availability
    evidence: Quote  #: the best sentence that proves it
    stories: tuple[str, ...]
    articles: tuple[str, ...]  #: the founding one first, then by date and id
    publishers: tuple[str, ...]  #: distinct, a wire's once; sorted
    languages: tuple[str, ...]
    confidence: float  #: 0–1
    claims: tuple[Claim, ...] = ()
    review: Review = "unreviewed"  #: what an editor made of it
    names: tuple[tuple[str, str], ...] = ()  #: what its articles call the product, with a language


@dataclass(frozen=True, slots=True)
class Commitment:
    """A vendor's plan and what became of it."""

    plan: Plan
    stated: str | None  #: when it was said
    kept: Kept
    by: Quote | None = None  #: the later sentence that says so, or moved it; none of silence
    moved_to: str | None = None  #: the day to which it was moved, where one was named
