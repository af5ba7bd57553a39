"""Certainties: pairs that are the same article whatever their vectors say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.candidates import shared_shingles, shingle_pairs
from digest.stages.contradiction import contradictions
from digest.stages.framed import is_framed
from digest.stages.likeness import containment
from digest.stages.sketch import Sketch
from digest.stages.swaps import swapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

Certainty = tuple[int, int, str]
Believed = Callable[["NDArray[np.int32]"], "NDArray[np.bool_]"]

SHORT = 8  # words under which the same text says little: "Weekly update"
NOTICE = 40  # words under which one text under two titles may be a notice of the site
SAME = 0.8  # Jaccard of the shingles above which only names and numbers can tell two texts apart
CONTAINED = 0.9  # share of the shorter text in the longer that makes it an abridged copy …
LEAST = 0.4  # … unless it is one notice in a long list
FRAMED = 0.6  # the same share for a text between other sentences, where its opening is there, too
SAME_ADDRESS = 0.1  # containment under which two texts at one address are two entries of a page
AGREED = 0.5  # containment from which an address needs no further proof
SLIP_DAYS = 7.0  # between two texts, one number of which is another: later, it is the next issue
HREFLANG_LIMIT = 30  # articles that claim one alternate: more is a site's template


def find_certainties(
    sketches: Sequence[Sketch], *, believed: Believed | None = None
) -> list[Certainty]:
    """Return `(earlier, later, why)` for all pairs that are the same for certain, in order.

    Args:
        sketches: the articles.
        believed: tells of pairs, of which a page says that they are one, whether their content lets
            that be; None: every page is believed.
    """
    said = [*_same_address(sketches), *_alternates(sketches)]
    found: dict[tuple[int, int], str] = {}
    for left, right, why in (
        *_not_refuted(said, sketches, believed),
        *_same_text(sketches),
        *_near_text(sketches),
    ):
        found.setdefault((min(left, right), max(left, right)), why)
    return [(left, right, why) for (left, right), why in sorted(found.items())]


def _not_refuted(
    said: Sequence[Certainty], sketches: Sequence[Sketch], believed: Believed | None
) -> Iterator[Certainty]:
    """Yield what pages say of themselves where the texts agree, or could be one article.

    An address that is wrong for one of those that claim it proves nothing for the others.
    """
    doubtful = [one for one in said if not _agree(sketches[one[0]], sketches[one[1]])]
    if believed and doubtful:
        kept = believed(np.array([one[:2] for one in doubtful], dtype=np.int32)).tolist()
        wrong = {why for (_, _, why), may_be in zip(doubtful, kept, strict=True) if not may_be}
        refuted = {one for one in doubtful if one[2] in wrong}
    else:
        refuted = set()
    yield from (one for one in said if one not in refuted)


def _agree(left: Sketch, right: Sketch) -> bool:
    """Return whether title or wording alone say that two are one article."""
    if left.hash == right.hash or containment(left, right) >= AGREED:
        return True
    return bool(left.title.strip()) and left.title.casefold() == right.title.casefold()


def _same_address(sketches: Sequence[Sketch]) -> Iterator[Certainty]:
    for first, other in _sharing((one.url, n) for n, one in enumerate(sketches) if one.url):
        left, right = sketches[first], sketches[other]
        if not _entries_of_one_page(left, right):
            yield first, other, f"same address: {right.url}"


def _entries_of_one_page(left: Sketch, right: Sketch) -> bool:
    """Return whether one address holds two articles: a list of releases, a report's entries."""
    if left.via and left.via == right.via and left.hash != right.hash:
        return True
    if left.language != right.language or min(left.length, right.length) < NOTICE:
        return left.title.casefold() != right.title.casefold() and left.via == right.via is not None
    return containment(left, right) < SAME_ADDRESS and left.title != right.title


def _alternates(sketches: Sequence[Sketch]) -> Iterator[Certainty]:
    by_url = {one.url: n for n, one in reversed(list(enumerate(sketches))) if one.url}
    claims: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(sketches):
        for url in one.alternates:
            claims[url].append(n)
    for url, claimants in sorted(claims.items()):
        home = by_url.get(url)
        if home is None or "/" not in url or len(claimants) > HREFLANG_LIMIT:
            continue
        target = sketches[home]
        for n in claimants:
            if n != home and sketches[n].language != target.language:
                yield home, n, f"its page names {url} as its {target.language} version (hreflang)"


def _same_text(sketches: Sequence[Sketch]) -> Iterator[Certainty]:
    rows = ((one.hash, n) for n, one in enumerate(sketches) if one.length >= SHORT)
    for first, other in _sharing(rows):
        yield first, other, "same title and text"


def _near_text(sketches: Sequence[Sketch]) -> Iterator[Certainty]:
    pairs = _comparable(sketches)
    common = shared_shingles(sketches, pairs)
    counts = np.array([len(one.shingles) for one in sketches])[pairs]
    contained = common / np.maximum(1, counts.min(axis=1))
    same = common / np.maximum(1, counts.sum(axis=1) - common)
    alike = (same >= SAME) | ((contained >= CONTAINED) & (same >= LEAST))
    framed = (contained >= FRAMED) & (same >= LEAST)
    chosen = alike | framed
    for (first, other), share, whole in zip(
        pairs[chosen].tolist(), contained[chosen].tolist(), alike[chosen].tolist(), strict=True
    ):
        left, right = sketches[first], sketches[other]
        if whole and _says_the_same(left, right):
            yield first, other, f"{share:.0%} of the wording is the same"
        elif is_framed(left, right):
            yield first, other, f"its opening and {share:.0%} of the wording are the same"


def _says_the_same(left: Sketch, right: Sketch) -> bool:
    """Return whether nothing tells two texts of one wording apart, save one slip within a week."""
    if swapped(left, right):
        return False
    slips = contradictions(left, right)
    near = left.day is None or right.day is None or abs(left.day - right.day) <= SLIP_DAYS
    return slips == 0 or (slips <= 1 and near)


def _comparable(sketches: Sequence[Sketch]) -> NDArray[np.int32]:
    """Return the pairs that share a shingle, of one language and neither of them a short notice."""
    pairs = shingle_pairs([one.shingles for one in sketches])
    codes: dict[str, int] = {}
    spoken = np.array([codes.setdefault(one.language, len(codes)) for one in sketches])
    long = np.array([one.length >= NOTICE for one in sketches], dtype=bool)
    chosen: NDArray[np.int32] = pairs[
        long[pairs].all(axis=1) & (spoken[pairs[:, 0]] == spoken[pairs[:, 1]])
    ]
    return chosen


def _sharing(rows: Iterable[tuple[str | None, int]]) -> Iterator[tuple[int, int]]:
    """Yield each article with the first that has the same key."""
    first: dict[str | None, int] = {}
    for key, n in rows:
        if key in first:
            yield first[key], n
        else:
            first[key] = n
