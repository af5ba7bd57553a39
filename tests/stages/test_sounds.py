"""Names in katakana and in Latin letters are known by their sound."""

import pytest

from digest.stages.sounds import consonants_of, sound_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lumora", "ルモーラ"),
        ("Sorvane", "ソルヴェイン"),
        ("Tinglan", "ティンラン"),
        ("Nagisa", "ナギサ"),
        ("Chirashi", "チラシ"),
        ("Brindlemail", "ブリンドルメイル"),
        ("Ao", "アオ"),
        ("Io", "イオ"),
    ],
)
def test_a_name_sounds_like_itself(one: str, other: str) -> None:
    """In whatever letters it is written."""
    assert sound_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Storyboard", "ルモーラ"),
        ("Tessera", "ツムギ"),
        ("Cadenza", "ナギサ"),
        ("Nova", "アオ"),
        ("Tessera", "イオ"),
        ("Beacon", "ユイ"),
        ("Eau", "ツムギ"),
    ],
)
def test_other_names_do_not(one: str, other: str) -> None:
    """Another name has other consonants; of a short one all letters are compared."""
    assert not sound_alike(one, other)


def test_digits_are_heard_too() -> None:
    """Versions are told apart."""
    assert consonants_of("Nova 3") != consonants_of("Nova 4")
