"""The trained table as a sentence-transformers model in 8 bits."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
from encoder.subwords import save_compact
from numpy.typing import NDArray
from tokenizers import Tokenizer

HIGHEST = 127  #: of a signed byte
MODULES = (
    ("", "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"),
    ("1_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
)


def save_model(table: NDArray[np.float32], tokenizer: Tokenizer, folder: Path) -> None:
    """Write what `SentenceTransformer(folder)` loads: 8 bits a number and one scale a subword.

    The form is model2vec's, which `StaticEmbedding.load` folds into one table: `embeddings` times
    `weights`. The unknown subword gets zeros: what the model cannot read says nothing.
    """
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    table = table.copy()
    table[0] = 0
    scales = np.abs(table).max(axis=1) / HIGHEST
    steps = np.rint(table / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    weights = scales.astype(np.float32)
    save_file({"embeddings": steps, "weights": weights}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)  # safetensors lets nobody else read it
    save_compact(tokenizer, folder / "tokenizer.json")
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": kind}
        for number, (path, kind) in enumerate(MODULES)
    ]
    _write(folder / "modules.json", modules)
    _write(folder / "1_Normalize" / "config.json", {})
    _write(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"},
    )


def size_of(folder: Path) -> int:
    """Return the bytes of all files under `folder`."""
    return sum(os.path.getsize(path) for path in folder.rglob("*") if path.is_file())


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
