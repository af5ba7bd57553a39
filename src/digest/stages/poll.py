"""Asks a source what is new and gives each of its entries an id that lasts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.errors import DigestError, FetchError, InputError, ParseError
from digest.ports import EntryReader, Fetcher, Mailbox, PagedReader, Response
from digest.records import Drop, Entry, Item, Source, SourceState
from digest.stages.faults import fault_of, said_by
from digest.stages.health import thinness
from digest.stages.items import make_items
from digest.stages.leading import is_lost, still_leads
from digest.stages.pace import after_failure
from digest.stages.wishes import NO_WISHES, Wishes, wishes_of
from digest.text import make_id

MAILED = "mailed report"  #: the reader of reports that hang at mails
MOST = 1_000  #: entries of one document that are taken, the latest: sitemaps list whole sites
PARTS = 5  #: sitemaps of an index that are read, the latest
BEYOND = f"beyond the latest {MOST:,} of a sitemap"
PARTS_BEYOND = f"sitemaps of an index, beyond the latest {PARTS}"
VERSION = "1"  #: raised whenever the same input would give another result


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of a source brought."""

    items: tuple[Item, ...]
    state: SourceState
    unchanged: bool  #: the server said 304, or the body is byte for byte the last one
    found: int  #: entries read, before those with nothing in them were dropped
    drops: tuple[Drop, ...] = ()  #: entries with neither link nor text, unreadable mails
    wishes: Wishes = NO_WISHES  #: how often the server wants to be asked
    left_out: Mapping[str, int] = field(default_factory=dict)  #: drops, and what was cut, by reason


@dataclass(frozen=True, slots=True)
class _Read:
    """What reading gave: entries, validators, the body's hash, what could not be read."""

    entries: tuple[Entry, ...]
    body_hash: str
    etag: str | None = None
    last_modified: str | None = None
    drops: tuple[Drop, ...] = ()
    wishes: Wishes = NO_WISHES
    unchanged: bool = False
    leads_to: str = ""
    led_at: str | None = None
    cursor: str | None = None
    cut: Mapping[str, int] = field(default_factory=dict)  #: what is beyond our limits, by which


def poll(
    source: Source,
    state: SourceState | None,
    *,
    fetcher: Fetcher,
    readers: Mapping[str, EntryReader],
    mailbox: Mailbox,
    now: datetime,
) -> Polled:
    """Return a source's entries as items, and what to remember until the next poll.

    Never raises for a bad source: its error stands in the state, with one failure more, and
    there are no items. `readers` has one reader for each kind of source.
    """
    if state is None or state.url not in ("", source.url):
        state = SourceState(source.name)
    moment = now.isoformat()
    try:
        read = _read(source, state, fetcher=fetcher, readers=readers, mailbox=mailbox, now=now)
    except (DigestError, OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        said = str(error) if isinstance(error, DigestError) else f"{type(error).__name__}: {error}"
        failed = replace(
            state,
            url=source.url,
            last_attempt=moment,
            failures=state.failures + 1,
            error=said,
            fault=fault_of(error),
            cure=said_by(error),
        )
        return Polled((), after_failure(failed, error, now), unchanged=False, found=0)
    if read.unchanged:
        state = _succeeded(source, state, moment, read)
        return Polled((), state, unchanged=True, found=0, wishes=read.wishes)
    results = list(make_items(source, read.entries, moment=moment))
    items = {item.id: item for item in reversed(results) if isinstance(item, Item)}
    drops = (*read.drops, *(drop for drop in results if isinstance(drop, Drop)))
    left_out = Counter(drop.reason for drop in drops) + Counter(read.cut)
    found = len(read.entries) + read.cut.get(BEYOND, 0)
    state = replace(
        _succeeded(source, state, moment, read),
        thin=_thinness(source, read.entries),
        entries=found,
        left_out=tuple(sorted(left_out.items())),
    )
    return Polled(
        items=tuple(reversed(items.values())),
        state=state,
        unchanged=False,
        found=found,
        drops=drops,
        wishes=read.wishes,
        left_out=left_out,
    )


def _thinness(source: Source, entries: Iterable[Entry]) -> float:
    if source.kind == "sitemap":
        return 0.0  # addresses are all that a sitemap says
    return thinness([f"{entry.title} {entry.html}" for entry in entries])


def _succeeded(source: Source, state: SourceState, moment: str, read: _Read) -> SourceState:
    return replace(
        state,
        url=source.url,
        first_success=state.first_success or moment,
        last_success=moment,
        last_attempt=moment,
        failures=0,
        error=None,
        fault="",
        cure="",
        etag=read.etag,
        last_modified=read.last_modified,
        body_hash=read.body_hash,
        cursor=read.cursor,
        leads_to=read.leads_to,
        led_at=read.led_at,
    )


def _read(
    source: Source,
    state: SourceState,
    *,
    fetcher: Fetcher,
    readers: Mapping[str, EntryReader],
    mailbox: Mailbox,
    now: datetime,
) -> _Read:
    mailed = source.is_mailed and source.kind == "report"
    reader = readers.get(MAILED if mailed else source.kind)
    if reader is None:
        raise InputError(f"{source.name}: nothing here reads the kind {source.kind!r}")
    if source.is_mailed:
        return _read_mails(source, state, reader=reader, mailbox=mailbox)
    # After a failure the validators are not sent: a 304 would tell nothing about what was missed.
    # Nor to a sitemap: its parts may have changed where the index has not.
    fresh = state.failures == 0 and source.kind != "sitemap"
    known = state if fresh else replace(state, etag=None, last_modified=None, body_hash=None)
    if still_leads(state, now):
        try:
            return _read_at(state.leads_to, source, known, reader=reader, fetcher=fetcher)
        except (FetchError, ParseError) as error:
            if not is_lost(error):
                raise
    # The validators that are known may be those of the place to which the address led.
    own = _without_validators(known) if state.leads_to else known
    try:
        read = _read_at(source.url, source, own, reader=reader, fetcher=fetcher)
    except ParseError as error:
        if not error.feed:
            raise
        there = known if error.feed == state.leads_to else _without_validators(known)
        read = _read_at(error.feed, source, there, reader=reader, fetcher=fetcher)
        read = replace(read, leads_to=read.leads_to or error.feed)
    led_at = now.isoformat() if read.leads_to else None
    return read if read.led_at == led_at else replace(read, led_at=led_at)


def _without_validators(known: SourceState) -> SourceState:
    return replace(known, etag=None, last_modified=None)


def _read_at(
    place: str, source: Source, known: SourceState, *, reader: EntryReader, fetcher: Fetcher
) -> _Read:
    """Return what an address tells, which is the source's own or the one that it leads to."""
    answer = fetcher.fetch(place, etag=known.etag, last_modified=known.last_modified)
    etag, last_modified = map(answer.headers.get, ("etag", "last-modified"))
    wishes = wishes_of(answer.headers, answer.body if source.kind == "feed" else b"")
    same = answer.status == 304
    if same:  # without a feed in it: what the feed said before still holds
        wishes = replace(wishes, skip_hours=known.skip_hours, skip_days=known.skip_days)
        etag, last_modified = etag or known.etag, last_modified or known.last_modified
    digest = known.body_hash or "" if same else hashlib.sha256(answer.body).hexdigest()
    led = place if place != source.url else ""
    read = _Read(
        entries=(),
        body_hash=digest,
        etag=etag,
        last_modified=last_modified,
        wishes=wishes,
        unchanged=same or bool(digest == known.body_hash and known.last_success),
        leads_to=answer.url if answer.moved else led,
        led_at=known.led_at,
    )
    if read.unchanged:
        return read
    entries, cut = _entries(source, answer, reader=reader, fetcher=fetcher)
    return replace(read, entries=entries, cut=cut)


def _entries(
    source: Source, answer: Response, *, reader: EntryReader, fetcher: Fetcher
) -> tuple[tuple[Entry, ...], Counter[str]]:
    """Return an answer's entries, with those of an index's parts, and how many more there are."""
    found = list(reader.read(answer.body, url=answer.url, media_type=answer.media_type))
    cut: Counter[str] = Counter()
    if source.kind != "sitemap":
        return tuple(found), cut
    parts = reader.more(answer.body, url=answer.url) if isinstance(reader, PagedReader) else ()
    read = [found]
    for address in parts[:PARTS]:
        part = fetcher.fetch(address)
        read.append(list(reader.read(part.body, url=part.url, media_type=part.media_type)))
    cut[BEYOND] = sum(len(each[MOST:]) for each in read)
    cut[PARTS_BEYOND] = len(parts[PARTS:])
    return tuple(entry for each in read for entry in each[:MOST]), +cut


def _read_mails(
    source: Source, state: SourceState, *, reader: EntryReader, mailbox: Mailbox
) -> _Read:
    whole = hashlib.sha256()
    entries: list[Entry] = []
    drops: list[Drop] = []
    mailed = mailbox.mails(source, cursor=state.cursor)
    for raw in mailed.mails:
        digest = hashlib.sha256(raw).hexdigest()
        whole.update(digest.encode())
        try:
            entries += reader.read(raw, url="", media_type="message/rfc822")
        except (DigestError, ValueError, LookupError, TypeError, RecursionError) as error:
            named = error.reason if isinstance(error, ParseError) else ""
            reason = named or "mail could not be read"
            drops.append(Drop(make_id(digest), "poll", reason, str(error)))
    if mailed.cursor is not None:
        same = mailed.cursor == state.cursor
        kept = tuple(entries), ""
        return _Read(*kept, drops=tuple(drops), cursor=mailed.cursor, unchanged=same)
    if whole.hexdigest() == state.body_hash and state.failures == 0:
        return _Read((), whole.hexdigest(), unchanged=True)
    return _Read(tuple(entries), whole.hexdigest(), drops=tuple(drops))
