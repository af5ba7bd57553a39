"""A real server that speaks `/v1/chat/completions`, and misbehaves in every way."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ChatServer:
    """What the server does.

    Args:
        answer: what the model says, or what makes it of the question's sentences, id → text.
        failures: (status, headers, body) answered before it behaves.
        raw: bytes that it sends instead of a response, where they are set.
        pause: seconds before each byte of a body.
        cut: how many bytes of the body it sends before it hangs up; None: all.
        key: the API key that it wants, or "".
        plain: whether it refuses what not every server knows, such as `response_format`.
        asked: bodies of the questions.
        heard: headers of the questions.
    """

    answer: str | Callable[[dict[str, str]], str] = ""
    failures: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    raw: bytes = b""
    pause: float = 0.0
    cut: int | None = None
    key: str = ""
    plain: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    heard: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def say(self, question: dict[str, Any]) -> str:
        """Return the response's body for a question."""
        answer = self.answer
        if callable(answer):
            rows = json.loads(question["messages"][-1]["content"])["sentences"]
            answer = answer({row["id"]: row["text"] for row in rows})
        return json.dumps({"choices": [{"message": {"role": "assistant", "content": answer}}]})


class Handler(BaseHTTPRequestHandler):
    """The one address."""

    state: ChatServer

    def do_POST(self) -> None:
        """Answer a question, or fail as the state says."""
        state = self.state
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        state.asked.append(body)
        state.heard.append({name.lower(): value for name, value in self.headers.items()})
        if state.failures:
            self._say(*state.failures.pop(0))
        elif state.raw:
            self.wfile.write(state.raw)
        elif self.path != "/v1/chat/completions":
            self._say(404, {}, '{"error": "no such path"}')
        elif state.key and self.headers.get("Authorization") != f"Bearer {state.key}":
            self._say(401, {}, '{"error": {"message": "Invalid API key"}}')
        elif state.plain and set(body) - {"model", "messages"}:
            self._say(400, {}, '{"error": {"message": "response_format is not supported"}}')
        else:
            self._say(200, {}, state.say(body))

    def _say(self, status: int, headers: dict[str, str], body: str) -> None:
        data = body.encode("utf-8", "surrogatepass")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for start in range(0, len(data[: self.state.cut]), 1 if self.state.pause else len(data)):
            time.sleep(self.state.pause)
            end = start + 1 if self.state.pause else self.state.cut
            self.wfile.write(data[start:end])
            self.wfile.flush()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """Says nothing of clients that hang up."""

    daemon_threads = True

    def handle_error(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(state: ChatServer) -> Iterator[ChatServer]:
    """Give the server, listening on loopback."""
    http = Quiet(("127.0.0.1", 0), type("Bound", (Handler,), {"state": state}))
    threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
    state.url = f"http://127.0.0.1:{http.server_port}"
    try:
        yield state
    finally:
        http.shutdown()
        http.server_close()
