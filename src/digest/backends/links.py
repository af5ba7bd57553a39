"""Unwraps links: the page behind a tracker, an AMP cache or a mail filter, without calling it."""

from __future__ import annotations

import base64
import binascii
import json
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from digest.backends import google_news

# Parameters in which redirecting services put their target, seen in newsletters and feeds.
TARGETS = (
    "url",
    "u",
    "q",
    "target",
    "redirect",
    "redirect_url",
    "redirect_to",
    "redir",
    "dest",
    "destination",
    "destination_url",
    "link",
    "to",
    "r",
    "goto",
    "next",
    "continue",
    "return",
    "return_to",
    "returnurl",
    "href",
    "l",
    "a",
)
# What a redirector's host or path looks like. A page with a `url=` of its own is left alone.
REDIRECTOR = re.compile(
    r"^(click|clicks|clk|track|tracking|trk|link|links|lnk|l|go|out|url|redirect|r|t|e|email|"
    r"news|mail|consent|safelinks|nam\d*|eur\d*)\.|(^|\.)(awstrack\.me|list-manage\.com|doubleclick\.net|"
    r"safelinks\.protection\.outlook\.com|urldefense\.com|urldefense\.proofpoint\.com)$",
    re.I,
)
ROUTE = re.compile(
    r"/(click|clicks|clk|ck|track|tracking|link|links|redirect|redir|rd|out|go|goto|ct|wf|ls|cl0?|"
    r"l0|url|r|t|e|c|l|f|a|pl|lt|consent|zustimmung|cookie-?wall)(/|$|\.)|redirect",
    re.I,
)
GOOGLE = re.compile(r"(^|\.)google\.[a-z.]{2,6}$")
DEPTH = 5  # trackers wrap trackers


def unwrap(url: str) -> str:
    """Return the address that a tracking link carries in itself, or `url` where it carries none.

    Nothing is fetched: where only the tracker knows the target, its own address is returned.
    """
    for _ in range(DEPTH):
        target = _target(url)
        if target is None or target == url:
            return url
        url = target
    return url


def _target(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if host == google_news.HOST:
        return google_news.target_of(url)
    if GOOGLE.search(host) or host.endswith(".ampproject.org"):
        amp = _amp(parts.path)
        if amp:
            return amp
    if host == "urldefense.proofpoint.com":
        return _proofpoint(parts.query)
    if host == "urldefense.com" and (found := re.search(r"/v3/__(https?:.+?)__;", url)):
        return re.sub(r"^(https?):/(?!/)", r"\1://", found[1])
    if not (REDIRECTOR.search(host) or ROUTE.search(parts.path)):
        return None
    return _in_query(parts.query) or _in_path(parts.path)


def _amp(path: str) -> str | None:
    found = re.match(r"^/(?:amp|c|v|amp/c)/(s/)?([^/]+\.[^/]+/.*)$", path)
    return f"{'https' if found[1] else 'http'}://{found[2]}" if found else None


def _proofpoint(query: str) -> str | None:
    given = dict(parse_qsl(query)).get("u", "")
    return _web(unquote(re.sub(r"-([0-9A-F]{2})", r"%\1", given).replace("_", "/")))


def _in_query(query: str) -> str | None:
    pairs = {name.lower(): value for name, value in parse_qsl(query)}
    for name in TARGETS:
        found = _web(pairs.get(name, "")) or _decoded(pairs.get(name, ""))
        if found:
            return found
    return None


def _in_path(path: str) -> str | None:
    for segment in path.split("/"):
        found = _web(unquote(segment)) or _decoded(unquote(segment))
        if found:
            return found
    return None


def _decoded(value: str) -> str | None:
    """Return an address that is base64 or hex in `value`, bare or as a value of a JSON object."""
    if re.fullmatch(r"68747470(?:[0-9a-fA-F]{2})+", value):
        return _web(bytes.fromhex(value).decode("utf-8", "replace"))
    if len(value) < 12 or not re.fullmatch(r"[\w+/=.-]+", value):
        return None
    head = value.split(".")[0]
    try:
        raw = base64.urlsafe_b64decode(head.replace("+", "-").replace("/", "_") + "===")
        text = raw.decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    return _web(text) or _in_json(text)


def _in_json(text: str) -> str | None:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    return next(
        (value for value in values.values() if isinstance(value, str) and _web(value)), None
    )


def _web(value: str) -> str | None:
    if not re.match(r"https?://[^\s/]+\.[^\s/]", value, re.I) or re.search(r"[\s<>\"]", value):
        return None
    try:
        return value if urlsplit(value).hostname else None
    except ValueError:
        return None
