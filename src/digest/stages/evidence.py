"""The evidence for two articles being the same: vectors, sentences, names, numbers, length."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.certain import jaccard
from digest.stages.contradiction import Agreement, compare_mentions
from digest.text import sentences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.stages.sketch import Sketch

FEATURES = (
    "cosine",  # of the articles' vectors
    "aligned",  # share of the worse covered text's length that the other text covers
    "covered",  # likewise, of the better covered text
    "wording",  # share of shingles in common
    "names",  # weight of the shared names among those of the text with fewer
    "names_found",  # weight of the shared names, 0 none … 1 very many
    "names_against",  # weight of names instead of others', 0 … 1
    "numbers",
    "numbers_found",
    "numbers_against",
    "length",  # log of the lengths' ratio, 0 for equal ones
)
SMALL_WINDOW = 1_000  # articles; in a smaller window a name's rarity cannot be known better
HALF = 3.0  # weight of shared mentions that is half of "very many"
SENTENCES = 60  # of an article that are aligned: its beginning


@dataclass
class Measurer:
    """Measures pairs of a window; keeps what it learns of an article.

    Args:
        sketches: the window's articles.
        vectors: their unit vectors, shape (articles, dims); rows of zeros where there is none.
        encoder: makes the sentence vectors, when they are asked for; None: `aligned` is 0.
    """

    sketches: Sequence[Sketch]
    vectors: NDArray[np.float32]
    encoder: Encoder | None = None
    _sentences: dict[int, tuple[NDArray[np.float32], NDArray[np.float32]]] = field(
        default_factory=dict
    )
    _names: Counter[str] = field(default_factory=Counter)
    _numbers: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Count in how many articles each name and number stands."""
        for sketch in self.sketches:
            self._names.update(sketch.names.keys())
            self._numbers.update(sketch.numbers.keys())

    def measure(self, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return one row of `FEATURES` for each pair, shape (pairs, features)."""
        if self.encoder:
            self._encode(int(n) for n in np.unique(pairs))
        rows = [self._features(int(left), int(right)) for left, right in pairs]
        return np.array(rows, dtype=np.float32).reshape(len(pairs), len(FEATURES))

    def agreements(self, left: int, right: int) -> tuple[Agreement, Agreement]:
        """Return how the names and how the numbers of two articles agree."""
        one, other = self.sketches[left], self.sketches[right]
        named = compare_mentions(
            one.names, other.names, left_words=one.known, right_words=other.known
        )
        return named, compare_mentions(one.numbers, other.numbers)

    def _features(self, left: int, right: int) -> tuple[float, ...]:
        one, other = self.sketches[left], self.sketches[right]
        named, counted = self.agreements(left, right)
        low, high = self._alignment(left, right)
        return (
            float(self.vectors[left] @ self.vectors[right]),
            low,
            high,
            jaccard(one, other) if one.language == other.language else 0.0,
            *self._weigh(named, self._names),
            *self._weigh(counted, self._numbers),
            abs(math.log((one.words + 5) / (other.words + 5))),
        )

    def _weigh(self, agreement: Agreement, seen: Mapping[str, int]) -> tuple[float, float, float]:
        shared = self._weight(agreement.shared, seen)
        left, right = self._weight(agreement.left, seen), self._weight(agreement.right, seen)
        against = min(left, right)
        return (
            shared / (shared + against) if shared + against else 0.5,
            shared / (shared + HALF),
            against / (against + HALF),
        )

    def _weight(self, mentions: Iterable[str], seen: Mapping[str, int]) -> float:
        """Return the summed rarity of mentions, 1 for one that stands in a single article."""
        count = max(len(self.sketches), SMALL_WINDOW)
        top = math.log(count + 1)
        return sum(
            math.log((count + 1) / max(1, seen[name])) / top * _worth(name) for name in mentions
        )

    def _encode(self, wanted: Iterable[int]) -> None:
        assert self.encoder is not None
        new = [n for n in wanted if n not in self._sentences]
        texts = {n: _sentences_of(self.sketches[n]) for n in new}
        flat = [sentence for n in new for sentence in texts[n]]
        vectors = self.encoder.encode(flat) if flat else np.empty((0, 1), dtype=np.float32)
        start = 0
        for n in new:
            end = start + len(texts[n])
            lengths = np.array([len(sentence) for sentence in texts[n]], dtype=np.float32)
            self._sentences[n] = (vectors[start:end], lengths / max(1.0, float(lengths.sum())))
            start = end

    def _alignment(self, left: int, right: int) -> tuple[float, float]:
        """Return how well each text's sentences are found in the other: the worse, the better."""
        if self.encoder is None:
            return 0.0, 0.0
        (one, weight), (other, other_weight) = self._sentences[left], self._sentences[right]
        if not len(one) or not len(other):
            return 0.0, 0.0
        scores = one @ other.T
        ways = (scores.max(axis=1) @ weight, scores.max(axis=0) @ other_weight)
        return float(min(ways)), float(max(ways))


def _sentences_of(sketch: Sketch) -> list[str]:
    whole = sentences(f"{sketch.title}\n{sketch.text}")
    return whole[:SENTENCES]


def _worth(mention: str) -> float:
    """Return how much a mention says before its rarity is known: small numbers say little."""
    if mention.isdigit() and len(mention) < 3:
        return 0.3
    return 1.0
