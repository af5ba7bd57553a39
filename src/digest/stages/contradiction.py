"""How far the names and numbers of two texts agree, and how far they contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Mentions on both sides and on one side only, the most frequent first."""

    shared: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    against: int  #: mentions that one text has *instead of* the other's

    def words(self, what: str) -> str:
        """Return the evidence in words: "3 numbers shared (12, 40, 2026), 1 against (7 ≠ 8)"."""
        said = f"{len(self.shared)} {what} shared"
        if self.shared:
            said += f" ({', '.join(self.shared[:4])})"
        if self.against and self.left and self.right:
            said += f", against: {', '.join(self.left[:3])} ≠ {', '.join(self.right[:3])}"
        return said


def compare_mentions(
    left: Counter[str],
    right: Counter[str],
    *,
    left_words: Collection[str] = (),
    right_words: Collection[str] = (),
) -> Agreement:
    """Return where two texts' mentions agree.

    A mention that only one side has may have been left out by the other; a contradiction needs one
    on each side, so that it weighs as much as the lighter side: the count of its mentions, at most
    three each.

    Args:
        left: mentions of one text.
        right: mentions of the other.
        left_words: all words of the left text, in which the right one's mention may also stand.
        right_words: likewise.
    """
    only_left = {key: n for key, n in left.items() if key not in right and key not in right_words}
    only_right = {key: n for key, n in right.items() if key not in left and key not in left_words}
    return Agreement(
        shared=_by_count({key: min(n, right[key]) for key, n in left.items() if key in right}),
        left=_by_count(only_left),
        right=_by_count(only_right),
        against=min(_weight(only_left), _weight(only_right)),
    )


def _by_count(counts: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda key: (-counts[key], key)))


def _weight(counts: dict[str, int]) -> int:
    return sum(min(count, 3) for count in counts.values())
