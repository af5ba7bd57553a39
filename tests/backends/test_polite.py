"""How a publisher's server is asked: its rules, its pauses, one request at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from digest.backends.hosts import Hosts
from digest.backends.http import HttpFetcher
from digest.backends.robots import Robots, refusing_rule
from digest.config_sections import Fetch
from digest.errors import FetchError
from digest.ports import Response
from digest.stage import in_queues, reason_of

RULES = b"""User-agent: other
Disallow: /

User-agent: *
Disallow: /private/
Disallow: /private/more/ # and why
Allow: /private/open
Crawl-delay: 7
"""


class Publisher(BaseHTTPRequestHandler):
    """A server with a robots.txt."""

    def do_GET(self) -> None:
        """Answer by the server's table, and note how many are served at once."""
        server: Any = self.server
        with server.lock:
            server.asked.append(self.path)
            server.now += 1
            server.most = max(server.most, server.now)
        time.sleep(server.latency)
        status, body, headers = server.answers.get(self.path, (200, b"<p>page", {}))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        with server.lock:
            server.now -= 1
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def site() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    server.asked, server.answers, server.lock = [], {}, threading.Lock()
    server.now, server.most, server.latency, server.daemon_threads = 0, 0, 0.0, True
    server.answers["/robots.txt"] = (200, RULES, {"Content-Type": "text/plain"})
    server.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def make(waits: list[float] | None = None, **settings: Any) -> HttpFetcher:
    sleep: Callable[[float], None] = (waits if waits is not None else []).append
    values = {"allow_private": True, "retries": 0, **settings}
    return HttpFetcher(Fetch(**values), sleep=sleep)


def test_robots_txt_is_asked_once_and_the_rule_that_refuses_is_shown(site: Any) -> None:
    """The page is not asked for; the drop's reason counts, its detail is the line."""
    fetcher = make()
    for path in ("/private/a", "/private/more/b"):
        with pytest.raises(FetchError) as caught:
            fetcher.fetch(f"{site.base}{path}")
        assert reason_of(caught.value) == "robots.txt refuses"
        assert not caught.value.transient
    assert 'robots.txt says "Disallow: /private/more/"' in str(caught.value)
    assert fetcher.fetch(f"{site.base}/private/open").body == b"<p>page"
    assert site.asked == ["/robots.txt", "/private/open"]


def test_a_group_with_our_name_goes_before_the_one_for_all(site: Any) -> None:
    """Digest is named by what stands before the slash of the user agent."""
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: digest\nDisallow: /x\n"
    site.answers["/robots.txt"] = (200, rules, {})
    assert make().fetch(f"{site.base}/y").status == 200
    assert refusing_rule(rules.decode(), f"{site.base}/x", "Digest") == "Disallow: /x"


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        *(("Digest", True), ("DIGEST", True), ("Digest/2.0", True), ("digest # us", True)),
        *(("dig", False), ("digest-bot", False), ("digestive", False), ("di*", False)),
        *(("*", True), ("other digest", False), ("", False), ("not-Digest", False)),
        *(("Digest\r", True), ("\tdigest\t", True)),
    ],
)
def test_a_group_is_ours_by_the_whole_of_its_name(name: str, ours: bool) -> None:
    """RFC 9309, 2.2.1: the product token, in any case; not a part of it, nor one that is longer."""
    text = f"User-agent: {name}\nDisallow: /\n"
    answer = Response("https://a.example/robots.txt", 200, text.encode(), "text/plain")
    robots = Robots(lambda _: answer, "Digest")
    if ours:
        with pytest.raises(FetchError, match=r'robots\.txt says "Disallow: /"'):
            robots.check("https://a.example/page")
    else:
        robots.check("https://a.example/page")


def test_the_group_of_another_is_not_ours_beside_one_for_all() -> None:
    """A shorter name that is let in does not let us in; the pause that it asks for is not ours."""
    text = "User-agent: dig\nAllow: /\nCrawl-delay: 99\n\nUser-agent: *\nDisallow: /x\n"
    answer = Response("https://a.example/robots.txt", 200, text.encode(), "text/plain")
    robots = Robots(lambda _: answer, "Digest")
    assert robots.delay("https://a.example/") == 0
    with pytest.raises(FetchError):
        robots.check("https://a.example/x")


@pytest.mark.parametrize("answer", [(404, b"", {}), (200, b"<html>Not found", {})])
def test_no_rules_allow_everything(site: Any, answer: tuple[int, bytes, dict[str, str]]) -> None:
    """A 404, and a site's page with status 200 in place of one."""
    site.answers["/robots.txt"] = answer
    assert make().fetch(f"{site.base}/private/a").status == 200


def test_rules_that_cannot_be_had_are_a_no_for_now(site: Any) -> None:
    """RFC 9309: a server in trouble is left alone; the next run asks again."""
    site.answers["/robots.txt"] = (503, b"", {})
    with pytest.raises(FetchError) as caught:
        make().fetch(f"{site.base}/a")
    assert (caught.value.transient, site.asked) == (True, ["/robots.txt"])
    assert reason_of(caught.value) == "robots.txt could not be read"


def test_a_redirect_is_checked_against_the_rules_too(site: Any) -> None:
    """Where an allowed page leads on to a refused one, that is not asked for."""
    site.answers["/go"] = (302, b"", {"Location": "/private/x"})
    with pytest.raises(FetchError, match="robots"):
        make().fetch(f"{site.base}/go")
    assert site.asked == ["/robots.txt", "/go"]


def test_rules_that_have_moved_are_read_where_they_lead(site: Any) -> None:
    """A robots.txt that leads to another path of its host is asked without asking for rules."""
    site.answers["/robots.txt"] = (301, b"", {"Location": "/rules.txt"})
    site.answers["/rules.txt"] = (200, RULES, {"Content-Type": "text/plain"})
    caught: list[FetchError] = []

    def ask() -> None:
        try:
            make().fetch(f"{site.base}/private/a")
        except FetchError as error:
            caught.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(5)
    assert [reason_of(error) for error in caught] == ["robots.txt refuses"]
    assert site.asked == ["/robots.txt", "/rules.txt"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((301, b"", {"Location": "/robots.txt"}), "redirects"),
        ((200, RULES, {"Content-Encoding": "gzip"}), "Content-Encoding"),
        ((200, RULES * 1_000, {}), "larger than"),
        ((301, b"", {"Location": "ftp://127.0.0.1/robots.txt"}), "only http"),
    ],
)
def test_rules_that_are_broken_are_asked_for_once(
    site: Any, answer: tuple[int, bytes, dict[str, str]], said: str
) -> None:
    """Not before every page again; each page tells why it is not asked for."""
    site.answers["/robots.txt"] = answer
    fetcher = make(max_bytes=50_000, max_redirects=1)
    for path in ("/a", "/b"):
        with pytest.raises(FetchError, match=said) as caught:
            fetcher.fetch(f"{site.base}{path}")
        assert caught.value.message.startswith(f"{site.base}{path}: robots.txt could not be read")
        if path == "/a":
            asked = len(site.asked)
    assert len(site.asked) == asked <= 2


def test_rules_sent_as_html_are_rules(site: Any) -> None:
    """Many a server sends every file as text/html; what the lines say counts."""
    site.answers["/robots.txt"] = (200, RULES, {"Content-Type": "text/html; charset=utf-8"})
    with pytest.raises(FetchError, match="Disallow: /private/"):
        make().fetch(f"{site.base}/private/a")


@pytest.mark.parametrize(("status", "asked", "held"), [(429, 45, 45), (503, 45, 45), (503, 5, 30)])
def test_a_retry_after_holds_the_whole_host(site: Any, status: int, asked: int, held: int) -> None:
    """Other pages of the host wait as well, half a minute at least."""
    site.answers["/busy"] = (status, b"", {"Retry-After": str(asked)})
    waits: list[float] = []
    fetcher = make(waits)
    with pytest.raises(FetchError):
        fetcher.fetch(f"{site.base}/busy")
    fetcher.fetch(f"{site.base}/a")
    assert [round(wait) for wait in waits] == [held]


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_wants_an_hour_is_left_to_the_next_run(site: Any, status: int) -> None:
    """Its other pages are not asked for, and say why."""
    site.answers["/busy"] = (status, b"", {"Retry-After": "3600"})
    waits: list[float] = []
    fetcher = make(waits)
    with pytest.raises(FetchError):
        fetcher.fetch(f"{site.base}/busy")
    with pytest.raises(FetchError, match="left to the next run") as caught:
        fetcher.fetch(f"{site.base}/a")
    assert (caught.value.transient, waits, "/a" in site.asked) == (True, [], False)
    assert caught.value.wait == pytest.approx(3600, abs=5)


def test_a_host_gets_its_pause_or_what_it_asks_for(site: Any) -> None:
    """Five seconds by default, the Crawl-delay where that is longer, none before the first page."""
    waits: list[float] = []
    fetcher = make(waits)
    for path in ("/a", "/b", "/c"):
        fetcher.fetch(f"{site.base}{path}")
    assert [round(wait) for wait in waits] == [7, 7]
    site.answers["/robots.txt"] = (404, b"", {})
    plain: list[float] = []
    fetcher = make(plain)
    for path in ("/a", "/b"):
        fetcher.fetch(f"{site.base}{path}")
    assert [round(wait) for wait in plain] == [5]


def test_a_host_that_is_asked_too_often_is_left_alone_for_half_a_minute(site: Any) -> None:
    """A 429 without Retry-After holds every request to that host."""
    site.answers["/busy"] = (429, b"", {})
    waits: list[float] = []
    fetcher = make(waits)
    with pytest.raises(FetchError):
        fetcher.fetch(f"{site.base}/busy")
    fetcher.fetch(f"{site.base}/a")
    assert [round(wait) for wait in waits] == [30]


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_in_both_forms_is_told_to_the_next_run(site: Any, form: str) -> None:
    """A longer pause than a run can wait stands in the error, for the source's next time."""
    from email.utils import formatdate

    value = "7200" if form == "seconds" else formatdate(time.time() + 7200, usegmt=True)
    site.answers["/busy"] = (503, b"", {"Retry-After": value})
    with pytest.raises(FetchError) as caught:
        make(retries=3).fetch(f"{site.base}/busy")
    assert caught.value.wait == pytest.approx(7200, abs=5)


def test_a_host_that_wants_minutes_is_asked_once_a_run(site: Any) -> None:
    """Its Crawl-delay is honoured by leaving the rest for later, not by waiting."""
    site.answers["/robots.txt"] = (200, b"User-agent: *\nCrawl-delay: 600\n", {})
    fetcher = make()
    fetcher.fetch(f"{site.base}/a")
    with pytest.raises(FetchError, match="left to the next run") as caught:
        fetcher.fetch(f"{site.base}/b")
    assert caught.value.transient
    assert "/b" not in site.asked


def test_one_request_at_a_time_at_a_host(site: Any) -> None:
    """However many threads want something of it."""
    site.latency = 0.02
    fetcher = make(pause=0.0)
    site.answers["/robots.txt"] = (404, b"", {})
    threads = [
        threading.Thread(target=fetcher.fetch, args=(f"{site.base}/{number}",))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(site.asked), site.most) == (9, 1)


def test_hosts_do_not_wait_for_each_other() -> None:
    """A pause at one is none at another."""
    waits: list[float] = []
    hosts = Hosts(sleep=waits.append, clock=lambda: 100.0)
    for name in ("a.example", "b.example", "A.example"):
        with hosts.visit(name, pause=5.0):
            pass
    assert waits == [5.0]


def test_queues_are_worked_on_at_once_and_each_in_its_order() -> None:
    """Answers come in the order of the inputs."""
    seen: list[str] = []

    def work(name: str) -> str:
        time.sleep(0.01 if name.startswith("a") else 0)
        seen.append(name)
        return name.upper()

    inputs = ["a1", "b1", "a2", "b2", "c1"]
    assert in_queues(work, inputs, threads=3, queue=lambda n: n[0]) == [
        "A1",
        "B1",
        "A2",
        "B2",
        "C1",
    ]
    assert [name for name in seen if name[0] == "a"] == ["a1", "a2"]
