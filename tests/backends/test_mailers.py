"""Mail goes out through a real SMTP server on this machine, or a clear error comes back."""

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from digest.backends.mailers import SmtpMailer
from digest.backends.smtp import SmtpServer
from digest.errors import DeliveryError
from tests.conftest import free_port

controller = pytest.importorskip("aiosmtpd.controller")


class Server:
    """Takes mail for everybody but one reader."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.readers: list[list[str]] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Refuse a reader who does not exist."""
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the message."""
        self.bodies.append(envelope.content)
        self.readers.append(list(envelope.rcpt_tos))
        return "250 OK"


@pytest.fixture
def server() -> Iterator[tuple[Server, int]]:
    """A server and its port."""
    kept = Server()
    port = free_port()
    running = controller.Controller(kept, hostname="127.0.0.1", port=port)
    running.start()
    yield kept, port
    running.stop()


def message(*to: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "digest@digest.example"
    made["To"] = ", ".join(to)
    made["Subject"] = "Überblick"
    made.set_content("Grüße, 日本語")
    return made


def test_a_mail_arrives_whole(server: tuple[Server, int]) -> None:
    """Every reader is named, and letters of other scripts survive."""
    kept, port = server
    mailer = SmtpMailer(SmtpServer("127.0.0.1", port=port, security="none"))
    mailer.send(message("a@acme.example", "b@acme.example"))
    assert kept.readers == [["a@acme.example", "b@acme.example"]]
    assert b"Subject: =?utf-8?" in kept.bodies[0]


def test_a_refused_reader_is_named(server: tuple[Server, int]) -> None:
    """The error says which address and what the server said, also when others got the mail."""
    _, port = server
    mailer = SmtpMailer(SmtpServer("127.0.0.1", port=port, security="none"))
    for readers in (["nobody@acme.example"], ["a@acme.example", "nobody@acme.example"]):
        with pytest.raises(DeliveryError, match=r"refuses nobody@acme\.example: 550 5\.1\.1"):
            mailer.send(message(*readers))


def test_a_server_that_is_not_there_is_named() -> None:
    """The error names host and port, and the settings to check."""
    mailer = SmtpMailer(SmtpServer("127.0.0.1", port=free_port(), security="none", timeout=2))
    with pytest.raises(DeliveryError, match=r"127\.0\.0\.1:\d+ cannot be reached.*delivery\.smtp"):
        mailer.send(message("a@acme.example"))


def test_a_server_without_encryption_gets_no_mail_in_the_clear(
    server: tuple[Server, int],
) -> None:
    """Where the settings ask for STARTTLS and the server has none, nothing is sent."""
    kept, port = server
    with pytest.raises(DeliveryError, match="refuses us"):
        SmtpMailer(SmtpServer("127.0.0.1", port=port)).send(message("a@acme.example"))
    assert kept.bodies == []
