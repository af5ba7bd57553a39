"""Units that a translation has to keep, and numbers in the manner of another language."""

import pytest

from digest.stages.protect import Glossary
from digest.stages.translate import translate_text
from digest.stages.units import find_units, localise

from .test_translate import Dictionary


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("um 34,5 Prozent", {"percent"}),
        ("eine 15-prozentige Senkung", {"percent"}),
        ("US$5m, €3 und 12億円", {"USD", "EUR", "JPY"}),
        ("500万美元", {"USD"}),
        ("RMB782.52", {"CNY"}),
        ("They won 200 pounds of euphoria", set()),
    ],
)
def test_units_are_found_however_they_are_written(text: str, units: set[str]) -> None:
    """Signs, codes and words in several languages mean one class; parts of words none."""
    assert find_units(text) == units


@pytest.mark.parametrize(
    ("number", "language", "to", "expected"),
    [
        ("1.234,5", "de", "en", "1,234.5"),
        ("34,5", "de", "en", "34.5"),
        ("1 234", "fr", "en", "1,234"),
        ("1,234.5", "en", "de", "1.234,5"),
        ("12,000", "en", "fr", "12\u202f000"),
        ("3.5.2026", "de", "en", "3.5.2026"),
        ("2.0", "de", "en", "2.0"),
        ("12", "de", "en", "12"),
        ("1,234.5", "en", "ja", "1,234.5"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(
    number: str, language: str, to: str, expected: str
) -> None:
    """Points and commas change places; dates and versions stay."""
    assert localise(number, language=language, to=to) == expected


def test_a_masked_number_comes_back_in_the_readers_manner() -> None:
    """What is restored for a German 34,5 in English is 34.5."""
    answers = {"Es steigt um XQ1 Prozent.": "It rises by XQ1 percent."}
    made = translate_text(
        "x",
        "Es steigt um 34,5 Prozent.",
        language="de",
        to="en",
        translator=Dictionary(answers),
        glossary=Glossary(),
    )
    assert made.text == "It rises by 34.5 percent."
