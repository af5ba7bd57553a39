"""One story as an edition shows it: headline, verbatim lines, and a number for every source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from digest.records import (
    Article,
    Citation,
    Classification,
    Earlier,
    Entrant,
    Language,
    Launch,
    Line,
    Quote,
    Score,
    Story,
    Summary,
    Translated,
    Translation,
)
from digest.stages.attempts import is_same_language
from digest.stages.ledger import Member, Telling
from digest.stages.novelty import renew
from digest.stages.publishers import count_publishers, distinct_pages, page_of
from digest.stages.summarise import summarise
from digest.stages.telling import choose_lead

EARLIER_WORDS = 60  #: words of a story whose summary quotes only what came after the period
LONGEST_HEADLINE = 140  #: code points of a headline that is made from the text


@dataclass(frozen=True, slots=True)
class Material:
    """What is known of the stories and articles of an edition, by id."""

    language: str  #: the reader's
    articles: Mapping[str, Article]
    languages: Mapping[str, Language]
    classifications: Mapping[str, Classification]
    scores: Mapping[str, Score]
    summaries: Mapping[str, Summary]
    translations: Mapping[str, Translation]
    stories: Mapping[str, Story] = field(default_factory=dict)
    quoted: Mapping[str, frozenset[str]] = field(default_factory=dict)  #: by the edition before

    def language_of(self, article: str) -> str:
        """Return the article's language, "und" where it was never detected."""
        found = self.languages.get(article)
        return found.language if found else "und"


@dataclass(slots=True)
class Numbers:
    """Gives each cited article its number, in the order of first appearance."""

    citations: list[Citation] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def cite(self, member: Member, language: str) -> int:
        """Return the article's number, a new one where it has none yet."""
        article = member.article
        if article.id not in self.numbers:
            self.numbers[article.id] = len(self.citations) + 1
            self.citations.append(
                Citation(
                    number=self.numbers[article.id],
                    article=article.id,
                    title=article.title,
                    publisher=article.publisher,
                    published=_date(member),
                    dated=member.dated,
                    language=language,
                    url=article.url or _report(article),
                    via=(article.via.title or article.via.id) if article.via else "",
                )
            )
        return self.numbers[article.id]


def _report(article: Article) -> str | None:
    """Return where an entry without a page of its own can be read: its mail's or report's page."""
    if article.via is None or article.via.url is None:
        return None
    return f"{article.via.url}#page={article.via.page}" if article.via.page else article.via.url


def make_entrant(telling: Telling, *, material: Material, numbers: Numbers) -> Entrant:
    """Return the story as the edition shows it; every quotation in it is verbatim."""
    story, head = telling.story, head_of(telling, material)
    pages = members_by_page(telling)
    first = numbers.cite(pages[head.article.id], material.language_of(head.article.id))
    lines = tuple(
        _line(quote, pages, material=material, numbers=numbers, story=story.id)
        for quote in verbatim_quotes(telling, material)
    )
    rest = [
        numbers.cite(each, material.language_of(each.article.id))
        for each in {each.article.id: each for each in pages.values()}.values()
    ]
    headline = _headline(head.article, material, story.id)
    score = material.scores[story.id]
    since = telling.fresh[0]
    return Entrant(
        story=story.id,
        headline=headline.target,
        headline_original=headline.source,
        headline_language=headline.language,
        headline_translated=_is_translated(headline, material.language),
        headline_note=_note(headline, material.language),
        status=telling.status,
        publishers=len(count_publishers(each.article for each in telling.members)),
        languages=tuple(sorted({material.language_of(id) for id in pages})),
        labels=labels_of(telling, material),
        score=score.total,
        why=score.parts,
        lines=lines,
        citations=(first, *(number for number in sorted(rest) if number != first)),
        launches=tuple(
            replace(launch, evidence=_at(launch.evidence, pages))
            for launch in launches_of(telling, material)
        ),
        published=_date(since) or "",
        dated=since.dated,
        earlier=earlier_of(story, material),
    )


def earlier_of(story: Story, material: Material) -> tuple[Earlier, ...]:
    """Return the stories that a story goes on with, as far as they are at hand."""
    known = (
        material.stories[link.story] for link in story.related if link.story in material.stories
    )
    return tuple(_earlier(each, material) for each in known if each.lead in material.articles)


def _earlier(story: Story, material: Material) -> Earlier:
    lead = material.articles[story.lead]
    headline = _headline(lead, material, story.id)
    translated = _is_translated(headline, material.language)
    return Earlier(
        story=story.id,
        headline=headline.target,
        language=material.language if translated else headline.language,
        publisher=lead.publisher,
        published=lead.published or lead.first_seen,
        url=lead.url or _report(lead),
    )


def members_by_page(telling: Telling) -> dict[str, Member]:
    """Return, by article id, the member that is cited for it: one for each page.

    A page that was reached through its feed and through a newsletter's link is one source.
    """
    members = {each.article.id: each for each in telling.members}
    kept = {page_of(one): one.id for one in distinct_pages(m.article for m in members.values())}
    return {id: members[kept[page_of(each.article)]] for id, each in members.items()}


def _at(quote: Quote, pages: Mapping[str, Member]) -> Quote:
    """Return the quotation in the article that is cited for its page, where it stands there too."""
    article = pages[quote.article].article
    if article.text[quote.start : quote.end] != quote.text:
        return quote
    return replace(quote, article=article.id)


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
    the reader's own that says the same.
    """
    translation = material.translations.get(telling.story.id)
    for member in telling.members:
        if translation and member.article.id == translation.title.article:
            return member
    return lead_of(telling, material)


def verbatim_quotes(telling: Telling, material: Material) -> tuple[Quote, ...]:
    """Return the summary's sentences that stand in the story's articles as quoted."""
    shown = {member.article.id for member in telling.members}
    quotes = quotes_of(telling, material)
    if quotes and not any(quote.article in shown for quote in quotes):
        quotes = _earlier_quotes(telling, material)
    proved = tuple(
        quote
        for quote in quotes
        if quote.article in shown and is_verbatim(quote, material.articles)
    )
    return _new_quotes(proved, telling, material) if telling.status == "developing" else proved


def _new_quotes(
    quotes: tuple[Quote, ...], telling: Telling, material: Material
) -> tuple[Quote, ...]:
    """Return what a developing story tells beyond what the edition before has shown."""
    first = lead_of(telling, material).article
    pages_of = members_by_page(telling)
    pages = {each.article.id: each.article for each in pages_of.values()}
    rest = (article for article in pages.values() if article.id != first.id)
    members = (each.article.id for each in telling.members)
    return renew(
        telling.story.id,
        quotes,
        [pages.get(first.id, first), *rest],
        material.languages,
        fresh={pages_of[each.article.id].article.id for each in telling.fresh},
        told=frozenset[str]().union(*(material.quoted.get(id, ()) for id in members)),
        reader=material.language,
    )


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


def is_verbatim(quote: Quote, articles: Mapping[str, Article]) -> bool:
    """Return whether the article says, at the quoted place, just what is quoted."""
    article = articles.get(quote.article)
    if article is None or not quote.text or not 0 <= quote.start < quote.end:
        return False
    return article.text[quote.start : quote.end] == quote.text


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


def _line(
    quote: Quote,
    pages: Mapping[str, Member],
    *,
    material: Material,
    numbers: Numbers,
    story: str,
) -> Line:
    said = _translated(quote, material, story)
    proof = _at(quote, pages)
    return Line(
        text=said.target,
        original=proof,
        language=said.language,
        citation=numbers.cite(pages[proof.article], said.language),
        translated=_is_translated(said, material.language),
        note=_note(said, material.language),
    )


def _translated(quote: Quote, material: Material, story: str) -> Translated:
    translation = material.translations.get(story)
    for said in (*translation.summary, *translation.text) if translation else ():
        if said.article == quote.article and said.source == quote.text and said.target.strip():
            return said
    language = material.language_of(quote.article)
    return Translated(quote.text, quote.text, False, language, quote.article)


def _headline(article: Article, material: Material, story: str) -> Translated:
    title = article.title.strip() or _first_words(article.text)
    language = material.language_of(article.id)
    translation = material.translations.get(story)
    said = translation.title if translation else None
    if said and said.article == article.id and said.source.strip() == title and said.target.strip():
        return said
    return Translated(title, title, False, language, article.id)


def _first_words(text: str) -> str:
    line = text.strip().split("\n")[0]
    if len(line) <= LONGEST_HEADLINE:
        return line
    return line[:LONGEST_HEADLINE].rsplit(" ", 1)[0] + " …"


def _is_translated(said: Translated, language: str) -> bool:
    return said.ok and not is_same_language(said.language, language)


def _note(said: Translated, language: str) -> str:
    if said.ok or is_same_language(said.language, language) or said.language == "und":
        return ""
    return said.note or "not translated"


def _date(member: Member) -> str | None:
    article = member.article
    return article.published if member.dated == "published" else article.first_seen
