"""Stores filled with articles that are ready to be judged, for benchmarks of the runner."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from digest.config import load_settings
from digest.records import Article, Classification, Embedding, Language
from digest.runner import Runner
from digest.stages.embed import embed
from digest.store import saving
from digest.store.codec import to_columns
from digest.store.saving import Maker, Result
from digest.wiring import make_runner

AT = "2026-06-01T00:00:00+00:00"
STEPS = ("dedupe", "cluster")


@contextmanager
def open_runner(folder: Path, url: str = "sqlite:///store.db", **more: Any) -> Iterator[Runner]:
    """Give a runner over a store in a folder, with the embedded encoder.

    Args:
        folder: of settings and store.
        url: of the store.
        more: ports in place of the usual ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "digest.toml"
    file.write_text(f'now = {AT}\nsources = "none.yaml"\n[store]\nurl = "{url}"\n')
    runner = make_runner(load_settings(file))
    runner.tools = replace(runner.tools, **more)
    try:
        yield runner
    finally:
        runner.store.close()


def add(runner: Runner, articles: Sequence[Article], languages: Mapping[str, Language]) -> None:
    """Save articles with language, vector and an empty classification, so that they wait."""
    versions = {stage.name: stage.version for stage in runner.pipeline()}
    for start in range(0, len(articles), 2_000):
        some = articles[start : start + 2_000]
        made = list(embed([(one, languages[one.id]) for one in some], encoder=runner.tools.encoder))
        with runner.store.write() as db:
            marks = {one.id: "" for one in some}
            for name, kind, records in (
                ("extract", Article, some),
                ("detect", Language, [languages[one.id] for one in some]),
                ("classify", Classification, [Classification(one.id, ()) for one in some]),
                ("embed", Embedding, made),
            ):
                maker = Maker(name, versions[name], AT)
                saving.save(
                    db, maker, kind, [Result(one.id, marks[one.id], one) for one in records]
                )
                if kind in (Article, Language):
                    stamps = {one.id: str(to_columns(one)["stamp"]) for one in records}
                    marks = {id: f"{mark}:{stamps[id]}".strip(":") for id, mark in marks.items()}


def judge(runner: Runner, *, about: Collection[str] | None = None) -> None:
    """Run `dedupe` and `cluster` on what waits, or on these articles only."""
    if about is not None:
        runner.keep_to(about)
    for name in STEPS:
        stage = runner.stage(name)
        for batch in runner.batches(stage):
            runner.work(batch)
