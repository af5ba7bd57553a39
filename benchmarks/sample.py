"""The sample corpus as labelled articles: what its own run extracts, with the gold's stories."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from digest.records import Duplicate

from .corpora import Corpus
from .gold_checks import Checks
from .gold_run import load_gold, run_corpus

DAYS = 7.0  # between two articles of a story, as the pipeline has it


def sample() -> tuple[Corpus, list[Duplicate]]:
    """Return the articles that the run keeps, named by the gold's keys, and their duplicates."""
    with tempfile.TemporaryDirectory() as folder:
        checks = Checks(load_gold(), run_corpus(Path(folder)))
    run, kept = checks.run, checks.run.story_of()
    names = {ids[0]: key for key, ids in checks.ids.items() if ids and ids[0] in kept}
    story = {row["key"]: row["story"] or row["key"] for row in checks.rows}
    articles = [replace(run.articles[id], id=name) for id, name in names.items()]
    copies = [
        Duplicate(name, names.get(run.duplicates[id].duplicate_of or ""), True)
        for id, name in names.items()
    ]
    corpus = Corpus(
        "sample",
        articles,
        {name: replace(run.languages[id], id=name) for id, name in names.items()},
        [story[one.id] for one in articles],
        [None] * len(articles),
    )
    return corpus, copies
