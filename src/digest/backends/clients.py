"""Makes the httpx client: who we say we are, what connects for us, and that no cookie is kept."""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

from digest.backends.unpacking import NAMES
from digest.config_sections import Fetch

if TYPE_CHECKING:
    import httpx

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.8"


def make_client(settings: Fetch, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return a client by the settings.

    Args:
        settings: the limits, the user agent and the proxy.
        transport: what answers instead of the network.
    """
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
    from digest.backends.guard import GuardedBackend
    from digest.backends.transports import GuardedTransport, ProxiedTransport

    if settings.proxy:
        proxy = settings.proxy.get_secret_value()
        return ProxiedTransport(proxy, allow_private=settings.allow_private)
    return GuardedTransport(GuardedBackend(allow_private=settings.allow_private))
