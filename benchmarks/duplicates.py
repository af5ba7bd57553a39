"""How well the same article is found again, over ten languages at once and rewritten.

    python -m benchmarks.duplicates [embedded]

The coefficients are fitted on four fifths of the stories of all corpora, and the last fifth is
counted, five times. A story is a document; its translations are the articles to be found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digest.backends.encoders import SentenceEncoder
from digest.stages.evidence import FEATURES
from digest.stages.verdict import Verdict

from .cache import CachedEncoder
from .corpora import LANGUAGES
from .fit_verdicts import SAME, training
from .judging import Bench, fit_verdict
from .measures import (
    FOLDS,
    Rows,
    b_cubed_rows,
    f1_of_b_cubed,
    f1_of_pairs,
    folds_of,
    pair_rows,
)

Mask = NDArray[np.bool_]


@dataclass
class Counts:
    """What the held-out stories of one corpus add up to."""

    pairs: list[Rows] = field(default_factory=list)
    b_cubed: list[Rows] = field(default_factory=list)
    languages: dict[str, list[Rows]] = field(default_factory=dict)
    copies: list[bool] = field(default_factory=list)  #: whether each rewritten copy was found
    misses: list[bool] = field(default_factory=list)  #: whether each near-miss was merged
    notices: list[Rows] = field(default_factory=list)


def main(name: str = "embedded") -> None:
    """Print the tables."""
    encoder = CachedEncoder(SentenceEncoder(name))
    features = FEATURES if name == "minilm" else SAME
    benches = training(encoder, task="dedupe", aligned=features is SAME)
    papers = benches[:2]
    counts = [Counts(), Counts()]
    for fold, verdict in folds(benches, features=features, model=encoder.model):
        for bench, held, count in zip(papers, fold, counts, strict=False):
            measure(bench, verdict, held=held, counts=count)
    for title, bench, count in zip(("ntrex", "martech-docs"), papers, counts, strict=True):
        report(title, bench, count)


def folds(
    benches: Sequence[Bench], *, features: Sequence[str], model: str
) -> Iterator[tuple[list[Mask], Verdict]]:
    """Yield which articles are held out of each corpus, and the verdict fitted on the others."""
    numbers = [folds_of([one.split("~")[0] for one in bench.stories]) for bench in benches]
    for one in range(FOLDS):
        seen = [number != one for number in numbers]
        yield (
            [number == one for number in numbers],
            fit_verdict(benches, seen, model=model, features=features),
        )


def measure(bench: Bench, verdict: Verdict, *, held: Mask, counts: Counts) -> None:
    """Count the held-out articles among the groups of the whole corpus."""
    spoken = np.array([one.language for one in bench.judge.window.sketches])
    varied = np.array([one.id.rpartition("~")[2] for one in bench.judge.window.sketches])
    plain = np.array(["~" not in one.id for one in bench.judge.window.sketches])
    told = np.array(bench.stories)
    found = bench.group(verdict, plain)
    counts.pairs.append(_rows(bench, found, among=plain, held=held))
    counts.b_cubed.append(_rows(bench, found, among=plain, held=held, measure=b_cubed_rows))
    for language in sorted(set(spoken) - {"en"}):
        two = plain & ((spoken == language) | (spoken == "en"))
        rows = _rows(bench, bench.group(verdict, two), among=two, held=held)
        counts.languages.setdefault(language, []).append(rows)
    found = bench.group(verdict)
    for n in np.flatnonzero(held & ~plain):
        story = told == told[n].removesuffix("~other")
        together = (found == found[n]) & story & plain
        if varied[n].startswith("copy"):
            counts.copies.append(bool(together.any()))
        elif varied[n].startswith("other"):
            counts.misses.append(bool(together.any()))
    notice = varied == "notice"
    found = bench.group(verdict, notice)
    counts.notices.append(_rows(bench, found, among=notice, held=held))


def _rows(bench: Bench, found, *, among: Mask, held: Mask, measure=pair_rows) -> Rows:  # type: ignore[no-untyped-def]
    """Return the rows of the held-out stories."""
    places = np.flatnonzero(among)
    stories = [bench.stories[n] for n in places]
    near = [bench.ignored[n] for n in places]
    rows: Rows = measure(found[places], stories, ignored=near)
    mine = {story for story, n in zip(stories, places, strict=True) if held[n]}
    return rows[[story in mine for story in dict.fromkeys(stories)]]


def report(title: str, bench: Bench, counts: Counts) -> None:
    """Print one corpus."""
    print(f"\n## {title}: {len(set(bench.stories))} stories with variants\n")
    print(f"| retrieval into English | {retrieval(bench)} |")
    print(f"| pairwise F1, ten languages at once | {f1_of_pairs(np.concatenate(counts.pairs))} |")
    print(f"| B³ F1, likewise | {f1_of_b_cubed(np.concatenate(counts.b_cubed))} |")
    for language, rows in counts.languages.items():
        print(f"| pairwise F1, {language} with en | {f1_of_pairs(np.concatenate(rows))} |")
    print(f"| title and 0–8 sentences, F1 | {f1_of_pairs(np.concatenate(counts.notices))} |")
    print(f"| rewritten copies found | {np.mean(counts.copies):.3f} of {len(counts.copies)} |")
    print(
        f"| near-misses merged | {np.mean(counts.misses):.3f} of {len(counts.misses)} |", flush=True
    )


def retrieval(bench: Bench) -> str:
    """Return the share of documents of each language whose nearest English one is their own."""
    window, told = bench.judge.window, np.array(bench.stories)
    plain = np.array(["~" not in one.id for one in window.sketches])
    spoken = np.array([one.language for one in window.sketches])
    english = np.flatnonzero(plain & (spoken == "en"))
    shares = []
    for language in LANGUAGES[1:]:
        own = np.flatnonzero(plain & (spoken == language) & np.isin(told, told[english]))
        nearest = english[(window.vectors[own] @ window.vectors[english].T).argmax(axis=1)]
        shares.append(f"{language} {np.mean(told[nearest] == told[own]):.3f}")
    return ", ".join(shares)


if __name__ == "__main__":
    main(*sys.argv[1:])
