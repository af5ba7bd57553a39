"""What a run keeps: all that it needs to go on, and the weights that are averaged at its end."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

LAST = "last.pt"
Weights = dict[str, Tensor]


def save(state: Mapping[str, Any], file: Path) -> None:
    """Write the state; a run that is killed meanwhile leaves the one before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".part")
    torch.save(dict(state), beside)
    os.replace(beside, file)


def load(file: Path) -> dict[str, Any]:
    """Return a state, on the CPU."""
    found: dict[str, Any] = torch.load(file, map_location="cpu", weights_only=True)
    return found


def random_state() -> dict[str, Tensor]:
    """Return where PyTorch's random numbers are, on the CPU and on the GPU in use."""
    state = {"cpu": torch.get_rng_state()}
    return state | ({"cuda": torch.cuda.get_rng_state()} if torch.cuda.is_available() else {})


def set_random_state(state: Mapping[str, Tensor]) -> None:
    """Go on with the random numbers of a state."""
    torch.set_rng_state(state["cpu"])
    if "cuda" in state and torch.cuda.is_available():
        torch.cuda.set_rng_state(state["cuda"])


def step_file(folder: Path, step: int) -> Path:
    """Return where the weights of a step lie."""
    return folder / f"step-{step:07}.pt"


def drop_old(folder: Path, *, keep: Iterable[int]) -> None:
    """Remove the weights of all other steps."""
    wanted = {step_file(folder, step) for step in keep}
    for file in folder.glob("step-*.pt"):
        if file not in wanted:
            file.unlink()


def average(states: Iterable[Weights]) -> Weights:
    """Return the mean of several runs of weights, in double precision and back.

    Raises:
        ValueError: where there are none.
    """
    total: Weights = {}
    count = 0
    for state in states:
        count += 1
        for name, weight in state.items():
            total[name] = total[name] + weight.double() if name in total else weight.double()
    if not count:
        raise ValueError("no weights to average")
    return {name: (weight / count).float() for name, weight in total.items()}
