"""From the parallel file to numbers: cleaned, varied, cut into pieces, kept in the work folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tools.train_translation import vocab
from tools.train_translation.cleaning import clean
from tools.train_translation.corpus import make_corpus
from tools.train_translation.rows import Pair, read_pairs
from tools.train_translation.steps import CORPUS, FACTS, HELD
from tools.train_translation.variants import add_variants

Telling = Callable[[str], None]


def prepare(
    data: Path,
    work: Path,
    *,
    languages: tuple[str, ...],
    size: int = vocab.SIZE,
    every: int = 1,
    seed: int = 1,
    workers: int = 1,
    tell: Telling = print,
) -> None:
    """Read the data and write vocabulary, corpus, held-out corpus and facts into the work folder.

    Args:
        data: `parallel.tsv.xz`.
        work: what comes out.
        languages: sources that are wanted.
        size: pieces of the vocabulary.
        every: read every so many pages only; for a smoke run.
        seed: of variants and vocabulary.
        workers: processes.
        tell: is told how it goes.
    """
    pairs, reasons = clean(read_pairs(data, languages=languages, every=every), workers=workers)
    tell(f"{len(pairs):,} pairs are clean; refused: {_told(reasons)}")
    learned = list(add_variants((pair for pair in pairs if not pair.held), seed=seed))
    held = [pair for pair in pairs if pair.held]
    tell(f"{len(learned):,} with their variants, {len(held):,} held out")
    model = vocab.train_vocabulary(learned, size=size, seed=seed)
    work.mkdir(parents=True, exist_ok=True)
    (work / vocab.FILE).write_bytes(model)
    tell(f"a vocabulary of {vocab.load(work / vocab.FILE).vocab_size():,} pieces")
    corpus = make_corpus(learned, model, workers=workers)
    corpus.save(work / CORPUS)
    make_corpus(held, model, workers=workers).save(work / HELD)
    tell(f"{len(corpus.source.ids) + len(corpus.target.ids):,} pieces to learn from")
    (work / FACTS).write_text(json.dumps(_facts(learned, reasons), indent=2), "utf-8")


def _told(reasons: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in reasons.most_common() if name != "kept")


def _facts(learned: list[Pair], reasons: Counter[str]) -> dict[str, object]:
    counts = Counter(pair.language for pair in learned)
    return {
        "pairs learned from, variants counted": f"{len(learned):,}",
        "of each language": ", ".join(
            f"{name} {count:,}" for name, count in sorted(counts.items())
        ),
        "pairs refused": f"{sum(reasons.values()) - reasons['kept']:,}",
    }
