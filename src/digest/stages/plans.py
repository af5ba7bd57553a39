"""What vendors say they will do, by when, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from digest.records import Plan
from digest.stages.cast import Cast, is_spoken
from digest.stages.clean import clean_name, key_of
from digest.stages.names import QUOTED, find_names
from digest.stages.phrase_data import Patterns, phrases_for
from digest.stages.times import Time, find_times
from digest.text import count_words

LONGEST = 70  #: words; a longer "sentence" is a list
PER_ARTICLE = 8
NEAR = 60  #: characters after a verb in which a subject may follow it
FARTHEST = timedelta(days=5 * 366)  #: what is due later is a vision
TIMED = ("day", "month", "quarter", "half", "season", "year", "year_end", "next_year", "next_month")
SOON = ("next_week", "next_quarter", "in_days", "in_weeks", "in_months")


def find_plans(cast: Cast, language: str, *, now: date) -> tuple[Plan, ...]:
    """Return what an article says that its vendors will do, in the order of the text.

    A plan is stated by or of a vendor. "Plans to" makes one whatever follows; "will" does only
    with a time. Rumours, suppositions, denials, and what customers, courts or analysts will do,
    are none.

    Args:
        cast: whom the article is about.
        language: decides which phrases count; a language without phrases gives nothing.
        now: the article's day; what is named without a year lies after it.
    """
    phrases = phrases_for("plans", language)
    if phrases is None:
        return ()
    return tuple(_plans(cast, language, phrases, now))[:PER_ARTICLE]


def _plans(cast: Cast, language: str, phrases: Patterns, now: date) -> Iterator[Plan]:
    subject = cast.vendor
    for quote in cast.sentences:
        vendor, product = cast.owner_in(quote.text)
        subject = vendor or subject
        read = _read(quote.text, cast, language, phrases, now)
        if read is None or quote.start in cast.proofs:
            continue
        cue, due = read
        owner = _owner(quote.text, cue, cast, phrases, subject)
        if owner:
            words = quote.text[due.start : due.end].strip() if due else ""
            last = due.last.isoformat() if due else None
            yield Plan(owner, product or _thing(quote.text, cast, owner), quote, last, words)


def _read(
    text: str, cast: Cast, language: str, phrases: Patterns, now: date
) -> tuple[re.Match[str], Time | None] | None:
    """Return the words that make a sentence a plan, and its time; None where it is none."""
    if text.endswith(("?", "？")) or count_words(text) > LONGEST:
        return None
    due = _due(text, language, now)
    strong, weak = phrases["strong"].search(text), phrases["weak"].search(text)
    cue = strong or (weak if due else None)
    if cue is None or _refused(text, cue, phrases, cast):
        return None
    if is_spoken(text) and not (cast.grammar and cast.grammar.we.search(text) and cast.release):
        return None
    return cue, due


def _due(text: str, language: str, now: date) -> Time | None:
    """Return the time in the future that a sentence names: the earliest of its last days."""
    times = [
        time
        for time in find_times(text, language, now)
        if time.kind in (*TIMED, *SOON) and now < time.last <= now + FARTHEST
    ]
    return min(times, key=lambda time: time.last, default=None)


def _refused(text: str, cue: re.Match[str], phrases: Patterns, cast: Cast) -> bool:
    """Return whether the clause of a plan takes it back: "could", "if", "not", "analysts"."""
    marks = r"[，。；;]" if cast.grammar and cast.grammar.wide else r"[;:]|, (?!and )"
    start = max((match.end() for match in re.finditer(marks, text[: cue.start()])), default=0)
    after = re.search(marks, text[cue.end() :])
    end = cue.end() + after.start() if after else len(text)
    return bool(phrases["refuse"].search(text[start:end]))


def _owner(text: str, cue: re.Match[str], cast: Cast, phrases: Patterns, subject: str) -> str:
    """Return the vendor whose plan it is, "" where it is somebody else's.

    The vendor or its product has to be named in the sentence, or meant by "the company"; in a
    vendor's own release whatever has no other subject is its own.
    """
    before, grammar = text[: cue.start()], cast.grammar
    if grammar is None or phrases["sole"].search(before[-80:] or text[:40]):
        return ""
    clause = re.split(r"[;；，。]|, ", before)[-1]
    near = text if grammar.wide else clause + text[cue.start() : cue.end() + NEAR]
    named, _ = cast.owner_in(clause)
    named = named or cast.owner_in(near)[0]
    if named or grammar.wide:
        return named or (subject if cast.release or grammar.company.search(text) else "")
    others = [name for one in find_names(clause, grammar) if (name := clean_name(one))]
    opens = [name for name in others if clause.strip().startswith(name)]
    if any(not _is_ours(name, cast) for name in (opens if cast.release else others)):
        return ""
    if cast.release or grammar.company.search(clause):
        return subject
    return subject if not clause.strip() and cast.owner_in(text)[0] else ""


def _is_ours(name: str, cast: Cast) -> bool:
    """Return whether a name is the vendor's, a product's, or common in the text: a part of it."""
    key = key_of(name)
    known = [*cast.vendors, *(product for product, _ in cast.products)]
    if any(key in key_of(one) or key_of(one) in key for one in known if one):
        return True
    return bool(key) and key_of(cast.text).count(key) > 1


def _thing(text: str, cast: Cast, owner: str) -> str:
    """Return the product that a plan names though no launch does, "" where it names none."""
    quoted = QUOTED.search(text)
    if quoted:
        return clean_name(quoted[1])
    if cast.grammar is None or cast.grammar.wide or cast.grammar.language == "de":
        return ""
    names = [clean_name(name) for name in find_names(text, cast.grammar, opens=True)]
    rest = [name for name in names[:3] if name and key_of(name) not in key_of(owner)]
    return next((name for name in rest if cast.text.count(name) > 1), "")
