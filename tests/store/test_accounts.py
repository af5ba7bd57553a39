"""Accounts: a secret stands for its user as long as it holds, and nobody can read it back."""

from sqlalchemy import select

from digest.store import Store, accounts
from digest.store.account_tables import sessions
from digest.store.accounts import User

NOW, LATER = "2026-10-05T06:00:00+00:00", "2026-10-05T18:00:00+00:00"
ADA = User("ada", "editor", "hash", "de", made_at=NOW)


def test_a_secret_stands_for_its_user_until_it_ends(store: Store) -> None:
    """Only its hash is in the database."""
    with store.write() as db:
        accounts.put_user(db, ADA)
        secret = accounts.give(db, "ada", kind="session", at=NOW, until=LATER)
        known = accounts.holder(db, secret, kind="session", at=NOW)
        assert known is not None
        assert known[0] == ADA
        assert accounts.holder(db, secret, kind="token", at=NOW) is None
        assert accounts.holder(db, secret, kind="session", at=LATER) is None
        assert secret not in str(db.execute(select(sessions)).all())


def test_a_closed_account_is_signed_out(store: Store) -> None:
    """At once, and for good where everything is taken back."""
    with store.write() as db:
        accounts.put_user(db, ADA)
        secret = accounts.give(db, "ada", kind="session", at=NOW, until=LATER)
        accounts.put_user(db, User("ada", "editor", active=False))
        assert accounts.holder(db, secret, kind="session", at=NOW) is None
        accounts.take_all_back(db, "ada")
        assert accounts.held(db, "ada", kind="session") == []


def test_roles_hold_what_those_below_may() -> None:
    """An editor reads, and manages nobody."""
    assert [ADA.may(role) for role in accounts.ROLES] == [True, True, False]
    assert not User("x", "admin", active=False).may("reader")


def test_a_secret_of_the_store_stays(store: Store) -> None:
    """What is signed today can be read tomorrow."""
    with store.write() as db:
        assert accounts.own_secret(db, "cookies") == accounts.own_secret(db, "cookies")
