"""The labels of an article: cue phrases where they stand, and nearness in the encoder's space."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.records import Article, Label, Quote
from digest.stages.cues import Cue, cues_for
from digest.stages.label_vectors import LabelVectors
from digest.stages.taxonomy import Category
from digest.text import split_sentences

MOST_LABELS = 3
IN_TITLE, IN_OPENING, IN_BODY = 2.0, 1.5, 1.0  #: what a cue is worth by where it stands
OPENING = 3  #: sentences that count as the opening
AGAIN = 0.3  #: worth of each doubling of a cue's number
SCALE = 2.5  #: score at which the confidence is 1 - 1/e
LOWEST = 0.45  #: confidence below which a label is not given
NEAR = 1.2  #: points for each standard deviation by which a text is nearer to a label …
FAR = 1.5  #: … than this
SURE = 0.5  #: probability from which a label is given that corrections had a say in
BESIDE = 0.5  #: a further label needs this share of the best one's score


@dataclass(frozen=True, slots=True)
class Text:
    """An article laid out for finding cues: the title before the text, with sentence bounds."""

    full: str
    lower: str
    offset: int  #: where the text begins in `full`
    opening: int  #: where the opening ends in `full`
    sentences: tuple[tuple[int, int], ...]  #: in the article's text


@dataclass(frozen=True, slots=True)
class Hit:
    """What a cue adds to a label, and where it says so."""

    points: float
    place: int  #: in `Text.full`: where its proof stands, in the text rather than the title


def lay_out(article: Article) -> Text:
    """Return the article's title and text as one, with the bounds of its parts."""
    sentences = tuple(split_sentences(article.text))
    full = f"{article.title}\n{article.text}"
    offset = len(article.title) + 1
    end = sentences[:OPENING][-1][1] if sentences else 0
    return Text(full, full.lower(), offset, offset + end, sentences)


def find_labels(
    article: Article,
    text: Text,
    language: str,
    *,
    categories: Iterable[Category],
    vectors: LabelVectors | None = None,
) -> tuple[Label, ...]:
    """Return at most three labels, best first; nearness helps where there is at least one cue.

    Args:
        article: the article.
        text: the same, laid out.
        language: decides which cues count.
        categories: the taxonomy.
        vectors: the labels in an encoder's space, where there is one.
    """
    scored = score_labels(text, language, categories=categories, vectors=vectors)
    found = [one for one in scored if one.confidence >= (SURE if one.taught else LOWEST)]
    found = [one for one in found if one.taught or one.strong]
    found.sort(key=lambda one: (-one.confidence, one.name))
    least = BESIDE * max((points_of(one.confidence) for one in found), default=0.0)
    return tuple(
        Label(one.name, round(one.confidence, 3), _evidence(article, text, one))
        for one in found[:MOST_LABELS]
        if one.taught or points_of(one.confidence) >= least
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """How much speaks for a label."""

    name: str
    confidence: float  #: 0–1
    strong: bool  #: whether it may be given at all: one cue that is no weak one
    taught: bool  #: whether corrections had a say
    place: int | None  #: of its best cue in `Text.full`, None without one


def score_labels(
    text: Text,
    language: str,
    *,
    categories: Iterable[Category],
    vectors: LabelVectors | None = None,
) -> list[Scored]:
    """Return how much speaks for each label of the taxonomy, in its order.

    Args:
        text: an article, laid out.
        language: decides which cues count.
        categories: the taxonomy.
        vectors: the labels in an encoder's space, with what corrections have taught.
    """
    vector = vectors.vector(text.full[: text.opening], language) if vectors else None
    near = vectors.near(vector) if vectors and vector is not None else {}
    scored = []
    for category in categories:
        hits = find_hits(text, cues_for(category.cues, language))
        bonus = NEAR * max(near.get(category.name, 0.0) - FAR, 0.0)
        strong = any(hit.points >= 1 for hit in hits) or len(hits) > 3 or bool(hits and bonus > 0)
        base = confidence_of(sum(hit.points for hit in hits) + bonus)
        taught = (
            vectors is not None and vector is not None and category.name in vectors.taught.labels
        )
        if vectors is not None and vector is not None:
            base = vectors.taught.adjust(category.name, base, vector)
        best = max(hits, key=lambda hit: hit.points).place if hits else None
        scored.append(Scored(category.name, base, strong, taught, best))
    return scored


def _evidence(article: Article, text: Text, one: Scored) -> Quote | None:
    return None if one.place is None else quote_at(article, text, one.place)


def points_of(confidence: float) -> float:
    """Return the score that a confidence stands for: `confidence_of` turned round."""
    return -SCALE * math.log(max(1 - confidence, 1e-9))


def confidence_of(points: float) -> float:
    """Return a score as a confidence in 0–1."""
    return 1 - math.exp(-points / SCALE)


def score(text: Text, cues: Sequence[Cue]) -> float:
    """Return what all cues found are worth together."""
    return sum(hit.points for hit in find_hits(text, cues))


def find_hits(text: Text, cues: Sequence[Cue]) -> list[Hit]:
    """Return one hit a cue that is found, longer cues first; no place counts for two cues."""
    taken: list[tuple[int, int]] = []
    hits: list[Hit] = []
    present = [cue for cue in cues if cue.needle in text.lower]
    for cue in sorted(present, key=lambda cue: (-len(cue.phrase), cue.phrase)):
        spans = [
            span
            for span in cue.spans(text.full, text.lower)
            if not any(span[0] < end and start < span[1] for start, end in taken)
        ]
        if spans:
            taken += spans
            worth = max(_worth(text, start) for start, _ in spans)
            number = 1 + AGAIN * math.log2(min(len(spans), 8))
            inside = [start for start, _ in spans if start >= text.offset]
            hits.append(Hit(cue.weight * worth * number, min(inside or [spans[0][0]])))
    return hits


def _worth(text: Text, place: int) -> float:
    if place < text.offset:
        return IN_TITLE
    return IN_OPENING if place < text.opening else IN_BODY


def quote_at(article: Article, text: Text, place: int) -> Quote | None:
    """Return the sentence of the article that stands at a place, or None in the title."""
    at = place - text.offset
    for start, end in text.sentences:
        if start <= at < end:
            return Quote(article.text[start:end], article.id, start, end)
    return None
