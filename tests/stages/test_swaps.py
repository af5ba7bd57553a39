from __future__ import annotations

import pytest

from digest.records import Language
from digest.stages.sketch import Sketch, make_sketch
from digest.stages.swaps import swapped

from .likeness import article


def sketch(title: str, text: str, language: str = "en") -> Sketch:
    return make_sketch(article("a", title, text), Language("a", language, 1.0))


@pytest.mark.parametrize(
    ("title", "text", "one", "other", "language"),
    [
        ("Acme connects with {}", "The tool has a bridge to {} now.", "shopify", "magento", "en"),
        ("Plainsend {}: what is new", "Notes on Plainsend {} are out.", "7.3", "7.4", "en"),
        ("Release notes", "Notes on Plainsend {}. Lists load faster.", "7.3", "7.4", "en"),
        ("Our letter for {}", "Dear readers, this is our letter for {}.", "April", "May", "en"),
        ("Wartung am {}. Juni", "Am {}. Juni arbeiten wir nachts.", "14", "28", "de"),
        ("云岭数据发布“{}”", "云岭数据发布新功能“{}”。", "客群罗盘", "到店回声", "zh-Hans"),
        ("北辰ソフト、{}を公開", "北辰ソフトは{}を公開した。", "カレンダー", "スケッチ", "ja"),
    ],
)
def test_a_template_filled_otherwise_swaps_what_its_title_says(
    title: str, text: str, one: str, other: str, language: str
) -> None:
    """Names in any letters, versions, months and days are what a template is filled with."""
    pair = [sketch(title.format(word), text.format(word), language) for word in (one, other)]
    assert swapped(*pair) > 0.15
    assert swapped(pair[0], pair[0]) == 0


def test_another_title_over_the_same_text_swaps_nothing() -> None:
    """What a title says stands in the common text, or in the title alone: that proves nothing."""
    text = "Harrowgate has brought out Tessellate, which sorts customers. It costs nothing extra."
    one = sketch("Harrowgate brings out Tessellate", text)
    assert swapped(one, sketch("Sorting for nothing extra", text)) == 0
    assert swapped(one, sketch("Novelty of the week", text)) == 0


def test_a_garbled_number_swaps_nothing() -> None:
    """Where the copy garbles a number of its text, its title has it no more."""
    title = "Osterley buys Pinwheel for 75 million dollars"
    one = sketch(title, "Osterley pays 75 million dollars for Pinwheel.")
    assert swapped(one, sketch(title, "Osterley pays 57 million dollars for Pinwheel.")) == 0
