"""Who may use the room: accounts, who is signed in, and the tokens of programs."""

from __future__ import annotations

import hashlib
import secrets as random
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from digest.store.account_tables import secrets, sessions, users
from digest.store.codec import utc

ROLES = ("reader", "editor", "admin")  #: each may what those before it may


@dataclass(frozen=True, slots=True)
class User:
    """An account; `password` is an Argon2 hash, "" where a proxy or a provider knows who it is."""

    name: str
    role: str
    password: str = ""
    language: str = ""
    active: bool = True
    made_at: str = ""

    def may(self, role: str) -> bool:
        """Return whether this account may do what `role` may."""
        return self.active and ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Held:
    """A session or token that somebody holds, or a provider's name for them (kind "oidc").

    `id` is the hash of the secret or of that name.
    """

    id: str
    user: str
    kind: str
    title: str
    scopes: tuple[str, ...]
    made_at: str
    expires_at: str


def put_user(connection: Connection, user: User) -> None:
    """Write an account, in place of the one of this name."""
    values = {
        "name": user.name,
        "role": user.role,
        "password": user.password,
        "language": user.language,
        "active": user.active,
        "made_at": user.made_at,
    }
    if find_user(connection, user.name) is None:
        connection.execute(insert(users), [values])
    else:
        connection.execute(update(users).where(users.c.name == user.name).values(values))


def find_user(connection: Connection, name: str) -> User | None:
    """Return an account, or None."""
    row = connection.execute(select(users).where(users.c.name == name)).one_or_none()
    return _user(row) if row else None


def all_users(connection: Connection) -> list[User]:
    """Return every account by name."""
    return [_user(row) for row in connection.execute(select(users).order_by(users.c.name))]


def give(
    connection: Connection,
    user: str,
    *,
    kind: str,
    at: str,
    until: str,
    title: str = "",
    scopes: tuple[str, ...] = (),
) -> str:
    """Return a new secret that stands for a user; only its hash is kept."""
    secret = random.token_urlsafe(32)
    row = {
        "id": _hash(secret),
        "user": user,
        "kind": kind,
        "title": title,
        "scopes": " ".join(scopes),
        "made_at": utc(at),
        "expires_at": utc(until),
    }
    connection.execute(insert(sessions), [row])
    return secret


def tie(
    connection: Connection, identity: str, user: str, *, kind: str, at: str, until: str
) -> None:
    """Let what a provider calls somebody stand for a user: `holder` finds them by it."""
    row = {
        "id": _hash(identity),
        "user": user,
        "kind": kind,
        "title": "",
        "scopes": "",
        "made_at": utc(at),
        "expires_at": utc(until),
    }
    connection.execute(insert(sessions), [row])


def holder(connection: Connection, secret: str, *, kind: str, at: str) -> tuple[User, Held] | None:
    """Return whose secret it is; None for one that is unknown, over, or of a closed account."""
    query = (
        select(sessions, users.c.role, users.c.password, users.c.language, users.c.active)
        .add_columns(users.c.made_at.label("since"))
        .join(users, users.c.name == sessions.c.user)
        .where(sessions.c.id == _hash(secret), sessions.c.kind == kind)
        .where(sessions.c.expires_at > utc(at), users.c.active)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    user = User(row.user, row.role, row.password, row.language, row.active, row.since)
    return user, _held(row)


def is_tied(connection: Connection, identity: str, *, kind: str) -> bool:
    """Return whether what a provider calls somebody stands for a user, be the account closed."""
    where = (sessions.c.id == _hash(identity), sessions.c.kind == kind)
    return connection.execute(select(sessions.c.id).where(*where)).first() is not None


def alike(connection: Connection, name: str) -> str:
    """Return the name of an account that differs from this one in upper and lower case alone."""
    names = connection.execute(select(users.c.name)).scalars()
    return next((one for one in names if one != name and one.casefold() == name.casefold()), "")


def held(connection: Connection, user: str, *, kind: str) -> list[Held]:
    """Return what somebody holds, the oldest first."""
    where = (sessions.c.user == user, sessions.c.kind == kind)
    rows = connection.execute(select(sessions).where(*where).order_by(sessions.c.made_at))
    return [_held(row) for row in rows]


def take_back(connection: Connection, id: str, *, user: str) -> None:
    """End a session or token of somebody."""
    where = (sessions.c.id == id, sessions.c.user == user)
    connection.execute(delete(sessions).where(*where))


def take_all_back(connection: Connection, user: str) -> None:
    """End what a user holds: the password has changed, or the account is closed.

    What a provider calls them stays theirs, so that nobody else gets the name.
    """
    connection.execute(delete(sessions).where(sessions.c.user == user, sessions.c.kind != "oidc"))


def forget_old(connection: Connection, *, at: str) -> None:
    """Take out what is over."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= utc(at)))


def known_secret(connection: Connection, name: str) -> str | None:
    """Return a secret of the store's own by its name, None where it was not made yet."""
    return connection.execute(select(secrets.c.value).where(secrets.c.name == name)).scalar()


def own_secret(connection: Connection, name: str) -> str:
    """Return a secret of the store's own by its name, made at first use."""
    found = known_secret(connection, name)
    if found is None:
        found = random.token_urlsafe(48)
        connection.execute(insert(secrets), [{"name": name, "value": found}])
    return str(found)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _user(row: object) -> User:
    return User(**{name: getattr(row, name) for name in User.__slots__})


def _held(row: object) -> Held:
    values = {name: getattr(row, name) for name in Held.__slots__}
    return Held(**values | {"scopes": tuple(str(values["scopes"]).split())})
