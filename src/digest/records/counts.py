"""What one quarter's stories were about, counted: what trends are told from."""

from __future__ import annotations

from dataclasses import dataclass

from digest.records.findings import TrendKind


@dataclass(frozen=True, slots=True)
class Fact:
    """How many stories of one group of sources were about something."""

    kind: TrendKind
    name: str
    group: int  #: place in `QuarterCounts.groups`
    stories: int


@dataclass(frozen=True, slots=True)
class QuarterCounts:
    """A quarter in numbers, with the sources that told each story.

    Stories are counted by who told them, so that two quarters can be compared over the sources that
    were read in both: a new feed is then no trend.
    """

    id: str  #: "2026-Q3"
    groups: tuple[tuple[str, ...], ...]  #: each set of sources that told a story together
    stories: tuple[int, ...]  #: stories told by each group
    facts: tuple[Fact, ...]

    @property
    def sources(self) -> frozenset[str]:
        """Every source that told anything."""
        return frozenset(source for group in self.groups for source in group)
