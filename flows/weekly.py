"""The unattended weekly: reads, freezes the edition of the week just ended, and sends it."""

from __future__ import annotations

from prefect import flow

from digest.jobs import open_job
from digest.report import RunReport
from flows.tasks import read_sources


@flow(name="weekly", persist_result=False)
def weekly(config: str | None = None) -> RunReport:
    """Read all sources, then freeze, write and send the week just ended."""
    with open_job("weekly", config) as job:
        read_sources(job.runner)
        # A week in which no source could be read is drafted only: the next run may still make it.
        made = job.publish_all("weekly", freeze=not job.read_nothing)
        job.send_all(written for written in made if written.frozen)
    return job.report
