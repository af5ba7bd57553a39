"""Who gets editions, how far each copy has come, and what mail servers said of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Standing = Literal["active", "unsubscribed", "bounced", "complained"]
#: queued → sending → handed → sent; or deferred (tried again), failed, skipped, unknown.
DeliveryState = Literal[
    "queued", "sending", "handed", "sent", "deferred", "failed", "skipped", "unknown"
]
ChannelKind = Literal["mail", "chat"]
AnswerKind = Literal["taken", "later", "refused", "unknown"]
ReportKind = Literal["hard", "soft", "complaint", "unsubscribe"]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader who gets the editions of one audience by mail."""

    address: str
    audience: str
    language: str  #: BCP-47, of the pages and words about the subscription; "" for the edition's
    name: str
    state: Standing
    origin: str  #: where the address came from: "settings", "added by hand", a file's name
    since: str
    changed_at: str
    token: str  #: stands for the subscription in links, so that no address stands there
    reason: str = ""  #: why it is no longer active
    soft: int = 0  #: soft bounces that followed one another
    soft_at: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One copy of an edition on its way to one address or chat."""

    edition: str
    channel: ChannelKind
    recipient: str
    state: DeliveryState
    attempts: int
    next_attempt: str
    answer: str  #: what the server said last
    message_id: str
    claim: str  #: of the process that sends it
    queued_at: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a mail or message that was handed over.

    Args:
        kind: "taken"; "later", not taken, may be tried again; "refused", for good; "unknown", it
            was sent whole and nobody said whether it was taken.
        text: what the server said, on one line.
        code: of SMTP or HTTP, 0 where there was none.
        stage: "rcpt" where the address was judged, "mail" or "data" where the mail was.
    """

    kind: AnswerKind
    text: str
    code: int = 0
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a bounce, a complaint or a mail that unsubscribes says of one recipient.

    Args:
        kind: what it is.
        address: the recipient as the report names it, "" where it does not.
        message_id: of our mail that it is about, "" where it does not say.
        token: of our link in that mail, or of the mail that unsubscribes.
        status: enhanced status code of RFC 3463, such as "5.1.1".
        said: the other server's words.
    """

    kind: ReportKind
    address: str = ""
    message_id: str = ""
    token: str = ""
    status: str = ""
    said: str = ""
