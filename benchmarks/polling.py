"""Prints how many feeds a second are polled, beside feedparser and requests in a thread pool.

    python benchmarks/polling.py ../shared/data/feeds.tar.xz [--feeds 2000] [--latency 0.2]

A server of the benchmark's own, in a process of its own, answers on a thousand addresses of the
loopback network (each a host to us): after 0.2 s, with the archive's feeds of 5 KB and more, one in
ten with an error. Ours asks each host's robots.txt and pauses between two requests to a host;
the rival does not. Then everything is polled again with nothing changed.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import multiprocessing
import os
import resource
import tarfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from digest.backends.feeds import FeedReader
from digest.backends.http import HttpFetcher
from digest.backends.sandbox import Sandbox, SandboxedFeeds
from digest.config_sections import Fetch
from digest.errors import ParseError
from digest.queues import in_queues
from digest.records import Source, SourceState
from digest.stages.poll import Polled, poll
from digest.testing import NOON, NoMail

LEAST = 5_000  # bytes of a feed that counts as a real one
HOSTS = 0.8  # hosts a feed: some publishers have several


def main() -> None:
    """Start the server, poll with both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive")
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--parallel", type=int, default=64)
    options = parser.parse_args()
    bodies = [body for body in _bodies(options.archive) if len(body) >= LEAST and _is_feed(body)]
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    server = context.Process(target=serve, args=(bodies, options.latency, ready), daemon=True)
    server.start()
    port = ready.get(timeout=60)
    hosts = max(1, int(options.feeds * HOSTS))
    urls = [f"http://{_host(n % hosts)}:{port}/{n}" for n in range(options.feeds)]
    mean = sum(map(len, bodies)) // len(bodies)
    print(f"{len(urls)} feeds on {hosts} hosts, {len(bodies)} bodies of {mean:,} bytes on average")
    _report("feedparser + requests", lambda: rival(urls, options.parallel), len(urls))
    ours = Ours(urls, options.parallel)
    _report("Digest, first poll", ours.run, len(urls))
    _report("Digest, nothing changed", ours.run, len(urls))
    print(f"entries: {ours.found}, failed: {ours.failed}, parsed again: {ours.reads}")
    server.terminate()


def _host(number: int) -> str:
    return f"127.1.{number // 250}.{number % 250 + 1}"


def _bodies(archive: str) -> list[bytes]:
    with tarfile.open(archive) as tar:
        files = [m for m in tar if m.isfile() and m.name.endswith((".xml", ".rss", ".atom"))]
        return [stream.read() for m in files if (stream := tar.extractfile(m)) is not None]


def _cpu() -> float:
    """Return the seconds of work of this process and of the children that read for it."""
    spent = os.times()  # with the children that have ended
    total = spent.user + spent.system + spent.children_user + spent.children_system
    ticks = os.sysconf("SC_CLK_TCK")
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == os.getpid() and "sandboxed" in _command(stat):
                total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def _command(stat: Path) -> str:
    return stat.with_name("cmdline").read_text().replace("\0", " ")


def _is_feed(body: bytes) -> bool:
    try:
        return bool(list(FeedReader().read(body, url="https://feed.example/")))
    except ParseError:
        return False


def _report(name: str, work: Callable[[], Any], feeds: int) -> None:
    wall, cpu = time.perf_counter(), _cpu()
    work()
    wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:26} {wall:7.1f} s {feeds / wall:7.1f} feeds/s  CPU {cpu:6.1f} s"
        f" ({cpu / feeds * 1000:5.1f} ms a feed)  {memory:5.0f} MB at most"
    )


def rival(urls: Sequence[str], threads: int) -> int:
    """Fetch and parse with the two libraries that everybody takes."""
    import feedparser
    import requests

    session = requests.Session()

    def one(url: str) -> int:
        try:
            answer = session.get(url, timeout=20)
            answer.raise_for_status()
        except requests.RequestException:
            return 0
        return len(feedparser.parse(answer.content).entries)

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(one, urls))


class Ours:
    """Our polling, with what is remembered from one time to the next."""

    def __init__(self, urls: Sequence[str], parallel: int) -> None:
        self.sources = [
            Source(f"s{n}", "feed", url, f"Publisher {n}", "independent")
            for n, url in enumerate(urls)
        ]
        self.states: dict[str, SourceState] = {}
        self.parallel = parallel
        settings = Fetch(allow_private=True, parallel=parallel)
        self.fetcher = HttpFetcher(settings)
        self.sandbox = Sandbox()
        self.found = self.failed = self.reads = 0

    def run(self) -> None:
        """Poll every source once."""
        reader = Counting(self.sandbox)
        polled = in_queues(
            lambda source: self._poll(source, reader),
            self.sources,
            threads=self.parallel,
            queue=lambda source: source.url.split("/")[2],
            pause=self.fetcher.pause,
        )
        self.states = {each.state.id: each.state for each in polled}
        self.found = sum(each.found for each in polled) or self.found
        self.failed = sum(bool(each.state.error) for each in polled)
        self.reads = reader.reads

    def _poll(self, source: Source, reader: Counting) -> Polled:
        state = self.states.get(source.name)
        return poll(
            source,
            state,
            fetcher=self.fetcher,
            readers={"feed": reader},
            mailbox=NoMail(),
            now=NOON,
        )


class Counting(SandboxedFeeds):
    """A reader that counts what it is handed."""

    reads = 0

    def read(self, body: bytes, *, url: str, media_type: str = "") -> Any:
        """Read a feed."""
        self.reads += 1
        return super().read(body, url=url, media_type=media_type)


def serve(bodies: list[bytes], latency: float, ready: Any) -> None:
    """Answer on every address of the loopback network until the process is ended."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(latency)
                writer.write(_answer(head.decode("latin-1"), bodies))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=4096)
        ready.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def _answer(head: str, bodies: list[bytes]) -> bytes:
    path = head.split(" ")[1].strip("/")
    if path == "robots.txt":
        return b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nUser-agent: *"
    number = int(path)
    if number % 10 == 7:
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    body = bodies[number % len(bodies)]
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if f"if-none-match: {tag}" in head.lower():
        return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
    kind = f"Content-Type: application/rss+xml\r\nETag: {tag}\r\nContent-Length: {len(body)}"
    return f"HTTP/1.1 200 OK\r\n{kind}\r\n\r\n".encode() + body


if __name__ == "__main__":
    main()
