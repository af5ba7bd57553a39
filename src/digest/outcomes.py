"""What one round of sending came to, in numbers and words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from digest.records import Delivery


@dataclass(slots=True)
class Outcome:
    """What one round of sending came to.

    Args:
        counts: edition → state → number of copies that came to it in this round.
        problems: the copies that were refused, or of which nobody knows, with the answer.
        unfinished: copies that are tried again later.
        again_at: when the first of them is.
        trouble: why a server took nothing at all, "" where it did.
        busy: whether another process was sending, and this one did nothing.
    """

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[Delivery] = field(default_factory=list)
    unfinished: int = 0
    again_at: str = ""
    trouble: str = ""
    busy: bool = False

    def add(self, copy: Delivery, state: str) -> None:
        """Count a copy."""
        self.counts.setdefault(copy.edition, Counter())[state] += 1

    def sent(self, edition: str = "") -> int:
        """Return how many copies were taken, of one edition or all."""
        chosen = [self.counts.get(edition, Counter())] if edition else self.counts.values()
        return sum(each["sent"] for each in chosen)

    def lines(self) -> list[str]:
        """Return in words what came of each edition."""
        said = {
            "sent": "sent",
            "failed": "refused",
            "unknown": "unknown whether taken (not sent again by itself)",
            "skipped": "no longer wanted",
        }
        lines = []
        for edition, counts in sorted(self.counts.items()):
            parts = [f"{counts[state]} {words}" for state, words in said.items() if counts[state]]
            if parts:
                lines.append(f"{edition}: {', '.join(parts)}")
        if self.unfinished:
            again = f", the first at {self.again_at[:16]} UTC" if self.again_at else ""
            lines.append(f"wait for another try: {self.unfinished}{again}")
        return lines
