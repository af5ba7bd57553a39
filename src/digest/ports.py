"""The protocols through which the stages ask for the outside world: one or two methods each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from digest.records import NO_RULES, Answer, Entry, Returned, SiteRules, Source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Clock = Callable[[], datetime]  #: the present, with an offset


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; `status` is 200 or 304, all else is a `FetchError`."""

    url: str  #: after redirects
    status: int
    body: bytes
    media_type: str  #: without parameters, lower case
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)  #: names in lower case
    moved: bool = False  #: whether every redirect on the way to `url` was one for good (301, 308)


class Fetcher(Protocol):
    """Gets a page from the network."""

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Response:
        """Return the answer of `url`; raises `FetchError`."""
        ...


@runtime_checkable
class PausingFetcher(Fetcher, Protocol):
    """A fetcher that leaves a host alone for a while after each answer."""

    pause: float  #: seconds between two requests to one host


class EntryReader(Protocol):
    """Reads the entries out of one kind of source document."""

    def read(self, body: bytes, *, url: str, media_type: str = "") -> Iterable[Entry]:
        """Return the entries of a feed, mail or report; raises `ParseError`."""
        ...


@runtime_checkable
class PagedReader(EntryReader, Protocol):
    """A reader whose documents name others that belong to them: pages, archives, parts."""

    def more(self, body: bytes, *, url: str) -> Sequence[str]:
        """Return the addresses of the documents that go on from this one, the next one first."""
        ...


@dataclass(frozen=True, slots=True)
class Mailed:
    """Mails of a folder, and how far they go."""

    mails: Iterable[bytes]  #: each as it was received
    cursor: str | None = None  #: what tells the folder, next time, where to go on; None: all again
    more: bool = False  #: whether there are more of them than one poll takes


class Mailbox(Protocol):
    """Lists the raw mails of a newsletter source."""

    def mails(self, source: Source, *, cursor: str | None = None) -> Mailed:
        """Return the mails that came after `cursor`; raises `InputError` and `FetchError`."""
        ...

    def settle(self, source: Source, cursor: str) -> None:
        """Mark or move the mails up to `cursor`, which are kept now; raises `FetchError`."""
        ...


class Watcher(Protocol):
    """Waits at a newsletter source's folder."""

    def watch(
        self, source: Source, *, tell: Callable[[Source], None], stopping: threading.Event
    ) -> None:
        """Call `tell` whenever there may be new mail, until `stopping` is set; raises nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor found in a page; "" or None where it found nothing."""

    title: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    language_hint: str | None = None
    site: str = ""
    canonical: str | None = None
    alternates: tuple[str, ...] = ()
    paywalled: bool = False
    not_article: str = ""  #: why the page is not an article, in words
    shown_date: str | None = None  #: a date that the page shows without calling it the article's
    note: str = ""  #: what of the site's rules found nothing, in words


class Extractor(Protocol):
    """Finds the article in a page."""

    def extract(
        self,
        body: bytes,
        *,
        url: str | None,
        charset: str | None = None,
        rules: SiteRules = NO_RULES,
    ) -> Extraction:
        """Return title, text and facts of a page, by the site's rules; raises `ParseError`."""
        ...


class Detector(Protocol):
    """Tells the language of a text."""

    def detect(self, text: str, *, title: str = "", hints: Sequence[str] = ()) -> tuple[str, float]:
        """Return the BCP-47 language and a confidence in 0–1; "und" only without letters."""
        ...


class Encoder(Protocol):
    """Turns texts into vectors."""

    @property
    def model(self) -> str:
        """The model's name and version: part of every record it makes."""
        ...

    def knows(self, language: str) -> bool:
        """Return whether vectors of texts in `language` mean anything."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dims)."""
        ...


class Translator(Protocol):
    """Translates sentences."""

    def package(self, language: str, to: str) -> str | None:
        """Return name and version of what would translate, or None where it is not installed."""
        ...

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return one translation a sentence, in order; raises `ModelError`."""
        ...


@runtime_checkable
class Splitter(Protocol):
    """A translator that may know better than we do where the sentences of a text end."""

    @property
    def notes(self) -> Sequence[str]:
        """What should be said once of splitters that cannot be used, in words."""
        ...

    def split(self, text: str, *, language: str, to: str) -> list[tuple[int, int]] | None:
        """Return `(start, end)` of each sentence that it would translate; None: split it yourself.

        Nothing but white space is left out, and no sentence goes beyond its line.
        """
        ...


class Installer(Protocol):
    """Gets the packages that a translator lacks."""

    def install(self, language: str, to: str) -> list[str]:
        """Return what was installed, in words, with its licence; raises `DigestError`."""
        ...


class TranslationMemory(Protocol):
    """Keeps what a package made of a sentence, so that no sentence is translated twice."""

    def recall(self, package: str, sentences: Sequence[str]) -> dict[str, str]:
        """Return the known translations among `sentences`: sentence → translation."""
        ...

    def remember(self, package: str, pairs: Mapping[str, str]) -> None:
        """Keep translations made by `package` (names, versions and languages)."""
        ...


class Writer(Protocol):
    """Answers questions in words: a language model that the settings name."""

    @property
    def model(self) -> str:
        """The model's name, as a reader is told it."""
        ...

    @property
    def version(self) -> str:
        """What tells this writer's answers from others'."""
        ...

    def ask(self, instructions: str, question: str) -> str:
        """Return the answer to a question, unchecked; raises `ModelError`."""
        ...


class Mailer(Protocol):
    """Sends a mail."""

    def send(self, message: EmailMessage) -> None:
        """Hand the message to the mail server; raises `DeliveryError`."""
        ...


class Courier(Protocol):
    """Hands mails to a mail server, each to one reader, and tells exactly how far it has come."""

    def carry(
        self, message: bytes, *, sender: str, to: str, last_line: Callable[[], bool]
    ) -> Answer:
        """Return what became of a mail; raises `DeliveryError` where the server takes none at all.

        `last_line` is called when nothing but the mail's last line has to leave; where it returns
        False that line does not leave, and nothing was sent.
        """
        ...

    def close(self) -> None:
        """Let go of the server."""
        ...


class Chat(Protocol):
    """A chat or webhook that an edition is told to."""

    def post(self, title: str, text: str) -> Answer:
        """Return what became of a message in plain text."""
        ...


class ReturnReader(Protocol):
    """Reads bounces and complaints."""

    def read(self, body: bytes) -> Sequence[Returned]:
        """Return what a mail says of our readers; raises `ParseError`."""
        ...


class Notifier(Protocol):
    """Tells those who look after Digest what is wrong."""

    def notify(self, subject: str, text: str) -> None:
        """Send a message; raises `DeliveryError`."""
        ...
