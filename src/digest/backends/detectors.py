"""Tells the language of a text: its script first, then langdetect and, if short, two voters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from digest.backends.norwegian import which_norwegian
from digest.backends.profiles import NOISE, profiles
from digest.backends.scripts import (
    LATIN_WORDS,
    ONE_LANGUAGE,
    count_scripts,
    han_variant,
    main_script,
    plain_letters,
)
from digest.backends.voters import fasttext, langid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Which of langdetect's languages are written in a script of many languages.
LANGUAGES = {
    "Latin": (
        *("af", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id"),
        *("it", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "so", "sq", "sv", "sw"),
        *("tl", "tr", "vi"),
    ),
    "Cyrillic": ("bg", "mk", "ru", "uk"),
    "Arabic": ("ar", "fa", "ur"),
    "Devanagari": ("hi", "mr", "ne"),
}
# Languages that langdetect has no profile of: both voters together may name them.
BEYOND = {
    "Latin": "az eo eu fo fy ga gd gl is la lb ms mt oc uz",
    "Cyrillic": "be ba kk ky mn sr tg tt",
    "Arabic": "ckb ps sd ug",
    "Devanagari": "sa",
}
# Share of web pages in each language, in per cent (W3Techs, usage of content languages, 2025);
# all others: 0.05. A weak prior: it decides between short texts that could be either.
SHARES = {
    "en": 49, "es": 6, "de": 5.9, "fr": 4.4, "pt": 3.9, "ru": 3.8, "it": 2.7, "nl": 2.2, "pl": 1.8,
    "tr": 1.7, "fa": 1.2, "vi": 1.1, "id": 1.1, "cs": 1, "uk": 0.6, "ar": 0.6, "hu": 0.6,
    "ro": 0.5, "sv": 0.5, "da": 0.4, "fi": 0.4, "sk": 0.3, "bg": 0.2, "nb": 0.2, "hr": 0.2,
    "lt": 0.2, "sl": 0.1, "ca": 0.1, "et": 0.1, "lv": 0.1,
}  # fmt: skip
PRIOR, HINT = 0.6, 2.0  #: weight of the shares' logarithms; what one hint adds (e² = 7 to 1)
WEIGHT_FASTTEXT, WEIGHT_LANGID = 1.0, 0.7  #: of the voters beside langdetect's log-likelihood
SHORT = 600  #: n-grams (some 200 letters) below which the slower voter is asked too
SURE = 0.5  #: probability from which fastText may name a language beyond langdetect's
PIECES, PIECE = 8, 400  #: a long text is judged by so many pieces of so many characters


class LangdetectDetector:
    """The detector: langdetect's profiles, helped by what langdetect ignores.

    Thread-safe; the same text always gives the same answer.
    """

    def detect(self, text: str, *, title: str = "", hints: Sequence[str] = ()) -> tuple[str, float]:
        """Return the BCP-47 language and a confidence in 0-1; ("und", 0) only without letters."""
        text = NOISE.sub(" ", plain_letters(f"{title}\n{sample(text)}"))
        script, share = main_script(count_scripts(text))
        if not script:
            return _without_script(text, hints)
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


def _without_script(text: str, hints: Sequence[str]) -> tuple[str, float]:
    if not any(map(str.isalpha, text)):
        return "und", 0.0
    return (hints[0] if hints else "en"), 0.01  # letters of a script that no known press uses


def _chinese(text: str, share: float, hints: Sequence[str]) -> tuple[str, float]:
    language, evidence = han_variant(text)
    if evidence > 0.5:
        return language, evidence * share
    told = [hint for hint in map(_chinese_hint, hints) if hint]
    return (told[0] if told else language), 0.5 * share


def _chinese_hint(hint: str) -> str | None:
    name = hint.casefold().replace("_", "-")
    if name.startswith("ja"):
        return "ja"
    if not name.startswith("zh"):
        return None
    return "zh-Hant" if any(part in name for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"


def _by_statistics(text: str, *, script: str, hints: Sequence[str]) -> tuple[str, float]:
    if script != "Latin":
        text = LATIN_WORDS.sub(" ", text)
    languages = LANGUAGES[script]
    votes = fasttext().vote(text)
    beyond = _beyond(votes, script=script, text=text)
    if beyond:
        return beyond, math.exp(votes[beyond])
    scores, grams = _scores(text, languages, votes=votes)
    for language in {_primary(hint) for hint in hints}.intersection(languages):
        scores[languages.index(language)] += HINT
    return _best(scores, languages, grams=grams, text=text)


def _beyond(votes: dict[str, float], *, script: str, text: str) -> str | None:
    best = max(votes, key=lambda name: votes[name], default="")
    if best not in BEYOND[script].split() or votes[best] < math.log(SURE):
        return None
    second = langid()
    if best in second.languages and next(iter(second.vote(text))) != best:
        return None
    return best


def _scores(
    text: str, languages: tuple[str, ...], *, votes: dict[str, float]
) -> tuple[NDArray[np.float64], int]:
    import numpy as np

    known = profiles()
    likelihoods, grams = known.score(text)
    scores = likelihoods[known.columns(languages)].astype(np.float64)
    scores += PRIOR * _of({name: math.log(SHARES.get(name, 0.05)) for name in languages}, languages)
    scores += WEIGHT_FASTTEXT * _of(votes, languages)
    if grams < SHORT:
        scores += WEIGHT_LANGID * _of(langid().vote(text), languages)
    return scores, grams


def _of(votes: dict[str, float], languages: Iterable[str]) -> NDArray[np.float64]:
    import numpy as np

    return np.array([votes.get(name, math.log(1e-5)) for name in languages])


def _best(
    scores: NDArray[np.float64], languages: tuple[str, ...], *, grams: int, text: str
) -> tuple[str, float]:
    import numpy as np

    shares = np.exp((scores - scores.max()) / max(1.0, math.sqrt(grams) / 4))
    best = int(scores.argmax())
    confidence = float(shares[best] / shares.sum())
    if languages[best] == "nb" and which_norwegian(text) == "nn":
        return "nn", confidence
    return languages[best], confidence


def _primary(hint: str) -> str:
    name = hint.casefold().replace("_", "-").split("-")[0]
    return "nb" if name in ("no", "nn") else name
