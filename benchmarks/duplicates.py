"""How well the same article is found again, over ten languages at once and rewritten.

    python -m benchmarks.duplicates [embedded]

The coefficients are fitted on four fifths of the stories of all corpora, and the last fifth is
counted, five times. A story is a document; its translations are the articles to be found. What is
counted are the groups that the stage makes (`dedupe`, after `detect` and `embed`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digest.backends.encoders import SentenceEncoder
from digest.stages.verdict import Verdict

from .cache import CachedEncoder
from .corpora import Corpus, documents, events
from .fit_verdicts import SAME, training
from .judging import Bench, fit_verdict
from .measures import (
    FOLDS,
    Rows,
    b_cubed_rows,
    codes,
    f1_of_b_cubed,
    f1_of_pairs,
    folds_of,
    pair_rows,
    share_of,
)
from .staged import Staged, stage_corpus
from .variants import extend

Mask = NDArray[np.bool_]
PAPERS = ("ntrex", "martech-docs")


@dataclass
class Counts:
    """What the held-out stories of one corpus add up to."""

    pairs: list[Rows] = field(default_factory=list)
    b_cubed: list[Rows] = field(default_factory=list)
    languages: dict[str, list[Rows]] = field(default_factory=dict)
    copies: list[Rows] = field(default_factory=list)  #: of each: found or not, 1
    misses: list[Rows] = field(default_factory=list)  #: near-misses, of each: merged or not, 1
    notices: list[Rows] = field(default_factory=list)


def main(name: str = "embedded") -> None:
    """Print the tables."""
    encoder = CachedEncoder(SentenceEncoder(name))
    benches = training(encoder)
    papers = [stage_corpus(extend(documents(one)), encoder) for one in PAPERS]
    apart = stage_corpus(_each_alone(events()), encoder)
    counts = [Counts(), Counts()]
    merged = []
    for one, verdict in enumerate(folds(benches, features=SAME, model=encoder.model)):
        for staged, count in zip(papers, counts, strict=True):
            measure(staged, verdict, held=folds_of(_told(staged)) == one, counts=count)
        held = folds_of(apart.corpus.stories) == one
        merged.append(pair_rows(apart.group(verdict), apart.corpus.stories)[held])
    for title, staged, count in zip(PAPERS, papers, counts, strict=True):
        report(title, staged, count)
    pairs = np.concatenate(merged).sum(axis=0)[1]
    print(f"\nneus: {pairs:.0f} pairs of {len(apart.corpus.articles)} articles merged")


def folds(benches: Sequence[Bench], *, features: Sequence[str], model: str) -> Iterator[Verdict]:
    """Yield for each fold the verdict that is fitted on the others."""
    numbers = [folds_of([one.split("~")[0] for one in bench.stories]) for bench in benches]
    for one in range(FOLDS):
        seen = [number != one for number in numbers]
        yield fit_verdict(benches, seen, model=model, features=features)


def measure(staged: Staged, verdict: Verdict, *, held: Mask, counts: Counts) -> None:
    """Count the held-out articles among the groups of the whole corpus."""
    articles, spoken = staged.corpus.articles, staged.corpus.languages
    language = np.array([spoken[one.id].language for one in articles])
    varied = np.array([one.id.rpartition("~")[2] if "~" in one.id else "" for one in articles])
    plain = varied == ""
    found = staged.group(verdict, plain)
    counts.pairs.append(_rows(staged, found, among=plain, held=held))
    counts.b_cubed.append(_rows(staged, found, among=plain, held=held, measure=b_cubed_rows))
    for other in sorted(set(language) - {"en"}):
        two = plain & ((language == other) | (language == "en"))
        rows = _rows(staged, staged.group(verdict, two), among=two, held=held)
        counts.languages.setdefault(other, []).append(rows)
    found = staged.group(verdict)
    told = np.array(staged.corpus.stories)
    for kind, rows in (("copy", counts.copies), ("other", counts.misses)):
        places = [n for n in np.flatnonzero(held) if varied[n].startswith(kind)]
        rows.append(_joined(found, told, places, plain=plain))
    notice = varied == "notice"
    rows = _rows(staged, staged.group(verdict, notice), among=notice, held=held)
    counts.notices.append(rows)


def _joined(found, told, places: Sequence[int], *, plain: Mask) -> Rows:  # type: ignore[no-untyped-def]
    """Return for each story of some variants how many joined its articles, and how many it has."""
    stories = np.array([told[n].split("~")[0] for n in places])
    joined = [
        bool(((found == found[n]) & (told == story) & plain).any())
        for n, story in zip(places, stories, strict=True)
    ]
    rows = np.zeros((len(set(stories)), 2))
    for row, hit in zip(codes(stories), joined, strict=True):
        rows[row] += (hit, 1)
    return rows


def _told(staged: Staged) -> list[str]:
    return [one.split("~")[0] for one in staged.corpus.stories]


def _each_alone(corpus: Corpus) -> Corpus:
    """Return a corpus in which no article is another again."""
    alone = [one.id for one in corpus.articles]
    return Corpus(corpus.name, corpus.articles, corpus.languages, alone, corpus.ignored)


def _rows(staged: Staged, found, *, among: Mask, held: Mask, measure=pair_rows) -> Rows:  # type: ignore[no-untyped-def]
    """Return the rows of the held-out stories."""
    places = np.flatnonzero(among)
    stories = [staged.corpus.stories[n] for n in places]
    near = [staged.corpus.ignored[n] for n in places]
    rows: Rows = measure(found[places], stories, ignored=near)
    mine = {story for story, n in zip(stories, places, strict=True) if held[n]}
    return rows[[story in mine for story in dict.fromkeys(stories)]]


def report(title: str, staged: Staged, counts: Counts) -> None:
    """Print one corpus."""
    print(f"\n## {title}: {len(set(staged.corpus.stories))} stories with variants\n")
    print("| measure | figure |\n| --- | --- |")
    print(f"| pairwise F1, ten languages at once | {f1_of_pairs(np.concatenate(counts.pairs))} |")
    print(f"| B³ F1, likewise | {f1_of_b_cubed(np.concatenate(counts.b_cubed))} |")
    for language, rows in counts.languages.items():
        print(f"| pairwise F1, {language} with en | {f1_of_pairs(np.concatenate(rows))} |")
    print(f"| title and 0–8 sentences, F1 | {f1_of_pairs(np.concatenate(counts.notices))} |")
    for what, rows in (
        ("rewritten copies found", counts.copies),
        ("near-misses merged", counts.misses),
    ):
        every = np.concatenate(rows)
        print(f"| {what}, of {every[:, 1].sum():.0f} | {share_of(every)} |")
    misread = staged.misread()
    print(f"\n{len(misread)} of {len(staged.languages)} articles are read in another language.")


if __name__ == "__main__":
    main(*sys.argv[1:])
