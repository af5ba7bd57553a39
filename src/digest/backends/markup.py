"""Reads HTML safely: a parsed tree, plain text, absolute links."""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from digest.backends.joiners import INVISIBLE

HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "iframe", "object"})
DEEPEST = 200  #: levels of elements that are kept; honest pages have some 50
TAGS = 60_000  #: of a page that are read; long articles have thousands
SMALL = 12  #: elements that a line of a page is made of, at most
MANY = 2_000  #: tags of an entry from which on its depth is looked at
TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
OPENING = re.compile(r"<[a-zA-Z/!?]")
RELATIVE = re.compile(r"""\b(?:href|src)\s*=\s*["']?(?![a-zA-Z][\w+.-]*:|["'\s])""")
CONTROL = re.compile("[\x00-\x1f\x7f]")
# An address that is absolute and stays what it is, whatever it is joined to.
WHOLE = re.compile(r"https?://[\w.-]+/[\w./%~+=&@!,-]*(?:\?[\w./%~+=&@!,-]+)?(?:#[\w./=-]+)?", re.A)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse_html(html: str | bytes, *, charset: str | None = None) -> Any:
    """Return the lxml tree of a page or fragment, its `body` at least; None where it has no text.

    Broken markup is repaired; nothing is fetched or run. What is nested deeper than any page loses
    its tags and keeps its text.
    """
    from lxml import etree
    from lxml import html as lxml_html

    html = _shorten(html)
    if isinstance(html, str):
        data = NOT_XML.sub(" ", html).encode("utf-8", "replace")
        charset = "utf-8"
    else:
        data = html
    if not data.strip():
        return None
    try:
        parser = lxml_html.HTMLParser(encoding=charset, huge_tree=False)
        return _flatten(lxml_html.document_fromstring(data, parser=parser))
    except LookupError:
        return parse_html(data.decode("utf-8", "replace"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _shorten(html: str | bytes) -> str | bytes:
    """Return a page without what follows its last tag that is read."""
    if isinstance(html, bytes):
        if html.count(b"<") <= TAGS:
            return html
        tags = islice(re.finditer(b"<", html), TAGS, None)
        return html[: next(tags).start()]
    if html.count("<") <= TAGS:
        return html
    return html[: next(islice(re.finditer("<", html), TAGS, None)).start()]


def _flatten(tree: Any) -> Any:
    """Return the tree without elements deeper than `DEEPEST`: much that follows asks for parents.

    Walked level by level, because foreign markup can be nested without end.
    """
    level = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in node]
        if not level:
            return tree
    for node in level:
        if len(node) and isinstance(node.tag, str):
            text = "".join(node.itertext())
            del node[:]
            node.text = text
    return tree


def plain(html: str) -> str:
    """Return a short piece of HTML as one line of text: tags out, entities read."""
    return clean(unescape(TAG.sub(" ", html))) if html else ""


def clean(text: str) -> str:
    """Return a text on one line, without padding that nobody sees."""
    return " ".join(INVISIBLE.sub("", NOT_XML.sub("", text)).split())


def brief_text(node: Any, *, most: int) -> str:
    """Return the text of a small element, nothing of one that holds much or says more than `most`.

    Whoever asks every element of a page must not read the page once for each level of nesting.
    """
    if sum(1 for _ in islice(node.iter(), SMALL + 1)) > SMALL:
        return ""
    text = text_of(node)
    return text if len(text) <= most else ""


def text_of(node: Any) -> str:
    """Return what a reader sees of a node, on one line."""
    return clean("".join(_pieces(node)))


def _pieces(root: Any) -> list[str]:
    pieces: list[str] = []
    stack: list[Any] = [root]
    while stack:  # not recursive: foreign markup can be nested without end
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        if isinstance(node.tag, str) and node.tag not in HIDDEN:
            stack += _children(node)
    return pieces


def _children(node: Any) -> list[Any]:
    inner: list[Any] = []
    for child in reversed(node):
        if child.tail:
            inner.append(child.tail)
        inner.append(child)
    if node.text:
        inner.append(node.text)
    return inner if node.tag in INLINE else [" ", *inner, " "]


INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "time", "u", "wbr", "strike", "del", "ins", "big"}
)


def safe_html(html: str, base: str = "") -> str:
    """Return foreign HTML without scripts, styles and handlers, its links absolute.

    Sanitised by nh3 (the ammonia library), which is many times faster than feedparser's own.
    """
    import nh3

    if not OPENING.search(html):  # also a tag that never closes: the next text would close it
        return html.strip()
    if html.count("<") > MANY:  # nh3 takes the square of the depth
        tree = parse_html(f"<div>{html}</div>")
        if tree is not None:
            from lxml import html as lxml_html

            body = tree.find("body")
            html = lxml_html.tostring(body if body is not None else tree, encoding="unicode")
    if not (base and RELATIVE.search(html)):
        return nh3.clean(html, link_rel=None).strip()
    return nh3.clean(html, link_rel=None, url_relative=partial(_absolute, base)).strip()


def _absolute(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def absolute(link: str | None, base: str) -> str | None:
    """Return a link as an absolute http or https address, or None where it leads to no page."""
    if not link:
        return None
    if WHOLE.fullmatch(link):
        return link
    try:
        joined = urljoin(base, link.strip()) if base else link.strip()
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or CONTROL.search(joined):
        return None
    return joined
