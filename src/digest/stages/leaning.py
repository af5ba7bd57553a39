"""Sentences that say little without what stands around them: "This means …", "our customers …"."""

from __future__ import annotations

import re
from functools import cache

from digest.data_files import read_data

WIDE = ("ja", "zh")  #: languages that put no space between words
KEYS = ("start", "unless", "within", "elliptic", "personal", "we")
NONE: tuple[re.Pattern[str] | None, ...] = (None,) * len(KEYS)
#: What somebody said, in the marks of any language.
SAID = re.compile('["“”„«»][^"“”„«»]*["“”«»]|「[^」]*」|『[^』]*』')
QUOTES = "\"'“”„‚‘’«»「『《（("


def leans(text: str, language: str) -> bool:
    """Return whether a sentence begins as one that goes on with the sentence before it.

    Args:
        text: the sentence.
        language: BCP-47; one without cues in `data/leaning.toml` has no such sentences.
    """
    spoken = language.split("-")[0]
    start, unless, within, elliptic, *_ = _patterns().get(spoken, NONE)
    bare = text.strip().lstrip(QUOTES)
    found = start.match(bare) if start else None
    if found and not (unless and unless.match(bare if spoken in WIDE else bare[found.end() :])):
        return True
    return bool(within and within.search(text)) or bool(elliptic and elliptic.match(bare))


def is_personal(text: str, language: str) -> bool:
    """Return whether a sentence speaks of its writer, whom a summary doesn't name: "I have seen …".

    Args:
        text: the sentence; what stands in quotation marks is not its writer's.
        language: BCP-47.
    """
    *_, personal, _ = _patterns().get(language.split("-")[0], NONE)
    return bool(personal and personal.search(text))


def says_we(text: str, language: str) -> bool:
    """Return whether a sentence speaks of "us", whom a summary doesn't name: "our customers".

    Args:
        text: the sentence; what stands in quotation marks somebody else says.
        language: BCP-47.
    """
    *_, we = _patterns().get(language.split("-")[0], NONE)
    return bool(we and we.search(SAID.sub(" ", text)))


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str] | None, ...]]:
    rows = read_data("leaning.toml")
    return {
        language: tuple(_pattern(key, rows[key].get(language, []), language) for key in KEYS)
        for language in rows["we"]
    }


def _pattern(key: str, rows: list[str], language: str) -> re.Pattern[str] | None:
    if not rows:
        return None
    if key not in ("start", "unless"):
        return re.compile("|".join(rows), re.I)
    said = "|".join(re.escape(row).replace("’", "['’]") for row in sorted(rows, key=len)[::-1])
    if language in WIDE:
        return re.compile(said)
    if key == "unless":  # the next word or the one after it: "this past week"
        return re.compile(rf"\s+(?:[\w’'-]+\s+)?(?:{said})(?![\w’'-])", re.I)
    return re.compile(rf"(?:{said})(?![\w’'-])", re.I)
