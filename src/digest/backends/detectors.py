"""Tells the language of a text: its script, then langdetect and voters, more where it is short."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from digest.backends.frequent import frequent_words
from digest.backends.known_languages import BEYOND, LANGUAGES, ONLY_LANGID, SHARES
from digest.backends.norwegian import which_norwegian
from digest.backends.profiles import profiles, without_noise
from digest.backends.scripts import (
    LATIN_WORDS,
    ONE_LANGUAGE,
    could_be_japanese,
    count_scripts,
    han_variant,
    main_script,
    plain_letters,
)
from digest.backends.voters import fasttext, langid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PRIOR = 1.0  #: weight of the shares' logarithms
HINT = 2.5  #: a hint is believed 12 to 1 (e^2.5): a judgement, since none of our data has hints
WEIGHT_FASTTEXT = 1.5  #: of a long text, beside langdetect's log-likelihood, whose weight is 1
# Of a short one: fastText, py3langid, common words. Fitted on texts of two words by
# `benchmarks/fit_detection.py`, beside the prior, which is a judgement and was not fitted.
WEIGHTS_SHORT = (2.2, 7.0, 9.2)
SHORT = 600  #: n-grams (some 200 letters) below which a text is short
SURE = 0.5  #: probability from which fastText may name a language beyond langdetect's
TOLD = 0.2  #: the same where a hint names that language
ALONE = 40  #: characters from which py3langid alone may name one that fastText does not know
# The opinions lean on the same letters, so their sum is too sure of itself; divided by the root of
# the number of n-grams it is calibrated, a short text's with its further voters by this many roots,
# and at least by so much (both by `benchmarks/fit_detection.py`).
ROOTS_SHORT, CALM = 3.0, 22.0
OTHER_LETTERS = re.compile(r"[\u0370-\u1cff\u3040-\ud7a3\uf900-\ufaff]{2}")
CAPITALISED = re.compile(r"(?<![A-Za-zÀ-ʯ])[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ʯ\d]*")
# A letter more than three times in a row, or a word, says no more: the sum would only seem sure.
LENGTHENED = re.compile(r"(\w)\1{3,}")
REPEATED = re.compile(r"\b(\w+)(?:\W+\1\b){2,}")
PIECES, PIECE = 8, 150  #: a long text is judged by so many pieces of so many characters


class LangdetectDetector:
    """The detector: langdetect's profiles, helped by what langdetect ignores.

    Thread-safe; the same text always gives the same answer.
    """

    def detect(self, text: str, *, title: str = "", hints: Sequence[str] = ()) -> tuple[str, float]:
        """Return the BCP-47 language and a confidence in 0-1; ("und", 0) only without letters."""
        given, text = text, without_noise(plain_letters(f"{title}\n{sample(text)}"))
        script, share = main_script(count_scripts(without_names(text)))
        if not script:  # what was taken for noise, an address alone, may have letters
            return _without_script(f"{title}\n{given}", hints)
        if script in ONE_LANGUAGE:
            return ONE_LANGUAGE[script], share
        if script == "Han":
            return _chinese(text, share, hints)
        language, confidence = _by_statistics(text, script=script, hints=hints)
        return language, confidence * share


def sample(text: str) -> str:
    """Return the text, or of a long one pieces from beginning to end, so that no quote decides."""
    if len(text) <= PIECES * PIECE:
        return text
    step = (len(text) - PIECE) / (PIECES - 1)
    return "\n".join(text[int(i * step) : int(i * step) + PIECE] for i in range(PIECES))


def without_names(text: str) -> str:
    """Return a short text of two scripts without capitalised Latin words: they are brand names."""
    if len(text) > SHORT or not OTHER_LETTERS.search(text):
        return text
    return CAPITALISED.sub(" ", text)


def _without_script(text: str, hints: Sequence[str]) -> tuple[str, float]:
    if not any(map(str.isalpha, text)):
        return "und", 0.0
    return (hints[0] if hints else "en"), 0.01  # letters of a script that no known press uses


def _chinese(text: str, share: float, hints: Sequence[str]) -> tuple[str, float]:
    """Return the language of a text of Han characters without kana."""
    language, evidence = han_variant(text)
    told = next(filter(None, map(_eastern_hint, hints)), None)
    if could_be_japanese(text):
        return (told, 0.8 * share) if told == "ja" else (language, min(evidence, 0.6) * share)
    if evidence > 0.5 or told in (None, "ja"):
        return language, evidence * share
    return str(told), 0.8 * share


def _eastern_hint(hint: str) -> str | None:
    name = hint.casefold().replace("_", "-")
    if name.startswith("ja"):
        return "ja"
    if not name.startswith("zh"):
        return None
    traditional = {"hant", "tw", "hk", "mo"}.intersection(name.split("-"))
    return "zh-Hant" if traditional else "zh-Hans"


def _by_statistics(text: str, *, script: str, hints: Sequence[str]) -> tuple[str, float]:
    if script != "Latin":
        text = LATIN_WORDS.sub(" ", text)
    text = REPEATED.sub(r"\1", LENGTHENED.sub(r"\1\1\1", text))
    languages = LANGUAGES[script]
    votes = fasttext().vote(text)
    names = {_primary(hint) for hint in hints}
    beyond = _beyond(votes, script=script, text=text, names=names)
    if beyond:
        return beyond, math.exp(votes.get(beyond, math.log(SURE)))
    scores, grams = _scores(text, languages, votes=votes)
    for language in names.intersection(languages):
        scores[languages.index(language)] += HINT * _divisor(grams)
    return _best(scores, languages, grams=grams, text=text)


def _beyond(votes: dict[str, float], *, script: str, text: str, names: set[str]) -> str | None:
    """Return a language that langdetect does not know: both voters see it, or one and a hint."""
    known = BEYOND[script].split()
    told = [name for name in sorted(names) if votes.get(name, -99.0) > math.log(TOLD)]
    if told and told[0] in known:
        return told[0]
    best = max(votes, key=lambda name: votes[name], default="")
    sure = votes.get(best, -99.0) > math.log(SURE)
    if best in known and sure:
        second = langid()
        agreed = best not in second.languages or second.best(text) == best
        return best if agreed else None
    if not sure and script == "Latin" and len(text) >= ALONE:
        other = langid().best(text)
        return other if other in ONLY_LANGID.split() else None
    return None


def _scores(
    text: str, languages: tuple[str, ...], *, votes: dict[str, float]
) -> tuple[NDArray[np.float64], int]:
    import numpy as np

    known = profiles()
    likelihoods, grams = known.score(text)
    scores = likelihoods[known.columns(languages)].astype(np.float64)
    scores += PRIOR * _of({name: math.log(SHARES.get(name, 0.05)) for name in languages}, languages)
    if grams >= SHORT:
        return scores + WEIGHT_FASTTEXT * _of(votes, languages), grams
    opinions = (
        _of(votes, languages),
        _of(langid().vote(text), languages),
        frequent_words().vote(text, languages),
    )
    return scores + np.tensordot(WEIGHTS_SHORT, opinions, 1), grams


def _of(votes: dict[str, float], languages: Iterable[str]) -> NDArray[np.float64]:
    import numpy as np

    return np.array([votes.get(name, math.log(1e-5)) for name in languages])


def _best(
    scores: NDArray[np.float64], languages: tuple[str, ...], *, grams: int, text: str
) -> tuple[str, float]:
    import numpy as np

    shares = np.exp((scores - scores.max()) / _divisor(grams))
    best = int(scores.argmax())
    confidence = float(shares[best] / shares.sum())
    if languages[best] == "nb" and which_norwegian(text) == "nn":
        return "nn", confidence
    return languages[best], confidence


def _divisor(grams: int) -> float:
    roots = math.sqrt(grams)
    return roots if grams >= SHORT else max(CALM, ROOTS_SHORT * roots)


def _primary(hint: str) -> str:
    name = hint.casefold().replace("_", "-").split("-")[0]
    return "nb" if name in ("no", "nn") else name
