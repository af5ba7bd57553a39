from __future__ import annotations

import json
import random
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from digest.calibrate import EVERY, Labelled, cross_validate, fit
from digest.curve import precision_recall
from digest.errors import ConfigError, InputError
from digest.labelled_pairs import (
    calibrate_file,
    candidates_floor,
    read_verdicts,
    write_verdict,
)
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


def test_a_given_intercept_stays() -> None:
    """What is learned beside it makes up for it."""
    free = fit(labelled(), ["cosine"])
    given = fit(labelled(), ["cosine"], intercept=free.intercept)
    assert given.intercept == free.intercept
    assert given.weights["cosine"] == pytest.approx(free.weights["cosine"], rel=0.1)
    strict = fit(labelled(), ["cosine"], intercept=free.intercept - 4.0)
    assert strict.intercept == pytest.approx(free.intercept - 4.0)
    assert strict.weights["cosine"] > given.weights["cosine"] + 2.0


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


def test_a_threshold_lies_between_the_pairs_on_its_two_sides() -> None:
    """Where pairs are far apart, the threshold is not the last of those that are the same."""
    _, _, threshold = precision_recall(np.array([6.0, 5.0, -4.0]), np.array([True, True, False]))
    assert threshold[1] == pytest.approx(1 / (1 + np.exp(-0.5)))


def test_few_pairs_put_the_floor_lower() -> None:
    """What few pairs show of cosines says little of the rare ones; many show it themselves."""
    draw = np.random.default_rng(7)
    drawn = draw.normal(0.7, 0.05, 4000).astype(np.float32)
    few, many = candidates_floor(drawn[:12]), candidates_floor(drawn)
    assert few < drawn[:12].min() - 0.03
    assert many == pytest.approx(0.7 - 2.054 * 0.05, abs=0.01)
    assert candidates_floor(drawn[:1]) == 0.0


def write_repeated(path: Path, *, days: bool, count: int = 60) -> Path:
    """Write pairs of a text and its variants: the same on one day, another ten days later."""
    draw = random.Random(3)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(count):
            words = [f"w{draw.randrange(900)}" for _ in range(40)]
            for same in (True, False):
                other = [*words]
                other[draw.randrange(40)] = "other"
                a, b = ({"title": "", "text": " ".join(each) + "."} for each in (words, other))
                if days:
                    a["published"] = "2026-07-01T08:00:00+00:00"
                    b["published"] = f"2026-07-{'01' if same else '11'}T08:00:00+00:00"
                file.write(json.dumps({"a": a, "b": b, "same": same}) + "\n")
    return path


def test_time_between_articles_is_evidence(tmp_path: Path) -> None:
    """Where nothing but the days tells pairs apart, the days do; a wrong day is named."""
    encoder, path = WordEncoder(), tmp_path / "pairs.jsonl"
    assert calibrate_file(write_repeated(path, days=False), encoder=encoder).f1 < 0.75
    assert calibrate_file(write_repeated(path, days=True), encoder=encoder).f1 > 0.95
    row = {"a": {"text": "x", "published": "soon"}, "b": {"text": "y"}, "same": True}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    with pytest.raises(InputError, match=r"line 1.*'soon', no time"):
        calibrate_file(path, encoder=encoder)


@pytest.mark.parametrize("answer", ["false", "no", 0, None])
def test_an_answer_is_true_or_false_and_nothing_else(tmp_path: Path, answer: object) -> None:
    """A word that is no truth value is not taken for "the same"."""
    path = tmp_path / "pairs.jsonl"
    row = {"a": {"text": "x"}, "b": {"text": "y"}, "same": answer}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    with pytest.raises(InputError, match=r"line 1.*neither true nor false"):
        calibrate_file(path, encoder=WordEncoder())


@pytest.mark.parametrize(
    ("one", "other"), [(("x", "y", True), ("y", "x", False)), (("x", "x", True), ("x", "x", False))]
)
def test_a_pair_with_both_answers_is_named(
    tmp_path: Path, one: tuple[str, str, bool], other: tuple[str, str, bool]
) -> None:
    """Either way round, and of an article with itself: nothing is learned from a contradiction."""
    path = tmp_path / "pairs.jsonl"
    rows = [
        {"a": {"title": a, "text": a}, "b": {"title": b, "text": b}, "same": same}
        for a, b, same in (one, other)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with pytest.raises(InputError, match=r"both answers: '[xy]' and"):
        calibrate_file(path, encoder=WordEncoder())


def test_a_day_is_a_text(tmp_path: Path) -> None:
    """A number in its place is named like a wrong day."""
    path = tmp_path / "pairs.jsonl"
    row = {"a": {"text": "x", "published": 20260101}, "b": {"text": "y"}, "same": True}
    path.write_text(json.dumps(row), "utf-8")
    with pytest.raises(InputError, match=r"line 1.*20260101, no time"):
        calibrate_file(path, encoder=WordEncoder())


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    """A file without pairs is an error with the cure."""
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n", "utf-8")
    with pytest.raises(InputError, match=r"pairs.jsonl holds no labelled pairs.*\(write"):
        calibrate_file(path, encoder=WordEncoder())


def test_where_verdicts_cannot_be_written_is_said_first(tmp_path: Path) -> None:
    """A missing folder, a broken file, and the picture's own name are named with the cure."""
    with pytest.raises(InputError, match="no such folder"):
        read_verdicts(tmp_path / "nowhere" / "verdicts.json")
    (tmp_path / "v.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"v.json: cannot be read"):
        read_verdicts(tmp_path / "v.json")
    (tmp_path / "v.json").write_text("[]", "utf-8")
    with pytest.raises(InputError, match="no file of verdicts"):
        read_verdicts(tmp_path / "v.json")
    with pytest.raises(InputError, match="the curve is drawn there"):
        read_verdicts(tmp_path / "v.svg")
    assert read_verdicts(tmp_path / "new.json") == {}


def test_an_incomplete_verdict_is_named(tmp_path: Path) -> None:
    """A verdict without its floor is an error of the settings, with the cure."""
    path = tmp_path / "verdicts.json"
    path.write_text('{"dedupe": {"words@1": {"first": {}}}}', "utf-8")
    with pytest.raises(ConfigError, match=r"dedupe verdict of words@1 is broken.*calibrate"):
        load_verdict("dedupe", "words@1", own=path)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    """The error names file and line and says what a line looks like."""
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"a": {"text": "x"}, "same": true}\n', "utf-8")
    with pytest.raises(InputError, match=r"pairs.jsonl line 1: not a labelled pair.*\(write"):
        calibrate_file(path, encoder=WordEncoder())
