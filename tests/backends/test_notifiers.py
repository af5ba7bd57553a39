from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from digest.backends.notifiers import AppriseNotifier
from digest.errors import DeliveryError


class Hook(BaseHTTPRequestHandler):
    """A service that takes messages."""

    def do_POST(self) -> None:
        """Keep what came."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(json.loads(body))  # type: ignore[attr-defined]
        self.send_response(500 if self.path.startswith("/shut") else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def hook() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.taken = []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_webhook_gets_subject_and_text(hook: Any) -> None:
    """Apprise's own JSON service, over a real socket."""
    notifier = AppriseNotifier([f"json://127.0.0.1:{hook.server_port}/"])
    notifier.notify("Digest: 1 source(s) fell silent", "vendor-blog: nothing new for 30 days")
    (taken,) = hook.taken
    assert taken["title"] == "Digest: 1 source(s) fell silent"
    assert taken["message"] == "vendor-blog: nothing new for 30 days"


@pytest.mark.parametrize("place", ["/shut?key=secret", None])
def test_a_service_that_does_not_take_it_is_named_without_its_key(
    hook: Any, place: str | None
) -> None:
    """Addresses of services hold passwords, so that none stands in the error."""
    url = f"json://127.0.0.1:{hook.server_port}{place}" if place else "nosuch://secret"
    with pytest.raises(DeliveryError) as caught:
        AppriseNotifier([url]).notify("subject", "text")
    assert "secret" not in str(caught.value)
    assert url.split(":")[0] in str(caught.value)
