"""A user's own labelled pairs: `digest calibrate FILE` learns an encoder's verdict from them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from digest.calibrate import EVERY, Labelled, cross_validate, fit, measure_pairs
from digest.curve import draw_curve, precision_recall
from digest.errors import InputError
from digest.records import Article, Embedding
from digest.stages.evidence import FEATURES
from digest.stages.verdict import Verdict
from digest.stages.window import make_window
from digest.text import make_id

if TYPE_CHECKING:
    from digest.ports import Encoder
    from digest.stages.verdict import Task

MISSED = 0.02  # share of the same pairs whose cosine may lie under the candidates' floor


@dataclass(frozen=True, slots=True)
class Calibration:
    """What labelled pairs taught, and how well it holds on pairs it has not seen."""

    verdict: Verdict
    pairs: int
    same: int
    precision: float  #: at the threshold, cross-validated over documents
    recall: float
    f1: float
    threshold: float  #: probability with the best F1: `[dedupe] threshold`, `[cluster] threshold`
    picture: str  #: the precision–recall curve, an SVG document


def calibrate_file(path: Path, *, encoder: Encoder) -> Calibration:
    """Return what the pairs of a file teach for an encoder.

    Each line is `{"a": {"title", "text"}, "b": {"title", "text"}, "same": true}`. An article may
    stand in many pairs.

    Raises:
        InputError: where a line is broken, or there are too few pairs of either kind.
    """
    rows = [_row(line, n, path=path) for n, line in enumerate(_lines(path), start=1)]
    articles = {one.id: one for left, right, _ in rows for one in (left, right)}
    texts = [f"{one.title}\n{one.text}" for one in articles.values()]
    vectors = encoder.encode(texts)
    made = {
        id: Embedding(id, encoder.model, vector)
        for id, vector in zip(articles, vectors, strict=True)
    }
    window = make_window(list(articles.values()), {}, made, encoder=encoder)
    pairs = np.array([[window.place[a.id], window.place[b.id]] for a, b, _ in rows], dtype=np.int32)
    same = np.array([answer for _, _, answer in rows])
    labelled = Labelled(
        measure_pairs(window, pairs, encoder=encoder),
        EVERY,
        same,
        _documents(pairs, same)[pairs],
        np.ones(len(pairs), dtype=np.float32),
    )
    return _calibration(labelled, model=encoder.model)


def write_verdict(path: Path, calibration: Calibration, *, task: Task) -> None:
    """Add a calibration to a file of verdicts, which `[models] verdicts` names."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    found = {key: value for key, value in asdict(calibration.verdict).items() if key != "model"}
    known.setdefault(task, {})[calibration.verdict.model] = found
    path.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", "utf-8")


def _calibration(labelled: Labelled, *, model: str) -> Calibration:
    odds = cross_validate(labelled)
    recall, precision, threshold = precision_recall(odds, labelled.same)
    f1 = 2 * recall * precision / np.maximum(recall + precision, 1e-9)
    best = int(f1.argmax())
    cosines = labelled.evidence[labelled.same, labelled.features.index("cosine")]
    floor = round(float(np.quantile(cosines, MISSED)), 3)
    verdict = Verdict(model, max(0.0, floor), fit(labelled, FEATURES), fit(labelled))
    title = f"{model}: F1 {f1[best]:.3f} on {len(odds)} pairs, cross-validated"
    return Calibration(
        verdict=verdict,
        pairs=len(odds),
        same=int(labelled.same.sum()),
        precision=float(precision[best]),
        recall=float(recall[best]),
        f1=float(f1[best]),
        threshold=round(float(threshold[best]), 3),
        picture=draw_curve(recall, precision, best=best, title=title),
    )


def _lines(path: Path) -> Sequence[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def _row(line: str, number: int, *, path: Path) -> tuple[Article, Article, bool]:
    try:
        row = json.loads(line)
        return _article(row["a"]), _article(row["b"]), bool(row["same"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path} line {number}: not a labelled pair: {error!r}",
            cure='write {"a": {"title", "text"}, "b": {"title", "text"}, "same": true or false}',
        ) from error


def _article(given: dict[str, Any]) -> Article:
    title, text = str(given.get("title") or ""), str(given["text"])
    return Article(
        id=make_id(title, text), source="", url=None, title=title, text=text, authors=(),
        published=None, published_from="", first_seen="", language_hint=None, site="",
        publisher="", voice="independent",
    )  # fmt: skip


def _documents(pairs: Any, same: Any) -> Any:
    """Return the document of each article: those that are the same are one."""
    from scipy.sparse import coo_matrix  # type: ignore[import-untyped, unused-ignore]
    from scipy.sparse.csgraph import (  # type: ignore[import-untyped, unused-ignore]
        connected_components,
    )

    count = int(pairs.max()) + 1
    left, right = pairs[same].T
    graph = coo_matrix((np.ones(len(left)), (left, right)), shape=(count, count))
    return connected_components(graph, directed=False)[1].astype(np.int32)
