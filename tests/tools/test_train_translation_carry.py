"""What travels to a machine with a GPU and back comes out as it went in."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).parents[2]))

from starter_corpus import make_rows, write_corpus

from tools.train_translation import carry, corpus, steps, vocab
from tools.train_translation.convert import save_ctranslate2
from tools.train_translation.model import Shape, Transformer
from tools.train_translation.prepare import prepare

SMALL = Shape(width=32, heads=4, inner=64, encoder=2, decoder=2, dropout=0.0)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a prepared work folder."""
    folder = tmp_path_factory.mktemp("work")
    data = write_corpus(folder / "p.tsv.xz", make_rows())
    prepare(data, folder, languages=("de", "fr"), size=400)
    return folder


def test_the_corpus_travels_whole(work: Path, tmp_path: Path) -> None:
    """Each target is sent once, and stands beside each of its sources again."""
    steps.send(work, tmp_path / "sent")
    for name in (steps.CORPUS, steps.HELD):
        before = corpus.load_corpus(work / name)
        after = carry.unsqueeze((tmp_path / "sent" / name).with_suffix(".xz"))
        for side in ("source", "target"):
            np.testing.assert_array_equal(getattr(before, side).ids, getattr(after, side).ids)
            np.testing.assert_array_equal(getattr(before, side).starts, getattr(after, side).starts)
        np.testing.assert_array_equal(before.weights, after.weights)
        assert after.source.ids.dtype == np.uint16


def test_what_comes_back_converts_to_the_same_bits(work: Path, tmp_path: Path) -> None:
    """Eight bits a row are what CTranslate2 keeps anyway."""
    torch.manual_seed(1)
    vocabulary = vocab.load(work / vocab.FILE)
    model = Transformer(vocabulary.vocab_size(), SMALL)
    pieces = vocab.pieces_of(vocabulary)
    save_ctranslate2(model, pieces, tmp_path / "straight")
    model.load_state_dict(carry.widen(carry.shrink(model.state_dict())))
    save_ctranslate2(model, pieces, tmp_path / "round")
    files = [(tmp_path / name / "model.bin").read_bytes() for name in ("straight", "round")]
    assert len(files[0]) == len(files[1])
    # A scale is 127 through the row's largest weight; its last bit may be rounded the other way.
    differing = sum(a != b for a, b in zip(*files, strict=True))
    assert differing < len(files[0]) / 200


def test_a_broken_part_is_told(tmp_path: Path) -> None:
    """Parts are joined by a checksum of the whole."""
    state = {"weights": {"a": torch.arange(5_000)}}
    files = carry.split(state, tmp_path, most=10_000)
    assert len(files) > 1
    torch.testing.assert_close(carry.join(tmp_path)["weights"]["a"], torch.arange(5_000))
    files[0].write_bytes(files[0].read_bytes()[:-1])
    with pytest.raises(ValueError, match="fetch them again"):
        carry.join(tmp_path)


def test_coarser_weights_are_few_values_near_the_old_ones() -> None:
    """Six bits leave a row 63 values; what is no matrix stays."""
    torch.manual_seed(1)
    weights = {"matrix": torch.randn(4, 500), "bias": torch.randn(7)}
    made = carry.coarsen(weights, bits=6)
    assert all(len(torch.unique(row)) <= 63 for row in made["matrix"])
    error = (made["matrix"] - weights["matrix"]).square().mean().sqrt()
    assert error < 0.04
    assert made["bias"] is weights["bias"]
