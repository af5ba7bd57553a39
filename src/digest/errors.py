"""Every error of Digest, named by what went wrong.

    DigestError                    1
    ├── ConfigError                2   a settings, sources or stack file is wrong
    ├── InputError                 3   a file, line or address that was handed in is wrong
    ├── FetchError                 4   a publisher's server did not give the page
    ├── ParseError                 5   a page, feed, mail or report could not be read
    ├── ModelError                 6   a model or package is missing or broken
    ├── StoreError                 7   the database could not be opened, read or written
    └── DeliveryError              8   an edition could not be sent

The number is the exit code at the command line.
"""

from __future__ import annotations

#: Why a mail was dropped that nobody but its reader can answer.
CONFIRMATION = "a subscription to confirm"


#: Why a page was not fetched whose address somebody keeps to himself.
HIDDEN = "the article's address is hidden"


class DigestError(Exception):
    """Something went wrong; says what, on which thing, and what cures it.

    Args:
        message: what went wrong, naming the thing.
        id: the record, source or file concerned, where there is one.
        cure: what the user can do about it.
    """

    exit_code = 1

    def __init__(self, message: str, *, id: str | None = None, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.id = id
        self.cure = cure

    def __str__(self) -> str:
        """Return the message and its cure on one line."""
        return f"{self.message} ({self.cure})" if self.cure else self.message


class ConfigError(DigestError):
    """A settings, sources or stack file is wrong."""

    exit_code = 2


class InputError(DigestError):
    """A file, line or address that was handed in is wrong."""

    exit_code = 3


class FetchError(DigestError):
    """A publisher's server did not give the page.

    Args:
        transient: whether trying again later may help.
        status: the HTTP status, where there was an answer.
    """

    exit_code = 4

    def __init__(
        self,
        message: str,
        *,
        id: str | None = None,
        cure: str = "",
        transient: bool = True,
        status: int | None = None,
    ) -> None:
        super().__init__(message, id=id, cure=cure)
        self.transient = transient
        self.status = status
        self.reason = ""  #: short and countable, where the status is not all there is to say
        self.wait: float | None = None  #: seconds that the server asked us to stay away


class ParseError(DigestError):
    """A page, feed, mail or report could not be read."""

    exit_code = 5
    reason = ""  #: short and countable, where it is none that could be read better
    feed = ""  #: the feed that a page names, where a feed was looked for


class ModelError(DigestError):
    """A model or package is missing or broken.

    Args:
        transient: whether trying again later may help: a server that did not answer.
    """

    exit_code = 6

    def __init__(
        self, message: str, *, id: str | None = None, cure: str = "", transient: bool = False
    ) -> None:
        super().__init__(message, id=id, cure=cure)
        self.transient = transient


class StoreError(DigestError):
    """The database could not be opened, read or written."""

    exit_code = 7


class DeliveryError(DigestError):
    """An edition could not be sent."""

    exit_code = 8
