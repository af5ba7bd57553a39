"""Reads the texts of a feed's elements and their authors, by feedparser's rules.

The rules are feedparser 6's (https://github.com/kurtmckee/feedparser, `namespaces/`, BSD-2-Clause).
"""

from __future__ import annotations

from functools import partial

from digest.backends.feed_authors import keep_author, settle_author
from digest.backends.feed_names import UnusualError
from digest.backends.feed_state import XHTML, Open, State

TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": XHTML}
TYPES |= {name: name for name in TYPES.values()}
Attributes = dict[str, str]


class Texts(State):
    """A feed's titles, descriptions, contents and authors.

    Args:
        url: the feed's address; may be empty.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._has_content = False

    # Texts.

    def _begin(self, field: str, kind: str, now: Open, attributes: Attributes) -> None:
        said = attributes.get("type", kind).lower()
        if said not in TYPES or attributes.get("mode") == "base64":
            raise UnusualError(f"a text that is {said}")
        lang = now.lang.replace("_", "-") if now.lang else now.lang
        self._content = {"type": TYPES[said], "language": lang, "base": now.base}
        now.pieces, now.reads, now.end = [], True, partial(self._end_text, field)

    def _end_text(self, field: str, text: str) -> str:
        found = self._keep(field, text)
        self._content = None
        return found

    def _aside(self, now: Open, attributes: Attributes) -> None:
        self._begin("subtitle", "text/plain", now, attributes)

    def _title(self, now: Open, attributes: Attributes) -> None:
        if self._in_image and self._entry is not None:
            raise UnusualError("an entry's image with a title")
        self._begin("title", "text/plain", now, attributes)
        now.end = self._end_title

    def _end_title(self, text: str) -> None:
        if self._end_text("title", text):
            self._title_depth = len(self._open) - 1

    def _media_title(self, now: Open, attributes: Attributes) -> None:
        self._title(now, attributes)
        now.end = partial(self._end_text, "title")

    def _description(self, now: Open, attributes: Attributes) -> None:
        if self._in_image and self._entry is not None:
            raise UnusualError("an entry's image with a description")
        self._begin_summary("description", "text/html", now, attributes)

    def _summary(self, now: Open, attributes: Attributes) -> None:
        self._begin_summary("summary", "text/plain", now, attributes)

    def _begin_summary(self, field: str, kind: str, now: Open, attributes: Attributes) -> None:
        if "summary" in self._context() and not self._has_content:
            self._begin_content(now, attributes)
        else:
            self._begin(field, kind, now, attributes)

    def _begin_content(
        self, now: Open, attributes: Attributes, *, kind: str = "text/plain"
    ) -> None:
        self._has_content = True
        self._begin("content", kind, now, attributes)
        now.end = self._end_content

    def _encoded(self, now: Open, attributes: Attributes) -> None:
        self._begin_content(now, attributes, kind="text/html")

    def _end_content(self, text: str) -> None:
        value = self._end_text("content", text)
        self._context().setdefault("summary", value)

    # Authors.

    def _author(self, now: Open, attributes: Attributes) -> None:
        self._in_author = True
        self._context().setdefault("authors", []).append({})
        now.pieces, now.reads, now.end = [], True, self._end_author

    def _end_author(self, text: str) -> None:
        self._keep("author", text)
        self._in_author = False
        settle_author(self._context())

    def _person(self, key: str, now: Open, attributes: Attributes) -> None:
        now.pieces, now.reads, now.end = [], True, partial(self._end_person, key)

    def _end_person(self, key: str, text: str) -> None:
        value = self._mended("href", text) if key == "href" else text
        if self._in_author:
            keep_author(self._context(), key, value)

    def _owner(self, now: Open, attributes: Attributes) -> None:
        if self._entry is not None:
            raise UnusualError("an owner in an entry")
