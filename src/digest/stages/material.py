"""What an edition is made of, and the numbers that it gives its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from digest.ports import Encoder
from digest.records import (
    Article,
    Citation,
    Classification,
    Language,
    LaunchRecord,
    Score,
    Story,
    Summary,
    Translated,
    Translation,
)
from digest.stages.ledger import Member, member_of
from digest.stages.ours import Ours
from digest.stages.publishers import page_of


@dataclass(frozen=True, slots=True)
class Material:
    """What is known of the stories and articles of an edition, by id.

    `said` holds, by article and sentence, translations of what is quoted outside of summaries.
    """

    language: str  #: the reader's
    articles: Mapping[str, Article]
    languages: Mapping[str, Language]
    classifications: Mapping[str, Classification]
    scores: Mapping[str, Score]
    summaries: Mapping[str, Summary]
    translations: Mapping[str, Translation]
    stories: Mapping[str, Story] = field(default_factory=dict)
    story_of: Mapping[str, str] = field(default_factory=dict)  #: by article
    sections: Mapping[str, str] = field(default_factory=dict)  #: where editors put a story
    said: Mapping[tuple[str, str], Translated] = field(default_factory=dict)
    ours: Ours = field(default_factory=Ours)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    quoted: Mapping[str, frozenset[str]] = field(default_factory=dict)  #: by the edition before
    records: Mapping[str, Sequence[LaunchRecord]] = field(default_factory=dict)  #: by article
    encoder: Encoder | None = None  #: finds what was told before in another language

    def with_scores(self, scores: Mapping[str, Score]) -> Material:
        """Return the same with other scores."""
        return replace(self, scores=scores)

    def language_of(self, article: str) -> str:
        """Return the article's language, "und" where it was never detected."""
        found = self.languages.get(article)
        return found.language if found else "und"


@dataclass(slots=True)
class Numbers:
    """Gives each cited article its number, in the order of first appearance."""

    citations: list[Citation] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)  #: page → the article cited for it

    def cite(self, member: Member, language: str) -> int:
        """Return the article's number, a new one where it has none yet."""
        article = member.article
        if article.id not in self.numbers:
            self.numbers[article.id] = len(self.citations) + 1
            self.pages.setdefault(page_of(article), article.id)
            self.citations.append(
                Citation(
                    number=self.numbers[article.id],
                    article=article.id,
                    title=article.title,
                    publisher=article.publisher,
                    published=date_of(member),
                    dated=member.dated,
                    language=language,
                    url=article.url or report_of(article),
                    via=(article.via.title or article.via.id) if article.via else "",
                )
            )
        return self.numbers[article.id]

    def cite_article(self, id: str, material: Material) -> int:
        """Return the number of an article's page, by whatever way it was reached before."""
        page = page_of(material.articles[id])
        if page not in self.pages:
            member = member_of(material.articles[id], material.zone)
            return self.cite(member, material.language_of(id))
        return self.numbers[self.pages[page]]

    def cited_as(self, article: Article) -> str:
        """Return the id of the article that is cited for this one's page, its own where none is."""
        return self.pages.get(page_of(article), article.id)


def report_of(article: Article) -> str | None:
    """Return where an entry without a page of its own can be read: its mail's or report's page."""
    if article.via is None or article.via.url is None:
        return None
    return f"{article.via.url}#page={article.via.page}" if article.via.page else article.via.url


def date_of(member: Member) -> str | None:
    """Return the day or moment that counts for a member, as its article has it."""
    article = member.article
    return article.published if member.dated == "published" else article.first_seen
