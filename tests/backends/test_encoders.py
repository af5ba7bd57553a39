"""The encoders: MiniLM from its package, models from a folder, and what happens without one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digest.backends.encoders import SentenceEncoder
from digest.errors import ModelError


@pytest.fixture(scope="module")
def minilm() -> SentenceEncoder:
    return SentenceEncoder("minilm")


def test_vectors_are_unit_float32_in_the_order_of_the_texts(minilm: SentenceEncoder) -> None:
    """Sorting by length inside must not show outside."""
    texts = ["A long sentence about a marketing platform and its launch.", "Cats", "Dogs bark."]

    together = minilm.encode(texts)
    alone = np.vstack([minilm.encode([text]) for text in texts])

    assert together.dtype == np.float32
    assert together.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_same_texts_give_the_same_bytes_in_any_order(minilm: SentenceEncoder) -> None:
    """A vector depends on no other text's place in the batch."""
    texts = ["One.", "Two and a half.", "One.", "Three sentences. Are. Here."]

    forward, backward = minilm.encode(texts), minilm.encode(texts[::-1])

    assert forward.tobytes() == backward[::-1].tobytes()
    assert forward[0].tobytes() == forward[2].tobytes()


def test_meaning_counts(minilm: SentenceEncoder) -> None:
    """A paraphrase is nearer than another subject."""
    said, again, other = minilm.encode(
        ["Acme buys an email startup", "Email firm acquired by Acme", "Rain is forecast in Lyon"]
    )

    assert said @ again > 0.6 > 0.3 > said @ other


def test_minilm_reads_only_the_beginning(minilm: SentenceEncoder) -> None:
    """What lies behind 256 tokens changes nothing, and costs no time however long it is."""
    beginning = "campaign " * 300

    assert minilm.max_tokens == 256
    first, second = minilm.encode([beginning, beginning + "weather " * 200_000])
    np.testing.assert_allclose(first, second, atol=1e-6)


@pytest.mark.parametrize("text", ["", " \n", "\ud800 broken", "\x00", "🎉", "x" * 100_000])
def test_odd_texts_get_a_finite_vector(minilm: SentenceEncoder, text: str) -> None:
    """One broken text never stops a batch."""
    assert np.isfinite(minilm.encode([text, "fine"])).all()


def test_no_texts_give_no_vectors(minilm: SentenceEncoder) -> None:
    """An empty batch keeps its width."""
    assert minilm.encode([]).shape == (0, 384)


def test_minilm_knows_english_only(minilm: SentenceEncoder) -> None:
    """The languages come from the model's own card."""
    languages = ["en", "en-GB", "de", "zh-Hans", "und"]

    assert [minilm.knows(language) for language in languages] == [True, True, False, False, False]


def test_model_names_version_and_weights(minilm: SentenceEncoder) -> None:
    """The name is the same in every process, and says which weights made a vector."""
    assert minilm.model == SentenceEncoder("minilm").model
    assert minilm.model.startswith("all-MiniLM-L6-v2@0.1.0-")


def make_folder(folder: Path, *, card: str = "", weights: bytes = b"w") -> Path:
    """Return a model folder that can be named and hashed, but not loaded."""
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "README.md").write_text(card, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("card", "known", "unknown"),
    [
        ("---\nlanguage: en\n---\n", ["en", "en-US"], ["de"]),
        ("---\nlanguage: [multilingual, zh-cn, no]\n---\n", ["zh-Hans", "nb", "nn"], ["zh-Hant"]),
        ("---\nlanguage: [zh, pt-br]\n---\n", ["zh-Hant", "zh-Hans", "pt", "pt-PT"], ["es"]),
        ("---\nlanguage: no\n---\n", ["nb", "no"], ["en"]),
        ("---\nlanguage: multilingual\n---\n", ["de", "sw"], ["und"]),
        ("no front matter", ["de", "sw"], ["und"]),
    ],
)
def test_languages_come_from_the_model_card(
    tmp_path: Path, card: str, known: list[str], unknown: list[str]
) -> None:
    """A card's list is believed; a model without one is taken to know all."""
    encoder = SentenceEncoder(str(make_folder(tmp_path / "other", card=card)))

    assert [language for language in known + unknown if encoder.knows(language)] == known


def test_other_weights_are_another_model(tmp_path: Path) -> None:
    """Vectors of two models never meet, so their names differ; a model card changes nothing."""
    one = SentenceEncoder(str(make_folder(tmp_path / "a" / "m", weights=b"1")))
    two = SentenceEncoder(str(make_folder(tmp_path / "b" / "m", weights=b"2")))
    same = SentenceEncoder(str(make_folder(tmp_path / "c" / "m", weights=b"1", card="new words")))

    assert one.model.startswith("m@")
    assert one.model != two.model
    assert one.model == same.model


def test_absent_model_says_what_cures_it() -> None:
    """Nothing is downloaded behind the user's back."""
    with pytest.raises(ModelError, match="hf download nobody/no-such-encoder"):
        SentenceEncoder("nobody/no-such-encoder").encode(["text"])


def test_broken_model_is_a_model_error(tmp_path: Path) -> None:
    """A folder that is no model fails with its name, not with a library's error."""
    folder = make_folder(tmp_path / "broken")

    with pytest.raises(ModelError, match="broken"):
        SentenceEncoder(str(folder)).encode(["text"])


def test_importing_and_making_an_encoder_loads_no_library() -> None:
    """`digest --help` must not wait for PyTorch."""
    code = (
        "import sys; from digest.backends.encoders import SentenceEncoder;"
        "SentenceEncoder('minilm').model;"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'numpy')"
        " if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"
