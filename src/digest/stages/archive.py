"""The archive of all editions: a page by year and quarter, and an index that needs no server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from itertools import groupby

from digest.records import Edition, Entrant
from digest.stages.ledger import entrants
from digest.stages.render import fill_page
from digest.stages.safe import clean
from digest.stages.search_terms import terms
from digest.stages.words import Words

PAGE = "index.html"
FOLDER = "archive"  #: of what the page needs, beside it
ASSETS = ("archive.css", "archive.js")
SNIPPET = 180  #: characters of a story's first sentence that a result shows
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Shelved:
    """One published edition, as the archive lists it.

    Args:
        id: the edition's, which is its folder, too.
        kind: "weekly" or "quarterly".
        audience: for whom it was made.
        language: of its words.
        title: the name on its head.
        start: of its period, with `end` as the edition has them.
        headline: of its opening.
        stories: how many it tells.
        corrected: whether a correction stands on it.
        withdrawn: whether it holds no longer.
        files: format → its file, those that can be read or printed.
        finds: what the search finds in it.
    """

    id: str
    kind: str
    audience: str
    language: str
    title: str
    start: str
    end: str
    headline: str
    stories: int
    corrected: bool
    withdrawn: bool
    files: tuple[tuple[str, str], ...]
    finds: tuple[Find, ...]

    @property
    def year(self) -> int:
        """The year that it belongs to: a week to that of its Thursday (ISO 8601)."""
        return self._middle.year

    @property
    def quarter(self) -> int:
        """The quarter of that year."""
        return (self._middle.month + 2) // 3

    @property
    def _middle(self) -> datetime:
        days = 3 if self.kind == "weekly" else 0
        return datetime.fromisoformat(self.start) + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Find:
    """A story that the search finds, with the terms by which it does."""

    place: int  #: of the story in its edition, from 1: part of its address
    headline: str
    language: str
    snippet: str
    publisher: str
    terms: tuple[str, ...]


def shelve(edition: Edition, files: Iterable[tuple[str, str]]) -> Shelved:
    """Return an edition as the archive lists it, with the files that lie in its folder."""
    words = Words(edition.language)
    told = entrants(edition)
    return Shelved(
        id=edition.id,
        kind=edition.kind,
        audience=edition.audience,
        language=edition.language,
        title=clean(edition.title),
        start=edition.start,
        end=edition.end,
        headline=clean(edition.opening.headline) if edition.opening else "",
        stories=len(told),
        corrected=bool(edition.corrections),
        withdrawn=bool(edition.withdrawn),
        files=tuple(files),
        finds=tuple(_find(each, place, edition, words) for place, each in enumerate(told, start=1)),
    )


def make_page(shelf: Iterable[Shelved], *, title: str, language: str, key: str, feed: str) -> str:
    """Return the archive's page.

    Args:
        shelf: all published editions.
        title: the name on its head.
        language: BCP-47, of its labels.
        key: changes with what is published: part of the addresses of what the page loads.
        feed: address of the feed, relative to the page.
    """
    ordered = sorted(shelf, key=lambda each: (each.start, each.kind, each.id), reverse=True)
    ordered.sort(key=lambda each: (each.year, each.quarter), reverse=True)
    years = [
        (year, [(q, list(rows)) for q, rows in groupby(list(of), key=lambda each: each.quarter)])
        for year, of in groupby(ordered, key=lambda each: each.year)
    ]
    choices = {
        name: sorted({getattr(each, name) for each in ordered})
        for name in ("kind", "audience", "language")
    }
    return fill_page(
        "archive.html",
        language,
        title=title,
        years=years,
        many=len(ordered),
        choices={name: values for name, values in choices.items() if len(values) > 1},
        shards=" ".join(sorted({str(each.year) for each in ordered}, reverse=True)),
        key=key,
        feed=feed,
    )


def make_shards(shelf: Iterable[Shelved], *, language: str) -> Mapping[str, str]:
    """Return file name → index of one year's stories, as a script that hands its data over.

    A script is let in by the same policy as the page's own, and is read from a folder on a disk,
    too, where a browser fetches nothing. It is one call with JSON as its only argument.

    Args:
        shelf: all published editions.
        language: of the names of editions in it.
    """
    ordered = sorted(shelf, key=lambda each: (each.year, each.start, each.id), reverse=True)
    made = {}
    for year, editions in groupby(ordered, key=lambda each: each.year):
        value = _index(list(editions), Words(language))
        # Of JSON, only these are more than text in a script (ECMA-262 before 2019).
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        made[f"search-{year}.js"] = f'digestShelf("{year}",{text});\n'
    return made


def make_lists(shelf: Iterable[Shelved], *, language: str, key: str) -> Mapping[str, str]:
    """Return file name → page with every headline of one year: what can be searched by no script.

    Args:
        shelf: all published editions.
        language: BCP-47, of its labels.
        key: as for `make_page`.
    """
    ordered = sorted(shelf, key=lambda each: (each.year, each.start, each.id), reverse=True)
    return {
        f"headlines-{year}.html": fill_page(
            "headlines.html", language, year=year, editions=list(editions), key=key
        )
        for year, editions in groupby(ordered, key=lambda each: each.year)
    }


@cache
def asset(name: str) -> str:
    """Return the page's style or script."""
    return (resources.files("digest") / "templates" / name).read_text("utf-8")


def _index(editions: Sequence[Shelved], words: Words) -> dict[str, object]:
    postings: dict[str, list[int]] = {}
    stories: list[list[object]] = []
    for number, edition in enumerate(editions):
        for find in edition.finds:
            for term in set(find.terms):
                postings.setdefault(term, []).append(len(stories))
            stories.append(
                [number, find.place, find.headline, find.language, find.snippet, find.publisher]
            )
    keys = sorted(postings, key=lambda term: term.encode("utf-16-be"))  # as a browser compares
    return {
        "editions": [
            [
                *(e.id, words.period(e.kind, e.start), words.days(e.start, e.end), e.start[:10]),
                *(e.kind, e.audience, e.language, int(e.withdrawn)),
            ]
            for e in editions
        ],
        "stories": stories,
        "terms": "\n".join(keys),
        "places": "\n".join(_packed(postings[key]) for key in keys),
    }


def _packed(places: Sequence[int]) -> str:
    """Return rising numbers as steps in base 36, divided by spaces."""
    steps = (here - before for before, here in zip([0, *places], places, strict=False))
    return " ".join(_base36(step) for step in steps)


def _base36(number: int) -> str:
    text = ""
    while number >= 36:
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
    return DIGITS[number] + text


def _find(entrant: Entrant, place: int, edition: Edition, words: Words) -> Find:
    cited = [edition.citations[number - 1] for number in entrant.citations]
    lines = [*(each.text for each in entrant.written), *(each.text for each in entrant.lines)]
    texts = [
        *(entrant.headline, entrant.headline_original, entrant.note),
        *lines,
        *(each.original.text for each in entrant.lines),
        *(words.label(each) for each in entrant.labels),
        *(each.publisher for each in cited),
        *(f"{each.vendor} {each.product}" for each in entrant.launches),
    ]
    snippet = clean(lines[0]) if lines else ""
    if len(snippet) > SNIPPET:
        snippet = snippet[:SNIPPET].rstrip() + "…"
    return Find(
        place=place,
        headline=clean(entrant.headline),
        language=edition.language if entrant.headline_translated else entrant.headline_language,
        snippet=snippet,
        publisher=clean(cited[0].publisher) if cited else "",
        terms=tuple(dict.fromkeys(term for text in texts for term in terms(text))),
    )
