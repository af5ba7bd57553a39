"""How long an edition takes that looks back on 550 days of news, and its counted quarters.

`python -m benchmarks.history FOLDER` makes a store in FOLDER (kept, for the next time) and prints a
table in Markdown.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.room_store import NOW, fill
from digest.compiling import compile_period
from digest.config import load_settings
from digest.knowing import REMEMBERED, count_quarters, load_ours
from digest.opening import make_store
from digest.periods import last_period
from digest.records import Edition
from digest.stages.render import render
from digest.store import reading
from digest.wiring import make_encoder

ARTICLES = 20_000
DAYS = REMEMBERED.days + 95  #: before the quarter's first day, and the quarter


def main(folder: Path) -> None:
    """Make the store where there is none, measure, and print the table."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "digest.toml"
    file.write_text(f'now = {NOW.isoformat()}\n[store]\nurl = "sqlite:///history.db"\n')
    settings = load_settings(file)
    if not (folder / "history.db").exists():
        model = make_encoder(settings).model
        fill(make_store(settings), model, articles=ARTICLES, days=DAYS, tells=True)
    store, quarter = make_store(settings), last_period("quarterly", NOW)
    week, ours = last_period("weekly", NOW), load_ours(settings)
    edition: dict[str, Edition] = {}

    def draft(kind: str) -> None:
        period = quarter if kind == "quarterly" else week
        edition[kind] = compile_period(store, settings, period, audience=settings.audience, now=NOW)

    def with_findings() -> None:
        with store.read() as db:
            start = (quarter.start - REMEMBERED).isoformat()
            reading.stories_with_findings(db, start, quarter.end.isoformat())

    sys.stdout.write("| step | wall s | processor s |\n| --- | --- | --- |\n")
    _time("five quarters, counted", lambda: count_quarters(store, settings, quarter, ours))
    _time("five quarters, kept", lambda: count_quarters(store, settings, quarter, ours))
    _time("stories of 550 days with a launch, claim or plan, found", with_findings)
    _time("the quarter's draft, whole", lambda: draft("quarterly"))
    _time("the week's draft, whole", lambda: draft("weekly"))
    _time("the quarter as a page", lambda: render(edition["quarterly"], format="html"))
    store.close()


def _time(name: str, work: Callable[[], object]) -> None:
    wall, spent = time.perf_counter(), time.process_time()
    work()
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    sys.stdout.write(f"| {name} | {wall:.1f} | {spent:.1f} |\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
