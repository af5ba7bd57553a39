"""The writer's server: what is sent to it, and every way in which it fails."""

import contextlib
import email.utils
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from digest.backends import openai_compatible
from digest.backends.openai_compatible import MOST_BYTES, ChatWriter
from digest.errors import ModelError
from tests.chat_server import ChatServer, serving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    """A server that answers "yes", and no waiting between tries."""
    monkeypatch.setattr(openai_compatible, "PAUSE", 0.01)
    with serving(ChatServer(answer="yes")) as state:
        yield state


def writer(server: ChatServer, **changes: object) -> ChatWriter:
    return ChatWriter(server.url, "tiny", **changes)  # type: ignore[arg-type]


def test_rules_and_sentences_are_sent_apart(server: ChatServer) -> None:
    """The rules are the system's, the question the user's, and nothing is made up by chance."""
    assert writer(server).ask("rules", "question") == "yes"
    (body,) = server.asked
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert [m["content"] for m in body["messages"]] == ["rules", "question"]
    assert (body["model"], body["temperature"]) == ("tiny", 0)
    assert server.heard[0]["accept-encoding"] == "identity"


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_the_address_may_be_short_or_long(server: ChatServer, path: str) -> None:
    """People copy it with and without the path."""
    assert ChatWriter(server.url + path, "tiny").ask("r", "q") == "yes"


def test_the_key_is_sent_and_its_lack_told(server: ChatServer) -> None:
    """A server that wants a key gets it; without one the cure is named, the key never."""
    server.key = "sesame"
    assert writer(server, key="sesame\n").ask("r", "q") == "yes"
    with pytest.raises(ModelError, match=r"HTTP 401 Invalid API key.*set writer.key") as caught:
        writer(server, key="wrong").ask("r", "q")
    assert "wrong" not in str(caught.value)
    with pytest.raises(ModelError):
        writer(server, key="ключ").ask("r", "q")


def test_an_account_in_the_address_is_never_told() -> None:
    """Messages and versions name the server without user and password."""
    writer = ChatWriter("http://me:secret@127.0.0.1:9", "tiny", tries=1)
    with pytest.raises(ModelError) as caught:
        writer.ask("r", "q")
    assert "secret" not in str(caught.value) + writer.version
    assert writer.version == "openai-compatible 127.0.0.1:9 tiny"


def test_a_server_that_knows_less_is_asked_plainly(server: ChatServer) -> None:
    """What it refuses to understand is left out, from then on at once."""
    server.plain = True
    kept = writer(server)
    assert [kept.ask("r", "q"), kept.ask("r", "q")] == ["yes", "yes"]
    assert [set(body) == {"model", "messages"} for body in server.asked] == [False, True, True]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, without a wait; the server's own pauses are nought."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", lambda time: waited.append(time) if time else None)
    return waited


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again(server: ChatServer, waits: list[float], status: int) -> None:
    """A busy or broken server gets a second try after the time that it asks for."""
    later = email.utils.formatdate(time.time() + 4, usegmt=True)
    server.failures = [(status, {"Retry-After": "3"}, ""), (status, {"Retry-After": later}, "")]
    assert writer(server).ask("r", "q") == "yes"
    assert waits == [3.0, pytest.approx(4, abs=1.1)]


@pytest.mark.parametrize("value", ["1", "-5", "soon", "", "Mon, 99 Foo"])
def test_retry_after_may_be_anything(server: ChatServer, waits: list[float], value: str) -> None:
    """No header makes a run fail, and without a time our own pause holds."""
    server.failures = [(429, {"Retry-After": value}, "")]
    assert writer(server).ask("r", "q") == "yes"
    assert waits == [1.0 if value == "1" else openai_compatible.PAUSE]


@pytest.mark.parametrize("value", ["86400", "999999999999", "6"])
def test_a_server_that_wants_to_be_left_alone_is(
    server: ChatServer, waits: list[float], value: str
) -> None:
    """Whoever asks for more time than an answer may take is not waited for, and asked once."""
    server.failures = [(429, {"Retry-After": value}, "")] * 5
    with pytest.raises(ModelError, match="wants to be asked again in"):
        writer(server, timeout=5).ask("r", "q")
    assert (waits, len(server.asked)) == ([], 1)


def test_a_server_that_stays_broken_is_an_error_with_a_cure(server: ChatServer) -> None:
    """After the last try the server's own words are told."""
    server.failures = [(500, {}, '{"error": "out of memory"}')] * 5
    with pytest.raises(ModelError, match=r"HTTP 500 out of memory.*is the server running"):
        writer(server).ask("r", "q")
    assert len(server.asked) == 3


def test_a_refused_question_is_told(server: ChatServer) -> None:
    """What is too long for the model is an error of that question, tried without manners once."""
    server.failures = [(400, {}, '{"error": {"message": "exceeds context"}}')] * 2
    with pytest.raises(ModelError, match="HTTP 400 exceeds context"):
        writer(server).ask("r", "q")
    assert writer(server).ask("r", "q") == "yes"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(server: ChatServer, status: int) -> None:
    """No sentence goes to a host that the settings do not name."""
    with serving(ChatServer(answer="stolen")) as elsewhere:
        server.failures = [(status, {"Location": f"{elsewhere.url}/v1/chat/completions"}, "")]
        with pytest.raises(ModelError, match="redirects are not followed"):
            writer(server).ask("r", "q")
        assert elsewhere.asked == []


def test_no_proxy_of_the_environment_hears_anything(
    server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy is a host that the settings do not name."""
    with serving(ChatServer(answer="proxied")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        assert writer(server).ask("r", "q") == "yes"
        assert proxy.asked == []


def test_a_server_that_drips_runs_out_of_time(server: ChatServer) -> None:
    """The time is for the whole answer, not for each byte; a slow server is not asked twice."""
    server.pause = 0.05
    started = time.perf_counter()
    with pytest.raises(ModelError, match=r"no answer in 0\.3 s") as caught:
        writer(server, timeout=0.3).ask("r", "q")
    assert caught.value.transient
    assert time.perf_counter() - started < 2
    assert len(server.asked) == 1


def test_a_body_that_is_cut_off_is_an_error(server: ChatServer) -> None:
    """Half an answer is none, though it be tried again."""
    server.cut = 20
    with pytest.raises(ModelError, match="RemoteProtocolError"):
        writer(server, timeout=5).ask("r", "q")
    assert len(server.asked) == 3


def test_a_huge_answer_is_not_read_to_its_end(server: ChatServer) -> None:
    """What is longer than any draft is given up."""
    server.answer = "x" * (MOST_BYTES + 1)
    with pytest.raises(ModelError, match="more than 1,000,000 bytes"):
        writer(server).ask("r", "q")


@pytest.mark.parametrize(
    "body",
    [
        "<html>",
        "",
        "[]",
        "{}",
        "null",
        '{"choices": []}',
        '{"choices": [{"text": "old API"}]}',
        '{"choices": {"message": 1}}',
        "[" * 100_000,
        "\ud800",
        "1" * 10_000,
    ],
)
def test_what_is_no_chat_answer_is_an_error(server: ChatServer, body: str) -> None:
    """Whatever speaks at that address is told from a chat server."""
    server.failures = [(200, {}, body)]
    with pytest.raises(ModelError, match="is no chat server"):
        writer(server).ask("r", "q")


@pytest.mark.parametrize("content", ["null", "7", '["a"]', '""'])
def test_an_answer_without_text_is_empty(server: ChatServer, content: str) -> None:
    """A model that calls tools or thinks in vain has said nothing."""
    server.failures = [(200, {}, f'{{"choices": [{{"message": {{"content": {content}}}}}]}}')]
    assert writer(server).ask("r", "q") == ""


CHAT = b'{"choices": [{"message": {"content": "yes"}}]}'
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream", "nonsense", ""])
def test_the_type_of_an_answer_says_nothing(server: ChatServer, kind: str) -> None:
    """It is read for what it is."""
    server.failures = [(200, {"Content-Type": kind}, CHAT.decode())]
    assert writer(server).ask("r", "q") == "yes"


def test_an_answer_in_chunks_is_read(server: ChatServer) -> None:
    """As many servers send it."""
    server.raw = CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(CHAT), CHAT)
    assert writer(server).ask("r", "q") == "yes"


@pytest.mark.parametrize(
    "raw",
    [
        CHUNKED + b"%x\r\n%s" % (len(CHAT), CHAT[:20]),
        CHUNKED + b"%x\r\n%s\r\n" % (len(CHAT), CHAT),
        CHUNKED + b"zz\r\n%s\r\n0\r\n\r\n" % CHAT,
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\xfe",
    ],
)
def test_a_broken_or_packed_answer_is_an_error(server: ChatServer, raw: bytes) -> None:
    """Chunks that end too soon or have no length, nothing at all, what was to come unpacked."""
    server.raw = raw
    with pytest.raises(ModelError):
        writer(server, timeout=2).ask("r", "q")


@pytest.mark.parametrize(
    "raw", [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"]
)
def test_what_is_no_http_is_an_error(server: ChatServer, raw: bytes) -> None:
    """Another service at that port does no harm."""
    server.raw = raw
    with pytest.raises(ModelError):
        writer(server, timeout=2).ask("r", "q")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9", "http://no.such.host.invalid", "http://[::1"]
)
def test_a_server_that_is_not_there_is_an_error(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens, nobody has that name, nobody could."""
    monkeypatch.setattr(openai_compatible, "PAUSE", 0.01)
    with pytest.raises(ModelError):
        ChatWriter(url, "tiny", tries=2).ask("r", "q")


@pytest.mark.parametrize(
    "said", [b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 500, b"HTTP/1.1 100 Continue\r\n\r\n" * 50]
)
def test_headers_that_never_end_run_out_of_time(said: bytes) -> None:
    """A server that dawdles over its headers, or only ever says that it goes on, holds nobody."""

    def dawdle(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            for byte in said:
                connection.sendall(bytes([byte]))
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=dawdle, args=(listener,), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        started = time.perf_counter()
        with pytest.raises(ModelError, match=r"no answer in 0\.3 s"):
            ChatWriter(url, "tiny", timeout=0.3, tries=1).ask("r", "q")
        assert time.perf_counter() - started < 2


def test_a_server_that_says_the_key_again_tells_it_to_nobody(server: ChatServer) -> None:
    """Neither an error, which is noted, nor an answer, which is kept, has it."""
    server.failures = [(401, {}, '{"error": {"message": "Incorrect API key: sk-hush-1"}}')]
    server.answer = "Your key is sk-hush-1, thank you."
    asked = writer(server, key="sk-hush-1")
    with pytest.raises(ModelError) as caught:
        asked.ask("r", "q")
    assert "Incorrect API key: …" in str(caught.value)
    assert asked.ask("r", "q") == "Your key is …, thank you."
