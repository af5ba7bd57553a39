"""One story as an edition shows it: headline, verbatim lines, and a number for every source."""

from __future__ import annotations

from collections.abc import Iterable

from digest.records import (
    Classification,
    Earlier,
    Entrant,
    Launch,
    Quote,
    Story,
)
from digest.stages.attempts import is_same_language
from digest.stages.concerns import concerns_of
from digest.stages.eventful import event_first
from digest.stages.launched import merge_launches
from digest.stages.ledger import Member, Telling
from digest.stages.material import Material, Numbers, date_of, report_of
from digest.stages.novelty import renew
from digest.stages.publishers import count_publishers, distinct_pages, page_of
from digest.stages.quoting import (
    headline_of,
    is_translated,
    is_verbatim,
    make_line,
    note_of,
)
from digest.stages.starter_lines import all_or_none, as_its_lines, is_by_starter, uses_starter
from digest.stages.summarise import ENOUGH, summarise
from digest.stages.telling import choose_lead
from digest.text import count_words

EARLIER_WORDS = 60  #: words of a story whose summary quotes only what came after the period


def make_entrant(telling: Telling, *, material: Material, numbers: Numbers) -> Entrant:
    """Return the story as the edition shows it; every quotation in it is verbatim."""
    story, head = telling.story, head_of(telling, material)
    pages = members_by_page(telling)
    first = numbers.cite(pages[head.article.id], material.language_of(head.article.id))
    lines = tuple(
        make_line(quote, pages, material=material, numbers=numbers, story=story.id)
        for quote in verbatim_quotes(telling, material)
    )
    headline = headline_of(head.article, material, story.id)
    if uses_starter(material.translations.get(story.id)) or is_by_starter(headline, lines):
        lines = all_or_none(lines)
        headline = as_its_lines(headline, lines)
    rest = [
        numbers.cite(each, material.language_of(each.article.id))
        for each in {each.article.id: each for each in pages.values()}.values()
    ]
    score = material.scores[story.id]
    classified = _classifications(telling, material)
    since = telling.fresh[0]
    return Entrant(
        story=story.id,
        headline=headline.target,
        headline_original=headline.source,
        headline_language=headline.language,
        headline_translated=is_translated(headline, material.language),
        headline_note=note_of(headline, material.language),
        status=telling.status,
        publishers=len(count_publishers(each.article for each in telling.members)),
        languages=tuple(sorted({material.language_of(id) for id in pages})),
        labels=labels_of(telling, material),
        score=score.total,
        why=score.parts,
        lines=lines,
        citations=(first, *(number for number in sorted(rest) if number != first)),
        launches=merge_launches(
            launches_of(telling, material), pages, material=material, numbers=numbers
        ),
        published=date_of(since) or "",
        dated=since.dated,
        earlier=earlier_of(story, material),
        headline_engine=headline.engine if is_translated(headline, material.language) else "",
        starter=is_by_starter(headline, lines),
        policy=any(known.policy for known in classified),
        jurisdictions=_joined(known.jurisdictions for known in classified),
        risks=_joined(known.risks for known in classified),
        relation=material.ours.closest(about_of(telling, material)),
        concerns=concerns_of(
            labels_of(telling, material),
            about_of(telling, material),
            policy=any(known.policy for known in classified),
            risks=_joined(known.risks for known in classified),
            stack=material.ours.stack,
        ),
    )


def about_of(telling: Telling, material: Material) -> frozenset[str]:
    """Return our vendors that a story is about."""
    known = material.classifications
    found = (material.ours.about(m.article, known.get(m.article.id)) for m in telling.members)
    return frozenset().union(*found)


def _joined(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for some in found for each in some))


def earlier_of(story: Story, material: Material) -> tuple[Earlier, ...]:
    """Return the stories that a story goes on with, as far as they are at hand."""
    known = (
        material.stories[link.story] for link in story.related if link.story in material.stories
    )
    return tuple(_earlier(each, material) for each in known if each.lead in material.articles)


def _earlier(story: Story, material: Material) -> Earlier:
    lead = material.articles[story.lead]
    headline = headline_of(lead, material, story.id)
    translated = is_translated(headline, material.language)
    return Earlier(
        story=story.id,
        headline=headline.target,
        language=material.language if translated else headline.language,
        publisher=lead.publisher,
        published=lead.published or lead.first_seen,
        url=lead.url or report_of(lead),
    )


def members_by_page(telling: Telling) -> dict[str, Member]:
    """Return, by article id, the member that is cited for it: one for each page.

    A page that was reached through its feed and through a newsletter's link is one source.
    """
    members = {each.article.id: each for each in telling.members}
    kept = {page_of(one): one.id for one in distinct_pages(m.article for m in members.values())}
    return {id: members[kept[page_of(each.article)]] for id, each in members.items()}


def lead_of(telling: Telling, material: Material) -> Member:
    """Return the article to show first: the story's lead, or the best of those there were by then.

    A lead that came after the period is none of this edition's.
    """
    by_id = {member.article.id: member for member in telling.members}
    if telling.story.lead in by_id:
        return by_id[telling.story.lead]
    articles = [member.article for member in telling.members]
    languages, language = material.languages, material.language
    return by_id[choose_lead(articles, copies=(), languages=languages, language=language).id]


def head_of(telling: Telling, material: Material) -> Member:
    """Return the article whose headline is shown: the lead, or a member that the reader can read.

    Where the lead is in a foreign language, the translate step takes the headline of a member in
    the reader's own that says the same. Where it found none and no package translates the lead's,
    or a starter alone, or where it knew only readers of another language, any member in the
    reader's language lends its own.
    """
    lead = lead_of(telling, material)
    translation = material.translations.get(telling.story.id)
    if translation is None:
        return _own_head(telling, lead, material)
    if not translation.title.article:  # an editor has picked the lead
        return lead
    by_id = {member.article.id: member for member in telling.members}
    chosen = by_id.get(translation.title.article, lead)
    if is_same_language(material.language_of(chosen.article.id), material.language):
        return chosen
    headline = headline_of(chosen.article, material, telling.story.id)
    if headline.ok and not is_by_starter(headline, ()):
        return chosen
    return _own_head(telling, chosen, material)


def _own_head(telling: Telling, chosen: Member, material: Material) -> Member:
    """Return the best member in the reader's language that has a headline, `chosen` where none."""
    by_id = {member.article.id: member for member in telling.members}
    own = [each.article for each in _own_members(telling, material) if each.article.title.strip()]
    if not own or chosen.article in own:
        return chosen
    languages, language = material.languages, material.language
    return by_id[choose_lead(own, copies=(), languages=languages, language=language).id]


def _own_members(telling: Telling, material: Material) -> list[Member]:
    """Return the members in the reader's language."""
    return [
        member
        for member in telling.members
        if is_same_language(material.language_of(member.article.id), material.language)
    ]


def verbatim_quotes(telling: Telling, material: Material) -> tuple[Quote, ...]:
    """Return the summary's sentences that stand in the story's articles as quoted."""
    shown = {member.article.id for member in telling.members}
    quotes = quotes_of(telling, material)
    if quotes and not any(quote.article in shown for quote in quotes):
        quotes = _earlier_quotes(telling, material)
    quotes = _readable_quotes(quotes, telling, material)
    proved = tuple(
        quote
        for quote in quotes
        if quote.article in shown and is_verbatim(quote, material.articles)
    )
    if telling.status == "developing":
        proved = _new_quotes(proved, telling, material)
    launches = [each for one in _classifications(telling, material) for each in one.launches]
    return event_first(proved, launches, material.language_of)


def _new_quotes(
    quotes: tuple[Quote, ...], telling: Telling, material: Material
) -> tuple[Quote, ...]:
    """Return what a developing story tells beyond what the edition before has shown."""
    first = lead_of(telling, material).article
    pages_of = members_by_page(telling)
    pages = {each.article.id: each.article for each in pages_of.values()}
    rest = (article for article in pages.values() if article.id != first.id)
    told = {
        text: material.language_of(each.article.id)
        for each in telling.members
        for text in material.quoted.get(each.article.id, ())
    }
    return renew(
        telling.story.id,
        quotes,
        [pages.get(first.id, first), *rest],
        material.languages,
        fresh={pages_of[each.article.id].article.id for each in telling.fresh},
        told=told,
        reader=material.language,
        encoder=material.encoder,
    )


def _readable_quotes(
    quotes: tuple[Quote, ...], telling: Telling, material: Material
) -> tuple[Quote, ...]:
    """Return sentences of members in the reader's language, where the summary has none of those.

    A summary is made for the collection's readers; another audience may have another language.
    """
    own = [each.article for each in _own_members(telling, material)]
    if not quotes or not own or any(each.article in {a.id for a in own} for each in quotes):
        return quotes
    room = max(EARLIER_WORDS, sum(count_words(quote.text) for quote in quotes))
    found = summarise(telling.story.id, own, material.languages, max_words=room).sentences
    enough = ENOUGH * sum(count_words(quote.text) for quote in quotes)
    return found if sum(count_words(each.text) for each in found) >= enough else quotes


def _earlier_quotes(telling: Telling, material: Material) -> tuple[Quote, ...]:
    """Return sentences of the articles there were; those of the summary all came later."""
    first = lead_of(telling, material).article
    rest = (each.article for each in telling.members if each.article.id != first.id)
    summary = summarise(
        telling.story.id, [first, *rest], material.languages, max_words=EARLIER_WORDS
    )
    return summary.sentences


def quotes_of(telling: Telling, material: Material) -> tuple[Quote, ...]:
    """Return the sentences chosen for a story; none where it has no summary."""
    summary = material.summaries.get(telling.story.id)
    return summary.sentences if summary else ()


def launches_of(telling: Telling, material: Material) -> tuple[Launch, ...]:
    """Return what vendors did, each once, with a proof that stands in its article."""
    found: dict[tuple[str, str, str], Launch] = {}
    for classification in _classifications(telling, material):
        for launch in classification.launches:
            key = (launch.vendor.casefold(), launch.product.casefold(), launch.event)
            if is_verbatim(launch.evidence, material.articles):
                found.setdefault(key, launch)
    return tuple(found.values())


def labels_of(telling: Telling, material: Material) -> tuple[str, ...]:
    """Return the lead's labels, or the first member's that has any."""
    for classification in _classifications(telling, material):
        if classification.labels:
            return tuple(label.name for label in classification.labels)
    return ()


def _classifications(telling: Telling, material: Material) -> list[Classification]:
    lead = lead_of(telling, material).article.id
    ids = [lead, *(each.article.id for each in telling.members if each.article.id != lead)]
    return [material.classifications[id] for id in ids if id in material.classifications]
