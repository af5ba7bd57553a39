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
from digest.text import make_id, parse_time

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digest.ports import Encoder
    from digest.stages.verdict import Task

MISSED = 0.02  # share of the same pairs whose cosine may lie under the candidates' floor
SURE = 0.95  # that no larger share does, judged from the pairs at hand
LOOK = 'write {"a": {"title", "text"}, "b": {"title", "text"}, "same": true or false}'


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

    Each line is `{"a": {"title", "text", "published"}, "b": {…}, "same": true}`; `published` (ISO
    8601) may be absent: then no time lies between the two. An article may stand in many pairs.

    Raises:
        InputError: where a line is broken, or there are too few pairs of either kind.
    """
    rows = [_row(line, n, path=path) for n, line in enumerate(_lines(path), start=1)]
    if not rows:
        raise InputError(f"{path} holds no labelled pairs", cure=LOOK)
    _refuse_both_answers(rows, path=path)
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


def read_verdicts(path: Path) -> dict[str, Any]:
    """Return what a file of verdicts holds already, {} where there is none yet.

    Raises:
        InputError: where it is no such file, or its folder is missing.
    """
    if path.suffix == ".svg":
        raise InputError(f"{path}: the curve is drawn there", cure="name a .json file for verdicts")
    if not path.parent.is_dir():
        raise InputError(f"no such folder: {path.parent}", cure="make it, or name another file")
    try:
        known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}", cure="name a new file") from error
    if not isinstance(known, dict):
        raise InputError(f"{path}: no file of verdicts", cure="name a new file")
    return known


def write_verdict(path: Path, calibration: Calibration, *, task: Task) -> None:
    """Add a calibration to a file of verdicts, which `[models] verdicts` names.

    Raises:
        InputError: where what is there is no such file.
    """
    known = read_verdicts(path)
    found = {key: value for key, value in asdict(calibration.verdict).items() if key != "model"}
    known.setdefault(task, {})[calibration.verdict.model] = found
    path.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", "utf-8")


def _calibration(labelled: Labelled, *, model: str) -> Calibration:
    names = [name for name in labelled.features if name != "uncentred"]  # follows from the cosine
    odds = cross_validate(labelled, names)
    recall, precision, threshold = precision_recall(odds, labelled.same)
    f1 = 2 * recall * precision / np.maximum(recall + precision, 1e-9)
    best = int(f1.argmax())
    cosines = labelled.evidence[labelled.same, labelled.features.index("cosine")]
    verdict = Verdict(
        model, candidates_floor(cosines), fit(labelled, FEATURES), fit(labelled, names)
    )
    title = f"{model}: F1 {f1[best]:.3f} on {len(odds)} pairs, cross-validated"
    return Calibration(
        verdict=verdict,
        pairs=len(odds),
        same=int(labelled.same.sum()),
        precision=float(precision[best]),
        recall=float(recall[best]),
        f1=float(f1[best]),
        threshold=round(float(threshold[best]), 3),
        picture=draw_curve(recall, precision, threshold, best=best, title=title),
    )


def candidates_floor(cosines: NDArray[np.float32]) -> float:
    """Return the cosine under which pairs need not be looked at, at least 0.

    Few pairs tell little of the rare ones: the floor is the one-sided tolerance limit of a normal
    distribution (NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.6.3), or the quantile seen
    where that is lower.

    Args:
        cosines: of the pairs that are the same, shape (pairs,).
    """
    from scipy.stats import nct, norm  # type: ignore[import-untyped, unused-ignore]

    many = len(cosines)
    seen = float(np.quantile(cosines, MISSED))
    if many < 2:
        return 0.0
    off = norm.ppf(1 - MISSED) * np.sqrt(many)
    factor = float(nct.ppf(SURE, many - 1, off)) / np.sqrt(many)
    limit = float(cosines.mean()) - factor * float(cosines.std(ddof=1))
    return max(0.0, round(float(min(seen, limit)), 3))


def _refuse_both_answers(rows: Sequence[tuple[Article, Article, bool]], *, path: Path) -> None:
    """Raise `InputError` where a pair is said to be the same and not to be."""
    answers: dict[frozenset[str], bool] = {}
    for left, right, answer in rows:
        pair = frozenset((left.id, right.id))
        known = answers.setdefault(pair, answer or len(pair) == 1)
        if known != answer:
            raise InputError(
                f"{path}: one pair has both answers: {left.title[:60]!r} and {right.title[:60]!r}",
                cure="leave out the wrong one",
            )


def _lines(path: Path) -> Sequence[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def _row(line: str, number: int, *, path: Path) -> tuple[Article, Article, bool]:
    try:
        row = json.loads(line)
        if not isinstance(row["same"], bool):
            raise TypeError(f"`same` is {row['same']!r}, neither true nor false")
        return _article(row["a"]), _article(row["b"]), row["same"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path} line {number}: not a labelled pair: {error!r}",
            cure=LOOK,
        ) from error


def _article(given: dict[str, Any]) -> Article:
    title, text = str(given.get("title") or ""), str(given["text"])
    published = given.get("published")
    is_text = isinstance(published, str)
    if published is not None and not (is_text and parse_time(published)):
        raise ValueError(f"`published` is {published!r}, no time in ISO 8601")
    return Article(
        id=make_id(title, text, str(published or "")), source="", url=None, title=title,
        text=text, authors=(), published=published, published_from="feed" if published else "",
        first_seen="", language_hint=None, site="", publisher="", voice="independent",
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
