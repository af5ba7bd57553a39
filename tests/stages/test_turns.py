from __future__ import annotations

import pytest

from digest.stages.turns import find_turns


@pytest.mark.parametrize(
    ("title", "language", "kinds"),
    [
        ("Osterley closes purchase of Pinwheel", "en", {"completion"}),
        ("Osterley closes its office", "en", set()),
        ("The deal is expected to close in the fourth quarter", "en", set()),
        ("Osterley vollzieht Übernahme", "de", {"completion"}),
        ("Rival criticises Osterley's deal", "en", {"reaction"}),
        ("Pinwheel schließt Büro nach Übernahme", "de", {"aftermath", "completion"}),
        ("海燕ソフト、発売を延期", "ja", {"delay"}),
        ("青屿科技完成收购", "zh-Hans", {"completion"}),
        ("青屿科技完成8000万元融资", "zh-Hans", set()),
        ("Osterley buys Pinwheel", "en", set()),
        ("Osterley closed its Pinwheel takeover on Friday", "en", {"completion"}),
        ("Osterley closed its Leeds office on Friday", "en", set()),
        ("Osterley achève l’acquisition de Pinwheel", "fr", {"completion"}),
        ("青屿科技完成对海燕的收购", "zh-Hans", {"completion"}),
        ("海燕ソフト、ペンギン社の買収手続きを完了", "ja", {"completion"}),
        ("海燕ソフト、ペンギン社を買収", "ja", set()),
    ],
)
def test_a_headline_says_that_it_goes_on(title: str, language: str, kinds: set[str]) -> None:
    """A completion, a reaction, what comes after a deal, a delay: in words or two of them."""
    assert find_turns(title, language) == kinds
