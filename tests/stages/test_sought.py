"""Sentences are spared patterns that cannot match them, and lose no match by it."""

from __future__ import annotations

import pytest

from digest.stages.grammar import grammar_for
from digest.stages.sought import Phrases, tail_of
from tests.odd_news import SENTENCES

PAIR = "(?P<pair>[^.;]{5,110}?),? join(?:ed)? forces"
MORE = (
    "Acme and Nova join forces.",
    "Acme and Nova joined forces; Brisk buys Lumen.",
    "Acme acquires Nova for $3 million, and launches Beacon.",
    "Nova, which Acme launched in May, is now available.",
    "Acme hat Nova übernommen.",
    "Acme et Nova unissent leurs forces.",
    "アクメは「ノヴァ」を発表した。",
    "",
)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (PAIR, ",? join(?:ed)? forces"),
        ("buys (?P<object>x)", ""),
        ("(?P<pair>a) b|c", ""),
        ("(?P<pair>a|[)|]\\)) b(?:c|d)", " b(?:c|d)"),
        ("(?P<pair>a)? b", ""),
        ("(?P<pair>a) b (?P=pair)", ""),
        ("(?P<pair>a)", ""),
    ],
)
def test_tail_is_what_a_match_needs(row: str, expected: str) -> None:
    """What follows the group that opens a pattern, where every match has it."""
    assert tail_of(row) == expected


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans"])
def test_no_match_is_lost(language: str) -> None:
    """All patterns of a language, over sentences of its own and of others."""
    grammar = grammar_for(language)
    assert grammar is not None
    met = 0
    for sentence in (*SENTENCES.values(), *MORE):
        for phrases in (grammar.events, grammar.passive):
            every = [(k, m.span()) for k, p in phrases for m in p.pattern.finditer(sentence)]
            near = [(k, m.span()) for k, p in phrases.near(sentence) for m in p.finditer(sentence)]
            assert every == near
            met += len(every)
    assert met > 0


def test_patterns_that_cannot_match_are_not_given() -> None:
    """Only those with a tail are left, which is looked for first."""
    phrases = Phrases({"acquisition": ["buys", "acquires"], "partnership": [PAIR, "teams up"]})
    assert [kind for kind, _ in phrases.near("Acme sells Nova")] == ["partnership"]
    assert [kind for kind, _ in phrases.near("Acme buys Nova")] == [
        *["acquisition"] * 2,
        "partnership",
    ]
    assert [kind for kind, _ in phrases] == [*["acquisition"] * 2, *["partnership"] * 2]
