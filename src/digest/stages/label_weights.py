"""What labelled texts have taught about each label: how much each of them speaks for it."""

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

FILE = "labels.npz"


@dataclass(frozen=True, slots=True, eq=False)
class LabelWeights:
    """A kernel ridge regression a label, on unit vectors of texts seen from their middle.

    Each known text speaks for its labels, the more the nearer a text is to it (Gaussian kernel; see
    Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, chapter 2). Learned by
    `benchmarks/fit_labels.py` for one encoder; the names stand in `labels.json`.
    """

    known: Matrix  #: shape (known texts, dims): their vectors, about of unit length
    worth: Matrix  #: shape (known texts, labels): how much each speaks for a label
    bias: Matrix  #: shape (labels,): the share of texts that have a label
    width: float  #: how fast a known text's say falls with distance

    def scores(self, unit: Matrix) -> list[float]:
        """Return each label's score of a text, about 1 where it is right and 0 where it is not."""
        return [float(score) for score in self.scores_of(unit[None])[0]]

    def scores_of(self, units: Matrix) -> Matrix:
        """Return the scores of several texts, shape (texts, labels)."""
        import numpy as np

        found: Matrix = np.exp(self.width * (units @ self.known.T - 1)) @ self.worth + self.bias
        return found


@cache
def load_weights() -> LabelWeights:
    """Return the shipped weights; the file is read once."""
    import numpy as np

    data = (resources.files("digest") / "data" / FILE).read_bytes()
    with np.load(io.BytesIO(data)) as file:
        known = file["known"].astype(np.float32) * file["step"]
        worth, bias = file["worth"].astype(np.float32), file["bias"]
        return LabelWeights(known, worth, bias, float(file["width"]))
