"""Many patterns for one sentence, most of which are told in vain by one look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

NAMED = re.compile(r"\(\?P<\w+>")
BACK = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")  #: an expression that means a group of its own
#: A sign that is escaped, a class of signs, a bracket or a bar.
PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.S)
REPEATED = ("?", "*", "+", "{")


class Tailed:
    """A pattern; one like "(?P<pair>.{5,110}?) join forces" is dear wherever nobody joins forces.

    Its group is tried at every word, with every length, before anything tells that it is in vain.
    Made when it is first needed: of hundreds, a run needs few.
    """

    def __init__(self, row: str, *, before: str, after: str) -> None:
        rest = tail_of(row)
        self.tailed = bool(rest)
        self._source, self._tail = f"{before}(?:{row}){after}", f"(?:{rest}){after}"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The whole pattern."""
        return re.compile(self._source, re.I)

    @cached_property
    def tail(self) -> re.Pattern[str] | None:
        """What follows its first group, None for what opens otherwise."""
        return re.compile(self._tail, re.I) if self.tailed else None

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match of the pattern in a text."""
        return next(iter(self.finditer(text)), None)

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """Return the matches of the pattern in a text."""
        if self.tail is not None and self.tail.search(text) is None:
            return ()
        return self.pattern.finditer(text)


class Phrases:
    """Patterns with the kind of event that each tells, in their order."""

    def __init__(
        self, rows: Mapping[str, Sequence[str]], *, before: str = "", after: str = ""
    ) -> None:
        """Take regular expressions by kind, met between two edges, whatever their case."""
        self._rows = {
            kind: tuple(Tailed(row, before=before, after=after) for row in told)
            for kind, told in rows.items()
        }
        self._plain = {kind: _any_of(told, before, after) for kind, told in rows.items()}

    def __iter__(self) -> Iterator[tuple[str, Tailed]]:
        """Give every kind and pattern."""
        return ((kind, row) for kind, several in self._rows.items() for row in several)

    def near(self, text: str) -> Iterator[tuple[str, Tailed]]:
        """Give the kinds and patterns that may match: all of a kind without a tail, or none."""
        for kind, several in self._rows.items():
            plain = self._plain[kind]
            met = plain is None or plain.search(text) is not None
            yield from ((kind, row) for row in several if met or row.tailed)


def _any_of(rows: Iterable[str], before: str, after: str) -> re.Pattern[str] | None:
    """Return what any of the patterns without a tail needs; None where that can't be told."""
    plain = [NAMED.sub("(?:", row) for row in rows if not tail_of(row)]
    together = "|".join(f"(?:{row})" for row in plain)
    if BACK.search(together):
        return None
    return re.compile(f"{before}(?:{together}){after}" if plain else "(?!)", re.I)


def tail_of(row: str) -> str:
    """Return what follows the named group that opens a regular expression.

    "" where none does, or where the expression is one of several: then its rest is not needed.
    """
    if not NAMED.match(row) or BACK.search(row):
        return ""
    depth, end = 0, 0
    for part in PART.finditer(row):
        depth += {"(": 1, ")": -1}.get(part[0], 0)
        if part[0] == "|" and depth == 0:
            return ""
        if depth == 0 and not end:
            end = part.end()
    return "" if row[end:].startswith(REPEATED) else row[end:]
