"""A window of articles made ready for judging: sketches in founding order, vectors, candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.candidates import merge_pairs, near_pairs, shingle_pairs
from digest.stages.evidence import Measurer
from digest.stages.sketch import Sketch, make_sketches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.records import Article, Embedding, Language
    from digest.stages.verdict import Verdict

PLAUSIBLE = -4.0  # log-odds under which a pair is not kept


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Articles by date and id, with what is needed to compare them.

    `known` says which vectors mean something: the encoder knows the language, and made the vector.
    """

    sketches: list[Sketch]
    vectors: NDArray[np.float32]
    known: NDArray[np.bool_]
    place: Mapping[str, int]

    def pairs(self, ids: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        """Return pairs of ids as pairs of places; those with an article elsewhere are left out."""
        return [
            (self.place[left], self.place[right])
            for left, right in ids
            if left in self.place and right in self.place and left != right
        ]


def make_window(
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    embeddings: Mapping[str, Embedding],
    *,
    encoder: Encoder,
) -> Window:
    """Return the articles, each id once, sorted by date and id (undated ones last)."""
    sketches = make_sketches(list({one.id: one for one in articles}.values()), languages)
    made = {id: one for id, one in embeddings.items() if one.model == encoder.model}
    dims = next((len(one.vector) for one in made.values()), 1)
    vectors = np.zeros((len(sketches), dims), dtype=np.float32)
    known = np.zeros(len(sketches), dtype=bool)
    for n, sketch in enumerate(sketches):
        if sketch.id in made:
            vectors[n] = made[sketch.id].vector
            known[n] = encoder.knows(sketch.language) and sketch.words > 0
    return Window(sketches, vectors, known, {one.id: n for n, one in enumerate(sketches)})


def judge(
    window: Window,
    verdict: Verdict | None,
    *,
    encoder: Encoder,
    days: float,
    among: Sequence[int] | None = None,
) -> dict[tuple[int, int], float]:
    """Return the log-odds of the plausible pairs, `(earlier, later)` by place.

    Args:
        window: the articles.
        verdict: None where the encoder is not calibrated: then nothing is judged.
        encoder: for sentence vectors.
        days: between the two, at most; an undated article is compatible with any date.
        among: places that take part; all, if None.
    """
    if verdict is None:
        return {}
    places = range(len(window.sketches)) if among is None else among
    chosen = np.array([n for n in places if window.known[n]], dtype=np.int32)
    if len(chosen) < 2:
        return {}
    near = near_pairs(window.vectors[chosen], floor=verdict.floor)
    alike = shingle_pairs([window.sketches[n].shingles for n in chosen])
    pairs = _in_time(chosen[merge_pairs(near, alike)], window.sketches, days=days)
    measurer = Measurer(
        window.sketches, window.vectors, encoder if verdict.reads_sentences else None
    )
    odds = verdict.log_odds(measurer.measure(pairs))
    kept = odds > PLAUSIBLE
    return {
        (int(left), int(right)): float(value)
        for (left, right), value in zip(pairs[kept], odds[kept], strict=True)
    }


def _in_time(
    pairs: NDArray[np.int32], sketches: Sequence[Sketch], *, days: float
) -> NDArray[np.int32]:
    when = np.array([np.nan if one.day is None else one.day for one in sketches])
    apart = np.abs(when[pairs[:, 0]] - when[pairs[:, 1]])
    kept: NDArray[np.int32] = pairs[~(apart > days)]
    return kept
