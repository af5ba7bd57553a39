"""Whether one article stands within another: cut off, or with sentences of who posts it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.stages.mentions import names, numbers
from digest.text import count_words, sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from digest.stages.sketch import Sketch

OPENING = 2  # sentences with which a text begins
LEAST = 4  # words of a sentence that says enough to be known again


def is_framed(left: Sketch, right: Sketch) -> bool:
    """Return whether the opening of one text stands in the other, and what follows it does not err.

    What stands before the first and behind the last sentence that both have is whoever's posts it:
    a greeting, a note on the author, a call to subscribe. Between the two, and in sentences of
    one form wherever they stand, neither may name or count anything instead of what the other does.
    """
    one, other = _told(left), _told(right)
    common = {said for said in set(one) & set(other) if count_words(said) >= LEAST}
    if not (_opens(one, common) or _opens(other, common)):
        return False
    inner = [
        " ".join([*_between(told, common), *_in_form(told, beside, common)])
        for told, beside in ((one, other), (other, one))
    ]
    return not any(_differ(*map(found, inner)) for found in (names, numbers))


def _told(sketch: Sketch) -> list[str]:
    return [" ".join(said.split()) for said in sentences(sketch.text)]


def _opens(told: Sequence[str], common: Collection[str]) -> bool:
    """Return whether a text begins with what both have."""
    begin = [said for said in told if count_words(said) >= LEAST][:OPENING]
    return bool(begin) and all(said in common for said in begin)


def _between(told: Sequence[str], common: Collection[str]) -> list[str]:
    """Return what stands between the first and the last sentence that both have, without these."""
    shared = [n for n, said in enumerate(told) if said in common]
    return [said for said in told[shared[0] : shared[-1]] if said not in common] if shared else []


def _in_form(told: Sequence[str], beside: Sequence[str], common: Collection[str]) -> list[str]:
    """Return the sentences that are not the other text's, but half of the words of one of its."""
    others = [set(said.split()) for said in beside if said not in common]
    own = [(said, set(said.split())) for said in told if said not in common]
    return [
        said
        for said, words in own
        if any(2 * len(words & each) >= max(len(words), len(each)) for each in others)
    ]


def _differ(one: Collection[str], other: Collection[str]) -> bool:
    """Return whether each has something that the other has not."""
    return bool(set(one) - set(other)) and bool(set(other) - set(one))
