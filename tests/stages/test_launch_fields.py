"""The fields of a launch record on sentences that say them plainly: vendor, product, stage."""

from __future__ import annotations

import pytest

from digest.stages.grammar import grammar_for
from digest.stages.spaced import events_of
from digest.stages.wide import wide_events_of

DATED = [
    ("en", "On 8 September Acme launched Nova, a chatbot.", ("Acme", "Nova", "launch")),
    ("en", "On October 4 Acme launched Nova, a chatbot.", ("Acme", "Nova", "launch")),
    ("en", "Acme yesterday launched Nova.", ("Acme", "Nova", "launch")),
    ("en", "Acme this week launched Nova.", ("Acme", "Nova", "launch")),
    ("en", "Acme earlier this month launched Nova.", ("Acme", "Nova", "launch")),
    ("en", "Acme on Tuesday acquired Monday.com.", ("Acme", "Monday.com", "acquisition")),
    ("ja", "月曜アクメは「ノヴァ」を発売した。", ("アクメ", "ノヴァ", "launch")),
    ("ja", "昨日アクメは「ノヴァ」を発売した。", ("アクメ", "ノヴァ", "launch")),
    ("zh-Hans", "翎标周二推出聊天机器人“帕利”。", ("翎标", "帕利", "launch")),
    ("zh-Hans", "星期五翎标推出聊天机器人“帕利”。", ("翎标", "帕利", "launch")),
    ("zh-Hant", "翎標週二推出聊天機器人「帕利」。", ("翎標", "帕利", "launch")),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), DATED)
def test_a_day_is_no_part_of_a_name(
    language: str, sentence: str, expected: tuple[str, str, str]
) -> None:
    """Whether it stands before a vendor or between the vendor and its verb."""
    grammar = grammar_for(language)
    assert grammar
    read = wide_events_of if grammar.wide else events_of
    assert read(sentence, grammar, "2026") == [expected]
