"""Names what is wrong with a source, and what somebody can do about it."""

from __future__ import annotations

from digest.errors import DigestError, FetchError, InputError, ParseError

#: What cures each fault and each verdict, where the error itself does not say.
CURES = {
    "gone": "its address has changed: open the publisher's page and put the new one into `url`",
    "forbidden": "the server lets us not in: write to the publisher, or pause the source",
    "robots": "robots.txt refuses us: write to the publisher, or pause the source",
    "private": "set [fetch] allow_private where the address is your own",
    "often": "nothing: it is asked later and less often",
    "server": "nothing yet: it is tried again; if it lasts for days, see the site in a browser",
    "unreadable": "see the address in a browser: it may be a page now, or name another feed",
    "settings": "see `digest doctor`",
    "other": "see the address in a browser",
    "empty": "see whether the feed has moved: the address answers with nothing in it",
    "silent": "see whether the site goes on elsewhere; a paused publisher is no fault",
    "thin": "make it a source of kind `page` or `sitemap`, or give it rules (`extract`)",
    "stale": "no run has asked it: `digest schedule --serve`, or `digest run ingest` by cron",
    "quiet": "nothing, if the publisher is on holiday; else see whether the feed was split",
}


def fault_of(error: Exception) -> str:
    """Return the kind of a failure: a key of `CURES`."""
    if isinstance(error, FetchError):
        return _of_fetching(error)
    if isinstance(error, InputError):
        return "settings"
    return "unreadable" if isinstance(error, ParseError) else "other"


def _of_fetching(error: FetchError) -> str:
    if error.reason.startswith("robots.txt"):
        return "robots"
    if error.reason == "address not allowed":
        return "private"
    by_status = {404: "gone", 410: "gone", 401: "forbidden", 403: "forbidden", 451: "forbidden"}
    if error.status in by_status:
        return by_status[error.status]
    if error.status == 429 or error.wait:
        return "often"
    return "server" if error.transient else "other"


def cure_of(fault: str, said: str = "") -> str:
    """Return what cures a fault or a verdict: in the error's own words where it has some."""
    return said or CURES.get(fault, "")


def said_by(error: Exception) -> str:
    """Return the cure that an error of ours names."""
    return error.cure if isinstance(error, DigestError) else ""
