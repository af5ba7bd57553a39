"""Tries the rules of a source on one page: what they find beside what is found without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from digest.ports import Extraction, Extractor
from digest.records import SiteRules, Source

SHOWN = 300  #: characters of a text that a table shows


class RuledExtractor(Extractor, Protocol):
    """An extractor that tells what each selector matches."""

    def matches(self, body: bytes, rules: SiteRules) -> dict[str, int]:
        """Return how many elements each selector of the rules matches; raises `ParseError`."""
        ...


@dataclass(frozen=True, slots=True)
class Tried:
    """What was found in one page."""

    ruled: Extraction
    plain: Extraction
    matches: Mapping[str, int]  #: `part: selector` → elements that it matches

    @property
    def is_whole(self) -> bool:
        """Whether every selector matches something, and what it matches says something."""
        return all(self.matches.values()) and not self.ruled.note

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield each part by its name, as the rules have it and as it is without them."""
        pairs = [_parts(each) for each in (self.ruled, self.plain)]
        for name, found in pairs[0].items():
            yield name, found, pairs[1][name]

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON values."""
        return {
            "ruled": asdict(self.ruled),
            "plain": asdict(self.plain),
            "matches": dict(self.matches),
            "whole": self.is_whole,
        }


def try_rules(source: Source, body: bytes, *, url: str, extractor: RuledExtractor) -> Tried:
    """Return what a source's rules find in a page.

    Raises:
        ParseError: where the body is no page.
    """
    return Tried(
        ruled=extractor.extract(body, url=url, rules=source.extract),
        plain=extractor.extract(body, url=url),
        matches=extractor.matches(body, source.extract),
    )


def _parts(found: Extraction) -> dict[str, str]:
    text = found.text if len(found.text) <= SHOWN else f"{found.text[: SHOWN // 2]} … "
    end = "" if len(found.text) <= SHOWN else found.text[-SHOWN // 2 :]
    return {
        "title": found.title,
        "author": ", ".join(found.authors),
        "date": found.published or found.shown_date or "",
        "text": f"{text}{end}",
        "characters": str(len(found.text)),
        "no article": found.not_article,
        "note": found.note,
    }
