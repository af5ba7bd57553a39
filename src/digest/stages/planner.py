"""Who plans, where a sentence says so: the name before the verb."""

from __future__ import annotations

import re

from digest.stages.cast import Cast
from digest.stages.clean import clean_name, is_common_word, key_of
from digest.stages.grammar import Grammar
from digest.stages.names import find_names
from digest.stages.phrase_data import NOTHING, Patterns
from digest.text import count_words, months

ATTRIBUTED = 5  #: words of "…, the vendor Acme said" at most
BETWEEN = 3  #: words between a subject and its verb at most


def find_planner(clause: str, verb: str, rest: str, cast: Cast, phrases: Patterns) -> str | None:
    """Return the company that stands before a verb of planning, whoever the article is about.

    Only of verbs that companies alone do ("plans to", "said it would"). A vendor, or the vendor of
    a product; a name that neither is, where the text tells of it more than once, in German the
    title, since nouns are written like names; "" where it does not: a stranger. None where no name
    is the verb's subject, or in a vendor's own text.

    Args:
        clause: what stands before the verb in its clause.
        verb: the words that make the sentence a plan.
        rest: what follows them.
        cast: whom the article is about.
        phrases: of plans, in the language of the sentence.
    """
    grammar = cast.grammar
    if grammar is None or "agent" not in phrases or cast.release:
        return None
    if not phrases["agent"].fullmatch(verb):
        return None
    names = [_subject(clause, grammar, phrases), _behind(rest, grammar)]
    found = [_company(name, cast, grammar) for name in names if name]
    return next((one for one in found if one), found[0] if found else None)


def _subject(clause: str, grammar: Grammar, phrases: Patterns) -> str:
    """Return the last name before a verb that no preposition governs, "" without one."""
    names = [name for one in find_names(clause, grammar) if (name := clean_name(one))]
    bare = clause
    for name in reversed(names):
        before, found, after = bare.rpartition(name)
        if not found or all(map(_is_plain, name.split())):
            continue
        words = before.split()
        if words and phrases["governs"].fullmatch(words[-1]):
            bare = " ".join(words[:-1])
            continue
        return name if len(after.split()) <= BETWEEN else ""
    return ""


def _behind(rest: str, grammar: Grammar) -> str:
    """Return the name that directly follows a verb, where the subject may stand there."""
    if not grammar.turns:
        return ""
    first = next((clean_name(one) for one in find_names(rest[:60], grammar)), "")
    near = bool(first) and rest.lstrip().startswith(first)
    return first if near and not all(map(_is_plain, first.split())) else ""


def _company(name: str, cast: Cast, grammar: Grammar) -> str | None:
    """Return the vendor that a name means; a product's only where the text says whose it is."""
    key = key_of(name)
    for vendor in cast.vendors:
        own = key_of(vendor)
        if own in key or (len(key) > 3 and key in own):
            return vendor
    owner = next((vendor for product, vendor in cast.products if key_of(product) in key), None)
    if owner and re.search(rf"{re.escape(owner)}(?:['’]s?)? {re.escape(name)}", cast.text):
        return owner
    if owner or (name in cast.title if grammar.language == "de" else cast.text.count(name) > 1):
        return name
    return "" if grammar.language == "en" and not cast.owner_in(name)[0] else None


def _is_plain(word: str) -> bool:
    """Return whether a word is no name by itself: a common one, a number or a month."""
    return is_common_word(word) or word.isdigit() or word.casefold() in months()


def named_in(text: str, cast: Cast, phrases: Patterns) -> str:
    """Return the vendor that a text names as more than the other side: not "with Acme".

    A thing of its own that it names counts for the vendor.
    """
    named = cast.owner_in(text)[0]
    if not named or named == cast.vendor or (cast.grammar and cast.grammar.wide):
        return named
    places = list(re.finditer(re.escape(named), text))
    if places and all(is_governed(text, place, phrases) for place in places):
        return ""
    return named


def speaker_in(text: str, cue: re.Match[str], cast: Cast, phrases: Patterns) -> str:
    """Return the vendor that says at the end of a sentence what will be: "…, Acme said"."""
    if cast.grammar is None or cast.grammar.wide:
        return ""
    last = text[cue.end() :].rpartition(",")[2].strip(' .”"»“')
    if count_words(last) > ATTRIBUTED or not phrases["says"].search(last):
        return ""
    return cast.owner_in(last)[0]


def is_governed(text: str, match: re.Match[str], phrases: Patterns) -> bool:
    """Return whether a preposition stands before a match, so that it is no subject."""
    before = text[: match.start()].split()
    return bool(before) and phrases.get("governs", NOTHING).fullmatch(before[-1]) is not None
