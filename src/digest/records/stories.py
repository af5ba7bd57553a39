"""What is known of articles together: copies, stories, scores, summaries, translations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.records.articles import Quote

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
    engine: str = ""  #: name and versions of the packages that made it; "" in older records


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
class Decision:
    """What an editor decided; a re-run never undoes it, another decision may."""

    id: str
    kind: str  #: "must-link", "cannot-link", or one of `digest.stages.curation.KINDS`
    subject: str  #: an article, which stands for the story that it is in; or an edition
    object: str  #: the other article of a link, the act that is undone; else ""
    actor: str
    at: str
    reason: str = ""
    value: str = ""  #: what was written: a headline, a note, a section, …
    edition: str = ""  #: the edition that it is about; "" where it holds for every one
    act: str = ""  #: what was decided at once, and is undone at once, has the same
    revision: int = 0  #: counts the decisions of this kind on one story or edition, from 1
