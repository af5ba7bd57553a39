"""Events that nobody confirmed or somebody barred, examples, offices, weekdays and plans as names."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from .news import read

BARRED = [
    ("en", "EU blocks Acme's purchase of Finchwork", "The EU Commission has prohibited Acme's planned acquisition of Finchwork, a CRM maker. Acme will appeal."),
    ("fr", "Acme rachète Finchwork : l'Autorité bloque", "L'Autorité de la concurrence bloque le rachat de Finchwork par Acme, éditeur de CRM."),
    ("zh-Hans", "云帆科技收购被叫停", "市场监管总局禁止云帆科技收购CRM厂商雀知科技。"),
]  # fmt: skip

RUMOURED = [
    ("en", "Acme said to have bought Finchwork", "Acme is said to have bought Finchwork, a CRM maker. Neither company commented."),
    ("de", "Acme soll Finchwork übernommen haben", "Acme soll den CRM-Anbieter Finchwork übernommen haben. Beide Firmen schweigen."),
    ("zh-Hans", "云帆科技或已收购雀知", "据传，云帆科技已收购CRM厂商雀知科技。双方未回应。"),
    ("zh-Hant", "渡雲科技或已收購雀知", "據傳渡雲科技已收購CRM廠商雀知科技。雙方未證實。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), [*BARRED, *RUMOURED])
def test_what_is_barred_or_rumoured_is_no_takeover(language: str, title: str, text: str) -> None:
    """Who forbids a deal buys nobody, and hearsay is no news."""
    assert [one.event for one in read(text, language, title=title).launches] == []


def test_a_takeover_beside_a_blocker_stands() -> None:
    """What a firm blocks may be anything."""
    text = "Acme has acquired Finchwork, whose tool blocks fraud. The deal closed on Monday."
    assert [(o.event, o.product) for o in read(text).launches] == [("acquisition", "Finchwork")]


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "How shops use survey tools", "Shops use survey tools like Kelp on the order page. A survey tool asks customers."),
        ("zh-Hans", "翎标发布路线图", "翎标计划明年第一季度上线新的邮件营销平台。公司正在招聘。"),
        ("zh-Hans", "信织科技公司明年推出AI助手", "信织科技公司表示，将于2027年3月推出用于邮件营销的AI助手。"),
        ("zh-Hans", "国家网信办发布标识办法", "国家互联网信息办公室发布《人工智能生成合成内容标识办法》，自9月1日起施行。"),
        ("ja", "AI広告に偏り", "研究者は、求人広告が男性に偏って表示され、女性への差別につながる恐れがあるという。求人広告が偏って差別につながる恐れがある。"),
    ],
)  # fmt: skip
def test_an_example_a_plan_a_law_and_a_fear_are_no_events(
    language: str, title: str, text: str
) -> None:
    """Neither a tool that is named as an example nor a roadmap, a regulation or a feared harm."""
    assert [one.event for one in read(text, language, title=title).launches] == []


@pytest.mark.parametrize(
    ("language", "text", "vendor"),
    [
        ("zh-Hans", "云帆科技周二推出邮件营销工具“明灯”。月费200元。", "云帆科技"),
        ("zh-Hant", "渡雲科技星期三推出郵件行銷工具「小渡」。月費200元。", "渡雲科技"),
        ("zh-Hans", "云帆科技本周四推出邮件营销工具“明灯”。月费200元。", "云帆科技"),
    ],
)
def test_a_weekday_is_no_part_of_a_name(language: str, text: str, vendor: str) -> None:
    """Chinese sets the day between who acts and the verb."""
    assert [one.vendor for one in read(text, language).launches] == [vendor]


@pytest.mark.parametrize(
    ("language", "text", "product"),
    [
        (
            "ja",
            "アクメは、CRMにAIアシスタントを追加した。同社は節目だとしている。",
            "AIアシスタント",
        ),
        ("zh-Hans", "星云科技推出了面向邮件营销的AI助手。公司称这是重要一步。", "AI助手"),
    ],
)
def test_what_two_letters_name_is_told_with_its_kind(
    language: str, text: str, product: str
) -> None:
    """No product is called "AI"."""
    assert [one.product for one in read(text, language).launches] == [product]


@pytest.mark.parametrize("day", ["月曜", "先週金曜日"])
def test_a_weekday_is_no_product(day: str) -> None:
    """What Japanese sets before what ends, and only dates it."""
    text = f"アクメのチャットボット「パーレイ」は{day}、提供を終了した。ECサイト向けだった。"
    assert [(o.event, o.product) for o in read(text, "ja").launches] == [("shutdown", "パーレイ")]


def test_what_a_launched_product_can_do_is_no_second_launch() -> None:
    """The product is no vendor of its own features."""
    text = "ホシノワは、ネット通販向け接客チャット「ハナシ」の提供を開始した。ハナシは14の言語に対応し、月額4000円から利用できる。"
    found = [(one.vendor, one.product) for one in read(text, "ja").launches]
    assert found == [("ホシノワ", "ハナシ")]
