"""What an article reports, told by the words of its title and opening, whoever acts in them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from digest.records import Article
from digest.stages.cues import CueRow, cues_for
from digest.stages.taxonomy import load_knowledge
from digest.text import split_sentences

NOTHING = "none"  #: the class of what reports no event
NEW = "new"  #: the class of launches and features
MOST = 3.0  #: what the cues of one kind in one place are worth at most
TWICE = 2  #: a cue counts so often in one place at most
PLACES = ("title", "first", "next")  #: the title, the first sentence, the two after it


@dataclass(frozen=True, slots=True)
class Gist:
    """What an article reports, as its words tell."""

    event: str  #: the likeliest kind: "new", "acquisition" …, or "none"
    chances: Mapping[str, float]  #: probability of each kind, which sum to 1
    part: float | None = None  #: probability that what is new is a feature; None: not judged


def find_gist(article: Article, language: str) -> Gist:
    """Return what an article reports.

    A multinomial logistic over how many cues of `events.toml` stand in title, first sentence and
    the two after it; `benchmarks/fit_events.py` learns it and writes `events.json`.
    """
    weights = _weights()
    signs = signs_of(article.title, article.text, language)
    scores = {
        kind: row[0] + sum(w * x for w, x in zip(row[1:], signs, strict=True))
        for kind, row in weights.items()
    }
    top = max(scores.values())
    powers = {kind: math.exp(score - top) for kind, score in scores.items()}
    total = sum(powers.values())
    chances = {kind: power / total for kind, power in powers.items()}
    return Gist(max(chances, key=lambda kind: chances[kind]), chances)


def is_titled(article: Article, gist: Gist, language: str) -> bool:
    """Return whether a title has a word of the event that the article reports."""
    cues = cues_for(load_knowledge().events[gist.event], language)
    return worth_of(article.title, cues) > 0


def signs_of(title: str, text: str, language: str) -> list[float]:
    """Return the worth of each kind's cues in each of `PLACES`: kinds in the file's order."""
    opening = [text[start:end] for start, end in split_sentences(text)[:3]]
    parts = (title, "".join(opening[:1]), " ".join(opening[1:]))
    return [
        min(worth_of(part, cues_for(cues, language)), MOST)
        for cues in load_knowledge().events.values()
        for part in parts
    ]


def worth_of(text: str, cues: CueRow) -> float:
    """Return what the cues that stand in a text are worth together."""
    lower = text.lower()
    present = cues.present_in(lower)
    return sum(min(sum(1 for _ in cue.spans(text, lower)), TWICE) * cue.weight for cue in present)


@cache
def _weights() -> Mapping[str, Sequence[float]]:
    text = (resources.files("digest") / "data" / "events.json").read_text("utf-8")
    weights: Mapping[str, Sequence[float]] = json.loads(text)["weights"]
    return weights
