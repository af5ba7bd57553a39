"""What labelled texts have taught about each label: a direction in the encoder's space."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

FILE = "labels.npy"


@dataclass(frozen=True, slots=True, eq=False)
class LabelWeights:
    """A ridge regression a label, on unit vectors of texts seen from their middle.

    Learned by `benchmarks/fit_labels.py` for one encoder; the names stand in `labels.json`.
    """

    matrix: Matrix  #: shape (labels, dims + 1): weights, and the bias last

    def scores(self, unit: Matrix) -> list[float]:
        """Return each label's score of a text, about 1 where it is right and 0 where it is not."""
        found = self.matrix[:, :-1] @ unit + self.matrix[:, -1]
        return [float(score) for score in found]


@cache
def load_weights() -> LabelWeights:
    """Return the shipped weights; the file is read once."""
    import numpy as np

    data = (resources.files("digest") / "data" / FILE).read_bytes()
    return LabelWeights(np.load(io.BytesIO(data)).astype(np.float32))
