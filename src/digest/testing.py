"""Pleasant fakes for tests of Digest and of what is built on it: each a real object of a port."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

import numpy as np

from digest.errors import DeliveryError, FetchError
from digest.ports import Mailed, Response
from digest.records import Article, Source
from digest.text import content_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


def make_article(id: str = "a1", **changes: object) -> Article:
    """Return an article with sensible fields, save those that are given."""
    fields: dict[str, object] = {
        "id": id,
        "source": "journal",
        "url": f"https://news.example/{id}",
        "title": "Kestrivo launches Beacon",
        "text": "Kestrivo today launched Beacon, a customer data platform for shops.",
        "authors": (),
        "published": "2026-09-29T08:00:00+00:00",
        "published_from": "page",
        "first_seen": NOON.isoformat(),
        "language_hint": "en",
        "site": "News",
        "publisher": "News",
        "voice": "independent",
    }
    fields |= changes
    fields.setdefault("content_hash", content_hash(str(fields["title"]), str(fields["text"])))
    return Article(**fields)  # type: ignore[arg-type]  # the caller's fields, checked by its test


@dataclass(slots=True)
class FakeFetcher:
    """Answers from a mapping of addresses to bodies, and notes what it was asked.

    Args:
        pages: address → body, or an error to raise.
        asked: the addresses asked for, in order.
    """

    pages: Mapping[str, bytes | FetchError]
    asked: list[str] = field(default_factory=list)

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Response:
        """Return the body of `url` with an ETag, 304 where it has not changed, or 404."""
        self.asked.append(url)
        body = self.pages.get(url)
        if body is None:
            raise FetchError(f"{url}: 404", transient=False, status=404)
        if isinstance(body, FetchError):
            raise body
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if etag == tag:
            return Response(url, 304, b"", "", headers={"etag": tag})
        kind = "text/html" if b"<html" in body[:500].lower() else "application/xml"
        return Response(url, 200, body, kind, "utf-8", {"etag": tag})


@dataclass(slots=True)
class WordEncoder:
    """An encoder that counts words: texts that share words have near vectors.

    Args:
        dims: length of the vectors.
        languages: what it says it knows.
        model: the name it gives itself.
    """

    dims: int = 256
    languages: frozenset[str] = frozenset({"en"})
    model: str = "words@1"

    def knows(self, language: str) -> bool:
        """Return whether the language is among `languages`."""
        return language in self.languages

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dims)."""
        vectors = np.zeros((len(texts), self.dims), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split():
                digest = hashlib.sha256(word.encode()).digest()
                vectors[row, int.from_bytes(digest[:4], "big") % self.dims] += 1.0
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = (vectors / np.maximum(norms, 1e-9)).astype(np.float32)
        return unit


@dataclass(slots=True)
class MarkingTranslator:
    """A translator whose translations can be seen: "[en] …" before each sentence.

    Args:
        pairs: the (language, to) pairs that it has packages for.
        asked: every sentence it was asked for.
    """

    pairs: frozenset[tuple[str, str]] = frozenset()
    asked: list[str] = field(default_factory=list)

    @property
    def version(self) -> str:
        """What the translate step's version is made of: changes with the packages."""
        return f"marks-{sorted(self.pairs)}"

    def package(self, language: str, to: str) -> str | None:
        """Return a name where there is a package."""
        return f"marks-{language}-{to} 1.0" if (language, to) in self.pairs else None

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return each sentence with the target language before it."""
        self.asked += sentences
        return [f"[{to}] {sentence}" for sentence in sentences]


@dataclass(slots=True)
class ListMailer:
    """A mailer that keeps what it was given.

    Args:
        sent: the messages, in order.
        refuse: addresses that it fails for.
    """

    sent: list[EmailMessage] = field(default_factory=list)
    refuse: frozenset[str] = frozenset()

    def send(self, message: EmailMessage) -> None:
        """Keep the message; raises `DeliveryError` for a refused address."""
        if str(message["To"]) in self.refuse:
            raise DeliveryError(f"{message['To']} refused")
        self.sent.append(message)


class NoMail:
    """A mailbox with nothing in it."""

    def settle(self, source: Source, cursor: str) -> None:
        """Do nothing."""

    def mails(self, source: Source, *, cursor: str | None = None) -> Mailed:
        """Return no mail."""
        return Mailed(())
