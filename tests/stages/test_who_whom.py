"""Within one source a draft keeps who does what to whom, which number is whose, and who says it.

`tests/data/turned_round.jsonl` was written for this project; the rows marked `held_out` were looked
at once, when the rules stood.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.stages.clauses import clauses_of
from digest.stages.data_files import read_data
from digest.stages.deeds import deeds_of
from digest.stages.ground import Proof
from digest.stages.grounding import check
from digest.stages.speech import speeches_of

FILE = Path(__file__).parents[1] / "data" / "turned_round.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
SPACED = {"en", "de", "fr", "es", "it", "pt", "nl"}


def refusal(row: dict[str, Any]) -> str:
    proofs = [Proof(proof["text"], proof["language"]) for proof in row["proofs"]]
    return check(row["text"], proofs, row["language"])


@pytest.mark.parametrize(
    "row", [row for row in ROWS if not row["held_out"]], ids=lambda row: str(row["text"])[:40]
)
def test_what_is_turned_round_is_refused_and_what_is_not_stays(row: dict[str, Any]) -> None:
    """Active and passive, to and from, in order and not."""
    assert bool(refusal(row)) == (row["kind"] == "attack")


@pytest.mark.parametrize(("kind", "least"), [("attack", 0.8), ("honest", 0.8)])
def test_sentences_that_no_rule_has_seen(kind: str, least: float) -> None:
    """Most fall out, and most stay."""
    rows = [row for row in ROWS if row["held_out"] and row["kind"] == kind]
    right = sum(bool(refusal(row)) == (kind == "attack") for row in rows)
    assert right >= least * len(rows)


def test_every_language_says_who_does_what() -> None:
    """With the same rows."""
    rows = {base: row for base, row in read_data("doers.toml").items() if base != "wide"}
    assert set(rows) == SPACED
    assert len({frozenset(row) for row in rows.values()}) == 1
    assert set(read_data("doers.toml")["wide"]) == {"ja", "zh"}


def test_a_clause_knows_its_parties() -> None:
    """An apposition is skipped, a passive is told."""
    first, *_ = deeds_of("Acme, a maker of tools, sues Bolt.", "en")[-1:]
    assert [(sorted(each.words), first.role(n)) for n, each in enumerate(first.parties)] == [
        (["acme"], "acts"),
        (["bolt"], "suffers"),
    ]
    (second,) = deeds_of("Bolt was bought by Acme.", "en")
    assert [second.role(n) for n in (0, 1)] == ["suffers", "acts"]


def test_a_speech_has_its_speaker() -> None:
    """Before or behind, with what is said."""
    (one,) = speeches_of("Prices rise, said the Acme founder Jane Doe.", "en")
    assert one == (frozenset({"jane", "doe"}), frozenset({"found", "rise"}))


def test_a_day_ends_no_clause() -> None:
    """German writes a point behind it."""
    text = "Der Preis steigt zum 1. Juli von 29 auf 35 Euro."
    assert len(clauses_of(text, "de", joined=False)) == 1


def test_a_chinese_passive_without_a_doer_turns_nothing_round() -> None:
    """What is sold to whom stands behind the verb, as in the active."""
    proof = Proof("公司不会把客户数据出售给广告商，首席执行官周岚说。", "zh-Hans")
    assert check("客户数据不会被出售给广告商。", [proof], "zh-Hans") == ""


def test_a_german_noun_before_von_leaves_open_who_acts() -> None:
    """Of "Chefin von Nova" Nova does nothing."""
    proof = Proof("Acme hat Jane Doe zur Chefin von Nova ernannt.", "de")
    assert check("Jane Doe wurde von Acme zur Chefin von Nova ernannt.", [proof], "de") == ""
