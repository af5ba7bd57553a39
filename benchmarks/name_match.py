"""Whether a name that was read is the wanted one, as somebody who acts on the record would say.

Names are compared by their words, not by their letters: "Ink" is no part of "Pinkney". One may be
a run of the other's words ("Insight" for "Acme Insight", "Acme GmbH" for "Acme"), and what was read
at most `LONGER` words longer: a clause that has the name somewhere is no name. What is wanted may
only describe a thing ("classic e-mail editor"); of such a description words may lie between.
Japanese and Chinese are compared by characters, as they have no words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from digest.stages.clean import clean_name, is_wide, key_of
from digest.text import normalise

LONGER = 3  #: words that a name may be read with beside its own
SHORTEST = 2  #: characters of a Japanese or Chinese name that a longer one may contain
WORD = re.compile(r"[^\W_]+")
OWNING = re.compile(r"['’]s?(?=\W|$)")
Row = dict[str, Any]


def same_name(found: str, wanted: str) -> bool:
    """Return whether a name that was read is the wanted one, or nearly so."""
    if not found or not wanted:
        return not found and not wanted
    if key_of(normalise(found)) == key_of(normalise(wanted)):
        return True
    if is_wide(found) or is_wide(wanted):
        return _holds_characters(found, wanted)
    mine, theirs = _words(found), _words(wanted)
    if not mine or not theirs or len(mine) - len(theirs) > LONGER:
        return False
    short, long = sorted((mine, theirs), key=len)
    return _is_run(short, long) or (wanted == wanted.lower() and _is_among(short, long))


def equal_name(found: str, wanted: str) -> bool:
    """Return whether a name is the wanted one to the letter, save case, marks and legal form."""
    return key_of(clean_name(normalise(found))) == key_of(clean_name(normalise(wanted)))


def _holds_characters(found: str, wanted: str) -> bool:
    short, long = sorted((key_of(normalise(found)), key_of(normalise(wanted))), key=len)
    return len(short) >= SHORTEST and short in long


def _words(name: str) -> list[str]:
    return WORD.findall(OWNING.sub("", normalise(name)).casefold())


def _is_run(short: Sequence[str], long: Sequence[str]) -> bool:
    many = len(short)
    return any(list(long[n : n + many]) == list(short) for n in range(len(long) - many + 1))


def _is_among(short: Sequence[str], long: Sequence[str]) -> bool:
    """Return whether the words of one stand in the other in their order, others between them."""
    rest = iter(long)
    return all(word in rest for word in short)


def same_parties(found: Row, wanted: Row) -> bool:
    """Return whether vendor and product are the wanted ones.

    A partnership has no first party. A product that is wanted by its vendor's name, as where the
    price of the only one is told, may be left out.
    """
    mine = (found["vendor"], found["product"])
    theirs = (wanted.get("vendor") or "", wanted.get("product") or "")
    if _both(mine, theirs):
        return True
    turned = (theirs[1], theirs[0])
    return found["event"] == wanted["event"] == "partnership" and _both(mine, turned)


def _both(mine: tuple[str, str], theirs: tuple[str, str]) -> bool:
    if not same_name(mine[0], theirs[0]):
        return False
    if not theirs[1]:
        return True
    own = not mine[1] and key_of(theirs[0]) == key_of(theirs[1])
    return own or same_name(mine[1], theirs[1])


def exact_parties(found: Row, wanted: Row) -> bool:
    """Return whether vendor and product are the wanted ones to the letter, and none was added."""
    return all(equal_name(found[key], wanted.get(key) or "") for key in ("vendor", "product"))
