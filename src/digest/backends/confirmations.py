"""Tells mails that ask to confirm a subscription: by subject, links and where these lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, unquote, urlsplit

from digest.backends.blocks import Line, Link
from digest.data_files import read_data
from digest.text import count_words

SHORT = 150  #: words of a mail that asks for nothing else
LONG = 600  #: words of one that says much about terms and privacy: then two signs are needed
FEW = 8  #: links to different places; an issue has more
SHOWN = 3  #: links that are shown
ENDS = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class _Signs:
    """How such mails look: `data/confirmations.toml`."""

    subjects: re.Pattern[str]
    links: re.Pattern[str]
    sure: re.Pattern[str]
    likely: re.Pattern[str]
    names: re.Pattern[str]
    values: re.Pattern[str]
    leaving: re.Pattern[str]


def confirmation(subject: str, lines: list[Line]) -> str:
    """Return what a mail that asks to confirm a subscription says, with its links, or nothing.

    Shown to the user, who may follow them; Digest never does. A short mail is told by one sign: its
    subject, what one of its links says, or where it leads; a longer one by two.
    """
    words = sum(count_words(line.text) for line in lines)
    links = [link for line in lines for link in line.links]
    if words >= LONG or len({link.url for link in links}) > FEW:
        return ""
    asks = bool(_signs().subjects.search(subject))
    told = [(link, _says_so(link), _leads_there(link)) for link in links]
    best = max((says + leads for _, says, leads in told), default=0.0)
    if asks + best < (1 if words < SHORT else 2):
        return ""
    ordered = sorted(told, key=lambda each: -(each[1] + each[2]))
    shown = list(dict.fromkeys(link.url for link, _, _ in ordered))[:SHOWN]
    named = f'"{subject}"' if subject else "a mail without a subject"
    return named + (f": to confirm, open {' or '.join(shown)}" if shown else "")


def _says_so(link: Link) -> float:
    return float(bool(_signs().links.fullmatch(ENDS.sub("", link.text))))


def _leads_there(link: Link) -> float:
    """Return 1 where an address is one to confirm at, half where it may be, 0 where it is none."""
    try:
        parts = urlsplit(link.url)
    except ValueError:
        return 0.0
    signs = _signs()
    places = [each.partition(".")[0] for each in unquote(parts.path).split("/") if each]
    pairs = parse_qsl(parts.query)
    words = [*places, *(word for pair in pairs for word in pair)]
    if any(signs.leaving.fullmatch(word) for word in words):
        return 0.0
    sure = _any(signs.sure, places) or _any(signs.names, (name for name, _ in pairs))
    if sure or _any(signs.values, (value for _, value in pairs)):
        return 1.0
    return 0.5 if _any(signs.likely, words) else 0.0


def _any(pattern: re.Pattern[str], words: Iterable[str]) -> bool:
    return any(pattern.fullmatch(word) for word in words)


@cache
def _signs() -> _Signs:
    told = read_data("confirmations.toml")
    given = {"subjects": told["subjects"], "links": told["links"], **told["addresses"]}
    given["leaving"] = told["leaving"]["addresses"]
    return _Signs(**{name: _pattern(given[name]) for name in _Signs.__dataclass_fields__})


def _pattern(expressions: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in expressions), re.I)
