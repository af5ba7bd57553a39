"""How near an article stands to each label in the encoder's space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.ports import Encoder
from digest.stages.taxonomy import Category

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class LabelVectors:
    """The labels in an encoder's space: the mean of description and examples, unit length."""

    names: tuple[str, ...]
    matrix: NDArray[np.float32]  #: shape (labels, dims)
    encoder: Encoder

    def nearness(self, text: str, language: str) -> dict[str, float]:
        """Return by how many standard deviations a text is nearer to each label than to the mean.

        Empty where the encoder does not know the language. Standardised over the labels of one
        text, so that encoders whose cosines differ in height need no thresholds of their own.
        """
        if not text.strip() or not self.encoder.knows(language):
            return {}
        cosines = self.matrix @ self.encoder.encode([text])[0]
        spread = float(cosines.std())
        if spread == 0:
            return {}
        scores = (cosines - cosines.mean()) / spread
        return dict(zip(self.names, map(float, scores), strict=True))


def embed_labels(categories: Sequence[Category], encoder: Encoder) -> LabelVectors:
    """Return the labels' vectors; made once for each encoder.

    Args:
        categories: the taxonomy.
        encoder: its vectors decide nearness; its language list says for which texts.
    """
    import numpy as np

    rows = []
    for category in categories:
        texts = [f"{category.name}. {category.description}", *category.examples]
        mean = encoder.encode(texts).mean(axis=0)
        rows.append(mean / (np.linalg.norm(mean) or 1.0))
    names = tuple(category.name for category in categories)
    return LabelVectors(names, np.stack(rows).astype(np.float32), encoder)
