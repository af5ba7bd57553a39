"""What it costs to add one article to a large store: the runner's own `dedupe` and `cluster`.

    python -m benchmarks.increment 100000 FOLDER [URL]

Fills a store in FOLDER (SQLite) with the items of `benchmarks.scale` and some news documents in
English, and lets the runner judge them all at once; a FOLDER that has its store is taken as it is.
What is measured is a copy: a file, or with URL that empty database. Articles come one by one: new
ones, copies of stored ones under another title, and translations of the documents.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, insert, select

from digest.backends.encoders import SentenceEncoder
from digest.ports import Encoder
from digest.records import Article, Duplicate, Language
from digest.runner import Runner
from digest.store import reading
from digest.store.tables import metadata
from digest.text import count_words, parse_time

from .corpora import documents
from .cost import processor_time
from .scale import make_items
from .stores import AT, STEPS, add, judge, open_runner

NEW, COPIED, TRANSLATED = 20, 15, 15
DAY = "2026-05-30T12:00:00+00:00"
LONG = 60  # words; shorter texts under two titles may be two, and are the same for certain or not
ROWS = 1_000  # copied at once


@dataclass(frozen=True, slots=True)
class Case:
    """An article that comes alone, and the stored one that it repeats."""

    kind: str
    article: Article
    language: Language
    repeats: str | None


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of wall clock and of processor time."""

    wall: float
    spent: float


def main(size: str, folder: str, url: str = "") -> None:
    """Print the table of one store."""
    encoder = SentenceEncoder("embedded")
    place = Path(folder)
    cases = fill(place, int(size), encoder)
    with tempfile.TemporaryDirectory(dir=place) as copied:
        if url:
            with (
                open_runner(place, encoder=encoder) as old,
                open_runner(Path(copied), url, encoder=encoder) as new,
            ):
                _tell("copying", lambda: copy_store(old, new))
        else:
            shutil.copy(place / "store.db", copied)
        with open_runner(Path(copied), url or "sqlite:///store.db", encoder=encoder) as runner:
            measure(runner, cases)


def fill(place: Path, size: int, encoder: Encoder) -> list[Case]:
    """Return the articles that come later; those that come before are in the store, judged."""
    stored, languages, cases = make_cases(size)
    if not (place / "store.db").exists():
        with open_runner(place, encoder=encoder) as runner:
            _tell("saving", lambda: add(runner, stored, languages))
            _tell("judging all", lambda: judge(runner))
    return cases


def make_cases(size: int) -> tuple[list[Article], dict[str, Language], list[Case]]:
    """Return the articles to store with their languages, and those that come later, shuffled."""
    draw = random.Random(11)
    items, languages = make_items(size + NEW)
    items = [replace(one, first_seen=one.published or AT) for one in items]
    stored, fresh = items[:size], items[size:]
    cases = [Case("new", one, languages[one.id], None) for one in fresh]
    long = [one for one in stored if count_words(one.text) > LONG]
    for n, one in enumerate(draw.sample(long, COPIED)):
        copy = replace(
            _later(one), id=f"copy{n}", title=f"Again: {one.title}", url=None, content_hash=""
        )
        cases.append(Case("copy", copy, replace(languages[one.id], id=copy.id), one.id))
    news = documents("ntrex")
    spoken = {one.id: news.languages[one.id].language for one in news.articles}
    told = zip(news.articles, news.stories, strict=True)
    english = {story: one for one, story in told if spoken[one.id] == "en"}
    others = [
        row for row in zip(news.articles, news.stories, strict=True) if spoken[row[0].id] != "en"
    ]
    for one, story in draw.sample(others, TRANSLATED):
        told_later, language = _later(_dated(one)), news.languages[one.id]
        cases.append(Case("translation", told_later, language, english[story].id))
    stored += [_dated(one) for one in english.values()]
    languages |= {one.id: news.languages[one.id] for one in english.values()}
    draw.shuffle(cases)
    return stored, languages, cases


def _dated(one: Article) -> Article:
    return replace(one, published=DAY, first_seen=DAY)


def _later(one: Article) -> Article:
    """Return the article as of two hours later: what repeats another comes after it."""
    moment = parse_time(one.published)
    assert moment is not None
    when = (moment + timedelta(hours=2)).isoformat()
    return replace(one, published=when, first_seen=when)


def copy_store(old: Runner, new: Runner) -> None:
    """Copy every table of a store into an empty one."""
    with old.store.read() as source, new.store.write() as target:
        for table in metadata.sorted_tables:
            rows = source.execution_options(yield_per=ROWS).execute(select(table))
            for some in rows.partitions(ROWS):
                target.execute(insert(table), [row._asdict() for row in some])


def measure(runner: Runner, cases: Sequence[Case]) -> None:
    """Print what each step costs for the cases, and how many are found."""
    name = runner.store.engine.dialect.name
    print("| store | step | wall, median | 95 % | processor, median | 95 % |")
    timings: dict[str, list[Timing]] = {}
    warm = replace(cases[0], article=replace(cases[0].article, id="warm"))
    found: dict[str, list[bool]] = {}
    for case in [replace(warm, language=replace(warm.language, id="warm")), *cases]:
        add(runner, [case.article], {case.article.id: case.language})
        steps = {step: _step(runner, step, case.article.id) for step in STEPS}
        steps["together"] = Timing(*(sum(n) for n in zip(*map(_both, steps.values()), strict=True)))
        if case.article.id == "warm":
            print(f"first: {steps['together'].wall:.0f} ms", file=sys.stderr)
            continue
        for step, timing in steps.items():
            timings.setdefault(step, []).append(timing)
        with runner.store.read() as db:
            found.setdefault(case.kind, []).append(_is_found(db, case))
    for step, some in timings.items():
        wall, spent = ([getattr(one, what) for one in some] for what in ("wall", "spent"))
        print(f"| {name} | {step} | {_ms(wall)} | {_ms(spent)} |", flush=True)
    print({kind: f"{sum(each)} of {len(each)}" for kind, each in found.items()}, flush=True)


def _step(runner: Runner, step: str, id: str) -> Timing:
    stage = runner.stage(step)
    wall, spent = time.perf_counter(), time.process_time()
    runner.keep_to([id])
    for batch in runner.batches(stage):
        runner.work(batch)
    return Timing((time.perf_counter() - wall) * 1e3, (time.process_time() - spent) * 1e3)


def _both(timing: Timing) -> tuple[float, float]:
    return timing.wall, timing.spent


def _ms(some: Sequence[float]) -> str:
    return " | ".join(f"{np.percentile(some, share):.1f}" for share in (50, 95))


def _is_found(db: Connection, case: Case) -> bool:
    """Return whether a copy is in its original's group, or a new article in nobody's."""
    made = reading.records(db, Duplicate, filter(None, (case.article.id, case.repeats)))
    if case.repeats is None:
        return made[case.article.id].duplicate_of is None
    return len({one.duplicate_of or one.id for one in made.values()}) == 1


def _tell(what: str, do: object) -> None:
    wall, spent = time.perf_counter(), processor_time()
    do()  # type: ignore[operator]
    seconds = time.perf_counter() - wall, processor_time() - spent
    print(f"{what}: {seconds[0]:.1f} s, processor {seconds[1]:.1f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
