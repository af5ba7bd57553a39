from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from digest.backends.http import HttpFetcher
from digest.config_sections import Fetch
from digest.errors import FetchError

PUBLIC = "93.184.216.34"
KNOWN = {"public.example": [PUBLIC], "inside.example": ["10.1.2.3"]}
KNOWN["both.example"] = [PUBLIC, "169.254.169.254"]


class Proxy(BaseHTTPRequestHandler):
    """Answers whatever it is asked for, and notes what that was."""

    def do_GET(self) -> None:
        """Answer."""
        server: Any = self.server
        server.asked.append(self.path)
        onward = server.onward.pop(0) if server.onward else ""
        self.send_response(302 if onward else 200)
        self.send_header("Location", onward) if onward else None
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.asked, server.onward, server.daemon_threads = [], [], True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        if str(host).endswith(".example"):
            if host not in KNOWN:
                raise socket.gaierror(-2, "Name or service not known")
            return [(socket.AF_INET, 1, 6, "", (each, port)) for each in KNOWN[host]]
        return real(host, port, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    yield server
    server.shutdown()
    server.server_close()


def through(proxy: Any, **settings: Any) -> HttpFetcher:
    """A fetcher that asks through the proxy."""
    made: Any = {"proxy": f"http://127.0.0.1:{proxy.server_port}", "retries": 0, **settings}
    return HttpFetcher(Fetch(**made), polite=False)


def test_a_proxy_is_asked_for_what_is_public(proxy: Any) -> None:
    """Its own address may be a private one: that is the settings' own word."""
    assert through(proxy).fetch("http://public.example/a").body == b"ok"
    assert proxy.asked == ["http://public.example/a"]


@pytest.mark.parametrize("host", ["inside.example", "both.example", "10.0.0.1", "localhost"])
def test_a_proxy_is_not_asked_for_the_inside(proxy: Any, host: str) -> None:
    """It would connect in our place: what a name stands for is looked at before."""
    with pytest.raises(FetchError, match=r"no public address|address of this machine") as caught:
        through(proxy).fetch(f"http://{host}/latest/meta-data/")
    assert (caught.value.reason, proxy.asked) == ("address not allowed", [])


def test_a_proxy_is_not_asked_for_where_a_redirect_leads_inside(proxy: Any) -> None:
    """The check is made anew after every redirect."""
    proxy.onward = ["http://inside.example/secret"]
    with pytest.raises(FetchError, match="no public address"):
        through(proxy).fetch("http://public.example/a")
    assert proxy.asked == ["http://public.example/a"]


def test_a_name_that_only_the_proxy_knows_is_not_handed_to_it(proxy: Any) -> None:
    """Nobody could say what it stands for; where the proxy judges, the settings say so."""
    with pytest.raises(FetchError, match=r"hidden\.example"):
        through(proxy).fetch("http://hidden.example/")
    assert proxy.asked == []
    assert through(proxy, allow_private=True).fetch("http://hidden.example/").body == b"ok"
