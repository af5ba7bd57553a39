"""An edition in a chat, over a real socket: what became of it is told, and no key with it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from digest.backends.chats import AppriseChat
from digest.config import Settings
from digest.errors import ConfigError
from digest.stages.chat_text import chat_text
from digest.store import outbox
from digest.wiring import make_chats
from tests.conftest import free_port
from tests.stages import edition_sample
from tests.test_posting import Desk


class Hook(BaseHTTPRequestHandler):
    """A service that takes messages, is broken, or hangs up."""

    def do_POST(self) -> None:
        """Keep what came."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.startswith("/mute"):
            self.server.taken.append(self.path)  # type: ignore[attr-defined]
            self.connection.close()
            return
        if self.server.down:  # type: ignore[attr-defined]
            self.send_response(503)
        else:
            self.server.taken.append(json.loads(body))  # type: ignore[attr-defined]
            self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def hook() -> Iterator[Any]:
    """The service."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.taken, server.down = [], False
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def chat(hook: Any, path: str = "/hook/s3cr3tkey") -> AppriseChat:
    return AppriseChat("team", f"json://127.0.0.1:{hook.server_port}{path}")


def test_a_message_is_taken(hook: Any) -> None:
    """Title and text arrive as they are."""
    assert chat(hook).post("Digest, 16–22 November", "• 一つ").kind == "taken"
    (taken,) = hook.taken
    assert (taken["title"], taken["message"]) == ("Digest, 16–22 November", "• 一つ")


def test_what_became_of_a_message(hook: Any) -> None:
    """An error of the service or no service is "later"; a service that hangs up leaves it open."""
    hook.down = True
    refused = chat(hook).post("t", "x")
    gone = AppriseChat("team", f"json://127.0.0.1:{free_port()}/s3cr3tkey").post("t", "x")
    mute = chat(hook, "/mute/s3cr3tkey").post("t", "x")
    assert [refused.kind, gone.kind, mute.kind] == ["later", "later", "unknown"]
    assert refused.code == 503
    assert hook.taken == ["/mute/s3cr3tkey"]
    assert [each for each in (refused, gone, mute) if "s3cr3tkey" in each.text] == []


def test_an_address_that_is_none_is_told_without_its_key() -> None:
    """It is named by the name that the settings give it."""
    with pytest.raises(ConfigError, match='channel "team"') as caught:
        AppriseChat("team", "nosuch://s3cr3tkey")
    assert "s3cr3tkey" not in str(caught.value)


def test_keys_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, hook: Any) -> None:
    """`${NAME}` in an address; one that is not set shuts that channel, and no other."""
    monkeypatch.setenv("HOOK_KEY", "s3cr3tkey")
    base = f"json://127.0.0.1:{hook.server_port}"
    channels = [
        {"name": "good", "url": f"{base}/${{HOOK_KEY}}"},
        {"name": "bad", "url": f"{base}/${{NO_SUCH}}"},
    ]
    chats = make_chats(Settings(delivery={"channels": channels}))  # type: ignore[arg-type]
    assert chats["good"].post("t", "x").kind == "taken"
    answer = chats["bad"].post("t", "x")
    assert answer.kind == "later"
    assert "NO_SUCH, which is not set" in answer.text


def test_a_chat_is_told_of_each_edition_once(tmp_path: Path, hook: Any) -> None:
    """By the same outbox as mails: tried again when the service is back, never again after."""
    channels = f"""
[[delivery.channels]]
name = "team"
url = "json://127.0.0.1:{hook.server_port}/hook"
stories = 2
[[delivery.channels]]
name = "board"
url = "json://127.0.0.1:{hook.server_port}/board"
kinds = ["quarterly"]
[editions]
url = "https://news.acme.example/"
"""
    mine = Desk(tmp_path, free_port(), to=[], more=channels)
    hook.down = True
    postman = mine.postman(chats=make_chats(mine.settings))
    postman.queue(mine.edition)
    assert postman.work().unfinished == 1
    hook.down = False
    for _ in range(2):
        mine.time.now += timedelta(hours=1)
        postman = mine.postman(chats=make_chats(mine.settings))
        postman.queue(mine.edition)
        postman.work()
    (taken,) = hook.taken
    lines = taken["message"].splitlines()
    assert lines[0].startswith("• Lumora takes its consent-first Orchard platform out of beta (")
    assert lines[2:] == [
        "and 9 more stories",
        "",
        "https://news.acme.example/weekly-2026-W47-cmo/index.html",
    ]
    with mine.store.read() as db:
        (copy,) = outbox.of_edition(db, mine.edition.id)
    assert (copy.recipient, copy.state, copy.attempts) == ("team", "sent", 2)
    mine.store.close()


def test_foreign_words_call_nobody() -> None:
    """A headline can neither ring everybody's telephone nor hide a link."""
    edition = edition_sample.weekly()
    assert edition.opening is not None
    evil = "@everyone <!channel> <https://evil.example|good> @here\nsecond line"
    opening = replace(edition.opening, headline=evil)
    title, text = chat_text(replace(edition, opening=opening), stories=1)
    for said in (title, text.splitlines()[0]):
        assert "@everyone" not in said
        assert not set("<>") & set(said)
        assert "second line" in said
