"""The lines of the notes on a release, and how each stands among the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.records import Article
from digest.stages.sentences import CLOSERS
from digest.text import split_lines, split_sentences

LISTED = 3  #: sentences, each a line, from which the line before them heads a list
BULLET = re.compile(r"^[\s\-–•*·■▪>]+|^\d+[.)]\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the notes, and what stands around it."""

    text: str  #: without its bullet
    begin: int  #: offset into the article's text
    first: int  #: where its first sentence ends
    closed: bool  #: whether it ends like a sentence
    bullet: bool  #: whether a list's sign opens it
    apart: bool  #: whether it stands by itself, without a bullet, between empty lines
    after: str = ""  #: the next line
    heads: bool = False  #: whether it heads a list: sentences follow, line by line
    above: bool = False  #: whether it stands above one line of text, the two by themselves


def lines_of(article: Article) -> list[Line]:
    """Return the notes' lines; where no empty line parts any, each may stand by itself."""
    packed = "\n\n" not in article.text
    spans = split_lines(article.text)
    edges = [(-2, -2), *spans, *[(len(article.text) + 2, len(article.text) + 2)] * 2]
    found = []
    for (_, left), (start, end), (right, stop), (far, _) in zip(
        edges, spans, edges[2:], edges[3:] + edges[-1:], strict=False
    ):
        raw = article.text[start:end]
        text = BULLET.sub("", raw).strip()
        if text:
            begin = start + raw.find(text)
            first = begin + split_sentences(text)[0][1]
            bullet = raw.strip() != text
            apart = not bullet and (packed or min(start - left, right - end) > 1)
            closed = text.endswith(tuple(CLOSERS))
            two = start - left > 1 and right - end == 1 and far - stop > 1
            above = two and not bullet and not packed
            found.append(Line(text, begin, first, closed, bullet, apart, above=above))
    return [_placed(one, found[place + 1 : place + 1 + LISTED]) for place, one in enumerate(found)]


def _placed(line: Line, after: Sequence[Line]) -> Line:
    """Return a line that knows what follows it."""
    listed = len(after) == LISTED and all(one.closed and not one.apart for one in after)
    heads = listed and not (line.apart or line.bullet)
    return replace(line, after=after[0].text if after else "", heads=heads)
