"""One address or file, handed in by a person: `digest ingest`."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

from digest.errors import FetchError, InputError
from digest.records import Drop, Item, Page, Source, SourceState
from digest.runner import Runner
from digest.stage import attempt
from digest.stages import download, poll
from digest.text import canonical_url, make_id, url_key

SOURCE = "by-hand"
MAIL = ".eml"
MEDIA = {".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf", ".txt": "text/plain"}


def add_by_hand(runner: Runner, place: str) -> list[str]:
    """Return the ids of the items that an address or file holds, saved so that the steps wait.

    An address or an article's file is one item; a mail (`.eml`) has one an entry.

    Raises:
        InputError: where `place` is neither a web address nor a file of a kind we read.
        FetchError: where the address gives no page.
    """
    check_place(place)
    if "://" in place:
        return [_add_url(runner, place)]
    file = Path(place)
    return _add_mail(runner, file) if file.suffix.lower() == MAIL else [_add_file(runner, file)]


def check_place(place: str) -> None:
    """Refuse what is neither a web address nor a file that we read; raises `InputError`."""
    if "://" in place:
        try:
            canonical_url(place)
        except ValueError as error:
            cure = "give an http or https address"
            raise InputError(f"cannot read {place}: {error}", cure=cure) from error
        return
    file = Path(place)
    if not file.is_file():
        raise InputError(f"no such file: {place}", cure="give a web address or an existing file")
    if file.suffix.lower() not in (*MEDIA, MAIL):
        cure = f"one of {', '.join([*MEDIA, MAIL])}"
        raise InputError(f"cannot read a {file.suffix or 'nameless'} file: {place}", cure=cure)


def _add_url(runner: Runner, url: str) -> str:
    item = _item(runner, make_id(url_key(url)), url=canonical_url(url))
    now = runner.clock()
    fetched = attempt(
        partial(download.download, fetcher=runner.tools.fetcher, keep=runner.tools.keep, now=now),
        item,
        id=item.id,
        name=download.NAME,
    )
    runner.add_page(item, fetched)
    if isinstance(fetched, Drop):
        cure = f"see `digest why {url}`"
        raise FetchError(fetched.detail or fetched.reason, id=item.id, transient=False, cure=cure)
    return item.id


def _add_file(runner: Runner, file: Path) -> str:
    body = file.read_bytes()
    item = _item(runner, make_id("file", hashlib.sha256(body).hexdigest()), title=file.stem)
    page = Page(
        id=item.id,
        url="",
        media_type=MEDIA[file.suffix.lower()],
        charset=None,
        sha256=runner.tools.keep(body),
        fetched_at=runner.clock().isoformat(),
        origin="web",
    )
    runner.add_page(item, page)
    return item.id


def _add_mail(runner: Runner, file: Path) -> list[str]:
    source = Source(SOURCE, "newsletter", str(file), "by hand", "independent")
    polled = poll.poll(
        source,
        SourceState(SOURCE),
        fetcher=runner.tools.fetcher,
        readers=runner.tools.readers,
        mailbox=runner.tools.mailbox,
        now=runner.clock(),
    )
    if polled.state.error or not polled.items:
        raise InputError(f"cannot read {file}: {polled.state.error or 'it holds no entry'}")
    for item in polled.items:
        runner.add_item(item)
    return [item.id for item in polled.items]


def _item(runner: Runner, id: str, *, url: str | None = None, title: str = "") -> Item:
    return Item(
        id=id,
        source=SOURCE,
        url=url,
        title=title,
        published=None,
        html="",
        first_seen=runner.clock().isoformat(),
        publisher="",
        voice="independent",
    )
