"""Unwraps links: the page behind a tracker, an AMP cache or a mail filter, without calling it."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, unquote, urlsplit

from digest.backends import google_news
from digest.data_files import read_data

SLUG = re.compile(r"[a-z]{2,}-[a-z0-9]+-[a-z]{2,}")  # three words of a headline
WORD = re.compile(r"[a-z]{5,}|[a-z]{2,}[-_][a-z]{2,}")  # what a path says that leads to a page
CODE = re.compile(r"[0-9a-f-]{16,}")
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
    sure, names = _reading(host, parts.path)
    if not names and not sure and not _likely(host, parts.path):
        return None
    return _in_query(parts.query, names) or _in_path(parts.path, coded=not sure)


@dataclass(frozen=True, slots=True)
class _Redirectors:
    """How links look that lead on: `data/redirectors.toml`."""

    hosts: tuple[str, ...]
    labels: Mapping[str, frozenset[str]]
    routes: Mapping[str, frozenset[str]]
    parameters: Mapping[str, tuple[str, ...]]
    consent: Mapping[str, tuple[str, ...]]


@cache
def _redirectors() -> _Redirectors:
    told = read_data("redirectors.toml")
    return _Redirectors(
        hosts=tuple(told["hosts"]),
        labels={kind: frozenset(words) for kind, words in told["labels"].items()},
        routes={kind: frozenset(words) for kind, words in told["routes"].items()},
        parameters={kind: tuple(names) for kind, names in told["parameters"].items()},
        consent={kind: tuple(words) for kind, words in told["consent"].items()},
    )


def _reading(host: str, path: str) -> tuple[bool, tuple[str, ...]]:
    """Return whether a link leads on for sure, and the parameters that may hold its target.

    A link of which that is only likely has none where its path names a page: `/story`, and not
    `/e/Ab3xQ9`.
    """
    known, routes, label = _redirectors(), _routes(path), _label(host)
    of_known = any(host == name or host.endswith(f".{name}") for name in known.hosts)
    by_route = not known.routes["sure"].isdisjoint(routes) and not _has(SLUG, routes)
    google = bool(GOOGLE.search(host)) and path == "/url"
    if of_known or label in known.labels["sure"] or by_route or google:
        asks = not {label, *routes}.isdisjoint(known.consent["words"])
        names = (*known.parameters["first"], *known.parameters["more"])
        return True, (*names, *known.consent["parameters"]) if asks else names
    rest = [each for each in routes if each not in known.routes["likely"]]
    named = _likely(host, path) and not _has(WORD, rest)
    return False, known.parameters["first"] if named else ()


def _likely(host: str, path: str) -> bool:
    known = _redirectors()
    return _label(host) in known.labels["likely"] or bool(
        known.routes["likely"].intersection(_routes(path))
    )


def _label(host: str) -> str:
    """Return the first part of a host with three parts or more."""
    return host.split(".")[0] if host.count(".") >= 2 else ""


def _routes(path: str) -> list[str]:
    return [segment.partition(".")[0].lower() for segment in path.split("/") if segment]


def _has(pattern: re.Pattern[str], routes: list[str]) -> bool:
    return any(pattern.search(each) and not CODE.fullmatch(each) for each in routes)


def _amp(path: str) -> str | None:
    found = re.match(r"^/(?:amp|c|v|amp/c)/(s/)?([^/]+\.[^/]+/.*)$", path)
    return f"{'https' if found[1] else 'http'}://{found[2]}" if found else None


def _proofpoint(query: str) -> str | None:
    given = dict(parse_qsl(query)).get("u", "")
    return _web(unquote(re.sub(r"-([0-9A-F]{2})", r"%\1", given).replace("_", "/")))


def _in_query(query: str, names: Iterable[str]) -> str | None:
    pairs = {name.lower(): value for name, value in parse_qsl(query)}
    for name in names:
        found = _web(pairs.get(name, "")) or _decoded(pairs.get(name, ""))
        if found:
            return found
    return None


def _in_path(path: str, *, coded: bool) -> str | None:
    """Return the address in a part of a path; `coded`: only one that nobody would read there."""
    for segment in map(unquote, path.split("/")):
        found = (None if coded else _web(segment)) or _decoded(segment)
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


def _in_json(text: str, *, inner: bool = False) -> str | None:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    texts = [value for value in values.values() if isinstance(value, str)]
    found = next((value for value in texts if _web(value)), None)
    if found or inner:
        return found
    return next(filter(None, (_in_json(each, inner=True) for each in texts)), None)


def _web(value: str) -> str | None:
    if not re.match(r"https?://[^\s/]+\.[^\s/]", value, re.I) or re.search(r"[\s<>\"]", value):
        return None
    try:
        return value if urlsplit(value).hostname else None
    except ValueError:
        return None
