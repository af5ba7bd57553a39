"""Sends what is due in the outbox: what a server has put off, and what a killed run has left."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from digest.config import load_settings
from digest.jobs import Job
from digest.wiring import make_runner


@flow(name="outbox", persist_result=False)
def outbox(config: str | None = None) -> list[str]:
    """Try once what is due, and return in words what came of it; no run is noted."""
    runner = make_runner(load_settings(Path(config) if config else None))
    try:
        Job("outbox", runner).send_due()
    finally:
        runner.store.close()
    return runner.report.notes
