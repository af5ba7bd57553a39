"""The times that a sentence names, in each language that has data for them."""

from __future__ import annotations

from datetime import date

import pytest

from digest.stages.calendars import short_months
from digest.stages.times import find_times

BASE = date(2026, 11, 10)  # a Tuesday

AHEAD = [
    ("en", "It ships by the end of March 2027.", "2027-03-31"),
    ("en", "It will launch in Q1.", "2027-03-31"),
    ("en", "It will launch in the first quarter of 2027.", "2027-03-31"),
    ("en", "It will launch before the end of the year.", "2026-12-31"),
    ("en", "It opens on 30 November.", "2026-11-30"),
    ("en", "It opens on December 3rd, 2026.", "2026-12-03"),
    ("en", "It opens next spring.", "2027-05-31"),
    ("en", "It opens within ten days.", "2026-11-20"),
    ("en", "It opens in the second half of 2027.", "2027-12-31"),
    ("de", "Es kommt bis Jahresende.", "2026-12-31"),
    ("de", "Es kommt im ersten Quartal 2027.", "2027-03-31"),
    ("de", "Es kommt Ende Juni 2027.", "2027-06-30"),
    ("de", "Es kommt am 3. Dezember.", "2026-12-03"),
    ("fr", "Il sort d'ici la fin de l'année.", "2026-12-31"),
    ("fr", "Il sort au premier trimestre 2027.", "2027-03-31"),
    ("es", "Llega antes de fin de año.", "2026-12-31"),
    ("es", "Llega el primer trimestre de 2027.", "2027-03-31"),
    ("it", "Arriva entro la primavera del 2027.", "2027-05-31"),
    ("it", "Arriva alla fine del 2027.", "2027-12-31"),
    ("pt", "Chega até o fim do ano.", "2026-12-31"),
    ("nl", "Het komt in het eerste kwartaal van 2027.", "2027-03-31"),
    ("ja", "年内に提供する。", "2026-12-31"),
    ("ja", "2027年春までに提供する。", "2027-05-31"),
    ("ja", "来年3月末までに公表する。", "2027-03-31"),
    ("ja", "2027年第1四半期に提供する。", "2027-03-31"),
    ("zh-Hans", "年底前上线。", "2026-12-31"),
    ("zh-Hans", "2027年上半年上线。", "2027-06-30"),
    ("zh-Hans", "明年第一季度上线。", "2027-03-31"),
    ("zh-Hant", "明年三月底前公布。", "2027-03-31"),
    ("zh-Hant", "2026年底前加入。", "2026-12-31"),
    ("en", "It opens in early 2027.", "2027-03-31"),
    ("en", "It opens by mid-2027.", "2027-06-30"),
    ("de", "Es kommt Mitte 2027.", "2027-06-30"),
    ("fr", "Il sort début 2027.", "2027-03-31"),
    ("es", "Llega a mediados de 2027.", "2027-06-30"),
    ("nl", "Het komt begin volgend jaar.", "2027-03-31"),
    ("ja", "2027年初めに提供する。", "2027-03-31"),
    ("ja", "2027 年 3 月 31 日に終了する。", "2027-03-31"),
    ("zh-Hans", "明年初上线。", "2027-03-31"),
    ("zh-Hans", "2027 年 6 月 17 日更新。", "2027-06-17"),
    ("en", "It opens in fiscal 2027.", "2027-12-31"),
    ("en", "It opens in FY27.", "2027-12-31"),
    ("en", "It opens in the second half of fiscal 2028.", "2028-12-31"),
    ("en", "It opens in 1H 2028.", "2028-06-30"),
    ("en", "It opens in Q2 of 2028.", "2028-06-30"),
    ("en", "It opens in the first half of next year.", "2027-06-30"),
    ("en", "It opens around mid-year 2028.", "2028-06-30"),
    ("de", "Es kommt im Frühsommer 2028.", "2028-08-31"),
    ("de", "Es kommt im H1 2028.", "2028-06-30"),
    ("de", "Es kommt in der ersten Hälfte des nächsten Jahres.", "2027-06-30"),
    ("fr", "Il sort au second semestre de l'année prochaine.", "2027-12-31"),
    ("es", "Llega en el segundo trimestre del próximo año.", "2027-06-30"),
    ("it", "Arriva a fine estate 2028.", "2028-08-31"),
    ("it", "Arriva nel primo semestre del prossimo anno.", "2027-06-30"),
    ("pt", "Chega no primeiro semestre do próximo ano.", "2027-06-30"),
    ("pt", "Chega no próximo verão.", "2027-08-31"),
    ("nl", "Het komt in de tweede helft van volgend jaar.", "2027-12-31"),
    ("ja", "2028年度中に提供する。", "2029-03-31"),
    ("ja", "2028年度上期に提供する。", "2028-09-30"),
    ("ja", "2028年度第1四半期に提供する。", "2028-06-30"),
    ("ja", "今年度中に提供する。", "2027-03-31"),
    ("zh-Hans", "2028财年下半年上线。", "2028-12-31"),
    ("zh-Hant", "2028財年第二季上線。", "2028-06-30"),
]
#: Parts of a year to come, as a plan names them.
PARTS = [
    ("en", "next autumn", "2027-11-30"),
    ("de", "Anfang des nächsten Jahres", "2027-03-31"),
    ("de", "zu Beginn des Jahres 2027", "2027-03-31"),
    ("de", "zum Jahresbeginn 2027", "2027-03-31"),
    ("de", "bis Mitte des nächsten Jahres", "2027-06-30"),
    ("fr", "au début de 2027", "2027-03-31"),
    ("fr", "début de l’année prochaine", "2027-03-31"),
    ("fr", "au début de l'année prochaine", "2027-03-31"),
    ("fr", "d'ici la fin de l'année prochaine", "2027-12-31"),
    ("fr", "en fin d'année prochaine", "2027-12-31"),
    ("fr", "en début d'année prochaine", "2027-03-31"),
    ("es", "a principios del próximo año", "2027-03-31"),
    ("es", "a principios del año que viene", "2027-03-31"),
    ("es", "en la segunda mitad del próximo año", "2027-12-31"),
    ("es", "a mediados del próximo año", "2027-06-30"),
    ("es", "a inicios de 2027", "2027-03-31"),
    ("es", "a finales del año que viene", "2027-12-31"),
    ("it", "nel secondo semestre dell'anno prossimo", "2027-12-31"),
    ("it", "nella seconda metà del prossimo anno", "2027-12-31"),
    ("it", "nella seconda metà dell’anno prossimo", "2027-12-31"),
    ("it", "all’inizio del prossimo anno", "2027-03-31"),
    ("it", "all'inizio dell'anno prossimo", "2027-03-31"),
    ("it", "a metà del prossimo anno", "2027-06-30"),
    ("it", "nei primi mesi del 2027", "2027-03-31"),
    ("it", "nella seconda metà dell'anno", "2026-12-31"),
    ("pt", "no começo de 2027", "2027-03-31"),
    ("pt", "no início do próximo ano", "2027-03-31"),
    ("pt", "no começo do ano que vem", "2027-03-31"),
    ("pt", "em meados do próximo ano", "2027-06-30"),
    ("pt", "no início do ano que vem", "2027-03-31"),
    ("pt", "na segunda metade do ano", "2026-12-31"),
    ("nl", "in het begin van 2027", "2027-03-31"),
    ("nl", "aan het begin van volgend jaar", "2027-03-31"),
    ("nl", "halverwege 2027", "2027-06-30"),
    ("nl", "halverwege volgend jaar", "2027-06-30"),
    ("ja", "2027年の春", "2027-05-31"),
    ("ja", "来年の初め", "2027-03-31"),
    ("ja", "来年初頭", "2027-03-31"),
    ("ja", "2027年の初め", "2027-03-31"),
    ("ja", "来年の半ば", "2027-06-30"),
    ("ja", "年明け", "2027-03-31"),
    ("ja", "来年早々", "2027-03-31"),
    ("zh-Hans", "下半年", "2026-12-31"),
    ("zh-Hans", "来年春天", "2027-05-31"),
    ("zh-Hans", "明年年底", "2027-12-31"),
    ("zh-Hans", "次年下半年", "2027-12-31"),
    ("zh-Hant", "下半年", "2026-12-31"),
    ("zh-Hant", "明年年底", "2027-12-31"),
    ("zh-Hant", "明年首季", "2027-03-31"),
]
BEHIND = [
    ("en", "They said so on Monday.", "2026-11-09"),
    ("en", "They said so yesterday.", "2026-11-09"),
    ("de", "Seit Donnerstag ist es da.", "2026-11-05"),
    ("ja", "9日に発表した。", "2026-11-09"),
    ("zh-Hans", "公司周四宣布。", "2026-11-05"),
    ("es", "El 3 de noviembre lo anunció.", "2026-11-03"),
]
NONE = [
    ("en", "You may march on."),
    ("en", "It costs 1,100 euros for 24 channels."),
    ("de", "Es kostet 24 Euro."),
    ("sw", "Machi 2027"),
]


@pytest.mark.parametrize(("language", "text", "last"), AHEAD)
def test_a_time_to_come_has_a_last_day(language: str, text: str, last: str) -> None:
    """What is promised for a time is due on its last day; without a year it lies ahead."""
    found = find_times(text, language, BASE)
    assert [time.last.isoformat() for time in found] == [last]


@pytest.mark.parametrize(("language", "text", "last"), PARTS)
def test_a_part_of_a_year_ends_with_it(language: str, text: str, last: str) -> None:
    """The beginning of next year is no whole year, and its second half not this year's."""
    found = find_times(text, language, BASE)
    assert [time.last.isoformat() for time in found] == [last]


@pytest.mark.parametrize(("language", "text", "day"), BEHIND)
def test_a_day_of_news_lies_behind(language: str, text: str, day: str) -> None:
    """A weekday or a day without a year is the last such day."""
    found = find_times(text, language, BASE, toward="past")
    assert [time.first.isoformat() for time in found] == [day]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_what_names_no_time_gives_none(language: str, text: str) -> None:
    """Verbs, prices, impossible days and languages without data give no time."""
    assert find_times(text, language, BASE) == []


def test_the_longest_words_win() -> None:
    """A month with its year and its end is one time, not three."""
    text = "By the end of March 2027 it opens."
    (time,) = find_times(text, "en", BASE)
    assert text[time.start : time.end] == "the end of March 2027"


def test_short_months_always_stand_in_one_order() -> None:
    """They make a pattern, in which the first that fits is taken."""
    assert list(short_months()) == sorted(short_months(), key=lambda one: (-len(one), one))
