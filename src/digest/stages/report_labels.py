"""Which label a report itself gives an entry: by a column of its table, or the heading above."""

from __future__ import annotations

from collections.abc import Iterator

from digest.records import Article
from digest.stages.cues import cues_for
from digest.stages.report_entries import line_of
from digest.stages.taxonomy import Category, Knowledge

WHOLE = 0.7  #: share of a heading that a label's cue covers at least: "SEO tools"


def label_given(article: Article, language: str, knowledge: Knowledge) -> str | None:
    """Return the label that a report's own words name, None where they name none.

    "Category: SEO" in the entry, else the heading of its section: a label's name, or one of its cue
    phrases and little more.

    Args:
        article: an entry of a report.
        language: of its text.
        knowledge: has the labels.
    """
    for words in _given(article):
        named = [
            one.name for one in knowledge.categories if one.name.casefold() == words.casefold()
        ]
        if named:
            return named[0]
        shares = {one.name: _share(words, one, language) for one in knowledge.categories}
        best = max(shares, key=lambda name: shares[name], default="")
        if best and shares[best] >= WHOLE:
            return best
    return None


def _given(article: Article) -> Iterator[str]:
    for line in article.text.split("\n"):
        if found := line_of("kind_lines").match(line.strip()):
            yield line.strip()[found.end() :].strip(" .")
    if article.via and article.via.section:
        yield article.via.section.strip()


def _share(words: str, category: Category, language: str) -> float:
    """Return how much of some words a label's longest cue covers, 0–1."""
    lower = words.lower()
    spans = (
        end - start
        for cue in cues_for(category.cues, language).present_in(lower)
        for start, end in cue.spans(words, lower)
    )
    return max(spans, default=0) / max(len(words), 1)
