from __future__ import annotations

import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.backends.feeds import FeedReader
from digest.backends.newsletters import MailReader
from digest.errors import ParseError
from digest.records import Entry

DATA = Path(__file__).parents[2] / "../shared/data"
AT_MOST = 5.0  # seconds of CPU for one file


def files(name: str) -> Iterator[tuple[str, bytes]]:
    archive = DATA / name
    if not archive.exists():
        pytest.skip(f"the collection {name} is not on this machine")
    with tarfile.open(archive) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isfile() else None
            if stream and not member.name.endswith(".md"):
                yield member.name, stream.read()


def slow_or_odd(reader: FeedReader | MailReader, name: str) -> list[str]:
    """Return the files that took too long or gave something else than entries."""
    found = []
    for path, body in files(name):
        start = time.process_time()
        try:
            odd = not all(isinstance(entry, Entry) for entry in reader.read(body, url=""))
        except ParseError:
            odd = False
        if odd or time.process_time() - start > AT_MOST:
            found.append(path)
    return found


def test_every_feed_of_the_collection_goes_in() -> None:
    """No crash, and no file takes longer than five seconds."""
    assert slow_or_odd(FeedReader(), "feeds.tar.xz") == []


def test_every_mail_of_the_collection_goes_in() -> None:
    """No crash, and no file takes longer than five seconds."""
    assert slow_or_odd(MailReader(), "mail.tar.xz") == []
