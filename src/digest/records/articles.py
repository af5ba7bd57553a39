"""What is known of one article: its text, language, vector, labels and launches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.records.sources import Via, Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
    voice: Voice
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


@dataclass(frozen=True, slots=True)
class Classification:
    """What an article is about."""

    id: str
    labels: tuple[Label, ...]  #: best first; empty means unclassified
    launches: tuple[Launch, ...] = ()
    mentions: tuple[str, ...] = ()  #: known vendors named in the article
    policy: bool = False  #: regulation, privacy, copyright, security
