"""A mail to a real SMTP server: how far it came is told exactly, whatever the server does."""

from __future__ import annotations

import pytest

from digest.backends.couriers import SmtpCourier
from digest.backends.smtp import SmtpServer
from digest.errors import DeliveryError
from digest.records import Answer
from tests.conftest import free_port
from tests.smtp_server import Unruly, serve

MAIL = b"Subject: x\r\n\r\n.one dot\r\n..two dots\r\nend\r\n"
HUGE = b"Subject: x\r\n\r\n" + (b"x" * 998 + b"\r\n") * 20_000  # more than any buffer holds


def carry(port: int, message: bytes = MAIL, to: str = "ada@acme.example") -> tuple[Answer, int]:
    """Return the answer, and how often the last line was about to leave."""
    asked = []
    courier = SmtpCourier(SmtpServer("127.0.0.1", port=port, security="none", timeout=60))

    def last_line() -> bool:
        asked.append(1)
        return True

    answer = courier.carry(message, sender="digest@d.example", to=to, last_line=last_line)
    courier.close()
    return answer, len(asked)


def test_a_mail_arrives_letter_by_letter() -> None:
    """Lines that begin with a dot come through, and the envelope names sender and reader."""
    with serve(kept := Unruly()) as port:
        answer, asked = carry(port)
    assert (answer.kind, answer.code, asked) == ("taken", 250, 1)
    assert kept.bodies == [MAIL]
    assert (kept.senders, kept.taken) == (["digest@d.example"], ["ada@acme.example"])


def test_one_connection_carries_many_mails() -> None:
    """Also after a refused reader."""
    with serve(kept := Unruly(refused={"no@acme.example": "550 5.1.1 unknown"})) as port:
        courier = SmtpCourier(SmtpServer("127.0.0.1", port=port, security="none"))
        kinds = [
            courier.carry(MAIL, sender="d@d.example", to=to, last_line=lambda: True).kind
            for to in ("a@acme.example", "no@acme.example", "b@acme.example")
        ]
        courier.close()
    assert kinds == ["taken", "refused", "taken"]
    assert (kept.connections, kept.taken) == (1, ["a@acme.example", "b@acme.example"])


@pytest.mark.parametrize(
    ("said", "kind"),
    [("450 4.2.0 later", "later"), ("550 5.1.1 unknown", "refused"), ("452 4.2.2 full", "later")],
)
def test_a_reader_that_is_not_taken(said: str, kind: str) -> None:
    """The answer says at what it was refused, and the server's words; nothing was sent."""
    with serve(kept := Unruly(refused={"ada@acme.example": said})) as port:
        answer, asked = carry(port)
    assert answer == Answer(kind, said, int(said[:3]), "rcpt")  # type: ignore[arg-type]
    assert (asked, kept.bodies) == (0, [])


@pytest.mark.parametrize(
    ("said", "kind"), [("451 4.3.0 later", "later"), ("554 5.7.1 spam", "refused")]
)
def test_a_mail_that_is_not_taken(said: str, kind: str) -> None:
    """A refusal of the mail is told apart from one of its reader."""
    with serve(Unruly(answer=said)) as port:
        answer, _ = carry(port)
    assert (answer.kind, answer.stage) == (kind, "data")


def test_a_connection_that_ends_within_the_mail() -> None:
    """Nothing was taken: the last line did not leave, and the copy may be sent again."""
    with serve(kept := Unruly(drop_midway=1)) as port:
        answer, asked = carry(port, HUGE)
    assert (answer.kind, asked, kept.bodies) == ("later", 0, [])
    assert "connection was lost" in answer.text


def test_a_connection_that_ends_without_an_answer() -> None:
    """The mail was taken, and nobody said so: that is told as what it is."""
    with serve(kept := Unruly(drop_after=("ada@acme.example",))) as port:
        answer, asked = carry(port)
    assert (answer.kind, asked, len(kept.bodies)) == ("unknown", 1, 1)


def test_an_answer_that_takes_too_long_is_unknown() -> None:
    """The same for a server that is slower than our patience."""
    with serve(Unruly(slow=1.0)) as port:
        courier = SmtpCourier(SmtpServer("127.0.0.1", port=port, security="none", timeout=0.2))
        answer = courier.carry(MAIL, sender="d@d.example", to="a@b.example", last_line=lambda: True)
        courier.close()
    assert answer.kind == "unknown"


def test_a_last_line_that_may_not_leave() -> None:
    """Where another process has taken the copy over, the server takes nothing."""
    with serve(kept := Unruly()) as port:
        courier = SmtpCourier(SmtpServer("127.0.0.1", port=port, security="none"))
        answer = courier.carry(
            MAIL, sender="d@d.example", to="a@b.example", last_line=lambda: False
        )
        courier.close()
    assert (answer.kind, kept.bodies) == ("later", [])


@pytest.mark.parametrize(
    ("security", "message"),
    [("none", "cannot be reached"), ("starttls", "refuses us"), ("tls", "cannot be reached")],
)
def test_a_server_that_takes_nothing_from_us(security: str, message: str) -> None:
    """An error of its own, for it is no reader's fault; without encryption nothing is sent."""
    with serve(kept := Unruly()) as port:
        at = free_port() if security == "none" else port
        courier = SmtpCourier(SmtpServer("127.0.0.1", port=at, security=security, timeout=2))  # type: ignore[arg-type]
        with pytest.raises(DeliveryError, match=message):
            courier.carry(MAIL, sender="d@d.example", to="a@b.example", last_line=lambda: True)
    assert kept.bodies == []


@pytest.mark.parametrize(
    ("at_mail", "at_rcpt"),
    [("553 5.7.1 sender not owned", ""), ("", "554 5.7.1 <ada@acme.example>: Relay access denied")],
)
def test_a_refusal_that_is_about_us_is_no_readers_fault(at_mail: str, at_rcpt: str) -> None:
    """A sender that may not send, or no account: nobody is counted as bounced for it."""
    kept = Unruly(refused={"ada@acme.example": at_rcpt} if at_rcpt else {})
    kept.refused_sender = at_mail
    with serve(kept) as port, pytest.raises(DeliveryError, match="refuses digest"):
        carry(port)
