"""What sources say of pages: by which rules one is read, and who speaks at its host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from digest.records import NO_RULES, SiteRules, Source
from digest.stages.speakers import NO_SPEAKERS, Speakers, host_of, make_speakers
from digest.text import make_id


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of all sources, and their hosts."""

    sources: tuple[Source, ...] = ()  #: those that have rules
    speakers: Speakers = NO_SPEAKERS

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
    """Return the rules of some sources, and who speaks at their hosts."""
    every = tuple(sources)
    ruled = tuple(each for each in every if each.extract != NO_RULES)
    return RuleBook(ruled, make_speakers(every))


def hash_of(rules: SiteRules) -> str:
    """Return what tells rules from others: "" for none."""
    return "" if rules == NO_RULES else make_id(*(f"{k}={v}" for k, v in asdict(rules).items()))


def _site(source: Source) -> str:
    return source.extract.site or host_of(source.url)


def _is_of(host: str, site: str) -> bool:
    site = site.removeprefix("www.")
    return bool(host and site) and (host == site or host.endswith(f".{site}"))
