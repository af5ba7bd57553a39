"""Lays HTML out as a reader meets it: a flat list of lines with their links and their weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from digest.backends.joiners import INVISIBLE
from digest.backends.links import unwrap
from digest.backends.markup import HIDDEN, INLINE, absolute, clean

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = frozenset({"b", "strong"})
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
HEAVY = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.I)


@dataclass(slots=True)
class Link:
    """A link within a line."""

    url: str
    text: str = ""


@dataclass(slots=True)
class Line:
    """One line of a document: a heading, a paragraph, a list item, or a piece between breaks."""

    text: str = ""
    heading: int = 0  #: 1–6, or 0 where it is no heading
    item: bool = False  #: whether it is in a list
    bold: int = 0  #: characters that are bold
    links: list[Link] = field(default_factory=list)
    rule: bool = False  #: a horizontal rule: whatever was told before ends here

    @property
    def linked(self) -> int:
        """How many characters are link text."""
        return sum(len(link.text) for link in self.links)


def lay_out(tree: Any, *, base: str) -> list[Line]:
    """Return the lines of a parsed document that a reader sees, links absolute and unwrapped."""
    layout = _Layout(base)
    layout.walk(tree)
    return layout.lines


@dataclass(slots=True)
class _Layout:
    base: str
    lines: list[Line] = field(default_factory=list)
    line: Line = field(default_factory=Line)
    link: Link | None = None

    def walk(self, root: Any) -> None:
        """Visit all nodes without recursion: foreign mail can be nested without end."""
        states: list[tuple[Any, bool, int, bool, int]] = [(root, False, 0, False, 0)]
        while states:
            node, leaving, heading, item, bold = states.pop()
            if isinstance(node, str):
                self._text(node, heading=heading, item=item, bold=bool(bold))
                continue
            if leaving:
                self._leave(node)
                continue
            if not isinstance(node.tag, str) or node.tag in HIDDEN or _is_hidden(node):
                continue
            self._enter(node)
            heading = HEADINGS.get(node.tag, heading)
            item = item or node.tag == "li"
            bold += node.tag in BOLD or bool(HEAVY.search(node.get("style") or ""))
            states.append((node, True, heading, item, bold))
            states += [(part, False, heading, item, bold) for part in _parts(node)]
        self._end()

    def _enter(self, node: Any) -> None:
        if node.tag == "a":
            url = absolute(node.get("href"), self.base)
            self.link = Link(unwrap(url)) if url else None
        elif node.tag == "img" and self.link is not None and not self.line.text:
            self.line.links.append(Link(self.link.url, ""))
        elif node.tag == "hr":
            self._end()
            self.lines.append(Line(rule=True))
        elif node.tag not in INLINE:
            self._end()

    def _leave(self, node: Any) -> None:
        if node.tag == "a":
            self.link = None
        elif node.tag not in INLINE:
            self._end()

    def _text(self, text: str, *, heading: int, item: bool, bold: bool) -> None:
        text = re.sub(r"\s+", " ", INVISIBLE.sub("", text))
        if not text.strip():
            self.line.text += " " if text and self.line.text else ""
            return
        self.line.text += text
        self.line.heading = self.line.heading or heading
        self.line.item = self.line.item or item
        self.line.bold += len(text.strip()) if bold else 0
        if self.link is not None:
            last = self.line.links[-1] if self.line.links else None
            if last is not None and last.url == self.link.url:
                last.text += text
            else:
                self.line.links.append(Link(self.link.url, text))

    def _end(self) -> None:
        self.line.text = clean(self.line.text)
        for link in self.line.links:
            link.text = clean(link.text)
        if self.line.text or self.line.links:
            self.lines.append(self.line)
        self.line = Line()


def _parts(node: Any) -> Iterator[Any]:
    for child in reversed(node):
        if child.tail:
            yield child.tail
        yield child
    if node.text:
        yield node.text


def _is_hidden(node: Any) -> bool:
    return bool(UNSEEN.search(node.get("style") or "")) or node.get("hidden") is not None
