"""The tasks that the flows share: a task is a batch, tried again where the world can fail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from digest.batches import Batch
from digest.errors import StoreError
from digest.records import Source
from digest.runner import Runner

#: A single failing publisher is no failed task: it is noted and tried again by the next run. What
#: a task's retry is for is the store: a lock held too long, a database server that restarts.
RETRY: dict[str, Any] = {
    "retries": 3,
    "retry_delay_seconds": exponential_backoff(backoff_factor=2),
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": lambda _task, _run, state: isinstance(
        state.result(raise_on_failure=False), StoreError
    ),
    "cache_policy": NO_CACHE,
    "persist_result": False,
}


@task(name="poll", **RETRY)
def poll(runner: Runner, sources: Sequence[Source]) -> int:
    """Ask a batch of sources what is new."""
    return runner.polling.poll(sources)


@task(name="work", task_run_name="{batch}", **RETRY)
def work(runner: Runner, batch: Batch) -> int:
    """Run one step on a batch of what waits for it."""
    return runner.work(batch)


def read_sources(runner: Runner, *, paced: bool = False) -> None:
    """Poll the sources, `paced` those whose time has come, then run every step on what waits."""
    for sources in runner.polling.batches(paced=paced):
        poll(runner, sources)
    run_steps(runner)


def run_steps(runner: Runner) -> None:
    """Run every step on what waits."""
    for stages in runner.rounds():
        for stage in stages:
            for batch in runner.batches(stage):
                work(runner, batch)
    runner.finish()
