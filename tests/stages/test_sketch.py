"""What is read of many articles at once is what is read of each alone."""

import pytest

from digest.records import Language
from digest.stages import sketch
from digest.stages.packed import pack
from digest.stages.sketch import Sketch, make_sketches
from digest.testing import make_article
from tests.generated_news import make_news

NEWS = [*make_news(7)[0], make_article("none", title="", text=""), *make_news(3)[0]]
NEWS = list({one.id: one for one in NEWS}.values())
LANGUAGES = {one.id: Language(one.id, "en", 1.0) for one in NEWS}


def told(one: Sketch) -> tuple[object, ...]:
    return pack(one), one.names.told, one.numbers.told, one.words.counts.tolist()


@pytest.mark.parametrize("batch", [1, 3, 1_000])
def test_an_article_is_read_alike_whoever_is_read_with_it(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first and the last of a batch, one without words, and one that is a batch by itself."""
    monkeypatch.setattr(sketch, "BATCH", batch)
    monkeypatch.setattr(sketch, "_kept", {})
    together = {one.id: told(one) for one in make_sketches(NEWS, LANGUAGES)}
    monkeypatch.setattr(sketch, "_kept", {})
    alone = {one.id: told(make_sketches([one], LANGUAGES)[0]) for one in NEWS}
    assert together == alone
