"""Why an article is in its group, in words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from digest.stages.alignment import ALIGNMENT, HALF_SOON, sentences_of
from digest.stages.contradiction import compare_names, compare_numbers
from digest.stages.gist import shared_facts, shared_leads
from digest.stages.likeness import jaccard
from digest.stages.verdict import probability

if TYPE_CHECKING:
    from digest.stages.certain import Certainty
    from digest.stages.window import Window

EDITOR = "joined by an editor"
ALIGNER = "aligner"  # by which name a window keeps what has read the sentences
IN_ORDER = ALIGNMENT.index("in_order")


class Evidence:
    """What speaks for each pair, by either of the two.

    Args:
        joined: pairs that an editor joined.
        certain: pairs that are the same for certain, and why.
        judged: log-odds of the judged pairs.
        notes: what else was said of some pairs, in words.
    """

    def __init__(
        self,
        joined: Iterable[tuple[int, int]],
        certain: Iterable[Certainty],
        judged: Mapping[tuple[int, int], float],
        notes: Mapping[tuple[int, int], str] | None = None,
    ) -> None:
        self.notes = dict(notes or {})
        self.certain: dict[int, dict[int, str]] = defaultdict(dict)
        self.judged: dict[int, dict[int, float]] = defaultdict(dict)
        reasons = {(left, right): why for left, right, why in certain}
        for (left, right), why in {**reasons, **dict.fromkeys(joined, EDITOR)}.items():
            self.certain[left][right] = self.certain[right][left] = why
        for (left, right), odds in judged.items():
            self.judged[left][right] = self.judged[right][left] = odds


def explain(
    window: Window, member: int, *, group: Sequence[int], evidence: Evidence
) -> tuple[float | None, str]:
    """Return the score and the reason for which `member` is in `group`; the founder has neither.

    A certainty comes first, then the verdict with the founder where it speaks for the member, then
    whatever binds the member most to another one.
    """
    if member == group[0]:
        return None, ""
    others = [other for other in group if other != member]
    sure, judged = evidence.certain.get(member, {}), evidence.judged.get(member, {})
    for other in (n for n in others if n in sure):
        return None, f"{sure[other]}{_beside(window, other, group)}"
    if likely := [n for n in others if n in judged]:
        # The founder where it speaks for the member, else who speaks for it most: never a reason
        # that is none.
        first = group[0] if judged.get(group[0], -1.0) > 0 else None
        other = max(likely, key=lambda n: (n == first, judged[n], -n))
        note = evidence.notes.get((min(member, other), max(member, other)), "")
        said = "; ".join(filter(None, [describe(window, member, other), note]))
        return round(probability(judged[other]), 4), f"{said}{_beside(window, other, group)}"
    return None, "in one group with an article that is the same for certain"


def describe(window: Window, left: int, right: int) -> str:
    """Return how alike two articles are: vectors, sentences, wording, names and numbers."""
    one, other = window.sketches[left], window.sketches[right]
    said = [f"cosine {float(window.vectors[left] @ window.vectors[right]):.2f}"]
    if ordered := _ordered(window, left, right):
        said.append(ordered)
    if same := jaccard(one, other):
        said.append(f"{same:.0%} of the wording")
    named, counted = compare_names(one, other), compare_numbers(one, other)
    said += [named.words("names"), counted.words("numbers")]
    if leads := shared_leads(one, other):
        said.append(f"both begin with {', '.join(leads[:4])}")
    if facts := shared_facts(one, other):
        said.append(f"both tell {', '.join(facts[:4])}")
    return "; ".join(said)


def _ordered(window: Window, left: int, right: int) -> str:
    """Return how many sentences stand in one order in both; "" where nobody has read them."""
    aligner = window.memory.get(ALIGNER)
    if aligner is None:
        return ""
    pair = np.array([sorted((left, right))], dtype=np.int32)
    share = float(aligner.measure(pair)[0, IN_ORDER])
    most = max(len(sentences_of(window.sketches[place])) for place in (left, right))
    # `in_order` is n² / most, over itself and `HALF_SOON`.
    many = round(math.sqrt(share / max(1e-6, 1 - share) * HALF_SOON * most))
    return f"{many} of {most} sentences in one order" if many > 1 else ""


def _beside(window: Window, other: int, group: Sequence[int]) -> str:
    return "" if other == group[0] else f" (compared with {window.sketches[other].id})"
