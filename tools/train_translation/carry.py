"""The prepared corpus and the learned weights in files small enough to travel.

A machine with a GPU often has no more than PyTorch, and takes and gives only so much. The corpus
goes there with each English sentence once, packed by LZMA; the weights come back in eight bits a
number, row by row, as CTranslate2 stores them: what is converted from them is the same to the bit.
"""

from __future__ import annotations

import hashlib
import io
import lzma
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tools.train_translation.corpus import Corpus, Side

# Numbers of two bytes: their places within a pair of bytes say much about them.
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6, "lp": 1, "lc": 2, "pb": 1, "dict_size": 1 << 27}]
SUMS = "SHA256SUMS"
CUTS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)  #: shares of a row's largest weight
HIGHEST = 127.0  #: of a number in eight bits


def squeeze(corpus: Corpus, file: Path) -> None:
    """Write a corpus with each target once."""
    index, targets = _unique(corpus.target)
    values, codes = np.unique(corpus.weights, return_inverse=True)
    arrays = {
        "source": corpus.source.ids,
        "source_lengths": corpus.source.lengths.astype(np.uint16),
        "target": targets.ids,
        "target_lengths": targets.lengths.astype(np.uint16),
        "index": index,
        "values": values,
        "codes": codes.astype(np.uint16 if len(values) <= 1 << 16 else np.uint32),
    }
    with lzma.open(file, "wb", format=lzma.FORMAT_XZ, filters=FILTERS) as stream:
        for name in arrays:
            np.lib.format.write_array(stream, arrays[name], allow_pickle=False)


def unsqueeze(file: Path) -> Corpus:
    """Return the corpus of `squeeze`."""
    with lzma.open(file, "rb") as packed:
        stream = io.BytesIO(packed.read())
    names = ("source", "source_lengths", "target", "target_lengths", "index", "values", "codes")
    found = {name: np.lib.format.read_array(stream, allow_pickle=False) for name in names}
    targets = Side(found["target"], _starts(found["target_lengths"]))
    return Corpus(
        Side(found["source"], _starts(found["source_lengths"])),
        _chosen(targets, found["index"]),
        found["values"][found["codes"]],
    )


def shrink(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return every matrix in eight bits with a scale for each row; all else stays as it is."""
    made: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if weight.dim() == 2:
            scale = HIGHEST / weight.abs().amax(dim=1).clamp(min=1e-12)
            made[f"{name}:scale"] = scale
            made[name] = torch.round(weight * scale[:, None]).to(torch.int8)
        else:
            made[name] = weight
    return made


def widen(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights of `shrink` in 32 bits, each what its eight bits stand for."""
    return {
        name: weight.float() / weights[f"{name}:scale"][:, None]
        if f"{name}:scale" in weights
        else weight
        for name, weight in weights.items()
        if not name.endswith(":scale")
    }


def coarsen(weights: Mapping[str, Tensor], *, bits: int) -> dict[str, Tensor]:
    """Return the weights as if each number of a matrix had so few bits: LZMA packs them well.

    A row's largest weights are cut off where that brings its others nearer to what they were.

    Args:
        weights: of a model.
        bits: of a number, its sign included, 2–8.
    """
    highest = 2 ** (bits - 1) - 1
    made = dict(weights)
    for name, weight in weights.items():
        if weight.dim() != 2:
            continue
        largest = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-12)
        error = torch.full_like(largest, torch.inf)
        for share in CUTS:
            scale = highest / (largest * share)
            row = torch.round(weight * scale).clamp(-highest, highest) / scale
            found = (row - weight).square().sum(dim=1, keepdim=True)
            made[name] = torch.where(found < error, row, made[name])
            error = torch.minimum(found, error)
    return made


def split(state: Mapping[str, Any], folder: Path, *, most: int = 15 * 1024**2) -> list[Path]:
    """Write a state into parts of at most `most` bytes, with the checksum of the whole."""
    stream = io.BytesIO()
    torch.save(dict(state), stream)
    whole = stream.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, start in enumerate(range(0, len(whole), most)):
        files.append(folder / f"part-{number:03}")
        files[-1].write_bytes(whole[start : start + most])
    (folder / SUMS).write_text(hashlib.sha256(whole).hexdigest() + "\n", "ascii")
    return files


def join(folder: Path) -> dict[str, Any]:
    """Return the state of `split`.

    Raises:
        ValueError: where a part is missing or broken.
    """
    whole = b"".join(file.read_bytes() for file in sorted(folder.glob("part-*")))
    if hashlib.sha256(whole).hexdigest() != (folder / SUMS).read_text("ascii").strip():
        raise ValueError(f"{folder}: its parts are not what was sent: fetch them again")
    state: dict[str, Any] = torch.load(io.BytesIO(whole), map_location="cpu", weights_only=True)
    return state


def _unique(side: Side) -> tuple[NDArray[np.uint32], Side]:
    numbers: dict[bytes, int] = {}
    whole = side.ids.tobytes()
    size = side.ids.itemsize
    starts = (side.starts * size).tolist()
    index = [numbers.setdefault(whole[start:end], len(numbers)) for start, end in pairwise(starts)]
    lengths: Sequence[int] = [len(text) // size for text in numbers]
    ids = np.frombuffer(b"".join(numbers), side.ids.dtype)
    return np.array(index, np.uint32), Side(ids, _starts(np.array(lengths, np.int64)))


def _chosen(side: Side, index: NDArray[np.uint32]) -> Side:
    lengths = side.lengths[index]
    starts = _starts(lengths)
    # Where each place of the result lies: its text's start, and how far it is in it.
    places = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
    return Side(side.ids[np.repeat(side.starts[index], lengths) + places], starts)


def _starts(lengths: NDArray[Any]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
