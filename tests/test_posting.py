"""Each reader gets an edition exactly once, whatever the mail server does and whoever is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from digest.backends.couriers import SmtpCourier
from digest.backends.smtp import SmtpServer
from digest.config import Settings, load_settings
from digest.opening import make_store
from digest.outcomes import Outcome
from digest.posting import Postman
from digest.records import Answer, Decision, Edition
from digest.store import Store, decisions, ledger, outbox, subscribers
from digest.store.turn import turn_to_send
from tests.conftest import free_port
from tests.smtp_server import Unruly, serve
from tests.stages import edition_sample

ROOT = Path(__file__).parents[1]
START = datetime(2026, 11, 23, 6, tzinfo=UTC)
READERS = ["ada@acme.example", "bob@acme.example", "cem@acme.example", "dai@acme.example"]


class Time:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Return the present."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


class Desk:
    """A store with one published edition, its readers in the settings, and a postman."""

    def __init__(
        self, folder: Path, port: int, *, to: list[str] | None = None, more: str = ""
    ) -> None:
        self.file = folder / "digest.toml"
        self.file.write_text(
            '[store]\nurl = "sqlite:///d.db"\n'
            '[delivery]\nsender = "Digest <digest@news.acme.example>"\n'
            f"to = {READERS if to is None else to}\n"
            'unsubscribe_url = "https://room.acme.example"\n'
            f'unsubscribe_to = "out@news.acme.example"\n{more}\n'
            f'[delivery.smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n',
            "utf-8",
        )
        self.settings: Settings = load_settings(self.file)
        self.store: Store = make_store(self.settings)
        self.edition: Edition = edition_sample.weekly()
        self.time = Time()
        with self.store.write() as db:
            ledger.freeze(db, self.edition, {})

    def postman(self, courier: Any = None, chats: Any = None) -> Postman:
        """Return a new postman, as a new run has."""
        smtp = self.settings.delivery.smtp
        made = courier or SmtpCourier(
            SmtpServer("127.0.0.1", port=smtp.port, security="none", timeout=60)
        )
        return Postman(
            self.store,
            self.settings,
            courier=made,
            chats=chats or {},
            clock=self.time,
            sleep=self.time.sleep,
        )

    def send(self, *, minutes: float = 0, courier: Any = None) -> Outcome:
        """Queue and send, as a run does."""
        postman = self.postman(courier)
        postman.queue(self.edition)
        return postman.work(patience=timedelta(minutes=minutes))

    def states(self) -> dict[str, str]:
        """Return the state of each copy."""
        with self.store.read() as db:
            return {each.recipient: each.state for each in outbox.of_edition(db, self.edition.id)}

    def standing(self) -> dict[str, str]:
        """Return the state of each subscription."""
        with self.store.read() as db:
            return {each.address: each.state for each in subscribers.all_of(db)}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes a desk."""
    made: list[Desk] = []

    def make(port: int, **more: Any) -> Desk:
        made.append(Desk(tmp_path, port, **more))
        return made[-1]

    yield make
    for each in made:
        each.store.close()


def test_each_reader_gets_a_mail_of_their_own_once(desk: Callable[..., Desk]) -> None:
    """However often the run is repeated; and nobody sees another reader's address."""
    with serve(kept := Unruly()) as port:
        mine = desk(port)
        outcomes = [mine.send() for _ in range(3)]
    assert sorted(kept.taken) == READERS
    assert sorted(str(each["To"]) for each in kept.mails) == READERS
    assert [each.sent() for each in outcomes] == [4, 0, 0]
    assert set(mine.states().values()) == {"sent"}


def test_a_mail_says_how_to_unsubscribe(desk: Callable[..., Desk]) -> None:
    """The headers of RFC 8058, whole and unencoded, and a link in text and page."""
    with serve(kept := Unruly()) as port:
        mine = desk(port, to=["ada@acme.example"])
        mine.send()
    (raw,), (mail,) = kept.bodies, kept.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link, mailto = (each.strip().strip("<>") for each in mail["List-Unsubscribe"].split(","))
    with mine.store.read() as db:
        reader = subscribers.find(db, "ada@acme.example", "cmo")
    assert reader is not None
    assert link.startswith(f"https://room.acme.example/unsubscribe/{reader.token}.")
    assert mailto.startswith("mailto:out@news.acme.example?subject=unsubscribe%20" + reader.token)
    assert f"List-Unsubscribe: <{link}>,\r\n <mailto:".encode() in raw
    assert mail["List-Id"] == "<cmo.news.acme.example>"
    assert (mail["Precedence"], mail["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert [link in text_of(part) for part in parts_of(mail)] == [True, True]


def parts_of(mail: Message) -> list[Message]:
    return [part for part in mail.walk() if part.get_content_maintype() == "text"]


def text_of(part: Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode("utf-8")


def test_a_greylisted_mail_is_tried_again_at_growing_intervals(desk: Callable[..., Desk]) -> None:
    """The run waits as long as it may; what is left waits in the outbox for the next run."""
    with serve(kept := Unruly(greylist=3)) as port:
        mine = desk(port, to=["ada@acme.example"])
        first = mine.send(minutes=20)
        assert (kept.taken, first.unfinished) == ([], 1)
        assert mine.time.now - START == timedelta(minutes=20)  # tried at 0, 5 and 20
        again = mine.send(minutes=60)
    assert (kept.taken, again.sent(), kept.asked["ada@acme.example"]) == (
        ["ada@acme.example"],
        1,
        4,
    )
    assert mine.time.now - START == timedelta(minutes=50)


def test_a_mail_that_is_never_taken_is_given_up(desk: Callable[..., Desk]) -> None:
    """After `give_up_hours` it has failed, and whoever looks after Digest is told."""
    with serve(kept := Unruly(greylist=999)) as port:
        mine = desk(port, to=["ada@acme.example"], more="give_up_hours = 1")
        outcome = mine.send(minutes=600)
    assert mine.states() == {"ada@acme.example": "failed"}
    assert [each.recipient for each in outcome.problems] == ["ada@acme.example"]
    assert kept.asked["ada@acme.example"] == 4  # at 0, 5, 20 and 50 minutes
    assert mine.standing() == {"ada@acme.example": "active"}


def test_a_reader_who_is_gone_gets_nothing_more(desk: Callable[..., Desk]) -> None:
    """5.1.1 ends the subscription; a refusal for reasons of policy does not; others get theirs."""
    refused = {
        "bob@acme.example": "550 5.1.1 no such user",
        "cem@acme.example": "554 5.7.1 blocked by policy",
        "dai@acme.example": "552 5.2.2 mailbox full",
    }
    with serve(kept := Unruly(refused=refused)) as port:
        mine = desk(port)
        mine.send()
    assert kept.taken == ["ada@acme.example"]
    assert list(mine.states().values()) == ["sent", "failed", "failed", "deferred"]
    assert list(mine.standing().values()) == ["active", "bounced", "active", "active"]
    with mine.store.read() as db:
        soft = {each.address: each.soft for each in subscribers.all_of(db)}
    assert soft["cem@acme.example"] == 1


class Patient(SmtpCourier):
    """Sends the last line only after a connection that the server cuts is really cut."""

    kept: Unruly

    def carry(self, message: bytes, *, last_line: Callable[[], bool], **more: str) -> Answer:
        """Carry, and wait where the server has begun to cut."""
        left = self.kept.drop_midway

        def line() -> bool:
            if left:
                assert self.kept.cut.wait(60)
            return last_line()

        return super().carry(message, last_line=line, **more)


def test_connections_that_break_within_a_mail_cost_nobody_anything(
    desk: Callable[..., Desk],
) -> None:
    """What was cut is sent again, once; the server has never got a last line of it."""
    with serve(kept := Unruly(drop_midway=3)) as port:
        mine = desk(port)
        courier = Patient(SmtpServer("127.0.0.1", port=port, security="none", timeout=60))
        courier.kept = kept
        mine.send(minutes=30, courier=courier)
    assert Counter(kept.taken) == Counter(READERS)
    assert set(mine.states().values()) == {"sent"}


def test_a_copy_of_which_nobody_knows_is_never_sent_again_by_itself(
    desk: Callable[..., Desk],
) -> None:
    """The server took it and hung up without a word: it is shown, and waits for a person."""
    with serve(kept := Unruly(drop_after=("bob@acme.example",))) as port:
        mine = desk(port)
        first = mine.send(minutes=600)
        mine.time.now += timedelta(days=1)
        mine.send(minutes=600)
        assert Counter(kept.taken) == Counter(READERS)
        assert mine.states()["bob@acme.example"] == "unknown"
        assert [each.recipient for each in first.problems] == ["bob@acme.example"]
        kept.drop_after = ()
        with mine.store.write() as db:
            assert outbox.send_again(
                db, mine.edition.id, "bob@acme.example", at=mine.time.now.isoformat()
            )
        mine.send()
    ids = [str(mail["Message-ID"]) for mail in kept.mails if mail["To"] == "bob@acme.example"]
    assert len(ids) == 2
    assert len(set(ids)) == 1  # so that mail servers that know it keep one


def test_a_slow_server_gets_every_mail_once(desk: Callable[..., Desk]) -> None:
    """Slowness within the patience of a connection changes nothing."""
    with serve(kept := Unruly(slow=0.1)) as port:
        mine = desk(port)
        mine.send()
    assert Counter(kept.taken) == Counter(READERS)


def test_a_server_that_is_down_keeps_everything_waiting(desk: Callable[..., Desk]) -> None:
    """It is asked once a while, not once a reader; when it is back, everybody gets the edition."""
    port = free_port()
    mine = desk(port)
    outcome = mine.send(minutes=12)
    assert "cannot be reached" in outcome.trouble
    assert outcome.unfinished == 4
    with mine.store.read() as db:
        tries = sum(each.attempts for each in outbox.of_edition(db, mine.edition.id))
    assert tries == 3  # at 0, 5 and 10 minutes
    kept = Unruly()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.smtp_server.free_port", lambda: port)
        with serve(kept):
            mine.send(minutes=60)
    assert Counter(kept.taken) == Counter(READERS)


def test_a_process_that_is_killed_costs_nobody_an_edition(desk: Callable[..., Desk]) -> None:
    """Killed twice and run again: each address exactly once, as the server itself counts.

    Killed before a mail's last line the copy is sent by the next run; killed between the server's
    answer and our note of it, it is never sent again and shown as unknown.
    """
    with serve(kept := Unruly()) as port:
        mine = desk(port)
        mine.postman().queue(mine.edition)
        assert post(mine.file, "line", "2") == -signal.SIGKILL
        assert sorted(mine.states().values()) == ["queued", "queued", "sending", "sent"]
        assert post(mine.file, "answer", "1") == -signal.SIGKILL
        assert sorted(mine.states().values()) == ["handed", "queued", "queued", "sent"]
        assert post(mine.file) == 0
    assert Counter(kept.taken) == Counter(READERS)
    assert sorted(mine.states().values()) == ["sent", "sent", "sent", "unknown"]


def post(file: Path, *until: str) -> int:
    command = [sys.executable, str(ROOT / "tests" / "one_posting.py"), str(file), *until]
    return subprocess.run(command, check=False, cwd=file.parent).returncode


def test_the_flow_of_the_outbox_sends_what_is_due_and_nothing_twice(
    desk: Callable[..., Desk],
) -> None:
    """What a run has queued and could not send goes out by the flow made every few minutes."""
    from flows.outbox import outbox as due

    with serve(kept := Unruly()) as port:
        mine = desk(port)
        mine.time.now = datetime.now(UTC)
        mine.postman().queue(mine.edition)
        assert any("4" in note for note in due.fn(str(mine.file)))
        due.fn(str(mine.file))
    assert Counter(kept.taken) == Counter(READERS)
    assert set(mine.states().values()) == {"sent"}


def test_two_processes_send_nothing_twice(desk: Callable[..., Desk]) -> None:
    """While one has the turn the other waits; and a claim taken away stops a last line."""
    with serve(kept := Unruly()) as port:
        mine = desk(port, to=["ada@acme.example"])
        with turn_to_send(mine.store) as first:
            assert first
            assert mine.send().busy
        courier = Robbed(SmtpServer("127.0.0.1", port=port, security="none", timeout=60))
        courier.store = mine.store
        mine.send(courier=courier)
        assert kept.taken == []
        assert mine.states() == {"ada@acme.example": "queued"}
        mine.time.now += timedelta(hours=2)
        mine.send()
    assert kept.taken == ["ada@acme.example"]


class Robbed(SmtpCourier):
    """Another process takes the copy over while it is on its way: as if ours had been gone."""

    store: Store

    def carry(self, message: bytes, *, last_line: Callable[[], bool], **more: str) -> Answer:
        """Carry."""

        def line() -> bool:
            with self.store.write() as db:
                outbox.recover(db, at=(START + timedelta(hours=1)).isoformat())
            return last_line()

        return super().carry(message, last_line=line, **more)


def test_who_left_meanwhile_gets_nothing(desk: Callable[..., Desk]) -> None:
    """Unsubscribed after the edition was queued: the copy is skipped, and says why."""
    with serve(kept := Unruly()) as port:
        mine = desk(port, to=READERS[:2])
        mine.postman().queue(mine.edition)
        with mine.store.write() as db:
            reader = subscribers.find(db, READERS[0], "cmo")
            assert reader is not None
            gone = replace(reader, state="unsubscribed")
            subscribers.put(db, gone, at=START.isoformat())
        mine.send()
        assert kept.taken == [READERS[1]]
        assert mine.states()[READERS[0]] == "skipped"


def test_a_withdrawn_edition_goes_to_nobody_more(desk: Callable[..., Desk]) -> None:
    """What is withdrawn while it waits is not sent."""
    with serve(kept := Unruly()) as port:
        mine = desk(port)
        mine.postman().queue(mine.edition)
        with mine.store.write() as db:
            id, at = mine.edition.id, START.isoformat()
            said = Decision("w", "withdraw", id, "", "ada", at, value="wrong", edition=id, act="w")
            decisions.decide(db, said)
        mine.send()
    assert kept.taken == []
    assert set(mine.states().values()) == {"skipped"}


def test_foreign_words_begin_no_header(desk: Callable[..., Desk]) -> None:
    """Line breaks in titles and names come to nothing, on the wire, whatever kind they are."""
    evil = "Evil\r\nBcc: x@evil.example\n\rX-Evil: 1\u2028X-Evil: 2\x85X-Evil: 3\x0b\x0cX-Evil: 4"
    with serve(kept := Unruly()) as port:
        mine = desk(port, to=[])
        assert mine.edition.opening is not None
        opening = replace(mine.edition.opening, headline=evil)
        mine.edition = replace(mine.edition, id="weekly-evil", title=evil, opening=opening)
        at = START.isoformat()
        with mine.store.write() as db:
            ledger.freeze(db, mine.edition, {})
            subscribers.add(db, "ada@acme.example", "cmo", origin="test", at=at, name=evil)
        mine.send()
    (mail,) = kept.mails
    assert not {"bcc", "x-evil"} & {name.lower() for name in mail}
    assert (kept.taken, mail["To"].count("@acme.example")) == (["ada@acme.example"], 1)


def test_a_wrong_address_in_the_settings_stops_nobody(desk: Callable[..., Desk]) -> None:
    """It is named, and the others get theirs; two spellings of one address are one reader."""
    with serve(kept := Unruly()) as port:
        mine = desk(port, to=["Ada@ACME.example", "ada@acme.example", "nobody", "a@b@c.example"])
        postman = mine.postman()
        many, wrong = postman.queue(mine.edition)
        postman.work()
    assert (many, kept.taken) == (1, ["ada@acme.example"])
    assert [each.split("'")[1] for each in wrong] == ["nobody", "a@b@c.example"]
