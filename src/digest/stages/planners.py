"""Whose plans an article tells where its title names nobody: who stands before the verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from digest.records import Article
from digest.stages.cast import Cast
from digest.stages.clean import actor_of, clean_name, key_of, without_country
from digest.stages.names import find_names
from digest.stages.ordinary import common_pairs, is_common_ending, is_country
from digest.stages.phrase_data import NOTHING, Patterns, phrases_for
from digest.stages.plans import read_plan
from digest.stages.protagonist import is_maker
from digest.stages.spaced import subject_of
from digest.stages.taxonomy import Knowledge
from digest.stages.times import find_times
from digest.stages.towns import whole_name
from digest.stages.whose import known_name
from digest.stages.wide import maker_in
from digest.text import CJK

#: Characters before the verb of a subject that may be read: what stands farther off is a clause.
REACH = 160
NEXT = 4  #: words behind the verb of a turned sentence in which its subject stands
WIDE_COLON = re.compile(r"[：:]")  #: what stands before it says the rest, and does not plan it


def with_planners(
    cast: Cast, article: Article, language: str, knowledge: Knowledge, *, now: date
) -> Cast:
    """Return a cast with those who plan, as its sentences name them; the first one is its vendor.

    As a launch's vendor is read: from the sentence itself, whatever the title says. A vendor that
    speaks itself, and one of whom an event is told, stay who they are: of what others plan there,
    nothing is known but that they are others.

    Args:
        cast: whom the article is about.
        article: the same.
        language: decides which phrases count.
        knowledge: names vendors as the gazetteer writes them.
        now: the article's day.
    """
    phrases = phrases_for("plans", language)
    if phrases is None or cast.grammar is None or cast.release or cast.proofs:
        return cast
    found = tuple(dict.fromkeys(_planners(cast, article, language, knowledge, phrases, now)))
    if not found:
        return cast
    whole = next((name for name in found if _is_whole(name, cast.vendor)), cast.vendor)
    return replace(cast, vendor=whole, vendors=tuple(dict.fromkeys((*found, *cast.vendors))))


def _is_whole(name: str, short: str) -> bool:
    """Return whether a name begins or ends with a shorter one's words: "Meta" is no Metabase."""
    if not short or CJK.search(short):
        return key_of(short) in key_of(name)
    words, wanted = name.casefold().split(), short.casefold().split()
    return wanted in (words[: len(wanted)], words[-len(wanted) :])


def _planners(
    cast: Cast,
    article: Article,
    language: str,
    knowledge: Knowledge,
    phrases: Patterns,
    now: date,
) -> Iterator[str]:
    rumour = (phrases_for("hearsay", language) or {}).get("rumour", NOTHING)
    for quote in cast.sentences:
        if rumour.search(quote.text) or phrases["personal"].search(quote.text):
            continue
        read = read_plan(quote.text, cast, language, phrases, now)
        if read is None:
            continue
        name = _subject(quote.text, read[0], cast, article, knowledge, now)
        noun = _is_noun(name, quote.text, read[0], phrases)
        if name and not noun and _may_plan(name, article, cast, knowledge, phrases):
            yield known_name(name, knowledge)


def _subject(
    text: str,
    cue: re.Match[str],
    cast: Cast,
    article: Article,
    knowledge: Knowledge,
    now: date,
) -> str:
    """Return the name of the one who acts in a sentence, "" where it is not named."""
    grammar = cast.grammar
    if grammar is None:
        return ""
    if grammar.wide:
        told = text if grammar.language == "ja" else WIDE_COLON.split(text[: cue.start()])[-1]
        return clean_name(maker_in(told, grammar) or "")
    bare = _timeless(text, grammar.language, now)
    before = bare[max(0, cue.start() - REACH) : cue.start()].rsplit(", ", 1)[-1]
    rest = bare[cue.end() :]
    turned = grammar.turns and not find_names(before, grammar)
    said = subject_of("" if turned else before, rest, grammar)[0] or ""
    if turned and said not in " ".join(rest.split()[:NEXT]):
        return ""
    named = whole_name(said, text, article, grammar, knowledge) if said else ""
    return actor_of(without_country(clean_name(named), grammar.language))


def _timeless(text: str, language: str, now: date) -> str:
    """Return a sentence with blanks for the times that it names, as long as before."""
    for time in find_times(text, language, now):
        text = text[: time.start] + " " * (time.end - time.start) + text[time.end :]
    return text


def _may_plan(
    name: str, article: Article, cast: Cast, knowledge: Knowledge, phrases: Patterns
) -> bool:
    """Return whether a name may be a vendor's: neither a noun, nor a place, fair or authority."""
    grammar = cast.grammar
    if grammar is None or not is_maker(name, article, grammar, knowledge):
        return False
    if name in knowledge.vendors.named:
        return True
    rows = knowledge.names
    if grammar.wide:
        return not (
            name.endswith(tuple(rows["no_company"]))
            or name in common_pairs()
            or is_country(name, grammar.language)
            or phrases["sole"].search(name)
        )
    return phrases.get("sole", NOTHING).fullmatch(name) is None


def _is_noun(name: str, text: str, cue: re.Match[str], phrases: Patterns) -> bool:
    """Return whether what looks like a name is a noun of a language that writes nouns large.

    One alone before or behind a verb for one is a name: a noun would have its article.
    """
    if "many" not in phrases or not all(map(is_common_ending, name.split())):
        return False
    alone = text[: cue.start()].strip() == name or text[cue.end() :].lstrip().startswith(name)
    return not alone or phrases["many"].fullmatch(cue[0]) is not None
