"""Vendor and product of what title and opening tell together are found among their names."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

from typing import Any

import pytest

from digest.stages.grammar import grammar_for
from digest.stages.parties import Scene, set_scene, shared_runs, shared_words, signs_of
from digest.stages.roles import choose_parties
from digest.stages.taxonomy import load_knowledge

from .news import make_article


def scene_of(language: str, title: str, text: str, **fields: Any) -> Scene:
    grammar = grammar_for(language)
    assert grammar is not None
    return set_scene(make_article(text, title=title, **fields), grammar, load_knowledge())


@pytest.mark.parametrize(
    ("language", "title", "text", "names", "none"),
    [
        ("en", "Quorvel 3 is out", "Since March 2027 was too late, Quorvel 3 by Bastwick came now.", ["Quorvel 3", "Bastwick"], "March 2027"),
        ("de", "Bastwick Suite 7 ist da", "Jetzt steht die Bastwick Suite 7 bereit.", ["Bastwick Suite 7"], "7"),
        ("fr", "Bastwick ouvre son agent bavard", "L'agent bavard de Bastwick répond à tous.", ["Bastwick", "agent bavard"], "Bastwick ouvre son agent bavard"),
        ("zh-Hans", "夸沃软件的长滩亮相", "这是夸沃软件做的。长滩今天亮相。他说：“真不错，大家都来看。”", ["夸沃软件", "长滩"], "真不错，大家都来看。"),
        ("ja", "ナガハマが始動", "ナガハマはバストウィックが作った。", ["ナガハマ", "バストウィック"], "は"),
    ],
)  # fmt: skip
def test_names_are_found_in_any_script(
    language: str, title: str, text: str, names: list[str], none: str
) -> None:
    """A version belongs to its name; a date, speech and a particle are none."""
    found = scene_of(language, title, text).names
    assert [name for name in names if name not in found] == []
    assert none not in found


def test_title_and_text_share_names_in_han_letters() -> None:
    """What a name never ends with is no part of it."""
    assert list(shared_runs("夸沃数据的“长滩”", "长滩出自夸沃数据的团队")) == ["夸沃数据", "长滩"]


def test_title_and_text_share_what_has_no_name() -> None:
    """Little words at its ends are cut off; a name is none of it."""
    found = shared_words("Quorvel gets the quiet hours", "The quiet hours of Quorvel work.", "en")
    assert list(found) == ["quiet hours"]


@pytest.mark.parametrize(
    ("language", "title", "text", "event", "parties"),
    [
        ("nl", "Bastwick zet Quorvel in de winkel", "Bureaus kunnen terecht bij Quorvel. Met het pakket van Bastwick zien planners meer.", "new", ("Bastwick", "Quorvel")),
        ("fr", "Avec Quorvel, Bastwick veut de l'ordre", "Quorvel, la plateforme de Bastwick, est accessible depuis hier.", "new", ("Bastwick", "Quorvel")),
        ("zh-Hans", "比价平台“长滩”来了", "夸沃软件带来了“长滩”，广告主可以免费查询。", "new", ("夸沃软件", "长滩")),
        ("en", "Fresh money for Quorvel", "Bastwick Partners led the round. Quorvel will hire, Quorvel's founder says.", "funding", ("Quorvel", "")),
    ],
)  # fmt: skip
def test_roles_go_by_where_and_how_a_name_stands(
    language: str, title: str, text: str, event: str, parties: tuple[str, str]
) -> None:
    """The one who acts need not come first; an investor is not who gets the money."""
    found = choose_parties(scene_of(language, title, text), event)
    assert found is not None
    assert (found.vendor, found.product) == parties
    assert 0 < found.chance < 1


def test_a_vendor_acts_itself_in_its_own_text() -> None:
    """Whoever else is named more often."""
    text = "Ledgerly is here. Ledgerly, by Ledgerly's team, is Ledgerly."
    scene = scene_of("en", "Ledgerly is here", text, voice="vendor", publisher="Bastwick")
    found = choose_parties(scene, "new")
    assert found is not None
    assert found.vendor == "Bastwick"


def test_one_name_is_no_pair() -> None:
    """Only what closes may be its own vendor."""
    scene = scene_of("en", "Quorvel is here", "We tried Quorvel today. Everybody knows Quorvel.")
    assert choose_parties(scene, "acquisition") is None
    closed = choose_parties(scene, "shutdown")
    assert closed is not None
    assert closed.vendor == closed.product == "Quorvel"


def test_signs_are_shares() -> None:
    """Each lies between 0 and 1, whatever the name."""
    scene = scene_of("en", "Quorvel meets Bastwick", "Quorvel (a tool) meets Bastwick, by Quorvel.")
    signs = [signs_of(name, scene) for name in scene.names]
    assert all(0 <= worth <= 1 for row in signs for worth in row.values())
    assert signs[0]["heads"] == 1
    assert signs[1]["heads"] == 0
