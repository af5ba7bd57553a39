"""Fits the weights of the voters on short texts, on the development half of the sentences alone.

    python benchmarks/fit_detection.py [--data FOLDER]

Texts of two neighbouring words, and of two such of four letters and more, cut by another seed than
`detection.py`'s, from every other sentence of the languages that langdetect knows. The weights of
fastText, py3langid and common words, and what a word says for a language without a list, are those
under which the texts' own languages are the likeliest (conditional logit, BFGS); five folds over
the sentences say how well such weights do on texts that they were not fitted on. Then the divisor:
the calmest confidence that is calibrated, by length.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from detection import DATA, KNOWN, TEN, cut, primary, read
from scipy.optimize import minimize

from digest.backends import detectors as detector
from digest.backends.frequent import NO_LIST, frequent_words
from digest.backends.voters import fasttext, langid

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 5
FOLDS = 5


@dataclass(frozen=True)
class Case:
    """A text of which the statistics decide: opinions as rows, languages as columns."""

    sentence: int
    opinions: NDArray[np.float64]
    languages: tuple[str, ...]
    language: str
    grams: int

    @property
    def place(self) -> int:
        """The column of the true language."""
        return self.languages.index(self.language)


def longer(text: str, language: str, *, dice: random.Random) -> str:
    """Return two neighbouring words of four letters and more; any two where there are none."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    places = [n for n in range(len(words) - 1) if min(len(words[n]), len(words[n + 1])) > 3]
    if language in ("ja", "zh") or not places:
        return cut(text, language, dice=dice)
    start = dice.choice(places)
    return " ".join(words[start : start + 2])


def make_case(number: int, text: str, language: str) -> Case | None:
    """Return the opinions on a text; None where its script decides, or cannot be the language's."""
    text = detector.without_noise(detector.plain_letters(f"\n{text}"))
    script, _ = detector.main_script(detector.count_scripts(detector.without_names(text)))
    languages = detector.LANGUAGES.get(script, ())
    if primary(language) not in languages:
        return None
    if script != "Latin":
        text = detector.LATIN_WORDS.sub(" ", text)
    likelihoods, grams = detector.profiles().score(text)
    prior = {name: math.log(detector.SHARES.get(name, 0.05)) for name in languages}
    words = frequent_words().vote(text, languages)
    without = np.array([name not in frequent_words().languages for name in languages])
    opinions = (
        likelihoods[detector.profiles().columns(languages)]
        + detector.PRIOR * detector._of(prior, languages),
        detector._of(fasttext().vote(text), languages),
        detector._of(langid().vote(text), languages),
        np.where(without, 0.0, words),
        np.where(without, words / NO_LIST, 0.0),
    )
    return Case(number, np.array(opinions), languages, primary(language), grams)


def fit(cases: list[Case]) -> NDArray[np.float64]:
    """Return the weight of each opinion; the first one's inverse is the divisor."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros(len(weights))
        for case in cases:
            scores = weights @ case.opinions
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            total -= math.log(max(shares[case.place], 1e-300))
            slope += case.opinions @ shares - case.opinions[:, case.place]
        return total / len(cases), slope / len(cases)

    start = np.array([0.03, 0.1, 0.3, 0.3, -2.0])
    return np.asarray(minimize(loss, start, jac=True, method="BFGS").x)


def accuracy(cases: list[Case], weights: NDArray[np.float64]) -> float:
    """Return the share of texts whose likeliest language is their own."""
    hits = sum(int((weights @ case.opinions).argmax()) == case.place for case in cases)
    return hits / max(1, len(cases))


def calmest(cases: list[Case], weights: NDArray[np.float64]) -> float:
    """Return the divisor of the scores under which the true languages are the likeliest."""

    def loss(divisor: float) -> float:
        total = 0.0
        for case in cases:
            scores = weights @ case.opinions / divisor
            top = scores.max()
            total -= scores[case.place] - top - math.log(np.exp(scores - top).sum())
        return total

    return float(min(np.arange(2, 80, 1.0), key=loss))


def main() -> None:
    """Print weights, what they do on held-out folds, and the divisor by length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of langid")
    rows = read(parser.parse_args().data / "langid" / "sentences.jsonl.xz")[::2]
    rows = [row for row in rows if row["language"] in KNOWN]
    dice = random.Random(SEED)
    cases: dict[str, list[Case]] = {"two words": [], "two longer words": [], "sentences": []}
    for number, row in enumerate(rows):
        given = row["text"], row["language"]
        texts = (cut(*given, dice=dice), longer(*given, dice=dice), row["text"])
        for kind, text in zip(cases, texts, strict=True):
            if case := make_case(number, text, row["language"]):
                cases[kind].append(case)
    short = cases["two words"] + cases["two longer words"]
    held: list[float] = []
    for fold in range(FOLDS):
        weights = fit([case for case in short if case.sentence % FOLDS != fold])
        held.append(accuracy([case for case in short if case.sentence % FOLDS == fold], weights))
    weights = fit(short)
    scaled = weights / weights[0]
    names = ("n-grams and prior", "fastText", "py3langid", "common words", "no list")
    print(dict(zip(names, scaled.round(2).tolist(), strict=True)))
    print(f"no list, for one word: {scaled[4] / scaled[3]:.1f}; divisor {1 / weights[0]:.0f}")
    print(f"held-out folds: {np.mean(held):.4f} (each {np.round(held, 4).tolist()})")
    for kind, some in cases.items():
        ten = [case for case in some if case.language in TEN]
        print(f"{kind}: {accuracy(some, scaled):.4f}, of the ten {accuracy(ten, scaled):.4f}")
        for low, high in ((0, 50), (50, 150), (150, 300), (300, 600)):
            part = [case for case in some if low <= case.grams < high]
            if len(part) > 200:
                print(f"  {low}-{high} n-grams ({len(part)}): divisor {calmest(part, scaled):.0f}")


if __name__ == "__main__":
    main()
