"""What an article reports, as cues and the encoder's sentence vectors tell together."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from digest.ports import Encoder
from digest.records import Article
from digest.stages.event_cues import NEW, Gist, find_gist, signs_of
from digest.text import split_sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

FILE = "events.npz"
READ = 3  #: sentences whose vectors are read beside the title's
SCALE = 3.0  #: what a vector's numbers are worth beside cues; not tuned
PARTS = ("launch", "feature")  #: the classes that make up `NEW`


@dataclass(frozen=True, slots=True, eq=False)
class EventModel:
    """A multinomial logistic over the signs of cues and the vectors of title and sentences.

    Learned by `benchmarks/fit_event_vectors.py` for one encoder.
    """

    model: str  #: the encoder's
    classes: tuple[str, ...]
    bias: Matrix  #: shape (classes,)
    weights: Matrix  #: shape (signs + (1 + `READ`) × dims, classes)

    def chances(self, signs: Matrix) -> dict[str, float]:
        """Return the probability of each class of a text with these signs, as `all_signs` gives."""
        import numpy as np

        scores = (signs @ self.weights + self.bias).astype(np.float64)  # the least is above 0
        powers = np.exp(scores - scores.max())
        return dict(zip(self.classes, map(float, powers / powers.sum()), strict=True))


def read_gist(article: Article, language: str, encoder: Encoder | None) -> Gist:
    """Return what an article reports; by its cues alone where the encoder does not know it."""
    model = load_model()
    if encoder is None or encoder.model != model.model or not encoder.knows(language):
        return find_gist(article, language)
    chances = model.chances(all_signs(article.title, article.text, language, encoder))
    parts = [chances.pop(part) for part in PARTS]
    chances[NEW] = sum(parts)
    return Gist(max(chances, key=lambda kind: chances[kind]), chances, parts[1] / sum(parts))


def all_signs(title: str, text: str, language: str, encoder: Encoder) -> Matrix:
    """Return the cues' signs, then the vectors of title and first sentences, zeros for none.

    Shape (signs + (1 + `READ`) × dims,).
    """
    return join_signs(signs_of(title, text, language), title, text, encoder)


def join_signs(signs: list[float], title: str, text: str, encoder: Encoder) -> Matrix:
    """Return signs of cues joined with a text's vectors, as `all_signs`."""
    import numpy as np

    sentences = [text[start:end] for start, end in split_sentences(text)[:READ]]
    rows = encoder.encode([title or " ", *sentences])
    vectors = np.zeros((1 + READ, rows.shape[1]), dtype=np.float32)
    vectors[: len(rows)] = rows
    return np.concatenate([np.array(signs, dtype=np.float32), SCALE * vectors.ravel()])


@cache
def load_model() -> EventModel:
    """Return the shipped model; the file is read once."""
    import numpy as np

    data = (resources.files("digest") / "data" / FILE).read_bytes()
    with np.load(io.BytesIO(data)) as file:
        return EventModel(
            str(file["model"]),
            tuple(str(name) for name in file["classes"]),
            file["bias"].astype(np.float32),
            file["weights"].astype(np.float32),
        )
