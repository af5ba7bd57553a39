"""When the flows are due."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from digest.config import Settings
from digest.periods import next_ingest, next_run


def next_runs(settings: Settings, now: datetime | None = None) -> dict[str, datetime]:
    """Return the next start of each flow, in the schedule's time zone; ingest where it is wanted.

    Args:
        settings: the schedule and its time zone.
        now: the present; the settings' fixed one, or the clock's, where left out.
    """
    moment = now or settings.now or datetime.now(UTC)
    schedule = settings.schedule
    ingest = next_ingest(schedule.ingest_minutes, moment)
    often = {"ingest": ingest.astimezone(ZoneInfo(schedule.timezone))} if ingest else {}
    return often | {
        "weekly": next_run(schedule.weekly, moment, schedule.timezone),
        "quarterly": next_run(schedule.quarterly, moment, schedule.timezone),
    }
