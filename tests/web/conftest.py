"""A room over a small store that was really read, and people who are signed in."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from digest.config import load_settings
from digest.records import Item
from digest.store import accounts
from digest.store.accounts import User
from digest.testing import NOON
from digest.web.app import make_app
from digest.web.room import Room
from digest.wiring import make_runner

PASSWORD = "correct horse battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  #: for tests alone
SETTINGS = """\
now = 2026-10-05T12:00:00+00:00
sources = "sources.yaml"
[store]
url = "sqlite:///room.db"
[models]
second = ""
[rank]
per_source = 10
[dedupe]
threshold = 0.99
[cluster]
threshold = 0.99
"""
SOURCES = """\
sources:
  - name: journal
    kind: feed
    url: https://journal.example/feed
    publisher: Journal
    voice: independent
"""
EVIL = '<script>document.title="owned"</script><img src=x onerror=alert(1)>'
STORIES = {
    "beacon": (
        "Kestrivo launches Beacon",
        "Kestrivo has opened Beacon, a customer data platform, to shops of every size. "
        "The marketing software reads orders and campaigns. Prices begin at forty euros a month.",
    ),
    "fine": (
        "Oparelle must pay for cookies",
        "Oparelle must pay a fine of nine million for its advertising cookies. "
        "The regulator found that consent was never asked for in its email marketing tools.",
    ),
    "koukoku": (
        "広告プラットフォームの新機能",
        "星雲社は広告配信プラットフォームに新しいAI機能を追加した。"
        "マーケティング担当者はキャンペーンの成果をすぐに確認できる。",
    ),
    "evil": (
        f"Evil {EVIL}",
        f"The marketing automation vendor says {EVIL} in its advertising. "
        "Nobody knows why the email marketing platform did that.",
    ),
    "agents": (
        "Norvane opens its agents to marketers",
        "Norvane lets marketing teams build agents that write email campaigns. "
        "The beta of the marketing automation suite begins in November.",
    ),
}


def make_item(id: str, title: str, text: str, *, publisher: str = "", url: str = "") -> Item:
    """Return an entry that is all there is of its article."""
    return Item(
        id=id,
        source="journal",
        url=url or None,
        title=title,
        published="2026-09-29T08:00:00+00:00",
        html="".join(f"<p>{html_of(text)}</p>" for _ in range(2)),
        first_seen=NOON.isoformat(),
        publisher=publisher or f"News {id}",
        voice="independent",
        follow=False,
    )


def html_of(text: str) -> str:
    """Return text as a feed would carry it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.fixture(scope="session")
def read_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with settings, sources and a store of six articles in five stories."""
    folder = tmp_path_factory.mktemp("room")
    (folder / "digest.toml").write_text(SETTINGS, "utf-8")
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    runner = make_runner(load_settings(folder / "digest.toml"))
    for id, (title, text) in STORIES.items():
        url = "javascript:alert(1)" if id == "evil" else f"https://news.example/{id}"
        runner.add_item(make_item(id, title, text, url=url))
    runner.add_item(make_item("beacon2", *STORIES["beacon"], publisher="Other News"))
    runner.run_steps()
    with runner.store.write() as db:
        kept = QUICK.hash(PASSWORD)
        for name, role in (("ada", "admin"), ("bob", "editor"), ("rea", "reader")):
            accounts.put_user(db, User(name, role, kept, made_at=NOON.isoformat()))
    runner.store.close()
    return folder


@pytest.fixture
def folder(read_store: Path, tmp_path: Path) -> Path:
    """A copy of the folder for one test."""
    return Path(shutil.copytree(read_store, tmp_path / "room"))


@pytest.fixture
def app_client(folder: Path) -> Iterator[TestClient]:
    """The room, with nobody signed in."""
    app = make_app(load_settings(folder / "digest.toml"))
    with TestClient(app, follow_redirects=False) as client:
        app.state.room.catch_up()
        yield client


@pytest.fixture
def room(app_client: TestClient) -> Room:
    """What the pages share."""
    found: Room = app_client.app.state.room  # type: ignore[attr-defined]
    return found


@pytest.fixture
def as_user(app_client: TestClient) -> Callable[[str], Browser]:
    """Signs somebody in."""

    def sign_in(name: str) -> Browser:
        browser = Browser(TestClient(app_client.app, follow_redirects=False))
        browser.sign_in(name)
        return browser

    return sign_in


@contextmanager
def serve_room(folder: Path) -> Iterator[tuple[str, Room]]:
    """Serve the room of a folder on a port of its own; gives its address and what pages share."""
    app = make_app(load_settings(folder / "digest.toml"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    app.state.room.catch_up()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}", app.state.room
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; the system's own, since none is downloaded for tests."""
    found = next((p for p in map(shutil.which, ("chromium", "chromium-browser")) if p), None)
    if found is None:
        pytest.skip("no browser (chromium) is installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def served(folder: Path) -> Iterator[tuple[str, Room]]:
    """The room, served on a port of its own."""
    with serve_room(folder) as found:
        yield found


def open_page(chromium: Any, address: str, name: str = "ada", **options: Any) -> Any:
    """Return a page on which somebody has signed in, with what it complained of."""
    page = chromium.new_context(base_url=address, **options).new_page()
    page.set_default_timeout(90_000)  # a busy machine takes its time
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console", lambda said: page.complaints.append(said.text) if said.type == "error" else 0
    )
    page.on("dialog", lambda dialog: page.complaints.append(dialog.message))
    page.goto("/login")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox*")
    return page


def complaints(page: Any) -> list[str]:
    """What a page complained of, save what is meant: no script in a preview, no /nowhere."""
    meant = ("frame is sandboxed", "status of 404")
    return [each for each in page.complaints if not any(words in each for words in meant)]


class Browser:
    """Somebody's browser: follows forms as a person does, without JavaScript."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        """Sign in by the form."""
        token = token_of(self.client.get("/login").text)
        values = {"token": token, "name": name, "password": password, "next": ""}
        return self.client.post("/login", data=values)

    def get(self, path: str) -> httpx.Response:
        """Return a page, where a redirection leads."""
        return self.client.get(path, follow_redirects=True)

    def post(self, path: str, page: str = "/inbox", **values: object) -> httpx.Response:
        """Send a form with the token of a page, and return the answer itself."""
        token = token_of(self.get(page).text)
        return self.client.post(path, data={"token": token, "next": page, **values})


def token_of(page: str) -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    return found[1] if found else ""
