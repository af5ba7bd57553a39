from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from digest.stages.facts import find_amounts, find_days, find_quoted, find_rates
from digest.stages.gist import EPOCH, own_days, shared_facts, shared_leads, shared_quotes
from digest.stages.leads import LEADS, TIMING, Leads
from digest.stages.romanise import heard_in, in_latin
from digest.stages.sketch import make_sketches
from digest.stages.turns import find_turns

from .likeness import article, spoken

RELEASE = "Quellix launches Tarnow, a planner for shops. Tarnow costs 2,400 euros and opens 18 May."
REPORT = "Für 2.400 Euro im Monat plant Tarnow ab dem 18. Mai Kampagnen, sagt Quellix."
SISTER = "Quellix launches Borsen, a planner for shops. Borsen costs 310 euros and opens 2 June."


def compare(*texts: str, days: tuple[str | None, ...] = ()) -> dict[str, float]:
    dated = [*days, *[None] * (2 - len(days))]
    articles = [
        article(f"a{n}", text, published=day)
        for n, (text, day) in enumerate(zip(texts, dated, strict=True))
    ]
    sketches = make_sketches(articles, spoken(articles))
    row = Leads(sketches).measure(np.array([[0, 1]], dtype=np.int32))[0]
    return dict(zip(LEADS, row.tolist(), strict=True))


def test_days_are_found_in_every_way_of_writing() -> None:
    """A day of the year is the same whatever the language and the order of day and month."""
    told = "18 September; September 18, 2026; 18. September; 18 de septiembre; 9月18日; 31 foo"
    assert find_days(told) == {"9-18"}


@pytest.mark.parametrize(
    ("text", "language", "amounts"),
    [
        ("12 per cent for 2,400 customers in 2026", "en", {"12", "2400"}),
        ("zwölf Prozent, 3,6 Millionen Adressen am 2. August", "de", {"12", "3600000"}),
        ("初步抽查五萬二千則，約17%，9月18日前", "zh-Hant", {"52000", "17"}),
        ("一度に、十分", "ja", {"10"}),
    ],
)
def test_amounts_are_found_in_digits_and_in_words(
    text: str, language: str, amounts: set[str]
) -> None:
    """Numbers are written out in one way; years and days of a month are none."""
    assert find_amounts(text, language) == amounts


@pytest.mark.parametrize("digit", ["1", "٩"])
def test_a_number_of_thousands_of_digits_is_a_number(digit: str) -> None:
    """A key or a hostile page may hold one, and Python refuses to read it."""
    assert find_amounts(f"The key is {digit * 5_000}.", "en") == {digit * 5_000}


def test_the_calendars_ends_have_neighbours_too() -> None:
    """The first day of all has none before it, the last none after it."""
    first, last = (day.toordinal() - EPOCH for day in (date.min, date.max))
    assert own_days(first) == {"1-1", "1-2"}
    assert own_days(last) == {"12-30", "12-31"}
    assert own_days(last + 1) == {"12-31"}


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("31 per cent of 31 customers, 6.8 %, 5 percentage points", {"31", "6.8", "5"}),
        ("4,1 Prozent statt 12", {"4.1"}),
        ("7 pour cent, 8 por ciento, 9 per cento", {"7", "8", "9"}),
        ("利用率が4.1％から6.8%に、3店舗", {"4.1", "6.8"}),
        ("百分之31的記錄", {"31"}),
        ("no number at all", set()),
    ],
)
def test_percentages_are_told_from_other_numbers(text: str, rates: set[str]) -> None:
    """A word or a sign for it stands behind the number, in Chinese also before."""
    assert find_rates(text) == rates


def test_a_percentage_and_a_count_are_no_number_in_common() -> None:
    """31 per cent of some records are not 31 customers."""
    told = "Two birthdays stood in 31 per cent of the records"
    assert compare(told, "Lumenfold writes to 31 customers")["amounts"] == 0
    assert compare(told, "Lumenfold: 31% of the records are wrong")["amounts"] > 0.1


def test_two_tellings_share_names_amounts_and_days() -> None:
    """A report in another language names the same product, price and day."""
    found = compare(RELEASE, REPORT)
    assert found["lead_names"] > 0.4
    assert found["amounts"] > 0.2
    assert found["days"] > 0.3
    assert found["subjects_against"] == 0


def test_two_launches_of_one_vendor_contradict_each_other() -> None:
    """Each release is about a product that the other one lacks."""
    found = compare(RELEASE, SISTER)
    assert found["subjects_against"] > 0.3
    assert found["days"] == 0


def test_time_tells_two_tellings_from_a_later_event() -> None:
    """The gap grows to a week; a page without a date among dated ones is as far as that."""
    assert compare(RELEASE, REPORT, days=("2026-05-04", "2026-05-04"))["gap"] == 0
    assert compare(RELEASE, REPORT, days=("2026-05-04", "2026-05-11"))["gap"] == 1
    assert compare(RELEASE, REPORT, days=("2026-05-04", None))["gap"] == 1
    assert compare(RELEASE, REPORT)["gap"] == 0


def test_a_crowd_makes_any_pair_less_likely() -> None:
    """What counts is how many articles there are within a week, from thirty on."""
    articles = [article(f"a{n:03}", RELEASE, published="2026-05-04") for n in range(60)]
    articles += [article("b1", RELEASE, published="2026-08-04"), article("b2", REPORT)]
    leads = Leads(make_sketches(articles, spoken(articles)))
    crowd = leads.measure(np.array([[0, 1], [60, 61]], dtype=np.int32))[:, LEADS.index("crowd")]
    assert crowd.tolist() == pytest.approx([np.log(61 / 30), 0.0], abs=1e-6)


def test_a_small_window_takes_off_what_its_cosines_have_too_much() -> None:
    """Nearly the distance to 1 in a window of two, a seventeenth of it in one of 800."""
    rate = {}
    for many in (2, 800):
        articles = [article(f"a{n:03}", RELEASE, published="2026-05-04") for n in range(many)]
        leads = Leads(make_sketches(articles, spoken(articles)))
        pairs = np.array([[0, 1], [0, 1]], dtype=np.int32)
        found = leads.timing(pairs, np.array([0.4, 1.0], dtype=np.float32))
        rate[many] = found[:, TIMING.index("uncentred")].tolist()
    assert rate[2] == pytest.approx([0.6 * 50 / 52, 0.0], abs=1e-6)
    assert rate[800] == pytest.approx([0.6 / 17, 0.0], abs=1e-6)


def test_what_is_shared_is_told_in_words() -> None:
    """The names of both leads, the days and the amounts can be shown to an editor."""
    articles = [article("a", RELEASE), article("b", REPORT)]
    one, other = make_sketches(articles, spoken(articles))
    assert "tarnow" in shared_leads(one, other)
    assert shared_facts(one, other) == ["5-18", "2400"]


def test_names_in_other_letters_are_found_in_latin_letters() -> None:
    """A name is the same in katakana or Han characters, quoted or not, and in Latin letters."""
    assert [in_latin(name) for name in ("ツムギ", "マーケット", "潮汐")] == [
        "tsumugi",
        "maketto",
        "chaoxi",
    ]
    assert find_quoted("新機能「ツムギ」の提供、“潮汐”由公司、「これは長い文です。」") == {
        "ツムギ",
        "潮汐",
    }


def test_quoted_names_are_what_a_wide_text_is_about() -> None:
    """A Japanese and a Chinese text share the product; two products contradict each other."""
    told = [
        "ホシグモ、「ツムギ」を提供開始。「ツムギ」は店の道具。",
        "推出新功能“Tsumugi”，Tsumugi面向店鋪。",
    ]
    other = "推出“潮汐”。“潮汐”每分鐘調度預算。"
    articles = [article(f"a{n}", text, text) for n, text in enumerate([*told, other])]
    sketches = make_sketches(articles, spoken(articles, a0="ja", a1="zh-Hant", a2="zh-Hant"))
    rows = Leads(sketches).measure(np.array([[0, 1], [0, 2]], dtype=np.int32))
    shared, against = LEADS.index("lead_names"), LEADS.index("subjects_against")
    assert rows[0, shared] > 0.2 > rows[1, shared]
    assert rows[1, against] > 0.2 > rows[0, against]


def test_a_name_in_han_characters_is_found_in_an_english_text() -> None:
    """A vendor without any mark and a quoted product are those that English spells in pinyin."""
    told = "晴舟科技推出“潮汐”，按分鐘調度預算。"
    said = "The vendor Qingzhou sells Chaoxi to shops. With Chaoxi money moves."
    assert {"qingzhou", "chaoxi"} <= heard_in(told)
    articles = [article("a0", told, told), article("a1", said, said)]
    sketches = make_sketches(articles, spoken(articles, a0="zh-Hant", a1="en"))
    row = Leads(sketches).measure(np.array([[0, 1]], dtype=np.int32))[0]
    assert row[LEADS.index("lead_names")] > 0.4
    assert row[LEADS.index("subjects_against")] == 0


def test_a_product_is_the_same_in_chinese_and_in_japanese_characters() -> None:
    """画卷 and 画巻 are one name, and one that is not quoted is found as it stands."""
    texts = {"a0": "推出“画卷”。", "a1": "「画巻」を発売した。", "a2": "店里用画卷做图。"}
    articles = [article(id, text * 3, text * 3) for id, text in texts.items()]
    sketches = make_sketches(articles, spoken(articles, a0="zh-Hans", a1="ja", a2="zh-Hans"))
    rows = Leads(sketches).measure(np.array([[0, 1], [0, 2]], dtype=np.int32))
    assert (rows[:, LEADS.index("lead_names")] > 0.3).all()


def test_a_name_that_both_quote_is_shared_though_one_lead_lacks_it() -> None:
    """A comparison comes to the product in its third sentence; what one alone quotes is not it."""
    texts = {
        "a0": ("推出“画卷”", "zh-Hans"),
        "a1": ("新ツール", "ja"),
        "a2": ("“数据”平台", "zh-Hans"),
    }
    said = {"a0": "“画卷”上线。", "a1": "一つ。二つ。三つ目は「画巻」だ。", "a2": "“数据”上线。"}
    articles = [article(id, title, said[id]) for id, (title, _) in texts.items()]
    spoken_in = {id: language for id, (_, language) in texts.items()}
    release, comparison, other = make_sketches(articles, spoken(articles, **spoken_in))
    assert shared_quotes(release, comparison) == shared_quotes(comparison, release) == {"huajuan"}
    assert shared_quotes(release, other) == set()


@pytest.mark.parametrize(
    ("bought", "completed", "gone_on"),
    [
        ("2026-05-04", "2026-05-09", True),
        ("2026-05-04", "2026-05-04", False),
        ("2026-05-09", "2026-05-04", False),
        ("2026-05-04", None, False),
    ],
)
def test_a_completion_goes_on_with_a_deal_where_it_comes_later(
    bought: str, completed: str | None, gone_on: bool
) -> None:
    """On the same day, without a date or before the other, its headline may tell the same event."""
    titles = ("Osterley to buy Pinwheel", "Osterley completes takeover of Pinwheel")
    found = compare(*titles, days=(bought, completed))
    assert found["turned"] == 1
    assert found["gone_on"] == gone_on


def test_the_later_of_two_may_name_the_day_of_the_earlier() -> None:
    """A report of Saturday says that sales began on Monday, the day of the release."""
    texts = ("Quellix sells Tarnow today.", "Quellix began to sell Tarnow on 18 May 2026.")
    assert compare(*texts, days=("2026-05-18", "2026-05-23"))["days"] > 0.3
    assert compare(*texts, days=("2026-05-25", "2026-05-30"))["days"] == 0


@pytest.mark.parametrize(
    ("language", "title", "turns"),
    [
        ("en", "Quellix will appeal against the fine", {"appeal"}),
        ("es", "Quellix recurre la multa y reparte culpas", {"appeal"}),
        ("de", "Quellix legt Einspruch ein", {"appeal"}),
        ("pt", "Quellix impugnará a decisão", {"appeal"}),
        ("zh-Hant", "Quellix不服罰款，提出上訴", {"appeal"}),
        ("ja", "米中の2社がそろって新ツール", {"comparison"}),
        ("fr", "Une amende pour Quellix", set()),
        ("xx", "Quellix appeal", set()),
    ],
)
def test_a_headline_may_go_on_with_an_earlier_event(
    language: str, title: str, turns: set[str]
) -> None:
    """An appeal and a comparison say so in a word of their language."""
    assert find_turns(title, language) == turns


@pytest.mark.parametrize(
    ("title", "text", "other", "turned"),
    [
        ("Pelmo previews Tarnow 2", "Tarnow 2 makes films.", "Pelmo launches Tarnow", True),
        ("Pelmo previews Tarnow 2", "Tarnow 2 makes films.", "Tarnow 2 by Pelmo is seen", False),
        ("Pelmo previews Tarnow 2", "It makes films.", "Pelmo launches Tarnow", False),
        ("Pelmo opens Tarnow 2.5", "Tarnow 2.5 is out.", "Pelmo launches Tarnow", False),
        ("Pelmo previews Tarnow 2", "Tarnow 2 makes films.", "Pelmo hires an actor", False),
    ],
)
def test_a_next_version_is_another_event(title: str, text: str, other: str, turned: bool) -> None:
    """A small number behind a name, in title and text, that the other article's name lacks."""
    articles = [article("a", title, text), article("b", other, "Pelmo said so.")]
    row = Leads(make_sketches(articles, spoken(articles))).measure(np.array([[0, 1]], np.int32))
    assert row[0, LEADS.index("turned")] == turned


def test_an_article_may_be_about_something_else_as_well() -> None:
    """A comparison names both products, a release its own: only one of the two lacks something."""
    both = "Quellix sells Tarnow and Welmar sells Borsen. We tried Tarnow, and we tried Borsen."
    found = compare(RELEASE, both)
    assert found["subjects_beside"] > found["subjects_against"] == 0
    assert compare(RELEASE, RELEASE)["subjects_beside"] == 0


def test_a_month_before_a_digit_is_read_whole() -> None:
    """A month is a word of its own, before the day or behind it, and its day is no amount."""
    told = "March 5, unMarch 6, x_May 7, le 8 mai, May  9th, 12 pieces, 3月10日"
    assert find_days(told) == {"3-5", "5-8", "5-9", "3-10"}
    assert find_amounts(told, "en") == {"6", "7", "12"}


def test_a_number_in_words_is_a_word_of_its_own() -> None:
    """The word "ten" is none in "often", and one in "ten-year"."""
    assert find_amounts("It often lasts; a ten-year plan", "en") == {"10"}


@pytest.mark.parametrize(
    ("one", "other", "unlike"),
    [
        ("Sevilla", "Seville", False),
        ("Warschau", "Warsaw", False),
        ("Lestrade", "Lestrange", False),
        ("Shopvera", "Faktura", True),
        ("Borsen", "Tarnow", True),
    ],
)
def test_a_name_that_is_spelled_otherwise_is_no_other_one(
    one: str, other: str, unlike: bool
) -> None:
    """Languages have spellings of their own, and machines slip: only another name contradicts."""
    told = [f"Fair comes to {name}. The fair in {name} shows much of all." for name in (one, other)]
    found = compare(*told)
    assert found["subjects_against"] > 0
    assert (found["subjects_unlike"] > 0) == unlike


def test_a_title_of_another_language_swaps_nothing() -> None:
    """One title in two ways of writing Chinese has hardly a pair of characters in common."""
    simplified = ("哈伦出任茶花首席营销官", "哈伦出任茶花首席营销官。他来自星光,在台北工作。")
    traditional = ("哈倫出任茶花行銷長", "哈倫出任茶花行銷長。他來自星光,在台北工作。")
    articles = [article(f"a{n}", *said) for n, said in enumerate((simplified, traditional))]
    languages = spoken(articles, a0="zh-Hans", a1="zh-Hant")
    sketches = make_sketches(articles, languages)
    row = Leads(sketches).measure(np.array([[0, 1]], dtype=np.int32))[0]
    assert row[LEADS.index("title_swapped")] == 0
