"""Makes items of a source's entries, each with an id that lasts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from digest.records import Drop, Entry, Item, Source
from digest.text import canonical_url, make_id, normalise, url_key

# Fragments that say where on a page to look, not which of its entries: never part of an identity.
PLACES = frozenset({"comments", "respond", "rss", "feed", "top", "content", "main", "more"})


def make_items(source: Source, entries: Iterable[Entry], *, moment: str) -> Iterator[Item | Drop]:
    """Yield entries as items with ids that last, or why one is none."""
    listed = [(entry, _key(entry.url)) for entry in _once(entries)]
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


def _once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries, one with a guid that is told again word for word but once.

    So a mail that was delivered twice is one.
    """
    told: set[Entry] = set()
    for entry in entries:
        if not entry.guid or entry not in told:
            yield entry
        told.add(entry)


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
