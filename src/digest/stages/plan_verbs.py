"""What the words of a plan and the times beside them say: whether they are a plan's at all."""

from __future__ import annotations

import re

from digest.stages.cast import Cast
from digest.stages.data_files import any_of
from digest.stages.phrase_data import NOTHING, Patterns, phrases_for
from digest.stages.times import Time

OPENING = 3  #: words before the time that opens a sentence: "In September", "Noch im Herbst"
BESIDE = 8  #: characters between a verb and its time: " in the "
#: What ends a clause where words have spaces.
CLAUSE_END = rf"[;:]|, (?!(?:{any_of('function_words.toml', 'goes_on')}) )"
VAGUE = 20  #: characters after the words of planning in which their verb begins


def present_verb(text: str, due: Time, phrases: Patterns) -> re.Match[str] | None:
    """Return the verb in the present tense that a time makes a plan's.

    One behind a time that opens the sentence, or right before one: "bringt Anfang 2027 … heraus".
    """
    verbs = phrases.get("present", NOTHING)
    if text[: due.start].count(" ") <= OPENING and (found := verbs.search(text, due.end)):
        return found
    return next((one for one in verbs.finditer(text) if _is_beside(text, one.end(), due)), None)


def _is_beside(text: str, end: int, due: Time) -> bool:
    """Return whether between a verb and a time stands no more than a little word or two."""
    between = text[end : due.start]
    return end <= due.start and len(between) <= BESIDE and not re.search(r"[,;:]", between)


def time_in_manual(due: Time | None, text: str) -> Time | None:
    """Return a time that a manual gives; without a year it is an example's, or a condition."""
    known = due is not None and re.search(r"\d{4}", text[due.start : due.end])
    return due if known else None


def coming(text: str, cast: Cast, phrases: Patterns) -> re.Match[str] | None:
    """Return the words with which a vendor's own text tells an end, or of a later version."""
    return phrases.get("coming", NOTHING).search(text) if cast.release else None


def is_dropped(text: str, cue: re.Match[str], language: str) -> bool:
    """Return whether the words of planning are those of a plan given up: "scrapped its plan to"."""
    dropped = (phrases_for("hearsay", language) or {}).get("dropped", NOTHING)
    return any(
        one.start() < cue.end() and cue.start() < one.end() for one in dropped.finditer(text)
    )


def is_vague(text: str, cue: re.Match[str], cast: Cast, phrases: Patterns) -> bool:
    """Return whether what is planned can't be checked: "said it would concentrate on shops".

    The verb follows the words of planning; it ends its clause where verbs stand last, in Japanese
    before them.
    """
    grammar = cast.grammar
    if grammar is not None and grammar.wide:
        before = re.split(r"[，、。；]", text[: cue.start()])[-1]
        return phrases["vague"].search(before + cue[0] + text[cue.end() :][:VAGUE]) is not None
    rest = re.split(CLAUSE_END, text[cue.end() :])[0]
    near = rest if grammar is not None and grammar.turns else rest[:VAGUE]
    return phrases["vague"].search(near) is not None


def is_papers(cue: re.Match[str], phrases: Patterns) -> bool:
    """Return whether the verb is a paper's own: "we open the debate"."""
    found = phrases.get("we", NOTHING).finditer(cue.string)
    return any(one.start() <= cue.start() < one.end() for one in found)


def is_own(verb: str, phrases: Patterns) -> bool:
    """Return whether a verb tells by itself, in a vendor's own text, that it will act."""
    return phrases.get("own", NOTHING).fullmatch(verb) is not None
