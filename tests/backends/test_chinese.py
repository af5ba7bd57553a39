"""Chinese in the other script: converted, without a package, marked, and never refused."""

from pathlib import Path

import pytest

from digest.backends.translators import make_translator
from digest.stages.protect import Glossary
from digest.stages.translate import translate_text

SIMPLIFIED = (
    "这家软件公司发布了新的营销平台。价格为500元，详见 https://a.example/x。\n头发和发展不同。"
)
TRADITIONAL = (
    "這家軟件公司發佈了新的營銷平臺。價格為500元，詳見 https://a.example/x。\n頭髮和發展不同。"
)


@pytest.mark.parametrize(
    ("text", "language", "to", "wanted"),
    [
        (SIMPLIFIED, "zh-Hans", "zh-Hant", TRADITIONAL),
        (SIMPLIFIED, "zh", "zh-Hant", TRADITIONAL),
        (TRADITIONAL, "zh-Hant", "zh-Hans", None),
        ("头发里面的软件", "zh-Hans", "zh-HK", "頭髮裏面的軟件"),
        ("頭髮裏面的軟件", "zh-HK", "zh-Hans", "头发里面的软件"),
    ],
)
def test_the_script_is_converted(
    tmp_path: Path, text: str, language: str, to: str, wanted: str | None
) -> None:
    """By phrases where one character has two counterparts; lines and addresses stay."""
    made = translate_text(
        "x", text, language=language, to=to, translator=make_translator(folder=tmp_path)
    )
    assert made.text == wanted or (wanted is None and "头发和发展" in made.text)
    assert all(sentence.ok and sentence.note == "" for sentence in made.sentences)
    assert made.engine.startswith("opencc ")
    assert made.engine.endswith("(conversion)")
    assert made.missing == ()


def test_what_is_no_conversion_goes_to_the_packages(tmp_path: Path) -> None:
    """One script, or another language, is none."""
    translator = make_translator(folder=tmp_path)
    pairs = [("zh-Hans", "en"), ("zh-Hant", "zh-TW"), ("ja", "zh-Hant"), ("zh-CN", "zh")]
    assert [translator.package(*pair) for pair in pairs] == [None] * 4


def test_names_and_sentences_that_do_not_change_pass(tmp_path: Path) -> None:
    """What is the same in both scripts is not "left in the source language"."""
    made = translate_text(
        "x",
        "你好。",
        title="Adobe 收购 Figma",
        language="zh-Hans",
        to="zh-Hant",
        translator=make_translator(folder=tmp_path),
        glossary=Glossary(frozenset({"Figma"})),
    )
    assert (made.title.target, made.text) == ("Adobe 收購 Figma", "你好。")
    assert made.sentences[0].ok
