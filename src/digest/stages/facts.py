"""Facts that stay the same in every language: days of the year, amounts, quoted names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from digest.stages.data_files import any_of, read_data
from digest.stages.judge import number_words
from digest.stages.mentions import fold, numbers, without_accents
from digest.stages.units import percent_words

A_DIGIT = re.compile(r"\d")  # found at once, and without one there is nothing else to look for
ENGLISH = "|".join(read_data("dates.toml")["day_endings"]["en"])
IN_DAY = re.compile(rf"(\d(?<=\s\d)\d?)(?:{ENGLISH})?\b(?![.,]?\d)")  # behind a month
DAY_FIRST = re.compile(
    rf"(\d(?<![\d.,]\d)\d?)(?:{any_of('dates.toml', 'day_endings')})?"
    rf"\s+(?:{any_of('dates.toml', 'joints')})?([^\W\d_]{{3,10}})\b"
)
SHORTEST, LONGEST = 3, 10  # letters of a month's name
BEFORE_DIGIT = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])(?=\d)")
QUOTED = re.compile(r"[「『“《【‘]([\u3040-\u30ff\u3400-\u9fff]{2,8})[」』”》】’]")
MONTH_SIGN, DAY_SIGN = (read_data("dates.toml")["signs"][key] for key in ("month", "day_in_full"))
WIDE_DAY = re.compile(rf"(\d{{1,2}})\s*{MONTH_SIGN}\s*(\d{{1,2}})\s*{DAY_SIGN}")
NUMERALS = read_data("numerals.toml")["han"]
DIGITS: dict[str, int] = NUMERALS["digits"]
TENS = {sign: 10**noughts for sign, noughts in NUMERALS["tens"].items()}
MYRIADS = {sign: 10**noughts for sign, noughts in NUMERALS["myriads"].items()}
HAN = re.compile(f"[{''.join((*DIGITS, *TENS, *MYRIADS))}]{{2,}}|{NUMERALS['count'][-1]}")
YEARS = range(1900, 2101)


def find_days(text: str) -> set[str]:
    """Return the days of the year that a text names, as `9-18`, whatever the year."""
    return _days_and_rest(text)[0]


def find_amounts(text: str, language: str) -> set[str]:
    """Return the numbers of a text in plain decimal writing, those spelled in words too.

    Without days of a month, which are found apart, and without the year.
    """
    return find_facts(text, language)[1]


def find_facts(text: str, language: str) -> tuple[set[str], set[str]]:
    """Return what `find_days` and `find_amounts` do, of one reading."""
    days, bare = _days_and_rest(text)
    found = {number for number in numbers(bare) if not _is_year(number)}
    return days, found | set(_spelled(bare, language)) - {"0", "1"}


def find_rates(text: str) -> set[str]:
    """Return the numbers of a text that are percentages, in plain decimal writing."""
    if not A_DIGIT.search(text):
        return set()
    return {number for match in _percent().finditer(text) for number in numbers(match[0])}


@cache
def _percent() -> re.Pattern[str]:
    """Return what finds a number with a word or a sign for "percent"."""
    words = "|".join(re.escape(word).replace(r"\ ", r"[\s-]?") for word in percent_words())
    before = "|".join(read_data("numerals.toml")["percent"]["before"])
    # A run of digits is tried once, from its first: a line of them would take minutes.
    number = r"(?<!\d)(?<!\d[.,'’])\d[\d.,'’]*+"
    return re.compile(rf"{number}[\s-]?(?:{words})|(?:{before})\d[\d.,]*", re.I)


def weight_of(amount: str) -> float:
    """Return how much a shared number says, 0–1: a small or a round one little."""
    digits = amount.replace(".", "").strip("0")
    if "." in amount or len(digits) > 2:
        return 1.0
    return 0.6 if len(amount) > 2 else 0.4 if len(digits) == 2 else 0.2


def find_quoted(text: str) -> set[str]:
    """Return the short names that a Chinese or Japanese text puts in quotation marks.

    A name in Latin letters needs none.
    """
    return set(QUOTED.findall(text))


@lru_cache(maxsize=1 << 15)
def month_of(word: str) -> int:
    """Return the number of the month that a word names, 0 where it is none."""
    plain = without_accents(word.casefold())  # Dutch "augustus" is no plural
    return month_numbers().get(plain, 0) or month_numbers().get(fold(word), 0)


@cache
def month_words() -> tuple[str, ...]:
    """Return the months' names as they are written, longest first.

    An accent may be left out: "marz" stands for "März", too.
    """
    accents = {
        "a": "[aàáäã]",
        "e": "[eéèê]",
        "i": "[iíì]",
        "o": "[oóôò]",
        "u": "[uúûü]",
        "c": "[cç]",
    }
    names = sorted(month_numbers(), key=lambda name: (-len(name), name))
    return tuple("".join(accents.get(sign, sign) for sign in name) for name in names)


@cache
def month_numbers() -> dict[str, int]:
    """Return the months by number: names without case and accents (`data/month_names.txt`)."""
    lines = (resources.files("digest") / "data" / "month_names.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {name: int(row[0]) for row in rows for name in row[1:]}


def _days_and_rest(text: str) -> tuple[set[str], str]:
    """Return the days of the year that a text names, and the text without days of a month."""
    if not A_DIGIT.search(text):
        return set(), text
    found: set[tuple[int, int]] = set()

    def note(match: re.Match[str]) -> str:
        month = month_of(match[2])
        found.add((month, int(match[1])))
        return " " if month else match[0]

    bare = DAY_FIRST.sub(note, text)
    spans = list(_month_first(text))
    found |= {(month, day) for _, _, month, day in spans}
    for start, end, _, _ in reversed(spans if bare == text else list(_month_first(bare))):
        bare = f"{bare[:start]} {bare[end:]}"
    if MONTH_SIGN in text:
        found |= {(int(month), int(day)) for month, day in WIDE_DAY.findall(text)}
        bare = WIDE_DAY.sub(" ", bare)
    if not bare.isascii():
        bare = BEFORE_DIGIT.sub(" ", bare)
    days = {f"{month}-{day}" for month, day in found if 1 <= month <= 12 and 1 <= day <= 31}
    return days, bare


def _month_first(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield start, end, month and day of each `March 5`: digits are fewer than words."""
    for match in IN_DAY.finditer(text):
        end = match.start()
        while text[end - 1].isspace() and end > 1:
            end -= 1
        start = end
        while start and end - start <= LONGEST and _is_letter(text[start - 1]):
            start -= 1
        whole = not start or not (text[start - 1].isalnum() or text[start - 1] == "_")
        fits = SHORTEST <= end - start <= LONGEST
        if whole and fits and (month := month_of(text[start:end])):
            yield start, match.end(), month, int(match[1])


def _is_letter(sign: str) -> bool:
    return sign.isalnum() and not sign.isdecimal()


def _is_year(number: str) -> bool:
    # Python refuses to read numbers of thousands of digits, such as a key in a text.
    return len(number) == 4 and number.isdigit() and int(number) in YEARS


def _spelled(text: str, language: str) -> Iterator[str]:
    """Yield the numbers that are spelled: 2 to 12 in words, any in Han characters."""
    base = language.split("-")[0]
    if base in ("zh", "ja"):
        yield from (str(value) for run in HAN.findall(text) if (value := han_value(run)) > 1)
        return
    lowered = text.casefold()
    for word, number in _number_words(base).items():
        place = lowered.find(word)
        while place >= 0:
            if _stands_alone(lowered, place, place + len(word)):
                yield number
                break
            place = lowered.find(word, place + 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether no letter stands before or behind a part of a text."""
    if start and _is_letter(text[start - 1]):
        return False
    return end == len(text) or not _is_letter(text[end])


@cache
def _number_words(base: str) -> dict[str, str]:
    """Return what the words for 2 to 12 of a language stand for."""
    return {
        word: str(value)
        for value in range(2, 13)
        for word in number_words().get((base, value), frozenset())
        if all(map(_is_letter, word))
    }


def han_value(run: str) -> int:
    """Return the value of Han numerals, 0 where they are none ("一一" is no number)."""
    total = part = digit = 0
    for sign in run:
        if sign in DIGITS:
            if digit:
                return 0
            digit = DIGITS[sign]
        elif sign in TENS:
            part, digit = part + (digit or 1) * TENS[sign], 0
        else:
            total, part, digit = total + (part + digit) * MYRIADS[sign], 0, 0
    return total + part + digit
