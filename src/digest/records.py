"""The frozen records that flow through the pipeline: each step reads some and adds one.

Times are ISO 8601 strings with an offset, or a bare date where no time is known. `start` and `end`
count Unicode code points. Ids are opaque strings: see `digest.text` for how they are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = Literal["feed", "page", "newsletter", "report"]
Voice = Literal["independent", "vendor", "wire", "regulator"]
EditionKind = Literal["weekly", "quarterly"]


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody whom we read: one block of `sources.yaml`."""

    name: str  #: unique, short, in kebab case
    kind: Kind
    url: str  #: address of a feed, page or report; a folder or file for a newsletter
    publisher: str  #: who speaks; corroboration counts publishers, not feeds
    voice: Voice
    language: str | None = None  #: BCP-47 hint; evidence, not truth
    why: str = ""  #: why it is read
    seen_in: str = ""  #: the public page, list or code in which the address was seen
    verified: str = "never"  #: date of the first successful poll, or "never"
    paused: bool = False


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between two polls."""

    id: str  #: the source's name
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None  #: SHA-256 of the last body that was read
    last_success: str | None = None
    last_attempt: str | None = None
    failures: int = 0  #: failed polls in a row
    error: str | None = None  #: what the last failed poll said


@dataclass(frozen=True, slots=True)
class Via:
    """The mail or report in which an entry was found."""

    id: str  #: Message-ID, or the report's URL
    title: str
    url: str | None = None
    published: str | None = None
    page: int | None = None  #: page of a PDF, counted from 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, a mail or a report, as the publisher gave it, before it has an id."""

    url: str | None
    title: str
    published: str | None
    html: str  #: content or teaser, as HTML; may be empty
    guid: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    via: Via | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a source, with an id that lasts: poll's record."""

    id: str
    source: str  #: the source's name
    url: str | None  #: canonical: no tracking parameters, no fragment
    title: str
    published: str | None
    html: str
    first_seen: str
    publisher: str
    voice: Voice
    authors: tuple[str, ...] = ()
    language_hint: str | None = None
    via: Via | None = None
    follow: bool = True  #: False where the entry is all there is (no page to fetch)


@dataclass(frozen=True, slots=True)
class Page:
    """A downloaded page: its bytes are kept in the page folder under `sha256`."""

    id: str  #: the item's id
    url: str  #: the address that answered, after redirects
    media_type: str  #: "text/html", "application/pdf", …
    charset: str | None
    sha256: str
    fetched_at: str
    origin: Literal["web", "entry"]  #: "entry": the entry's own HTML, nothing was fetched
    note: str = ""  #: why the entry's own HTML had to do, in words


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
class Duplicate:
    """Whether an article is the same article as an earlier one."""

    id: str
    duplicate_of: str | None  #: the group's first member: never a chain
    language_supported: bool  #: False where the encoder does not know the language
    score: float | None = None  #: the verdict's probability, or None for a certainty
    because: str = ""  #: the evidence, in words


@dataclass(frozen=True, slots=True)
class Joined:
    """Why one article belongs to a story."""

    article: str
    score: float | None
    because: str


@dataclass(frozen=True, slots=True)
class Link:
    """An earlier story that another one goes on with: a follow-up, a reaction, a later stage."""

    story: str
    score: float  #: probability of their likeliest pair of articles to be one event
    because: str  #: the evidence, in words


@dataclass(frozen=True, slots=True)
class Story:
    """One event, told by one or more articles; its id is its founding article's."""

    id: str
    members: tuple[str, ...]  #: article ids, the founding one first, then by date and id
    lead: str  #: the article to show first
    publishers: tuple[str, ...]  #: distinct, a wire's once; sorted
    first_published: str | None
    last_published: str | None
    evidence: tuple[Joined, ...] = ()
    related: tuple[Link, ...] = ()  #: earlier stories, the likeliest first


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


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score, in words."""

    name: str
    points: float
    why: str  #: in English; `code` and `names` are what other languages say it with
    code: str = ""  #: see `digest.stages.phrases.REASONS`: "told", "policy", "acquisition", …
    names: tuple[str, ...] = ()  #: what the reason names: publishers, a vendor, a label


@dataclass(frozen=True, slots=True)
class Score:
    """How much a story matters: the sum of parts that can be read."""

    id: str  #: the story's id
    total: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences that tell a story, verbatim, in their own languages."""

    id: str  #: the story's id
    sentences: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """A sentence beside its translation."""

    source: str
    target: str  #: equals `source` where `ok` is False
    ok: bool
    language: str
    article: str
    note: str = ""  #: why `ok` is False, in words


@dataclass(frozen=True, slots=True)
class Translation:
    """A story's headline and chosen sentences, and of a shown one the lead article, translated."""

    id: str  #: the story's id
    to: str
    engine: str  #: name and versions of the packages used; "" where nothing was translated
    title: Translated
    summary: tuple[Translated, ...]  #: one for each sentence of the summary, in order
    text: tuple[Translated, ...]  #: whole articles, sentence by sentence; empty where not needed
    missing: tuple[str, ...] = ()  #: packages that would translate the rest ("de → en")
    whole: str = ""  #: the lead whose article was wanted whole; "" where only headline and summary


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """In how many of some articles each of their terms stands; rare terms need not be listed."""

    articles: int
    columns: NDArray[np.int32]  #: of the terms, sorted, distinct
    seen: NDArray[np.int32]  #: articles that have each


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """What judging needs to know of a whole window, and a few articles cannot tell."""

    model: str  #: name and version of the encoder
    articles: int  #: how many it was made of
    shift: NDArray[np.float32]  #: taken out of each article's vector, shape (dims,)
    sentence_shift: NDArray[np.float32]  #: taken out of each sentence's vector, shape (dims,)
    words: Counts
    names: Counts
    numbers: Counts
    axes: NDArray[np.float32]  #: along which vectors differ most, shape (dims, axes)
    days: NDArray[np.float64]  #: since 1970, of its dated articles, sorted


@dataclass(frozen=True, slots=True)
class Drop:
    """A record that goes no further, and why."""

    id: str
    stage: str
    reason: str  #: short and countable: "not an article"
    detail: str = ""  #: what is particular to this one
    transient: bool = False  #: True where the next run should try again


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided; a re-run never undoes it."""

    id: str
    kind: str  #: "must-link", "cannot-link", …
    subject: str
    object: str
    actor: str
    at: str
    reason: str = ""


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
class Line:
    """One sentence of an edition with its proof."""

    text: str  #: in the reader's language where it could be translated
    original: Quote
    language: str
    citation: int
    translated: bool
    note: str = ""  #: "no de → en package", …


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
    launches: tuple[Launch, ...]
    published: str
    dated: str
    earlier: tuple[Earlier, ...] = ()  #: stories that it goes on with


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its stories."""

    name: str
    title: str
    entries: tuple[Entrant, ...]


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
