"""How many sentences an edition has translated, beside translating every article whole."""

from __future__ import annotations

import lzma
import random
from pathlib import Path
from typing import Any, get_args

from digest.records import Article, Language, Quote, Story, Summary
from digest.stages.attempts import Sentence, is_same_language
from digest.stages.translate import Mode, make_plan
from digest.testing import make_article
from digest.text import split_sentences


def measure_work(files: list[Path], *, articles: int, to: str = "en") -> None:
    """Print the sentences that each mode translates of stories made of these documents.

    Documents of one `story` are one story; its lead is drawn, its summary is the lead's first three
    sentences. A story keeps one to three of its languages, drawn too: few events are told in ten.
    """
    stories = _stories(files, articles)
    total = sum(len(members) for _, _, members, _ in stories)
    print(f"{total} articles in {len(stories)} stories, read in {to}")
    counts = {}
    for mode in get_args(Mode):
        needed: set[Sentence] = set()
        for story, summary, members, languages in stories:
            plan = make_plan(story, summary, members, languages, to=to, mode=mode)
            parts = (part.sentence for part in plan.parts())
            needed |= {each for each in parts if not is_same_language(each.language, to)}
        counts[mode] = len(needed)
    fewer = counts["all"] / counts["least"]
    print(f"all: {counts['all']:,}; least: {counts['least']:,}, {fewer:.1f} times fewer")


def _stories(files: list[Path], articles: int) -> list[tuple[Any, ...]]:
    import json

    rng = random.Random(8)
    groups: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as stream:
            for row in map(json.loads, stream):
                groups.setdefault(row["story"], []).append(row)
    made: list[tuple[Any, ...]] = []
    pool = [row for rows in groups.values() for row in rng.sample(rows, min(len(rows), 10))]
    while pool and sum(len(each[2]) for each in made) < articles:
        first = pool.pop(rng.randrange(len(pool)))
        others = [row for row in pool if row["story"] == first["story"]][: rng.choice((0, 0, 1, 2))]
        pool = [row for row in pool if row not in others]
        made.append(_story([first, *others]))
    return made


def _story(rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    members: dict[str, Article] = {
        row["id"]: make_article(row["id"], title=row["title"] or "", text=row["text"])
        for row in rows
    }
    languages = {row["id"]: Language(row["id"], row["language"], 1.0) for row in rows}
    lead = rows[0]["id"]
    text = members[lead].text
    quotes = tuple(Quote(text[a:b], lead, a, b) for a, b in split_sentences(text)[:3])
    return (
        Story(lead, tuple(members), lead, (), None, None),
        Summary(lead, quotes),
        members,
        languages,
    )
