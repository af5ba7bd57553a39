"""Which edition somebody is at, and what a list needs to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digest.config_editions import Audience
from digest.periods import Period, edition_id


@dataclass(frozen=True, slots=True)
class Issue:
    """Which edition somebody is at: of a week or quarter, for an audience.

    Args:
        period: the week or quarter.
        audience: for whom.
        is_main: whether the audience is that of `[audience]`, whom no address has to name.
    """

    period: Period
    audience: Audience
    is_main: bool

    @property
    def id(self) -> str:
        """The edition's id."""
        return edition_id(self.period.kind, self.period, self.audience.name)

    @property
    def name(self) -> str:
        """The audience as addresses name it: "" for the main one."""
        return "" if self.is_main else self.audience.name

    @property
    def address(self) -> str:
        """Where the edition's page is."""
        named = f"?audience={self.name}" if self.name else ""
        return f"/editions/{self.period.name}{named}"


@dataclass(frozen=True, slots=True)
class Glance:
    """An edition as a list needs it: its id, whether it is published, story → place."""

    id: str
    frozen: bool
    places: Mapping[str, int]
