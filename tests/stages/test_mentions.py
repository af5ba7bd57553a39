from __future__ import annotations

import unicodedata

import pytest

from digest.stages.mentions import NAMED, NAMED_FAST, fold, names, numbers, without_accents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,500 users", {"1500"}),
        ("1.500 Nutzer", {"1500"}),
        ("1 500 utilisateurs", {"1500"}),
        ("4,5 %", {"4.5"}),
        ("4.5 percent", {"4.5"}),
        ("3 Millionen Euro", {"3000000"}),
        ("$3.2m", {"3200000"}),
        ("320万人", {"3200000"}),
        ("2.5億円", {"250000000"}),
        ("３５ 社", {"35"}),
        ("月額980円から1,250.50円に、約420万件", {"980", "1250.50", "4200000"}),
        ("１台４８，０００円", {"1", "48000"}),
        ("付费会员从80万增加到540万", {"800000", "5400000"}),
        ("a B2B shop, v3.1 of it", set()),
        ("version 3.1.4", {"3.1.4"}),
        ("in 2026 300 firms", {"2026", "300"}),
        ("300 m from here", {"300"}),
        ("no figures", set()),
    ],
)
def test_numbers_read_the_same_in_every_writing(text: str, expected: set[str]) -> None:
    """Separators, scale words, wide digits and a want of spaces don't make another number."""
    assert set(numbers(text)) == expected


def test_names_are_words_that_stand_out() -> None:
    """A capital within a sentence, an inner capital or digit; a sentence's first word doesn't."""
    found = names("Yesterday the firm Harbor bought adTech2 from Ödland. Harbor's chief left.")
    assert found == {"harbor": 2, "adtech2": 1, "odland": 1}


def test_latin_names_are_found_in_other_scripts() -> None:
    """Product names stay Latin in Chinese and Japanese text."""
    assert set(names("アドビはMarketoの新機能Tidewatchを発表した。")) == {"marketo", "tidewatch"}


def test_a_genitive_is_the_same_name() -> None:
    """Accents, case and a closing s don't make another name."""
    assert fold("Zoë’s") == fold("ZOE") == "zoe"
    assert fold("Salesforces") == fold("Salesforce")


@pytest.mark.parametrize(
    "text",
    [
        "Harbor bought Ödland. “Fine”, said Zoë: 3D and B2B-Ads' rise, 2026 in all.",
        "A. (Harbor)\n\n«Ödland» • Tide-Watch|R&D … ２Ｄ 3D ٣4A éA _Abc 7éB",
    ],
)
def test_the_fast_way_finds_the_same_names(text: str) -> None:
    """Where no name begins with a small letter, both expressions tell the same of each name."""
    slow = [(name, bool(opening)) for opening, name in NAMED.findall(f"\n{text}")]
    fast = NAMED_FAST.findall(f"\n{text}")
    assert [(opening or name, bool(opening)) for name, opening, _ in fast] == slow
    assert not any(hidden for _, _, hidden in fast)


def test_a_name_that_begins_with_a_small_letter_takes_the_slow_way() -> None:
    """A capital behind small letters is shown, since the fast way can't tell where they begin."""
    assert any(hidden for _, _, hidden in NAMED_FAST.findall("the iPhone"))
    assert not any(hidden for _, _, hidden in NAMED_FAST.findall("a YouTube film"))
    assert set(names("Use the iPhone and eBay, said 50hertz")) == {"iphone", "ebay", "50hertz"}


def test_of_every_sign_what_is_combined_with_it_is_left_out() -> None:
    signs = (chr(n) for n in range(0x80, 0x1_0000) if not 0xD800 <= n < 0xE000)
    for sign in signs:
        plain = unicodedata.normalize("NFKD", f"a{sign}b")
        bare = "".join(one for one in plain if not unicodedata.combining(one)).replace("’", "'")
        assert without_accents(f"a{sign}b") == bare, hex(ord(sign))
