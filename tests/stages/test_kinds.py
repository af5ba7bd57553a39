"""Kinds of event and jurisdictions, told by the words of title and opening."""

from __future__ import annotations

import pytest

from digest.records import Language
from digest.stages.kinds import Kinds, kinds_apart, kinds_of, places_apart
from digest.stages.sketch import make_sketch

from .likeness import article


def told(title: str, text: str, language: str = "en") -> Kinds:
    return kinds_of(make_sketch(article("a", title, text), Language("a", language, 1.0)))


BREACH = told("Kelvo breach exposes lists", "Hackers stole the lists of 1,200 brands from Kelvo.")
LECK = told("Kelvo verliert Daten", "Hacker griffen ein Datenleck bei Kelvo an.", "de")
SUIT = told("Kelvo sued over AI training", "A publisher sued Kelvo for copyright infringement.")
PLAIN = told("Kelvo", "Kelvo moves its rooms to another street.")


def test_a_breach_and_a_suit_are_two_kinds() -> None:
    """Of one kind in two languages nothing speaks against; of two kinds much does."""
    assert kinds_apart(BREACH, SUIT) > 0.4
    assert kinds_apart(BREACH, LECK) < 0.25
    assert kinds_apart(BREACH, BREACH) == pytest.approx(0.0)


def test_what_tells_no_kind_is_apart_from_none() -> None:
    """Silence is no other kind, and no other place."""
    assert kinds_apart(BREACH, PLAIN) == kinds_apart(PLAIN, BREACH) == 0.0
    assert places_apart(BREACH, PLAIN) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (("ICO investigates Kelvo", "en"), ("La CNIL sanctionne Kelvo", "fr"), True),
        (("London court rules on Kelvo", "en"), ("北京互联网法院判决", "zh-Hans"), True),
        (("FTC orders Kelvo to stop", "en"), ("米連邦取引委員会がケルボに命令", "ja"), False),
        (("A California court hears Kelvo", "en"), ("FTC sues Kelvo", "en"), False),
        (("OECD writes on Kelvo", "en"), ("FTC sues Kelvo", "en"), False),
    ],
)
def test_places_are_apart_where_none_is_shared(
    one: tuple[str, str], other: tuple[str, str], apart: bool
) -> None:
    """A state's court and the country's authority are in one place; so are two names of one."""
    left, right = (told(title, title, language) for title, language in (one, other))
    assert (places_apart(left, right) > 0) is apart
    assert places_apart(left, right) == places_apart(right, left)
