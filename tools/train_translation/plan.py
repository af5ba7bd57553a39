"""How a run learns, and at which rate at each of its steps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run learns.

    Args:
        steps: the last step; with `minutes` whatever comes first.
        minutes: wall time for all of the training, judging included; None for no limit.
        tokens: places of a batch on its larger side.
        accumulate: batches of a step.
        rate: the highest learning rate.
        warmup: steps until it is reached.
        cooldown: share of the run at whose end the rate has fallen to nothing.
        smoothing: share of the answer that is spread over all pieces.
        check: steps between two looks at what is held out.
        patience: looks in a row without anything better, after which it stops.
        averaged: how many looks' weights are averaged at most.
        seed: of weights, order and dropout.
        workers: processes that make batches ahead.
        compile: whether layers and loss are compiled first.
    """

    steps: int = 100_000
    minutes: float | None = None
    tokens: int = 32_768
    accumulate: int = 2
    rate: float = 1e-3
    warmup: int = 800
    cooldown: float = 0.25
    smoothing: float = 0.1
    check: int = 300
    patience: int = 6
    averaged: int = 5
    seed: int = 1
    workers: int = 4
    compile: bool = False


def progress(plan: Plan, *, step: int, seconds: float) -> float:
    """Return which share of the run is done, by its steps or by its time."""
    by_time = seconds / (60 * plan.minutes) if plan.minutes else 0.0
    return max(step / plan.steps, by_time)


def rate_at(plan: Plan, *, step: int, done: float) -> float:
    """Return the learning rate: a warm-up, the inverse square root, and a straight cool-down.

    The cool-down follows `done`, so that a run which ends by the clock ends at a low rate, too.
    """
    warm = min((step + 1) / plan.warmup, (plan.warmup / (step + 1)) ** 0.5)
    cool = min(1.0, max(0.0, 1.0 - done) / plan.cooldown) if plan.cooldown else 1.0
    return plan.rate * warm * cool


def is_stuck(losses: list[float], patience: int) -> bool:
    """Return whether the last looks all were worse than the best one before them."""
    return len(losses) > patience and min(losses[-patience:]) >= min(losses[:-patience])


def averaged_looks(losses: list[float], most: int) -> list[int]:
    """Return which looks' weights are averaged: the best and its better neighbours before it."""
    best = losses.index(min(losses))
    return list(range(max(0, best - most + 1), best + 1))
