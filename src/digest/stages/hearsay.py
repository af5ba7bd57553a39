"""Sentences that sound like an event and tell none: firms that negotiate, fines with their sums."""

from __future__ import annotations

from collections.abc import Iterable

from digest.stages.phrase_data import phrases_for
from digest.stages.told import Told

DEALS = ("acquisition", "funding", "partnership")  #: events that firms negotiate before


def without_hearsay(told: Iterable[Told], language: str) -> list[Told]:
    """Return what is told without deals that are only negotiated, and prices that are fines.

    Args:
        told: what an article's sentences tell.
        language: BCP-47; one that `hearsay.toml` does not know keeps everything.
    """
    phrases = phrases_for("hearsay", language)
    if phrases is None:
        return list(told)
    talks, fine = phrases["talks"], phrases["fine"]
    return [
        one
        for one in told
        if not (one.event in DEALS and talks.search(one.proof.text))
        and not (one.event == "pricing" and fine.search(one.proof.text))
    ]
