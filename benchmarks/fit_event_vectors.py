"""Learns what an article reports from cues and sentence vectors together, and says how well.

`.venv/bin/python -m benchmarks.fit_event_vectors [--write]` learns a multinomial logistic from the
texts for development. It prints, of those held out by story and of others that nothing is learned
from, precision and recall of the kind of event, beside those of cues alone that are learned from
the same texts; `--write` renews `digest/data/events.npz`. A cue that stands in one learned text
alone does not count there: it was written for it.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.development import (
    ITEMS,
    LAUNCHES,
    NEWS,
    TAUGHT,
    Text,
    read_corpus_texts,
    read_item_texts,
)
from digest.config import Settings
from digest.ports import Encoder
from digest.stages.cues import cues_for
from digest.stages.event_cues import MOST, NEW, NOTHING, TWICE
from digest.stages.event_vectors import PARTS, join_signs
from digest.stages.taxonomy import load_knowledge
from digest.text import split_sentences
from digest.wiring import make_encoder

HERE = Path(__file__).parent
FILE = HERE.parent / "src" / "digest" / "data" / "events.npz"
DATA = HERE / "data"
FRESH, MANUALS = DATA / "martech_news_fresh.jsonl", DATA / "martech_manuals_dev.jsonl"
TELLINGS = DATA / "martech_tellings.jsonl"
#: Files with their half: what is learned from, what is judged first and then learned from by what
#: is written, and what is only judged.
LEARNED = ((ITEMS, ""), (NEWS, "develop"), (FRESH, ""), (LAUNCHES, "open"), (MANUALS, "open"))
THEN_LEARNED = ((NEWS, "check"), (LAUNCHES, "held"))
ONLY_JUDGED = ((TELLINGS, "open"),)
STRENGTH = 1.0  #: scikit-learn's default, not tuned
FOLDS = 10
LEVELS = (0.9, 0.8, 0.7)  #: precisions at which recall is printed
Matrix = NDArray[np.float64]
Met = dict[int, list[tuple[tuple[str, str], float]]]  #: a sign's cues: kind and phrase, and worth


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A text, its event, the cues that it has, and its vectors as signs."""

    text: Text
    event: str
    cues: Met
    vectors: NDArray[np.float32]


def event_of(text: Text) -> str:
    """Return the event that a text tells first."""
    launches = text.wanted.get("launches") or []
    return str(launches[0]["event"]) if launches else NOTHING


def cues_in(text: Text) -> Met:
    """Return the cues of each sign, as `digest.stages.event_cues.signs_of` counts them."""
    article, found = text.article, Met()
    opening = [article.text[start:end] for start, end in split_sentences(article.text)[:3]]
    parts = (article.title or "", "".join(opening[:1]), " ".join(opening[1:]))
    for kind, (name, cues) in enumerate(load_knowledge().events.items()):
        for place, part in enumerate(parts):
            lower = part.lower()
            for cue in cues_for(cues, text.language).present_in(lower):
                many = min(sum(1 for _ in cue.spans(part, lower)), TWICE)
                worth = ((name, cue.phrase), many * cue.weight)
                found.setdefault(kind * len(parts) + place, []).extend([worth] * bool(many))
    return found


def see(texts: Iterator[Text], encoder: Encoder) -> list[Seen]:
    """Return what is read in texts whose launches are labelled."""
    return [
        Seen(
            text,
            event_of(text),
            cues_in(text),
            join_signs([], text.article.title or "", text.article.text, encoder),
        )
        for text in texts
        if "launches" in text.wanted
    ]


def signs_of(seen: Sequence[Seen], learned: Sequence[Seen] = ()) -> Matrix:
    """Return the signs, shape (texts, signs); of learned texts without the cues of one alone."""
    met: Counter[tuple[str, str]] = Counter()
    for story in {one.text.story for one in learned}:
        same = (one for one in learned if one.text.story == story)
        met.update({cue for one in same for row in one.cues.values() for cue, _ in row})
    rows = np.zeros((len(seen), 3 * len(load_knowledge().events)))
    for n, one in enumerate(seen):
        for place, row in one.cues.items():
            worth = sum(w for cue, w in row if not learned or met[cue] > 1)
            rows[n, place] = min(worth, MOST)
    return np.concatenate([rows, np.stack([one.vectors for one in seen])], axis=1)


def fit(learned: Sequence[Seen], *, vectors: bool = True) -> LogisticRegression:
    """Return the model; without vectors every cue counts, as nothing else is there."""
    signs = signs_of(learned, learned) if vectors else only_cues(signs_of(learned))
    return LogisticRegression(C=STRENGTH, max_iter=3000).fit(signs, [one.event for one in learned])


def only_cues(signs: Matrix) -> Matrix:
    """Return the signs of cues alone."""
    return signs[:, : 3 * len(load_knowledge().events)]


def chances(model: LogisticRegression, seen: Sequence[Seen]) -> tuple[Matrix, list[str]]:
    """Return the chance of each kind, launch and feature as one, and the kinds."""
    signs = signs_of(seen)
    rows = model.predict_proba(signs[:, : model.coef_.shape[1]])
    classes = list(model.classes_)
    new = sum(rows[:, classes.index(part)] for part in PARTS)
    kinds = [name for name in classes if name not in PARTS]
    every = [rows[:, classes.index(name)] for name in kinds]
    return np.stack([*every, new], axis=1), [*kinds, NEW]


def line_of(name: str, rows: Matrix, kinds: list[str], seen: Sequence[Seen]) -> str:
    """Return what is right of the likeliest kinds, and recall where precision is a level's."""
    wanted = np.array([NEW if one.event in PARTS else one.event for one in seen])
    told, some = np.array(kinds)[rows.argmax(1)], wanted != NOTHING
    right, found = told == wanted, told != NOTHING
    events = rows.copy()
    events[:, kinds.index(NOTHING)] = 0
    order = np.argsort(-events.max(1))
    hits = np.cumsum((np.array(kinds)[events.argmax(1)] == wanted)[order])
    share = hits / np.arange(1, len(hits) + 1)
    best = [max(hits[share >= level], default=0) / some.sum() for level in LEVELS]
    return (
        f"| {name} | {right[found].mean():.3f} | {right[some].mean():.3f} | "
        f"{' | '.join(f'{each:.3f}' for each in best)} |"
    )


def held_out(
    learned: list[Seen], taught: list[Seen], *, vectors: bool
) -> tuple[Matrix, list[str], list[Seen]]:
    """Return the chances of texts by models that have not seen their story."""
    rows, order, kinds = [], [], [""]
    for seen, held in GroupKFold(FOLDS).split(learned, groups=[x.text.story for x in learned]):
        others = [learned[n] for n in held]
        told, kinds = chances(fit([*(learned[n] for n in seen), *taught], vectors=vectors), others)
        rows.append(told)
        order += others
    return np.concatenate(rows), kinds, order


def read(files: Sequence[tuple[Path, str]]) -> Iterator[Text]:
    """Give the texts of files, of a half alone where one is named."""
    for file, half in files:
        yield from read_item_texts(file, half=half)


def main() -> None:
    """Print the figures, and write the model where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    encoder = make_encoder(Settings())
    learned = see(read(LEARNED), encoder) + see(read_corpus_texts(), encoder)
    taught = see(read_item_texts(TAUGHT), encoder)
    print(f"{len(learned)} texts, {len(taught)} that only teach\n")
    print("| texts, signs | precision | recall | recall at 0.9 | 0.8 | 0.7 |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, vectors in (("cues alone", False), ("cues and vectors", True)):
        rows, kinds, order = held_out(learned, taught, vectors=vectors)
        print(line_of(f"held out, {name}", rows, kinds, order))
        model = fit(learned + taught, vectors=vectors)
        for file, half in (*THEN_LEARNED, *ONLY_JUDGED):
            seen = see(read([(file, half)]), encoder)
            rows, kinds = chances(model, seen)
            print(line_of(f"{file.stem} {half}, {name}", rows, kinds, seen))
    if options.write:
        every = learned + see(read(THEN_LEARNED), encoder) + taught
        write(fit(every), encoder.model)


def write(model: LogisticRegression, encoder: str) -> None:
    """Write the model, its weights in half precision."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        model=np.array(encoder),
        classes=np.array([str(name) for name in model.classes_]),
        bias=model.intercept_.astype(np.float32),
        weights=model.coef_.T.astype(np.float16),
    )
    FILE.write_bytes(file.getvalue())


if __name__ == "__main__":
    main()
