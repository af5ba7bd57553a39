"""The outbox on SQLite and PostgreSQL: who may send what, when, and never twice."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from digest.store import Store, outbox, subscribers
from digest.store.engine import open_engine
from digest.store.turn import turn_to_send
from digest.testing import NOON

AT = NOON.isoformat()
MAIL = ("mail",)


def later(**span: float) -> str:
    return (NOON + timedelta(**span)).isoformat()


def queue(store: Store, *addresses: str) -> int:
    with store.write() as db:
        return outbox.enqueue(db, "e1", "mail", {each: f"<{each}>" for each in addresses}, at=AT)


def state(store: Store, address: str = "a@x.example") -> str:
    with store.read() as db:
        return next(e.state for e in outbox.of_edition(db, "e1") if e.recipient == address)


def test_a_copy_is_owed_once(store: Store) -> None:
    """Queueing again adds only who was not owed the edition yet."""
    assert queue(store, "a@x.example", "b@x.example") == 2
    assert queue(store, "b@x.example", "c@x.example") == 1


def test_a_claimed_copy_is_one_processs_alone(store: Store) -> None:
    """Not twice; one that is put off waits for its time; one that is sent is done with."""
    queue(store, "a@x.example")
    with store.write() as db:
        mine = outbox.claim(db, at=AT, channels=MAIL)
        assert mine is not None
        assert (mine.state, mine.attempts, mine.message_id) == ("sending", 1, "<a@x.example>")
        assert outbox.claim(db, at=later(days=1), channels=MAIL) is None
        assert outbox.settle(
            db, mine, "deferred", answer="450", at=AT, next_attempt=later(minutes=5)
        )
        assert outbox.claim(db, at=later(minutes=4), channels=MAIL) is None
        assert outbox.next_due(db, channels=MAIL) is not None
        mine = outbox.claim(db, at=later(minutes=5), channels=MAIL)
        assert mine is not None
        assert mine.attempts == 2
        assert outbox.hand_over(db, mine, at=AT)
        assert outbox.settle(db, mine, "sent", answer="250", at=AT)
        assert not outbox.settle(db, mine, "failed", answer="late", at=AT)
        assert outbox.claim(db, at=later(days=9), channels=MAIL) is None
        assert outbox.next_due(db, channels=MAIL) is None
    assert queue(store, "a@x.example") == 0


def test_what_a_dead_process_leaves(store: Store) -> None:
    """Before the last line it is sent again, and a late claim is worth nothing; after, not."""
    queue(store, "a@x.example", "b@x.example")
    with store.write() as db:
        first = outbox.claim(db, at=AT, channels=MAIL)
        second = outbox.claim(db, at=AT, channels=MAIL)
        assert first is not None
        assert second is not None
        outbox.hand_over(db, second, at=AT)
    with store.write() as db:
        assert outbox.recover(db, at=AT) == (1, 1)
        assert not outbox.hand_over(db, first, at=AT)
    assert [state(store), state(store, "b@x.example")] == ["queued", "unknown"]
    with store.write() as db:  # it was not dead, only slow: what it knows is better than nothing
        assert outbox.settle(db, second, "sent", answer="250", at=AT)
        assert not outbox.settle(db, first, "sent", answer="250", at=AT)
    assert state(store, "b@x.example") == "sent"


def test_only_a_person_sends_again(store: Store) -> None:
    """What failed or is unknown waits again by a word; what was sent or waits does not."""
    queue(store, "a@x.example")
    with store.write() as db:
        assert not outbox.send_again(db, "e1", "a@x.example", at=AT)
        mine = outbox.claim(db, at=AT, channels=MAIL)
        assert mine is not None
        outbox.settle(db, mine, "unknown", answer="", at=AT)
        assert outbox.send_again(db, "e1", "a@x.example", at=AT)
        mine = outbox.claim(db, at=AT, channels=MAIL)
        assert mine is not None
        outbox.settle(db, mine, "sent", answer="", at=AT)
        assert not outbox.send_again(db, "e1", "a@x.example", at=AT)


def test_many_at_once_claim_each_copy_once(store: Store) -> None:
    """Eight threads empty the box together."""
    addresses = [f"r{number}@x.example" for number in range(24)]
    queue(store, *addresses)
    claimed: list[str] = []

    def work() -> None:
        while True:
            with store.write() as db:
                mine = outbox.claim(db, at=AT, channels=MAIL)
            if mine is None:
                return
            claimed.append(mine.recipient)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert Counter(claimed) == Counter(addresses)


def test_one_has_the_turn(store: Store) -> None:
    """A second one finds out at once; afterwards it is free again."""
    with turn_to_send(store) as first, turn_to_send(store) as second:
        assert (first, second) == (True, False)
    with turn_to_send(store) as third:
        assert third


def test_readers_of_the_settings_come_and_go(store: Store) -> None:
    """Who is named no more gets nothing; who unsubscribed stays so while named."""
    with store.write() as db:
        subscribers.keep_named(db, ["a@x", "b@x"], "cmo", origin="settings", at=AT)
        subscribers.add(db, "c@x", "cmo", origin="by hand", at=AT)
        gone = subscribers.find(db, "b@x", "cmo")
        assert gone is not None
        from dataclasses import replace

        subscribers.put(db, replace(gone, state="unsubscribed"), at=AT)
        subscribers.keep_named(db, ["b@x"], "cmo", origin="settings", at=AT)
        found = {each.address: each.state for each in subscribers.all_of(db)}
    assert found == {"b@x": "unsubscribed", "c@x": "active"}


def test_what_was_sent_before_is_taken_over(tmp_path: Path) -> None:
    """A store of an older Digest: nobody gets an old edition again, and doubts stay visible."""
    from alembic import command
    from alembic.config import Config

    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", "digest.store:migrations")
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        known = [(f"{status}@X.example", status) for status in ("sent", "sending", "failed")]
        for address, status in [*known, ("SENT@x.example", "failed")]:
            values = f"('e1', '{address}', '{status}', '{AT}')"
            connection.execute(text(f"INSERT INTO deliveries VALUES {values}"))
    engine.dispose()
    migrated = open_engine("sqlite:///old.db", folder=tmp_path)
    with migrated.begin() as db:
        found = {each.recipient: each.state for each in outbox.of_edition(db, "e1")}
        assert outbox.claim(db, at=later(days=9), channels=MAIL) is None
    migrated.dispose()
    assert found == {
        "failed@x.example": "failed",
        "sending@x.example": "unknown",
        "sent@x.example": "sent",
    }


@pytest.mark.parametrize("durable", [True, False])
def test_what_is_sent_outlives_a_power_cut(store: Store, durable: bool) -> None:
    """SQLite waits for the disk where that is asked for, and else does not (PostgreSQL always)."""
    if store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL waits for the disk in any case")
    with store.write(durable=durable) as db:
        assert db.execute(text("PRAGMA synchronous")).scalar() == (2 if durable else 1)
