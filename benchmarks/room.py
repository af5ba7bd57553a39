"""How long a page of the room takes: 50,000 articles in SQLite, ten editors at once.

`python -m benchmarks.room FOLDER` makes the store in FOLDER (kept, for the next time), measures the
processor time of each page alone, opens the room on the store in a process of its own, lets ten
editors work, and prints the tables in Markdown. `… FOLDER alone` stops after the first.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

import httpx
import numpy as np

from benchmarks.room_store import EDITORS, NOW, PASSWORD, WORDS, fill
from digest.config import load_settings
from digest.opening import make_store
from digest.wiring import make_encoder

SECONDS = 60.0
THINKING = (0.5, 1.5)  #: seconds between two pages of one editor
PORT = 8699


def main(folder: Path, *more: str) -> None:
    """Make the store where there is none, measure, and print the table."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "digest.toml"
    settings.write_text(
        f'now = {NOW.isoformat()}\n[store]\nurl = "sqlite:///room.db"\n'
        f'[models]\nsecond = ""\n[web]\nport = {PORT}\n'
    )
    if not (folder / "room.db").exists():
        fill(make_store(load_settings(settings)), make_encoder(load_settings(settings)).model)
    sys.stdout.write(alone(settings))
    if "alone" in more:
        return
    command = [sys.executable, "-c", "from digest.cli import main; main()"]
    server = subprocess.Popen([*command, "--config", str(settings), "web"])
    try:
        wait_until_up()
        warm_up()
        spent = processor_seconds(server.pid)
        found = measure()
        spent = processor_seconds(server.pid) - spent
    finally:
        server.terminate()
        server.wait()
    many = sum(map(len, found.values()))
    sys.stdout.write(table(found))
    sys.stdout.write(f"Processor time of the room: {spent / many * 1000:.0f} ms an answer.\n")


def wait_until_up() -> None:
    """Wait until the room answers."""
    for _ in range(120):
        time.sleep(1)
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{PORT}/healthz").is_success:
                return


def pages(story: str, period: str = "2026-Q3") -> dict[str, str]:
    """Return the pages that are measured alone, by name."""
    inbox = f"/inbox?period={period}"
    return {
        "inbox, third page": f"{inbox}&page=3",
        "inbox, by a label": f"{inbox}&label=Email+Marketing",
        "inbox, by a source": f"{inbox}&source=source-17",
        "inbox, undecided": f"{inbox}&status=open",
        "search by words": f"{inbox}&q=platform",
        "search by two Japanese characters": f"{inbox}&q=広告",
        "search by meaning": f"{inbox}&by=meaning&q=consent+for+email",
        "story": f"/stories/{story}?period={period}",
        "edition, its draft at hand": f"/editions/{period}",
        "sources": "/sources",
        "runs": "/runs",
    }


def alone(settings: Path, tries: int = 6) -> str:
    """Return a table: milliseconds of processor time of each page, warm, the best of some tries."""
    from fastapi.testclient import TestClient

    from digest.web.app import make_app

    lines = ["| page, alone and warm | processor ms |", "| --- | --- |"]
    with TestClient(make_app(load_settings(settings)), follow_redirects=False) as client:
        client.app.state.room.catch_up()  # type: ignore[attr-defined]
        sign_in(client, "ada")
        first = client.get("/inbox?period=2026-Q3").text
        story = re.findall(r'id="row-(\w+)"', first)[3]
        for name, path in pages(story).items():
            spent = min(_spent(client, path) for _ in range(tries))
            lines.append(f"| {name} | {spent * 1000:.0f} |")
    return "\n".join(lines) + "\n\n"


def _spent(client, path: str) -> float:  # type: ignore[no-untyped-def]
    started = time.process_time()
    client.get(path).raise_for_status()
    return time.process_time() - started


def sign_in(client, name: str) -> None:  # type: ignore[no-untyped-def]
    """Sign somebody in by the form."""
    token = token_of(client.get("/login").text)
    values = {"token": token, "name": name, "password": PASSWORD, "next": ""}
    client.post("/login", data=values)


def warm_up() -> None:
    """Ask each page once: a room that was just started loads its vectors and makes its lists."""
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=120) as client:
        sign_in(client, "ada")
        first = client.get("/inbox?period=2026-Q3").text
        for path in pages(re.findall(r'id="row-(\w+)"', first)[3]).values():
            client.get(path).raise_for_status()


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure() -> dict[str, list[float]]:
    """Return the seconds of every answer by page, of ten editors at work."""
    found: dict[str, list[float]] = defaultdict(list)
    end = time.monotonic() + SECONDS
    workers = [threading.Thread(target=work, args=(n, end, found)) for n in range(EDITORS)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    return found


def work(number: int, end: float, found: dict[str, list[float]]) -> None:
    """Be one editor until the end: look, search, open stories, decide."""
    chance = random.Random(number)
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=60) as client:
        sign_in(client, f"editor{number}")
        stories: list[str] = []
        token = ""

        def get(name: str, path: str, **query: str) -> str:
            nonlocal token
            time.sleep(chance.uniform(*THINKING))
            started = time.perf_counter()
            answer = client.get(path, params=query)
            found[name].append(time.perf_counter() - started)
            answer.raise_for_status()
            token = token_of(answer.text) or token
            return answer.text

        def post(name: str, path: str, **values: str) -> None:
            time.sleep(chance.uniform(*THINKING))
            started = time.perf_counter()
            answer = client.post(path, data={"token": token, "next": "/inbox", **values})
            found[name].append(time.perf_counter() - started)
            assert answer.status_code == 303, answer.text

        period = "2026-Q3"
        while time.monotonic() < end:
            page = get("inbox", "/inbox", period=period, page=str(chance.randint(1, 20)))
            stories = re.findall(r'id="row-(\w+)"', page) or stories
            get("inbox, a label", "/inbox", period=period, label="Email Marketing")
            get(
                "inbox, a source",
                "/inbox",
                period=period,
                source=f"source-{chance.randint(1, 300)}",
            )
            language = chance.choice(list(WORDS))
            get("search: words", "/inbox", period=period, q=chance.choice(WORDS[language].split()))
            get("search: meaning", "/inbox", period=period, by="meaning", q="consent for email")
            story = chance.choice(stories)
            get("story", f"/stories/{story}", period=period)
            what = chance.choice(["include", "exclude"])
            post("decide", "/acts/list", do=f"{what}:{story}", period=period)
            get("edition", f"/editions/{period}")
            post("headline", "/acts/write", kind="headline", story=story, value=f"Words {number}")
            get("sources", "/sources")
            get("runs", "/runs")


def token_of(page: str) -> str:
    """Return the token of a page's forms."""
    match = re.search(r'name="token" value="([^"]+)"', page)
    return match[1] if match else ""


def table(found: dict[str, list[float]]) -> str:
    """Return the table of the measurement in Markdown."""
    lines = [
        "| page | answers | median ms | 95th percentile ms | longest ms |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, times in found.items():
        lines.append(f"| {name} | {len(times)} | {_figures(times)} |")
    every = [each for times in found.values() for each in times]
    lines.append(f"| **all** | {len(every)} | {_figures(every)} |")
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return "\n".join(lines) + f"\n\nLoad average at the end: {load}.\n"


def _figures(times: list[float]) -> str:
    ms = np.asarray(times) * 1000
    return f"{np.median(ms):.0f} | {np.percentile(ms, 95):.0f} | {ms.max():.0f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
