"""Two reports of one event, in two languages: they tell the same facts first and then go apart.

Made of development documents: both begin with the same sentences, each in its language, and go on
with those of other documents. Neither is the other again, though names and numbers of the facts
agree: of such pairs the corpora have none across languages (`neus` is English).
"""

from __future__ import annotations

import random
from dataclasses import replace

from digest.records import Article
from digest.text import sentences

from .corpora import Corpus
from .variants import add_article, by_story

FACTS = (1, 2, 3, 4)  # sentences that both tell
OWN = (4, 9)  # sentences that only one tells, about
SHARE = 0.45  # of a report's letters that are the facts, at most
PAIRS = 3  # of each document, at most
TITLED, ENDING = 0.5, 0.3  # how often a report has the facts' title, and both the facts' last word


def reports(corpus: Corpus, *, seed: int = 2) -> Corpus:
    """Return for each document that has two languages pairs of reports of what it begins with."""
    draw = random.Random(f"reports {seed}")
    made = Corpus(f"{corpus.name}, reports", [], {}, [], [])
    stories = by_story(corpus)
    near = dict(zip(corpus.stories, corpus.ignored, strict=True))
    story_of = {one.id: name for name, some in stories.items() for one in some}
    for story, members in stories.items():
        spoken = {corpus.languages[one.id].language: one for one in members}
        others = [name for name in stories if (near[name] or name) != (near[story] or story)]
        for pair in range(PAIRS if len(spoken) > 1 else 0):
            facts, ending = draw.choice(FACTS), draw.random() < ENDING
            told: list[tuple[Article, Article]] = []
            for language in draw.sample(sorted(spoken), 2):
                rest = [
                    one
                    for name in draw.sample(others, min(len(others), 12))
                    for one in stories[name]
                    if corpus.languages[one.id].language == language
                ]
                said = [
                    _report(spoken[language], one, facts, ending=ending, draw=draw) for one in rest
                ]
                told += [(one, like) for one, like in zip(said, rest, strict=True) if one][:1]
            if len({story_of[like.id] for _, like in told}) < 2:
                continue
            for report, like in told:
                one = replace(report, id=f"{report.id}~{pair}")
                add_article(
                    made,
                    one,
                    like=like,
                    of=corpus,
                    story=f"{story}~{one.id}",
                    near=story_of[like.id],
                )
    return made


def _report(
    told: Article, rest: Article, facts: int, *, ending: bool, draw: random.Random
) -> Article | None:
    """Return the beginning of one document with the text of another, or None where it is short."""
    said, own = sentences(told.text), sentences(rest.text)
    lead, last = said[:facts], said[-1:] if ending and len(said) > facts else []
    own = own[: draw.randint(*OWN)]
    common = sum(map(len, [*lead, *last]))
    if not own or common > SHARE * (common + sum(map(len, own))):
        return None
    title = told.title if draw.random() < TITLED else rest.title
    text = "\n".join([*lead, *own, *last])
    return replace(rest, id=f"{told.id}~report", title=title, text=text, content_hash="")
