"""A real server that speaks LibreTranslate's API, and misbehaves as public ones do."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from digest.backends import libretranslate
from digest.backends.libretranslate import LibreTranslator
from digest.errors import ModelError
from digest.stages.translate import translate_text

LANGUAGES = [
    {"code": "de", "name": "German", "targets": ["en", "fr"]},
    {"code": "zh-Hans", "name": "Chinese", "targets": ["en"]},
    {"code": "pb", "name": "Portuguese (Brazil)", "targets": ["en"]},
    {"code": "en", "name": "English", "targets": ["de", "zt"]},
]
WORDS = {"Neue Plattform": "New platform", "Der Preis steigt um 5 Euro.": "Prices rise by 5 euros."}


@dataclass
class Server:
    """What the server does.

    Args:
        failures: (status, body) answered before it behaves.
        refused: a word that it answers with 400.
        key: the API key that it wants, or "".
        asked: bodies of the translation requests.
        answer: what it answers instead of translations, where it is set.
    """

    failures: list[tuple[int, str]] = field(default_factory=list)
    refused: str = "\x00never"
    key: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    answer: str = ""
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    """LibreTranslate's two addresses."""

    state: Server

    def do_GET(self) -> None:
        """Answer /languages."""
        if not self._failed():
            self._say(200, json.dumps(LANGUAGES))

    def do_POST(self) -> None:
        """Answer /translate."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.state.asked.append(body)
        if self._failed():
            return
        if self.state.key and body.get("api_key") != self.state.key:
            self._say(403, '{"error": "Visit the portal to get an API key"}')
        elif any(self.state.refused in text for text in body["q"]):
            self._say(400, '{"error": "Invalid request: text limit exceeded"}')
        else:
            answers = [WORDS.get(text, text) for text in body["q"]]
            self._say(200, self.state.answer or json.dumps({"translatedText": answers}))

    def _failed(self) -> bool:
        if self.state.failures:
            self._say(*self.state.failures.pop(0))
            return True
        return False

    def _say(self, status: int, body: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The server, and no waiting between tries."""
    monkeypatch.setattr(libretranslate, "LONGEST_WAIT", 0.01)
    state = Server()
    handler = type("Bound", (Handler,), {"state": state})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{http.server_port}"
    yield state
    http.shutdown()
    http.server_close()


def test_sentences_are_translated_in_order(server: Server) -> None:
    """A list goes out, a list comes back."""
    translator = LibreTranslator(server.url)
    answers = translator.translate(
        ["Der Preis steigt um 5 Euro.", "Neue Plattform"], language="de", to="en"
    )
    assert answers == ["Prices rise by 5 euros.", "New platform"]
    assert server.asked[0]["format"] == "text"


def test_pairs_are_found_under_either_kind_of_code(server: Server) -> None:
    """Newer servers say zh-Hans, older ones pb and zt; unknown pairs are None."""
    translator = LibreTranslator(server.url + "/")
    host = server.url.removeprefix("http://")
    assert translator.package("zh-Hans", "en") == f"libretranslate {host} zh-Hans→en"
    assert translator.package("pt-BR", "en") == f"libretranslate {host} pb→en"
    assert translator.package("en-GB", "zh-Hant") == f"libretranslate {host} en→zt"
    assert translator.package("fr", "de") is None


def test_many_sentences_go_in_several_requests(server: Server) -> None:
    """No request is larger than servers allow; the order stays."""
    sentences = [f"Satz {number}" for number in range(100)]
    assert LibreTranslator(server.url).translate(sentences, language="de", to="en") == sentences
    assert [len(body["q"]) for body in server.asked] == [40, 40, 20]


def test_passing_failures_are_tried_again(server: Server) -> None:
    """Too many requests and a restart are waited out."""
    server.failures = [(429, '{"error": "Slowdown"}'), (503, "")]
    answers = LibreTranslator(server.url).translate(["Neue Plattform"], language="de", to="en")
    assert answers == ["New platform"]


def test_one_refused_sentence_spoils_no_other(server: Server) -> None:
    """A request answered with 400 is halved until the culprit stands alone."""
    server.refused = "böse"
    sentences = ["Neue Plattform", "ganz böse", "Der Preis steigt um 5 Euro."]
    answers = LibreTranslator(server.url).translate(sentences, language="de", to="en")
    assert answers == ["New platform", "", "Prices rise by 5 euros."]


def test_the_key_is_sent_and_its_lack_told(server: Server) -> None:
    """A server that wants a key gets it; without one the cure is named."""
    server.key = "secret"
    with pytest.raises(ModelError, match=r"HTTP 403 Visit the portal.*set models.translator_key"):
        LibreTranslator(server.url).translate(["Neue Plattform"], language="de", to="en")
    translator = LibreTranslator(server.url, key="secret")
    assert translator.translate(["Neue Plattform"], language="de", to="en") == ["New platform"]


@pytest.mark.parametrize(
    "answer", ["<html>", "[]", "{}", '{"translatedText": "one"}', '{"translatedText": []}']
)
def test_a_strange_answer_is_an_error(server: Server, answer: str) -> None:
    """What is no list of as many texts is refused, whatever it is."""
    server.answer = answer
    with pytest.raises(ModelError):
        LibreTranslator(server.url).translate(["Neue Plattform"], language="de", to="en")


def test_a_server_that_is_down_loses_nothing() -> None:
    """The text is kept, marked with what went wrong and the cure."""
    translator = LibreTranslator("http://127.0.0.1:9", tries=1)
    made = translate_text("x", "Neue Plattform", language="de", to="en", translator=translator)
    assert (made.text, made.sentences[0].ok) == ("Neue Plattform", False)
    assert "is the server running" in made.sentences[0].note
