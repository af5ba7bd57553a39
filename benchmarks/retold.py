"""Measures how well what was told in English is known again in another language, on NTREX-128.

`python -m benchmarks.retold [--held-out]` takes every other sentence of each English document as
told, and asks of each sentence of its translation whether it says one of those again: the table of
summaries.md. The first 30 documents are for setting figures, the others held out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from benchmarks.corpora import make_article, read_lines
from digest.config import load_settings
from digest.stages import retold as stage
from digest.stages.retold import retold
from digest.stages.sentences import Sentence, terms_of
from digest.stages.story_space import Vectors
from digest.text import count_words
from digest.wiring import make_encoder

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans", "zh-Hant")
FOR_SETTING = 30  #: documents, in the order of the file
FLOORS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


def documents(*, held_out: bool) -> list[dict[str, list[str]]]:
    """Return documents as language → sentences, which align."""
    every: dict[str, dict[str, list[str]]] = {}
    for row in read_lines("crosslingual/ntrex.jsonl.xz"):
        every.setdefault(row["story"], {})[row["language"]] = row["sentences"]
    rows = list(every.values())
    return rows[FOR_SETTING:] if held_out else rows[:FOR_SETTING]


def judged(
    rows: list[dict[str, list[str]]], language: str, vectors: Vectors
) -> Iterator[tuple[bool, bool]]:
    """Yield of each sentence whether it was told in English, and whether that was seen."""
    for row in rows:
        told = dict.fromkeys(row["en"][::2], "en")
        sentences = [_sentence(text, place, language) for place, text in enumerate(row[language])]
        found = retold(sentences, told, vectors)
        yield from ((place % 2 == 0, each.text in found) for place, each in enumerate(sentences))


def _sentence(text: str, place: int, language: str) -> Sentence:
    article = make_article("a", "", text).id
    words = count_words(text)
    return Sentence(text, article, place, place + 1, place, 0, words, language, terms_of(text))


def main() -> None:
    """Print the share of told sentences that are seen, and of new ones that are taken for told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true")
    rows = documents(held_out=parser.parse_args().held_out)
    vectors = make_encoder(load_settings()).encode
    print(
        "| cosine | told, seen | new, lost | told, seen, by language |\n| --- | --- | --- | --- |"
    )
    for floor in FLOORS:
        stage.AGAIN = floor
        seen, lost = {}, []
        for language in LANGUAGES:
            pairs = list(judged(rows, language, vectors))
            seen[language] = _share([found for was, found in pairs if was])
            lost.append(_share([found for was, found in pairs if not was]))
        each = ", ".join(f"{language} {share:.0%}" for language, share in seen.items())
        mean = sum(seen.values()) / len(seen)
        print(f"| {floor} | {mean:.1%} | {sum(lost) / len(lost):.2%} | {each} |")


def _share(found: list[bool]) -> float:
    return sum(found) / len(found)


if __name__ == "__main__":
    main()
