"""Who speaks at an address: the publisher and voice that the sources give its host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from digest.records import Source, Voice


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who publishes at a host, and in which voice."""

    publisher: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Speakers:
    """The hosts that the sources know."""

    hosts: Mapping[str, Speaker] = field(default_factory=dict)

    def at(self, host: str) -> Speaker | None:
        """Return who speaks at a host or, of `blog.vendor.example`, at what it is a part of."""
        while host and host not in self.hosts:
            host = host.partition(".")[2]
        return self.hosts.get(host)


NO_SPEAKERS = Speakers()


def make_speakers(sources: Iterable[Source]) -> Speakers:
    """Return who speaks at the hosts of some sources.

    A host at which sources of several publishers or voices lie, or at which anybody can publish
    (`data/platforms.txt`), says nothing of its other pages; neither does where a mail comes from.
    """
    found: dict[str, set[Speaker]] = {}
    for each in sources:
        if not each.is_mailed and (host := host_of(each.url)):
            found.setdefault(host, set()).add(Speaker(each.publisher, each.voice))
    return Speakers(
        {
            host: next(iter(speakers))
            for host, speakers in found.items()
            if len(speakers) == 1 and host not in platforms()
        }
    )


@cache
def platforms() -> frozenset[str]:
    """Return the hosts at which anybody can publish."""
    text = (resources.files("digest") / "data" / "platforms.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def host_of(url: str | None) -> str:
    """Return an address's host in lower case without `www.`, or nothing."""
    try:
        return (urlsplit(url or "").hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
