"""Names in small letters, in any script and spelling, are told in every language with drafts.

`tests/data/small_names.jsonl` was written for this project before the rules were; the rows marked
`held_out` were looked at once, when they stood. Every second sentence is a false one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.stages.data_files import read_data
from digest.stages.ground import Ground, Proof
from digest.stages.grounding import check
from digest.stages.plain_words import is_plain_word, is_told, mistaken, plain_words
from digest.stages.small_names import small_names

FILE = Path(__file__).parents[1] / "data" / "small_names.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
KEPT, REFUSED = 0.85, 0.9  #: shares that are to stay and to fall out
SPACED = ("en", "de", "fr", "es", "it", "pt", "nl")


def refusal(row: dict[str, Any]) -> str:
    proofs = [Proof(proof["text"], proof["language"]) for proof in row["proofs"]]
    return check(row["text"], proofs, row["language"])


@pytest.mark.parametrize("held_out", [False, True])
def test_most_of_what_names_somebody_new_is_refused(held_out: bool) -> None:
    """People, vendors, products and places; anywhere in a sentence, and in odd letters."""
    rows = [row for row in ROWS if row["kind"] == "attack" and row["held_out"] == held_out]
    assert sum(bool(refusal(row)) for row in rows) >= REFUSED * len(rows)


@pytest.mark.parametrize("held_out", [False, True])
def test_what_says_the_same_in_other_words_stays(held_out: bool) -> None:
    """Other forms of a word, compounds and words that no source has are no names."""
    rows = [row for row in ROWS if row["kind"] == "honest" and row["held_out"] == held_out]
    assert sum(not refusal(row) for row in rows) >= KEPT * len(rows)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["kind"] == "attack" and not row["held_out"]]
)
def test_a_new_name_in_small_letters_is_refused(row: dict[str, Any]) -> None:
    """One by one."""
    assert refusal(row)


@pytest.mark.parametrize("base", [*SPACED, "pl", "sv", "da", "nb"])
def test_words_of_a_language_are_told_from_names(base: str) -> None:
    """Common words are known, names of any land are not, whatever their endings look like."""
    assert is_told(base)
    for name in ("karl", "varnholt", "zoetermeer", "madrid", "hubspot", "jakarta"):
        assert not is_plain_word(name, base)
    assert len(plain_words(base)) > 15_000
    assert not plain_words(base) & mistaken(base)


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("they'll", "en"),
        ("segmenters", "en"),
        ("datenschutzfreundlich", "de"),
        ("groß", "de"),
        ("aujourd’hui", "fr"),
        ("l’entreprise", "fr"),
        ("all’inizio", "it"),
        ("klantgericht", "nl"),
    ],
)
def test_a_word_with_joints_and_endings_is_one(word: str, base: str) -> None:
    """Contracted, compound, inflected."""
    ground = Ground((Proof("Acme.", base),))
    assert list(small_names(f"Acme {word}.", ground, base)) == []


@pytest.mark.parametrize(
    "said",
    ["g\u043eogle", "hub spot", "h-u-b-s-p-o-t", "h u b s p o t", "g\u00f3\u00f3gle", "\u0440olar"],
)
def test_a_name_in_odd_letters_is_none_the_less(said: str) -> None:
    """Letters of another script, blanks, hyphens and accents."""
    proof = Proof("Acme launched Nova for shops in Leeds.", "en")
    assert "a name" in check(f"Acme launched Nova for {said} shops.", [proof], "en")


def test_a_vendor_that_is_a_word_too_is_told_where_a_name_stands() -> None:
    """What is sold "by apple" is the firm's, "an apple" may be fruit."""
    proof = Proof("Acme sells fruit with Nova.", "en")
    assert "apple" in check("Fruit with Nova is sold by apple and Acme.", [proof], "en")
    assert check("Acme sells an apple with Nova.", [proof], "en") == ""


def test_a_common_word_of_a_language_is_no_vendor() -> None:
    """Czech "roku" is a year."""
    proof = Proof("Acme v roce 2027 otevře obchod.", "cs")
    ground = Ground((proof,))
    assert list(small_names("Acme otevře obchod toho roku.", ground, "cs")) == []


def test_endings_are_known_for_every_language_with_words() -> None:
    """And what names stand behind, where capitals exist."""
    rows = read_data("function_words.toml")
    told = {base for base in rows["inflections"] if is_told(base)}
    assert told == {*SPACED, "pl", "sv", "da", "nb"}
    assert set(rows["before_names"]) >= {*SPACED, "ja", "zh"}
