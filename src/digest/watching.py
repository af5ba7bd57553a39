"""Reads newsletters as they come: folders are watched at once, and read one after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from digest.errors import InputError
from digest.jobs import open_job
from digest.ports import Watcher
from digest.records import Source
from digest.report import RunReport

TICK = 0.5  #: seconds after which a wish to stop is seen


def watchable(sources: Iterable[Source], names: Sequence[str] = ()) -> list[Source]:
    """Return the sources that can be watched: the mail folders that are not paused.

    Raises:
        InputError: where there is none, or one that was named is none.
    """
    known = [each for each in sources if each.url.startswith("imap://") and not each.paused]
    chosen = [each for each in known if not names or each.name in names]
    missing = sorted(set(names) - {each.name for each in known})
    if missing or not chosen:
        named = f'"{missing[0]}" is no' if missing else "there is no"
        cure = "give a source of kind newsletter an address imap://user@host/Folder"
        raise InputError(f"{named} mail folder that could be watched", cure=cure)
    return chosen


def watch(
    sources: Sequence[Source],
    *,
    watcher: Watcher,
    read: Callable[[list[str]], None],
    stopping: threading.Event,
) -> None:
    """Call `read` with the names of folders into which mail came, until `stopping` is set.

    What comes while `read` works is read next, each folder once. All threads have ended when this
    returns.
    """
    told: queue.SimpleQueue[str] = queue.SimpleQueue()

    def follow(source: Source) -> None:
        watcher.watch(source, tell=lambda each: told.put(each.name), stopping=stopping)

    threads = [
        threading.Thread(target=follow, args=(each,), name=f"watch {each.name}", daemon=True)
        for each in sources
    ]
    for thread in threads:
        thread.start()
    while not stopping.is_set():
        names = _take(told)
        if names:
            read(names)
    for thread in threads:
        thread.join()


def _take(told: queue.SimpleQueue[str]) -> list[str]:
    """Return the names that wait, each once, in the order of their coming."""
    found: dict[str, None] = {}
    with suppress(queue.Empty):
        found[told.get(timeout=TICK)] = None
        while True:
            found[told.get_nowait()] = None
    return list(found)


def read_some(names: Iterable[str], config: Path | None) -> RunReport:
    """Read some sources, run every step on what waits, and return what was done.

    Raises:
        DigestError: where the run as a whole failed; an alert has been sent then.
    """
    wanted = set(names)
    with open_job("watch", config) as job:
        chosen = [each for each in job.runner.sources if each.name in wanted and not each.paused]
        job.runner.polling.poll(chosen)
        job.runner.run_steps()
    return job.report
