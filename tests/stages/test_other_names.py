"""A product in letters that the reader cannot read is called what its articles call it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.stages.readable import readable_products
from digest.stages.words import Words

from .test_launch_records import Desk


@pytest.fixture
def desk() -> Desk:
    """An empty desk."""
    return Desk()


def shown(desk: Desk, language: str) -> dict[str, str]:
    return dict(readable_products(desk.records(), language))


def test_another_articles_latin_spelling_stands_for_the_name(desk: Desk) -> None:
    """Readers of Japanese keep the name; those of Chinese and English get the Latin one."""
    desk.add("a", ("ホシグモ", "ツムギ", "launch"), story="s", language="ja")
    desk.add("b", ("ホシグモ", "Tsumugi", "launch"), story="s", language="zh-Hant")
    assert shown(desk, "en") == {"ツムギ": "Tsumugi"}
    assert shown(desk, "zh-Hans") == {"ツムギ": "Tsumugi"}
    assert shown(desk, "ja") == {"Tsumugi": "ツムギ"}


@pytest.mark.parametrize(
    ("product", "text", "name"),
    [
        ("潮汐", "Its system, called Chaoxi, went on sale.", "Chaoxi"),
        ("潮汐2", "The system Chaoxi 2 plans by the minute.", "Chaoxi 2"),
        (
            "潮汐2",
            "The system Chaoxi 3 plans by the minute.",
            None,
        ),  # another number, another thing
        ("潮汐", "They tide over: chaoxi is a word.", None),  # a name has a capital
        ("潮汐", "Its system went on sale.", None),
    ],
)
def test_a_spelling_is_found_in_an_article_that_tells_of_no_launch(
    desk: Desk, product: str, text: str, name: str | None
) -> None:
    desk.add(
        "a",
        ("晴舟", product, "launch"),
        story="s",
        language="zh-Hans",
        text=f"晴舟发布「{product}」。",
    )
    desk.add("b", story="s", text=text)
    assert shown(desk, "en").get(product) == name
    assert shown(desk, "zh-Hans") == ({name: product} if name else {})


def test_mere_words_are_called_what_a_headline_calls_them(desk: Desk) -> None:
    """智能体接口 is no name: in no article does it stand in quotation marks."""
    desk.add("a", ("Norvane", "智能体接口", "feature"), story="s", language="zh-Hans")
    desk.add("b", story="s", title="Cadenza's open agent interface is here", text="It is here.")
    assert shown(desk, "en") == {"智能体接口": "open agent interface"}
    assert shown(desk, "de") == {"智能体接口": "open agent interface"}
    assert "智能体接口" not in shown(desk, "zh-Hans")


def test_a_name_in_quotation_marks_is_no_description(desk: Desk) -> None:
    desk.add(
        "a",
        ("Norvane", "云梯", "feature"),
        story="s",
        language="zh-Hans",
        text="Norvane发布“云梯”。",
    )
    desk.add("b", story="s", title="Cadenza's open agent interface is here", text="It is here.")
    assert shown(desk, "en") == {}


def test_a_bare_noun_is_no_name(desk: Desk) -> None:
    """What it adds to the event is nothing."""
    desk.add("a", ("Norvane", "智能体接口", "feature"), story="s", language="zh-Hans")
    desk.add("b", story="s", title="Norvane opens its interface to everybody", text="It is open.")
    assert shown(desk, "en") == {}


def test_one_name_of_two_products_stays(desk: Desk) -> None:
    """It would be said two ways, and a reader could not tell which is which."""
    for story, vendor, latin in (("s", "星云", "Huajuan"), ("t", "雲橋", "Painter")):
        desk.add(story + "a", (vendor, "画卷", "launch"), story=story, language="zh-Hans")
        desk.add(story + "b", (vendor, latin, "launch"), story=story)
    assert len(desk.records()) == 2
    assert "画卷" not in shown(desk, "en")


def test_what_an_editor_wrote_and_a_vendors_name_stay(desk: Desk) -> None:
    desk.add("a", ("ホシグモ", "ツムギ", "launch"), story="s", language="ja")
    desk.add("b", ("ホシグモ", "Tsumugi", "launch"), story="s")
    (record,) = desk.records()
    assert readable_products([replace(record, review="edited")], "en") == ()
    assert readable_products([record], "en", taken=["ツムギ"]) == ()


def test_a_company_that_takes_part_is_no_product(desk: Desk) -> None:
    desk.add("a", ("Acme", "Mothwick", "acquisition"), story="s")
    desk.add("b", ("Acme", "モスウィック", "acquisition"), story="s", language="ja")
    assert shown(desk, "ja") == {}


def test_both_names_stand_where_a_product_is_introduced() -> None:
    words = Words("en", readable=[("ツムギ", "Tsumugi")])
    assert words.thing("Hoshigumo", "ツムギ") == "Hoshigumo Tsumugi"
    assert words.both_names("ツムギ") == "Tsumugi (ツムギ)"
