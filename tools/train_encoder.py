r"""Trains the multilingual encoder that ships with Digest, from parallel sentences, in an hour.

    .venv/bin/python tools/train_encoder.py ../shared/data/parallel/parallel.tsv.xz \
        --measure ../shared/data/crosslingual

Two cores and 4 GiB are enough. What takes long (the teacher's vectors, the tokenizer) is kept in
the work folder. `--measure` writes the card's figures. `--development` holds out three sources,
prints how well their translations are found, and writes no model.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "src")]

from encoder import card, corpus, export, learn, measure, subwords, teacher  # noqa: E402  (the path above)
from encoder.rows import Row, cldr_rows, read_rows  # noqa: E402

NAME = "digest-static-1"
# News, a guide and product documentation. The tokenizer never sees them, so that figures of
# `--development` hold for words of other texts too; the shipped vectors learn from them.
HELD_OUT = ("flores-dev", "github/opensource.guide", "AdobeDocs/mix-modeler")
LEARNED_SUBWORDS = 40_000
KEPT_SUBWORDS = 38_000  #: with 384 numbers each, what fits into 16 MB beside the tokenizer


def main() -> None:
    """Train, write the model and its card, and print what happened."""
    args = _arguments()
    rows = [*read_rows(args.data), *cldr_rows()]
    tokenizer = make_tokenizer(rows, args.work / "tokenizer.json")
    _say(f"{len(rows):,} rows, {tokenizer.get_vocab_size():,} subwords")
    used = [row for row in rows if not (args.development and row.source in HELD_OUT)]
    taught = teacher.teach([row.texts["en"] for row in used], cache=args.work)
    _say("the teacher has read its sentences")
    plan = learn.Plan(steps=args.steps, seed=args.seed)
    table = train(used, tokenizer, taught, plan=plan)
    if args.development:
        print_development(table, tokenizer, rows)
        return
    folder = args.to / NAME
    export.save_model(table, tokenizer, folder)
    figures = _figures(folder, args.measure) if args.measure else "See `benchmarks/retrieval.md`."
    card.write_card(
        folder,
        rows=used,
        plan=plan,
        shape=(len(table), table.shape[1]),
        longest=teacher.LONGEST,
        figures=figures,
    )
    _say(f"{folder}: {export.size_of(folder):,} bytes")


def make_tokenizer(rows: list[Row], file: Path) -> Tokenizer:
    """Return the tokenizer, learned at the first call and read from `file` at later ones."""
    if not file.exists():
        seen = [row for row in rows if row.source not in (*HELD_OUT, "cldr")]
        texts = subwords.sample_texts(seen)
        texts += [text for row in rows if row.source == "cldr" for text in row.texts.values()]
        learned = subwords.train_tokenizer(texts, size=LEARNED_SUBWORDS)
        file.parent.mkdir(parents=True, exist_ok=True)
        subwords.save_compact(subwords.trim(learned, size=KEPT_SUBWORDS), file)
    return Tokenizer.from_file(str(file))


def train(
    rows: list[Row], tokenizer: Tokenizer, taught: NDArray[np.float32], *, plan: learn.Plan
) -> NDArray[np.float32]:
    """Return a vector for each subword, its weight multiplied in."""
    texts = corpus.make_corpus(rows, tokenizer)
    student = learn.start(texts, taught, size=tokenizer.get_vocab_size(), seed=plan.seed)
    _say("the student starts")
    learn.learn(student, texts, taught, plan=plan, report=_report)
    return student.table()


def print_development(table: NDArray[np.float32], tokenizer: Tokenizer, rows: list[Row]) -> None:
    """Print how well translations of the held-out sources are found."""
    for source in HELD_OUT:
        part = [row for row in rows if row.source == source]
        shares = measure.sentence_accuracy(table, tokenizer, part)
        worst = min(shares, key=lambda language: shares[language])
        print(
            f"{source}: sentences {np.mean(list(shares.values())):.3f}, "
            f"worst {worst} {shares[worst]:.3f}, "
            f"small documents F1 {measure.document_f1(table, tokenizer, part):.3f}"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="parallel.tsv.xz")
    parser.add_argument("--to", type=Path, default=ROOT / "src/digest/models")
    parser.add_argument("--work", type=Path, default=Path("/tmp/digest-encoder"))
    parser.add_argument("--measure", type=Path, help="folder of the retrieval sets, for the card")
    parser.add_argument("--steps", type=int, default=learn.Plan().steps)
    parser.add_argument("--seed", type=int, default=learn.Plan().seed)
    parser.add_argument("--development", action="store_true")
    return parser.parse_args()


def _figures(folder: Path, data: Path) -> str:
    from benchmarks import retrieval

    encoders = [retrieval.KeptVectors(str(folder), folder=None)]
    lines = []
    for name in retrieval.SETS:
        documents = retrieval.read(data / f"{name}.jsonl.xz")
        results = [retrieval.document_accuracy(encoders[0], documents)]
        lines += retrieval.table(f"Documents of {name}", results, encoders)
    return "\n".join(lines).replace("## ", "### ")


def _report(step: int, loss: float) -> None:
    if step % 50 == 0:
        _say(f"step {step}: loss {loss:.3f}")


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


if __name__ == "__main__":
    main()
