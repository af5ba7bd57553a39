"""Runs the real pipeline over the sample corpus, and names what it found by the gold's keys."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.gold_past import weigh_all
from digest.jobs import Job, open_job
from digest.records import (
    Article,
    Classification,
    Drop,
    Duplicate,
    Edition,
    Item,
    Language,
    Page,
    Score,
    Story,
    Summary,
)
from digest.runner import Runner
from digest.store import history, reading
from digest.text import url_key

EXAMPLES = Path(__file__).parents[1] / "examples"
PERIODS = {"weekly-2026-W40": "weekly", "quarterly-2026-Q3": "quarterly"}
SETTINGS = """now = 2026-10-05T06:00:00+00:00
sources = "{examples}/sources.yaml"
stack = "{examples}/stack.yaml"
[store]
url = "sqlite:///gold.db"
[fetch]
mirror = "{examples}/web"
[models]
packages = "packages"
"""  #: the defaults, save what makes the run the same on any day and any machine


@dataclass(frozen=True, slots=True)
class Run:
    """What one run left in its store, by id, and its editions by the gold's names."""

    items: dict[str, Item]
    pages: dict[str, Page]
    articles: dict[str, Article]
    languages: dict[str, Language]
    classes: dict[str, Classification]
    duplicates: dict[str, Duplicate]
    stories: dict[str, Story]
    scores: dict[str, Score]
    summaries: dict[str, Summary]
    drops: dict[str, Drop]
    editions: dict[str, Edition]
    weighed: dict[str, Edition]  #: the same with all stories that they could show
    model: str  #: the encoder's
    seconds: float

    def addresses(self) -> dict[str, list[str]]:
        """Return the items at each address that answered, or that was asked in vain."""
        found: dict[str, list[str]] = defaultdict(list)
        for id, item in sorted(self.items.items()):
            page = self.pages.get(id)
            url = page.url if page and page.origin == "web" else item.url
            if url:
                found[url_key(url)].append(id)
        return found

    def story_of(self) -> dict[str, str]:
        """Return the story of each article that has one."""
        return {member: id for id, story in self.stories.items() for member in story.members}

    def copy_of(self) -> dict[str, str]:
        """Return the first article of each article's group of duplicates."""
        return {id: found.duplicate_of or id for id, found in self.duplicates.items()}


def load_gold() -> dict[str, Any]:
    """Return `examples/gold.yaml`."""
    gold: dict[str, Any] = YAML(typ="safe", pure=True).load(
        (EXAMPLES / "gold.yaml").read_text("utf-8")
    )
    return gold


def run_corpus(folder: Path, then: Callable[[Job, Run], None] = lambda job, run: None) -> Run:
    """Return what a run over the sample finds, with a store and editions of its own in `folder`.

    Args:
        folder: empty.
        then: does more with the store, when all is read and the editions are written.
    """
    settings = folder / "digest.toml"
    settings.write_text(SETTINGS.format(examples=EXAMPLES), "utf-8")
    (folder / "packages").mkdir()
    started = time.perf_counter()
    with open_job("ingest", settings) as job:
        job.runner.run_all()
        editions = {
            name: job.publish(kind, name.split("-", 1)[1]).edition  # type: ignore[arg-type]
            for name, kind in PERIODS.items()
        }
        seconds = time.perf_counter() - started
        weighed = {name: weigh_all(job, name.split("-", 1)[1]) for name in PERIODS}
        run = _read(job.runner, editions, weighed, seconds)
        then(job, run)
        return run


def _read(
    runner: Runner, editions: dict[str, Edition], weighed: dict[str, Edition], seconds: float
) -> Run:
    kinds = (Item, Page, Article, Language, Classification, Duplicate, Story, Score, Summary)
    with runner.store.read() as db:
        found = [{record.id: record for record in reading.every(db, kind)} for kind in kinds]
        drops = {drop.id: drop for drop in history.drops_of(db)}
    model = runner.tools.encoder.model
    return Run(*found, drops, editions, weighed, model, seconds)
