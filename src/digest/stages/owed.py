"""Sums that are owed: fines, damages, taxes and fees, which buy nothing and finance nothing."""

from __future__ import annotations

import re

from digest.stages.phrase_data import NOTHING, WIDE, Patterns, phrases_for, phrases_of_all
from digest.stages.told import Told

NEAR = 3  #: words between a sum and what it is paid for
OWED = ("fine", "costs", "fees")  #: keys of `hearsay.toml`
NEAR_WIDE = 8  #: the same in code points, in languages without spaces
ASIDE = re.compile(r"(?<=\w), [^,;:]+,")  #: what stands between two commas


def is_owed(one: Told, phrases: Patterns, language: str) -> bool:
    """Return whether what is told as a price, a purchase or a round is a sum that is owed.

    A fine in a sentence is no price. A purchase is none where what is owed stands between who
    pays and what seems bought, or after its name; a round or a price is none where each of its
    sums is owed.

    Args:
        one: what a sentence tells.
        phrases: those of `hearsay.toml` in its language.
        language: a tag that `hearsay.toml` has.
    """
    text = one.proof.text
    if one.event == "pricing":
        fined = names_plainly(text, phrases["fine"], phrases)
        return fined or _all_owed(text, phrases, ("costs",), wide=language in WIDE)
    if one.event == "funding":
        return _all_owed(text, phrases, OWED, wide=language in WIDE)
    return one.event == "acquisition" and _buys_nothing(one, phrases, language)


def names_plainly(text: str, words: re.Pattern[str], phrases: Patterns) -> bool:
    """Return whether a sentence has some words, and not as an aside: "after a fine"."""
    found = words.finditer(text)
    return any(not phrases["aside"].search(_last(text[: one.start()])) for one in found)


def _all_owed(text: str, phrases: Patterns, kinds: tuple[str, ...], *, wide: bool) -> bool:
    sums = [match.span() for match in phrases_of_all("hearsay")["sum"].finditer(text)]
    owed = [match.span() for kind in kinds for match in phrases[kind].finditer(text)]
    return bool(sums) and all(
        any(_go_together(each, other, text, phrases, wide=wide) for other in owed) for each in sums
    )


def _go_together(
    a: tuple[int, int], b: tuple[int, int], text: str, phrases: Patterns, *, wide: bool
) -> bool:
    """Return whether a sum stands with what is owed: near it, and neither told as an aside."""
    (_, start), (end, _) = sorted((a, b))
    between = text[start:end]
    if phrases["aside"].search(between) or re.search(r"[,;:，、；：]", between):
        return False
    return len(between) <= NEAR_WIDE if wide else len(between.split()) <= NEAR


def _buys_nothing(one: Told, phrases: Patterns, language: str) -> bool:
    """Return whether what seems bought is owed itself, or is what something owed is paid for."""
    text = ASIDE.sub(" ", one.proof.text)
    first, last = sorted((text.find(one.vendor), text.find(one.product)))
    if language in WIDE:
        owned = text.partition(one.product)[2][:NEAR_WIDE] if one.product else ""
        return any(
            re.match(rf"[的の]?(?:{phrases[kind].pattern})", owned)
            or re.search(rf"(?:{phrases[kind].pattern})$", one.product)
            for kind in OWED
        )
    if _is_object(one.product, phrases, language, whole=True):
        return True
    return first >= 0 and _is_object(text[first:last], phrases, language)


def _is_object(text: str, phrases: Patterns, language: str, *, whole: bool = False) -> bool:
    """Return whether words name what is owed as a thing by itself, and not as an aside.

    "The taxes of Betasoft" are, "the tax software Betasoft" and "el servicio de alquiler" are not.
    With a capital it is a name ("Rent the Runway"), save in German.
    """
    governs = (phrases_for("plans", language) or {}).get("governs", NOTHING)
    for match in (match for kind in OWED for match in phrases[kind].finditer(text)):
        before, after = text[: match.start()], text[match.end() :].split()
        if whole and match[0][:1].isupper() and (language != "de" or match[0] != text):
            continue
        if phrases["aside"].search(_last(before)) or _is_governed(before, governs):
            continue
        if governs.fullmatch(after[0]) if after else whole:
            return True
    return False


def _is_governed(before: str, governs: re.Pattern[str]) -> bool:
    """Return whether a preposition stands before, and no sum before that: "600 euros de multa"."""
    *rest, last = before.split() or [""]
    sums = phrases_of_all("hearsay")["sum"]
    return bool(governs.fullmatch(last)) and not any(
        match.end() == len(" ".join(rest)) for match in sums.finditer(" ".join(rest))
    )


def _last(text: str) -> str:
    """Return the last words of a text: as many as may stand between "after" and "fine"."""
    return " ".join(text.split()[-NEAR:])
