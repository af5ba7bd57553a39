"""The quarterly draft: reads, and drafts the quarter just ended for the editors to publish."""

from __future__ import annotations

from prefect import flow

from digest.jobs import open_job
from digest.report import RunReport
from flows.tasks import read_sources


@flow(name="quarterly", persist_result=False)
def quarterly(config: str | None = None) -> RunReport:
    """Read all sources, then write the draft of the quarter just ended: editors publish it."""
    with open_job("quarterly", config) as job:
        read_sources(job.runner)
        job.publish_all("quarterly")
        job.send_due()
    return job.report
