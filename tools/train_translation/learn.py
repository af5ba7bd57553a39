"""One run of training: it goes on where it was cut, and stops where nothing gets better."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor

from tools.train_translation import checkpoints
from tools.train_translation.batches import Batch, endless, iterate, plan_all
from tools.train_translation.corpus import Corpus
from tools.train_translation.model import Transformer
from tools.train_translation.plan import Plan, averaged_looks, is_stuck, progress, rate_at
from tools.train_translation.rate import Meter, find_peak
from tools.train_translation.vocab import PAD

Telling = Callable[[str], None]


class Run:
    """A run in a folder.

    Args:
        model: learns in place.
        plan: how.
        folder: keeps what is needed to go on.
        tell: is told how it goes.
    """

    def __init__(
        self, model: Transformer, plan: Plan, folder: Path, *, tell: Telling = print
    ) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model, self.plan, self.folder, self._tell = model.to(self.device), plan, folder, tell
        self.step, self.seconds = 0, 0.0
        self.losses: list[float] = []  #: of what is held out, at each look
        self.looks: list[int] = []  #: the steps of these looks
        self.meter = Meter(model)
        fused = self.device.type == "cuda"
        self._optimiser = torch.optim.AdamW(
            model.parameters(), lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=fused
        )
        self._loss = torch.compile(_loss, dynamic=True) if plan.compile else _loss
        if plan.compile:
            for layer in (*model.encoder, *model.decoder):
                layer.compile(dynamic=True)  # one program for all layers of a kind

    def train(self, corpus: Corpus, held: Corpus) -> None:
        """Learn until the plan ends; the model holds the averaged weights afterwards."""
        torch.set_float32_matmul_precision("high")
        peak, named = find_peak(self.device)  # takes random numbers: before the seed
        torch.manual_seed(self.plan.seed)
        self._go_on()
        started = time.monotonic() - self.seconds
        batches = endless(
            corpus,
            tokens=self.plan.tokens,
            seed=self.plan.seed,
            skip=self.step * self.plan.accumulate,
            workers=self.plan.workers,
            pinned=self.device.type == "cuda",
        )
        while self._done() < 1.0 and not is_stuck(self.losses, self.plan.patience):
            self._learn(batches)
            self.seconds = time.monotonic() - started
            if self.step % self.plan.check == 0 or self._done() >= 1.0:
                self._tell(self.meter.stop(self.device).tell(peak, named))
                self._look(held)
                self.meter = Meter(self.model)
                self.seconds = time.monotonic() - started
        self._average()

    def _done(self) -> float:
        return progress(self.plan, step=self.step, seconds=self.seconds)

    def _learn(self, batches: Iterator[Batch]) -> None:
        self.model.train()
        parts = [next(batches) for _ in range(self.plan.accumulate)]
        wanted = sum(int((part.wanted != PAD).sum()) for part in parts)
        for part in parts:
            batch = part.to(self.device)
            loss = self._loss_of(batch, smoothing=self.plan.smoothing) / wanted
            loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for group in self._optimiser.param_groups:
            group["lr"] = rate_at(self.plan, step=self.step, done=self._done())
        self._optimiser.step()
        self._optimiser.zero_grad(set_to_none=True)
        self.step += 1
        for part in parts:
            self.meter.add(part)

    def _loss_of(self, batch: Batch, *, smoothing: float) -> Tensor:
        with self._precision():
            states = self.model(batch.source, batch.given)
            return self._loss(
                states, self.model.embedding.weight, self.model.bias, batch.wanted, smoothing
            )

    def _precision(self) -> AbstractContextManager[Any]:
        if self.device.type == "cuda":
            return torch.autocast("cuda", dtype=torch.bfloat16)
        return nullcontext()

    @torch.no_grad()
    def judge(self, held: Corpus) -> float:
        """Return the loss a piece on what is held out, without smoothing."""
        self.model.eval()
        total, count = 0.0, 0
        for batch in iterate(held, plan_all(held, tokens=self.plan.tokens), workers=0):
            total += float(self._loss_of(batch.to(self.device), smoothing=0.0))
            count += int((batch.wanted != PAD).sum())
        return total / count

    def _look(self, held: Corpus) -> None:
        self.losses.append(self.judge(held))
        self.looks.append(self.step)
        self._tell(
            f"step {self.step:,} after {self.seconds:.0f} s: held-out loss "
            f"{self.losses[-1]:.4f}" + (", the best" if self.losses[-1] == min(self.losses) else "")
        )
        weights = {name: each.cpu() for name, each in self.model.state_dict().items()}
        checkpoints.save(weights, checkpoints.step_file(self.folder, self.step))
        keep = {self.looks[n] for n in averaged_looks(self.losses, self.plan.averaged)}
        checkpoints.drop_old(self.folder, keep=keep | set(self.looks[-self.plan.averaged :]))
        checkpoints.save(self._state(), self.folder / checkpoints.LAST)

    def _state(self) -> dict[str, Any]:
        return {
            "model": self.model.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "random": checkpoints.random_state(),
            "step": self.step,
            "seconds": self.seconds,
            "losses": self.losses,
            "looks": self.looks,
        }

    def _go_on(self) -> None:
        file = self.folder / checkpoints.LAST
        if not file.exists():
            return
        state = checkpoints.load(file)
        self.model.load_state_dict(state["model"])
        self._optimiser.load_state_dict(state["optimiser"])
        checkpoints.set_random_state(state["random"])
        self.step, self.seconds = state["step"], state["seconds"]
        self.losses, self.looks = state["losses"], state["looks"]
        self._tell(f"goes on after step {self.step:,}")

    def _average(self) -> None:
        chosen = [self.looks[n] for n in averaged_looks(self.losses, self.plan.averaged)]
        states = (checkpoints.load(checkpoints.step_file(self.folder, step)) for step in chosen)
        self.model.load_state_dict(checkpoints.average(states))
        self.model.eval()
        self._tell(f"averaged the weights of steps {', '.join(map(str, chosen))}")


def _loss(
    states: Tensor, embedding: Tensor, bias: Tensor, wanted: Tensor, smoothing: float
) -> Tensor:
    """Return the summed loss of a batch."""
    logits = F.linear(states, embedding, bias)
    return F.cross_entropy(
        logits.flatten(0, 1).float(),
        wanted.flatten(),
        ignore_index=PAD,
        label_smoothing=smoothing,
        reduction="sum",
    )
