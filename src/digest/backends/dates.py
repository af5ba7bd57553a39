"""Reads the dates that feeds, mails and pages write, in any of their forms and languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

# W3C-DTF and ISO 8601, also with a space for the T, one-digit parts and a comma before fractions.
ISO = re.compile(
    r"^(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?"
    r"(?:[T\s]\s*(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$",
    re.I,
)
# Zones by name, where the e-mail standard knows too few (RFC 822 and what feeds are seen to use).
ZONES = {
    "CET": "+0100",
    "CEST": "+0200",
    "MEZ": "+0100",
    "MESZ": "+0200",
    "BST": "+0100",
    "WEST": "+0100",
    "EET": "+0200",
    "EEST": "+0300",
    "MSK": "+0300",
    "IST": "+0530",
    "JST": "+0900",
    "KST": "+0900",
    "AEST": "+1000",
    "AEDT": "+1100",
    "Z": "+0000",
    "UTC": "+0000",
}
# How a date stands in a line of text: 1 October 2026, 1. Oktober 2026, October 1, 2026, 2026-10-01,
# 1 de octubre de 2026, 2026年10月1日, 2026년 10월 1일.
IN_TEXT = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
    r"|\b\d{1,2}(?:\.|er|º|st|nd|rd|th)?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}\b"
    r"|\b[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b"
)
# 05.10.2026: who writes dots writes the day first. 1790000000: seconds since 1970, or thousandths.
DOTTED = re.compile(
    r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[\s,|–-]+(\d{1,2})[:.](\d{2})(?:\sUhr)?)?$"
)
COUNTED = re.compile(r"^(1\d{9})(?:\d{3})?(?:\.\d+)?$")
LONGEST = 100  # characters; no date is longer
GUESSES = 12  # vain looks for a date in words that one document is worth: each takes up to 300 ms
LETTER = r"[^\W\d_]"
LETTERS = re.compile(  # of a language
    rf"(?<!{LETTER})(?!(?:T|Z|UTC|GMT|AM|PM)(?!{LETTER})){LETTER}", re.I
)
_left: ContextVar[list[int] | None] = ContextVar("_left", default=None)


@contextmanager
def few_guesses(most: int = GUESSES) -> Iterator[None]:
    """Let no more than so many dates in words be looked for in vain in the block.

    Whoever writes a thousand dates that are none would keep us busy for minutes.
    """
    token = _left.set([most])
    try:
        yield
    finally:
        _left.reset(token)


def parse_date(value: object) -> str | None:
    """Return a date as ISO 8601 with offset, or as a bare date where it has no time.

    A time without a zone is taken as UTC. None where there is nothing or it cannot be read.
    """
    text = " ".join(str(value or "").split())
    if not text or len(text) > LONGEST:
        return None
    for read in (_iso, _mail, _numbers, _words):
        try:
            found = read(text)
        except (ValueError, OverflowError, TypeError, LookupError):
            continue
        if found:
            return found
    return None


def find_date(text: str) -> str | None:
    """Return the first whole date that stands in a line of text, or None."""
    dates = (parse_date(match[0]) for match in IN_TEXT.finditer(text[:1000]))
    return next((date for date in dates if date), None)


def _iso(text: str) -> str | None:
    match = ISO.match(text)
    if not match or not match["d"]:
        return None  # a bare month names no day: saying the first would be inventing
    day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    if not match["H"]:
        return day.isoformat()
    clock = f"{int(match['H']):02}:{match['M']}:{match['S'] or '00'}"
    zone = (match["zone"] or "+00:00").upper()
    offset = "+00:00" if zone in ("Z", "UTC", "GMT") else zone
    offset = f"{offset}:00" if len(offset) == 3 else offset
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}{offset}").isoformat()


def _mail(text: str) -> str | None:
    if not re.search(r"\d:\d\d", text) or not re.search(r"[A-Za-z]{3}", text):
        return None
    words = text.split()
    last = ZONES.get(words[-1].strip("()").upper())
    if last:
        words[-1] = last
    moment = parsedate_to_datetime(re.sub(r"(GMT|UTC)([+-]\d{4})$", r"\2", " ".join(words)))
    if moment.year < 1970:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _numbers(text: str) -> str | None:
    """Return a date that is numbers alone: with dots, the day first; or as computers count it."""
    if found := DOTTED.match(text):
        day, month, year, hour, minute = found.groups()
        bare = date(int(year), int(month), int(day)).isoformat()
        return f"{bare}T{int(hour):02}:{minute}:00+00:00" if hour else bare
    if found := COUNTED.match(text):
        moment = datetime.fromtimestamp(int(found[1]), UTC)
        return moment.replace(microsecond=0).isoformat()
    return None


def _words(text: str) -> str | None:
    """Return a date written in words, in any language that dateparser knows."""
    if not re.search(r"\d{4}", text) or not re.search(r"\d.*\D+.*\d", text):
        return None
    left = _left.get()
    if left is not None and left[0] <= 0:
        return None
    import dateparser  # type: ignore[import-untyped,unused-ignore]

    if left is not None:
        left[0] -= 1  # given back where a date is found
    # Numbers alone are of no language: to try four hundred of them would find nothing more.
    moment: datetime | None = dateparser.parse(
        text,
        languages=None if LETTERS.search(text) else ["en"],
        settings={"STRICT_PARSING": True, "PARSERS": ["absolute-time"]},
    )
    if moment is None or moment.year < 1970:
        return None
    if left is not None:
        left[0] += 1
    if not re.search(r"\d\s*[:h時时点]\s*\d", text):
        return moment.date().isoformat()
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
