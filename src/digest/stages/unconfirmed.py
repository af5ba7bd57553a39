"""Events that nobody confirmed or somebody barred, and vendors that are examples or products."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from digest.records import Article
from digest.stages.clean import key_of
from digest.stages.needles import places_of
from digest.stages.phrase_data import NOTHING, Patterns, phrases_for
from digest.stages.taxonomy import load_knowledge
from digest.stages.told import ONE_THING, Told

DEALS = ("acquisition", "funding", "partnership")
BEFORE = 16  #: characters before a name in which "such as" stands


def without_unconfirmed(told: Iterable[Told], article: Article, language: str) -> list[Told]:
    """Return what is told without deals that are barred, rumours, and vendors that are examples.

    What is told of a product whose vendor the same article names is told of that vendor;
    what it can do besides is no event of its own.

    Args:
        told: what an article's sentences tell.
        article: the article.
        language: BCP-47; one that `hearsay.toml` does not know keeps rumours.
    """
    phrases = phrases_for("hearsay", language) or {}
    kept = [
        one for one in told if not _is_unsure(one, phrases) and not _is_example(one.vendor, article)
    ]
    return _owned(kept)


def _is_unsure(one: Told, phrases: Patterns) -> bool:
    """Return whether an event's sentence says that it is a rumour, or that somebody barred it."""
    if phrases.get("rumour", NOTHING).search(one.proof.text):
        return True
    return one.event in DEALS and phrases.get("barred", NOTHING).search(one.proof.text) is not None


def _is_example(vendor: str, article: Article) -> bool:
    """Return whether an article names a vendor only as an example: "survey tools like Kelp"."""
    if vendor in article.title:
        return False
    told = [
        article.text[max(place - BEFORE, 0) : place] for place in places_of(vendor, article.text)
    ]
    return bool(told) and all(_examples().search(before) for before in told)


def _owned(told: Sequence[Told]) -> list[Told]:
    """Give what is told of a product to the vendor that another sentence names for it."""
    owners = {
        key_of(one.product): one.vendor
        for one in told
        if one.product and one.event in ONE_THING and key_of(one.vendor) != key_of(one.product)
    }
    kept = []
    for one in told:
        owner = owners.get(key_of(one.vendor), one.vendor)
        if owner == one.vendor:
            kept.append(one)
        elif one.event != "feature":
            kept.append(replace(one, vendor=owner))
    return kept


@cache
def _examples() -> re.Pattern[str]:
    rows = load_knowledge().names["examples"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(rows)})\s+$", re.I)
