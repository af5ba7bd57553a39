"""The training: one vector and one weight for each subword, drawn to the teacher's vectors."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as nn
from encoder.corpus import Bags, Corpus, Draw, draw
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

FREQUENT = 1e-3  #: `a` of a / (a + p), the weight of a subword of frequency p (Arora et al. 2017)


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides the result besides the data."""

    steps: int = 600
    size: int = 1024  #: pairs a step
    rate: float = 4e-3  #: of Adam, at its highest
    temperature: float = 0.05
    teacher: float = 1.0  #: weight of "like the teacher" beside the two contrasts
    seed: int = 7


class BagSums(torch.autograd.Function):
    """The sum of each bag's rows; ten times as fast backwards as `embedding_bag` on a processor."""

    @staticmethod
    def forward(ctx: Any, table: torch.Tensor, bags: Bags) -> torch.Tensor:
        """Return sums of rows, shape (bags, dims)."""
        ones = np.ones(len(bags.ids), np.float32)
        ctx.seen = csr_matrix((ones, bags.ids, bags.starts), shape=(len(bags), len(table)))
        return torch.from_numpy(ctx.seen @ table.detach().numpy())

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> tuple[torch.Tensor, None]:
        """Return each row's share."""
        return torch.from_numpy(ctx.seen.T @ gradient.numpy()), None


class Student(torch.nn.Module):
    """A text's vector is the sum of its subwords' vectors, each times its weight."""

    def __init__(self, vectors: NDArray[np.float32], weights: NDArray[np.float32]) -> None:
        super().__init__()
        self.vectors = torch.nn.Parameter(torch.from_numpy(vectors))
        self.logs = torch.nn.Parameter(torch.from_numpy(np.log(weights)))

    def forward(self, bags: Bags) -> torch.Tensor:
        """Return unit vectors, shape (bags, dims)."""
        table = self.vectors * self.logs.exp()[:, None]
        return nn.normalize(BagSums.apply(table, bags), dim=1)

    def table(self) -> NDArray[np.float32]:
        """Return each subword's vector times its weight, shape (subwords, dims)."""
        with torch.no_grad():
            return (self.vectors * self.logs.exp()[:, None]).numpy()


def start(corpus: Corpus, teacher: NDArray[np.float32], *, size: int, seed: int) -> Student:
    """Return a student whose subwords stand where the sentences they occur in stand on average."""
    ids, starts = corpus.bags.ids, corpus.bags.starts
    counts = np.bincount(ids, minlength=size)
    weights = FREQUENT / (FREQUENT + counts / counts.sum())
    row = np.repeat(np.arange(len(corpus.bags)) % corpus.rows, np.diff(starts))
    seen = csr_matrix((np.ones(len(ids), np.float32), (ids, row)), shape=(size, corpus.rows))
    read = np.abs(teacher).sum(axis=1, keepdims=True) > 0
    centred = (teacher - teacher[read[:, 0]].mean(axis=0)) * read
    vectors = seen @ centred / np.maximum(counts, 1)[:, None]
    noise = np.random.default_rng(seed).normal(scale=0.01, size=vectors.shape)
    return Student((vectors + noise).astype(np.float32), weights.astype(np.float32))


def learn(
    student: Student,
    corpus: Corpus,
    teacher: NDArray[np.float32],
    *,
    plan: Plan,
    report: Callable[[int, float], None],
) -> None:
    """Train `student` in place; `report` gets the step and its loss."""
    random = np.random.default_rng(plan.seed)
    groups = [{"params": [student.vectors]}, {"params": [student.logs], "lr": plan.rate * 2}]
    adam = torch.optim.Adam(groups, lr=plan.rate, betas=(0.9, 0.98), fused=True)
    peaks = [group["lr"] for group in adam.param_groups]
    for step in range(plan.steps):
        for group, peak in zip(adam.param_groups, peaks, strict=True):
            group["lr"] = peak * _schedule(step / plan.steps)
        batch = draw(corpus, random, size=plan.size)
        loss = _loss(student, batch, corpus, teacher, plan)
        adam.zero_grad()
        loss.backward()
        adam.step()
        report(step, loss.item())


def _schedule(done: float) -> float:
    return min(1.0, done / 0.03) * 0.5 * (1 + math.cos(math.pi * done))


def _loss(
    student: Student, batch: Draw, corpus: Corpus, teacher: NDArray[np.float32], plan: Plan
) -> torch.Tensor:
    left, right = student(batch.texts).split(len(batch.first))
    same = torch.from_numpy(corpus.same[batch.first])
    masked = (same[:, None] == same[None, :]) & ~torch.eye(len(same), dtype=torch.bool)
    pairs = _contrast(left, right, masked, plan.temperature)
    target, known = _targets(teacher, batch, len(left))
    left, right, target = left[known], right[known], target[known]
    both, masked = torch.cat([left, right]), masked[known][:, known].repeat(2, 1)
    like = 2 - (left * target).sum(1).mean() - (right * target).sum(1).mean()
    return pairs + _contrast(both, target, masked, plan.temperature) + plan.teacher * like


def _targets(
    teacher: NDArray[np.float32], batch: Draw, size: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the teacher's vector of each unit, and which units it has read as a whole."""
    unit, vectors = torch.from_numpy(batch.unit), torch.from_numpy(teacher[batch.row])
    total = torch.zeros(size, teacher.shape[1]).index_add_(0, unit, vectors)
    unread = torch.zeros(size).index_add_(0, unit, (vectors.square().sum(1) == 0).float())
    return nn.normalize(total, dim=1), unread == 0


def _contrast(
    asked: torch.Tensor, answers: torch.Tensor, masked: torch.Tensor, temperature: float
) -> torch.Tensor:
    """Return InfoNCE both ways where the numbers agree, else from `asked` to `answers`."""
    scores = (asked @ answers.T / temperature).masked_fill(masked, -torch.inf)
    true = torch.arange(len(answers)).repeat(len(asked) // len(answers))
    loss = nn.cross_entropy(scores, true)
    if len(asked) == len(answers):
        loss = (loss + nn.cross_entropy(scores.T, true)) / 2
    return loss
