"""Reads newsletters from an IMAP folder: each mail once, by UID; marked or moved after it is kept.

A source's address is `imap://user@host/Folder`. Mails are fetched as bytes and taken apart
elsewhere (`backends.sandbox`): nothing of a mail is parsed here.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from digest.backends.newsletters import MailFiles
from digest.config_sections import Imap
from digest.errors import FetchError, InputError
from digest.ports import Mailed
from digest.records import Source

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

MOST = 500  #: mails that one poll takes, the oldest first; the next goes on
LARGEST = 25_000_000  #: bytes of a mail that is taken
CHUNK = 20  #: mails that are asked for at once
SCHEME = "imap://"


class MailFolders:
    """Mails of files and of IMAP folders, told by the source's address.

    Args:
        settings: how the mail server is asked, and what becomes of a mail that was read.
    """

    def __init__(self, settings: Imap) -> None:
        self._settings = settings
        self._files = MailFiles()

    def mails(self, source: Source, *, cursor: str | None = None) -> Mailed:
        """Return the mails of a folder; of an IMAP one those after `cursor`.

        Raises:
            InputError: where the folder is not there, or the address is none.
            FetchError: where the server does not let us read.
        """
        if not source.url.startswith(SCHEME):
            return self._files.mails(source, cursor=cursor)
        with self.open(source) as (box, folder):
            validity = str(box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"])
            known = _last(cursor, validity)
            found = [int(uid) for uid in box.uids(f"UID {known + 1}:*")]
            uids = sorted(uid for uid in found if uid > known)[:MOST]  # `n:*` has always the last
            mails = list(_bodies(box, uids))
        return Mailed(mails, f"{validity}:{uids[-1] if uids else known}", more=len(found) > MOST)

    def settle(self, source: Source, cursor: str) -> None:
        """Mark or move the mails up to `cursor`, which are kept now; leaves them where that is set.

        Raises:
            FetchError: where the server does not let us; the mails are read in any case.
        """
        after = self._settings.after
        if after == "leave" or not source.url.startswith(SCHEME):
            return
        with self.open(source) as (box, folder):
            validity = str(box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"])
            last = _last(cursor, validity)
            criteria = f"UID 1:{last}" + (" UNSEEN" if after == "mark" else "")
            uids = box.uids(criteria) if last else []
            if uids and after == "mark":
                box.flag(uids, r"\Seen", value=True)
            elif uids:
                if not box.folder.exists(self._settings.move_to):
                    box.folder.create(self._settings.move_to)
                box.move(uids, self._settings.move_to)

    @contextmanager
    def open(self, source: Source) -> Iterator[tuple[BaseMailBox, str]]:
        """Give an IMAP source's mailbox, signed in, with its folder chosen; and the folder's name.

        Raises:
            InputError: where the address is none.
            FetchError: where the server is not there, or does not let us in; also for what goes
                wrong while the mailbox is used.
        """
        from imap_tools import ImapToolsError

        parts = urlsplit(source.url)
        user = unquote(parts.username or "") or self._settings.user
        folder = unquote(parts.path.strip("/")) or "INBOX"
        if not parts.hostname or not user:
            cure = "write imap://user@host/Folder"
            raise InputError(f"{source.name}: {source.url} names no user and host", cure=cure)
        try:
            box = self._connect(parts.hostname, parts.port)
            with box.login(user, self._settings.password.get_secret_value(), folder):
                yield box, folder
        except ImapToolsError as error:
            cure = "check user, DIGEST_IMAP__PASSWORD and the folder's name"
            said = f"{source.name}: the mail server refuses: {error}"
            raise FetchError(said, id=source.name, cure=cure) from error
        except (OSError, ValueError, _imap_error()) as error:
            said = f"{source.name}: {parts.hostname}: {error or type(error).__name__}"
            raise FetchError(said, id=source.name) from error

    def _connect(self, host: str, port: int | None) -> BaseMailBox:
        from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

        seconds = self._settings.timeout
        if self._settings.security == "none":
            return MailBoxUnencrypted(host, port or 143, timeout=seconds)
        context = ssl.create_default_context()
        if self._settings.security == "starttls":
            return MailBoxStartTls(host, port or 143, timeout=seconds, ssl_context=context)
        return MailBox(host, port or 993, timeout=seconds, ssl_context=context)


def _imap_error() -> type[Exception]:
    import imaplib

    return imaplib.IMAP4.error


def _last(cursor: str | None, validity: str) -> int:
    """Return the last UID that was read; 0 where the folder was made anew (RFC 3501, 2.3.1.1)."""
    before, _, last = (cursor or "").partition(":")
    return int(last) if before == validity and last.isdigit() else 0


def _bodies(box: BaseMailBox, uids: list[int]) -> Iterator[bytes]:
    """Yield the mails as bytes, none of them marked as read, and of a giant its headers alone."""
    sizes = dict(_sizes(box, uids))
    small = [uid for uid in uids if sizes.get(uid, 0) <= LARGEST]
    for start in range(0, len(small), CHUNK):
        yield from _fetched(box, small[start : start + CHUNK], "BODY.PEEK[]")
    giants = [uid for uid in uids if sizes.get(uid, 0) > LARGEST]
    if giants:
        yield from _fetched(box, giants, "BODY.PEEK[HEADER]")


def _sizes(box: BaseMailBox, uids: list[int]) -> Iterable[tuple[int, int]]:
    import re

    for start in range(0, len(uids), MOST):
        for line in _asked(box, uids[start : start + MOST], "RFC822.SIZE"):
            text = (line[0] if isinstance(line, tuple) else line or b"").decode("latin-1")
            uid = re.search(r"\bUID (\d+)", text)
            size = re.search(r"\bRFC822\.SIZE (\d+)", text)
            if uid and size:
                yield int(uid[1]), int(size[1])


def _fetched(box: BaseMailBox, uids: list[int], what: str) -> Iterator[bytes]:
    for part in _asked(box, uids, what):
        if isinstance(part, tuple):
            yield part[1]


def _asked(box: BaseMailBox, uids: list[int], what: str) -> list[Any]:
    status, found = box.client.uid("fetch", ",".join(map(str, uids)), f"({what})")
    if status != "OK":
        raise OSError(f"FETCH was answered {status}")
    return list(found)
