"""Static models: the same vectors as sentence-transformers, without PyTorch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from digest.backends.encoders import SentenceEncoder
from digest.backends.static_encoder import Subwords

TEXTS = [
    "The vendor launched a campaign.",
    "campaign",
    "",
    "Ω≈ç",
    "vendor,campaign…launched—the",
    "x" * 100 + " campaign",
    "(vendor) “campaign”, the… — vendor! .́the",
    "今日は、vendorです。" * 20,
]


def make_tokenizer(*, at_space: bool) -> Tokenizer:
    """Return a small unigram tokenizer that reads word by word, or across spaces."""
    pieces = [
        "<unk>",
        "▁",
        "▁campaign",
        "▁vendor",
        "▁the",
        "launch",
        "ed",
        *"acdeghilmnoprtuvx.,です今",
    ]
    tokenizer = Tokenizer(models.Unigram([(piece, -1.0 - len(piece)) for piece in pieces], 0))
    space = normalizers.Replace(Regex(r"[\p{P}\p{S}\p{Z}\p{C}]"), " ")
    lower = normalizers.Lowercase()
    tokenizer.normalizer = normalizers.Sequence([space, lower]) if at_space else lower
    metaspace = pre_tokenizers.Metaspace(prepend_scheme="always", split=at_space)
    steps = [pre_tokenizers.WhitespaceSplit(), metaspace] if at_space else [metaspace]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    return tokenizer


def save_static(folder: Path, *, form: str, at_space: bool = True) -> Path:
    """Save a model of random rows as sentence-transformers or as model2vec would."""
    from safetensors.numpy import save_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    tokenizer = make_tokenizer(at_space=at_space)
    random = np.random.default_rng(1)
    size = tokenizer.get_vocab_size()
    table = random.normal(size=(size, 8)).astype(np.float32)
    static = StaticEmbedding(tokenizer, embedding_weights=table)
    SentenceTransformer(modules=[static, Normalize()], device="cpu").save(str(folder))
    if form == "8 bits":
        rows = random.integers(-127, 128, (size, 8)).astype(np.int8)
        weights = random.random(size).astype(np.float32)
        save_file({"embeddings": rows, "weights": weights}, folder / "model.safetensors")
    if form == "shared rows":
        mapping = random.integers(0, 5, size)
        save_file({"embeddings": table[:5], "mapping": mapping}, folder / "model.safetensors")
    return folder


def reference(folder: Path, texts: list[str]) -> NDArray[np.float32]:
    """Return what sentence-transformers itself makes of the texts."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    vectors: NDArray[np.float32] = model.encode(texts, show_progress_bar=False)
    return vectors


@pytest.mark.parametrize("form", ["full", "8 bits", "shared rows"])
def test_vectors_equal_those_of_sentence_transformers(tmp_path: Path, form: str) -> None:
    """Whatever form the table is saved in."""
    folder = save_static(tmp_path / "static", form=form)

    result = SentenceEncoder(str(folder)).encode(TEXTS)

    np.testing.assert_allclose(result, reference(folder, TEXTS), atol=1e-6)


@pytest.mark.parametrize("at_space", [True, False])
def test_remembered_words_give_the_same_subwords(at_space: bool) -> None:
    """Reading word by word is only done where it changes nothing."""
    tokenizer = make_tokenizer(at_space=at_space)
    expected = [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
    subwords = Subwords(tokenizer)

    assert subwords.remembers is at_space
    assert list(subwords.of(TEXTS)) == expected
    assert list(subwords.of(TEXTS)) == expected


def test_a_static_model_needs_no_torch(tmp_path: Path) -> None:
    """The default encoder starts in a fraction of a second."""
    folder = save_static(tmp_path / "static", form="8 bits")
    code = (
        "import sys; from digest.backends.encoders import SentenceEncoder;"
        f"SentenceEncoder({str(folder)!r}).encode(['campaign']);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"
