"""Words as numbers: the same words, hashes and columns by every way."""

from __future__ import annotations

import pytest

from digest.stages.lexicon import COLUMN_BITS, WORD, Lexicon, hash_of, split_words
from digest.stages.mentions import fold


@pytest.mark.parametrize(
    "text",
    ["tide-watch’s 1.500 users_of r&d, e.g. zoë", "adobeのadtech2を発表した。", "", "’ - a-"],
)
def test_words_are_those_of_the_general_expression(text: str) -> None:
    """A text without wide characters is split faster, and alike."""
    assert split_words(text) == WORD.findall(text)


@pytest.mark.parametrize("word", ["launch", "tides", "harbor's", "größe", "b2b", "s", "発"])
def test_a_word_has_the_hash_of_its_folded_form(word: str) -> None:
    """Also where folding is left out because it would change nothing."""
    lexicon = Lexicon()
    number = lexicon.numbers([word], count=1)
    assert lexicon.hashes(number).tolist() == [hash_of(fold(word))]
    column = -1 if word == "発" else hash_of(fold(word)) >> (64 - COLUMN_BITS)
    assert lexicon.columns(number).tolist() == [column]
