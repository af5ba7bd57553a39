"""A second opinion on undecided pairs of English articles: another model reads their beginnings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.stages.looks import FULL
from digest.stages.rarity import make_vocabulary
from digest.stages.window import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.stages.sketch import Sketch
    from digest.stages.verdict import Logistic

SECOND = (
    "opinion",  # log-odds of the first verdict, without what the crowd takes off
    "beginnings",  # cosine of the second model's vectors of title and first words
    "shared_words",  # cosine of the rarity of all words: says much within one language alone
)
#: Of the first verdict's evidence, what its opinion doesn't weigh rightly between English texts.
AGAIN = ("numbers_against", "length", "crowd")
UNSEEN, SEEN = ("standing", "title_swapped", "turned"), (0.02, 0.1, 0.5)
MORE = ("lead_others", "amounts", "days", "numbers")  # what two texts on one event share, too
SHARED = 0.15  # of these, where it is more than a small number
SHORT = 50  # words under which a text leaves room for little else than its event
DECIDED = 5.0  # log-odds above which nobody else is asked
BEGINNING = 50  # words: as good as the whole text, at half the time (benchmarks/stories.md)
HALF_CENTRED = 200  # articles at which half of their mean is taken out, as in a window
LANGUAGE = "en"


class SecondLook:
    """Judges undecided English pairs of a window again; keeps what it has read.

    Args:
        sketches: the window's articles.
        encoder: the second model.
        most: articles that it reads; those of the most undecided pairs come first.
    """

    def __init__(self, sketches: Sequence[Sketch], encoder: Encoder, *, most: int) -> None:
        self.sketches = sketches
        self.encoder = encoder
        self.most = most
        self.cosines: dict[tuple[int, int], float] = {}
        self._row: dict[int, int] = {}
        self._mean: NDArray[np.float32] | None = None
        self._vectors = np.empty((0, 0), dtype=np.float32)
        self._length = np.array([one.length for one in sketches])
        self._english = np.array([one.language.split("-")[0] == LANGUAGE for one in sketches])

    def revise(
        self,
        pairs: NDArray[np.int32],
        evidence: NDArray[np.float32],
        odds: NDArray[np.float64],
        *,
        verdict: Logistic,
    ) -> NDArray[np.float64]:
        """Return the log-odds, those of undecided English pairs by the second verdict.

        Args:
            pairs: shape (pairs, 2).
            evidence: their `FULL`.
            odds: the first verdict's.
            verdict: of `SECOND` and `AGAIN`.
        """
        asked = self._english[pairs].all(axis=1) & (odds < DECIDED)
        asked &= ~self.is_blind_to(pairs, evidence)
        rows = np.flatnonzero(asked)
        rows = rows[self._ask(pairs[rows], np.abs(odds[rows]))]
        if not len(rows):
            return odds
        found = self.measure(pairs[rows])
        again = _columns(evidence[rows], AGAIN)
        every = np.column_stack([odds[rows] + again[:, -1], found, again])
        self.cosines.update(
            zip(map(tuple, pairs[rows].tolist()), found[:, 0].tolist(), strict=True)
        )
        revised = odds.copy()
        revised[rows] = verdict.log_odds(every.astype(np.float32), (*SECOND, *AGAIN))
        return revised

    def is_blind_to(
        self, pairs: NDArray[np.int32], evidence: NDArray[np.float32]
    ) -> NDArray[np.bool_]:
        """Return which pairs differ in what a second model can't see, or share one vendor alone.

        It can't see standing text, what a template is filled with, or that one text goes on with
        the other; in short texts that share one name in their leads and no number or day, what it
        finds alike is that vendor.

        Args:
            pairs: shape (pairs, 2).
            evidence: their `FULL`.
        """
        short = (self._length[pairs] < SHORT).all(axis=1)
        more = _columns(evidence, MORE).max(axis=1) >= SHARED
        unseen = (_columns(evidence, UNSEEN) >= SEEN).any(axis=1)
        found: NDArray[np.bool_] = unseen | (short & ~more)
        return found

    def read(self, places: Sequence[int]) -> None:
        """Let the second model read some articles that it has not read."""
        vectors = self.encoder.encode([beginning(self.sketches[n]) for n in places])
        if self._mean is None:
            share = np.float32(len(vectors) / (len(vectors) + HALF_CENTRED))
            self._mean = share * vectors.mean(axis=0)
        self._row.update({n: len(self._row) + row for row, n in enumerate(places)})
        kept = self._vectors if len(self._vectors) else vectors[:0]
        self._vectors = np.concatenate([kept, unit(vectors - self._mean)])
        self._words = _word_rows([self.sketches[n] for n in self._row])

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return cosine of the beginnings and of the words of pairs that were read."""
        left, right = (np.array([self._row[n] for n in side], dtype=np.int32) for side in pairs.T)
        beginnings = np.einsum("nd,nd->n", self._vectors[left], self._vectors[right])
        words = np.asarray(self._words[left].multiply(self._words[right]).sum(axis=1)).ravel()
        return np.stack([beginnings, words], axis=1).astype(np.float32)

    def _ask(self, pairs: NDArray[np.int32], doubt: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Read the articles of the pairs, least certain first, and tell which pairs were read."""
        wanted: dict[int, None] = {}
        for row in np.argsort(doubt, kind="stable").tolist():
            new = [n for n in pairs[row].tolist() if n not in self._row and n not in wanted]
            if len(self._row) + len(wanted) + len(new) <= self.most:
                wanted.update(dict.fromkeys(new))
        if wanted:
            self.read(sorted(wanted))
        return np.array([all(n in self._row for n in pair) for pair in pairs.tolist()], dtype=bool)


def beginning(sketch: Sketch) -> str:
    """Return title and first words of an article: what the second model reads."""
    return " ".join(f"{sketch.title}\n{sketch.text}".split()[:BEGINNING])


def _columns(evidence: NDArray[np.float32], names: Sequence[str]) -> NDArray[np.float32]:
    return evidence[:, [FULL.index(name) for name in names]]


def _word_rows(sketches: Sequence[Sketch]) -> Any:
    """Return the sparse matrix of articles × rarity of their words, rows of length 1."""
    from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped, unused-ignore]

    words = [one.words for one in sketches]
    vocabulary = make_vocabulary(words)
    columns = np.concatenate([vocabulary.places(one.columns) for one in words])
    ends = np.cumsum([0, *(len(one.columns) for one in words)])
    shape = (len(words), len(vocabulary.columns))
    matrix = csr_matrix((vocabulary.rarity[columns], columns, ends), shape=shape)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(norms, 1e-6)) @ matrix).tocsr()
