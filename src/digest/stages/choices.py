"""How editors have chosen so far, by label, vendor, event and source: what later scores learn."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.stages.curation import Curation

#: What a story is about, as choices name it: "label", "vendor", "event", "topic" or "source", and
#: the name of it.
Kind = tuple[str, str]
#: From −1, always left out, to 1, always taken in or moved up.
Choices = Mapping[Kind, float]

#: Stories that are counted besides those that were chosen, so that one decision moves a kind by a
#: third, two by half, and none by the whole. Set by judgement.
PRIOR = 2.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """What editors made of one story in one edition.

    Args:
        kinds: what the story is about.
        verdict: 1 where they took it in or moved it up, −1 where they left it out, 0 where they let
            it stand.
    """

    kinds: tuple[Kind, ...]
    verdict: int


def learn_choices(chosen: Iterable[Chosen]) -> dict[Kind, float]:
    """Return how editors chose each kind of story: the mean of their verdicts, drawn to nought.

    What they saw and let stand counts against both: of a label whose stories mostly stay, one that
    was left out says little.
    """
    total: Counter[Kind] = Counter()
    seen: Counter[Kind] = Counter()
    for each in chosen:
        for kind in each.kinds:
            total[kind] += each.verdict
            seen[kind] += 1
    return {
        kind: round(total[kind] / (seen[kind] + PRIOR), 3) for kind in sorted(seen) if total[kind]
    }


def judge_stories(curation: Curation, scores: Mapping[str, float]) -> dict[str, int]:
    """Return the editors' verdict on each story of one edition, see `Chosen`.

    Args:
        curation: what they decided on that edition.
        scores: of the stories that it showed, where it was published.
    """
    return {
        **dict.fromkeys(scores, 0),
        **dict.fromkeys(moved_up(curation.order, scores), 1),
        **dict.fromkeys(sorted(curation.included), 1),
        **dict.fromkeys(sorted(curation.excluded), -1),
    }


def moved_up(order: Sequence[str], scores: Mapping[str, float]) -> list[str]:
    """Return the stories that an order puts above better ones.

    Taken as moved are the fewest stories that explain the order: where one goes from the first
    place to the last, the others were not moved up.
    """
    placed = [story for story in order if story in scores]
    best = {story: n for n, story in enumerate(sorted(placed, key=lambda s: -scores[s]))}
    stayed = _longest_rising([best[story] for story in placed])
    return [s for n, s in enumerate(placed) if best[s] not in stayed and n < best[s]]


def _longest_rising(places: Sequence[int]) -> frozenset[int]:
    """Return a longest rising subsequence of distinct numbers (Fredman 1975)."""
    ends: list[int] = []  # the smallest number that ends a row of each length
    before: dict[int, int | None] = {}
    for place in places:
        length = bisect_left(ends, place)
        before[place] = ends[length - 1] if length else None
        ends[length : length + 1] = [place]
    row, last = set(), ends[-1] if ends else None
    while last is not None:
        row.add(last)
        last = before[last]
    return frozenset(row)
