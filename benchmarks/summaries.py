"""Measures summaries on `stories/neus.jsonl.xz`: ROUGE F at equal word limits, beside baselines.

`python -m benchmarks.summaries [--limit 80]` prints the table of summaries.md, and with `--central`
how the weight of what is central in the encoder's space was chosen.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import make_article, read_lines
from benchmarks.rouge import rouge
from digest.records import Article, Language
from digest.stages.summarise import Vectors, summarise
from digest.text import count_words, sentences

ROUNDS = 2_000
SEED = 20_261_121
System = Callable[[Sequence[Article], int], list[str]]


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its articles and the editor's summary."""

    id: str
    articles: list[Article]
    reference: str


def read_events() -> list[Event]:
    """Return the events of `neus`, each article with its own id."""
    return [
        Event(
            row["id"],
            [
                make_article(f"{row['id']}.{place}", told["title"], told["text"])
                for place, told in enumerate(row["articles"])
            ],
            row["ref_summary"],
        )
        for row in read_lines("stories/neus.jsonl.xz")
    ]


def ours(vectors: Vectors | None = None) -> System:
    """Return `digest.stages.summarise` as a system."""

    def run(articles: Sequence[Article], limit: int) -> list[str]:
        spoken = {article.id: Language(article.id, "en", 1.0) for article in articles}
        told = summarise("s", articles, spoken, max_words=limit, vectors=vectors)
        return [quote.text for quote in told.sentences]

    return run


def lead_in_turn(articles: Sequence[Article], limit: int) -> list[str]:
    """Return whole leading sentences, one of each article in turn."""
    rows = [sentences(article.text) for article in articles]
    longest = max(map(len, rows))
    return fill([row[n] for n in range(longest) for row in rows if n < len(row)], limit)


def ranked(name: str) -> System:
    """Return sumy's TextRank or LexRank over all sentences of all articles."""

    def run(articles: Sequence[Article], limit: int) -> list[str]:
        document = _document([s for article in articles for s in sentences(article.text)])
        best: list[str] = []
        for count in range(1, len(document.sentences) + 1):
            picked = [str(s) for s in _summariser(name)(document, count)]
            best += [s for s in picked if picked.count(s) > best.count(s)][:1]
        return fill(best, limit)

    return run


class _Words:
    """sumy's tokenizer without nltk's data files, which have to be downloaded."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return tuple(sentences(text))

    def to_words(self, text: str) -> tuple[str, ...]:
        import re

        return tuple(re.findall(r"[^\W\d_]+", text))


def _document(texts: Sequence[str]):  # type: ignore[no-untyped-def]
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    return ObjectDocumentModel([Paragraph([Sentence(text, _Words()) for text in texts])])


def _summariser(name: str):  # type: ignore[no-untyped-def]
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    kind = {"TextRank": TextRankSummarizer, "LexRank": LexRankSummarizer}[name]
    found = kind(Stemmer("english"))
    found.stop_words = _stop_words()
    return found


def _stop_words() -> frozenset[str]:
    from sumy.utils import get_stop_words

    return frozenset(get_stop_words("english"))


def fill(ordered: Sequence[str], limit: int) -> list[str]:
    """Return sentences in order as long as they fit; one that does not fit is passed over."""
    chosen: list[str] = []
    for sentence in ordered:
        if sum(map(count_words, chosen)) + count_words(sentence) <= limit:
            chosen.append(sentence)
    return chosen


def measure(system: System, events: Sequence[Event], limit: int) -> NDArray[np.float64]:
    """Return ROUGE-1, -2 and -L F and the number of words, a row for each event."""
    rows = []
    for event in events:
        told = " ".join(system(event.articles, limit))
        rows.append((*rouge(told, event.reference), count_words(told)))
    return np.array(rows)


def interval(rows: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the mean and its 95 % bootstrap interval over events."""
    picks = np.random.default_rng(SEED).integers(0, len(rows), (ROUNDS, len(rows)))
    means = rows[picks].mean(axis=1)
    return float(rows.mean()), *map(float, np.percentile(means, (2.5, 97.5)))


def table(results: dict[str, NDArray[np.float64]]) -> str:
    """Return the table: each system's figures, and ours less each baseline, paired."""
    lines = ["| system | ROUGE-1 | ROUGE-2 | ROUGE-L | words |", "| --- | --- | --- | --- | --- |"]
    for name, rows in results.items():
        cells = " | ".join("{:.3f} ({:.3f}–{:.3f})".format(*interval(rows[:, n])) for n in range(3))
        lines.append(f"| {name} | {cells} | {rows[:, 3].mean():.0f} |")
    first, *others = results
    for name in others:
        gap = results[first] - results[name]
        cells = " | ".join(
            "{:+.3f} ({:+.3f}–{:+.3f})".format(*interval(gap[:, n])) for n in range(3)
        )
        lines.append(f"| {first} less {name} | {cells} | |")
    return "\n".join(lines)


def main() -> None:
    """Print the table for one word limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=80)
    parser.add_argument("--central", action="store_true", help="choose its weight by folds")
    options = parser.parse_args()
    events, vectors = read_events(), _vectors()
    if options.central:
        print(choose_central(events, vectors, options.limit))
        return
    systems: dict[str, System] = {"Digest": ours(vectors), "without an encoder": ours()}
    systems |= {"lead in turn": lead_in_turn}
    systems |= {name: ranked(name) for name in ("TextRank", "LexRank")}
    results = {name: measure(run, events, options.limit) for name, run in systems.items()}
    print(f"{len(events)} events, at most {options.limit} words\n\n{table(results)}")


WEIGHTS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.2)
FOLDS = 5


def choose_central(events: Sequence[Event], vectors: Vectors, limit: int) -> str:
    """Return the figures of each weight of `CENTRAL`, and of the one that other folds choose."""
    rows = {weight: _central(weight, events, vectors, limit) for weight in WEIGHTS}
    fold = np.random.default_rng(SEED).permutation(len(events)) % FOLDS
    held, picks = np.zeros_like(rows[0.0]), []
    for each in range(FOLDS):
        picks.append(max(WEIGHTS, key=lambda weight: rows[weight][fold != each, 0].mean()))
        held[fold == each] = rows[picks[-1]][fold == each]
    lines = ["| weight | ROUGE-1 | ROUGE-2 | ROUGE-L |", "| --- | --- | --- | --- |"]
    for name, found in {**rows, f"chosen by the other folds: {picks}": held}.items():
        lines.append(
            f"| {name} | " + " | ".join(f"{found[:, n].mean():.4f}" for n in range(3)) + " |"
        )
    gap = interval((held - rows[0.0])[:, 0])
    lines.append("\nROUGE-1 of the held-out less of 0: {:+.4f} ({:+.4f}–{:+.4f})".format(*gap))
    return "\n".join(lines)


def _central(
    weight: float, events: Sequence[Event], vectors: Vectors, limit: int
) -> NDArray[np.float64]:
    from digest.stages import summarise as stage

    before, stage.CENTRAL = stage.CENTRAL, weight
    try:
        return measure(ours(vectors), events, limit)
    finally:
        stage.CENTRAL = before


def _vectors() -> Vectors:
    from digest.config import load_settings
    from digest.wiring import make_encoder  # type: ignore[attr-defined]

    return make_encoder(load_settings()).encode  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
