"""How many sentences are translated for editions over 1,000 articles, beside every article whole.

The documents become articles, labels and stories in a store; ranking, summaries, translation and
the editions are the pipeline's own, with a translator that translates nothing but counts.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from digest.config import load_settings
from digest.jobs import Job
from digest.records import Article, Classification, Duplicate, Edition, Language, Translation
from digest.runner import Runner
from digest.stages.attempts import is_same_language
from digest.stages.classify import classify
from digest.stages.ledger import entrants
from digest.stages.telling import make_story
from digest.store import reading, saving
from digest.store.saving import Maker, Result
from digest.testing import WordEncoder, make_article
from digest.text import CJK, make_id, split_sentences
from digest.wiring import make_runner

NOW = datetime(2026, 10, 5, 6, tzinfo=UTC)  # a Monday, and the first working days of a quarter
MAKER = Maker("benchmark", "1", NOW.isoformat())
SOURCES = 40
WORD = re.compile(rf"{CJK.pattern}+|[^\W\d_]+")
Member = tuple[Article, Language]


class Swapping:
    """A translator that has every package; what it gives passes every check."""

    version = "swapping 1"

    def package(self, language: str, to: str) -> str | None:
        """Return a name for any pair."""
        return f"swapping {language}→{to}"

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return each sentence with other letters where no name, number or mask stands."""
        return [WORD.sub(_swapped, each) for each in sentences]


def _swapped(match: re.Match[str]) -> str:
    word = match[0]
    if CJK.search(word):
        return "".join(3 * chr(97 + ord(char) % 26) + " " for char in word)
    return word[::-1] if word.islower() else word


def measure_work(files: list[Path], *, articles: int, to: str = "en") -> None:
    """Print the sentences that are translated, of articles of one week and of one quarter.

    Documents of one `story` are one story, of which one to three languages are kept, drawn: few
    events are told in ten. Every document has one of 40 sources and a drawn hour of the period.
    """
    print("| articles | stories | read in | all, whole | translated | times fewer | left foreign |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for cut in (None, 8):
        for name, days, kinds in (
            ("a week", 7, ("weekly",)),
            ("a quarter, 13 weeklies", 91, ("weekly", "quarterly")),
        ):
            stories = _stories(files, articles, days=days, cut=cut)
            whole = _whole(stories, to=to)
            least, left = _translated(stories, kinds, to=to)
            told = f"{name}, {f'{cut} sentences' if cut else 'whole texts'}"
            total = sum(map(len, stories))
            print(
                f"| {total:,} | {len(stories)} | {told} | {whole:,} | {least:,} "
                f"| {whole / least:.1f} | {dict(Counter(left)) or 'nothing'} |"
            )


def _stories(files: list[Path], articles: int, *, days: int, cut: int | None) -> list[list[Member]]:
    rng = random.Random(8)
    groups: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as stream:
            for row in map(json.loads, stream):
                groups.setdefault(row["story"], []).append(row)
    made: list[list[Member]] = []
    pool = [row for rows in groups.values() for row in rng.sample(rows, min(len(rows), 10))]
    while pool and sum(map(len, made)) < articles:
        first = pool.pop(rng.randrange(len(pool)))
        others = [row for row in pool if row["story"] == first["story"]][: rng.choice((0, 0, 1, 2))]
        pool = [row for row in pool if row not in others]
        at = NOW - timedelta(hours=7 + rng.random() * 24 * days)
        made.append([_member(row, at, rng=rng, cut=cut) for row in (first, *others)])
    return made


def _member(row: dict[str, Any], at: datetime, *, rng: random.Random, cut: int | None) -> Member:
    source = f"source-{rng.randrange(SOURCES)}"
    ends = [end for _, end in split_sentences(row["text"])]
    text = row["text"][: ends[min(cut, len(ends)) - 1]] if cut and ends else row["text"]
    id = make_id(row["id"])
    article = make_article(
        id, title=row["title"] or text[:80], text=text, source=source, publisher=source,
        published=at.isoformat(), first_seen=at.isoformat(),
    )  # fmt: skip
    return article, Language(id, row["language"], 1.0)


def _whole(stories: list[list[Member]], *, to: str) -> int:
    """Return the foreign sentences and headlines of all articles, each once."""
    parts = {
        (text, known.language)
        for members in stories
        for article, known in members
        if not is_same_language(known.language, to)
        for text in (article.title, *(article.text[a:b] for a, b in split_sentences(article.text)))
    }
    return len(parts)


def _translated(
    stories: list[list[Member]], kinds: Sequence[str], *, to: str
) -> tuple[int, list[str]]:
    """Return how many sentences were translated, and the foreign ones that the editions show."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "digest.toml"
        file.write_text(f'now = {NOW.isoformat()}\n[audience]\nlanguage = "{to}"\n')
        runner = make_runner(load_settings(file))
        _equip(runner)
        _fill(runner, stories, to=to)
        for name in ("rank", "summarise", "translate"):
            for batch in runner.batches(runner.stage(name)):
                runner.work(batch)
        left = [why for edition in _editions(runner, kinds) for why in _foreign(edition, to)]
        with runner.store.read() as db:
            made: list[Translation] = reading.every(db, Translation)
        runner.store.close()
    parts = {(p.source, p.language) for t in made for p in (t.title, *t.summary, *t.text)}
    return sum(not is_same_language(language, to) for _, language in parts), left


def _equip(runner: Runner) -> None:
    runner.tools = replace(runner.tools, encoder=WordEncoder(), translator=Swapping())


def _fill(runner: Runner, stories: list[list[Member]], *, to: str) -> None:
    articles = {a.id: a for members in stories for a, _ in members}
    languages = {s.id: s for members in stories for _, s in members}
    knowledge = runner.tools.knowledge
    found = {a.id: classify(a, languages[a.id], knowledge=knowledge) for a in articles.values()}
    labels = {
        id: each if isinstance(each, Classification) else Classification(id, ())
        for id, each in found.items()
    }
    made = [
        make_story(
            [a for a, _ in members], copies=(), languages=languages, language=to, evidence=()
        )
        for members in stories
    ]
    kinds: dict[type, dict[str, Any]] = {
        Article: articles,
        Language: languages,
        Classification: labels,
        Duplicate: {id: Duplicate(id, None, True) for id in articles},
    }
    with runner.store.write() as db:
        for kind, records in kinds.items():
            saving.save(db, MAKER, kind, [Result(id, "", each) for id, each in records.items()])
        saving.save_stories(db, MAKER, made, dict.fromkeys(articles, ""))


def _editions(runner: Runner, kinds: Sequence[str]) -> list[Edition]:
    job = Job("benchmark", runner)
    weeks = 1 if kinds == ("weekly",) else 13
    start = NOW - timedelta(days=1)
    names = [(start - timedelta(weeks=n)).isocalendar() for n in reversed(range(weeks))]
    made = [job.publish("weekly", f"{y}-W{w:02}", freeze=True).edition for y, w, _ in names]
    if "quarterly" in kinds:
        made.append(job.publish("quarterly", "2026-Q3").edition)
    return made


def _foreign(edition: Edition, to: str) -> list[str]:
    """Return why each headline and line stays foreign that the edition shows in its own language.

    The translator has every package, so that "not translated" would be the saving's fault.
    """
    shown: list[tuple[str, bool, str]] = []
    for each in entrants(edition):
        shown.append((each.headline_language, each.headline_translated, each.headline_note))
        shown += [(line.language, line.translated, line.note) for line in each.lines]
    return [
        note for language, done, note in shown if not done and not is_same_language(language, to)
    ]
