"""How good the packages are: BLEU and chrF, and what Digest would show of their sentences."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sacrebleu

from digest.ports import Translator
from digest.stages.attempts import Sentence, translate_sentences
from digest.stages.judge import judge
from digest.stages.protect import NO_GLOSSARY
from digest.text import split_sentences
from tools.train_translation.gate import Figures
from tools.train_translation.languages import TARGET

Lines = Sequence[tuple[str, str]]  #: a line and its English
Say = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """BLEU and chrF by sacrebleu with its defaults (13a, chrF2)."""

    bleu: float
    chrf: float


def measure(
    translator: Translator,
    language: str,
    *,
    docs: Lines,
    news: Lines | None = None,
) -> Figures:
    """Return what was measured of one language.

    Args:
        translator: has the language's package, which shows every answer.
        language: the source.
        docs: lines of `martech-docs`.
        news: sentences of `ntrex`.
    """
    known: dict[str, str] = {}

    def say(sentences: Sequence[str]) -> list[str]:
        new = [each for each in dict.fromkeys(sentences) if each not in known]
        said = translator.translate(new, language=language, to=TARGET)
        known.update(zip(new, said, strict=True))
        return [known[each] for each in sentences]

    score = score_of(docs, say)
    other = score_of(news, say) if news else None
    sentences = [part for line, _ in docs for part in _sentences(line)]
    return Figures(
        language,
        score.bleu,
        score.chrf,
        passing=shown_share(translator, sentences, language),
        plain=plain_share(sentences, say(sentences), language),
        sentences=len(sentences),
        news_bleu=other and other.bleu,
        news_chrf=other and other.chrf,
    )


def score_of(lines: Lines, say: Say) -> Score:
    """Return how near the translations of the lines are to their English, sentence by sentence."""
    parts = [_sentences(line) for line, _ in lines]
    said = iter(say([sentence for sentences in parts for sentence in sentences]))
    made = [" ".join(next(said) for _ in sentences) for sentences in parts]
    wanted = [[english for _, english in lines]]
    return Score(
        sacrebleu.corpus_bleu(made, wanted).score, sacrebleu.corpus_chrf(made, wanted).score
    )


def shown_share(translator: Translator, sentences: Sequence[str], language: str) -> float:
    """Return the share of sentences that Digest would show translated: all its attempts count."""
    wanted = [Sentence(sentence, language) for sentence in sentences]
    outcomes = translate_sentences(wanted, translator=translator, to=TARGET, glossary=NO_GLOSSARY)
    return sum(outcomes[each].ok for each in wanted) / max(len(wanted), 1)


def plain_share(sentences: Sequence[str], said: Sequence[str], language: str) -> float:
    """Return the share of translations that pass the checks as the model gave them."""
    passed = [
        not judge(source, target, language=language, to=TARGET)
        for source, target in zip(sentences, said, strict=True)
    ]
    return sum(passed) / max(len(passed), 1)


def docs_lines(file: Path, language: str) -> Lines:
    """Return the lines of `martech-docs` that stand beside each other in both languages.

    A document whose lines differ in number is left out (about one in fifty), and of documents that
    are nearly the same all but the first. A line that says the same in both is no test.
    """
    stories: dict[str, dict[str, dict[str, Any]]] = {}
    for row in _rows(file):
        stories.setdefault(row["story"], {})[row["language"]] = row
    lines: list[tuple[str, str]] = []
    groups: set[str] = set()
    for versions in stories.values():
        if language not in versions or TARGET not in versions:
            continue
        group = versions[language].get("neardup_group")
        sides = [_lines(versions[each]["text"]) for each in (language, TARGET)]
        if len(sides[0]) == len(sides[1]) and not (group and group in groups):
            groups |= {group} if group else set()
            lines += [pair for pair in zip(*sides, strict=True) if pair[0] != pair[1]]
    return list(dict.fromkeys(lines))


def news_lines(file: Path, language: str) -> Lines:
    """Return the sentences of `ntrex` with their English."""
    stories: dict[str, dict[str, list[str]]] = {}
    for row in _rows(file):
        stories.setdefault(row["story"], {})[row["language"]] = row["sentences"]
    return [
        pair
        for versions in stories.values()
        if language in versions and TARGET in versions
        for pair in zip(versions[language], versions[TARGET], strict=True)
    ]


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(file, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _sentences(line: str) -> list[str]:
    return [line[start:end] for start, end in split_sentences(line)]
