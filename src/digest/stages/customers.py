"""Whether a sentence names a customer: somebody else who uses, tests or has what is claimed of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.stages.cast import Cast
from digest.stages.clean import clean_name, is_common_word, is_wide, key_of
from digest.stages.names import find_names
from digest.stages.ordinary import german_names, is_frequent_in
from digest.stages.phrase_data import NOTHING, Patterns, phrases_of_all
from digest.stages.protagonist import LATIN

REACH = 120  #: characters behind a word for customers in which one is named
CLOSE = 3  #: words between a verb and the product that it has as its object


def names_customer(text: str, cast: Cast, phrases: Patterns) -> bool:
    """Return whether a sentence names a customer, neither vendor nor product.

    Behind a word for customers ("tested with Acme"), or before a verb whose object is the product
    ("Acme uses it").

    Args:
        text: the sentence.
        cast: whom the article is about; it has a grammar.
        phrases: of claims, in its language.
    """
    assert cast.grammar is not None
    own = [name for name in (*cast.vendors, *(name for name, _ in cast.products)) if name]
    found = _in_wide(text, phrases) if cast.grammar.wide else _in_spaced(text, cast, phrases)
    return any(len(key_of(name)) > 1 and not _is_own(name, own) for name in found)


def _is_own(name: str, own: Iterable[str]) -> bool:
    """Return whether a name is one of some, longer or shorter by whole words."""
    if is_wide(name):
        return any(key_of(name) in key_of(one) or key_of(one) in key_of(name) for one in own)
    words = set(name.casefold().split())
    return any(
        words <= theirs or theirs <= words for one in own if (theirs := set(one.casefold().split()))
    )


def _in_spaced(text: str, cast: Cast, phrases: Patterns) -> Iterator[str]:
    cue = phrases["customer"].search(text)
    if cue:
        near = re.split(r"[.;:]\s", text[cue.end() :])[0][:REACH]
        yield from (name for name in _names(near, cast) if len(key_of(name)) > 2)
    place = _use_of(text, cast, phrases)
    if place:
        yield from (name for name in _names(text[:place], cast) if _is_user(name, text, cast))


def _use_of(text: str, cast: Cast, phrases: Patterns) -> int:
    """Return where a verb for using what is claimed of begins, 0 without one."""
    told = phrases.get("uses", NOTHING).search(text)
    if told:
        return told.start()
    own = [name for name, _ in cast.products if name]
    for verb in phrases.get("using", NOTHING).finditer(text):
        near = text[verb.end() :].split(maxsplit=CLOSE)
        if any(key_of(name) in key_of(" ".join(near[:CLOSE])) for name in own):
            return verb.start()
    return 0


def _is_user(name: str, text: str, cast: Cast) -> bool:
    """Return whether a name is a firm's by its form: no common words, as parts of a product have.

    Nor one word that is frequent where any word has a capital: at the opening, or in German.
    """
    assert cast.grammar is not None
    words, language = name.split(), cast.grammar.language
    if all(is_common_word(word) for word in words):
        return False
    opens = len(words) == 1 and text.startswith(name)
    if not (opens or language == "de") or words[-1].casefold() in german_names():
        return True
    return not is_frequent_in(words[-1], language)


def _names(near: str, cast: Cast) -> list[str]:
    """Return the names in a part of a sentence, kinds of thing left out."""
    assert cast.grammar is not None
    found = find_names(near, cast.grammar, opens=False)
    return [name for one in found if (name := clean_name(one))]


def _in_wide(text: str, phrases: Patterns) -> Iterator[str]:
    every = phrases_of_all("claims")
    if phrases["customer"].search(text):
        latin = [match[0] for match in LATIN.finditer(text)]
        named = [name for name in every["named"].findall(text) if not every["counted"].search(name)]
        yield from (n for n in (*latin, *named) if len(n) > 2 and not every["kind"].fullmatch(n))
    used = phrases.get("uses", NOTHING).search(text)
    if used and not every["kind"].fullmatch(used["who"]):
        yield used["who"]
