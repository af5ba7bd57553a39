"""The name of a thing is the one that its tellings agree on."""

from __future__ import annotations

from datetime import date

from digest.records import Launch, Quote
from digest.stages.clean import key_of
from digest.stages.tellings import Telling
from digest.stages.voting import voted_name

from .news import make_article


def telling(id: str, product: str, text: str, *, confidence: float = 0.8) -> Telling:
    article = make_article(text, id=id)
    quote = Quote(text, id, 0, len(text))
    launch = Launch("Acme", product, "launch", None, quote, confidence=confidence)
    return Telling(launch, article, "s", date(2026, 11, 10), "acme", key_of(product))


def voted(*tellings: Telling) -> str:
    return voted_name(tellings, lambda launch: launch.product, product=True)


def test_the_name_that_most_tell_wins() -> None:
    """The founding article's own misreading doesn't."""
    named = (telling(each, "Nova", "Acme launched Nova.") for each in "bc")
    assert (
        voted(telling("a", "Acme Dock", "Acme launched Nova at the Acme Dock."), *named) == "Nova"
    )


def test_a_sure_telling_outweighs_a_doubtful_one() -> None:
    """Of two names told once each, confidence decides."""
    doubtful = telling("a", "Dock", "At the Dock, Nova was shown.", confidence=0.3)
    assert voted(doubtful, telling("b", "Nova", "Acme launched Nova.", confidence=0.9)) == "Nova"


def test_a_name_that_no_article_writes_counts_half() -> None:
    """A name like "Nova Suite" was put together by who read it."""
    put = telling("a", "Nova Suite", "Acme launched Nova, a suite.")
    assert voted(put, telling("b", "Nova", "Acme launched Nova.")) == "Nova"


def test_an_article_speaks_for_the_fullest_name_in_it() -> None:
    """The name "Nova 3" stands in both articles, though one was read as Nova."""
    text = "Acme launched Nova 3."
    assert voted(telling("a", "Nova 3", text), telling("b", "Nova", text)) == "Nova 3"


def test_a_name_in_the_founding_script_is_kept() -> None:
    """Whom a Japanese vendor's product is translated for changes nothing."""
    others = (telling(each, "Tsumugi", "Acme launched Tsumugi.") for each in "bcd")
    assert voted(telling("a", "ツムギ", "アクメが「ツムギ」を発表した。"), *others) == "ツムギ"


def test_mere_words_in_han_characters_give_way_to_a_name() -> None:
    """A name stands in quotation marks; what doesn't may be the Chinese for "agent interface"."""
    latin = telling("b", "Nova Interface", "Acme launched the Nova Interface.")
    assert voted(telling("a", "智能体接口", "Acme开放了智能体接口。"), latin) == "Nova Interface"
    assert voted(telling("a", "潮汐", "Acme发布“潮汐”系统。"), latin) == "潮汐"


def test_a_proper_name_goes_before_a_description() -> None:
    """However often the description is told."""
    described = (telling(each, "agent interface", "An agent interface is here.") for each in "ab")
    assert voted(*described, telling("c", "Nova", "Acme launched Nova.")) == "Nova"
