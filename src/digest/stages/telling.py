"""How a story is told: the article to show first, and whose voices carry it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from digest.records import Article, Joined, Language, Link, Story
from digest.stages.orders import is_order, orders_in
from digest.stages.publishers import count_publishers
from digest.text import count_words

ENTRY = 40  # words under which what a report or newsletter says itself is no article
#: Who speaks more for itself than for the reader comes later; a wire prints what it is sent.
VOICES = {"independent": 0, "regulator": 1, "unknown": 2, "vendor": 3, "wire": 4}


def make_story(
    members: Sequence[Article],
    *,
    copies: Collection[str],
    languages: Mapping[str, Language],
    language: str,
    evidence: Sequence[Joined],
    related: Sequence[Link] = (),
) -> Story:
    """Return the story that `members` tell.

    Args:
        members: the founding article, then the others by date and id.
        copies: ids of the members that are duplicates of others.
        languages: by article id.
        language: the reader's.
        evidence: why each member but the founding one belongs.
        related: earlier stories that this one goes on with.
    """
    dates = [article.published for article in members if article.published]
    return Story(
        id=members[0].id,
        members=tuple(article.id for article in members),
        lead=choose_lead(members, copies=copies, languages=languages, language=language).id,
        publishers=count_publishers(members),
        first_published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        evidence=tuple(evidence),
        related=tuple(related),
    )


def choose_lead(
    members: Sequence[Article],
    *,
    copies: Collection[str],
    languages: Mapping[str, Language],
    language: str,
) -> Article:
    """Return the article to show first.

    In this order: an article before the line that a report or newsletter has on it, one that gives
    a machine no orders, in the reader's language, readable without paying, in a language that leads
    there (Chinese in the other script, English), the more independent voice, an original before its
    copy, the longer text, the earlier, the smaller id.
    """

    def rank(place: int) -> tuple[object, ...]:
        article = members[place]
        spoken = languages.get(article.id)
        return (
            _is_line(article),
            is_order(article.title) or bool(orders_in(article.text)),
            spoken is None or not _same_language(spoken.language, language),
            article.paywalled,
            _distance(spoken.language if spoken else "und", language),
            VOICES.get(article.voice, len(VOICES)),
            article.id in copies,
            -len(article.text or ""),
            place,
        )

    return members[min(range(len(members)), key=rank) if len(members) > 1 else 0]


def _is_line(article: Article) -> bool:
    """Return whether all there is of an article is what a report or newsletter says of it."""
    return article.via is not None and count_words(article.text or "") < ENTRY


def _distance(spoken: str, language: str) -> int:
    """Return how far a text in another language is from its reader, whatever is installed.

    Scripts of Chinese are converted; English has packages into most languages, and most read it.
    """
    one, other = spoken.casefold().split("-")[0], language.casefold().split("-")[0]
    return 0 if one == other else 1 if one == "en" else 2


def _same_language(one: str, other: str) -> bool:
    """Return whether two tags name one language; scripts of Chinese are different ones here."""
    one, other = one.casefold(), other.casefold()
    return one == other or one.split("-")[0] == other or other.split("-")[0] == one
