"""Bounces and complaints from a real IMAP server: dovecot, on a port of its own."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.config import Settings
from digest.store import Store
from digest.subscribing import read_mailbox
from digest.wiring import make_mailbox, make_return_reader
from tests.backends.test_imap import Server, server  # noqa: F401 - a fixture
from tests.test_subscribing import mail, standing, store  # noqa: F401 - a fixture

NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)


def test_what_comes_back_is_read_from_a_mail_server(server: Server, store: Store) -> None:  # noqa: F811
    """Each mail once, over several readings; what is no report ends nobody's subscription."""
    folder = "Bounced"
    server.put(folder, "an ordinary letter")
    settings = Settings(
        delivery={"mailbox": f"imap://reader@127.0.0.1:{server.port}/{folder}"},  # type: ignore[arg-type]
        imap={"security": "none", "password": "secret", "timeout": 10.0},  # type: ignore[arg-type]
    )

    def read() -> tuple[int, dict[str, int]]:
        told = read_mailbox(
            store, settings, make_mailbox(settings), make_return_reader(settings), now=NOW
        )
        return told.mails, dict(told.kinds)

    assert read() == (1, {})
    with server.box() as box:
        box.append(mail(store, "postfix-hard"), folder, flag_set=())
    assert read() == (1, {"hard": 1})
    assert read() == (0, {})
    assert [each[2] for each in standing(store)] == ["bounced", "active", "bounced"]
