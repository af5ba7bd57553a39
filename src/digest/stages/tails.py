"""Standing text at the end of press releases: it tells nothing of the event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from digest.stages.data_files import read_data

ENOUGH = 80  # characters of an article that have to stand before its tail
PORTRAIT = 1_500  # characters behind "About X", at most
NOTE = 400  # behind it where it does not name X again: “Founded in 2012.”
STATEMENTS = 4_000  # behind contacts and forward-looking statements
MARKS = 40  # signs and empty lines before a heading, at most: each line would look through all
NAME = 60  # characters of a name in a heading, at most
# Of Chinese and Japanese a character says about what three of others do.
FORMS = re.compile("|".join(read_data("tails.toml")["forms"]))
LONGER = re.compile(r"[^\W\d_]{4,}")  # words that have a capital in a title
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def without_tail(text: str) -> str:
    """Return a text up to the "About X", contact or forward-looking statements of a release.

    A text that would hardly be there without its tail is returned whole. "About X" heads a tail
    only where what stands before names X, what follows does, too, or is a line or two, and little
    follows: in an article it may head any section, and 关于 begins many a sentence.
    """
    tails = _tails()
    for found in tails.headings.finditer(text):
        if _is_tail(found, text):
            return text[: found.end(1)].rstrip()
    if any(word in text for word in tails.behind):
        for found in tails.named.finditer(text):
            if _is_tail(found, text):
                return text[: found.end(1)].rstrip()
    return text


def _is_tail(found: re.Match[str], text: str) -> bool:
    name = found["name"]
    most = STATEMENTS if name is None else PORTRAIT
    if len(text) - found.end() > most:  # without a look at it: a text may be nothing but headings
        return False
    before, after = text[: found.end(1)], text[found.end() :]
    if _length(before) < ENOUGH or _length(after) > most:
        return False
    if name is None:
        return True
    key = _key(name)
    return len(key) > 1 and key in before and (key in after or _length(after) <= NOTE)


def _key(name: str) -> str:
    """Return by what a text calls a company whose whole name stands in a heading."""
    bare = FORMS.sub("", name).strip(' ,.()（）「」“”"')
    return bare if WIDE.search(bare) else bare.split(" ")[0]


def _length(text: str) -> int:
    return len(text) + 2 * len(WIDE.findall(text))


@dataclass(frozen=True, slots=True)
class _Tails:
    """What begins a tail; group 1 ends where it begins."""

    headings: re.Pattern[str]
    behind: tuple[str, ...]  #: words behind a name
    named: re.Pattern[str]  #: a name with one of these


@cache
def _tails() -> _Tails:
    known = read_data("tails.toml")
    rows = {**known, "headings": [form for one in known["headings"] for form in _forms(one)]}
    about, articles, behind, headings = (
        "|".join(map(re.escape, sorted(set(rows[kind]), key=lambda one: (-len(one), one))))
        for kind in ("about", "articles", "behind", "headings")
    )
    opens = rf"([\n.!?。！？])[ \t\n#*_■◆●【\[]{{0,{MARKS}}}"
    end = r"[】\]*_ ]*(?:[:.：。]|\n|$)"
    # A name has a capital in each of its longer words: "About half of us." is no heading.
    name = r"[^\W\d_a-zà-ÿ][^\s.:。：]*(?:[ ](?:[^\W_a-zà-ÿ][^\s:。：]*|\w{1,3}))*?"
    first = "".join(sorted({one[0] for kind in ("about", "headings") for one in known[kind]}))
    return _Tails(
        re.compile(
            rf"{opens}(?=[{re.escape(first)}])(?:(?:{headings})|(?:{about})\s?(?:(?:{articles})\s)?(?P<name>{name}){end})"
        ),
        tuple(known["behind"]),
        re.compile(rf"{opens}(?P<name>[^\n.:。：]{{1,{NAME}}}?)(?:{behind}){end}"),
    )


def _forms(heading: str) -> tuple[str, ...]:
    """Return how a heading may be written: so, with capitals ("Notes to Editors"), in capitals."""
    longer = LONGER.sub(lambda word: word[0].capitalize(), heading)
    return (heading, longer, heading.title(), heading.upper())
