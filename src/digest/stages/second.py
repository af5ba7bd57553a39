"""A second opinion on undecided pairs of English articles: another model reads their beginnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.stages.lexicon import column, terms
from digest.stages.looks import FULL
from digest.stages.rarity import make_vocabulary
from digest.stages.sketch import Terms
from digest.stages.window import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.stages.sketch import Sketch
    from digest.stages.verdict import Logistic

SECOND = (
    "opinion",  # log-odds of the first verdict, without what the crowd takes off
    "beginnings",  # cosine of the second model's vectors of title and first words
    "shared_words",  # cosine of the words there, by rarity: says much within one language alone
    "shared_others",  # likewise, without the weightiest, 0 none … 1 all: of one vendor much is told
)
#: Of the first verdict's evidence, what its opinion doesn't weigh rightly between English texts:
#: what a second model can't see, and what two texts on one event share beside their vendor.
AGAIN = (
    "numbers_against",
    "length",
    "standing",
    "title_swapped",
    "turned",
    "lead_others",
    "amounts",
    "days",
    "numbers",
    "kinds_apart",
    "places_apart",
    "uncentred",
    "crowd",
)
DECIDED = 5.0  # log-odds above which nobody else is asked
BEGINNING = 50  # words: as good as the whole text, at half the time (benchmarks/stories.md)
WORDS = 100  # of a title and the text below it that are compared
LONG = 20  # characters of a word, at most, with what stands around it
HALF = 0.1  # cosine of what else is shared that is half of "all"
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
        self._words: list[Terms] = []
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
        asked = self._english[pairs].all(axis=1) & (odds < DECIDED) & ~is_blind_to(evidence)
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

    def read(self, places: Sequence[int]) -> None:
        """Let the second model read some articles that it has not read."""
        vectors = self.encoder.encode([beginning(self.sketches[n]) for n in places])
        if self._mean is None:
            share = np.float32(len(vectors) / (len(vectors) + HALF_CENTRED))
            self._mean = share * vectors.mean(axis=0)
        self._row.update({n: len(self._row) + row for row, n in enumerate(places)})
        kept = self._vectors if len(self._vectors) else vectors[:0]
        self._vectors = np.concatenate([kept, unit(vectors - self._mean)])
        self._words += [counted_words(self.sketches[n]) for n in places]
        self._shared = _word_rows(self._words)

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return a row of `SECOND` but for the opinion for each pair of articles that were read."""
        left, right = (np.array([self._row[n] for n in side], dtype=np.int32) for side in pairs.T)
        beginnings = np.einsum("nd,nd->n", self._vectors[left], self._vectors[right])
        both = self._shared[left].multiply(self._shared[right]).tocsr()
        words = np.asarray(both.sum(axis=1)).ravel()
        others = words - both.max(axis=1).toarray().ravel()
        return np.stack([beginnings, words, others / (others + HALF)], axis=1).astype(np.float32)

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


def is_blind_to(evidence: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which pairs a second model finds alike because one goes on with the other.

    Args:
        evidence: the pairs' `FULL`.
    """
    return evidence[:, FULL.index("turned")] > 0.5


def beginning(sketch: Sketch) -> str:
    """Return title and first words of an article: what the second model reads."""
    return " ".join(f"{sketch.title}\n{sketch.text}".split()[:BEGINNING])


def _columns(evidence: NDArray[np.float32], names: Sequence[str]) -> NDArray[np.float32]:
    return evidence[:, [FULL.index(name) for name in names]]


def counted_words(sketch: Sketch) -> Terms:
    """Return the words of an article's beginning with their weight, 1 + log of how often.

    The title's words count twice: it says what the article is about.
    """
    found = terms(f"{sketch.title}\n{sketch.text[: WORDS * LONG]}")[:WORDS]
    counts = Counter(map(column, [*terms(sketch.title), *found]))
    columns = np.array(sorted(counts), dtype=np.int32)
    often = np.array([counts[n] for n in columns.tolist()], dtype=np.float32)
    return Terms(columns, np.float32(1) + np.log(often))


def _word_rows(words: Sequence[Terms]) -> Any:
    """Return the sparse matrix of articles × rarity of their words, rows of length 1."""
    from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped, unused-ignore]

    vocabulary = make_vocabulary(words)
    columns = np.concatenate([vocabulary.places(one.columns) for one in words])
    weights = np.concatenate([one.counts for one in words])
    ends = np.cumsum([0, *(len(one.columns) for one in words)])
    shape = (len(words), len(vocabulary.columns))
    matrix = csr_matrix((weights * vocabulary.rarity[columns], columns, ends), shape=shape)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(norms, 1e-6)) @ matrix).tocsr()
