"""Names, addresses and numbers: masked before a translation and restored after it."""

import pytest

from digest.stages.protect import Glossary, Masked, find_kept, protect, restore

GLOSSARY = Glossary(
    keep=frozenset({"Constant Contact", "Drift", "Contact"}),
    terms={"Kundendatenplattform": {"en": "customer data platform", "fr": "CDP"}},
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mehr unter https://a.example/x?y=1.", ["https://a.example/x?y=1"]),
        ("Schreiben Sie an info@a.example!", ["info@a.example"]),
        ("HubSpot und GPT-4o auf iOS18", ["HubSpot", "GPT-4o", "iOS18"]),
        ("Salesforceは新しいCRM2を発表", ["CRM2"]),
        ("Im Q3 wuchs der Umsatz in KW47", []),
        ("Die KundInnen von Constant Contact", ["Constant Contact"]),
        ("Drifter driften, Drift nicht", ["Drift"]),
        ("Die HubSpot-Kunden", ["HubSpot"]),
        ("", []),
        ("Im deutschen Satz stehen これは und Новое слово 2", ["これは", "Новое слово"]),
        ("Der Preis für µ-Kunden in Åbo", []),
        ("新しいCRMを発表 и всё", []),  # most letters are not Latin: the model's own script
    ],
)
def test_what_must_survive_is_found(text: str, kept: list[str]) -> None:
    """Addresses, coded names and the glossary's names are found; ordinary words are not."""
    assert find_kept(text, glossary=GLOSSARY) == kept


def test_the_longest_name_wins() -> None:
    """Constant Contact is one name, although Contact is one as well."""
    masked = protect("Constant Contact kauft Drift", to="en", glossary=GLOSSARY)
    assert masked.masks == (("XQ1", "Constant Contact"), ("XQ2", "Drift"))
    assert masked.text == "XQ1 kauft XQ2"


def test_a_term_comes_back_in_the_language_wanted() -> None:
    """The house's own translation of a term is what is restored."""
    masked = protect("Eine Kundendatenplattform", to="fr", glossary=GLOSSARY)
    assert restore("Une XQ1", masked) == "Une CDP"


@pytest.mark.parametrize("seen", ["XQ1 and XQ2", "xq1 and xq2", "X Q1 and XQ 2", "XQ-1 and XQ2"])
def test_masks_are_restored_however_a_model_writes_them(seen: str) -> None:
    """Case and spaces inside a mask make no difference."""
    assert restore(seen, Masked("", (("XQ1", "HubSpot"), ("XQ2", "GA4")))) == "HubSpot and GA4"


@pytest.mark.parametrize("seen", ["only XQ1", "XQ1 XQ2 XQ2", "", "XQ12"])
def test_a_lost_or_doubled_mask_is_no_translation(seen: str) -> None:
    """Where a mask does not come back exactly once, nothing is restored."""
    assert restore(seen, Masked("", (("XQ1", "HubSpot"), ("XQ2", "GA4")))) is None


def test_ten_and_more_masks_keep_apart() -> None:
    """XQ12 is not XQ1 followed by a 2."""
    text = " ".join(f"nameA{number}" for number in range(12))
    masked = protect(text, to="en")
    assert restore(masked.text, masked) == text


def test_numbers_are_masked_on_request() -> None:
    """Dates, amounts and ratios are each one mask."""
    masked = protect("Am 3.5.2026 um 1.234,50 Euro, also 12 %", to="en", numbers=True)
    assert [value for _, value in masked.masks] == ["3.5.2026", "1.234,50", "12"]


def test_text_with_a_masks_letters_gets_others() -> None:
    """A text that says XQ1 itself is masked with other letters."""
    masked = protect("XQ1 von HubSpot", to="en")
    assert masked.text == "ZX1 von ZX2"
    assert restore(masked.text, masked) == "XQ1 von HubSpot"


def test_a_word_without_end_is_kept_whole() -> None:
    """Ten thousand letters without a space are no word for a model."""
    masked = protect(f"Das {'a' * 10_000} hier", to="en")
    assert masked.text == "Das XQ1 hier"
