"""Reads all sources, or one address or file handed in."""

from __future__ import annotations

from prefect import flow

from digest.by_hand import add_by_hand
from digest.jobs import open_job
from digest.report import RunReport
from flows.tasks import read_sources, run_steps


@flow(name="ingest", persist_result=False)
def ingest(config: str | None = None) -> RunReport:
    """Poll the sources whose time has come, and run every step on what waits."""
    with open_job("ingest", config) as job:
        read_sources(job.runner, paced=True)
        job.send_due()
    return job.report


@flow(name="ingest-one", persist_result=False)
def ingest_one(place: str, config: str | None = None) -> list[str]:
    """Read one address or file, and return the ids of what it held."""
    with open_job("ingest-one", config) as job:
        ids = add_by_hand(job.runner, place)
        job.runner.keep_to(ids)
        run_steps(job.runner)
    return ids
