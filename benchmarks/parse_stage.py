"""Puts whole collections of feeds and mails through `digest stage parse`, and prints what came out.

    python benchmarks/parse_stage.py ../shared/data/feeds.tar.xz ../shared/data/mail.tar.xz

As a user would: one JSON line a file into the command, with five seconds a file
(`fetch.parse_timeout`), the time of the machine, in child processes. Printed are the answers, the
drops by reason, and the files of which the answer has fewer entries than their own expected result
(the `.json` beside gofeed's feeds) or that were not read in time.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

AT_MOST = 5  # seconds for one file
KINDS = {"feeds": "feed", "mail": "mail"}


def main() -> None:
    """Run the command on each archive and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archives", nargs="+", type=Path)
    options = parser.parse_args()
    for archive in options.archives:
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
            kind = KINDS[archive.name.split(".")[0]]
            report(archive.name, list(inputs(Path(folder), kind)))


def inputs(folder: Path, kind: str) -> Iterator[tuple[str, dict[str, str], int]]:
    """Yield each file's name, its line for the command, and how many entries it should give."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix == ".md" or _is_expected(path):
            continue
        name = str(path.relative_to(folder))
        yield name, {"id": name, "path": str(path), "kind": kind}, _expected(path)


def _is_expected(path: Path) -> bool:
    """Return whether a file is the expected result of another."""
    beside = any(path.with_suffix(ending).exists() for ending in (".xml", ".rss"))
    return path.suffix == ".json" and beside


def _expected(path: Path) -> int:
    given = path.with_suffix(".json")
    if path.suffix != ".xml" or not given.exists():
        return 0
    try:
        found: Any = json.loads(given.read_text("utf-8"))
    except ValueError:
        return 0
    return len(found.get("items") or found.get("entries") or [])


def report(name: str, files: list[tuple[str, dict[str, str], int]]) -> None:
    """Run the command on the files of one archive and print what it answered."""
    start = time.monotonic()
    answers = _ask([line for _, line, _ in files])
    seconds = time.monotonic() - start
    drops = Counter(_short(one["drop"]["reason"]) for one in answers if "drop" in one)
    items = sum(len(one.get("items", ())) for one in answers)
    print(f"{name}: {len(files)} files, {len(answers)} answers, {items} items, {seconds:.1f} s")
    for reason, count in drops.most_common():
        print(f"  {count:4} dropped: {reason}")
    for (path, _, wanted), one in zip(files, answers, strict=True):
        assert one["id"] == path, f"{path} was answered as {one['id']}"
        if len(one.get("items", ())) < wanted:
            print(f"  LOST {path}: {len(one.get('items', ()))} of {wanted} entries")
        if "not read within" in str(one.get("drop")) or "internal" in str(one.get("drop")):
            print(f"  FAILED {path}: {one['drop']['reason']}")


def _ask(lines: list[dict[str, str]]) -> list[dict[str, Any]]:
    command = [sys.executable, "-c", "from digest.cli import main; main()", "stage", "parse"]
    environment = os.environ | {"DIGEST_FETCH__PARSE_TIMEOUT": str(AT_MOST)}
    text = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=True, env=environment
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _short(reason: str) -> str:
    return reason.split(": ", 1)[-1][:70]


if __name__ == "__main__":
    main()
