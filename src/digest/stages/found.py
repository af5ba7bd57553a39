"""Launch records and plans over many articles, until `launch_records` and `plans` give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from digest.records import Article, Classification, Commitment, Language, LaunchRecord, Story
from digest.stages.publishers import count_publishers
from digest.text import make_id


def find_records(
    stories: Iterable[Story],
    articles: Mapping[str, Article],
    classifications: Mapping[str, Classification],
    languages: Mapping[str, Language],
    *,
    aliases: Mapping[str, str],
) -> tuple[LaunchRecord, ...]:
    """Return one record for each vendor, product and event of a story."""
    made: dict[tuple[str, str, str], LaunchRecord] = {}
    for story in stories:
        for id in story.members:
            known = classifications.get(id)
            for launch in known.launches if known and id in articles else ():
                vendor = aliases.get(launch.vendor, launch.vendor)
                key = (vendor.casefold(), launch.product.casefold(), launch.event)
                members = tuple(each for each in story.members if each in articles)
                made.setdefault(
                    key,
                    LaunchRecord(
                        id=make_id(launch.event, launch.evidence.article, launch.product),
                        vendor=vendor,
                        product=launch.product,
                        event=launch.event,
                        category=launch.category,
                        announced=launch.announced or (articles[id].published or "")[:10] or None,
                        announced_from=launch.announced_from or "published",
                        availability=launch.availability,
                        evidence=launch.evidence,
                        stories=(story.id,),
                        articles=members,
                        publishers=count_publishers(articles[each] for each in members),
                        languages=tuple(
                            sorted({languages[m].language for m in members if m in languages})
                        ),
                        confidence=launch.confidence,
                    ),
                )
    return tuple(made.values())


def follow_up(
    articles: Mapping[str, Article],
    classifications: Mapping[str, Classification],
    *,
    today: date,
) -> tuple[Commitment, ...]:
    """Return each plan, open or overdue."""
    return tuple(
        Commitment(
            plan=plan,
            stated=articles[id].published,
            kept="overdue" if plan.due and plan.due < today.isoformat() else "open",
        )
        for id, known in sorted(classifications.items())
        if id in articles
        for plan in known.plans
    )
