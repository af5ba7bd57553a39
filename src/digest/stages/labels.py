"""The labels of an article: cue phrases where they stand, and nearness in the encoder's space."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.records import Article, Label, Quote
from digest.stages.cues import CueRow, cues_for
from digest.stages.label_curve import Spoken, load_curve, signs_of
from digest.stages.label_vectors import LabelVectors
from digest.stages.orders import orders_in
from digest.stages.taxonomy import Category
from digest.text import split_sentences

MOST_LABELS = 3
IN_TITLE, IN_OPENING, IN_BODY = 2.0, 1.5, 1.0  #: what a cue is worth by where it stands
OPENING = 3  #: sentences that count as the opening
AGAIN = 0.3  #: worth of each doubling of a cue's number
SURE = 0.5  #: probability from which a label is given that corrections had a say in
MANAGEMENT = "Management"  #: the group of labels that any business news can earn
READ = 40  #: sentences of which the nearest may prove a label that no cue in the text speaks for


@dataclass(frozen=True, slots=True)
class Text:
    """An article laid out for finding cues: the title before the text, with sentence bounds."""

    full: str
    lower: str
    offset: int  #: where the text begins in `full`
    opening: int  #: where the opening ends in `full`
    sentences: tuple[tuple[int, int], ...]  #: in the article's text; no orders to a machine


@dataclass(frozen=True, slots=True)
class Hit:
    """What a cue adds to a label, and where it says so."""

    points: float
    place: int  #: in `Text.full`: where its proof stands, in the text rather than the title
    weight: float  #: the cue's own
    titled: bool  #: whether it stands in the title


def lay_out(article: Article) -> Text:
    """Return the article's title and text as one, with the bounds of its parts."""
    orders = orders_in(article.text)
    sentences = tuple(span for span in split_sentences(article.text) if span[0] not in orders)
    full = f"{article.title}\n{article.text}"
    offset = len(article.title) + 1
    end = sentences[:OPENING][-1][1] if sentences else 0
    return Text(full, full.lower(), offset, offset + end, sentences)


@dataclass(frozen=True, slots=True)
class Scored:
    """How much speaks for a label."""

    name: str
    confidence: float  #: 0–1: how likely it is right
    strong: bool  #: whether one cue that is no weak one speaks for it
    taught: bool  #: whether corrections had a say
    place: int | None  #: of its best cue in `Text.full`, None without one


def choose_labels(
    text: Text,
    language: str,
    *,
    categories: Sequence[Category],
    vectors: LabelVectors | None = None,
) -> list[Scored]:
    """Return the labels that are given, best first: at most three, none where none is likely.

    Args:
        text: an article, laid out.
        language: decides which cues count.
        categories: the taxonomy.
        vectors: the labels in an encoder's space, where there is one.
    """
    scored = score_labels(text, language, categories=categories, vectors=vectors)
    best = sorted(scored, key=lambda one: (-one.confidence, one.name))[:MOST_LABELS]
    curve = load_curve()
    return [
        one
        for place, one in enumerate(best)
        if one.confidence >= (SURE if one.taught else curve.further if place else curve.given)
    ]


def score_labels(
    text: Text,
    language: str,
    *,
    categories: Sequence[Category],
    vectors: LabelVectors | None = None,
) -> list[Scored]:
    """Return how likely each label of the taxonomy is right, in its order.

    Cue phrases and nearness decide together, by `LabelCurve`; where the encoder does not know the
    language the cues alone. The arguments are those of `choose_labels`.
    """
    vector = vectors.vector(text.full[: text.opening], language) if vectors else None
    near = vectors.near(vector) if vectors and vector is not None else {}
    learned = vectors.learned(vector) if vectors and vector is not None else {}
    hits = [find_hits(text, cues_for(one.cues, language)) for one in categories]
    spoken = [
        speak(found, category, near.get(category.name), learned.get(category.name))
        for category, found in zip(categories, hits, strict=True)
    ]
    scored = []
    for category, found, signs in zip(categories, hits, all_signs(spoken), strict=True):
        likely, taught = load_curve().likelihood(signs), False
        if vectors is not None and vector is not None:
            taught = category.name in vectors.taught.labels
            likely = vectors.taught.adjust(category.name, likely, vector)
        best = max(found, key=lambda hit: hit.points).place if found else None
        strong = any(hit.weight >= 1 for hit in found)
        scored.append(Scored(category.name, likely, strong, taught, best))
    return scored


def speak(
    hits: Sequence[Hit], category: Category, near: float | None, learned: float | None = None
) -> Spoken:
    """Return what speaks for a label: its cues, its nearness, and what labelled texts taught."""
    return Spoken(
        points=sum(hit.points for hit in hits),
        titled=max((hit.points for hit in hits if hit.titled), default=0.0),
        strong=any(hit.weight >= 1 for hit in hits),
        near=near,
        management=category.group == MANAGEMENT,
        learned=learned,
    )


def all_signs(spoken: Sequence[Spoken]) -> list[dict[str, float]]:
    """Return the signs of all labels of a text, each beside the others."""
    first, second, *_ = [*sorted((one.points for one in spoken), reverse=True), 0.0, 0.0]
    nearest = max((one.near for one in spoken if one.near is not None), default=0.0)
    leading = max((one.learned for one in spoken if one.learned is not None), default=0.0)
    return [
        signs_of(
            one,
            rival=second if one.points == first else first,
            nearest=nearest,
            leading=leading,
        )
        for one in spoken
    ]


def make_label(
    article: Article, text: Text, one: Scored, language: str, vectors: LabelVectors | None = None
) -> Label:
    """Return a label with the sentence that speaks for it; without one only if there is no text.

    The sentence of its best cue; where only the title has a cue, or none does, the sentence that is
    nearest to the label, or the first where no encoder knows the language.
    """
    quote = None if one.place is None else quote_at(article, text, one.place)
    quote = quote or find_evidence(article, text, one.name, language, vectors)
    return Label(one.name, round(one.confidence, 3), quote)


def find_evidence(
    article: Article, text: Text, name: str, language: str, vectors: LabelVectors | None
) -> Quote | None:
    """Return the sentence that is nearest to a label, the first without an encoder for it."""
    bounds = text.sentences[:READ]
    if not bounds:
        return None
    read = [article.text[start:end] for start, end in bounds]
    start, end = bounds[(vectors.nearest_of(read, name, language) if vectors else None) or 0]
    return Quote(article.text[start:end], article.id, start, end)


def score(text: Text, cues: CueRow) -> float:
    """Return what all cues found are worth together."""
    return sum(hit.points for hit in find_hits(text, cues))


def find_hits(text: Text, cues: CueRow) -> list[Hit]:
    """Return one hit a cue that is found, longer cues first; no place counts for two cues."""
    present = cues.present_in(text.lower)
    if not present:
        return []  # of most labels a text has no cue
    taken = bytearray(len(text.full))  # by place: spans of a long text may be thousands
    hits: list[Hit] = []
    for cue in sorted(present, key=lambda cue: (-len(cue.phrase), cue.phrase)):
        spans = [
            span for span in cue.spans(text.full, text.lower) if 1 not in taken[span[0] : span[1]]
        ]
        if spans:
            for start, end in spans:
                taken[start:end] = b"\1" * (end - start)
            worth = max(worth_of(text, start) for start, _ in spans)
            number = 1 + AGAIN * math.log2(min(len(spans), 8))
            inside = [start for start, _ in spans if start >= text.offset]
            place = min(inside or [spans[0][0]])
            hits.append(Hit(cue.weight * worth * number, place, cue.weight, worth == IN_TITLE))
    return hits


def without_spans(text: Text, spans: Iterable[tuple[int, int]]) -> Text:
    """Return a text with some spans of `full` blank; the rest keeps its place."""
    full = list(text.full)
    for start, end in spans:
        full[start:end] = " " * (end - start)
    kept = "".join(full)
    return replace(text, full=kept, lower=kept.lower()) if kept != text.full else text


def worth_of(text: Text, place: int) -> float:
    """Return what a cue at a place counts: most in the title, more in the opening."""
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
