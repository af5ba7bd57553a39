"""What is to be done after a mail server's answer or a bounce: pure rules of what is sent again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest.records import Answer, Returned, Subscriber
from digest.records.delivery import DeliveryState, Standing

#: Enhanced status codes (RFC 3463) that say that there is no such reader, and will be none:
#: no mailbox (1.1, 1.3, 1.6), no domain (1.2, 1.10: null MX), mailbox closed (2.1).
GONE = re.compile(r"^5\.(1\.(1|2|3|6|10)|2\.1)$")
#: The basic codes that say so where a server gives no enhanced one (RFC 5321, 4.2.3).
GONE_CODES = (550, 551, 553)
#: "Mailbox full" may pass: RFC 5321, 4.5.3.1.10, asks to read 552 as 452.
FULL = re.compile(r"^[45]\.2\.2$")
ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
SOFT_MOST = 5  #: soft bounces in a row after which an address gets nothing more
SOFT_DAYS = 90  #: days without one, after which they are counted anew


def status_of(text: str) -> str:
    """Return the enhanced status code in a server's words, "" where there is none."""
    found = ENHANCED.search(text)
    return found[1] if found else ""


def decide(
    answer: Answer,
    *,
    attempts: int,
    queued_at: datetime,
    at: datetime,
    minutes: Sequence[int],
    give_up: timedelta,
) -> tuple[DeliveryState, datetime | None]:
    """Return the state of a copy after an answer, and when it is tried again.

    Args:
        answer: what the server said.
        attempts: tries so far, this one included.
        queued_at: since when the copy waits.
        at: the present.
        minutes: between one try and the next; the last holds for all that follow.
        give_up: how long a copy is tried.
    """
    if answer.kind == "taken":
        return "sent", None
    if answer.kind == "unknown":
        return "unknown", None
    if answer.kind == "refused" and not may_pass(answer):
        return "failed", None
    following = at + timedelta(minutes=minutes[min(attempts, len(minutes)) - 1])
    if following - queued_at > give_up:
        return "failed", None
    return "deferred", following


def may_pass(answer: Answer) -> bool:
    """Return whether what was refused may be taken later all the same: a full mailbox."""
    status = status_of(answer.text)
    return bool(FULL.match(status)) or (answer.code == 552 and not status)


def is_gone(answer: Answer) -> bool:
    """Return whether an answer says that there is no such reader, rather than refuses the mail.

    A refusal for reasons of policy (5.7.1: blocked) says something of the sender or of the mail,
    and counts as a soft bounce.
    """
    if answer.kind != "refused" or answer.stage != "rcpt":
        return False
    status = status_of(answer.text)
    return bool(GONE.match(status)) if status else answer.code in GONE_CODES


def after_report(reader: Subscriber, report: Returned, *, at: datetime, sure: bool) -> Subscriber:
    """Return a subscription after something came back of it.

    Args:
        reader: the subscription.
        report: what came back.
        at: the present.
        sure: whether the report names a mail of ours by an id that only its receiver knows. One
            that does not may be forged: a hard bounce counts as a soft one then, and a complaint
            or a mail that unsubscribes changes nothing.
    """
    if reader.state != "active":
        return reader
    states: dict[str, Standing] = {
        "hard": "bounced",
        "complaint": "complained",
        "unsubscribe": "unsubscribed",
    }
    said = report.said or report.status
    if sure and report.kind in states:
        return replace(reader, state=states[report.kind], reason=said)
    if report.kind not in ("hard", "soft"):
        return reader
    long_ago = at - timedelta(days=SOFT_DAYS)
    fresh = reader.soft_at and datetime.fromisoformat(reader.soft_at) >= long_ago
    many = reader.soft + 1 if fresh else 1
    counted = replace(reader, soft=many, soft_at=at.isoformat())
    if many < SOFT_MOST:
        return counted
    return replace(counted, state="bounced", reason=f"{many} soft bounces in a row: {said}")
