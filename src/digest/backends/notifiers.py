"""Tells those who look after Digest what is wrong, by apprise: webhooks, chats, mail, pagers."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from digest.errors import DeliveryError


class AppriseNotifier:
    """Sends a message to each of several services.

    Args:
        urls: apprise's addresses of services (https://github.com/caronc/apprise/wiki).
    """

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = urls

    def notify(self, subject: str, text: str) -> None:
        """Send a message.

        Raises:
            DeliveryError: where an address is none, or a service did not take the message; it
                names the services by their kind, never by the address: there are keys in it.
        """
        import apprise

        failed = []
        for url in self._urls:
            service = apprise.Apprise()
            if not (service.add(url) and service.notify(title=subject, body=text)):
                failed.append(urlsplit(url).scheme or "an address without a kind")
        if failed:
            cure = "check [delivery] alert_urls"
            raise DeliveryError(f"not taken by {', '.join(failed)}", cure=cure)
