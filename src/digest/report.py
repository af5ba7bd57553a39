"""What a run did: the numbers behind the table that every run ends with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class StepReport:
    """What one step did in a run."""

    waited: int = 0  #: inputs that waited
    made: int = 0  #: records that are new or changed
    same: int = 0  #: records made again and found the same
    dropped: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many of a source's entries went no further, and why."""

    stage: str  #: the step's name, or "edition"
    reason: str
    count: int

    def __str__(self) -> str:
        """Return it in words: `2 × off-topic (classify)`."""
        return f"{self.count} × {self.reason} ({self.stage})"


@dataclass(slots=True)
class RunReport:
    """What one run did, and what the store holds at its end."""

    sources: int = 0
    unchanged: int = 0  #: sources with nothing new
    not_due: int = 0  #: sources that want to be asked later, or had little to tell
    resting: dict[str, str] = field(default_factory=dict)  #: of these: what server or feed wishes
    by_source: dict[str, dict[str, int]] = field(default_factory=dict)  #: source → entries, new, …
    failed: dict[str, str] = field(default_factory=dict)  #: source name → what went wrong
    found: int = 0  #: entries seen
    new: int = 0  #: items that are new or edited
    steps: dict[str, StepReport] = field(default_factory=dict)
    drops: Counter[tuple[str, str]] = field(default_factory=Counter)  #: (step, reason) → many
    cut: Counter[str] = field(default_factory=Counter)  #: left out of articles, by words
    left_out: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)  #: by source
    duplicates: int = 0
    stories: int = 0
    articles: int = 0
    waiting: int = 0  #: what the next run will try again
    missing_packages: list[str] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def step(self, name: str) -> StepReport:
        """Return the numbers of a step, made at first use."""
        return self.steps.setdefault(name, StepReport())

    def leave_out(self, source: str, stage: str, reason: str, many: int = 1) -> None:
        """Count entries of a source that go no further, by step and reason."""
        self.left_out.setdefault(source, Counter())[stage, reason] += many

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing new and nothing waited."""
        return not self.new and not any(step.waited for step in self.steps.values())

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "sources": self.sources,
            "unchanged": self.unchanged,
            "not_due": self.not_due,
            "resting": self.resting,
            "by_source": self.by_source,
            "failed": self.failed,
            "found": self.found,
            "new": self.new,
            "nothing_new": self.is_idle,
            "steps": {
                name: {
                    "waited": step.waited,
                    "made": step.made,
                    "same": step.same,
                    "dropped": step.dropped,
                    "seconds": round(step.seconds, 3),
                }
                for name, step in self.steps.items()
            },
            "dropped": [
                {"stage": stage, "reason": reason, "count": count}
                for (stage, reason), count in sorted(self.drops.items())
            ],
            "cut": {words: many for words, many in sorted(self.cut.items()) if many},
            "left_out": {
                source: [asdict(each) for each in listed(counts)]
                for source, counts in sorted(self.left_out.items())
            },
            "articles": self.articles,
            "duplicates": self.duplicates,
            "stories": self.stories,
            "waiting": self.waiting,
            "missing_packages": self.missing_packages,
            "editions": self.editions,
            "notes": self.notes,
        }


def listed(counts: Mapping[tuple[str, str], int]) -> tuple[LeftOut, ...]:
    """Return counts by step and reason as records, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(LeftOut(stage, reason, count) for (stage, reason), count in ordered)
