"""Makes `src/digest/data/common_words.tsv` again: how common a word is in news and documentation.

    python tools/count_words.py ../shared/data/parallel/parallel.tsv.xz

A word's share is that of an article with 20 sentences in which it stands at least once, in the
language where it is the most common. Sentences whose licence allows research only are left out.
"""

from __future__ import annotations

import csv
import lzma
import sys
from collections import Counter
from pathlib import Path

from digest.stages.lexicon import terms

OUT = Path(__file__).parents[1] / "src/digest/data/common_words.tsv"
SENTENCES = 20  # of an article
LEAST = 0.01  # share of articles under which a word counts as rare
LANGUAGES = ("en", "de", "es", "fr", "it", "ja", "nl", "pt", "zh-Hans", "zh-Hant")
HEAD = (
    "# Words and the share of articles (20 sentences) that have them, in the language where they\n"
    "# are the most common. Counted by tools/count_words.py over documentation, news and\n"
    "# everyday sentences in ten languages: Adobe (MIT), Microsoft and opensource.guide (CC BY\n"
    "# 4.0), Hugging Face and CNCF (Apache-2.0), Mozilla (MPL-2.0), Tatoeba (CC BY 2.0 FR),\n"
    "# TICO-19 (CC0), FLORES (CC BY-SA).\n"
)


def main(path: str) -> None:
    """Count and write the file."""
    seen: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    sentences: Counter[str] = Counter()
    csv.field_size_limit(sys.maxsize)
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["source"].startswith("wmt-"):
                continue
            for language in LANGUAGES:
                if row[language]:
                    sentences[language] += 1
                    seen[language].update(set(terms(row[language])))
    shares: dict[str, float] = {}
    for language, counts in seen.items():
        for word, count in counts.items():
            share = 1 - (1 - count / sentences[language]) ** SENTENCES
            if share >= LEAST and count >= 20:
                shares[word] = max(share, shares.get(word, 0.0))
    lines = [f"{word}\t{share:.3f}\n" for word, share in sorted(shares.items())]
    OUT.write_text(HEAD + "".join(lines), "utf-8")
    print(f"{len(lines)} words, {OUT.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main(sys.argv[1])
