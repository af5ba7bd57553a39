"""Posts an edition to a chat or webhook by apprise: Slack, Teams, Discord, Matrix and many more."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from digest.errors import ConfigError
from digest.records import Answer

#: How apprise's log tells that a service has answered, and did not take the message.
STATUS = re.compile(r"\berror=(\d{3})\b")
#: How a connection fails before a byte was sent; everything else leaves open what was taken.
NOT_SENT = re.compile(
    r"refused|NewConnectionError|ConnectTimeout|name or service|getaddrinfo|resolve|unreachable|"
    r"certificate",
    re.I,
)
WORDS = 300  #: characters of what a service said that are kept


class AppriseChat:
    """A `Chat` behind one of apprise's addresses.

    Args:
        name: what the settings call it: addresses hold keys, so that errors name this.
        url: apprise's address of the service (https://github.com/caronc/apprise/wiki).

    Raises:
        ConfigError: where the address is none.
    """

    def __init__(self, name: str, url: str) -> None:
        import apprise

        self._service = apprise.Apprise()
        self._url = url
        if not self._service.add(url):
            kind = urlsplit(url).scheme or "no kind"
            message = f'channel "{name}": apprise knows no such address ({kind}://…)'
            raise ConfigError(message, cure="https://github.com/caronc/apprise/wiki")

    def post(self, title: str, text: str) -> Answer:
        """Return what became of a message in plain text."""
        import apprise

        with _Listening() as heard:
            taken = self._service.notify(
                title=title, body=text, body_format=apprise.NotifyFormat.TEXT
            )
        if taken:
            return Answer("taken", "taken by the service", 200)
        said = self._without_keys(" ".join(heard.lines))
        status = STATUS.search(said)
        if status:
            return Answer("later", said, int(status[1]))
        if NOT_SENT.search(said):
            return Answer("later", said)
        return Answer("unknown", said or "the service did not say whether it was taken")

    def _without_keys(self, said: str) -> str:
        """Return a log without the parts of the address: host, path and keys."""
        parts = urlsplit(self._url)
        secrets = {*re.split(r"[/@:?&=#]", self._url), parts.netloc, parts.path.strip("/")}
        for secret in sorted((each for each in secrets if len(each) > 3), key=len, reverse=True):
            if secret != parts.scheme:
                said = said.replace(secret, "…")
        return re.sub(r"https?://\S+", "…", " ".join(said.split()))[:WORDS]


class ShutChat:
    """A `Chat` whose address cannot be used: what is owed to it waits until it is mended.

    Args:
        why: what is wrong with it.
    """

    def __init__(self, why: str) -> None:
        self.why = why

    def post(self, title: str, text: str) -> Answer:
        """Return that nothing was taken, and why."""
        return Answer("later", self.why)


class _Listening(logging.Handler):
    """Hears what apprise logs while it posts: it answers with yes or no, and says why there."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self._logger = logging.getLogger("apprise")
        self._before = (self._logger.level, self._logger.propagate)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line that tells of a failure."""
        line = record.getMessage()
        if record.levelno >= logging.WARNING or "Exception" in line:
            self.lines.append(line)

    def __enter__(self) -> _Listening:
        self._logger.addHandler(self)
        self._logger.setLevel(logging.DEBUG)
        self._logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
        self._logger.level, self._logger.propagate = self._before
