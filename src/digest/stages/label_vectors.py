"""How near an article stands to each label in the encoder's space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.ports import Encoder
from digest.stages.taught import TaughtLabels
from digest.stages.taxonomy import Category

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


NOTHING = TaughtLabels()


@dataclass(frozen=True, slots=True, eq=False)
class LabelVectors:
    """The labels in an encoder's space: the mean of description and examples, unit length."""

    names: tuple[str, ...]
    matrix: NDArray[np.float32]  #: shape (labels, dims)
    encoder: Encoder
    taught: TaughtLabels = NOTHING  #: what corrections have taught, for this encoder

    def nearness(self, text: str, language: str) -> dict[str, float]:
        """Return by how many standard deviations a text is nearer to each label than to the mean.

        Empty where the encoder does not know the language. Standardised over the labels of one
        text, so that encoders whose cosines differ in height need no thresholds of their own.
        """
        vector = self.vector(text, language)
        return {} if vector is None else self.near(vector)

    def vector(self, text: str, language: str) -> NDArray[np.float32] | None:
        """Return a text's vector, None where the encoder does not know its language."""
        if not text.strip() or not self.encoder.knows(language):
            return None
        rows: NDArray[np.float32] = self.encoder.encode([text])
        found: NDArray[np.float32] = rows[0]
        return found

    def near(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """Return what `nearness` gives for a text's vector."""
        cosines = self.matrix @ vector
        spread = float(cosines.std())
        if spread == 0:
            return {}
        scores = (cosines - cosines.mean()) / spread
        return dict(zip(self.names, map(float, scores), strict=True))


def embed_labels(
    categories: Sequence[Category], encoder: Encoder, taught: TaughtLabels | None = None
) -> LabelVectors:
    """Return the labels' vectors; made once for each encoder.

    Args:
        categories: the taxonomy.
        encoder: its vectors decide nearness; its language list says for which texts.
        taught: what corrections have taught; ignored where it was for another encoder.
    """
    import numpy as np

    rows = []
    for category in categories:
        texts = [f"{category.name}. {category.description}", *category.examples]
        mean = encoder.encode(texts).mean(axis=0)
        rows.append(mean / (np.linalg.norm(mean) or 1.0))
    names = tuple(category.name for category in categories)
    matrix = np.stack(rows).astype(np.float32)
    ours = taught if taught and taught.model == encoder.model else NOTHING
    return LabelVectors(names, matrix, encoder, ours)
