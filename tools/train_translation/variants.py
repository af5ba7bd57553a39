"""Other forms of a pair: fragments, headlines, lower case, masks and two sentences in one."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from digest.stages.protect import PREFIXES, find_kept
from tools.train_translation.rows import Pair

# How likely each form of a pair is added to it. Headlines and fragments stand in every edition;
# masks go to a model for every name that Digest knows.
LOWER, HEADLINE, FRAGMENT, MASKED, JOINED = 0.06, 0.15, 0.5, 0.5, 0.05
STOP = re.compile(r"\s*[.。．]$")
BREAK = re.compile(r"[:;]\s|\s[–—-]\s|[：；]|——")
SHORTEST = 8  #: characters of a fragment in letters; a third of that in Chinese characters


def add_variants(pairs: Iterable[Pair], *, seed: int) -> Iterator[Pair]:
    """Give each pair, and after it those of its other forms that fall to it."""
    rng = random.Random(seed)
    before: Pair | None = None
    for pair in pairs:
        yield pair
        if pair.held:
            before = None
            continue
        if rng.random() < LOWER:
            yield lower(pair)
        if rng.random() < HEADLINE:
            yield from headline(pair)
        if rng.random() < FRAGMENT:
            yield from fragments(pair)
        if rng.random() < MASKED:
            yield from masked(pair, rng)
        if before and rng.random() < JOINED:
            yield from joined(before, pair)
        before = pair


def lower(pair: Pair) -> Pair:
    """Return the source in lower case; its English stays, so that names come back right."""
    return replace(pair, source=pair.source.lower())


def headline(pair: Pair) -> Iterator[Pair]:
    """Give the pair without its final stops, where both sides have one and no other sentence."""
    source, target = STOP.sub("", pair.source), STOP.sub("", pair.target)
    whole = not re.search(r"[.!?] |[。！？]", source) and not re.search(r"[.!?] ", target)
    if whole and source != pair.source and target != pair.target:
        yield replace(pair, source=source, target=target)


def fragments(pair: Pair) -> Iterator[Pair]:
    """Give what stands before and after a colon, semicolon or dash, where each side has just one.

    Both halves must be about as large a part of their side, or they are no translations.
    """
    left, right = _halves(pair.source), _halves(pair.target)
    if not left or not right:
        return
    shares = [len(halves[0]) / (len(halves[0]) + len(halves[1])) for halves in (left, right)]
    if abs(shares[0] - shares[1]) > 0.15:
        return
    for source, target in zip(left, right, strict=True):
        if len(target) >= SHORTEST and len(source) >= SHORTEST / 3:
            yield replace(pair, source=source, target=target, weight=pair.weight / 2)


def _halves(text: str) -> list[str]:
    found = [half.strip() for half in BREAK.split(text)]
    return found if len(found) == 2 and all(found) else []


def masked(pair: Pair, rng: random.Random) -> Iterator[Pair]:
    """Give the pair with the masks that Digest puts for names and addresses (`protect`)."""
    prefix = rng.choice(PREFIXES)
    kept = [part for part in dict.fromkeys(find_kept(pair.source)) if _once(part, pair)]
    source, target = pair.source, pair.target
    for number, part in enumerate(kept, start=1):
        source = source.replace(part, f"{prefix}{number}")
        target = target.replace(part, f"{prefix}{number}")
    if kept:
        yield replace(pair, source=source, target=target)


def _once(part: str, pair: Pair) -> bool:
    return pair.source.count(part) == pair.target.count(part) == 1


def joined(before: Pair, pair: Pair) -> Iterator[Pair]:
    """Give two neighbours of a page as one text: no splitter finds every end."""
    near = (before.language, before.page) == (pair.language, pair.page)
    if near and re.search(r"[.!?。！？]$", before.source) and len(before.target) < 200:
        glue = "" if pair.language in ("ja", "zh-Hans", "zh-Hant") else " "
        yield replace(
            pair,
            source=f"{before.source}{glue}{pair.source}",
            target=f"{before.target} {pair.target}",
        )
