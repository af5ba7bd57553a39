"""Foreign text and addresses made safe for a page, a mail header or Markdown."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

# Control characters, and the marks that turn the writing direction of all that follows: what a
# foreign title could break the page, a mail header or the reader's trust with.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
BREAKS = re.compile(r"[\r\n\x85\u2028\u2029\t]+")
MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")
MARKDOWN_START = re.compile(r"^(\s*)([#+\-=:]|\d{1,9}[.)](?=\s|$))")
MARKDOWN_END = re.compile(r"(#+)$")  # closes a heading
#: A word that falls apart at its hyphen: "e-mail", "B-roll", "co-op".
HYPHENED = re.compile(r"\b[^\W\d_]{1,2}-[^\W\d_]{2,}(?![\w-])")
WHOLE = r'<span style="white-space:nowrap">\g<0></span>'
SAFE_IN_URL = "/%:@!$&*+,;=~-._?#[]"


def clean(text: str) -> str:
    """Return the text without control characters and direction marks, on one line."""
    return UNSEEN.sub("", BREAKS.sub(" ", text)).strip()


def unbroken(text: str) -> Markup:
    """Return the text for a page, no line of which ends within a word such as "e-mail"."""
    safe = escape(text if isinstance(text, Markup) else clean(text))
    return Markup(HYPHENED.sub(WHOLE, str(safe)))  # noqa: S704 - escaped just above


def escape_markdown(text: str) -> Markup:
    """Return the text such that Markdown shows just these characters."""
    escaped = MARKDOWN.sub(r"\\\1", clean(text))
    opened = MARKDOWN_START.sub(_escape_start, escaped)
    return Markup(MARKDOWN_END.sub(r"\\\1", opened))  # noqa: S704 - escaped just above


def _escape_start(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark[:-1]}\\{mark[-1]}"


def safe_url(url: str | None) -> str:
    """Return an http or https address that can stand in any format, "" for everything else."""
    if not url:
        return ""
    try:
        parts = urlsplit(clean(url))
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    return quote(parts.geturl(), safe=SAFE_IN_URL)
