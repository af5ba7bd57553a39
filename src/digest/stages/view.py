"""An edition as the templates see it: stories in order, each with its place and its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from unicodedata import combining, normalize

from digest.records import (
    Backing,
    Citation,
    Edition,
    Entrant,
    Launched,
    Line,
    Product,
    Quote,
    Trend,
    TrendKind,
    Trends,
)
from digest.stages.attempts import is_same_language
from digest.stages.ledger import entrants
from digest.stages.quoted import lines_beside
from digest.stages.sections import NEW_EVENTS, title_of
from digest.stages.written import quotes_of_draft
from digest.text import count_words

#: Counts that are told where they are nought, too.
ALWAYS = frozenset({"articles read", "stories of the period", "shown"})
TREND_ORDER: tuple[TrendKind, ...] = ("label", "vendor", "event", "topic", "jurisdiction")
BARE = 3  #: words of a headline that may be no more than a product's name


@dataclass(frozen=True, slots=True)
class Block:
    """One section of an edition, with what a template needs of it.

    Args:
        name: as the settings call it.
        title: its message id.
        entries: its stories.
        size: how many things stand in it; None where no number is told.
    """

    name: str
    title: str
    entries: tuple[Entrant, ...] = ()
    size: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What a template needs besides the edition itself."""

    edition: Edition
    stories: tuple[Entrant, ...]
    places: dict[str, int]  #: story id → its place in the edition, from 1
    sources: dict[int, Citation]
    numbers: dict[str, int]  #: article id → its number
    told_at: dict[int, int]  #: source number → place of the story that cites it
    publishers: int  #: that tell its stories
    languages: int  #: in which they are told
    drops: tuple[tuple[str, int], ...]
    is_translated: bool  #: whether any of it was translated by machine
    blocks: tuple[Block, ...]  #: its sections with something in them, in order


def make_view(edition: Edition) -> View:
    """Return the edition with its look-up tables."""
    stories = entrants(edition)
    places = {story.story: place for place, story in enumerate(stories, start=1)}
    told = {number for story in stories for number in story.citations}
    cited = [each for each in edition.citations if each.number in told]
    return View(
        edition=edition,
        stories=stories,
        places=places,
        sources={each.number: each for each in edition.citations},
        numbers={each.article: each.number for each in edition.citations},
        told_at={number: places[story.story] for story in stories for number in story.citations},
        publishers=len({each.publisher for each in cited}),
        languages=len({each.language for each in cited}),
        drops=edition.drops,
        is_translated=any(_is_translated(story) for story in stories)
        or any(line.translated for _, line in lines_beside(edition)),
        blocks=tuple(_blocks(edition)),
    )


def _blocks(edition: Edition) -> Iterator[Block]:
    found = {section.name: section for section in edition.sections}
    # An edition that was frozen before sections could be chosen has them in their old order.
    layout = edition.layout or ("opening", *found, "sources", "method")
    sizes = {
        "claims": len(edition.claims),
        "watch": len(edition.watch) + len(edition.promises),
        "sources": len(edition.citations),
    }
    there = {
        "opening": edition.opening is not None,
        "trends": edition.trends is not None and bool(edition.trends.rows),
        "stack": edition.stack is not None,
        "pack": edition.pack is not None,
        "method": True,
        "products": edition.kind == "quarterly" and bool(products_of(edition)),
        "policy": bool(told_elsewhere(edition)),
    }
    for name in layout:
        section = found.get(name)
        entries = section.entries if section else ()
        if entries or sizes.get(name) or there.get(name):
            title = section.title if section else title_of(name, edition.kind)
            size = len(entries) or sizes.get(name) or None
            if name == "products" and edition.kind == "quarterly":
                size = len(products_of(edition)) or size
            if name == "policy":
                size = len(entries) + len(told_elsewhere(edition))
            yield Block(name, title, entries, size)


def products_of(edition: Edition) -> tuple[Product, ...]:
    """Return the new products of an edition: records of what was launched, added or connected."""
    return tuple(each for each in edition.products if each.event in NEW_EVENTS)


def trends_told(trends: Trends) -> list[Trend]:
    """Return the trends to tell: none that the compared sources say nothing of."""
    return [each for each in trends.rows if not trends.sources or each.before or each.now]


def trend_groups(trends: Trends) -> list[tuple[TrendKind, list[Trend]]]:
    """Return the trends to tell, what they are about together, categories and vendors first."""
    told = trends_told(trends)
    groups = ((kind, [row for row in told if row.kind == kind]) for kind in TREND_ORDER)
    return [(kind, rows) for kind, rows in groups if rows]


def few_told(rows: Iterable[Trend]) -> tuple[list[Trend], list[Trend]]:
    """Return the rows that tell something, and those of too few stories to tell."""
    every = list(rows)
    few = [row for row in every if row.direction == "few"]
    return [row for row in every if row.direction != "few"], few


def uncompared(trends: Trends) -> list[Trend]:
    """Return the rows marked "–", whose mark is told once: none where there is but one quarter."""
    told = trends_told(trends) if len(trends.quarters) > 1 else []
    return [row for row in told if row.direction == "alone"]


def earlier_quarters(trends: Trends) -> list[tuple[int, str]]:
    """Return the place and name of each quarter before the two that are compared."""
    return list(enumerate(trends.quarters[:-2])) if trends.sources else []


def quarters_told(trends: Trends) -> list[tuple[str, int]]:
    """Return the quarters to tell, each with its stories in all.

    Where some sources were read in the last two quarters, only those are told, by those sources.
    """
    if trends.sources:
        return list(zip(trends.quarters[-2:], (trends.before, trends.now), strict=True))
    return list(zip(trends.quarters, trends.stories, strict=True))


def counts_told(trends: Trends, row: Trend) -> list[tuple[int, float | None]]:
    """Return a trend's stories and their share in each quarter told; no share uncompared."""
    if trends.sources:
        return [(row.before, row.share_before), (row.now, row.share)]
    return [(number, None) for number in row.counts]


def missed_told(edition: Edition) -> list[tuple[str, list[str]]]:
    """Return why nothing was read of some sources, with their publishers, each once.

    Where another source of the same publisher was read, the source is named as well.
    """
    read = {name for name, _ in edition.sources}
    found: dict[str, dict[str, None]] = {}
    for each in edition.missed:
        more = (each.source if each.publisher in read else "", each.detail)
        told = ", ".join(filter(None, more))
        name = f"{each.publisher} ({told})" if told else each.publisher
        found.setdefault(each.why, {})[name] = None
    return [(why, list(names)) for why, names in found.items()]


def tallies(edition: Edition) -> list[tuple[str, int]]:
    """Return what was read, in numbers, without limits that held nothing back."""
    return [(name, number) for name, number in edition.counts if number or name in ALWAYS]


def told_elsewhere(edition: Edition) -> list[Entrant]:
    """Return the stories about policy and risk that stand in other sections."""
    here = {each.story for s in edition.sections if s.name == "policy" for each in s.entries}
    return [each for each in entrants(edition) if each.policy and each.story not in here]


def by_line(backing: Iterable[Backing]) -> list[tuple[Line, list[str]]]:
    """Return each sentence that states evidence with the kinds of evidence that it states."""
    found: dict[Quote, tuple[Line, list[str]]] = {}
    for each in backing:
        found.setdefault(each.line.original, (each.line, []))[1].append(each.kind)
    return list(found.values())


def by_place(stories: Iterable[Entrant]) -> list[tuple[str, list[Entrant]]]:
    """Return neighbouring stories of one jurisdiction together, "" for none."""
    return [
        (place, list(group))
        for place, group in groupby(stories, key=lambda each: (*each.jurisdictions, "")[0])
    ]


def products_by_category(
    products: Iterable[Product], name: Callable[[str], str] = str
) -> list[tuple[str, list[Product]]]:
    """Return the products of each category together; those of none ("") come last.

    Args:
        products: in the order that those of one category keep.
        name: what a category is called: the categories stand in its order of letters.
    """
    found: dict[str, list[Product]] = {}
    for each in products:
        found.setdefault(each.category or "", []).append(each)
    return sorted(found.items(), key=lambda pair: (not pair[0], _letters(name(pair[0]))))


def _letters(name: str) -> str:
    """Return a name as it is looked up: "É" stands with "e", capitals with small letters."""
    return "".join(each for each in normalize("NFKD", name) if not combining(each)).casefold()


def _is_translated(story: Entrant) -> bool:
    """Return whether a machine translated any of it; an editor's words are none of that."""
    head = story.headline_translated and "headline" not in story.edited
    return head or any(line.translated and not line.edited for line in story.lines)


def tellers(launch: Launched, view: View) -> list[int]:
    """Return the numbers of the sources that tell of a launch, that of its proof first."""
    proof = view.numbers.get(launch.evidence.article)  # all that an older edition has
    return list(launch.citations) or ([proof] if proof else [])


def category_of(story: Entrant) -> str:
    """Return the category of a story's first product that has one."""
    return next((launch.category for launch in story.launches if launch.category), "")


def maker_of(story: Entrant) -> str:
    """Return whose product a headline is that is no more than its name; "" for any other."""
    vendor = story.launches[0].vendor if story.launches else ""
    head = story.headline
    is_bare = count_words(head) <= BARE and head[-1:] not in ".!?。！？"
    return vendor if is_bare and vendor.casefold() not in head.casefold() else ""


def is_foreign(line: Line, reader: str) -> bool:
    """Return whether a sentence stands in a language that is not the reader's."""
    return not line.translated and not is_same_language(line.language, reader)


def originals(story: Entrant) -> list[tuple[str, str, int]]:
    """Return what a story shows in translation, as (original, language, source number)."""
    shown = () if story.written else story.lines  # a draft has its sources beside it
    head = [(story.headline_original, story.headline_language, story.citations[0])]
    lines = [(each.original.text, each.language, each.citation) for each in shown]
    kept = [story.headline_translated, *(each.translated for each in shown)]
    return [pair for pair, translated in zip([*head, *lines], kept, strict=True) if translated]


def draft_originals(story: Entrant, view: View) -> list[tuple[str, str, int]]:
    """Return what a story's draft rests on, verbatim, as (sentence, language, source number)."""
    found = ((quote.text, view.numbers[quote.article]) for quote in quotes_of_draft(story.written))
    return [(text, view.sources[number].language, number) for text, number in found]


def notes(story: Entrant) -> list[str]:
    """Return why parts of a story stand in their own language, each reason once."""
    shown = () if story.written else story.lines
    found = [story.headline_note, *(line.note for line in shown)]
    return list(dict.fromkeys(note for note in found if note))
