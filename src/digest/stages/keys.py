"""Keys by which articles that may be the same for certain find each other in an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.stages.certain import SHORT
from digest.text import make_id

if TYPE_CHECKING:
    from digest.stages.sketch import Sketch


def keys_of(sketch: Sketch) -> list[str]:
    """Return the keys under which others find an article: address, alternates, text."""
    keys = [_key("names", url) for url in sorted(sketch.alternates)]
    if sketch.url:
        keys.append(_key("at", sketch.url))
    return keys + _text(sketch)


def asked_by(sketch: Sketch) -> list[str]:
    """Return the keys of those that may be the same article.

    Who has its address, who names it as an alternate, whom it names, and who names the same ones:
    an alternate that too many name is a site's template, so all of them have to be seen.
    """
    urls = sorted({*sketch.alternates, *([sketch.url] if sketch.url else [])})
    return [_key(kind, url) for url in urls for kind in ("at", "names")] + _text(sketch)


def _text(sketch: Sketch) -> list[str]:
    return [_key("text", sketch.hash)] if sketch.length >= SHORT else []


def _key(kind: str, value: str) -> str:
    return make_id(kind, value)
