"""The list of readers: added, imported, left; bounces and complaints change it, each once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from digest.backends.bounces import read_returned
from digest.backends.sandbox import Sandbox, SandboxedBounces
from digest.cli.app import app
from digest.config import Settings
from digest.errors import InputError, ParseError
from digest.records import Answer, Returned, Subscriber
from digest.stages.deliveries import SOFT_MOST, after_report, decide, is_gone
from digest.stages.readers import copy_id, one_address, open_token, read_list, sign_token
from digest.store import Store, outbox, subscribers
from digest.subscribing import Told, import_readers, list_secret, note_mails, read_mailbox
from digest.testing import NOON

RETURNED = Path(__file__).parent / "data" / "returned"
AT = NOON.isoformat()
ADA = "ada@reader.example"


class Reader:
    """Takes mails apart in this process; the sandboxed one has a test of its own."""

    def read(self, body: bytes) -> list[Returned]:
        """Return what a mail says."""
        return read_returned(body)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in which Ada was sent an edition, and subscribes to two audiences' editions."""
    made = Store("sqlite:///d.db", pages=tmp_path / "pages", folder=tmp_path)
    with made.write() as db:
        for audience in ("cmo", "tech"):
            subscribers.add(db, ADA, audience, origin="test", at=AT)
        subscribers.add(db, "bob@reader.example", "cmo", origin="test", at=AT)
        outbox.enqueue(db, "weekly-2026-W47-cmo", "mail", {ADA: "<our.mail@news.example>"}, at=AT)
    yield made
    made.close()


def mail(store: Store, name: str, **changes: str) -> bytes:
    """Return a mail of `data/returned` about the edition that Ada was sent."""
    with store.read() as db:
        reader = subscribers.find(db, ADA, "cmo")
    assert reader is not None
    token = sign_token(list_secret(store), reader.token)
    values = {"MESSAGE-ID": "<our.mail@news.example>", "TOKEN": token, "READER": ADA}
    text = (RETURNED / f"{name}.eml").read_text("utf-8")
    for word, value in (values | {k.replace("_", "-"): v for k, v in changes.items()}).items():
        text = text.replace(word, value)
    return text.encode()


def note(store: Store, *mails: bytes, now: datetime = NOON) -> Told:
    return note_mails(store, mails, Reader(), now=now)


def standing(store: Store) -> list[tuple[str, str, str, int]]:
    with store.read() as db:
        found = subscribers.all_of(db)
    return [(e.address.split("@")[0], e.audience, e.state, e.soft) for e in found]


def test_a_hard_bounce_ends_all_subscriptions_of_an_address(store: Store) -> None:
    """Told by the Message-ID of our mail; read twice, it counts once."""
    told = note(store, *[mail(store, "postfix-hard")] * 2)
    assert (told.mails, told.old, dict(told.kinds)) == (2, 1, {"hard": 1})
    assert standing(store) == [
        ("ada", "cmo", "bounced", 0),
        ("bob", "cmo", "active", 0),
        ("ada", "tech", "bounced", 0),
    ]
    assert "User unknown in virtual mailbox table" in told.changed[0].reason
    with store.read() as db:
        (row,) = subscribers.returned_of(db, "weekly-2026-W47-cmo")
    assert (row.kind, row.address) == ("hard", ADA)


def test_what_came_back_is_listed(store: Store, tmp_path: Path) -> None:
    """How many mails of a reader, and what was said of the last; those of strangers, too."""
    bodies = [mail(store, "exchange-full") + b"\r\n" * n for n in range(2)]
    note(store, *bodies, now=NOON)
    note(store, mail(store, "postfix-hard"), now=NOON + timedelta(days=1))
    config = tmp_path / "digest.toml"
    config.write_text('[store]\nurl = "sqlite:///d.db"\n')
    listed = CliRunner().invoke(app, ["--config", str(config), "--json", "subscribers", "list"])
    ada, bob, _ = json.loads(listed.output)
    assert [each["kind"] for each in ada["returned"]] == ["hard", "soft", "soft"]
    assert "User unknown" in ada["returned"][0]["said"]
    assert bob["returned"] == []
    shown = CliRunner().invoke(app, ["--config", str(config), "subscribers", "list"])
    assert (
        f"{ADA}: 3 came back, the last on {NOON + timedelta(days=1):%Y-%m-%d}: hard ("
        in shown.output
    )


def test_soft_bounces_are_counted(store: Store) -> None:
    """A full mailbox is no end; several in a row are; one long after another counts anew."""
    for day in range(SOFT_MOST - 1):
        body = mail(store, "exchange-full") + b"\r\n" * day
        note(store, body, now=NOON + timedelta(days=7 * day))
    assert standing(store)[0] == ("ada", "cmo", "active", SOFT_MOST - 1)
    quiet = NOON + timedelta(days=200)
    note(store, mail(store, "exchange-full") + b"\n\n\n\n\n\n\n", now=quiet)
    assert standing(store)[0] == ("ada", "cmo", "active", 1)
    for day in range(1, SOFT_MOST):
        note(store, mail(store, "exchange-full") + b"x" * day, now=quiet + timedelta(days=day))
    assert standing(store)[0] == ("ada", "cmo", "bounced", SOFT_MOST)


@pytest.mark.parametrize("name", ["postfix-delayed", "not-spam", "out-of-office"])
def test_what_is_no_bounce_changes_nothing(store: Store, name: str) -> None:
    """A delay, a "not spam", an out-of-office reply that quotes our link."""
    before = standing(store)
    told = note(store, mail(store, name))
    assert (told.other, dict(told.kinds), standing(store)) == (1, {}, before)


def test_a_complaint_ends_all_subscriptions_of_its_address(store: Store) -> None:
    """Providers take the address out of the report: the Message-ID tells whose it is."""
    note(store, mail(store, "complaint"))
    assert [each[2] for each in standing(store)] == ["complained", "active", "complained"]


def test_a_mail_unsubscribes_whoever_sends_it(store: Store) -> None:
    """From whatever address: its subject names the one subscription."""
    note(store, mail(store, "unsubscribe"))
    assert [each[2] for each in standing(store)] == ["unsubscribed", "active", "active"]


def test_what_may_be_forged_takes_nobody_off_the_list(store: Store) -> None:
    """Without an id that only the receiver knows a bounce counts softly, others not at all."""
    forged = {"MESSAGE_ID": "<guessed@evil.example>", "TOKEN": "guessed-guessed-guess." + "x" * 32}
    told = note(
        store,
        mail(store, "hard-without-our-mail"),
        mail(store, "complaint", **forged),
        mail(store, "unsubscribe", **forged),
    )
    assert standing(store)[0] == ("ada", "cmo", "active", 1)
    assert told.strange == 2


def test_a_bounce_of_a_stranger_is_told(store: Store) -> None:
    """Somebody who was never on the list."""
    values = {"READER": "eve@x.example", "MESSAGE_ID": "<no@x.example>", "TOKEN": "a.b"}
    told = note(store, mail(store, "postfix-hard", **values))
    assert (told.strange, told.changed) == (1, [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe" * 100,
        b"Content-Type: multipart/report; boundary=x\n\n--x\n" * 500,
        b"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822;\n\n\n",
        b"Content-Type: message/rfc822\n\n" * 3000,
        b"Subject: =?utf-8?b?%%%?= unsubscribe a.b\n\n",
    ],
)
def test_broken_mails_stop_nothing(store: Store, body: bytes) -> None:
    """Whatever stands in one, the next is read."""
    told = note(store, body, mail(store, "postfix-hard"))
    assert (told.mails, told.kinds["hard"]) == (2, 1)


def test_mails_are_read_in_a_child_process(store: Store) -> None:
    """The same records come back, and a mail that cannot be read is an error of its own."""
    sandbox = Sandbox(seconds=60, children=1)
    try:
        reader = SandboxedBounces(sandbox)
        body = mail(store, "postfix-hard")
        assert reader.read(body) == read_returned(body)
        assert reader.read(b"Subject: hello\n\n") == []
        with pytest.raises(ParseError):
            reader.read(b"x" * 60_000_000)
    finally:
        sandbox.close()


def test_a_list_is_imported(store: Store) -> None:
    """CSV as spreadsheets write it; what is wrong is named by its line, and the rest is taken."""
    text = (
        "\ufeffE-Mail;Name;Audience;Language\n"
        "Cem@Reader.example;Cem Ünal;;de\n"
        "dai@bücher.example;戴;cmo;zh-Hant\n"
        "\n"
        "nobody;;;\n"
        "eve@x.example;Eve;board;\n"
        "ada@reader.example;Ada;cmo;\n"
    )
    counts, wrong = import_readers(store, Settings(), text, origin="crm.csv", at=AT)
    assert dict(counts) == {"new": 2, "known": 1}
    assert [each.split(":")[0] for each in wrong] == ["line 5", "line 6"]
    with store.read() as db:
        dai = subscribers.find(db, "dai@xn--bcher-kva.example", "cmo")
        cem = subscribers.find(db, "cem@reader.example", "cmo")
    assert dai is not None
    assert cem is not None
    assert (dai.name, dai.language, dai.origin) == ("戴", "zh-Hant", "crm.csv")
    assert (cem.name, cem.language, cem.state) == ("Cem Ünal", "de", "active")


def test_an_import_brings_nobody_back(store: Store) -> None:
    """Who has unsubscribed stays so."""
    note(store, mail(store, "unsubscribe"))
    counts, _ = import_readers(store, Settings(), f"# ours\nAda <{ADA}>\n", origin="x", at=AT)
    assert dict(counts) == {"unsubscribed": 1}
    assert standing(store)[0][2] == "unsubscribed"


@pytest.mark.parametrize(
    "text",
    [
        *("", "ada", "@x.example", "a@", "a@x", "a b@x.example", "a@x..example", "a@-x.example"),
        *("a@x.example\r\nBcc: b@x.example", 'a"b@x.example', "a@x.example, b@x.example"),
        *("é@x.example", "a" * 65 + "@x.example", "a@" + "x" * 64 + ".example", "a@x_y.example"),
    ],
)
def test_what_is_no_address(text: str) -> None:
    """It is refused, before it could reach a header or a mail server."""
    with pytest.raises(InputError, match="no address"):
        one_address(text)


def test_lists_without_names_of_columns() -> None:
    """An address a line, with a name or without."""
    found = [who for _, who in read_list('# c\n\na@x.example\n"Bee, B." <b@x.example>\n')]
    assert [(e.address, e.name) for e in found if not isinstance(e, InputError)] == [
        ("a@x.example", ""),
        ("b@x.example", "Bee, B."),
    ]


def test_links_are_ours_alone() -> None:
    """A token without its proof, or with that of another or another store's, is worth nothing."""
    signed = sign_token("secret", "token")
    assert open_token("secret", signed) == "token"
    others = ("", ".", "token", "token.", f"other.{signed.split('.')[1]}", f"{signed}x", "é.ü")
    assert [open_token("secret", each) for each in others] == [""] * len(others)
    assert open_token("another", signed) == ""


def test_a_copy_has_one_id() -> None:
    """The same each time, another for each reader and edition, and of this domain."""
    made = {
        copy_id(secret, edition, reader, domain="d.example")
        for secret in ("s", "t")
        for edition in ("e1", "e2")
        for reader in ("a@x", "b@x")
    }
    assert len(made) == 8
    assert all(each.endswith("@d.example>") for each in made)


def test_answers_and_what_follows() -> None:
    """A table of cases: the state after each, and whether the reader is gone."""

    def after(answer: Answer, attempts: int = 1, hours: float = 0) -> tuple[str, float | None]:
        at = NOON + timedelta(hours=hours)
        state, again = decide(
            answer,
            attempts=attempts,
            queued_at=NOON,
            at=at,
            minutes=(5, 15),
            give_up=timedelta(hours=2),
        )
        return state, (again - at).total_seconds() / 60 if again else None

    refused = Answer("refused", "550 5.1.1 unknown", 550, "rcpt")
    assert after(Answer("taken", "250")) == ("sent", None)
    assert after(Answer("unknown", "")) == ("unknown", None)
    assert after(refused) == ("failed", None)
    assert after(Answer("refused", "552 5.2.2 full", 552, "rcpt")) == ("deferred", 5)
    assert after(Answer("later", "450")) == ("deferred", 5)
    assert after(Answer("later", "450"), attempts=9) == ("deferred", 15)
    assert after(Answer("later", "450"), attempts=9, hours=1.9) == ("failed", None)
    gone = {
        "550 5.1.1 unknown": True,
        "550 no such user": True,
        "550 5.7.1 blocked": False,
        "554 5.1.10 null MX": True,
        "554 no": False,
        "550 5.2.1 disabled": True,
        "552 5.2.2 full": False,
    }
    assert {said: is_gone(Answer("refused", said, int(said[:3]), "rcpt")) for said in gone} == gone
    assert not is_gone(replace(refused, stage="data"))


def test_only_an_active_subscription_changes() -> None:
    """Who has unsubscribed is not turned into a bounce."""
    reader = Subscriber(ADA, "cmo", "", "", "unsubscribed", "x", AT, AT, "t")
    assert after_report(reader, Returned("hard", ADA), at=NOON, sure=True) == reader


def test_a_mailbox_is_read_on_from_where_it_was(store: Store) -> None:
    """The cursor is kept, and given to the mailbox when it is done with."""
    from digest.ports import Mailed
    from digest.records import Source

    class Box:
        """Two rounds of mails."""

        def __init__(self) -> None:
            self.asked: list[str | None] = []
            self.settled: list[str] = []

        def mails(self, source: Source, *, cursor: str | None = None) -> Mailed:
            """Return the next one."""
            self.asked.append(cursor)
            number = int(cursor or 0) + 1
            mails = [mail(store, "postfix-hard")] if number == 2 else []
            return Mailed(mails, str(number), more=number < 2)

        def settle(self, source: Source, cursor: str) -> None:
            """Note it."""
            self.settled.append(cursor)

    box = Box()
    settings = Settings(delivery={"mailbox": "imap://bounces@mail.example/INBOX"})  # type: ignore[arg-type]
    told = read_mailbox(store, settings, box, Reader(), now=datetime.now(UTC))
    assert (told.kinds["hard"], box.asked, box.settled) == (1, [None, "1"], ["1", "2"])
    read_mailbox(store, settings, box, Reader(), now=datetime.now(UTC))
    assert box.asked[2:] == ["2"]
