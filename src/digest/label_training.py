"""Corrections teach: a logistic regression a label, and how much better it makes the labels.

Every figure comes from cross-validation over articles: no article is judged by a curve that has
seen it, nor did it take part in the fold's choice whether there is a curve. A label's curve is kept
only where it makes fewer mistakes than the base score does, by that count too; a label without one
stays as it is. Nested cross-validation: Varma and Simon, "Bias in error estimation when using
cross-validation for model selection", BMC Bioinformatics 2006.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from digest.records import Article, Language
from digest.stages.corrections import Corrections
from digest.stages.label_curve import load_curve
from digest.stages.label_vectors import LabelVectors
from digest.stages.labels import SURE, choose_labels, lay_out, score_labels
from digest.stages.taught import Taught, TaughtLabels, log_odds
from digest.stages.taxonomy import Category

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 3  #: articles with a label, and articles without it, from which it can be learned
FOLDS = 5
STRENGTH = 1.0  #: of the evidence against the ridge (scikit-learn's C)
TRUST = 3.0  #: the base score is made so much larger than the vector's parts: it is ridged less


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A corrected article: its vector, its base scores, and what is right."""

    vector: NDArray[np.float32]
    base: Mapping[str, float]  #: confidence of each label without corrections
    given: frozenset[str]  #: labels that it has without corrections
    said: Mapping[str, bool]  #: what the editor said


@dataclass(frozen=True, slots=True)
class Trial:
    """What a label's corrections would change, in nested cross-validation over its articles."""

    label: str
    asked: int  #: corrected articles of which it is known whether the label is right
    before: int  #: of these, wrong without a curve …
    after: int  #: … and with one: more than before where it would harm
    kept: bool  #: whether the curve is kept: only where it makes fewer mistakes


@dataclass(frozen=True, slots=True)
class Training:
    """What was learned, and what it changes."""

    taught: TaughtLabels
    articles: int  #: corrected ones that could be used
    trials: tuple[Trial, ...]  #: of every label that could be learned, by name

    @property
    def asked(self) -> int:
        """Return how many labels of articles an editor has judged that could be learned."""
        return sum(one.asked for one in self.trials)

    @property
    def before(self) -> int:
        """Return how many of these are wrong without what was learned."""
        return sum(one.before for one in self.trials)

    @property
    def after(self) -> int:
        """Return how many are wrong with what is kept; a label without a curve stays as it is."""
        return sum(one.after if one.kept else one.before for one in self.trials)

    @property
    def change(self) -> float:
        """Return by how much the share of right labels grows, in cross-validation."""
        return (self.before - self.after) / self.asked if self.asked else 0.0


def make_lessons(
    corrections: Corrections,
    articles: Mapping[str, Article],
    languages: Mapping[str, Language],
    *,
    categories: Sequence[Category],
    vectors: LabelVectors,
) -> list[Lesson]:
    """Return the corrected articles that can teach: those in a language that the encoder knows."""
    lessons = []
    for id, said in sorted(corrections.items()):
        if id not in articles or id not in languages:
            continue
        text, language = lay_out(articles[id]), languages[id].language
        vector = vectors.vector(text.full[: text.opening], language)
        if vector is None:
            continue
        scored = score_labels(text, language, categories=categories, vectors=vectors)
        given = choose_labels(text, language, categories=categories, vectors=vectors)
        base = {one.name: one.confidence for one in scored}
        lessons.append(Lesson(vector, base, frozenset(one.name for one in given), said))
    return lessons


def train(lessons: Sequence[Lesson], *, model: str) -> Training:
    """Return the curves that corrections teach, and the cross-validated change of each label.

    A label's negative examples are the articles that an editor said it is not of, and those that
    were given other labels while it was not among the base's own.

    Args:
        lessons: from `make_lessons`.
        model: the encoder that made their vectors.
    """
    kept: dict[str, Taught] = {}
    trials = []
    for name in sorted({label for lesson in lessons for label in lesson.said}):
        rows = [
            (lesson, truth) for lesson in lessons if (truth := _truth(lesson, name)) is not None
        ]
        truths = np.array([truth for _, truth in rows])
        if min(truths.sum(), (~truths).sum()) < FEWEST:
            continue
        judged = [lesson for lesson, _ in rows]
        base = _base_errors(name, judged, truths)
        told = _told_errors(name, judged, truths)
        if told < base and _helps(name, judged, truths):
            kept[name] = _fit(name, judged, truths)
        trials.append(Trial(name, len(rows), base, told, name in kept))
    taught = TaughtLabels(model, kept, load_curve().version)
    return Training(taught, len(lessons), tuple(trials))


def _truth(lesson: Lesson, name: str) -> bool | None:
    """Return whether a label is right for an article, None where nobody said so."""
    if name in lesson.said:
        return lesson.said[name]
    judged = any(lesson.said.values()) and name not in lesson.given
    return False if judged else None


def _base_errors(name: str, lessons: Sequence[Lesson], truths: NDArray[np.bool_]) -> int:
    """Return how many articles the labels are wrong of, for all that was learned."""
    pairs = zip(lessons, truths, strict=True)
    return sum((name in lesson.given) != bool(truth) for lesson, truth in pairs)


def _helps(name: str, lessons: Sequence[Lesson], truths: NDArray[np.bool_]) -> bool:
    """Return whether curves judge articles that they have not seen better than the base does."""
    wrong = sum(
        _curve_errors(name, lessons, truths, seen=seen, held=held) for seen, held in _folds(truths)
    )
    return wrong < _base_errors(name, lessons, truths)


def _told_errors(name: str, lessons: Sequence[Lesson], truths: NDArray[np.bool_]) -> int:
    """Return how many articles are judged wrongly by what was both chosen and learned without them.

    For each fold the articles outside it say whether there is a curve: so it may come out worse.
    """
    wrong = 0
    for seen, held in _folds(truths):
        if _helps(name, [lessons[n] for n in seen], truths[seen]):
            wrong += _curve_errors(name, lessons, truths, seen=seen, held=held)
        else:
            wrong += _base_errors(name, [lessons[n] for n in held], truths[held])
    return wrong


def _curve_errors(
    name: str,
    lessons: Sequence[Lesson],
    truths: NDArray[np.bool_],
    *,
    seen: list[int],
    held: list[int],
) -> int:
    """Return how many held articles a curve from those seen judges wrongly, or the base."""
    if len(set(truths[seen].tolist())) < 2:
        return _base_errors(name, [lessons[n] for n in held], truths[held])
    curve = _fit(name, [lessons[n] for n in seen], truths[seen])
    learned = TaughtLabels("", {name: curve})
    told = (
        learned.adjust(name, lessons[n].base.get(name, 0.0), lessons[n].vector) >= SURE
        for n in held
    )
    return sum(said != bool(truths[n]) for said, n in zip(told, held, strict=True))


def _folds(truths: NDArray[np.bool_]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the articles outside and in each fold, those with the label spread; always the same."""
    order = [int(n) for n in (*np.flatnonzero(truths), *np.flatnonzero(~truths))]
    for fold in range(min(FOLDS, len(order))):
        held = order[fold::FOLDS]
        yield sorted(set(order) - set(held)), held


def _fit(name: str, lessons: Sequence[Lesson], truths: NDArray[np.bool_]) -> Taught:
    from sklearn.linear_model import LogisticRegression

    base = np.array([[TRUST * log_odds(lesson.base.get(name, 0.0))] for lesson in lessons])
    rows = np.hstack([base, np.stack([lesson.vector for lesson in lessons])])
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
    model.fit(rows, truths)
    weights = model.coef_[0]
    return Taught(
        float(model.intercept_[0]), float(TRUST * weights[0]), tuple(map(float, weights[1:]))
    )
