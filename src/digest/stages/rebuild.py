"""A text put together again from its translated sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.records import Translated
from digest.stages.attempts import UNSPACED


def rebuild(
    text: str, spans: Sequence[tuple[int, int]], sentences: Sequence[Translated], *, to: str
) -> str:
    """Return the targets in the places of their sources, spaced as the new language spaces them."""
    if not spans:
        return text
    pieces = [text[: spans[0][0]]]
    for index, (sentence, (_, end)) in enumerate(zip(sentences, spans, strict=True)):
        following = spans[index + 1][0] if index + 1 < len(spans) else len(text)
        gap = text[end:following]
        made = sentence.ok or (index + 1 < len(sentences) and sentences[index + 1].ok)
        inside = made and not re.search(r"[\n\r\u2028\u2029\u0085]", gap)
        inside = inside and index + 1 < len(spans)
        pieces += [sentence.target, _gap(gap, to=to) if inside else gap]
    return "".join(pieces)


def _gap(gap: str, *, to: str) -> str:
    if to.split("-")[0] in UNSPACED:
        return gap.strip(" ")
    return gap or " "
