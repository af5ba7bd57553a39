"""Asks a host's robots.txt (RFC 9309) before its pages, and tells the rule that refuses."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.backends.decoding import decode
from digest.errors import FetchError
from digest.ports import Response

if TYPE_CHECKING:
    from protego import Protego

KEPT = 86_400.0  # seconds for which rules are believed (RFC 9309, 2.4)
LARGEST = 512_000  # bytes that are read (RFC 9309, 2.5: at least 500 KiB)
AGENT = re.compile(r"^([^\S\n]*user-agent[^\S\n]*:[^\S\n]*)(.*)", re.I | re.M)
LINE = re.compile(r"^\s*(user-agent|disallow)\s*:", re.I | re.M)


@dataclass(frozen=True, slots=True)
class _Rules:
    text: str
    parsed: Protego | None  #: None: everything is allowed
    until: float
    failed: FetchError | None = None  #: why nothing is allowed: the rules could not be had


class Robots:
    """The rules of each host, read once a day; safe to share between threads.

    Args:
        ask: fetches an address; raises `FetchError`.
        agent: our name: what stands before the slash in the user agent.
    """

    def __init__(self, ask: Callable[[str], Response], agent: str) -> None:
        self._ask = ask
        self._agent = agent
        self._known: dict[str, _Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def check(self, url: str) -> None:
        """Refuse what the host's rules refuse.

        Raises:
            FetchError: final and with the rule where there is one; transient where the rules
                could not be had, which is to be taken as a no (RFC 9309, 2.3.1.4).
        """
        rules = self._rules(url)
        if failed := rules.failed:
            words = f"{url}: robots.txt could not be read: {failed.message}"
            # An address that is never asked has no rules either.
            error = FetchError(words, id=url, cure=failed.cure, transient=not failed.reason)
            error.reason = failed.reason or "robots.txt could not be read"
            raise error
        if rules.parsed is None or rules.parsed.can_fetch(url, self._agent):
            return
        rule = refusing_rule(rules.text, url, self._agent)
        error = FetchError(f'{url}: robots.txt says "{rule}"', id=url, transient=False)
        error.reason = "robots.txt refuses"
        raise error

    def delay(self, url: str) -> float:
        """Return the seconds that the host wants between two requests, 0 where it says nothing."""
        rules = self._rules(url)
        if rules.parsed is None:
            return 0.0
        rate = rules.parsed.request_rate(self._agent)
        apart = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(rules.parsed.crawl_delay(self._agent) or 0.0, apart)

    def _rules(self, url: str) -> _Rules:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            known = self._known.get(origin)
            if known is None or known.until < time.monotonic():
                known = self._read(f"{origin}/robots.txt")
                self._known[origin] = known
            return known

    def _read(self, url: str) -> _Rules:
        until = time.monotonic() + KEPT
        try:
            answer = self._ask(url)
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return _Rules("", None, until)  # no rules: all is allowed (RFC 9309, 2.3.1.3)
            if error.transient:
                until, error.reason = time.monotonic() + 60, ""
            return _Rules("", None, until, failed=error)
        text = decode(answer.body[:LARGEST], answer.charset)
        is_page = answer.media_type == "text/html" and not LINE.search(text)
        if is_page or text.lstrip()[:1] == "<":
            return _Rules("", None, until)  # the site's page for what is not there
        from protego import Protego

        text = by_token(text, self._agent)
        return _Rules(text, Protego.parse(text), until)


def by_token(text: str, agent: str) -> str:
    """Return a robots.txt in which our groups bear our name, and those of others never do.

    A group is ours where its product token is our name, whatever the case, and a version behind it
    or not (RFC 9309, 2.2.1); protego would take `User-agent: dig` for ours, too.
    """

    def named(found: re.Match[str]) -> str:
        value = found[2].partition("#")[0].strip()
        name = re.split(r"[/\s]", value, maxsplit=1)[0]
        ours = agent.lower() in (name.lower(), value.lower())
        return found[1] + (agent if ours else "*" if name == "*" else f"not-{agent}")

    return AGENT.sub(named, "\n".join(text.lstrip("\ufeff").splitlines()))


def refusing_rule(text: str, url: str, agent: str) -> str:
    """Return the line of a robots.txt that refuses an address, as it is written there."""
    from protego import Protego

    found = [
        line
        for line, path in _disallowed(text, agent)
        if not Protego.parse(f"User-agent: *\nDisallow: {path}").can_fetch(url, agent)
    ]
    return max(found, key=len, default="Disallow")


def _disallowed(text: str, agent: str) -> Iterator[tuple[str, str]]:
    """Yield the lines that refuse something to us, by name where there is a group of ours."""
    groups: list[tuple[list[str], list[tuple[str, str]]]] = []
    opened = False
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        key, _, value = (part.strip() for part in line.partition(":"))
        if key.lower() == "user-agent":
            if not opened:
                groups.append(([], []))
            groups[-1][0].append(value.lower())
        elif key.lower() == "disallow" and groups and value:
            groups[-1][1].append((line, value))
        opened = key.lower() == "user-agent" or (opened and not key)
    ours = [lines for names, lines in groups if agent.lower() in names]
    for lines in ours or [lines for names, lines in groups if "*" in names]:
        yield from lines
