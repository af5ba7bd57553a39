"""An edition: the period's stories, ranked, told once, each sentence with its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from digest.config_editions import QUARTERLY, WEEKLY
from digest.periods import Period, edition_id
from digest.ports import Encoder
from digest.records import (
    Article,
    Classification,
    Decision,
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
from digest.stages.choices import Choices
from digest.stages.curation import curate, lead_with, read_curation
from digest.stages.cuts import count_cuts
from digest.stages.entrant import make_entrant, quotes_of
from digest.stages.findings import Known, tell_beside
from digest.stages.launched import by_article
from digest.stages.ledger import Ledger, Telling, entrants, tell
from digest.stages.limits import Choice, choose
from digest.stages.material import Material, Numbers
from digest.stages.ours import Ours
from digest.stages.quoted import lines_beside
from digest.stages.quoting import is_verbatim
from digest.stages.readable import readable_names, readable_products
from digest.stages.rewording import write_words
from digest.stages.sections import arrange
from digest.stages.weighing import weigh

if TYPE_CHECKING:
    from digest.config_editions import Audience, Rank

VERSION = "3"


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
    layout: Sequence[str] = (),
    ledger: Ledger | None = None,
    counts: Mapping[str, int] | None = None,
    drops: Mapping[str, int] | None = None,
    known: Known | None = None,
    ours: Ours | None = None,
    choices: Choices | None = None,
    decisions: Iterable[Decision] = (),
    held: Counter[tuple[str, str]] | None = None,
    encoder: Encoder | None = None,
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
        audience: for whom: name, language, title, what they prefer.
        caps: how many stories at most, of one source, one vendor, one section; points of parts.
        now: the moment of compiling, with an offset.
        layout: names of its sections, in order; the default's where empty. Its sources stand at
            the end where it does not name them.
        ledger: what earlier editions of this kind and audience showed; None before the first.
        counts: what was read, by name, for the reader; ours are added.
        drops: what was dropped, by reason, for the reader.
        known: launch records, plans, counted quarters: what it tells besides its stories.
        ours: what the team owns and watches.
        choices: how editors have chosen before, see `digest.stages.choices`.
        decisions: what editors decided, in the order in which they did.
        held: is filled with the stories that limits hold back, by source and limit.
        encoder: finds what the edition before told in another language.
    """
    ledger, known, ours = ledger or Ledger(), known or Known(), ours or Ours()
    layout = tuple(layout) or (WEEKLY if period.kind == "weekly" else QUARTERLY)
    if "sources" not in layout:  # where every sentence's number leads
        layout = (*layout, "sources")
    stories = tuple(stories)
    curation = read_curation(decisions, stories)
    translations = _for_reader(translations, audience.language)
    stories, translations = lead_with(stories, translations, curation)
    material = Material(
        audience.language,
        articles,
        languages,
        classifications,
        dict(scores),
        summaries,
        translations,
        {story.id: story for story in stories},
        {member: story.id for story in stories for member in story.members},
        curation.section,
        known.said,
        ours,
        ZoneInfo(period.timezone),
        ledger.quoted,
        by_article(known.records),
        encoder,
    )
    told = [tell(story, period, articles=articles, ledger=ledger) for story in stories]
    tellings = [each for each in told if isinstance(each, Telling)]
    scored = [each for each in tellings if each.story.id in scores]
    material = material.with_scores(
        weigh(
            scored,
            material=material,
            audience=audience,
            weights=caps,
            choices=choices or {},
            period=period,
            now=now,
        )
    )
    choosing = partial(choose, material=material, period=period, caps=caps, layout=layout)
    choice = curate(scored, curation, choose=choosing)
    if held is not None:
        held.update(choice.by_source)
    numbers = Numbers()
    opening, sections = _lay_out(choice.shown, material, numbers, period=period, layout=layout)
    entries = ((opening,) if opening else ()) + tuple(e for s in sections for e in s.entries)
    beside = tell_beside(
        period, known=known, layout=layout, stories=entries, material=material, numbers=numbers
    )
    own = {
        "stories of the period": len(tellings),
        "shown": len(choice.shown),
        "already told": sum(each == "told" for each in told),
        "not yet ranked": len(tellings) - len(scored),
        **choice.held,
        "sentences left out: not verbatim": _unproved(choice, material),
        **count_cuts(
            material.classifications[member.article.id]
            for telling in tellings
            for member in telling.fresh
            if member.article.id in material.classifications
        ),
    }
    statuses = [telling.status for telling in choice.shown]
    vendors = readable_names(ours.stack.vendors, audience.language)
    edition = Edition(
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
        missing_packages=_missing(choice.shown, translations, known),
        previous=ledger.previous,
        new_since_last=statuses.count("new"),
        still_developing=statuses.count("developing"),
        late=statuses.count("late"),
        layout=layout,
        products=beside.products,
        claims=beside.claims,
        watch=beside.watch,
        promises=beside.promises,
        trends=beside.trends,
        stack=beside.stack,
        pack=beside.pack,
        sources=beside.sources,
        missed=known.missed,
        readable=(
            *vendors,
            *readable_products(
                known.records, audience.language, taken=(name for name, _ in vendors)
            ),
        ),
    )
    return _with_engines(write_words(edition, curation, articles))


def _for_reader(translations: Mapping[str, Translation], to: str) -> dict[str, Translation]:
    """Return the translations into the reader's language; others were made for another reader."""
    return {id: each for id, each in translations.items() if is_same_language(each.to, to)}


def _lay_out(
    shown: Sequence[Telling],
    material: Material,
    numbers: Numbers,
    *,
    period: Period,
    layout: Sequence[str],
) -> tuple[Entrant | None, tuple[Section, ...]]:
    first, groups = arrange(shown, material=material, period=period, layout=layout)
    opening = make_entrant(first, material=material, numbers=numbers) if first else None
    sections = tuple(
        Section(
            name,
            title,
            tuple(make_entrant(each, material=material, numbers=numbers) for each in group),
        )
        for name, title, group in groups
    )
    return opening, sections


def _unproved(choice: Choice, material: Material) -> int:
    quotes = (quote for each in choice.shown for quote in quotes_of(each, material))
    return sum(not is_verbatim(quote, material.articles) for quote in quotes)


def _missing(
    shown: Sequence[Telling], translations: Mapping[str, Translation], known: Known
) -> tuple[str, ...]:
    found = (translations[each.story.id] for each in shown if each.story.id in translations)
    packages = {package for each in found for package in each.missing}
    return tuple(sorted(packages | set(known.missing)))


def _with_engines(edition: Edition) -> Edition:
    """Return the edition with the packages that translated what it shows, and no others."""
    stories = entrants(edition)
    lines = [line for _, line in lines_beside(edition)]
    lines += [line for each in stories for line in each.lines]
    found = [line.engine for line in lines if line.translated and not line.edited]
    found += [each.headline_engine for each in stories if "headline" not in each.edited]
    engines = {one for each in found for one in each.split("; ") if one}
    return replace(edition, engines=tuple(sorted(engines)))
