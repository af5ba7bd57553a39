"""Names that two sentences share though their languages or scripts differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from digest.records import Language, Plan, Quote
from digest.stages.commitments import find_heard, follow_up
from digest.stages.crossing import (
    Hearing,
    countries_of,
    is_another_edition,
    is_heard_as,
    kind_of_names,
    names_of_things,
    rare,
)

from .news import make_article

HEARD = [
    ("クラルリンク", "Klarlink", True),
    ("シグナルボード", "Signalboard", True),
    ("マチジョブ", "Machijob", True),
    ("アマネク", "Monaco", False),  # the same consonants, other vowels
    ("コトリ", "Kestrel", False),
    ("青鸟", "青鳥", True),
    ("Lumora", "Lumara", False),  # in one script letters count
]


@pytest.mark.parametrize(("name", "other", "same"), HEARD)
def test_a_name_is_heard_in_another_script(name: str, other: str, same: bool) -> None:
    """Sounds are compared between kana and Latin letters, readings between Han characters."""
    assert is_heard_as(name, other) is same


VENDORS = [
    ("クラルリンク", "Klarlink puts Signalboard on sale", "Klarlink"),
    ("Velmora", "ベルモラ、予約配信を開始", "ベルモラ"),
    ("擎木科技", "Qingmu goes live with its bidding engine", "Qingmu"),
    ("橙舟网络", "橙舟網路取消在泰國推出直播平台的計畫", "橙舟"),
    ("北京数云", "Beijing approves a law on cookies", ""),
    ("Velmora", "モナコ、観光広告を開始", ""),
]


@pytest.mark.parametrize(("vendor", "head", "found"), VENDORS)
def test_a_vendor_is_found_in_another_script(vendor: str, head: str, found: str) -> None:
    """A Chinese company also without what it is; no town is one."""
    told = Hearing({"key": [vendor]}).find(head)
    assert told == ({("key", found)} if found else set())


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_names_of_one_vendor_the_same_one_is_always_taken(
    turned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are found as a set, whose order is another one in each run."""
    names = sorted(Hearing({"key": ["擎木科技"]}).find("Qingmu, or 擎木"), reverse=turned)
    assert len(names) == 2
    monkeypatch.setattr(Hearing, "find", lambda *_: names)
    assert find_heard({"key": ["擎木科技"]}, {"a": make_article()}) == {"key": {"a": "Qingmu"}}


THINGS = [
    ("It will launch Murmur, a survey tool, in Lisbon and France.", "en", {"Murmur", "Lisbon"}),
    ("The new version, Keel 5, is here.", "en", {"Keel 5"}),
    ("Brandolin hat sein Umfragewerkzeug veröffentlicht.", "de", set()),
    ("Passby will not be released.", "en", {"Passby"}),
    ("Connectors are here.", "en", set()),
    ("審査ツール「ミハリ」を公開する。", "ja", {"ミハリ"}),
    ("推出反作弊工具“守林人”。", "zh-Hans", {"守林人"}),
]


@pytest.mark.parametrize(("text", "language", "names"), THINGS)
def test_a_sentence_names_things(text: str, language: str, names: set[str]) -> None:
    """No countries, no words that only open it, no nouns of German."""
    assert names_of_things(text, language, ["Brandolin"]) == names


def test_two_names_that_are_words_do_not_tell_two_things_apart() -> None:
    """Only names that are words of no language do."""
    assert rare({"Murmuration", "Office"}, "en") == {"Murmuration"}
    assert countries_of("stazioni della Croazia", "it") == {"HR"}


KINDS = [
    ("It will ship Relaycast in June.", "Relaycast ist da.", ("en", "de"), "shared"),
    ("It will ship Relaycast in June.", "Wattleby ist da.", ("en", "de"), "other"),
    (
        "It will ship Relaycast in June.",
        "The Relaycast Pro is here.",
        ("en", "en"),
        "other",
    ),
    ("It will ship Keel 5 in June.", "Keel 6 is here.", ("en", "en"), "other"),
    ("It will ship Relaycast in June.", "It has opened an office.", ("en", "en"), "unnamed"),
    ("It will open an office.", "It has opened an office.", ("en", "en"), "none"),
    ("It will open in Croatia.", "Apre in Grecia.", ("en", "it"), "other"),
    ("「シグナルボード」を発売する。", "Signalboard is on sale.", ("ja", "en"), "shared"),
]


@pytest.mark.parametrize(("plan", "text", "languages", "kind"), KINDS)
def test_a_sentence_names_the_planned_thing_or_another(
    plan: str, text: str, languages: tuple[str, str], kind: str
) -> None:
    """A longer name or another number is another edition; other countries are other things."""
    assert kind_of_names(plan, text, languages, []) == kind


def test_a_longer_name_is_another_edition_save_where_the_plan_has_it_too() -> None:
    """Nova Pro of a plan for Nova Pro is the same thing."""
    assert is_another_edition("Nova", "to ship Nova", "Nova Pro is here")
    assert not is_another_edition("Nova", "to ship Nova Pro", "Nova Pro is here")


class Alike:
    """An encoder to which all texts are the same."""

    model = "alike"

    def knows(self, language: str) -> bool:
        """Return that it knows every language."""
        return bool(language)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the same row for each text."""
        return np.ones((len(texts), 1), dtype=np.float32)


def test_news_in_another_script_cancels_a_plan() -> None:
    """The vendor and its product are written in kana in the one, in Latin letters in the other."""
    quote = Quote("求人広告サービス「マチジョブ」を7月に始める。", "plan", 0, 23)
    plan = Plan("アマネク", "マチジョブ", quote, "2026-07-31", "7月")
    told = "Amaneku has scrapped Machijob, its service for job ads."
    articles = {
        "plan": make_article(quote.text, id="plan", title="アマネク", published="2026-03-19"),
        "news": make_article(told, id="news", title="No job ads", published="2026-06-25"),
    }
    languages = {"plan": Language("plan", "ja", 1.0), "news": Language("news", "en", 1.0)}
    now = datetime(2026, 6, 30, tzinfo=UTC)
    (made,) = follow_up([plan], [], articles, languages, now=now, encoder=Alike())
    assert (made.kept, made.by and made.by.text) == ("cancelled", told)
    other = {**articles, "news": make_article(told.replace("Machijob", "Soracast"), id="news",
             title="No job ads", published="2026-06-25")}  # fmt: skip
    (made,) = follow_up([plan], [], other, languages, now=now, encoder=Alike())
    assert made.kept == "open"
