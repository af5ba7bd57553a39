"""What vendors say they will do, by when, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from digest.records import Plan, Quote
from digest.stages.cast import Cast, is_spoken
from digest.stages.clean import clean_name, is_common_word, key_of
from digest.stages.cuts import Cuts
from digest.stages.due import SOON, due_of, first_of, times_ahead
from digest.stages.grammar import Grammar
from digest.stages.names import find_names
from digest.stages.outcomes import find_outcome
from digest.stages.phrase_data import NOTHING, Patterns, phrases_for
from digest.stages.plan_verbs import (
    CLAUSE_END,
    coming,
    is_dropped,
    is_own,
    is_papers,
    is_vague,
    present_verb,
    time_in_manual,
)
from digest.stages.planner import find_planner, is_governed, named_in, speaker_in
from digest.stages.things import thing_planned
from digest.stages.times import Time
from digest.text import count_words

LONGEST = 70  #: words; a longer "sentence" is a list
PER_ARTICLE = 8
NEAR = 60  #: characters after a verb in which a subject may follow it


#: The words that make a sentence a plan, its time, and whether it needs none.
Read = tuple[re.Match[str], Time | None, bool]


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of a plan before its vendor."""

    subject: str  #: the vendor that was named last
    strong: bool  #: whether its words make a plan without a time
    timed: bool  #: whether it names a time


def find_plans(
    cast: Cast, language: str, *, now: date, cuts: Cuts | None = None
) -> tuple[Plan, ...]:
    """Return what an article says that its vendors will do, in the order of the text.

    A plan is stated by or of a vendor. "Plans to" makes one whatever follows; "will" does only
    with a time. Rumours, suppositions, denials, and what customers, courts or analysts will do,
    are none.

    Args:
        cast: whom the article is about.
        language: decides which phrases count; a language without phrases gives nothing.
        now: the article's day; what is named without a year lies after it.
        cuts: where plans over the limit are counted.
    """
    phrases = phrases_for("plans", language)
    if phrases is None:
        return ()
    found = tuple(_plans(cast, language, phrases, now))
    if cuts is not None:
        cuts["plans"] += max(0, len(found) - PER_ARTICLE)
    return found[:PER_ARTICLE]


def _plans(cast: Cast, language: str, phrases: Patterns, now: date) -> Iterator[Plan]:
    subject = cast.vendor
    for quote in cast.sentences:
        product = cast.owner_in(quote.text)[1]
        vendor = named_in(quote.text, cast, phrases)
        subject = vendor or (subject if cast.is_told_at(quote.start) else "")
        read = read_plan(quote.text, cast, language, phrases, now)
        if read is None or _is_of_shutdown(quote.text, cast, phrases):
            continue
        cue, due, strong = read
        if quote.start in cast.proofs and not _is_ahead(quote, cast, language, now, read):
            continue  # what is reported as done
        stated = Stated(subject, strong, due is not None)
        owner = _owner(quote.text, cue, cast, phrases, stated)
        if owner:
            words = quote.text[due.start : due.end].strip() if due else ""
            last = due.last.isoformat() if due else None
            about = quote.text.replace(words, " ") if words else quote.text
            yield Plan(
                owner, product or thing_planned(about, cast, owner, phrases), quote, last, words
            )


def _is_ahead(quote: Quote, cast: Cast, language: str, now: date, read: Read) -> bool:
    """Return whether what proves a launch is a plan all the same: a thing that comes on a day.

    Notes head a plan by what it ends. An end or a price that takes effect later is settled.
    """
    due, strong = read[1:]
    if due is None:
        return False
    if cast.kind == "notes":
        return strong
    cue, told = read[0], find_outcome(quote.text, language, now)
    is_done = told.turn == "done" and told.at[0] < cue.start()
    return quote.start not in cast.settled and not is_done


def _is_of_shutdown(text: str, cast: Cast, phrases: Patterns) -> bool:
    """Return whether a sentence goes on about the end that an article tells of: its own event."""
    return cast.ends and phrases.get("ends", NOTHING).search(text) is not None


def read_plan(text: str, cast: Cast, language: str, phrases: Patterns, now: date) -> Read | None:
    """Return the words that make a sentence a plan, its time, and whether they need none.

    None where it is no plan. Whose it is, is another question.

    Args:
        text: the sentence.
        cast: whom the article is about.
        language: BCP-47.
        phrases: of `plans.toml`, in that language.
        now: the article's day.
    """
    if text.endswith(("?", "？")) or count_words(text) > LONGEST:
        return None
    ahead = coming(text, cast, phrases)
    strong = ahead or phrases["strong"].search(text)
    times = times_ahead(text, language, phrases, now)
    first = first_of(times)
    present = first and present_verb(text, first, phrases)
    ours = _ours(text, cast, phrases)
    cue = strong or ours or phrases["weak"].search(text) or present or None
    if cue is None or _refused(text, cue, phrases, cast) or (not ours and is_papers(cue, phrases)):
        return None
    if is_dropped(text, cue, language):
        return None
    due = due_of(times, text, cue, phrases)
    if due and cast.kind == "manual" and due.kind in SOON:
        due = None  # "within 14 days" is a condition there
    if cast.kind == "manual" and not ahead:
        due = time_in_manual(due, text)
        if not due and not (strong and named_in(text[: strong.start()], cast, phrases)):
            return None  # what a step brings about, or a task that is scheduled every hour
    if not due and is_vague(text, cue, cast, phrases):
        return None
    if not strong and not due and not (cast.release and is_own(cue[0], phrases)):
        return None
    if is_spoken(text) and not (cast.grammar and cast.grammar.we.search(text) and cast.release):
        return None
    return cue, due, strong is not None


def _ours(text: str, cast: Cast, phrases: Patterns) -> re.Match[str] | None:
    """Return the words of "we will", where a vendor speaks of itself: "we will …, says Acme"."""
    found = phrases.get("we", NOTHING).search(text)
    said = phrases.get("says", NOTHING).search(text, found.end()) if found else None
    own = cast.release or (said is not None and cast.owner_in(text[said.end() :])[0])
    return found if own else None


def _refused(text: str, cue: re.Match[str], phrases: Patterns, cast: Cast) -> bool:
    """Return whether the clause of a plan takes it back: "could", "if", "not", "analysts"."""
    marks = r"[，。；;]" if cast.grammar and cast.grammar.wide else CLAUSE_END
    start = max((match.end() for match in re.finditer(marks, text[: cue.start()])), default=0)
    after = re.search(marks, text[cue.end() :])
    end = cue.end() + after.start() if after else len(text)
    around = (text[start : cue.start()], text[cue.end() : end])
    return any(phrases["refuse"].search(part) for part in around)


def _owner(text: str, cue: re.Match[str], cast: Cast, phrases: Patterns, plan: Stated) -> str:
    """Return the vendor whose plan it is, "" where it is somebody else's.

    The vendor or its product has to be named in the sentence, or meant by "the company"; in a
    vendor's own release, and of a dated plan of no other's, whatever has no subject is its own.
    """
    before, grammar = text[: cue.start()], cast.grammar
    clause = _clause(before)
    if cue.re is phrases.get("coming"):
        return named_in(clause, cast, phrases) or cast.vendor
    if plan.timed and (speaker := speaker_in(text, cue, cast, phrases)):
        return speaker
    given = phrases.get("given", NOTHING).fullmatch(cue[0]) is not None
    anothers = not given and _is_anothers(clause, text[cue.end() :], phrases, grammar)
    if grammar is None or anothers:
        return ""
    spokesman = plan.subject and phrases.get("voices", NOTHING).search(clause)
    planner = None if spokesman else find_planner(clause, cue[0], text[cue.end() :], cast, phrases)
    if spokesman and plan.timed:
        return plan.subject
    if planner is not None and (plan.timed or not planner or planner in cast.vendors):
        return planner
    near = clause + text[cue.start() : cue.end() + NEAR]
    others = [name for one in find_names(clause, grammar) if (name := clean_name(one))]
    others = [name for name in others if _is_subject(name, clause, phrases)]
    if phrases.get("theirs", NOTHING).search(clause) or grammar.company.match(clause.strip()):
        others = []  # "its assistant Nova" is the vendor's own, "the British firm" itself
    if others and _opens_with_noun(clause + cue[0], others[0], phrases):
        del others[0]
    stranger = grammar.language == "en" and any(not _is_ours(name, cast) for name in others)
    named = named_in(clause, cast, phrases)
    if not named and not stranger:
        named = named_in(text if grammar.wide else near, cast, phrases)
    if named:
        return named if plan.timed or plan.strong or clause.strip().startswith(named) else ""
    if not (plan.timed or plan.strong):
        return ""
    if grammar.wide:
        own = cast.release or grammar.company.search(text) or not phrases["topic"].search(text)
        return plan.subject if own or (plan.timed and grammar.language == "ja") else ""
    if cast.release and plan.strong and plan.timed:
        return plan.subject
    opens = [name for name in others if clause.strip().startswith(name)]
    nouns = grammar.language == "de"  # its nouns look like names, save those without an article
    if any(not _is_ours(name, cast) for name in (opens if cast.release or nouns else others)):
        return ""
    meant = grammar.company.search(near) or grammar.company.match(text)
    dropped = grammar.drops and not others and plan.timed
    free = cast.release or meant or dropped or plan.timed or (plan.strong and cast.products)
    return plan.subject if free else ""


def _clause(before: str) -> str:
    """Return what of a sentence stands before its verb, in the verb's own clause.

    "Acme, a maker of CRM, plans": what lies between two commas only says who Acme is.
    """
    parts = re.split(r"[;；，。]|, ", before)
    return parts[-3] if len(parts) == 3 and not parts[-1].strip() else parts[-1]


def _opens_with_noun(clause: str, name: str, phrases: Patterns) -> bool:
    """Return whether a clause's first word has its capital from the sentence: "Access for all"."""
    found = phrases.get("noun", NOTHING).match(clause.lstrip())
    return bool(found) and clause.lstrip().startswith(name) and " " not in name


def _is_subject(name: str, clause: str, phrases: Patterns) -> bool:
    """Return whether a name may act: it is none of common words, and no preposition governs it."""
    found = re.search(re.escape(name), clause)
    governed = found is not None and is_governed(clause, found, phrases)
    return not governed and not all(map(_is_plain, name.split()))


def _is_plain(word: str) -> bool:
    """Return whether a word is no name by itself: a common one, a number, a time."""
    return is_common_word(word) or word.isdigit() or not clean_name(word)


def _is_anothers(clause: str, rest: str, phrases: Patterns, grammar: Grammar | None) -> bool:
    """Return whether the subject is nobody with plans of a vendor's: customers, a court, the law.

    The subject stands in the clause before the verb; in German and Dutch it may follow it.
    """
    if grammar is None or grammar.wide:
        return bool(phrases["sole"].search(clause))
    behind = rest[:25] if grammar.language in ("de", "nl") else ""
    front = clause[:45]
    if phrases.get("theirs", NOTHING).match(front.lstrip()):
        return False  # "its planner for small advertisers"
    acting = [m for m in phrases["sole"].finditer(front) if not is_governed(front, m, phrases)]
    return bool(acting or phrases["sole"].search(behind))


def _is_ours(name: str, cast: Cast) -> bool:
    """Return whether a name is the vendor's, a product's, or common in the text: a part of it."""
    key = key_of(re.split(r"['’]s\b", name)[0])
    known = [*cast.vendors, *(product for product, _ in cast.products)]
    if any(key in key_of(one) or key_of(one) in key for one in known if one):
        return True
    return bool(key) and key_of(cast.text).count(key) > 1
