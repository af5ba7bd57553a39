"""What a sentence says of a thing that was planned: it is there, in part, later, or never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from digest.stages.figures import find_figures
from digest.stages.phrase_data import WIDE, Patterns, phrases_for
from digest.stages.times import find_times

Turn = Literal["", "done", "moved", "cancelled"]
TURNS: tuple[Turn, ...] = ("cancelled", "moved", "done")  #: the clearer of two in one place first
BEFORE = 40  #: characters in which "not" or "had announced" takes back what follows it
BEFORE_WIDE = 8  #: the same where a word has one or two signs
FEWER = 0.9  #: share of a planned number below which less has come than was planned
COUNTED = range(2, 1000)  #: numbers of things; a larger one is a reach, a sum or a year


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one sentence says."""

    turn: Turn
    partly: bool = False  #: whether it says that something is still to come
    until: date | None = None  #: the day to which a thing is moved, where it names one
    denied: bool = False  #: whether it says that nothing has come, or only what was said before
    at: tuple[int, int] = field(default=(0, 0), compare=False)  #: where in the sentence it says so


NOTHING_SAID = Outcome("")


def find_outcome(text: str, language: str, day: date) -> Outcome:
    """Return what a sentence says of a plan, nothing in a language without phrases.

    Where it says two things, the one that its main verb says: the first one, in Japanese and
    Chinese the last one.

    Args:
        text: a sentence of later news.
        language: BCP-47.
        day: on which it was written; what it moves lies after it.
    """
    phrases = phrases_for("outcomes", language)
    if phrases is None:
        return NOTHING_SAID
    text = phrases["aside"].sub(lambda match: " " * len(match[0]), text)
    found = list(_turns(text, phrases, wide=language in WIDE))
    if not found:
        return Outcome("", denied=phrases["undone"].search(text) is not None)
    turn, at = found[-1 if language in WIDE else 0]
    if turn == "moved":
        days = [time.last for time in find_times(text, language, day) if time.last > day]
        return Outcome(turn, until=max(days, default=None), at=at)
    partly = turn == "done" and phrases["partly"].search(text) is not None
    return Outcome(turn, partly=partly, at=at)


def _turns(text: str, phrases: Patterns, *, wide: bool) -> Iterator[tuple[Turn, tuple[int, int]]]:
    """Yield what a sentence says and where, in its order; what it takes back is left out."""
    found = [
        (match.start(), place, turn, match.span())
        for place, turn in enumerate(TURNS)
        for match in phrases[turn].finditer(text)
        if not _is_undone(text, match, phrases, wide=wide, within=turn == "done")
    ]
    yield from ((turn, at) for _, _, turn, at in sorted(found))


def _is_undone(
    text: str, match: re.Match[str], phrases: Patterns, *, wide: bool, within: bool
) -> bool:
    """Return whether words before a turn take it back; those within it do only where told."""
    reach = BEFORE_WIDE if wide else BEFORE
    before = text[max(0, match.start() - reach) : match.end() if within else match.start()]
    clause = re.split(r"[,;，；、。]", before)[-1] if wide else re.split(r"[,;]", before)[-1]
    return phrases["undone"].search(clause) is not None


def falls_short(planned: str, language: str, told: str, other: str, day: date) -> bool:
    """Return whether less has come than was planned: three languages instead of eight.

    Only where either sentence counts one thing alone: of several numbers nobody can say which are
    of one thing.

    Args:
        planned: the plan, without its times.
        language: the plan's.
        told: the sentence that says it is done.
        other: that sentence's language.
        day: on which it was written.
    """
    wanted, have = _counted(planned, language), _counted(_timeless(told, other, day), other)
    return len(wanted) == len(have) == 1 and max(have) < FEWER * max(wanted)


def _timeless(text: str, language: str, day: date) -> str:
    for time in reversed(find_times(text, language, day)):
        text = f"{text[: time.start]} {text[time.end :]}"
    return text


def _counted(text: str, language: str) -> set[int]:
    phrases = phrases_for("outcomes", language)
    if phrases is not None:
        text = phrases["spans"].sub(" ", text)
    found = find_figures(text, language, strict=True).amounts
    whole = (int(one.value) for one in found if not one.unit and one.value.isdigit())
    return {number for number in whole if number in COUNTED}
