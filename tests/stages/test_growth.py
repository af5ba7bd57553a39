"""What classifying an article takes grows with its length, whatever the article is made of."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count

import pytest

from digest.records import Article, Language
from digest.stages.classify import classify
from digest.stages.facts import find_rates
from digest.stages.sounds import sound_alike
from digest.stages.spelling import is_spelled_alike
from digest.stages.taxonomy import load_knowledge
from digest.testing import make_article

TIMES = 8  #: how much longer the longer text is
#: A text eight times as long takes about eight times as long: 12 where time grows as n^1.2, 64 as n².
MOST = 12.0
TRIES = 4  #: a busy machine makes one measurement worth little
SYLLABLES = ("ka", "lo", "mi", "ren", "tas", "vor", "bel", "dun", "fis", "gor", "hal")


def _name(number: int) -> str:
    """Return a made-up name, another for every number below 11³."""
    many = len(SYLLABLES)
    places = (number // many**2, number // many, number)
    return "".join(SYLLABLES[place % many] for place in places).capitalize() + "x"


def _each(sentence: str, many: int, between: str = " ") -> str:
    rows = (sentence.format(n=n, a=_name(n), b=_name(n + 7)) for n in range(many))
    return between.join(rows)


TITLE = "Kestrivo launches Beacon, an AI platform for marketing"
JAPANESE = "アクメが広告配信AI「ミラー」を発表"
#: By what an article is made of: its language, title, how much of it is the short one, and a text.
HOSTILE: dict[str, tuple[str, str, int, Callable[[int], str]]] = {
    "launches": ("en", TITLE, 150, lambda n: _each("{a} today launched {b} Studio {n}, an AI tool.", n)),
    "launches, in German": ("de", TITLE, 150, lambda n: _each("{a} bringt {b} {n} auf den Markt.", n)),
    "launches, in Japanese": ("ja", JAPANESE, 150, lambda n: _each("アクメ{n}社は「ミラー{n}」を発表した。", n, "")),
    "one launch again and again": ("en", TITLE, 250, lambda n: "Kestrivo today launched Beacon, a tool. " * n),
    "names": ("en", TITLE, 160, lambda n: _each("{a}", n, ", ") + " launched."),
    "one sentence": ("en", TITLE, 100, lambda n: _each("and {a} launched the new {b} platform", n)),
    "owners": ("en", TITLE, 1000, lambda n: "Acme's " * n),
    "a name again and again, in German": ("de", "Acme launches Nova CRM", 300, lambda n: "Acme said Acme said " * n),
    "digits": ("en", TITLE, 1500, lambda n: "1" * n),
    "headings": ("en", "Release notes 4.2", 80, lambda n: _each("New features {n}\n\nBeacon now supports dashboards.", n, "\n\n")),
    "paragraphs": ("en", "The week in email marketing", 200, lambda n: _each("In other news, {a} won.", n, "\n\n")),
    "days": ("en", TITLE, 600, lambda n: _each("{n} October 2026,", n)),
    "capitals": ("en", TITLE, 1500, lambda n: "ABCDEFG" * n),
    "katakana": ("ja", JAPANESE, 1500, lambda n: "アイウエオカキ" * n),
    "Han": ("zh-Hans", "潮汐发布广告平台", 500, lambda n: "人工智能营销数据平台公司" * n),
    "quotes": ("en", TITLE, 2000, lambda n: '"' * n),
    "brackets": ("en", TITLE, 1000, lambda n: "[(" * n + ")]" * n),
    "sums": ("en", TITLE, 200, lambda n: _each("${n}.5 million", n)),
    "addresses": ("en", TITLE, 300, lambda n: _each("https://a.example/{n}?y={n}", n)),
    "a list": ("en", TITLE, 150, lambda n: _each("- {a}: new marketing dashboard", n, "\n")),
}  # fmt: skip


def _grows(work: Callable[[int], object], many: int) -> float:
    """Return how much longer the longer text takes, the least of some tries."""
    found = []
    for _ in range(TRIES):
        spent = [_spent(work, size) for size in (many, TIMES * many)]
        found.append(spent[1] / max(spent[0], 1e-4))
        if found[-1] < MOST:
            break
    return min(found)


def _spent(work: Callable[[int], object], size: int) -> float:
    before = time.process_time()
    work(size)
    return time.process_time() - before


@pytest.mark.parametrize("kind", HOSTILE)
def test_classifying_takes_no_more_than_its_length(kind: str) -> None:
    """Eight times the text takes about eight times as long, not sixty-four times."""
    language, title, many, text = HOSTILE[kind]

    def work(size: int) -> None:
        classify(_article(title, text(size)), Language("a1", language, 1.0), knowledge=knowledge)

    knowledge = load_knowledge()
    work(20)  # patterns are made once
    assert _grows(work, many) < MOST


def _article(title: str, text: str) -> Article:
    return make_article(title=title, text=text, publisher="Kestrivo")


@pytest.mark.parametrize("alike", [lambda a, b: is_spelled_alike(a, [b]), sound_alike])
def test_comparing_names_takes_no_more_than_their_length(alike: Callable[[str, str], bool]) -> None:
    """A run of letters without end is no name whose spelling differs from tongue to tongue."""

    def work(size: int) -> None:
        mark = f"{next(tries)}"  # an answer is kept: each try asks anew
        alike("bcd" * size + mark + "x", "bcd" * size + mark + "y")

    tries = count()
    assert _grows(work, 300) < MOST
    assert alike("bcd" * 10 + "x", "bcd" * 10 + "y")
    assert alike("bcd" * 100, "bcd" * 100)


@pytest.mark.parametrize("digits", ["1", "1,", "1."])
def test_finding_percentages_takes_no_more_than_its_length(digits: str) -> None:
    """A line of digits is tried once, and a percentage behind it is found."""
    assert _grows(lambda size: find_rates(digits * size), 500) < MOST
    assert find_rates("From 12.5% to 1,200 percent; .5 % as well.") == {"12.5", "1200", "5"}
