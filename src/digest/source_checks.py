"""Tells what is wrong with one value of `sources.yaml`, and how to right it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_args
from urllib.parse import urlsplit

from digest.config_sections import nearest
from digest.records import Kind, SiteRules, Voice

KINDS: tuple[str, ...] = get_args(Kind)
VOICES: tuple[str, ...] = get_args(Voice)
NEEDED = ("name", "kind", "url", "publisher", "voice")
TAG = re.compile(r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$")
RULES = tuple(field.name for field in fields(SiteRules))
RULED = ("feed", "page", "sitemap")  #: kinds whose entries have pages of their own
HOST = re.compile(r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")
NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def wrong_value(key: str, value: Any, *, kind: str) -> str:
    """Return what is wrong with a value and how to right it, or nothing."""
    if key == "paused":
        return "" if isinstance(value, bool) else "write true or false"
    if key == "verified" and (value == "never" or isinstance(value, date)):
        return ""
    if key == "language" and value is None:
        return ""
    if key == "extract":
        return next((words for _, words in wrong_rules(value, kind=kind)), "")
    if not isinstance(value, str):
        return "write text; quote it where YAML reads something else"
    if not value.strip() and key in NEEDED:
        return "is empty"
    checks = {"name": _wrong_name, "language": wrong_language, "verified": _wrong_day}
    if key in ("kind", "voice"):
        known = KINDS if key == "kind" else VOICES
        return "" if value in known else f"one of {', '.join(known)}{nearest(value, known)}"
    if key == "url":
        by_mail = kind == "newsletter" or (kind == "report" and value.startswith("imap://"))
        return "" if by_mail else wrong_url(value)
    return checks[key](value) if key in checks else ""


def _wrong_name(value: str) -> str:
    return "" if NAME.match(value) else f'lower-case letters, digits, hyphens: "{slug(value)}"'


def _wrong_day(value: str, *, never: bool = True) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        return ('write "never" or ' if never else "write ") + "a day such as 2026-10-05"
    return ""


def wrong_rules(value: Any, *, kind: str) -> Iterator[tuple[str | None, str]]:
    """Yield the wrong keys of a site's rules, each with what is wrong and how to right it.

    None for a key is the whole.
    """
    if not isinstance(value, Mapping):
        yield None, "write `extract:` and below it title, body, author, date, remove"
        return
    if any(value.values()) and kind not in RULED:
        yield None, f"rules are for pages: a {kind} has none; sources of {', '.join(RULED)} have"
    for key, given in value.items():
        said = _wrong_rule(str(key), given) if key in RULES else f"unknown{nearest(key, RULES)}"
        if said:
            yield str(key), f'"{key}": {said}'


def _wrong_rule(key: str, value: Any) -> str:
    if key == "since":
        return "" if isinstance(value, date) or not value else _wrong_day(str(value), never=False)
    if key == "remove":
        if isinstance(value, str) or not isinstance(value, list | tuple):
            return "write a list of selectors: [div.ad, aside]"
        return next(filter(None, map(wrong_selector, value)), "")
    if not isinstance(value, str):
        return "write text; quote it where YAML reads something else"
    if key == "site":
        fine = not value or HOST.match(value)
        return "" if fine else "write the host alone: blog.vendor.example"
    return wrong_selector(value) if value else ""


def wrong_selector(selector: Any) -> str:
    """Return what is wrong with a CSS selector and how to right it, or nothing."""
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector
    from lxml.etree import Element, XPathError

    if not isinstance(selector, str):
        return f"{selector!r} is no text; quote it"
    try:
        CSSSelector(selector, translator="html")(Element("html"))
    except (SelectorError, XPathError) as error:
        return f"{selector!r} is no CSS selector: {error}; write one like article > div.text"
    return ""


def wrong_url(value: str) -> str:
    """Return what is wrong with a web address and how to right it, or nothing."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        return f"no web address: {error}"
    if not parts.scheme and "." in value:
        return f"write it whole: https://{value.lstrip('/')}"
    if parts.scheme not in ("http", "https") or not host:
        return "write an address that begins with https://"
    return "has a space or a control character in it" if re.search(r"[\s\x00-\x1f]", value) else ""


def wrong_language(tag: str) -> str:
    """Return what is wrong with a BCP-47 tag and how to right it, or nothing."""
    from babel import Locale

    names = Locale("en").languages
    code = tag.split("-")[0].lower()
    if tag == "no":
        return 'write "nb" or "nn", the two written forms of Norwegian'
    if TAG.match(tag) and code in names:
        return ""
    by_name = {str(name).lower(): key for key, name in names.items()}
    if tag.lower() in by_name:
        return f'write its code, "{by_name[tag.lower()]}"'
    fixed = _tidy(tag)
    return f'did you mean "{fixed}"?' if fixed else "write a BCP-47 code such as de, pt-BR, zh-Hant"


def _tidy(tag: str) -> str:
    from babel import Locale

    parts = re.split(r"[-_]", tag)
    shaped = [parts[0].lower()]
    shaped += [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]
    fixed = "-".join(shaped)
    return fixed if TAG.match(fixed) and shaped[0] in Locale("en").languages else ""


def slug(words: str) -> str:
    """Return words as a source's name: lower case, joined by hyphens, at most 60 characters."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "source"
