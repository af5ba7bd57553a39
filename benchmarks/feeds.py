"""Prints how many feeds of the test collection are read as their expected results say.

    python benchmarks/feeds.py ../shared/data/feeds.tar.xz [--show]

The archive holds gofeed's test feeds, each with a `.json` of what is in it, and feeds of miniflux,
reader, simplepie and feedjira without. For all: no crash, and the slowest file in seconds. For
gofeed's: the share of entries found, and of titles, links and days that are the expected ones.
"""

from __future__ import annotations

import argparse
import json
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import PurePosixPath
from typing import Any

from digest.backends.feeds import FeedReader
from digest.backends.markup import plain
from digest.errors import ParseError
from digest.records import Entry
from digest.text import parse_time

FEEDS = {".xml", ".rss", ".atom", ".rdf", ".json", ""}
AT_MOST = 5.0  # seconds for one file


def main() -> None:
    """Read every feed and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive")
    parser.add_argument("--show", action="store_true", help="print each difference")
    options = parser.parse_args()
    files = dict(_files(options.archive))
    counts: Counter[str] = Counter()
    slowest = (0.0, "")
    for name, body, expected in _cases(files):
        start = time.perf_counter()
        entries = _read(body, counts, name)
        slowest = max(slowest, (time.perf_counter() - start, name))
        if expected is not None:
            _compare(name, entries, expected, counts, show=options.show)
    _print(counts, slowest)


def _files(archive: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield member.name, stream.read()


def _cases(files: dict[str, bytes]) -> Iterator[tuple[str, bytes, dict[str, Any] | None]]:
    for name, body in sorted(files.items()):
        path = PurePosixPath(name)
        if path.suffix.lower() not in FEEDS or path.name.startswith("."):
            continue
        if path.suffix == ".json" and str(path.with_suffix(".xml")) in files:
            continue  # an expected result, not a feed
        if path.stem.endswith("_expected"):
            continue  # likewise
        expected = files.get(str(path.with_suffix(".json"))) if path.suffix == ".xml" else None
        # gofeed's JSON feeds are their own expected result: what they say is what is in them.
        expected = body if path.suffix == ".json" and "/json" in name else expected
        try:
            yield name, body, json.loads(expected) if expected else None
        except ValueError:
            yield name, body, None


def _read(body: bytes, counts: Counter[str], name: str) -> list[Entry]:
    counts["files"] += 1
    try:
        entries = list(FeedReader().read(body, url="https://feed.example/feed.xml"))
    except ParseError:
        counts["no feed in it"] += 1
        return []
    except Exception as error:
        counts["crashes"] += 1
        print(f"CRASH {name}: {type(error).__name__}: {error}")
        return []
    counts["entries read"] += len(entries)
    return entries


def _compare(
    name: str, entries: list[Entry], expected: dict[str, Any], counts: Counter[str], *, show: bool
) -> None:
    wanted = expected.get("items") or expected.get("entries") or []
    counts["gofeed: files"] += 1
    counts["gofeed: files with all entries"] += len(entries) >= len(wanted)
    counts["gofeed: entries"] += len(wanted)
    counts["gofeed: entries found"] += min(len(entries), len(wanted))
    if len(entries) != len(wanted) and show:
        print(f"{name}: {len(entries)} entries, expected {len(wanted)}")
    for entry, want in zip(entries, wanted, strict=False):
        for field, (right, found, ours) in _fields(entry, want).items():
            counts[f"gofeed: {field}s"] += 1
            counts[f"gofeed: {field}s right"] += right
            if show and not right:
                print(f"{name}: {field} {ours!r}, expected {found!r}")


def _fields(entry: Entry, want: dict[str, Any]) -> dict[str, tuple[bool, Any, Any]]:
    fields: dict[str, tuple[bool, Any, Any]] = {}
    if title := _text(want.get("title")):
        fields["title"] = (_same(title, entry.title), title, entry.title)
    if link := _link(want):
        fields["link"] = (link.rstrip("/") in (entry.url or "").rstrip("/"), link, entry.url)
    published = want.get("publishedParsed") or want.get("pubDateParsed")
    if published and (moment := parse_time(published)):
        ours = parse_time(entry.published)
        fields["date"] = (ours is not None and _close(ours, moment), published, entry.published)
    return fields


def _text(value: Any) -> str:
    value = value.get("value", "") if isinstance(value, dict) else value
    return value.strip() if isinstance(value, str) else ""


def _link(want: dict[str, Any]) -> str:
    link = want.get("link") or want.get("url") or ""
    links = want.get("links") or []
    if not link and links and isinstance(links[0], dict):
        same = [one for one in links if one.get("rel", "alternate") == "alternate"]
        link = (same or links)[0].get("href", "")
    return link.strip() if isinstance(link, str) else ""


def _same(title: str, ours: str) -> bool:
    """Return whether two titles read the same: gofeed leaves tags and entities in, we do not."""
    return " ".join(plain(unescape(title)).split()) == " ".join(plain(unescape(ours)).split())


def _close(ours: datetime, theirs: datetime) -> bool:
    return abs((ours.astimezone(UTC) - theirs.astimezone(UTC)).total_seconds()) < 1


def _print(counts: Counter[str], slowest: tuple[float, str]) -> None:
    counts.setdefault("crashes", 0)
    for name, number in sorted(counts.items()):
        whole = counts.get(name.removesuffix(" right").removesuffix(" found"), 0)
        share = f"  {number / whole:7.1%}" if name.endswith((" right", " found")) else ""
        print(f"{name:34} {number:6}{share}")
    print(f"slowest: {slowest[0]:.2f} s ({slowest[1]}), allowed {AT_MOST:g} s")


if __name__ == "__main__":
    main()
