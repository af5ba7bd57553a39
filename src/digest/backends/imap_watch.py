"""Waits at an IMAP folder until a mail comes (RFC 2177, IDLE), and goes back to it after a cut."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.backends.imap import MailFolders
from digest.errors import DigestError, FetchError
from digest.records import Source

if TYPE_CHECKING:
    from imap_tools import BaseMailBox


@dataclass(frozen=True, slots=True)
class Waits:
    """The seconds that a watcher waits for this and that."""

    renew: float = 540.0  #: until IDLE is asked for anew: servers and routers forget who is silent
    slice: float = 1.0  #: after which a wish to stop is seen
    first: float = 2.0  #: before the first new try after a cut; doubled each time, at most …
    most: float = 900.0
    steady: float = 120.0  #: after which a connection was a good one, and its cut is the first
    poll: float = 900.0  #: between two looks where the server does not know IDLE


class MailWatcher:
    """Watches IMAP folders, one thread a folder.

    Args:
        folders: opens them.
        say: is told what a person should know: cuts, new tries, servers without IDLE.
        waits: the seconds.
    """

    def __init__(
        self, folders: MailFolders, *, say: Callable[[str], None], waits: Waits | None = None
    ) -> None:
        self._folders = folders
        self._say = say
        self._waits = waits or Waits()

    def watch(
        self, source: Source, *, tell: Callable[[Source], None], stopping: threading.Event
    ) -> None:
        """Call `tell` whenever there may be new mail, until `stopping` is set.

        Also after each new connection: mail may have come while there was none. A server that
        cannot be reached, or refuses, is tried again, later and later.
        """
        failures = 0
        while not stopping.is_set():
            start = time.monotonic()
            try:
                with self._folders.open(source) as (box, _):
                    tell(source)
                    self._stay(box, source, tell=tell, stopping=stopping)
            except DigestError as error:
                failures = 0 if time.monotonic() - start > self._waits.steady else failures
                pause = min(self._waits.most, self._waits.first * 2.0 ** min(20, failures))
                failures += 1
                self._say(f"{error}; tried again in {pause:g} s")
                stopping.wait(pause)

    def _stay(
        self,
        box: BaseMailBox,
        source: Source,
        *,
        tell: Callable[[Source], None],
        stopping: threading.Event,
    ) -> None:
        if not _knows_idle(box):
            wait = self._waits.poll
            self._say(f"{source.name}: its server does not know IDLE: looked into every {wait:g} s")
            while not stopping.wait(wait):
                box.client.noop()
                tell(source)
            return
        while not stopping.is_set():
            if self._idle(box, source, stopping):
                tell(source)

    def _idle(self, box: BaseMailBox, source: Source, stopping: threading.Event) -> bool:
        """Return whether mail came, after waiting for it for some minutes at most."""
        end = time.monotonic() + self._waits.renew
        box.client.response("EXISTS")  # forgets what was said before
        box.idle.start()  # type: ignore[no-untyped-call]  # imap-tools leaves these two untyped
        came = False
        while not (came or stopping.is_set() or time.monotonic() > end):
            start = time.monotonic()
            lines = box.idle.poll(timeout=self._waits.slice)
            if any(line.upper().startswith(b"* BYE") for line in lines):
                raise FetchError(f"{source.name}: the mail server says good-bye", id=source.name)
            if not lines and time.monotonic() - start < self._waits.slice / 2:
                # Readable, and nothing to read: the connection is closed.
                raise FetchError(f"{source.name}: the connection was cut", id=source.name)
            came = any(b" EXISTS" in line or b" RECENT" in line for line in lines)
        box.idle.stop()  # type: ignore[no-untyped-call]
        _, more = box.client.response("EXISTS")  # what was said while we stopped
        return came or more != [None]


def _knows_idle(box: BaseMailBox) -> bool:
    _, said = box.client.capability()  # what a server can do may grow with the login
    return any(b"IDLE" in line.upper().split() for line in said if isinstance(line, bytes))
