"""What limits leave out of what an article tells: counted, so that nothing disappears unsaid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from digest.records import Classification, Cut
from digest.stages.catalogues import mark

Cuts = Counter[str]  #: how much of each kind was left out, by its name in `CUTS`

#: What was left out, as an edition's counts and `digest why` call it.
CUTS: Mapping[str, str] = {
    "launches": mark("launches over the limit of an article"),
    "claims": mark("AI claims over the limit of an article"),
    "plans": mark("plans over the limit of an article"),
    "names": mark("names not weighed: too many or too long"),
    "orders": mark("sentences left out: orders to a machine"),
}


def cuts_of(cuts: Cuts) -> tuple[Cut, ...]:
    """Return counts as a record has them, in the order of `CUTS`; without what nothing fell to."""
    return tuple(Cut(what, cuts[what]) for what in CUTS if cuts[what] > 0)


def count_cuts(records: Iterable[object]) -> dict[str, int]:
    """Return how much was left out of classifications together, by its words; zeros too.

    Args:
        records: those that are no classifications count nothing.
    """
    many: Cuts = Counter()
    for each in records:
        if isinstance(each, Classification):
            many.update({one.what: one.count for one in each.cut})
    return {words: many[what] for what, words in CUTS.items()}
