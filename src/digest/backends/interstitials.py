"""Finds where a page leads on that is none: a redirect in HTML, as trackers and Google News use."""

from __future__ import annotations

import re
from typing import Any

from digest.backends.google_news import is_article_link
from digest.backends.markup import absolute, parse_html, text_of
from digest.ports import Response
from digest.text import count_words

LARGEST = 60_000  #: bytes of a page that only leads on; Google's own is larger
FEW = 40  #: words that such a page shows, at most: "You are being redirected …"
SOON = 10.0  #: seconds after which a page that reloads is one that stays
HTML = frozenset({"text/html", "application/xhtml+xml"})
HINT = re.compile(rb"http-equiv|\blocation\b|data-n-au", re.I)
REFRESH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.I)
SCRIPT = re.compile(
    r"(?:window|document|top|self)\.location(?:\.href)?\s*(?:=|\.replace\(|\.assign\()\s*"
    r"[\"'](https?:[^\"']+)[\"']"
)


def onward(answer: Response) -> str | None:
    """Return the address that a page sends its reader to without telling anything itself."""
    if answer.media_type not in HTML or not HINT.search(answer.body):
        return None
    google = is_article_link(answer.url)
    if len(answer.body) > LARGEST and not google:
        return None
    tree = parse_html(answer.body, charset=answer.charset)
    if tree is None:
        return None
    found = _named_by_google(tree) if google else _refreshed(tree) or _scripted(tree)
    address = absolute(found, answer.url)
    return address if address and address != answer.url else None


def _named_by_google(tree: Any) -> str | None:
    named = [node.get("data-n-au") for node in tree.xpath(".//*[@data-n-au]")]
    return next((address for address in named if address), None)


def _refreshed(tree: Any) -> str | None:
    for node in tree.iter("meta"):
        if (node.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        found = REFRESH.match(node.get("content") or "")
        if found and float(found[1]) <= SOON and _says_little(tree):
            return found[2].strip()
    return None


def _scripted(tree: Any) -> str | None:
    scripts = ((node.text or "") for node in tree.iter("script") if not node.get("src"))
    found = next((match for text in scripts if (match := SCRIPT.search(text[:20_000]))), None)
    address = found[1].replace("\\/", "/") if found else None
    return address if address and _says_little(tree) else None


def _says_little(tree: Any) -> bool:
    return count_words(text_of(tree)) < FEW
