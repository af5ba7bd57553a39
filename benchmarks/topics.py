"""Pairs of real news items of one topic that tell no one event: near by vector, far in time."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray

from digest.calibrate import EVERY
from digest.ports import Encoder
from digest.records import Language
from digest.stages.alignment import Aligner
from digest.stages.candidates import near_pairs
from digest.stages.evidence import Measurer
from digest.stages.leads import LATER, WEEK, Leads
from digest.stages.second import SecondLook
from digest.stages.window import Window

from .corpora import Corpus, make_article, read_lines
from .judging import embed_corpus

WEEKS = ("2026-W20", "2026-W21", "2026-W22")
ITEMS = 6_000
PAIRS = 15_000  # the nearest
NEAR = (0.35, 0.93)  # cosines between which two items are of one topic and no copies
DAYS = 8.0  # between two items at least: an event is told within a week
GAP, GONE_ON = EVERY.index("gap"), EVERY.index("gone_on")


def stream(count: int = ITEMS, *, seed: int = 0) -> Corpus:
    """Return some items of the three weeks, each a story of its own."""
    rows = {row["id"]: row for week in WEEKS for row in read_lines(f"stream/{week}.ndjson.xz")}
    some = random.Random(seed).sample(list(rows.values()), min(count, len(rows)))
    articles = [
        make_article(
            row["id"],
            row["title"] or "",
            row["description"] or "",
            published=row["pubDate"],
            url=row["link"],
            publisher=row["source"] or "",
        )
        for row in some
    ]
    spoken = {one.id: Language(one.id, "en", 1.0) for one in articles}
    return Corpus("stream", articles, spoken, [one.id for one in articles], [None] * len(some))


def topic_pairs(encoder: Encoder, second: Encoder) -> NDArray[np.float32]:
    """Return the evidence of pairs that are no event: `EVERY`, then what the second model adds.

    Their days apart are drawn anew, so that nothing is learned from how they were found.
    """
    window = embed_corpus(stream(), encoder)
    pairs = _pairs(window)
    measurer, aligner = Measurer(window.sketches, window.vectors), Aligner(window.sketches, encoder)
    every = np.arange(len(window.sketches))
    aligner.measure(np.stack([every, every], axis=1).astype(np.int32))
    look = SecondLook(window.sketches, second, most=len(every))
    look.read(np.unique(pairs).tolist())
    first = measurer.measure(pairs)
    leads = Leads(window.sketches).measure(pairs, cosine=first[:, EVERY.index("cosine")])
    parts = (first, aligner.measure(pairs), leads, look.measure(pairs))
    evidence = np.concatenate(parts, axis=1)
    evidence[:, GAP] = np.random.default_rng(1).random(len(pairs)) * 0.8
    evidence[evidence[:, GAP] < LATER / WEEK, GONE_ON] = 0.0
    return evidence.astype(np.float32)


def _pairs(window: Window) -> NDArray[np.int32]:
    day = np.array([one.day for one in window.sketches], dtype=np.float64)
    pairs = near_pairs(window.vectors, floor=NEAR[0])
    cosine = np.einsum("nd,nd->n", window.vectors[pairs[:, 0]], window.vectors[pairs[:, 1]])
    kept = (np.abs(day[pairs[:, 0]] - day[pairs[:, 1]]) >= DAYS) & (cosine < NEAR[1])
    nearest = np.argsort(-cosine[kept], kind="stable")[:PAIRS]
    found: NDArray[np.int32] = pairs[kept][nearest]
    return found
