from __future__ import annotations

import json
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.parse_stage import inputs
from digest.backends.feeds import FeedReader
from digest.backends.newsletters import MailReader
from digest.config import Settings
from digest.errors import ParseError
from digest.filters import run_filter
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


@pytest.mark.parametrize(("archive", "kind"), [("feeds.tar.xz", "feed"), ("mail.tar.xz", "mail")])
def test_the_command_loses_no_entry_of_a_collection(
    tmp_path: Path, archive: str, kind: str
) -> None:
    """`digest stage parse` answers every file, with the entries of its own expected result."""
    if not (DATA / archive).exists():
        pytest.skip(f"the collection {archive} is not on this machine")
    with tarfile.open(DATA / archive) as tar:
        # Python 3.11 has the filter from 3.11.4 on; the archive is our own.
        kept: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        tar.extractall(tmp_path, **kept)
    told = list(inputs(tmp_path, kind))
    lines = [json.dumps(line).encode() for _, line, _ in told]
    answers = [json.loads(each) for each in run_filter("parse", lines, settings=Settings())]
    assert [one["id"] for one in answers] == [name for name, _, _ in told]
    found = {one["id"]: len(one.get("items", ())) for one in answers}
    assert {name: found[name] for name, _, wanted in told if found[name] < wanted} == {}
    broken = [one for one in answers if "drop" in one and "no feed" not in one["drop"]["reason"]]
    assert [one["id"] for one in broken if "not valid JSON" not in one["drop"]["reason"]] == []
