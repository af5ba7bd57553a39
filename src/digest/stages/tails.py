"""Standing text at the end of press releases: it tells nothing of the event."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

ENOUGH = 80  # characters of an article that have to stand before its tail
NAME = 60  # characters of a name in a heading, at most
# Of Chinese and Japanese a character says about what three of others do.
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def without_tail(text: str) -> str:
    """Return a text up to the "About X", contact or forward-looking statements of a release.

    A text that would hardly be there without its tail is returned whole.
    """
    tails = _tails()
    for found in tails.headings.finditer(text):
        if _is_enough(text[: found.end(1)]):
            return text[: found.end(1)].rstrip()
    if any(word in text for word in tails.behind):
        for found in tails.named.finditer(text):
            if _is_enough(text[: found.end(1)]):
                return text[: found.end(1)].rstrip()
    return text


def _is_enough(before: str) -> bool:
    return len(before) >= ENOUGH or len(before) + 2 * len(WIDE.findall(before)) >= ENOUGH


@dataclass(frozen=True, slots=True)
class _Tails:
    """What begins a tail; group 1 ends where it begins."""

    headings: re.Pattern[str]
    behind: tuple[str, ...]  #: words behind a name
    named: re.Pattern[str]  #: a name with one of these


@cache
def _tails() -> _Tails:
    known = tomllib.loads((resources.files("digest") / "data" / "tails.toml").read_text("utf-8"))
    about, articles, behind, headings = (
        "|".join(map(re.escape, sorted(known[kind], key=lambda one: (-len(one), one))))
        for kind in ("about", "articles", "behind", "headings")
    )
    opens = r"([\n.!?。！？])[ \t\n#*_■◆●【\[]*"
    end = r"[】\]*_ ]*(?:[:.：。]|\n|$)"
    # A name has a capital in each of its longer words: "About half of us." is no heading.
    name = r"[^\W\d_a-zà-ÿ][^\s.:。：]*(?:[ ](?:[^\W_a-zà-ÿ][^\s:。：]*|\w{1,3}))*?"
    first = "".join(sorted({one[0] for kind in ("about", "headings") for one in known[kind]}))
    return _Tails(
        re.compile(
            rf"{opens}(?=[{re.escape(first)}])(?:(?:{headings})|(?:{about})\s?(?:(?:{articles})\s)?{name}{end})"
        ),
        tuple(known["behind"]),
        re.compile(rf"{opens}[^\n.:。：]{{1,{NAME}}}?(?:{behind}){end}"),
    )
