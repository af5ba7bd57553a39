"""A real SMTP server on this machine that behaves as badly as mail servers do."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest

from tests.conftest import free_port

aiosmtpd_controller = pytest.importorskip("aiosmtpd.controller")
aiosmtpd_smtp = pytest.importorskip("aiosmtpd.smtp")


class Unruly:
    """What a server does, and what it has taken.

    Args:
        greylist: how often each address is asked to come back later.
        refused: address → the answer to its RCPT.
        drop_midway: how many mails are cut off after their first line.
        drop_after: addresses whose mail is taken whole, and whose connection then ends unanswered.
        answer: what is said to a whole mail.
        slow: seconds before that is said.
        on_mail: called with each mail that is taken, before it is answered.
    """

    def __init__(
        self,
        *,
        greylist: int = 0,
        refused: dict[str, str] | None = None,
        drop_midway: int = 0,
        drop_after: tuple[str, ...] = (),
        answer: str = "250 OK",
        slow: float = 0.0,
        on_mail: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.refused_sender = ""
        self.greylist = greylist
        self.refused = refused or {}
        self.drop_midway = drop_midway
        self.drop_after = drop_after
        self.answer = answer
        self.slow = slow
        self.on_mail = on_mail
        self.asked: Counter[str] = Counter()
        self.taken: list[str] = []
        self.bodies: list[bytes] = []
        self.senders: list[str] = []
        self.connections = 0
        self.cut = threading.Event()

    @property
    def mails(self) -> list[Message]:
        """The mails that were taken."""
        return [message_from_bytes(each) for each in self.bodies]

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Refuse or take a sender."""
        if self.refused_sender:
            return self.refused_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Refuse, put off, or take a reader."""
        self.asked[address] += 1
        if address in self.refused:
            return self.refused[address]
        if self.asked[address] <= self.greylist:
            return "450 4.2.0 greylisted, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a mail."""
        await asyncio.sleep(self.slow)
        if self.answer.startswith("2"):
            self.bodies.append(envelope.content)
            self.senders.append(envelope.mail_from)
            self.taken += envelope.rcpt_tos
            self.on_mail(len(self.taken))
        if set(envelope.rcpt_tos) & set(self.drop_after):
            server.transport.abort()
        return self.answer


class _Server(aiosmtpd_smtp.SMTP):  # type: ignore[misc]  # the library has no types
    def connection_made(self, transport: Any) -> None:
        self.event_handler.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.event_handler.cut.set()

    @aiosmtpd_smtp.syntax("DATA")  # type: ignore[untyped-decorator]
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.event_handler.drop_midway:
            self.event_handler.drop_midway -= 1
            self.event_handler.cut.clear()
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Controller(aiosmtpd_controller.Controller):  # type: ignore[misc]
    def factory(self) -> Any:
        return _Server(self.handler, data_size_limit=0)


@contextmanager
def serve(kept: Unruly) -> Iterator[int]:
    """Give the port on which a server behaves so."""
    port = free_port()
    running = _Controller(kept, hostname="127.0.0.1", port=port)
    running.start()
    kept.connections = 0  # the controller has tried the port itself
    try:
        yield port
    finally:
        running.stop()
