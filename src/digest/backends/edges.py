"""Takes headline, byline and credits off the lines of a text, and invitations off its end."""

from __future__ import annotations

import re
from typing import Any

from digest.backends.furniture import phrases
from digest.backends.markup import text_of
from digest.backends.page_facts import PageFacts
from digest.text import WORD, normalise

CREDIT = re.compile(
    r"^(?:(?:photo|image|picture|foto|bild|crédit|credit|imagen|immagine|写真|画像|图源|圖片?)s?"
    r"\s*(?:by|de|von|di|credit|quelle)?\s*[:：©]|©|\(c\)\s)"
    r"|(?:/|via |© ?)\s?(?:getty|reuters|afp|ap|dpa|epa|shutterstock|istock|imago|alamy"
    r"|picture alliance)\b[^.]{0,40}$",
    re.I,
)
EDGE_WORDS = 60  #: a line that is longer is no invitation, whatever it says
KICKER = 100  #: letters before a headline in its own line, at most: "Home › News ›", "Exclusive:"
OTHER_WORDS = 3  #: words of a byline that are no name: "By", "updated on"


def without_edges(lines: list[str], *, facts: PageFacts, heads: set[str]) -> list[str]:
    """Return the lines without headline and byline before the article and invitations after it."""
    heads = heads | {normalise(facts.title)}
    authors = [normalise(name) for name in facts.authors]
    kept = [line for line in lines if not CREDIT.search(line) or len(line) > 200]
    while kept and _is_head(kept[0], heads=heads, authors=authors):
        kept.pop(0)
    while len(kept) > 1 and _is_tail(kept[-1]):
        kept.pop()
    return kept


def _is_head(line: str, *, heads: set[str], authors: list[str]) -> bool:
    plain = normalise(line)
    if plain in heads:
        return len(plain) < 300
    if any(len(head) > 20 and plain.endswith(head) for head in heads):
        return len(plain) < KICKER + min(200, max(map(len, heads)))
    return _only_date(line) or _only_names(plain, authors)


def _only_names(plain: str, authors: list[str]) -> bool:
    """Return whether a line is a byline: names, and three words at most beside dates."""
    rest = plain
    for author in filter(None, authors):
        rest = rest.replace(author, " ")
    return rest != plain and sum(word.isalpha() for word in rest.split()) <= OTHER_WORDS


def _only_date(line: str) -> bool:
    digits = sum(character.isdigit() for character in line)
    return (
        digits >= 4
        and len(line) < 60
        and digits >= len(line) / 5
        and not line.endswith((".", "。"))
    )


def _is_tail(line: str) -> bool:
    return len(WORD.findall(line)) <= EDGE_WORDS and bool(
        phrases("tail").match(line.lstrip("-–•*>[( "))
    )


def heads_of(tree: Any) -> set[str]:
    """Return the page's headlines, normalised."""
    return {normalise(text_of(node)) for node in list(tree.iter("h1"))[:6]} - {""}
