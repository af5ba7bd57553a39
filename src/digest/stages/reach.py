"""What an edition could have read and did not: sources that failed, fell silent or are paused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from digest.records import Missed, Source, SourceState

ORDER: tuple[Literal["failed", "silent", "paused"], ...] = ("failed", "silent", "paused")


def find_missed(
    sources: Iterable[Source], states: Mapping[str, SourceState], spoke: Collection[str]
) -> tuple[Missed, ...]:
    """Return the sources of which nothing was read in a period, those that failed first.

    Args:
        sources: all that are listed.
        states: what is remembered of them, by name.
        spoke: names of those of which something was read.
    """
    found = (_missed(each, states.get(each.name)) for each in sources if each.name not in spoke)
    return tuple(
        sorted(found, key=lambda each: (ORDER.index(each.why), each.publisher, each.source))
    )


def _missed(source: Source, state: SourceState | None) -> Missed:
    if source.paused:
        return Missed(source.name, source.publisher, "paused")
    if state is not None and state.failures:
        return Missed(source.name, source.publisher, "failed", state.error or "")
    return Missed(source.name, source.publisher, "silent")
