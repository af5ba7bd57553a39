"""The flows on a real Prefect server: scheduled, started when due, alerts when they fail."""

import os
import signal
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import httpx
import pytest

from digest.config import load_settings
from digest.periods import next_ingest, next_run
from tests.conftest import free_port, wait_until
from tests.test_cli import Shell, digest, prefect_home
from tests.test_runs import corner

__all__ = ["corner", "digest", "prefect_home"]  # fixtures of other files


class Inbox:
    """What a real SMTP server on this machine has received."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.readers: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the message: aiosmtpd's hook."""
        self.mails.append(message_from_bytes(envelope.content))
        self.readers += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    """An inbox and the port of its server."""
    controller = pytest.importorskip("aiosmtpd.controller")
    kept = Inbox()
    port = free_port()
    server = controller.Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    yield kept, port
    server.stop()


def add_delivery(settings: Path, port: int, *, sources: str | None = None) -> None:
    text = settings.read_text() + (
        '[delivery]\nsender = "Digest <digest@digest.example>"\n'
        'to = ["cmo@acme.example", "tech@acme.example"]\nalerts = ["ops@acme.example"]\n'
        f'[delivery.smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
    )
    settings.write_text(text)
    if sources is not None:
        (settings.parent / "sources.yaml").write_text(sources)


def test_the_weekly_is_sent_once_to_each_reader(digest: Shell, inbox: tuple[Inbox, int]) -> None:
    """The unattended run mails the frozen edition; repeating the run mails nobody again."""
    kept, port = inbox
    add_delivery(digest.settings, port)
    for _ in range(2):
        done = digest("run", "weekly")
        assert done.returncode == 0, done.stderr
    assert sorted(kept.readers) == ["cmo@acme.example", "tech@acme.example"]
    kinds = [part.get_content_type() for part in kept.mails[0].walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_a_run_that_read_nothing_raises_an_alert(digest: Shell, inbox: tuple[Inbox, int]) -> None:
    """When every source fails somebody is told, by mail and in the report."""
    kept, port = inbox
    dead = (
        "sources:\n- name: dead\n  kind: feed\n  url: https://dead.example/feed.xml\n"
        "  publisher: Dead\n  voice: vendor\n"
    )
    add_delivery(digest.settings, port, sources=dead)
    done = digest("run", "ingest")
    assert "read nothing" in done.stdout
    (alert,) = [mail for mail in kept.mails if mail["To"] == "ops@acme.example"]
    assert "read nothing" in str(alert["Subject"])


@pytest.fixture
def server(prefect_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A Prefect server with a scheduler, as `digest schedule --serve` starts one."""
    monkeypatch.setenv("PREFECT_HOME", str(prefect_home))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    from flows.deploy import a_server

    with a_server() as address:
        yield address


def runs_of(address: str) -> list[dict[str, Any]]:
    query = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "limit": 200}
    found: list[dict[str, Any]] = httpx.post(f"{address}/flow_runs/filter", json=query).json()
    return found


def deployed(run: dict[str, Any]) -> str:
    return str(run["deployment_id"])


def deployments(address: str) -> dict[str, dict[str, Any]]:
    found = httpx.post(f"{address}/deployments/filter", json={}).json()
    return {each["name"]: each for each in found}


def run_started(address: str) -> str:
    """Return the id of a run that is started by hand; a server that is busy is asked again."""
    ids: list[str] = []

    def ask() -> bool:
        answer = httpx.post(address, json={"state": {"type": "SCHEDULED"}}, timeout=30)
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return False
        ids.append(answer.raise_for_status().json()["id"])
        return True

    assert wait_until(ask, 60), "Prefect's server stayed busy"
    return ids[0]


def test_the_schedule_is_wired_and_a_due_run_is_started(server: str, digest: Shell) -> None:
    """The flows stand in Prefect with their next runs, and a run that is due is really run."""
    digest.settings.write_text(digest.settings.read_text().split("\n", 1)[1])  # the real present
    environment = digest.environment | {"PREFECT_API_URL": server}
    process = subprocess.Popen(
        [*digest.command, "schedule", "--serve"],
        env=environment,
        cwd=digest.settings.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert wait_until(lambda: len(deployments(server)) == 3, 90)
        known = deployments(server)
        assert set(known) == {"ingest-cmo", "weekly-cmo", "quarterly-cmo"}
        ids = {each["id"] for each in known.values()}
        assert wait_until(lambda: {deployed(each) for each in runs_of(server)} == ids, 90)
        from datetime import UTC, datetime

        schedule, now = load_settings(digest.settings).schedule, datetime.now(UTC)
        for name, due in (
            ("weekly-cmo", next_run(schedule.weekly, now, schedule.timezone)),
            ("ingest-cmo", next_ingest(schedule.ingest_minutes, now)),
        ):
            runs = [each for each in runs_of(server) if deployed(each) == known[name]["id"]]
            first = min(each["expected_start_time"] for each in runs)
            assert datetime.fromisoformat(first) == due
        start = f"{server}/deployments/{known['weekly-cmo']['id']}/create_flow_run"
        started = run_started(start)
        assert wait_until(lambda: _state(server, started) in ("COMPLETED", "FAILED"), 180)
        assert _state(server, started) == "COMPLETED"
        assert (digest.settings.parent / "editions").is_dir()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def _state(address: str, id: str) -> str:
    return str(httpx.get(f"{address}/flow_runs/{id}").json()["state_type"])
