"""Fetches pages with httpx: time, size and redirect limits, retries, and conditional requests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from digest.backends.addresses import why_refused
from digest.backends.google_news import is_article_link
from digest.backends.hosts import Hosts
from digest.backends.interstitials import onward
from digest.backends.media import charset_of, media_type_of
from digest.backends.robots import Robots
from digest.backends.unpacking import NAMES, PackedError, TruncatedError, Unpacking
from digest.config_sections import Fetch
from digest.errors import HIDDEN, FetchError
from digest.ports import Response

if TYPE_CHECKING:
    import httpx

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.8"
PASSING = frozenset({202, 408, 425, 429})  # statuses that ask for patience; all of 5xx do too
HELD = 30.0  # seconds that a host is left alone which says that it is asked too often
MOST = 60.0  # seconds that we wait for our turn; a host that wants more is asked once a run
WAIT = 0.5  # seconds before the first new try; doubles each time
LONGEST_WAIT = 30.0  # a server that asks for more is left to the next run
LONGEST_HOLD = 31 * 86_400.0  # what a Retry-After asks for beyond it is a mistake
CHUNK = 65_536  # bytes unpacked at a time


@dataclass(slots=True)
class _Deadline:
    """The moment at which one answer has taken too long."""

    seconds: float
    start: float = field(default_factory=time.monotonic)

    def check(self, url: str) -> None:
        if time.monotonic() - self.start > self.seconds:
            raise FetchError(f"{url}: no complete answer within {self.seconds:g} s", id=url)


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
        self._client = _make_client(settings, transport)

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
            except _PassingError as passing:
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
            raise _final(url, f"not an address that can be fetched: {error}") from error
        except httpx.UnsupportedProtocol as error:
            raise _final(url, f"only http and https are fetched: {error}") from error
        except PackedError as error:
            raise _final(url, str(error)) from error
        except TruncatedError as error:
            raise _PassingError(FetchError(f"{url}: {error}", id=url)) from error
        except ForbiddenAddressError as error:
            raise _forbidden(url, str(error)) from error
        except (httpx.TransportError, OSError) as error:
            said = str(error) or type(error).__name__
            raise _PassingError(FetchError(f"{url}: {said}", id=url)) from error
        except (UnicodeError, ValueError) as error:
            raise _final(url, f"could not be asked for: {error}") from error

    def _follow(
        self,
        url: str,
        headers: dict[str, str],
        within: Callable[[float], AbstractContextManager[None]],
        *,
        rules: bool,
    ) -> Response:
        urlsplit(url)  # stricter than httpx: "https://[" is a ValueError
        request = self._client.build_request("GET", url, headers=headers)
        for _ in range(self._settings.max_redirects + 1):
            turn = self._turn(url, str(request.url), rules=rules)
            with turn, within(self._settings.timeout):
                deadline = _Deadline(self._settings.timeout)
                answer = self._client.send(request, stream=True, follow_redirects=False)
                try:
                    deadline.check(url)
                    if answer.next_request is not None:
                        request = answer.next_request
                        continue
                    found = self._read(answer, url, deadline)
                finally:
                    answer.close()
            address = onward(found)
            if address is None:
                return _not_hidden(found, url)
            request = self._client.build_request("GET", address)
        raise _final(url, f"more than {self._settings.max_redirects} redirects")

    @contextmanager
    def _turn(self, url: str, address: str, *, rules: bool) -> Iterator[None]:
        """Wait for our turn at the host of an address, where it may be asked at all.

        A robots.txt is asked for without rules, wherever it leads: its own are not known yet.
        """
        self._check(url, address)
        host = urlsplit(address).hostname or ""
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
        with self._hosts.visit(host, pause=pause):
            yield

    def _ask_robots(self, url: str) -> Response:
        return self._fetch(url, {}, rules=True)

    def _check(self, url: str, address: str) -> None:
        refused = why_refused(address, allow_private=self._settings.allow_private)
        if refused:
            raise _forbidden(url, refused if address == url else f"leads to {address}: {refused}")

    def _read(self, answer: httpx.Response, url: str, deadline: _Deadline) -> Response:
        if self._robots is not None and answer.status_code in (429, 503):
            wait = _retry_after(answer.headers.get("retry-after"))
            if wait is not None or answer.status_code == 429:
                self._hosts.hold(answer.request.url.host, max(HELD, wait or 0.0))
        _refuse(answer, url)
        body = b"" if answer.status_code == 304 else self._body(answer, url, deadline)
        said = answer.headers.get("content-type", "")
        return Response(
            url=str(answer.url),
            status=304 if answer.status_code == 304 else 200,
            body=body,
            media_type=media_type_of(said, body, str(answer.url)),
            charset=charset_of(said),
            headers={name.lower(): value for name, value in answer.headers.items()},
        )

    def _body(self, answer: httpx.Response, url: str, deadline: _Deadline) -> bytes:
        limit = self._settings.max_bytes
        unpacking = Unpacking(answer.headers.get("content-encoding", ""), limit)
        if int(_digits(answer.headers.get("content-length", ""))) > limit:
            raise _too_large(url, limit)
        parts: list[bytes] = []
        for part in answer.iter_raw(CHUNK):
            parts.append(unpacking.take(part))
            if unpacking.is_over:
                raise _too_large(url, limit)
            deadline.check(url)
        unpacking.finish()
        return b"".join(parts)

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


class _PassingError(Exception):
    """A failure that may pass, and how long the server asked us to wait."""

    def __init__(self, error: FetchError, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


def _make_client(settings: Fetch, transport: httpx.BaseTransport | None) -> httpx.Client:
    import httpx

    return httpx.Client(
        transport=transport or _make_transport(settings),
        trust_env=False,  # no credentials from a .netrc; a proxy is a setting of ours
        timeout=httpx.Timeout(settings.timeout, connect=min(10.0, settings.timeout)),
        headers={
            "User-Agent": settings.user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": NAMES,
        },
        # A digest has no use for being recognised: no cookie is kept.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    )


def _make_transport(settings: Fetch) -> httpx.BaseTransport:
    import httpx

    from digest.backends.guard import GuardedBackend, GuardedTransport

    if settings.proxy:
        return httpx.HTTPTransport(proxy=settings.proxy.get_secret_value())
    backend = GuardedBackend(allow_private=settings.allow_private)
    return GuardedTransport(backend, parallel=settings.parallel)


def _refuse(answer: httpx.Response, url: str) -> None:
    status = answer.status_code
    if status in (200, 203):
        return
    if status == 304 and _is_conditional(answer.request):
        return
    words = f"{url}: HTTP {status} {answer.reason_phrase}".rstrip()
    passing = status in PASSING or status >= 500
    error = FetchError(words, id=url, transient=passing, status=status)
    if passing:
        raise _PassingError(error, _retry_after(answer.headers.get("retry-after")))
    raise error


def _is_conditional(request: httpx.Request) -> bool:
    return "if-none-match" in request.headers or "if-modified-since" in request.headers


def _retry_after(value: str | None) -> float | None:
    said = (value or "").strip()
    if said.isascii() and said.isdigit():
        return min(float(said), LONGEST_HOLD)
    try:
        left = parsedate_to_datetime(said).timestamp() - time.time()
        return min(max(0.0, left), LONGEST_HOLD)
    except (ValueError, OverflowError):
        return None


def _digits(value: str) -> str:
    return value if value.isascii() and value.isdigit() and len(value) < 20 else "0"


def _not_hidden(found: Response, url: str) -> Response:
    """Return an answer, unless it is Google's page in place of the article that was asked for."""
    if is_article_link(found.url):
        error = _final(url, "Google News does not say where the article is")
        error.cure = "make the publisher's own feed a source"
        raise error
    return found


def _final(url: str, words: str) -> FetchError:
    return FetchError(f"{url}: {words}", id=url, transient=False)


def _forbidden(url: str, words: str) -> FetchError:
    cure = "set [fetch] allow_private where the address is your own"
    error = FetchError(f"{url}: {words}", id=url, transient=False, cure=cure)
    error.reason = "address not allowed"
    return error


def _too_large(url: str, limit: int) -> FetchError:
    error = _final(url, f"larger than {limit:,} bytes")
    error.cure = "raise [fetch] max_bytes"
    return error
