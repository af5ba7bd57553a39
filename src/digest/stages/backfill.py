"""Reads a source's past, page by page, back to a day: paginated and archived feeds, sitemaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from digest.errors import DigestError, InputError
from digest.ports import EntryReader, Fetcher, PagedReader
from digest.records import Drop, Entry, Item, Source
from digest.stages.items import make_items
from digest.text import parse_time

PAGES = 100  #: pages of a feed that are followed, at most


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

    Entries without a date are kept. A page that fails ends the reading, and is told.

    Raises:
        InputError: where the source is of a kind that has no pages.
        FetchError, ParseError: where not even its first page can be read.
    """
    reader = readers[source.kind]
    if not isinstance(reader, PagedReader):
        cure = "feeds and sitemaps have pages to go back on; of mails all are read in any case"
        raise InputError(f"{source.name}: a {source.kind} has no past to read", cure=cure)
    entries: list[Entry] = []
    pages, stopped = 0, ""
    try:
        for page in _pages(source.url, reader, fetcher):
            pages += 1
            entries += page
            dates = [moment for entry in page if (moment := _date(entry))]
            if source.kind == "feed" and dates and max(dates) < since:
                break
    except DigestError as error:
        if not pages:
            raise
        stopped = str(error)
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


def _pages(url: str, reader: PagedReader, fetcher: Fetcher) -> Iterator[list[Entry]]:
    waiting, seen = [url], set[str]()
    while waiting and len(seen) < PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = fetcher.fetch(address)
        yield list(reader.read(answer.body, url=answer.url, media_type=answer.media_type))
        waiting += reader.more(answer.body, url=answer.url)


def _date(entry: Entry) -> datetime | None:
    return parse_time(entry.published) or parse_time(entry.updated)
