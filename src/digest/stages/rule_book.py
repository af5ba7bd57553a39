"""Finds the rules by which a page is read: those of its source, else those of its site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from digest.records import NO_RULES, SiteRules, Source
from digest.text import make_id


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of all sources."""

    sources: tuple[Source, ...] = ()  #: those that have some

    def rules_for(self, source: str, url: str | None) -> SiteRules:
        """Return the rules for a page of a source's, `NO_RULES` where there are none.

        A source's own hold for all that it links to, save where they name a site; for pages that
        others link to (a newsletter, a person) those hold that name the page's site, or are those
        of a source on it.
        """
        host = host_of(url)
        own = next((each for each in self.sources if each.name == source), None)
        if own and (not own.extract.site or _is_of(host, own.extract.site)):
            return own.extract
        found = [each.extract for each in self.sources if _is_of(host, _site(each))]
        return found[0] if found else NO_RULES


NO_BOOK = RuleBook()


def make_book(sources: Iterable[Source]) -> RuleBook:
    """Return the rules of some sources."""
    return RuleBook(tuple(each for each in sources if each.extract != NO_RULES))


def hash_of(rules: SiteRules) -> str:
    """Return what tells rules from others: "" for none."""
    return "" if rules == NO_RULES else make_id(*(f"{k}={v}" for k, v in asdict(rules).items()))


def host_of(url: str | None) -> str:
    """Return an address's host in lower case without `www.`, or nothing."""
    try:
        return (urlsplit(url or "").hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def _site(source: Source) -> str:
    return source.extract.site or host_of(source.url)


def _is_of(host: str, site: str) -> bool:
    site = site.removeprefix("www.")
    return bool(host and site) and (host == site or host.endswith(f".{site}"))
