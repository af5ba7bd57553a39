"""What is known of one article: its text, language, vector, labels and launches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digest.records.sources import HeardVoice, Via

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Availability = Literal["announced", "beta", "general", ""]
#: What a claim may rest on: the data it works on, the model named, a measured result, a customer
#: named, what it changes.
ProofKind = Literal["data", "model", "result", "customer", "change"]


@dataclass(frozen=True, slots=True)
class Article:
    """The readable text of an item."""

    id: str
    source: str
    url: str | None  #: where a reader finds the original (canonical)
    title: str
    text: str  #: paragraphs separated by a newline
    authors: tuple[str, ...]
    published: str | None
    published_from: str  #: "page", "entry", "mail", "report", or "" where unknown
    first_seen: str
    language_hint: str | None
    site: str
    publisher: str
    voice: HeardVoice  #: "unknown" behind a link to a site of which no source tells
    paywalled: bool = False
    via: Via | None = None
    alternates: tuple[str, ...] = ()  #: `hreflang` addresses of the same article in other languages
    content_hash: str = ""  #: SHA-256 of the normalised title and text
    note: str = ""  #: what was refused or repaired, in words ("the page's date lies in the future")


@dataclass(frozen=True, slots=True)
class Language:
    """The language of an article."""

    id: str
    language: str  #: BCP-47; "und" only where there are no letters
    confidence: float  #: 0–1


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """The vector of an article; vectors of two models never meet."""

    id: str
    model: str  #: name and version of the encoder
    vector: NDArray[np.float32]  #: shape (dims,), unit length


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence: `article.text[start:end] == text`."""

    text: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """A category of the taxonomy that an article belongs to."""

    name: str
    confidence: float  #: 0–1
    evidence: Quote | None


@dataclass(frozen=True, slots=True)
class Launch:
    """Something a vendor did, proved by a sentence."""

    vendor: str
    product: str
    event: str  #: see `digest/data`: launch, feature, integration, acquisition, …
    category: str | None
    evidence: Quote
    announced: str | None = None  #: day on which it was announced
    announced_from: str = ""  #: "sentence", "dateline", "published", "first seen", "" if unknown
    availability: Availability = ""  #: stage that the article states, "" where it states none
    confidence: float = 0.0  #: 0–1


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that states evidence for a claim: no verdict on whether it is true."""

    kind: ProofKind
    quote: Quote


@dataclass(frozen=True, slots=True)
class Claim:
    """What an article says that artificial intelligence does in a product."""

    vendor: str
    product: str
    quote: Quote  #: the sentence that claims it
    proofs: tuple[Proof, ...] = ()  #: empty: claimed, no evidence stated


@dataclass(frozen=True, slots=True)
class Plan:
    """What a vendor says it will do."""

    vendor: str
    product: str
    quote: Quote
    due: str | None = None  #: last day of the time it names, or None where it names none
    due_words: str = ""  #: that time as the sentence has it


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of what an article tells a limit has left out."""

    what: str  #: "launches", "claims", "plans", "names" or "orders": see `digest.stages.cuts`
    count: int


@dataclass(frozen=True, slots=True)
class Classification:
    """What an article is about."""

    id: str
    labels: tuple[Label, ...]  #: best first; empty means unclassified
    launches: tuple[Launch, ...] = ()
    mentions: tuple[str, ...] = ()  #: known vendors named in the article
    policy: bool = False  #: regulation, privacy, copyright, security
    claims: tuple[Claim, ...] = ()
    plans: tuple[Plan, ...] = ()
    jurisdictions: tuple[str, ...] = ()  #: "EU", "DE", "US-CA", "international"; where `policy`
    risks: tuple[str, ...] = ()  #: kinds of policy and risk: "privacy", "security", "incident", …
    #: of each jurisdiction the sentence that names it with a law, an authority or a court; None
    #: where only the title does
    grounds: tuple[Quote | None, ...] = ()
    cut: tuple[Cut, ...] = ()  #: what limits left out
    #: the sentences in which an authority, a court or a law acts or something has gone wrong, also
    #: in an article of no policy; None for the title
    acts: tuple[Quote | None, ...] = ()
