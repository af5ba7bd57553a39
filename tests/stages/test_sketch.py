"""What is read of many articles at once is what is read of each alone."""

import gc

import pytest

from digest.records import Article, Language
from digest.stages import sketch
from digest.stages.gist import gist_of
from digest.stages.kinds import kinds_of
from digest.stages.packed import pack
from digest.stages.sketch import Sketch, make_sketches
from digest.stages.swaps import about_of
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


def test_what_was_read_of_articles_goes_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that reads one window after the other keeps the texts of the last alone."""
    monkeypatch.setattr(sketch, "_kept", {})
    first, second = (make_article(f"let-go-{number}") for number in (1, 2))
    _read(first)
    monkeypatch.setattr(sketch, "SKETCHES", 1)
    _read(second)
    gc.collect()
    alive = {one.id for one in gc.get_objects() if isinstance(one, Sketch)}
    assert {one for one in alive if one.startswith("let-go")} == {"let-go-2"}


def _read(one: Article) -> None:
    (made,) = make_sketches([one], {})
    assert gist_of(made).lead
    kinds_of(made)
    about_of(made)
