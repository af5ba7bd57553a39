"""Sends requests with httpx's own words: who we say we are, what connects for us, no cookies."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from digest.backends.unpacking import NAMES
from digest.config_sections import Fetch

if TYPE_CHECKING:
    import httpx

ACCEPT = b"text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.8"
AUTHORIZATION = b"Authorization"
VALIDATORS = ("if-none-match", "if-modified-since")


class Client:
    """Asks for one address at a time: follows nothing, keeps no cookie, knows no .netrc.

    httpx's own client would do all of that for every request, at twice the price of the request.

    Args:
        settings: the limits, the user agent and the proxy.
        transport: what answers instead of the network.
    """

    def __init__(self, settings: Fetch, transport: httpx.BaseTransport | None = None) -> None:
        import httpx

        self._transport = transport or _make_transport(settings)
        self._request, self._url = httpx.Request, httpx.URL
        self._nothing = httpx.ByteStream(b"")
        self._headers = [
            (b"User-Agent", settings.user_agent.encode("utf-8")),
            (b"Accept", ACCEPT),
            (b"Accept-Encoding", NAMES.encode("ascii")),
            (b"Connection", b"keep-alive"),
        ]
        limits = httpx.Timeout(settings.timeout, connect=min(10.0, settings.timeout))
        self._extensions = {"timeout": limits.as_dict()}

    def request(self, url: str | httpx.URL, headers: Mapping[str, str]) -> httpx.Request:
        """Return the request for an address; a name and password in it are sent as such.

        Raises:
            httpx.InvalidURL: where it is none.
        """
        place = self._url(url)
        more = [(name.encode("ascii"), value.encode("utf-8")) for name, value in headers.items()]
        if place.userinfo:
            # RFC 7617; a feed of one's own, say, that is kept from others.
            userinfo = base64.b64encode(unquote_to_bytes(place.userinfo))
            more = [each for each in more if each[0] != AUTHORIZATION]
            more.append((AUTHORIZATION, b"Basic " + userinfo))
        said = [(b"Host", place.netloc), *self._headers, *more]
        return self._request(
            "GET", place, headers=said, stream=self._nothing, extensions=self._extensions
        )

    def send(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, its body still to be read, which has to be closed.

        Raises:
            httpx.TransportError: where the answer cannot be had.
        """
        answer = self._transport.handle_request(request)
        answer.request = request
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


def leads_to(answer: httpx.Response) -> httpx.URL | None:
    """Return the address to which an answer redirects, None where it does not.

    Raises:
        httpx.InvalidURL: where that is no address.
    """
    if not answer.has_redirect_location:
        return None
    before = answer.request.url
    found = before.join(answer.headers["location"])
    if found.scheme and not found.host:
        found = found.copy_with(host=before.host)  # "https:/path", as some servers say
    return found


def headers_onward(request: httpx.Request, url: httpx.URL) -> dict[str, str]:
    """Return what of a request's own headers goes on to an address to which it was redirected.

    Another host is told neither which copy we have of the first one's page nor a password.
    """
    before = request.url
    if url.host != before.host:
        return {}
    names = list(VALIDATORS)
    kept_safe = url.scheme == "https" and (before.scheme, before.port) == ("http", None)
    if (url.scheme, url.port) == (before.scheme, before.port) or (kept_safe and url.port is None):
        names.append(AUTHORIZATION.decode("ascii"))
    return {name: request.headers[name] for name in names if name in request.headers}


def _make_transport(settings: Fetch) -> httpx.BaseTransport:
    from digest.backends.guard import GuardedBackend
    from digest.backends.transports import GuardedTransport, ProxiedTransport

    if settings.proxy:
        proxy = settings.proxy.get_secret_value()
        return ProxiedTransport(proxy, allow_private=settings.allow_private)
    return GuardedTransport(GuardedBackend(allow_private=settings.allow_private))
