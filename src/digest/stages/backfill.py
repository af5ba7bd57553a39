"""Reads a source's past, page by page, back to a day: paginated and archived feeds, sitemaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from digest.errors import DigestError, FetchError, InputError, ParseError
from digest.ports import EntryReader, Fetcher, PagedReader
from digest.records import Drop, Entry, Item, Source
from digest.stages.items import make_items
from digest.text import parse_time

PAGES = 100  #: pages of a feed that are followed, at most
BARREN = 3  #: pages in a row without an entry that is new, after which a feed goes round in circles
GONE = frozenset({404, 410})  #: statuses of a page that is not there


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What a source's past gave."""

    items: tuple[Item, ...]
    drops: tuple[Drop, ...]
    pages: int  #: pages read
    earliest: str | None  #: the earliest date seen
    stopped: str = ""  #: why the past was not read as far as was wished, in words


def backfill(
    source: Source,
    *,
    since: datetime,
    fetcher: Fetcher,
    readers: Mapping[str, EntryReader],
    now: datetime,
) -> Backfilled:
    """Return a source's entries published since a day, as far back as its pages go.

    Entries without a date are kept. A page that is not there is told; one that fails in another way
    ends the reading, too.

    Raises:
        InputError: where the source is of a kind that has no pages.
        FetchError, ParseError: where not even its first page can be read.
    """
    reader = readers[source.kind]
    if not isinstance(reader, PagedReader):
        cure = "feeds and sitemaps have pages to go back on; of mails all are read in any case"
        raise InputError(f"{source.name}: a {source.kind} has no past to read", cure=cure)
    entries: list[Entry] = []
    missing: list[str] = []
    pages, stopped = 0, ""
    try:
        for page in _pages(source, reader, fetcher, missing):
            pages += 1
            entries += page
            dates = [moment for entry in page if (moment := _date(entry))]
            if source.kind == "feed" and dates and max(dates) < since:
                break
    except DigestError as error:
        if not pages:
            raise
        stopped = str(error)
    stopped = "; ".join(filter(None, (*missing[:3], stopped)))
    kept = [entry for entry in entries if (_date(entry) or since) >= since]
    results = list(make_items(source, kept, moment=now.isoformat()))
    items = {item.id: item for item in reversed(results) if isinstance(item, Item)}
    moments = [moment for entry in entries if (moment := _date(entry))]
    earliest = min(moments, default=None)
    if not stopped and (earliest is None or earliest > since):
        most = pages >= PAGES
        stopped = f"no more than {PAGES} pages are read" if most else "the source's pages end here"
    return Backfilled(
        items=tuple(reversed(items.values())),
        drops=tuple(drop for drop in results if isinstance(drop, Drop)),
        pages=pages,
        earliest=earliest.isoformat() if earliest else None,
        stopped=stopped,
    )


def _pages(
    source: Source, reader: PagedReader, fetcher: Fetcher, missing: list[str]
) -> Iterator[list[Entry]]:
    """Yield the entries of page after page; notes in words which are not there and should be.

    A page that is no feed, and names one, stands for that feed.
    """
    waiting, seen, told, barren = [source.url], set[str](), set[Entry](), 0
    while waiting and len(seen) < PAGES and barren < BARREN:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        try:
            answer = fetcher.fetch(address)
            found = list(reader.read(answer.body, url=answer.url, media_type=answer.media_type))
        except FetchError as error:
            if address == source.url or error.transient:
                raise
            if not _is_beyond(address, error):
                missing.append(str(error))
            continue
        except ParseError as error:
            if address != source.url or not error.feed:
                raise
            waiting.append(error.feed)
            continue
        fresh = [entry for entry in found if entry not in told]
        told.update(fresh)
        barren = barren + 1 if source.kind == "feed" and not fresh else 0
        yield fresh
        waiting += reader.more(answer.body, url=answer.url)


def _is_beyond(address: str, error: FetchError) -> bool:
    """Return whether a page that was only guessed lies beyond the last: so WordPress says it."""
    return error.status in GONE and "paged=" in urlsplit(address).query


def _date(entry: Entry) -> datetime | None:
    return parse_time(entry.published) or parse_time(entry.updated)
