"""Numbers, percentages, sums of money and dates of a sentence, in a form equal in all languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from digest.stages.data_files import any_of, read_data, rows_of
from digest.stages.facts import HAN, MONTH_SIGN, find_amounts, find_days, han_value, month_of
from digest.stages.measures import KNOWN, measure_of, rates_of
from digest.stages.mentions import fold
from digest.stages.spelled import SPELLING, find_spelled, number_words
from digest.stages.units import find_units

REMEMBERED = 2_000  # sentences and clauses
DIGITS = re.compile(
    r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:]\d+)*", re.ASCII
)
GROUPED = re.compile(r"\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3})(?:\1\d{3})*(?:([.,])\d+)?")
#: Scale words, by how many noughts: shortened ones, Chinese and Japanese ones, Korean ones.
SHORT: dict[str, int] = read_data("numerals.toml")["short_scales"]["every"]
HAN_SCALES = {
    sign: noughts
    for kind in ("tens", "myriads", "large")
    for sign, noughts in read_data("numerals.toml")["han"][kind].items()
}
HANGUL_SCALES: dict[str, int] = read_data("numerals.toml")["hangul"]["scales"]
WIDE = HAN_SCALES | HANGUL_SCALES
HAN_NUMERALS = read_data("numerals.toml")["han"]
#: Han numerals below a hundred before a unit or what they count, behind no other numeral.
SMALL = "".join([*HAN_NUMERALS["digits"], *HAN_NUMERALS["tens"]][:-2])
COUNTED = re.compile(
    rf"(?<![{SMALL}\d{''.join(HAN_SCALES)}])[{SMALL}]{{1,3}}"
    rf"(?=\s?(?:{'|'.join(HAN_NUMERALS['counted'])}))"
)
DATED = re.compile("|".join(HAN_NUMERALS["dated"]))
ONE = HAN_NUMERALS["count"][1]
WIDE_SCALE = re.compile(rf"\s?([{''.join(HAN_SCALES)}]+|{'|'.join(HANGUL_SCALES)})")
SHORT_SCALE = re.compile(rf"\s?({'|'.join(SHORT)})\b\.?", re.I)
WITH_DIGITS = re.compile(rf"\d[\d.,]*\s?[{''.join(HAN_SCALES)}]*")
WORD = re.compile(r"[^\W\d_]+")
NEXT_WORD = re.compile(r"[\s\u00a0-]([^\W\d_]+)")
PERCENT: dict[str, list[str]] = read_data("numerals.toml")["percent"]
PER_CENT = re.compile(
    rf"\b(?:{'|'.join(PERCENT['first'])})[ \u00a0-](?:{'|'.join(PERCENT['second'])})\b", re.I
)
UNIT_BEFORE = re.compile(
    rf"(?:\b[A-Z]{{2,3}}\$?|[A-Z]{{0,2}}\$|[€£¥₩₹]|{'|'.join(PERCENT['before'])})\s?$"
)
UNIT_AFTER = re.compile(r"[\s\u00a0\u202f-]?(?:[^\W\d_]+|[%％‰€$£¥₩₹])(?:\s[^\W\d_]+)?")
DATE = re.compile(r"(?<!\d)(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)")
WIDE_MONTH = re.compile(rf"(\d{{1,2}})\s*{MONTH_SIGN}")
#: Months that are other words too where they have no capital.
ALSO_WORDS = frozenset(rows_of("dates.toml", "months_and_words"))
#: Weekdays in Chinese and Japanese, one sign each.
SIGNS: dict[str, Any] = read_data("dates.toml")["weekday_signs"]
IN_CHINESE = re.compile(
    rf"(?:{'|'.join(SIGNS['zh_prefixes'])})([{SIGNS['zh']}{SIGNS['zh_sunday']}])"
)
IN_JAPANESE = re.compile(rf"([{SIGNS['ja']}]){SIGNS['ja_suffix']}")
CAPITALISED = ("en", "de")  # languages that write months and weekdays with a capital
MINUS = re.compile(rf"(?:(?:^|[\s(])[-−]|\b(?:{any_of('numerals.toml', 'minus')}) )$")
PERCENT_UNIT, DATE_UNIT = "percent", "date"
#: What stands between a day and its month, and a month before a day.
DAY_OF = re.compile(
    rf"(?:{any_of('dates.toml', 'number_endings')})?\.?,?\s+"
    rf"(?:{any_of('dates.toml', 'day_of_month')})?([^\W\d_]+)",
    re.I,
)
LAST_WORD = re.compile(r"([^\W\d_]+)\.?\s$")
DATE_SIGN = re.compile(read_data("dates.toml")["signs"]["date"])
AFTER_DIGITS = re.compile(r"\d[\s-]?$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit: "percent", a currency, "days", "date", or "" where it has none."""

    value: str
    unit: str
    said: str  #: as it was written
    rates: frozenset[str] = frozenset()  #: per what: {"month", "user"}


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text counts and dates."""

    amounts: tuple[Figure, ...]
    units: frozenset[str]  #: "percent" and currencies, of any of them
    days: frozenset[str]  #: "9-18": of the year, whatever the year
    months: frozenset[int]
    weekdays: frozenset[int]  #: 0 is Monday
    names: frozenset[str]  #: "half", "double", "third", "dozen" and what else is counted by a name
    #: Whether what numbers count can be told, in the languages of all texts.
    known: bool = True


@lru_cache(maxsize=REMEMBERED)
def find_figures(text: str, language: str, *, strict: bool) -> Figures:
    """Return the figures of a sentence.

    Args:
        text: the sentence.
        language: its BCP-47 tag.
        strict: whether it is to be proved: then "both", "first" and the like are no numbers, and a
            date in digits names no month. What is to prove counts them.
    """
    text = PER_CENT.sub("%", _ascii_digits(unicodedata.normalize("NFKC", text)))
    base = language.split("-")[0]
    if base in ("zh", "ja"):
        text = COUNTED.sub(_in_digits, text)
    found = [*_written(text, base), *_spelled(text, base)]
    if base in ("zh", "ja"):
        found += _in_han(text, language)
    elif not strict:
        have = {figure.value for figure in found}
        found += [
            Figure(value, "", value) for value in find_amounts(text, language) if value not in have
        ]
    return Figures(
        amounts=tuple(found),
        units=frozenset(find_units(text)) if found else frozenset(),
        days=frozenset(find_days(text)),
        months=frozenset(_months(text, base, strict=strict)),
        weekdays=frozenset(_weekdays_of(text)),
        names=frozenset(_named(text, base)),
        known=base in KNOWN,
    )


def _ascii_digits(text: str) -> str:
    """Return a text with the digits of all scripts as 0 to 9: "٢٠" is 20."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _in_digits(match: re.Match[str]) -> str:
    """Return a Han numeral before what it counts in digits: "三月三日", "五欧元", "四一ユーロ"."""
    said = match[0]
    if said == ONE and not DATED.match(match.string, match.end()):
        return said  # an article, nearly
    if all(sign in HAN_NUMERALS["digits"] for sign in said):
        return "".join(str(HAN_NUMERALS["digits"][sign]) for sign in said)
    return str(han_value(said) or said)


def merged(every: Iterable[Figures]) -> Figures:
    """Return the figures of several texts as one."""
    found = list(every)
    return Figures(
        tuple(figure for each in found for figure in each.amounts),
        frozenset[str]().union(*(each.units for each in found)),
        frozenset[str]().union(*(each.days for each in found)),
        frozenset[int]().union(*(each.months for each in found)),
        frozenset[int]().union(*(each.weekdays for each in found)),
        frozenset[str]().union(*(each.names for each in found)),
        all(each.known for each in found),
    )


def is_weekday(word: str) -> bool:
    """Return whether a word names a day of the week."""
    return fold(word) in _weekdays()


def _written(text: str, base: str) -> Iterator[Figure]:
    for match in DIGITS.finditer(text):
        value, end = _value(match[0]), match.end()
        scale, end = _scale(text, end, base)
        unit = _unit(text, match.start(), end, base)
        rates = rates_of(text, match.start(), end, base)
        figure = Figure(_scaled(value, scale), unit, text[match.start() : end], rates)
        yield figure
        if MINUS.search(text, 0, match.start()):
            yield replace(figure, value=f"-{figure.value}", said=f"−{figure.said}")


def _in_han(text: str, language: str) -> Iterator[Figure]:
    bare = WITH_DIGITS.sub(lambda match: " " * len(match[0]), text)
    for match in HAN.finditer(bare):
        base = language.split("-")[0]
        unit = _unit(text, match.start(), match.end(), base)
        rates = rates_of(text, match.start(), match.end(), base)
        for value in find_amounts(match[0], language):
            yield Figure(value, unit, match[0], rates)


def _scale(text: str, end: int, base: str) -> tuple[int, int]:
    """Return by how many noughts the number before `end` is multiplied, and where that ends."""
    if wide := WIDE_SCALE.match(text, end):
        return sum(WIDE[sign] for sign in wide[1]), wide.end()
    # "5m", "5 bn"; a lone letter after a space is another word ("5 m").
    short = SHORT_SCALE.match(text, end)
    if short and (len(short[1]) > 1 or text[end] == short[0][0]):
        return SHORT[short[1].casefold()], short.end()
    noughts = 0
    while word := NEXT_WORD.match(text, end):
        value = number_words(base).get(word[1].casefold(), "")
        if not value.isdigit() or int(value) < 1000:
            break
        noughts, end = noughts + len(value) - 1, word.end()  # "2 mil millones"
    return noughts, end


def _value(digits: str) -> str:
    match = GROUPED.fullmatch(digits)
    if match and match[1] != match[2]:
        whole, _, part = digits.rpartition(match[2]) if match[2] else (digits, "", "")
        whole = re.sub(r"\D", "", whole)
        return f"{whole}.{part}" if part else whole
    return digits.replace(",", ".")


def _scaled(value: str, noughts: int) -> str:
    try:
        return plain_number(str(Decimal(value).scaleb(noughts)))
    except InvalidOperation:
        return value  # a version, a date, a time


def plain_number(value: str) -> str:
    """Return a number without idle noughts; what is none as it is."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).lstrip("0") or "0"


def _unit(text: str, start: int, end: int, base: str) -> str:
    if counted := measure_of(text, end, base):
        return counted
    if _is_date(text, start, end, base):
        return DATE_UNIT
    before = UNIT_BEFORE.search(text, max(0, start - 6), start)
    after = UNIT_AFTER.match(text, end)
    near = (after[0] if after else "", text[end : end + 6].split(" ")[0])
    for part in (*near, before[0] if before else ""):
        if units := find_units(part):
            return min(units)
    return ""


def _is_date(text: str, start: int, end: int, base: str) -> bool:
    """Return whether a number is a day beside its month, or a month or day by its sign."""
    if base in ("zh", "ja"):
        return DATE_SIGN.match(text, end) is not None
    if end - start > 2:
        return False
    near = (DAY_OF.match(text, end), LAST_WORD.search(text, max(0, start - 24), start))
    return any(word and is_month(word[1], base) for word in near)


def is_month(word: str, base: str) -> bool:
    """Return whether a word names a month and is no other word, as "march" and "may" are."""
    capital = word[0].isupper() or base not in CAPITALISED
    return bool(month_of(word)) and (capital or fold(word) not in ALSO_WORDS)


def _spelled(text: str, base: str) -> Iterator[Figure]:
    for each in find_spelled(text, base):
        if each.is_scale and AFTER_DIGITS.search(text, 0, each.start):
            continue  # "5 million": told with its digits
        unit = _unit(text, each.start, each.end, base)
        rates = rates_of(text, each.start, each.end, base)
        yield Figure(str(each.value), unit, text[each.start : each.end], rates)


def _months(text: str, base: str, *, strict: bool) -> Iterator[int]:
    for word in WORD.findall(text):
        if is_month(word, base):
            yield month_of(word)
    yield from (int(number) for number in WIDE_MONTH.findall(text))
    if not strict:
        for first, _, second, third in DATE.findall(text):
            yield from (int(part) for part in (first, second, third) if 1 <= int(part) <= 12)


def _weekdays_of(text: str) -> Iterator[int]:
    table = _weekdays()
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", text):
        if (day := table.get(fold(word))) is not None:
            yield day
    for sign in IN_CHINESE.findall(text):
        yield SIGNS["zh"].index(sign.replace(SIGNS["zh_sunday"], SIGNS["zh"][-1]))
    yield from (SIGNS["ja"].index(sign) for sign in IN_JAPANESE.findall(text))


@cache
def _weekdays() -> dict[str, int]:
    from babel import Locale

    return {
        fold(name): day
        for base in SPELLING
        for day, name in Locale(base).days["format"]["wide"].items()
    }


def _named(text: str, base: str) -> Iterator[str]:
    known = number_words(base)
    if base in ("ja", "zh"):
        yield from (value for word, value in known.items() if word in text)
        return
    for word in WORD.findall(text.casefold()):
        if (value := known.get(word, "0")) and not value.isdigit():
            yield value
