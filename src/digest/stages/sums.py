"""Numbers as they are told, so that those of the rows add up to their sum."""

from __future__ import annotations

import math
from collections.abc import Iterable

from digest.records import OurStack, Part
from digest.stack import Stack

HALF = 0.05  #: of a point: what a sum and its rounded form differ by, at most
TINY = 1e-9  #: of a tenth of a point: what sums of fractions are off by


def has_cents(stack: OurStack | Stack) -> bool:
    """Return whether a tool's cost is no whole sum: then none is rounded, and all add up."""
    return any(tool.cost is not None and tool.cost != round(tool.cost) for tool in stack.tools)


def points_told(score: float, parts: Iterable[Part]) -> list[tuple[Part, float]]:
    """Return the parts of a score with their points in tenths that add up to the score as told.

    Largest remainder: each is rounded down, and what is lacking goes to those that lost most.
    """
    every = list(parts)
    tenths = [each.points * 10 for each in every]
    told = [math.floor(each + TINY) for each in tenths]
    lacking = round(score * 10) - sum(told)
    whole = abs(score - sum(each.points for each in every)) < HALF
    if whole and 0 <= lacking <= len(every):  # else they are not the whole score: each as it is
        order = sorted(range(len(every)), key=lambda n: told[n] - tenths[n])
        for n in order[:lacking]:
            told[n] += 1
    else:
        told = [round(each) for each in tenths]
    return [(part, number / 10) for part, number in zip(every, told, strict=True)]
