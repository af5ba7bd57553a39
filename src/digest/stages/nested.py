"""Quotation marks within quotation marks: "« Nova “Plus” »" is one name, not "Nova" alone."""

from __future__ import annotations

import re

#: What is quoted, from its first mark to its last.
OUTER = re.compile(
    r"„[^„“”‟]*[“”‟]|“[^“”]*”|«[^«»]*»|»[^«»]*«|「[^「」]*」|『[^『』]*』|《[^《》]*》|\"[^\"]*\""
)
WIDE = r"\u3040-\u30ff\u3400-\u9fff"
#: What is quoted within it. Of marks that are apostrophes, too, both stand at a word's edge, save
#: where words have no spaces.
INNER = re.compile(
    rf"(?<![^\W{WIDE}])[‚‘']([^‚‘’'„“”«»]+)[‘’'](?![^\W{WIDE}])"
    r"|[“„]([^“”„]+)[”“]|[‹›]([^‹›]+)[›‹]|『([^『』]+)』|「([^「」]+)」|〈([^〈〉]+)〉|\"([^\"]+)\""
)


def flat(text: str) -> str:
    """Return a sentence whose quotations have no marks within: "Nova ‘Plus’" is Nova Plus."""
    return OUTER.sub(lambda quoted: _flat(quoted[0]), text)


def _flat(quoted: str) -> str:
    inside = INNER.sub(lambda found: next(filter(None, found.groups())), quoted[1:-1])
    return f"{quoted[0]}{inside}{quoted[-1]}"
