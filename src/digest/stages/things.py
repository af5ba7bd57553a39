"""What a plan is about, where no launch of the article names it."""

from __future__ import annotations

import re
from functools import partial

from digest.stages.cast import Cast
from digest.stages.clean import clean_name, key_of
from digest.stages.grammar import Grammar
from digest.stages.names import QUOTED, find_names, wares_of
from digest.stages.ordinary import is_common_ending, is_country, is_frequent_in
from digest.stages.phrase_data import NOTHING, Patterns
from digest.stages.wide import QUOTED as WIDE_QUOTED
from digest.text import count_words

LONGEST = 5  #: words of a quoted name
LONGEST_WIDE = 20  #: characters of one in Japanese or Chinese
FIRST = 3  #: names of a sentence that may be the thing


def thing_planned(text: str, cast: Cast, owner: str, phrases: Patterns) -> str:
    """Return the product that a plan names, "" where it names none.

    What is quoted, what the article names again, or what a verb of releasing has as its object:
    "will release Nova 2", but not "will open an office in Berlin".

    Args:
        text: the plan's sentence, without the words of its time.
        cast: whom the article is about.
        owner: whose plan it is.
        phrases: of `plans.toml`.
    """
    grammar = cast.grammar
    wide = grammar is not None and grammar.wide
    for match in (WIDE_QUOTED if wide else QUOTED).finditer(text):
        name = clean_name(match[1])
        if key_of(name) == key_of(owner):
            continue
        if len(name) <= LONGEST_WIDE if wide else count_words(name) <= LONGEST:
            return name
    if grammar is None or wide:
        return ""
    names = [clean_name(name) for name in find_names(text, grammar)]
    rest = [name for name in names if name and key_of(name) not in key_of(owner)][:FIRST]
    if grammar.language != "de" and (told := [one for one in rest if cast.text.count(one) > 1]):
        return told[0]
    if not phrases.get("releases", NOTHING).search(text):
        return ""
    return next((name for name in rest if _is_object(name, text, grammar, phrases)), "")


def _is_object(name: str, text: str, grammar: Grammar, phrases: Patterns) -> bool:
    """Return whether a name is no place, no noun, and no preposition's."""
    place = text.find(name)
    if place < 0 or is_country(name, grammar.language):
        return False
    words = text[:place].split()
    if words and phrases.get("governs", NOTHING).fullmatch(words[-1]):
        return False
    if any(sign.isdigit() for sign in name):
        return True  # a version
    return not any(map(partial(_is_noun, language=grammar.language), name.split()))


def _is_noun(word: str, language: str) -> bool:
    """Return whether a word tells what a thing is rather than its name."""
    if re.fullmatch(wares_of(language), word, re.I) or is_frequent_in(word, language):
        return True
    return language == "de" and is_common_ending(word)
