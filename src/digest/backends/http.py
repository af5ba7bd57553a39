"""Fetches pages with httpx: time, size and redirect limits, retries, and conditional requests."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from digest.backends.addresses import why_refused
from digest.backends.answers import Deadline, read_answer, retry_after
from digest.backends.clients import make_client
from digest.backends.fetch_errors import PassingError, final, forbidden
from digest.backends.google_news import is_article_link
from digest.backends.hosts import Hosts
from digest.backends.interstitials import onward
from digest.backends.robots import Robots
from digest.backends.unpacking import PackedError, TruncatedError
from digest.config_sections import Fetch
from digest.errors import HIDDEN, FetchError
from digest.ports import Response

if TYPE_CHECKING:
    import httpx

HELD = 30.0  # seconds that a host is left alone which says that it is asked too often
MOST = 60.0  # seconds that we wait for our turn; a host that wants more is asked once a run
WAIT = 0.5  # seconds before the first new try; doubles each time
LONGEST_WAIT = 30.0  # a server that asks for more is left to the next run
FOR_GOOD = frozenset({301, 308})  # statuses of an address that has moved and comes not back
VALIDATORS = ("if-none-match", "if-modified-since")


class HttpFetcher:
    """Fetches over HTTP; safe to share between threads.

    Args:
        settings: the limits, the user agent and the number of further tries.
        transport: what answers instead of the network (see `backends.mirror`).
        sleep: waits between two tries; tests hand in one that only notes the seconds.
        polite: whether robots.txt is asked and hosts get pauses; a folder needs neither.

    Attributes:
        pause: seconds between two requests to one host.
    """

    def __init__(
        self,
        settings: Fetch,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        polite: bool = True,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._hosts = Hosts(sleep=sleep)
        self.pause = settings.pause if polite else 0.0
        agent = settings.user_agent.split("/")[0].strip()
        self._robots = Robots(self._ask_robots, agent) if polite else None
        self._client = make_client(settings, transport)

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Response:
        """Return the answer of `url`, status 200 or 304.

        The body is decompressed; `charset` is the header's. A failure that may pass is tried again
        `settings.retries` times, after the server's Retry-After or a pause that doubles.

        Raises:
            FetchError: for every other outcome, with the status where there was an answer and
                `transient` where another day may help.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        return self._fetch(url, {name: value for name, value in headers.items() if value})

    def _fetch(self, url: str, headers: dict[str, str], *, rules: bool = False) -> Response:
        """Fetch with further tries; `rules`: a robots.txt, for which no robots.txt is asked."""
        for attempt in range(self._settings.retries + 1):
            try:
                return self._try(url, headers, rules=rules)
            except FetchError as error:
                if not error.transient and is_article_link(url):
                    error.reason = HIDDEN
                raise
            except PassingError as passing:
                pause = passing.wait if passing.wait is not None else WAIT * 2**attempt
                passing.error.wait = passing.wait
                if attempt == self._settings.retries or pause > LONGEST_WAIT:
                    raise passing.error from passing
                self._sleep(pause)
        raise AssertionError("unreachable: the last try returns or raises")

    def _try(self, url: str, headers: dict[str, str], *, rules: bool) -> Response:
        import httpx

        from digest.backends.guard import ForbiddenAddressError, within

        try:
            return self._follow(url, headers, within, rules=rules)
        except httpx.InvalidURL as error:
            raise final(url, f"not an address that can be fetched: {error}") from error
        except httpx.UnsupportedProtocol as error:
            raise final(url, f"only http and https are fetched: {error}") from error
        except PackedError as error:
            raise final(url, str(error)) from error
        except TruncatedError as error:
            raise PassingError(FetchError(f"{url}: {error}", id=url)) from error
        except ForbiddenAddressError as error:
            raise forbidden(url, str(error)) from error
        except (httpx.TransportError, OSError) as error:
            said = str(error) or type(error).__name__
            raise PassingError(FetchError(f"{url}: {said}", id=url)) from error
        except (UnicodeError, ValueError) as error:
            raise final(url, f"could not be asked for: {error}") from error

    def _follow(
        self,
        url: str,
        headers: dict[str, str],
        within: Callable[[float], AbstractContextManager[None]],
        *,
        rules: bool,
    ) -> Response:
        urlsplit(url)  # stricter than httpx: "https://[" is a ValueError
        known = [(name.encode("ascii"), value.encode("utf-8")) for name, value in headers.items()]
        request = self._client.build_request("GET", url, headers=known)
        hops, for_good = 0, True
        for _ in range(self._settings.max_redirects + 1):
            host, pause = self._may_ask(url, str(request.url), rules=rules)
            with self._hosts.visit(host, pause=pause), within(self._settings.timeout):
                deadline = Deadline(self._settings.timeout)
                answer = self._client.send(request, stream=True, follow_redirects=False)
                try:
                    deadline.check(url)
                    if answer.next_request is not None:
                        hops += 1
                        for_good &= answer.status_code in FOR_GOOD
                        request = _without_validators(answer.next_request, answer.request)
                        continue
                    found = self._read(answer, url, deadline)
                finally:
                    answer.close()
            address = onward(found)
            if address is None:
                return _not_hidden(replace(found, moved=for_good) if hops else found, url)
            for_good = False
            request = self._client.build_request("GET", address)
        raise final(url, f"more than {self._settings.max_redirects} redirects")

    def _may_ask(self, url: str, address: str, *, rules: bool) -> tuple[str, float]:
        """Return the host of an address and the pause after it, where it may be asked at all.

        A robots.txt is asked for without rules, wherever it leads: its own are not known yet.
        """
        self._check(url, address)
        host = urlsplit(address).hostname or ""
        if not host:
            raise final(url, "names no host")
        is_rules = rules or urlsplit(address).path == "/robots.txt"
        pause = 0.0 if is_rules else self.pause
        if self._robots is not None and not is_rules:
            self._robots.check(address)
            pause = max(pause, self._robots.delay(address))
        left = self._hosts.left(host)
        if left > MOST:
            words = f"{url}: {host} wants to be left alone for {left:.0f} s: left to the next run"
            error = FetchError(words, id=url)
            error.reason, error.wait = "the host wants long pauses", left
            raise error
        return host, pause

    def _ask_robots(self, url: str) -> Response:
        return self._fetch(url, {}, rules=True)

    def _check(self, url: str, address: str) -> None:
        refused = why_refused(address, allow_private=self._settings.allow_private)
        if refused:
            raise forbidden(url, refused if address == url else f"leads to {address}: {refused}")

    def _read(self, answer: httpx.Response, url: str, deadline: Deadline) -> Response:
        if self._robots is not None and answer.status_code in (429, 503):
            wait = retry_after(answer.headers.get("retry-after"))
            if wait is not None or answer.status_code == 429:
                self._hosts.hold(answer.request.url.host, max(HELD, wait or 0.0))
        return read_answer(answer, url, deadline=deadline, limit=self._settings.max_bytes)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


class FolderFetcher(HttpFetcher):
    """Fetches from a folder with the very code that fetches from the network.

    Args:
        root: the folder, laid out as `backends.mirror.FolderTransport` says.
        settings: the limits; the defaults where left out.
    """

    def __init__(self, root: Path, settings: Fetch | None = None) -> None:
        from digest.backends.mirror import FolderTransport

        super().__init__(settings or Fetch(), transport=FolderTransport(root), polite=False)


def _without_validators(request: httpx.Request, before: httpx.Request) -> httpx.Request:
    """Return a redirected request, to another host without what we know of the first one's page."""
    if request.url.host != before.url.host:
        for name in VALIDATORS:
            request.headers.pop(name, None)
    return request


def _not_hidden(found: Response, url: str) -> Response:
    """Return an answer, unless it is Google's page in place of the article that was asked for."""
    if is_article_link(found.url):
        error = final(url, "Google News does not say where the article is")
        error.cure = "make the publisher's own feed a source"
        raise error
    return found
