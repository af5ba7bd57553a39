"""The failures of fetching, as `HttpFetcher` tells them."""

from __future__ import annotations

from digest.errors import FetchError


class PassingError(Exception):
    """A failure that may pass.

    Args:
        error: what is raised where no further try helps.
        wait: seconds that the server asked us to wait.
    """

    def __init__(self, error: FetchError, wait: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


def final(url: str, words: str) -> FetchError:
    """Return a failure that no other day cures."""
    return FetchError(f"{url}: {words}", id=url, transient=False)


def forbidden(url: str, words: str) -> FetchError:
    """Return the failure of an address that must not be asked."""
    cure = "set [fetch] allow_private where the address is your own"
    error = FetchError(f"{url}: {words}", id=url, transient=False, cure=cure)
    error.reason = "address not allowed"
    return error


def too_large(url: str, limit: int) -> FetchError:
    """Return the failure of a body beyond the limit, in bytes."""
    error = final(url, f"larger than {limit:,} bytes")
    error.cure = "raise [fetch] max_bytes"
    return error
