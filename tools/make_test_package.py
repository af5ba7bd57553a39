"""Makes the Argos packages that tests and benchmarks use; no public package is needed.

    python tools/make_test_package.py tiny de en tests/data      # trains; minutes on two cores
    python tools/make_test_package.py base de en /tmp/packages   # Argos's size, random weights

Needs the developers' environment (`make dev`).
"""

from __future__ import annotations

import argparse
import io
import json
import random
import tempfile
import time
import zipfile
from pathlib import Path

import sentencepiece
import torch
from test_package.corpus import make_triples
from test_package.model import BASE, Shape, Transformer, save_ctranslate2, train
from test_package.splitter import save_splitter

LANGUAGES = {"de": (0, "German"), "en": (1, "English"), "fr": (2, "French")}
LICENCE = "Made for Digest's tests from sentences written for it. Licence: Apache-2.0.\n"


def make_tiny(source: str, target: str, folder: Path, *, steps: int) -> Path:
    """Return a package that translates the small vocabulary of `corpus.py` for real."""
    rows = make_triples(60_000, seed=1)
    pairs = [(row[LANGUAGES[source][0]], row[LANGUAGES[target][0]]) for row in rows]
    model_bytes = _train_tokenizer([text for pair in pairs for text in pair], size=360)
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=model_bytes)
    encoded = [(tokenizer.encode(left), tokenizer.encode(right)) for left, right in pairs]
    torch.manual_seed(1)
    model = Transformer(tokenizer.vocab_size(), Shape(), longest=256)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters")
    started = time.monotonic()
    for step, loss in train(model, encoded, steps=steps):
        print(f"step {step} loss {loss:.3f} after {time.monotonic() - started:.0f} s", flush=True)
    return _pack(source, target, folder, model=model, tokenizer=model_bytes, version="1.0")


def make_base(source: str, target: str, folder: Path, *, steps: int) -> Path:
    """Return a package of Argos's architecture and size whose weights are random.

    It says nothing of quality; it costs what a public package costs.
    """
    del steps
    rows = [text for row in make_triples(2_000, seed=1) for text in row]
    model_bytes = _train_tokenizer(_invented_words() + rows, size=32_000)
    torch.manual_seed(1)
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=model_bytes)
    model = Transformer(tokenizer.vocab_size(), BASE)
    return _pack(source, target, folder, model=model, tokenizer=model_bytes, version="0.0")


def _invented_words(count: int = 150_000) -> list[str]:
    """Return words of invented syllables: enough for a vocabulary of 32,000 pieces."""
    rng = random.Random(1)
    syllables = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "n", "r", "st")]
    return ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(count)]


def _train_tokenizer(texts: list[str], *, size: int) -> bytes:
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(dict.fromkeys(texts)),
        model_writer=written,
        vocab_size=size,
        character_coverage=1.0,
        split_digits=True,
        pad_id=3,
        num_threads=1,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return written.getvalue()


def _pack(
    source: str, target: str, folder: Path, *, model: Transformer, tokenizer: bytes, version: str
) -> Path:
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": source,
        "from_name": LANGUAGES[source][1],
        "to_code": target,
        "to_name": LANGUAGES[target][1],
    }
    processor = sentencepiece.SentencePieceProcessor(model_proto=tokenizer)
    pieces = [processor.id_to_piece(index) for index in range(processor.vocab_size())]
    name = f"translate-{source}_{target}-{version.replace('.', '_')}"
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / name
        root.mkdir()
        save_ctranslate2(model, pieces, root / "model")
        save_splitter(root / "minisbd" / f"{source}.onnx")
        (root / "sentencepiece.model").write_bytes(tokenizer)
        (root / "metadata.json").write_text(json.dumps(metadata, indent=2), "utf-8")
        (root / "README.md").write_text(LICENCE, "utf-8")
        folder.mkdir(parents=True, exist_ok=True)
        return _zip(root, folder / f"{name}.argosmodel")


def _zip(root: Path, file: Path) -> Path:
    """Write the package with fixed dates, so that the same weights are the same file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo(str(path.relative_to(root.parent)), (2026, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, path.read_bytes())
    return file


def main() -> None:
    """Make the package that the command line names, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=("tiny", "base"))
    parser.add_argument("source", choices=LANGUAGES)
    parser.add_argument("target", choices=LANGUAGES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=4000)
    given = parser.parse_args()
    make = make_tiny if given.size == "tiny" else make_base
    file = make(given.source, given.target, given.folder, steps=given.steps)
    print(f"{file}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
