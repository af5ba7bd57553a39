"""The schedule: the flows as Prefect deployments, served by this process until it is stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from digest.config import Settings
from digest.errors import DigestError
from digest.periods import INGEST_FROM, schedule_rules
from flows import TEMPORARY

STARTS_WITHIN = 120.0  #: seconds a Prefect server may take before it answers


def make_deployments(settings: Settings, config: str | None = None) -> list[Any]:
    """Return the flows with their schedules, as Prefect deployments.

    Ingest is among them where it is wanted, the outbox where there is something to send through.
    """
    from prefect.schedules import Interval, RRule

    from flows.ingest import ingest
    from flows.outbox import outbox
    from flows.quarterly import quarterly
    from flows.weekly import weekly

    schedule, zone = settings.schedule, settings.schedule.timezone
    rules = schedule_rules(schedule.weekly, schedule.quarterly)
    flows: dict[str, tuple[Any, Any]] = {
        "weekly": (weekly, RRule(rules["weekly"], timezone=zone)),
        "quarterly": (quarterly, RRule(rules["quarterly"], timezone=zone)),
    }
    if schedule.ingest_minutes:
        every = timedelta(minutes=schedule.ingest_minutes)
        flows["ingest"] = (ingest, Interval(every, anchor_date=INGEST_FROM, timezone="UTC"))
    delivery = settings.delivery
    if schedule.send_minutes and (delivery.smtp.host or delivery.channels):
        flows["outbox"] = (outbox, Interval(timedelta(minutes=schedule.send_minutes)))
    return [
        flow.to_deployment(
            name=f"{name}-{settings.audience.name}",
            parameters={"config": config},
            schedule=rule,
            description=f"Digest's {name} run, in {zone}.",
        )
        for name, (flow, rule) in flows.items()
    ]


def serve(settings: Settings, config: str | None = None) -> None:
    """Start the flows when they are due, until the process is stopped.

    Uses the Prefect server of `PREFECT_API_URL`; without one it starts a server of its own on this
    machine, because the temporary one that flows start has no scheduler.
    """
    with a_server():
        from prefect import serve as serve_deployments

        serve_deployments(*make_deployments(settings, config), limit=1)


@contextmanager
def a_server() -> Iterator[str]:
    """Give the address of a Prefect server with a scheduler; one started here is stopped after."""
    known = os.environ.get("PREFECT_API_URL")
    if known:
        yield known
        return
    port = _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    # S603: the command is made of our own words and a number.
    environment = {name: value for name, value in os.environ.items() if name not in TEMPORARY}
    process = subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # Ctrl-C is ours to handle: the server is stopped last
    )
    address = f"http://127.0.0.1:{port}/api"
    try:
        _wait_for(f"{address}/health", process)
        os.environ["PREFECT_API_URL"] = address
        yield address
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own http address
                return
        except OSError:
            time.sleep(0.3)
    cure = "run `prefect server start` by hand and set PREFECT_API_URL"
    raise DigestError("Prefect's server does not start", cure=cure)
