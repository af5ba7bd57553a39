"""Batches of about equal cost: sentences of one length together, padded ahead by workers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from tools.train_translation.corpus import Corpus, Side
from tools.train_translation.vocab import BOS, EOS, PAD

STEP = 8  #: lengths are rounded up to it: few shapes, and the chip's units are full
Plan = list[NDArray[np.int64]]  #: the pairs of each batch


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences beside each other; every row ends in padding."""

    source: Tensor  #: (sentences, length), each begins with its tag
    given: Tensor  #: what the decoder has read: the start, then the target
    wanted: Tensor  #: what it should say next: the target, then the end
    pieces: int  #: of both sides, padding not counted

    def to(self, device: torch.device) -> Batch:
        """Return it on a device."""
        source, given, wanted = (
            each.to(device, non_blocking=True) for each in (self.source, self.given, self.wanted)
        )
        return Batch(source, given, wanted, self.pieces)


def plan_epoch(corpus: Corpus, *, tokens: int, seed: int, epoch: int) -> Plan:
    """Return the batches of an epoch, the same for the same numbers.

    A pair of weight 1.4 is drawn once, and in two epochs of five twice. A batch holds at most
    `tokens` places on its larger side, padding counted.
    """
    rng = np.random.default_rng([seed, epoch])
    often = np.floor(corpus.weights + rng.random(len(corpus))).astype(np.int64)
    chosen = np.repeat(np.arange(len(corpus)), often)
    plan = _cut(corpus, rng.permutation(chosen), tokens=tokens)
    return [plan[number] for number in rng.permutation(len(plan))]


def plan_all(corpus: Corpus, *, tokens: int) -> Plan:
    """Return batches of every pair once, for judging."""
    return _cut(corpus, np.arange(len(corpus)), tokens=tokens)


def _cut(corpus: Corpus, chosen: NDArray[np.int64], *, tokens: int) -> Plan:
    source = _rounded(corpus.source.lengths[chosen])
    target = _rounded(corpus.target.lengths[chosen] + 1)
    longer = np.maximum(source, target)
    order = np.lexsort((np.minimum(source, target), longer))  # stable: equals stay shuffled
    plan: Plan = []
    position = 0
    while position < len(order):
        # Lengths grow, so what fits beside the first may be too much for a later one.
        size = max(1, tokens // int(longer[order[position]]))
        part = order[position : position + size]
        size = max(1, tokens // int(longer[part[-1]]))
        plan.append(chosen[part[:size]])
        position += len(part[:size])
    return plan


def _rounded(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    return -(-lengths // STEP) * STEP


class Batches(Dataset[Batch]):
    """The batches of a plan, each made when it is asked for."""

    def __init__(self, corpus: Corpus, plan: Plan) -> None:
        self._corpus, self._plan = corpus, plan

    def __len__(self) -> int:
        return len(self._plan)

    def __getitem__(self, number: int) -> Batch:
        chosen = self._plan[number]
        source = _padded(self._corpus.source, chosen, extra=0)
        target = _padded(self._corpus.target, chosen, extra=1)
        lengths = self._corpus.target.lengths[chosen]
        wanted = target.copy()
        wanted[np.arange(len(chosen)), lengths] = EOS
        given = np.concatenate([np.full((len(chosen), 1), BOS), target[:, :-1]], axis=1)
        pieces = int(self._corpus.source.lengths[chosen].sum() + lengths.sum() + len(chosen))
        return Batch(*map(torch.from_numpy, (source, given, wanted)), pieces)


def _padded(side: Side, chosen: NDArray[np.int64], *, extra: int) -> NDArray[np.int64]:
    lengths = side.lengths[chosen]
    width = int(_rounded(np.array([lengths.max() + extra]))[0])
    places = np.arange(width)
    made = np.full((len(chosen), width), PAD, np.int64)
    there = places < lengths[:, None]
    made[there] = side.ids[(side.starts[chosen][:, None] + places)[there]]
    return made


def iterate(corpus: Corpus, plan: Plan, *, workers: int, pinned: bool = False) -> Iterator[Batch]:
    """Give the batches of a plan in order, made ahead by worker processes."""
    made = Batches(corpus, plan)
    if not workers:
        yield from (made[number] for number in range(len(plan)))
        return
    loader = DataLoader(
        made,
        batch_size=None,
        sampler=range(len(plan)),
        num_workers=workers,
        prefetch_factor=8,
        multiprocessing_context="fork",
        # Of its own: else each epoch would take a number from those that dropout draws.
        generator=torch.Generator(),
    )
    for batch in loader:
        yield _pinned(batch) if pinned else batch


def _pinned(batch: Batch) -> Batch:
    source, given, wanted = (
        each.pin_memory() for each in (batch.source, batch.given, batch.wanted)
    )
    return Batch(source, given, wanted, batch.pieces)


def endless(
    corpus: Corpus, *, tokens: int, seed: int, skip: int = 0, workers: int = 0, pinned: bool = False
) -> Iterator[Batch]:
    """Give epoch after epoch; `skip` batches are left out, as a run that goes on needs it."""
    epoch = 0
    while True:
        plan = plan_epoch(corpus, tokens=tokens, seed=seed, epoch=epoch)
        if skip >= len(plan):
            skip -= len(plan)
        else:
            yield from iterate(corpus, plan[skip:], workers=workers, pinned=pinned)
            skip = 0
        epoch += 1
