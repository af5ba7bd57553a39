"""Tells name and address of a feed's authors apart, as feedparser does."""

from __future__ import annotations

import re
from typing import Any

# feedparser's own (`mixin.py`): what stands before a name or behind it.
ADDRESS = re.compile(
    r"(([a-zA-Z0-9_\-.+]+)@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.)|(([a-zA-Z0-9\-]+\.)+))"
    r"([a-zA-Z]{2,4}|[0-9]{1,3})(\]?))(\?subject=\S+)?"
)
EMPTY = ("()", "<>", "&lt;&gt;")  #: what is left around an address


def keep_author(context: dict[str, Any], key: str, value: str) -> None:
    """Note an author's `name`, `email` or `href` where the author is being read.

    An earlier author whose line was parted has that name from then on, too, as in feedparser.
    """
    context.setdefault("author_detail", {})[key] = value
    settle_author(context)
    context.setdefault("authors", [{}])[-1][key] = value


def settle_author(context: dict[str, Any]) -> None:
    """Say the last author in one line, or part the line into name and address."""
    detail = context.get("authors", [{}])[-1]
    if detail:
        name, email = detail.get("name"), detail.get("email")
        if name or email:
            context["author"] = f"{name} ({email})" if name and email else name or email
        return
    author = context.get("author")
    if not author:
        return
    found = ADDRESS.search(author) if "@" in author else None
    context.setdefault("author_detail", detail)
    if found:
        detail["email"] = found[0]
        author = author.replace(found[0], "")
        for empty in EMPTY:
            author = author.replace(empty, "")
        author = author.strip().removeprefix("(").removesuffix(")").strip()
    if author:
        detail["name"] = author
