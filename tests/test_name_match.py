"""A name that was read is judged by its words: neither to flatter nor to find fault with a form."""

import pytest

from benchmarks.name_match import equal_name, exact_parties, same_name, same_parties


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("Insight", "Acme Insight"),
        ("Acme GmbH", "Acme"),
        ("vendor Acme", "Acme"),
        ("DataFold", "Data Fold"),
        ("Nova’s", "Nova"),
        ("classic editor", "classic e-mail editor"),
        ("株式会社アクメ", "アクメ"),
    ],
)
def test_a_reader_takes_them_for_one(found: str, wanted: str) -> None:
    """A name with its vendor, legal form or kind, or spelled apart, is the same."""
    assert same_name(found, wanted)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("Ink", "Pinkney"),
        ("", "Acme"),
        ("Acme", ""),
        ("コ", "コダマ"),
        ("warehouse sync of Acme that has left its beta", "Acme"),
        ("Acme Editor", "Acme Classic Editor"),
        ("editor of mails", "classic e-mail editor"),
    ],
)
def test_a_reader_takes_them_for_two(found: str, wanted: str) -> None:
    """Letters within a word, a clause that has a name somewhere, and another name are not."""
    assert not same_name(found, wanted)


def test_a_partnership_has_no_first_party() -> None:
    """Either may stand first; of an acquisition the buyer does."""
    found = {"vendor": "Acme", "product": "Nova", "event": "partnership"}
    wanted = {"vendor": "Nova", "product": "Acme", "event": "partnership"}
    assert same_parties(found, wanted)
    assert not same_parties(found | {"event": "acquisition"}, wanted | {"event": "acquisition"})


def test_to_the_letter_nothing_may_stand_beside_a_name() -> None:
    """Case, marks and a legal form are none of it; the vendor's name is."""
    assert equal_name("ACME, Inc.", "Acme")
    assert not equal_name("Acme Nova", "Nova")
    assert not exact_parties(
        {"vendor": "Acme", "product": "Nova"}, {"vendor": "Acme", "product": ""}
    )
