"""Newsletters as they come: IDLE on a real dovecot, cut in between, and ended when it is wished."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from digest.backends import imap_watch
from digest.backends.imap_watch import MailWatcher, Waits
from digest.errors import InputError
from digest.records import Item, Source
from digest.store import reading
from digest.watching import watch, watchable
from tests.backends.test_imap import Server, ask, folders, server, titles
from tests.conftest import free_port, wait_until

__all__ = ["server"]  # the fixture: a dovecot of our own
QUICK = Waits(slice=0.1, first=0.05, most=0.2, poll=0.1)


class Line:
    """A connection to the mail server that can be cut."""

    def __init__(self, to: int) -> None:
        self.port = free_port()
        self.open = True
        self._to = to
        self._ends: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        """Close every connection; none is made until `open` is set again."""
        self.open = False
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the line."""
        self.cut()
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if not self.open:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    @staticmethod
    def _pass(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)


@contextmanager
def watched(source: Source, waits: Waits = QUICK, **changes: object) -> Iterator[list[list[str]]]:
    """Give what was told, and what was said, while a folder is watched."""
    told: list[str] = []
    said: list[str] = []
    stopping = threading.Event()
    watcher = MailWatcher(folders(**changes), say=said.append, waits=waits)
    words = {"tell": lambda each: told.append(each.name), "stopping": stopping}
    thread = threading.Thread(target=watcher.watch, args=(source,), kwargs=words)
    thread.start()
    try:
        yield [told, said]
    finally:
        stopping.set()
        thread.join(10)
        assert not thread.is_alive()


def test_a_mail_is_told_of_when_it_comes(server: Server) -> None:
    """Once for what is there, then for each that comes, and for nothing else; IDLE is renewed."""
    server.put("Idle", "one")
    renewed = Waits(renew=0.3, slice=0.1)
    with watched(server.source("Idle"), renewed) as (told, said):
        assert wait_until(lambda: told == ["letters"], 30)
        threading.Event().wait(0.8)  # three times renewed, with nothing to tell
        assert told == ["letters"]
        server.put("Idle", "two")
        assert wait_until(lambda: len(told) == 2, 30)
    assert said == []


def test_after_a_cut_it_goes_back_and_misses_nothing(server: Server) -> None:
    """A mail that came while there was no connection is told of with the next one."""
    server.put("Cut", "one")
    line = Line(server.port)
    source = Server(line.port).source("Cut")
    state = ask(source, folders()).state
    with watched(source) as (told, said):
        assert wait_until(lambda: told == ["letters"], 30)
        line.cut()
        assert wait_until(lambda: len(said) >= 2, 30)
        assert all("tried again in" in each for each in said)
        server.put("Cut", "two")
        line.open = True
        assert wait_until(lambda: len(told) == 2, 30)
    line.close()
    assert titles(ask(server.source("Cut"), folders(), replace(state, url=""))) == ["two"]


def test_a_refused_login_is_said_with_its_cure_and_tried_again(server: Server) -> None:
    """Whoever rights the password need not start anew."""
    server.put("Shut", "one")
    with watched(server.source("Shut"), password="no") as (told, said):
        assert wait_until(lambda: len(said) >= 2, 30)
    assert told == []
    assert "DIGEST_IMAP__PASSWORD" in said[0]


def test_a_server_without_idle_is_looked_into_again_and_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told so once, and mail is still read."""
    monkeypatch.setattr(imap_watch, "_knows_idle", lambda _box: False)
    server.put("Old", "one")
    with watched(server.source("Old")) as (told, said):
        assert wait_until(lambda: len(told) >= 3, 30)
    (words,) = said
    assert "does not know IDLE" in words


class Ticking:
    """Tells of each folder at once and twice."""

    def watch(self, source: Source, *, tell: object, stopping: threading.Event) -> None:
        """Tell, and wait for the end."""
        for _ in range(2):
            tell(source)  # type: ignore[operator]
        stopping.wait()


def box(name: str, **changes: object) -> Source:
    words = {"url": f"imap://a@mail.example/{name}", "publisher": "P", "voice": "independent"}
    return Source(name, "newsletter", **{**words, **changes})  # type: ignore[arg-type]


def test_what_comes_while_one_is_read_is_read_next_and_once() -> None:
    """Readings never run side by side, and the end waits for all threads."""
    stopping, read = threading.Event(), list[list[str]]()

    def keep(names: list[str]) -> None:
        read.append(sorted(names))
        threading.Event().wait(0.2)
        if {"a", "b"} <= {name for each in read for name in each}:
            stopping.set()

    before = threading.active_count()
    watch([box("a"), box("b")], watcher=Ticking(), read=keep, stopping=stopping)
    assert 1 <= len(read) <= 2
    assert threading.active_count() == before


def test_only_mail_folders_are_watched() -> None:
    """Files and paused folders are not; a wrong name is named."""
    feed = Source("feed", "feed", "https://a.example/f", "A", "vendor")
    known = [feed, box("a"), box("b", paused=True), box("c")]
    assert [each.name for each in watchable(known)] == ["a", "c"]
    assert [each.name for each in watchable(known, ["c"])] == ["c"]
    with pytest.raises(InputError, match='"feed" is no mail folder'):
        watchable(known, ["c", "feed"])
    with pytest.raises(InputError, match="there is no mail folder"):
        watchable([feed])


def test_the_command_reads_what_comes_and_ends_when_told(
    server: Server, tmp_path: Path, digest_command: list[str]
) -> None:
    """A mail put into the folder is an item of the store; SIGTERM ends it with code 0."""
    from digest.config import load_settings
    from digest.opening import make_store

    server.put("Live", "first")
    url = server.source("Live").url
    (tmp_path / "sources.yaml").write_text(
        f"sources:\n- name: letters\n  kind: newsletter\n  url: {url}\n  publisher: L\n"
        "  voice: independent\n"
    )
    config = tmp_path / "digest.toml"
    config.write_text('[imap]\nsecurity = "none"\npassword = "secret"\n[models]\nsecond = ""\n')
    store = make_store(load_settings(config))

    def seen() -> set[str]:
        with store.read() as db:
            return {item.title for item in reading.every(db, Item)}

    process = subprocess.Popen(
        [*digest_command, "--config", str(config), "sources", "watch"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert wait_until(lambda: seen() == {"first"}, 120)
        server.put("Live", "second")
        assert wait_until(lambda: seen() == {"first", "second"}, 120)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=120)
    finally:
        process.kill()
        store.close()
    assert process.returncode == 0
    assert said.startswith("watching letters")
    assert said.rstrip().endswith("stopped")
