"""How near an article stands to each label in the encoder's space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.ports import Encoder
from digest.stages.label_curve import load_curve
from digest.stages.label_weights import LabelWeights, load_weights
from digest.stages.taught import TaughtLabels
from digest.stages.taxonomy import Category

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]


NOTHING = TaughtLabels()


@dataclass(frozen=True, slots=True, eq=False)
class LabelVectors:
    """The labels in an encoder's space, seen from the middle of all labels."""

    names: tuple[str, ...]
    matrix: Matrix  #: shape (labels, dims), rows of unit length
    centre: Matrix  #: shape (dims,): the middle of texts, which is taken off theirs
    encoder: Encoder
    taught: TaughtLabels = NOTHING  #: what corrections have taught, for this encoder and curve
    weights: LabelWeights | None = None  #: what labelled texts have taught, for this encoder

    def nearness(self, text: str, language: str) -> dict[str, float]:
        """Return by how many standard deviations a text is nearer to each label than to the mean.

        Empty where the encoder does not know the language. Standardised over the labels of one
        text, so that encoders whose cosines differ in height need no thresholds of their own.
        """
        vector = self.vector(text, language)
        return {} if vector is None else self.near(vector)

    def vector(self, text: str, language: str) -> Matrix | None:
        """Return a text's vector, None where the encoder does not know its language."""
        if not text.strip() or not self.encoder.knows(language):
            return None
        rows: Matrix = self.encoder.encode([text])
        found: Matrix = rows[0]
        return found

    def near(self, vector: Matrix) -> dict[str, float]:
        """Return what `nearness` gives for a text's vector."""
        cosines = self.matrix @ _unit(vector - self.centre)
        spread = float(cosines.std())
        if spread == 0:
            return {}
        scores = (cosines - cosines.mean()) / spread
        return dict(zip(self.names, map(float, scores), strict=True))

    def learned(self, vector: Matrix) -> dict[str, float]:
        """Return what labelled texts have taught of a text with this vector, for each label."""
        if self.weights is None:
            return {}
        scores = self.weights.scores(_unit(vector - self.centre))
        return dict(zip(load_curve().names, scores, strict=True))

    def nearest_of(self, sentences: Sequence[str], name: str, language: str) -> int | None:
        """Return which sentence is nearest to a label, None without one or outside the languages.

        Args:
            sentences: at least one.
            name: of a label.
            language: of the sentences.
        """
        if name not in self.names or not self.encoder.knows(language):
            return None
        rows = _read(self, tuple(sentences))
        return int((rows @ self.matrix[self.names.index(name)]).argmax())


@lru_cache(maxsize=1)
def _read(vectors: LabelVectors, sentences: tuple[str, ...]) -> Matrix:
    """Return sentences as seen from the middle of texts, once for all labels of an article."""
    return _unit(vectors.encoder.encode(sentences) - vectors.centre)


def embed_labels(
    categories: Sequence[Category],
    encoder: Encoder,
    taught: TaughtLabels | None = None,
    *,
    centre: Sequence[float] | None = None,
) -> LabelVectors:
    """Return the labels' vectors; made once for each encoder.

    A label's vector is the mean of two: of its description and examples, and of its English cue
    phrases. The middle of texts is known for the encoder that the curve was learned with; for
    another one the middle of the labels stands for it.

    Args:
        categories: the taxonomy.
        encoder: its vectors decide nearness; its language list says for which texts.
        taught: what corrections have taught; ignored where it was for another encoder or curve.
        centre: the middle of texts, where it is known better.
    """
    import numpy as np

    rows = np.stack([_embed(category, encoder) for category in categories])
    middle, curve = rows.mean(axis=0), load_curve()
    known = curve.centre if curve.model == encoder.model else middle
    texts = np.array(known if centre is None else centre, dtype=np.float32)
    names = tuple(category.name for category in categories)
    fits = taught and (taught.model, taught.base) == (encoder.model, curve.version)
    return LabelVectors(
        names,
        _unit(rows - middle),
        texts,
        encoder,
        taught if taught and fits else NOTHING,
        load_weights() if curve.model == encoder.model else None,
    )


def _embed(category: Category, encoder: Encoder) -> Matrix:
    told = [f"{category.name}. {category.description}", *category.examples]
    meant = _unit(encoder.encode(told).mean(axis=0))
    phrases = [cue.phrase.replace("*", "") for cue in category.cues.get("en", ())]
    if not phrases:
        return meant
    return _unit(meant + _unit(encoder.encode(phrases).mean(axis=0)))


def _unit(rows: Matrix) -> Matrix:
    """Return rows of unit length; one of nothing stays as it is."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    found: Matrix = (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return found
