"""Embed: the vector of an article's title and text, by whatever encoder is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.ports import Encoder
from digest.records import Article, Embedding, Language
from digest.stages.tails import without_tail

VERSION = "3"  #: raised whenever the same input would give another result


def embed(batch: Sequence[tuple[Article, Language]], *, encoder: Encoder) -> Iterator[Embedding]:
    """Return an `Embedding` for each article, in order, whatever its language.

    Whether a vector means anything is for its reader to judge, by `encoder.knows(language)`. The
    language is read so that an article whose language is corrected is judged again.

    Raises:
        ModelError: where the encoder's model is absent or broken: no article could be embedded.
    """
    vectors = encoder.encode([embedded_text(article) for article, _ in batch])
    for (article, _), vector in zip(batch, vectors, strict=True):
        yield Embedding(article.id, encoder.model, vector)


def embedded_text(article: Article) -> str:
    """Return what is embedded: the title on a line, then the text without a release's tail."""
    return f"{article.title}\n{without_tail(article.text)}".strip()
