from __future__ import annotations

import json
import random
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from digest.calibrate import EVERY, Labelled, cross_validate, fit
from digest.curve import precision_recall
from digest.errors import InputError
from digest.labelled_pairs import calibrate_file, write_verdict
from digest.stages.evidence import AGAINST
from digest.stages.verdict import load_verdict

from .stages.likeness import WordEncoder


def labelled(count: int = 400) -> Labelled:
    """Return pairs whose first feature tells the answer, and whose second one lies."""
    draw = np.random.default_rng(5)
    same = draw.random(count) < 0.4
    evidence = np.zeros((count, len(EVERY)), dtype=np.float32)
    evidence[:, EVERY.index("cosine")] = np.where(same, 0.8, 0.3) + draw.normal(0, 0.1, count)
    evidence[:, EVERY.index("names_against")] = np.where(same, 0.6, 0.4)
    documents = np.arange(2 * count, dtype=np.int32).reshape(count, 2)
    return Labelled(evidence, EVERY, same, documents, np.ones(count, dtype=np.float32))


def write_pairs(path: Path, *, count: int = 60) -> Path:
    """Write pairs: a text and its copy with a word replaced, or another text."""
    draw = random.Random(2)
    texts = [" ".join(f"w{draw.randrange(900)}" for _ in range(40)) + "." for _ in range(count)]
    with path.open("w", encoding="utf-8") as file:
        for n, text in enumerate(texts):
            words = text.split()
            words[draw.randrange(40)] = "other"
            for other, same in ((" ".join(words), True), (texts[n - 1], False)):
                row = {"a": {"title": "", "text": text}, "b": {"text": other}, "same": same}
                file.write(json.dumps(row) + "\n")
    return path


def test_evidence_keeps_its_sense() -> None:
    """A feature that speaks against a merge never gets a weight for one."""
    weights = fit(labelled()).weights
    assert weights["cosine"] > 0
    assert all(weights[name] <= 0 for name in AGAINST)
    assert all(weight >= 0 for name, weight in weights.items() if name not in AGAINST)


def test_cross_validation_separates_what_can_be_separated() -> None:
    """Pairs are told apart by coefficients that have not seen their documents."""
    pairs = labelled()
    right = (cross_validate(pairs, ["cosine"]) > 0) == pairs.same
    assert right.mean() > 0.97


def test_cross_validation_cannot_learn_noise() -> None:
    """Where the evidence says nothing, held-out pairs are told apart no better than by chance."""
    pairs = labelled()
    noise = np.random.default_rng(1).random(pairs.evidence.shape).astype(np.float32)
    blind = Labelled(noise, EVERY, pairs.same, pairs.documents, pairs.weight)
    odds = cross_validate(blind)
    ranks = odds[blind.same][:, None] > odds[~blind.same][None, :]
    assert 0.35 < ranks.mean() < 0.65


def test_pairs_with_one_answer_teach_nothing() -> None:
    """Without pairs of the other kind there is an error with the cure."""
    pairs = labelled().part(labelled().same)
    with pytest.raises(InputError, match="pairs of the other kind"):
        fit(pairs)


def test_ties_are_one_step_of_the_curve() -> None:
    """Pairs with the same odds cannot be cut apart by a threshold."""
    recall, precision, _ = precision_recall(
        np.array([2.0, 1.0, 1.0, 0.0]), np.array([True, True, False, False])
    )
    assert recall.tolist() == [0.5, 1.0, 1.0]
    assert precision.tolist() == [1.0, 2 / 3, 0.5]


def test_a_file_of_pairs_gives_a_verdict_and_a_picture(tmp_path: Path) -> None:
    """The verdict is stored for the encoder, is found again, and the picture is valid."""
    found = calibrate_file(write_pairs(tmp_path / "pairs.jsonl"), encoder=WordEncoder())
    assert (found.pairs, found.same) == (120, 60)
    assert found.f1 > 0.95
    assert ET.fromstring(found.picture).tag.endswith("svg")
    write_verdict(tmp_path / "verdicts.json", found, task="dedupe")
    loaded = load_verdict("dedupe", "words@1", own=tmp_path / "verdicts.json")
    assert loaded == found.verdict


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    """The error names file and line and says what a line looks like."""
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"a": {"text": "x"}, "same": true}\n', "utf-8")
    with pytest.raises(InputError, match=r"pairs.jsonl line 1: not a labelled pair.*\(write"):
        calibrate_file(path, encoder=WordEncoder())
