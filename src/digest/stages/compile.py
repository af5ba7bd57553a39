"""An edition: the period's stories, ranked, told once, each sentence with its proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from digest.periods import Period, edition_id
from digest.records import (
    Article,
    Classification,
    Edition,
    Entrant,
    Language,
    Score,
    Section,
    Story,
    Summary,
    Translation,
)
from digest.stages.attempts import is_same_language
from digest.stages.entrant import Material, Numbers, is_verbatim, make_entrant, quotes_of
from digest.stages.ledger import Ledger, Telling, tell
from digest.stages.sections import Choice, arrange, choose

if TYPE_CHECKING:
    from digest.config_sections import Audience, Rank

VERSION = "2"


def compile_edition(
    period: Period,
    *,
    stories: Iterable[Story],
    articles: Mapping[str, Article],
    languages: Mapping[str, Language],
    classifications: Mapping[str, Classification],
    scores: Mapping[str, Score],
    summaries: Mapping[str, Summary],
    translations: Mapping[str, Translation],
    audience: Audience,
    caps: Rank,
    now: datetime,
    ledger: Ledger | None = None,
    counts: Mapping[str, int] | None = None,
    drops: Mapping[str, int] | None = None,
) -> Edition:
    """Return the edition of `period`: the same input gives the same edition, byte for byte.

    Args:
        period: the week or quarter it covers.
        stories: all stories that may belong to it; those that do not are left out.
        articles: every member by id, and so `languages` and `classifications`.
        languages: the articles' languages.
        classifications: what the articles are about.
        scores: by story id; a story without one waits for the next edition, and is counted.
        summaries: by story id; without one a story is a headline with its sources.
        translations: by story id; without one into the reader's language a story keeps its own,
            and is marked.
        audience: for whom: name, language, title.
        caps: how many stories at most, and how many of one source.
        now: the moment of compiling, with an offset.
        ledger: what earlier editions of this kind and audience showed; None before the first.
        counts: what was read, by name, for the reader; ours are added.
        drops: what was dropped, by reason, for the reader.
    """
    ledger = ledger or Ledger()
    stories = tuple(stories)
    translations = _for_reader(translations, audience.language)
    material = Material(
        audience.language,
        articles,
        languages,
        classifications,
        scores,
        summaries,
        translations,
        {story.id: story for story in stories},
        ledger.quoted,
    )
    told = [tell(story, period, articles=articles, ledger=ledger) for story in stories]
    tellings = [each for each in told if isinstance(each, Telling)]
    scored = [each for each in tellings if each.story.id in scores]
    choice = choose(scored, material=material, period=period, caps=caps)
    opening, sections, numbers = _lay_out(choice.shown, material=material, period=period)
    own = {
        "stories of the period": len(tellings),
        "shown": len(choice.shown),
        "already told": sum(each == "told" for each in told),
        "not yet ranked": len(tellings) - len(scored),
        "over the limit of one source": choice.over_source,
        "over the limit of the edition": choice.over_top,
        "sentences left out: not verbatim": _unproved(choice, material),
    }
    statuses = [telling.status for telling in choice.shown]
    return Edition(
        id=edition_id(period.kind, period, audience.name),
        kind=period.kind,
        period=period.name,
        audience=audience.name,
        language=audience.language,
        title=audience.title,
        start=period.start.isoformat(),
        end=period.end.isoformat(),
        timezone=period.timezone,
        compiled_at=now.isoformat(),
        opening=opening,
        sections=sections,
        citations=tuple(numbers.citations),
        counts=tuple({**(counts or {}), **own}.items()),
        drops=tuple(sorted((drops or {}).items(), key=lambda drop: (-drop[1], drop[0]))),
        missing_packages=_missing(choice.shown, translations),
        previous=ledger.previous,
        new_since_last=statuses.count("new"),
        still_developing=statuses.count("developing"),
        late=statuses.count("late"),
    )


def _for_reader(translations: Mapping[str, Translation], to: str) -> dict[str, Translation]:
    """Return the translations into the reader's language; others were made for another reader."""
    return {id: each for id, each in translations.items() if is_same_language(each.to, to)}


def _lay_out(
    shown: Sequence[Telling], *, material: Material, period: Period
) -> tuple[Entrant | None, tuple[Section, ...], Numbers]:
    numbers = Numbers()
    first, groups = arrange(shown, material=material, kind=period.kind)
    opening = make_entrant(first, material=material, numbers=numbers) if first else None
    sections = tuple(
        Section(
            name,
            title,
            tuple(make_entrant(each, material=material, numbers=numbers) for each in group),
        )
        for name, title, group in groups
    )
    return opening, sections, numbers


def _unproved(choice: Choice, material: Material) -> int:
    quotes = (quote for each in choice.shown for quote in quotes_of(each, material))
    return sum(not is_verbatim(quote, material.articles) for quote in quotes)


def _missing(shown: Sequence[Telling], translations: Mapping[str, Translation]) -> tuple[str, ...]:
    found = (translations[each.story.id] for each in shown if each.story.id in translations)
    return tuple(sorted({package for each in found for package in each.missing}))
