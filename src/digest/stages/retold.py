"""Sentences that say again, in another language, what the reader has been told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.stages.facts import find_facts
from digest.stages.fresh_names import is_name
from digest.stages.ground import TOKEN, fold_word
from digest.stages.ordinary import is_compound, is_frequent
from digest.stages.sentences import Sentence
from digest.stages.story_space import Vectors

CAPITAL_NOUNS = frozenset({"de", "lb"})  #: languages in which a capital tells no name
#: Cosine above which it says the same: the lowest of those asked at which, on average over nine
#: languages, at most 1 % of new sentences are taken for old ones (benchmarks/summaries.md).
AGAIN = 0.45
ALIKE = 3  #: letters by which a name is known in another language: "Munich", "München"
A_NUMBER = re.compile(r"\d")


def retold(
    sentences: Sequence[Sentence], told: Mapping[str, str], vectors: Vectors
) -> frozenset[str]:
    """Return the texts of sentences that say what one told in another language says.

    Each has to be the other's nearest, and to name nothing and to count nothing that the told one
    does not: a new number or name is news.

    Args:
        sentences: of a story's articles.
        told: sentence → its language, BCP-47.
        vectors: gives unit vectors of texts, near each other where they say the same.
    """
    found: set[str] = set()
    spoken = {_base(each.language) for each in sentences}
    for base in sorted(spoken):
        here = [each for each in sentences if _base(each.language) == base]
        there = sorted(text for text, language in told.items() if _base(language) != base)
        if not there:
            continue
        near = vectors([each.text for each in here]) @ vectors(there).T
        best, back = near.argmax(axis=1).tolist(), near.argmax(axis=0).tolist()
        found.update(
            each.text
            for row, (each, column) in enumerate(zip(here, best, strict=True))
            if back[column] == row
            and near[row, column] > AGAIN
            and not says_more(each.text, each.language, there[column], told[there[column]])
        )
    return frozenset(found)


def says_more(text: str, language: str, told: str, told_language: str) -> bool:
    """Return whether a sentence has a number, a day or a name that one told before has not."""
    said, before = find_facts(text, language), find_facts(told, told_language)
    if not (said[0] <= before[0] and said[1] <= before[1]):
        return True
    words = {fold_word(match[0])[:ALIKE] for match in TOKEN.finditer(told)}
    return any(name[:ALIKE] not in words for name in _names(text, language))


def _names(text: str, language: str) -> list[str]:
    return [
        fold_word(match[0])
        for match in TOKEN.finditer(text)
        if is_name(match[0], language, before=text[: match.start()])
        and not A_NUMBER.search(match[0])
        and not (_base(language) in CAPITAL_NOUNS and _is_noun(match[0], _base(language)))
    ]


def _is_noun(word: str, base: str) -> bool:
    return is_frequent(word) or is_compound(word, base)


def _base(language: str) -> str:
    return language.split("-")[0]
