"""Reads feeds, mails, pages and PDFs in child processes, under limits of memory and time.

There is one child a processor core, so that many feeds are read at once. What a parser of a hostile
file does, it does there: the child sees no settings and no secrets, may write no file, and is ended
when it takes too long. It answers in JSON, which can only be data.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from digest.backends.paging import pages_after
from digest.backends.watch import Watch
from digest.errors import ParseError
from digest.ports import Extraction
from digest.records import NO_RULES, Entry, Returned, SiteRules

LARGEST = 50_000_000  #: bytes of a file that are handed over
ANSWER = 100_000_000  #: bytes of an answer that are read
USES = 1000  #: files that a child reads; then another takes its place
# What the child needs of our environment; settings and passwords stand in the rest.
PASSED = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP")


class _Child:
    def __init__(self, memory: int, seconds: float) -> None:
        environment = {name: os.environ[name] for name in PASSED if name in os.environ}
        environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-m", "digest.backends.sandboxed", str(memory), str(seconds)]
        # S603: the command is made of our own words and two numbers.
        self.process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C ends the run, which ends the child
        )
        self.uses = 0

    def ask(self, head: dict[str, Any], body: bytes) -> Any:
        """Return the answer, None where there was none: killed, or late."""
        try:
            return self._ask(json.dumps(head).encode(), body)
        except (OSError, ValueError):
            return None

    def _ask(self, head: bytes, body: bytes) -> Any:
        self.uses += 1
        into, out = self.process.stdin, self.process.stdout
        assert into is not None
        assert out is not None
        for part in (head, body):
            into.write(len(part).to_bytes(8, "big") + part)
        into.flush()
        size = out.read(8)
        if len(size) < 8 or int.from_bytes(size, "big") > ANSWER:
            return None
        return json.loads(out.read(int.from_bytes(size, "big")))

    def end(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self.process.kill()
        self.process.wait()


class Sandbox:
    """Children that read one file after another; safe to share between threads.

    Args:
        seconds: that one file may take.
        memory: bytes that a child may take.
        children: that read at once; one a core where nothing else is said.
    """

    def __init__(
        self, *, seconds: float = 120.0, memory: int = 1_000_000_000, children: int | None = None
    ) -> None:
        self._seconds = seconds
        self._turn = threading.BoundedSemaphore(children or os.cpu_count() or 1)
        self._memory = memory
        self._idle: list[_Child] = []
        self._lock = threading.Lock()
        self._watch = Watch()
        atexit.register(self.close)

    def call(self, task: str, body: bytes, **words: str | None) -> Any:
        """Return what `digest.backends.sandboxed` answers to a task, as JSON values.

        Raises:
            ParseError: where the file cannot be read, takes too long or too much memory.
        """
        id = words.get("url") or None
        if len(body) > LARGEST:
            raise ParseError(f"larger than {LARGEST:,} bytes", id=id)
        with self._turn, self._child() as child:
            with self._watch.over(child.process.kill, seconds=self._seconds):
                answer = child.ask({"task": task, **words}, body)
            if answer is None:
                child.uses = USES  # dead or out of step: another takes its place
                cure = "raise [fetch] parse_timeout or parse_memory, if it is an honest file"
                said = f"not read within {self._seconds:g} s and {self._memory:,} bytes of memory"
                raise ParseError(said, id=id, cure=cure)
        if "error" in answer:
            error = ParseError(str(answer["error"]), id=id, cure=str(answer.get("cure", "")))
            error.reason = str(answer.get("reason", ""))
            error.feed = str(answer.get("feed", ""))
            raise error
        return answer["result"]

    @contextlib.contextmanager
    def _child(self) -> Iterator[_Child]:
        with self._lock:
            child = self._idle.pop() if self._idle else None
        if child is not None and child.process.poll() is not None:
            child.end()  # killed in the moment in which it was done
            child = None
        child = child or _Child(self._memory, self._seconds)
        try:
            yield child
        except BaseException:
            if child.uses >= USES:
                child.end()
            else:
                self._put_back(child)
            raise
        self._put_back(child)

    def _put_back(self, child: _Child) -> None:
        if child.uses >= USES:
            child.end()
            return
        with self._lock:
            self._idle.append(child)

    def close(self) -> None:
        """End the children."""
        with self._lock:
            children, self._idle = self._idle, []
        for child in children:
            child.end()


class SandboxedReader:
    """A reader of entries whose work is done in a child process.

    Args:
        kind: `feed`, `list`, `sitemap`, `newsletter`, `report` or `mailed report`.
        sandbox: the children.
    """

    def __init__(self, kind: str, sandbox: Sandbox) -> None:
        self._kind = kind
        self._sandbox = sandbox

    def read(self, body: bytes, *, url: str, media_type: str = "") -> Iterable[Entry]:
        """Return the entries; raises `ParseError`."""
        found = self._sandbox.call(self._kind, body, url=url, media_type=media_type)
        entries: list[Entry] = _checker(list[Entry]).validate_python(found)
        return entries


class SandboxedFeeds(SandboxedReader):
    """A reader of feeds that knows where they go on.

    Args:
        sandbox: the children.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__("feed", sandbox)

    def more(self, body: bytes, *, url: str) -> Sequence[str]:
        """Return the page that goes on from this one into the past, where there is one."""
        return pages_after(body, url=url)


class SandboxedSitemaps(SandboxedReader):
    """A reader of sitemaps that knows the parts of an index.

    Args:
        sandbox: the children.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__("sitemap", sandbox)

    def more(self, body: bytes, *, url: str) -> Sequence[str]:
        """Return the addresses of an index's parts, the latest first; raises `ParseError`."""
        found = self._sandbox.call("parts", body, url=url)
        parts: list[str] = _checker(list[str]).validate_python(found)
        return parts


class SandboxedBounces:
    """A reader of bounces and complaints whose work is done in a child process.

    Args:
        sandbox: the children.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def read(self, body: bytes) -> list[Returned]:
        """Return what a mail says of our readers; raises `ParseError`."""
        found = self._sandbox.call("returned", body)
        reports: list[Returned] = _checker(list[Returned]).validate_python(found)
        return reports


class SandboxedExtractor:
    """An extractor whose work is done in a child process.

    Args:
        kind: `page` or `pdf`.
        sandbox: the children.
    """

    def __init__(self, kind: str, sandbox: Sandbox) -> None:
        self._kind = kind
        self._sandbox = sandbox

    def extract(
        self,
        body: bytes,
        *,
        url: str | None,
        charset: str | None = None,
        rules: SiteRules = NO_RULES,
    ) -> Extraction:
        """Return title, text, authors, date and facts of a page or PDF; raises `ParseError`."""
        found: Extraction = _checker(Extraction).validate_python(
            self._sandbox.call(self._kind, body, url=url, charset=charset, rules=_as_words(rules))
        )
        return found


@cache
def _checker(kind: Any) -> Any:
    """Return what makes records of a child's answer, and refuses any other values."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def as_json(found: object) -> Any:
    """Return a record or a list of them as JSON values: the child's side of `_checker`."""
    if isinstance(found, list):
        return [each if isinstance(each, str) else as_json(each) for each in found]
    return asdict(found)  # type: ignore[call-overload]  # a record is a dataclass


def _as_words(rules: SiteRules) -> str | None:
    return None if rules == NO_RULES else json.dumps(asdict(rules))


def as_rules(words: str | None) -> SiteRules:
    """Return the rules that a child is sent with a page."""
    rules: SiteRules = _checker(SiteRules).validate_json(words) if words else NO_RULES
    return rules
