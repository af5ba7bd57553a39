"""Reads what a server and its feed say about how often they want to be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 86_400.0  #: seconds for which a wish is honoured: a day
READ = 2_000_000  #: bytes of a feed in which its wishes are looked for
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PERIODS = {"hourly": 3600.0, "daily": LONGEST, "weekly": 7 * LONGEST, "monthly": 30 * LONGEST}
WISHING = (b"<ttl", b"<skiphours", b"<skipdays", b":updateperiod>", b":updatefrequency>")
MOST, LONG = 50, 2_000  #: of each of these that are looked at, and bytes that are read of one
# An entry may speak of feeds, or carry elements of these names: what is in it counts for nothing.
OPENED = ((b"<item", b"</item"), (b"<entry", b"</entry"), (b"<!--", b"-->"))
AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})")
NEXT = re.compile(rb"<(?:item|entry|!--)")
QUOTED = re.compile(r"<!\[CDATA\[\s*([^<>\]]*?)\s*\]\]>", re.I)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a server and a feed say about how often they want to be asked."""

    seconds: float = 0.0  #: for which the answer is good: `max-age`, `ttl`, `updatePeriod`
    skip_hours: tuple[int, ...] = ()  #: of the day, UTC, in which the feed wants to be left alone
    skip_days: tuple[str, ...] = ()


NO_WISHES = Wishes()


def wishes_of(headers: Mapping[str, str], body: bytes) -> Wishes:
    """Return the wishes that an answer states, none of them longer than a day.

    Those of a feed stand anywhere in its channel, before its entries or after them.
    """
    cache = headers.get("cache-control", "").lower()
    age = AGE.search(cache) if "no-cache" not in cache and "no-store" not in cache else None
    seconds = [float(age[1])] if age else []
    channel = _channel(body)
    if not channel:
        return Wishes(seconds=min(LONGEST, seconds[0])) if seconds else NO_WISHES
    if ttl := re.search(r"<ttl>\s*(\d{1,7})\s*</ttl\s*>", channel):
        seconds.append(float(ttl[1]) * 60)
    if period := re.search(r":updateperiod>\s*(\w+)\s*<", channel):
        times = re.search(r":updatefrequency>\s*(\d{1,4})\s*<", channel)
        seconds.append(PERIODS.get(period[1], 0.0) / max(1, int(times[1]) if times else 1))
    hours = re.search(r"<skiphours>(.*?)</skiphours\s*>", channel, re.S)
    days = re.search(r"<skipdays>(.*?)</skipdays\s*>", channel, re.S)
    found = re.findall(r"<hour>\s*(\d{1,2})", hours[1]) if hours else []
    named = {int(hour) % 24 for hour in found}
    left = set(re.findall(r"<day>\s*(\w+)", days[1])) if days else set()
    return Wishes(
        seconds=min(LONGEST, max(seconds, default=0.0)),
        skip_hours=tuple(sorted(named)) if len(named) < 24 else (),
        skip_days=tuple(day for day in DAYS if day in left) if not left.issuperset(DAYS) else (),
    )


def _channel(body: bytes) -> str:
    """Return what a feed wishes in its channel, in lower case: the first of each such element."""
    body = _narrow(body[:READ]).lower()
    found = [place for name in WISHING if (place := _first(body, name)) >= 0]
    parts = [NEXT.split(body[place : place + LONG])[0].decode("latin-1") for place in found]
    return QUOTED.sub(r"\1", "\n".join(parts))


def _first(body: bytes, name: bytes) -> int:
    """Return where an element of the channel begins, -1 where there is none."""
    place = body.find(name)
    for _ in range(MOST):
        if place < 0 or not _is_inside(body, place):
            return place
        place = body.find(name, place + 1)
    return -1


def _is_inside(body: bytes, place: int) -> bool:
    """Return whether a place lies in an entry or a comment."""
    return any(
        (opened := body.rfind(start, 0, place)) >= 0
        and body.rfind(end, 0, place) < opened
        and not _is_empty(body, opened)
        for start, end in OPENED
    )


def _is_empty(body: bytes, opened: int) -> bool:
    """Return whether the element that opens here is one without content."""
    end = body.find(b">", opened)
    return body[opened : opened + 4] != b"<!--" and end > 0 and body[end - 1 : end] == b"/"


def _narrow(body: bytes) -> bytes:
    """Return a feed in a wide encoding by its low bytes: tags and numbers stay what they are."""
    return body.replace(b"\0", b"") if b"\0" in body[:8] else body
