"""How fast training is: pieces a second, and the share of the chip's matrix rate that they are."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import torch

from tools.train_translation.batches import Batch
from tools.train_translation.model import Transformer

# Dense bf16, as the makers publish it, in operations a second.
PUBLISHED = {"H100 PCIe": 756e12, "H200": 989e12, "H100": 989e12, "A100": 312e12, "L40S": 362e12}


@dataclass(slots=True)
class Meter:
    """Counts what was learned, and when."""

    model: Transformer
    pieces: int = 0
    work: float = 0.0
    seconds: float = 0.0
    _started: float = field(default_factory=time.perf_counter)

    def add(self, batch: Batch) -> None:
        """Count a batch that was learned."""
        self.pieces += batch.pieces
        self.work += operations(
            self.model, source=batch.source.numel(), target=batch.wanted.numel()
        )

    def stop(self, device: torch.device) -> Meter:
        """Stop the clock when the device is done with all that it was given."""
        _wait(device)
        self.seconds = time.perf_counter() - self._started
        return self

    def tell(self, peak: float, named: str) -> str:
        """Return both rates in words."""
        seconds = max(self.seconds, 1e-9)
        return (
            f"{self.pieces / seconds:,.0f} pieces/s (both sides, no padding), "
            f"{self.work / seconds / 1e12:.3f} TFLOP/s with padding, "
            f"{100 * self.work / seconds / peak:.1f} % of {named} ({peak / 1e12:.3f} TFLOP/s)"
        )


def operations(model: Transformer, *, source: int, target: int) -> float:
    """Return what a step costs: six operations a weight and place (Kaplan et al. 2020).

    Attention's products with each other are left out: at sentences' lengths they are a few percent.
    """
    encoder = sum(p.numel() for p in model.encoder.parameters())
    decoder = sum(p.numel() for p in model.decoder.parameters())
    across = sum(p.numel() for layer in model.decoder for p in layer.across.parts[1].parameters())
    projection = model.embedding.weight.numel()
    return 6.0 * ((encoder + across) * source + (decoder - across + projection) * target)


def find_peak(device: torch.device) -> tuple[float, str]:
    """Return the chip's published matrix rate and its name; where none is known, one measured."""
    if device.type == "cuda":
        name = torch.cuda.get_device_name(device)
        for known, rate in PUBLISHED.items():
            if all(word in name for word in known.split()):
                return rate, f"{name}'s published rate"
    return measure_peak(device), "the rate of a large product measured here"


def measure_peak(device: torch.device, *, rounds: int = 20) -> float:
    """Return the operations a second of a large product, as this machine is now."""
    size, kind = (8192, torch.bfloat16) if device.type == "cuda" else (768, torch.float32)
    left, right = (torch.randn(size, size, device=device, dtype=kind) for _ in range(2))
    for turn in range(rounds + 3):
        if turn == 3:
            _wait(device)
            started = time.perf_counter()
        left @ right
    _wait(device)
    return rounds * 2.0 * size**3 / (time.perf_counter() - started)


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
