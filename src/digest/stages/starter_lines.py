"""What a small starter package may show of a story: all of it, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.records import Line, Translated, Translation

STARTER = re.compile(r"(?:^|[;+] )starter ")  #: in the names of the packages that were used


def is_of_starter(engine: str) -> bool:
    """Return whether a starter is among packages; its name says so: "starter de→en 0.1"."""
    return STARTER.search(engine) is not None


def is_by_starter(headline: Translated, lines: Sequence[Line]) -> bool:
    """Return whether a starter package made any of what a story shows in translation."""
    shown = headline.ok and headline.source != headline.target
    return (shown and is_of_starter(headline.engine)) or any(
        line.translated and is_of_starter(line.engine) for line in lines
    )


def uses_starter(translation: Translation | None) -> bool:
    """Return whether a starter package is among those that a story was translated with."""
    return translation is not None and is_of_starter(translation.engine)


def all_or_none(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return a story's lines all in their own languages where one of them had to stay in it.

    For small packages: where one sentence is refused, its neighbours are no surer than it, and a
    text half of whose sentences change their language reads badly in both.
    """
    stays = next((line.note for line in lines if line.note and not line.translated), "")
    if not stays:
        return lines
    return tuple(
        replace(line, text=line.original.text, translated=False, note=stays, engine="")
        if line.translated
        else line
        for line in lines
    )


def as_its_lines(headline: Translated, lines: Sequence[Line]) -> Translated:
    """Return a headline in its own language where the lines under it are shown in theirs.

    What a small package makes of a headline is as doubtful as what it was refused of the text, and
    nobody can tell by reading on: "Edge adds …" stood over a story of Fioraia.
    """
    stays = next((line.note for line in lines if line.note and not line.translated), "")
    if not stays or not headline.ok or headline.source == headline.target:
        return headline
    return replace(headline, target=headline.source, ok=False, note=stays, engine="")
