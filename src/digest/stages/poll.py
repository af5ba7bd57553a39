"""Asks a source what is new and gives each of its entries an id that lasts."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from digest.errors import DigestError, InputError, ParseError
from digest.ports import EntryReader, Fetcher, Mailbox, PagedReader, Response
from digest.records import Drop, Entry, Item, Source, SourceState
from digest.stages.faults import fault_of, said_by
from digest.stages.health import thinness
from digest.stages.pace import NO_WISHES, Wishes, after_failure, wishes_of
from digest.text import canonical_url, make_id, normalise, url_key

MAILED = "mailed report"  #: the reader of reports that hang at mails
MOST = 1_000  #: entries of one document that are taken, the latest: sitemaps list whole sites
PARTS = 5  #: sitemaps of an index that are read, the latest
BEYOND = f"beyond the latest {MOST:,} of a sitemap"
PARTS_BEYOND = f"sitemaps of an index, beyond the latest {PARTS}"
VERSION = "1"  #: raised whenever the same input would give another result
# Fragments that say where on a page to look, not which of its entries: never part of an identity.
PLACES = frozenset({"comments", "respond", "rss", "feed", "top", "content", "main", "more"})


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
    state = replace(state, url=source.url)
    moment = now.isoformat()
    try:
        read = _read(source, state, fetcher=fetcher, readers=readers, mailbox=mailbox)
    except (DigestError, OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        said = str(error) if isinstance(error, DigestError) else f"{type(error).__name__}: {error}"
        failed = replace(
            state,
            last_attempt=moment,
            failures=state.failures + 1,
            error=said,
            fault=fault_of(error),
            cure=said_by(error),
        )
        return Polled((), after_failure(failed, error, now), unchanged=False, found=0)
    if read.unchanged:
        state = _succeeded(state, moment)
        return Polled((), state, unchanged=True, found=0, wishes=read.wishes)
    results = list(make_items(source, read.entries, moment=moment))
    items = {item.id: item for item in reversed(results) if isinstance(item, Item)}
    drops = (*read.drops, *(drop for drop in results if isinstance(drop, Drop)))
    left_out = Counter(drop.reason for drop in drops) + Counter(read.cut)
    found = len(read.entries) + read.cut.get(BEYOND, 0)
    state = replace(
        _succeeded(state, moment, read),
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


def _succeeded(state: SourceState, moment: str, read: _Read | None = None) -> SourceState:
    first = state.first_success or moment
    state = replace(
        state,
        first_success=first,
        last_success=moment,
        last_attempt=moment,
        failures=0,
        error=None,
        fault="",
        cure="",
    )
    if read is None:
        return state
    return replace(
        state,
        etag=read.etag,
        last_modified=read.last_modified,
        body_hash=read.body_hash,
        cursor=read.cursor,
    )


def _read(
    source: Source,
    state: SourceState,
    *,
    fetcher: Fetcher,
    readers: Mapping[str, EntryReader],
    mailbox: Mailbox,
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
    known = state if fresh else SourceState(source.name)
    answer = fetcher.fetch(source.url, etag=known.etag, last_modified=known.last_modified)
    digest = hashlib.sha256(answer.body).hexdigest()
    wishes = wishes_of(answer.headers, answer.body if source.kind == "feed" else b"")
    if answer.status == 304 or (digest == known.body_hash and known.last_success):
        if not answer.body:  # a 304 has no feed in it: what the feed said before still holds
            wishes = replace(wishes, skip_hours=state.skip_hours, skip_days=state.skip_days)
        return _Read((), "", wishes=wishes, unchanged=True)
    try:
        entries, cut = _entries(source, answer, reader=reader, fetcher=fetcher)
    except ParseError as error:
        if not error.feed:
            raise
        # The page that names the feed may stay the same for years: nothing of it is remembered.
        answer = fetcher.fetch(error.feed)
        entries, cut = _entries(source, answer, reader=reader, fetcher=fetcher)
        return _Read(entries, "", wishes=wishes_of(answer.headers, answer.body), cut=cut)
    headers = answer.headers
    validators = headers.get("etag"), headers.get("last-modified")
    return _Read(entries, digest, *validators, wishes=wishes, cut=cut)


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
        return _Read((), "", unchanged=True)
    return _Read(tuple(entries), whole.hexdigest(), drops=tuple(drops))


def make_items(source: Source, entries: Iterable[Entry], *, moment: str) -> Iterator[Item | Drop]:
    """Yield entries as items with ids that last, or why one is none."""
    listed = [(entry, _key(entry.url)) for entry in entries]
    alike: dict[str, list[Entry]] = defaultdict(list)
    for entry, key in listed:
        alike[key].append(entry)
    own_page = {key for key, group in alike.items() if key and _is_one(group)}
    seen: Counter[str] = Counter()
    for entry, key in listed:
        own = key in own_page
        parts = _identity(source, entry, key=key if own else "")
        id = make_id(*parts)
        seen[id] += 1
        if seen[id] > 1 and not own:
            id = make_id(*parts, str(seen[id]))
        follow = own and source.kind != "report"
        yield _item(source, entry, id=id, moment=moment, follow=follow, is_part="#" in key)


def _key(url: str | None) -> str:
    """Return what identifies an entry's page, with a fragment that picks one of its entries."""
    if not url:
        return ""
    try:
        fragment = urlsplit(url).fragment if "#" in url else ""
        named = "=" not in fragment and ":~:" not in fragment and fragment.lower() not in PLACES
        return url_key(url) + (f"#{fragment}" if fragment and named else "")
    except ValueError:
        return ""


def _is_one(entries: list[Entry]) -> bool:
    """Return whether all entries with one link are one entry, listed more than once."""
    if len(entries) == 1 or len({entry.guid for entry in entries}) == 1:
        return True
    return len({normalise(entry.title) for entry in entries}) == 1


def _identity(source: Source, entry: Entry, *, key: str) -> tuple[str, ...]:
    """Return the parts of an entry's id: its page, else its guid, else its place in mail or report.

    An entry of a report is the report's claim, not the page it links to, so that page's own article
    keeps its id. A link shared by different entries (a vendor's home page) identifies none of them.
    """
    if source.kind == "report":
        return ("report", entry.via.id if entry.via else source.name, normalise(entry.title))
    if key:
        return (key,)
    if entry.guid:
        return (source.name, entry.guid)
    if entry.via:
        return (entry.via.id, normalise(entry.title))
    return (source.name, normalise(entry.title), entry.published or "")


def _item(
    source: Source, entry: Entry, *, id: str, moment: str, follow: bool, is_part: bool
) -> Item | Drop:
    """Return an entry as an item.

    `is_part`: it is one section of a longer page. Release notes link each entry to `page#version`:
    the page would be all of them at once, so that an entry with text brings its own.
    """
    if not follow and not entry.html.strip():
        what = entry.title or entry.guid or entry.url or "no title, no guid"
        return Drop(id, "poll", "entry without link or text", f"{source.name}: {what}"[:300])
    return Item(
        id=id,
        source=source.name,
        url=canonical_url(entry.url) if follow and entry.url else None,
        title=entry.title,
        published=entry.published,
        html=entry.html,
        first_seen=moment,
        publisher=source.publisher,
        voice=source.voice,
        authors=entry.authors,
        language_hint=source.language or entry.language,
        via=entry.via,
        follow=follow and not (is_part and entry.html.strip()),
    )
