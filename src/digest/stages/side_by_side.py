"""Which words of two texts are one name: "Data Office UK" is one, however many words it has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from digest.stages.mentions import LATIN, fold


def together(names: Collection[str], texts: Sequence[str]) -> list[set[str]]:
    """Return names in sets: those that stand beside each other wherever either stands are one.

    "Acme's Nova" and "Acme Nova" are two names where one of the two stands alone as well.

    Args:
        names: folded words, see `digest.stages.mentions.fold`.
        texts: title and first sentences of the articles that have them.
    """
    beside = _beside(names, texts)
    sets = {name: {name} for name in names}
    for name, others in beside.items():
        for other in others:
            if name in beside.get(other, ()) and sets[name] is not sets[other]:
                sets[name] |= sets[other]
                sets.update(dict.fromkeys(sets[other], sets[name]))
    return list({id(one): one for one in sets.values()}.values())


def _beside(names: Collection[str], texts: Sequence[str]) -> dict[str, set[str]]:
    """Return for each name those of the others that it has beside it wherever it stands."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for name, others in _neighbours(names, text):
            found[name] = found[name] & others if name in found else others
    return found


def _neighbours(names: Collection[str], text: str) -> Iterator[tuple[str, set[str]]]:
    words = list(LATIN.finditer(text))
    beside: list[set[str]] = [set() for _ in words]
    folded = [fold(word[0].rstrip("-'’&_")) for word in words]
    for (first, word), (second, after) in pairwise(enumerate(words)):
        whole = not {"'", "’"} & set(word[0])  # of "Acme's Nova" either is a name
        if whole and text[word.end() : after.start()] in (" ", "\u00a0"):
            beside[first].add(folded[second])
            beside[second].add(folded[first])
    for name, others in zip(folded, beside, strict=True):
        if name in names:
            yield name, others & set(names)
