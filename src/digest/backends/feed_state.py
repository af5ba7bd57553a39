"""Holds what a feed has told so far, and keeps its fields where feedparser would keep them.

The rules are feedparser 6's (https://github.com/kurtmckee/feedparser, `mixin.py`, BSD-2-Clause),
told again for what ends in an `Entry`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from digest.backends.feed_names import UnusualError, handled, reading
from digest.backends.markup import WHOLE

Fields = dict[str, Any]

ATOM = "http://www.w3.org/2005/atom"
RSS_1 = "http://purl.org/rss/1.0/"
RSS_090 = "http://my.netscape.com/rdf/simple/0.9/"
XHTML = "application/xhtml+xml"
QUOTE = {'"': "&quot;"}
RELATIVE = frozenset({"link", "id", "href"})  #: addresses that may be relative
REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)(/*)(.*?)")
# Bytes 128 to 159 are meant as Windows has them.
WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(128, 160)
    if code not in (129, 141, 143, 144, 157)
}
CONTROLS = re.compile("[\x80-\x9f]")


@dataclass(slots=True)
class Open:
    """An element that is open."""

    lang: str | None
    base: str  #: to which its addresses are relative
    pieces: list[str] | None = None  #: where its text goes
    end: Callable[[str], object] | None = None  #: takes the text
    reads: bool = False  #: whether what is in it should be text
    inline: str = ""  #: its name, where it is markup in a text


class State:
    """What a feed has told so far.

    Args:
        url: the feed's address; may be empty.
    """

    def __init__(self, url: str) -> None:
        self.entries: list[Fields] = []
        self.feed: Fields = {}
        self.version = ""
        self._open = [Open(None, absolute_base(url, url) if url else "")]
        self._entry: Fields | None = None
        self._depths: dict[str, int] = {}  # at which the entry's fields were found
        self._source: Fields | None = None
        self._content: Fields | None = None  # the text that is being read: type, language, base
        self._title_depth = -1
        self._is_link = False  # whether the entry's guid is one
        self._in_feed = self._in_author = self._in_image = self._in_input = False

    def see(self, address: str, *, is_default: bool) -> None:
        """Note a namespace: some say which version a feed is."""
        lower = address.lower()
        if not self.version and lower == RSS_090 and is_default:
            self.version = "rss090"
        elif not self.version:
            self.version = {RSS_1: "rss10", ATOM: "atom10"}.get(lower, "")

    def text(self, data: str) -> None:
        """Take text, or a piece of it."""
        pieces = self._open[-1].pieces
        if pieces is not None:
            is_xhtml = self._content is not None and self._content["type"] == XHTML
            pieces.append(escape(data) if is_xhtml else data)

    def end(self) -> None:
        """End the element that was begun last."""
        now = self._open[-1]
        if now.inline:
            self.text_as_it_is(f"</{now.inline}>")
        elif now.end is not None:
            now.end("".join(self._unwrapped(now.pieces or [])).strip())
        self._open.pop()

    def text_as_it_is(self, data: str) -> None:
        """Take a piece of markup into the text that is being read."""
        pieces = self._open[-1].pieces
        if pieces is not None:
            pieces.append(data)

    def _inherit(self, outer: Open, now: Open, name: str, attributes: dict[str, str]) -> None:
        if base := attributes.get("xml:base", attributes.get("base")):
            if not outer.base and len(self._open) > 2:
                raise UnusualError("a base of its own, where there was none")
            now.base = absolute_base(outer.base, base)
        lang = attributes.get("xml:lang", attributes.get("lang"))
        if lang is not None:
            now.lang = lang or None
        if now.lang and name in ("feed", "rss"):
            self.feed["language"] = now.lang.replace("_", "-")
        for key in ("rel", "type"):
            if key in attributes:
                attributes[key] = attributes[key].lower()

    def _mark_up(self, outer: Open, now: Open, name: str, attributes: dict[str, str]) -> None:
        """Take an element as markup of the text that is being read."""
        assert self._content is not None
        tag = name.removeprefix("xhtml_")
        if self._content["type"] != XHTML or "_" in tag or tag in handled():
            raise UnusualError(f"{name} in a text")
        now.pieces, now.inline = outer.pieces, tag
        told = "".join(f' {key}="{escape(value, QUOTE)}"' for key, value in attributes.items())
        self.text_as_it_is(f"<{tag}{told}>")

    def _context(self) -> Fields:
        """Return what a field that is told now belongs to."""
        if self._source is not None:
            return self._source
        if self._in_image and "image" in self.feed:
            found: Fields = self.feed["image"]
            return found
        if self._in_input:
            given: Fields = self.feed["textinput"]
            return given
        return self.feed if self._entry is None else self._entry

    def _unwrapped(self, pieces: list[str]) -> list[str]:
        """Return the pieces of a text without the one `div` around it that Atom asks for."""
        if self.version != "atom10" or self._content is None or self._content["type"] != XHTML:
            return pieces
        while len(pieces) > 1 and not pieces[-1].strip():
            pieces.pop()
        while len(pieces) > 1 and not pieces[0].strip():
            del pieces[0]
        first, last = (pieces[0], pieces[-1]) if pieces else ("", "")
        if not (first == "<div>" or first.startswith("<div ")) or last != "</div>":
            return pieces
        depth = 0
        for piece in pieces[:-1]:
            if piece.startswith("</"):
                depth -= 1
                if depth == 0:
                    return pieces
            elif piece.startswith("<") and not piece.endswith("/>"):
                depth += 1
        return pieces[1:-1]

    def _mended(self, name: str, text: str) -> str:
        """Return a field's text: an address whole, letters that were read wrongly put right."""
        if text and name in RELATIVE and (name != "id" or self._is_link):
            text = self._resolve(text)
        content = self._content
        if content is not None and not self.version.startswith("atom") and _is_html(content, text):
            content["type"] = "text/html"
        if text.isascii():
            return text
        with suppress(UnicodeError):  # UTF-8 that was taken for Latin 1
            text = text.encode("iso-8859-1").decode("utf-8")
        return text.translate(WINDOWS) if CONTROLS.search(text) else text

    def _resolve(self, address: str) -> str:
        return _join(self._open[-1].base, address)

    def _keep(self, name: str, text: str) -> str:
        """Keep a field where it belongs, and return its text."""
        text = self._mended(name, text)
        if name == "title" and -1 < self._title_depth <= len(self._open) - 1:
            return text
        if self._entry is not None and self._source is None:
            self._keep_in_entry(self._entry, name, text)
        elif self._in_feed or self._source is not None:
            context = self._context()
            context["subtitle" if name == "description" else name] = text
            if name == "link":
                context["link"] = REFERENCE.sub(r"&\1", text)
                context["links"][-1]["href"] = context["link"]
        return text

    def _keep_in_entry(self, entry: Fields, name: str, text: str) -> None:
        if name == "content":
            entry.setdefault("content", []).append({**(self._content or {}), "value": text})
        elif name == "link":
            if not self._in_image:
                entry["link"] = REFERENCE.sub(r"&\1", text.replace("&amp;", "&"))
                if entry["link"]:
                    entry["links"][-1]["href"] = entry["link"]
        else:
            name = "summary" if name == "description" else name
            depth = len(self._open) - 1
            if depth <= self._depths.get(name, depth):
                self._depths[name] = depth
                entry[name] = text
            if self._content is not None:
                entry[f"{name}_detail"] = {**self._content, "value": text}


def _is_html(content: Fields, text: str) -> bool:
    """Return whether a text that should be plain is markup, as feedparser judges it."""
    marked = content["type"] == "text/plain" and ("&" in text or "</" in text)
    return marked and bool(reading().looks_like_html(text))


def absolute_base(outer: str, base: str) -> str:
    """Return what addresses are relative to in an element that says so."""
    from feedparser.urls import make_safe_absolute_uri

    return (make_safe_absolute_uri(outer, base) or outer) if outer else _join("", base)


def _join(base: str, address: str) -> str:
    if WHOLE.fullmatch(address):
        return address
    try:
        return urljoin(base, SLASHES.sub(r"\1\3", address))
    except ValueError:
        return ""
