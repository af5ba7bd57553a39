"""The background of a window: what is common in it and what is rare, for judging a few of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from digest.records import Background
from digest.stages.alignment import sentence_shift
from digest.stages.codes import make_axes
from digest.stages.leads import days_of
from digest.stages.rarity import count_terms
from digest.stages.sketch import make_sketches
from digest.stages.window import shift_of, unit

if TYPE_CHECKING:
    from digest.ports import Encoder
    from digest.records import Article, Embedding, Language


SAMPLE = 20_000  #: vectors that the axes are made of


def make_background(
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    embeddings: Mapping[str, Embedding],
    *,
    encoder: Encoder,
) -> Background | None:
    """Return the background of a whole window, or None where no article has a vector that counts.

    Judged against it, a pair gets the same evidence whether the whole window is at hand or a few
    of its articles. It doesn't depend on the articles' order.

    Args:
        articles: a whole window.
        languages: by article id.
        embeddings: by article id; those of another model are not used.
        encoder: makes sentence vectors, and knows languages.
    """
    sketches = make_sketches(list({one.id: one for one in articles}.values()), languages)
    readable = [one for one in sketches if encoder.knows(one.language) and one.length > 0]
    made = [embeddings[one.id] for one in readable if one.id in embeddings]
    found = [one.vector for one in made if one.model == encoder.model]
    if not found:
        return None
    vectors = np.stack(found)
    shift = shift_of(vectors)
    return Background(
        model=encoder.model,
        articles=len(sketches),
        shift=shift,
        sentence_shift=sentence_shift(sketches, encoder),
        words=count_terms([one.words for one in sketches]),
        names=count_terms([one.names for one in sketches]),
        numbers=count_terms([one.numbers for one in sketches]),
        days=days_of(sketches),
        axes=make_axes(unit(vectors[:: max(1, len(vectors) // SAMPLE)] - shift)),
    )
