"""What lines of a filter hold or name: a page's text, a file, an article."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Any, get_args

from digest.config_sections import nearest
from digest.errors import InputError
from digest.records import Article
from digest.records.sources import HeardVoice


def page_body(value: dict[str, Any]) -> tuple[bytes, str | None]:
    """Return the page of a line and its encoding, None where it has to be found out.

    Raises:
        InputError: where the line has none, or its file cannot be read.
    """
    if value.get("html") is not None:
        return str(value["html"]).encode("utf-8", "replace"), "utf-8"
    path = value.get("html_path")
    if not path:
        raise InputError('neither "html" nor "html_path" is given')
    body = read_file(path)
    if not path.endswith(".gz"):
        return body, None
    try:
        return gzip.decompress(body), None
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot read {path!r}: {error}", cure="give a whole gzip file") from error


def read_file(path: str) -> bytes:
    """Return a file's contents; raises `InputError` where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {path!r}: {error}", cure="check the path") from error


def article_of(value: dict[str, Any]) -> Article:
    """Return the article that a line is about, with what it leaves out empty."""
    text = {name: str(value.get(name) or "") for name in ("id", "title", "text", "publisher")}
    return Article(
        id=text["id"],
        source="",
        url=value.get("url") or None,
        title=text["title"],
        text=text["text"],
        authors=(),
        published=value.get("published") or None,
        published_from="",
        first_seen="",
        language_hint=value.get("hint") or None,
        site="",
        publisher=text["publisher"],
        voice=_voice(value),
    )


def _voice(value: dict[str, Any]) -> HeardVoice:
    """Return who speaks, as the line has it: whom "we" means, and whose word it is."""
    voice = value.get("voice") or "independent"
    known: tuple[HeardVoice, ...] = get_args(HeardVoice)
    if voice not in known:
        cure = f"one of {', '.join(known)}"
        raise InputError(f'there is no voice "{voice}"{nearest(voice, known)}', cure=cure)
    return known[known.index(voice)]
