"""Measures what is found in captured pages, beside plain trafilatura in the same run.

Run it as `python benchmarks/extraction.py [--data FOLDER]`. Text: token F1 as a bag (case-folded
words; a Han character or kana is a word) and by shingles of four words, as scrapinghub's
article-extraction-benchmark counts, averaged over pages; title: equal but for white space; date:
the same day; moment: the same minute, where the gold tells more than a day, as an instant where
both name their time zone, else as the clock shows it; authors: the same set of names, case and
order aside. Plain trafilatura is
`bare_extraction` with its defaults and metadata.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from digest.backends.extractors import ArticleExtractor
from digest.text import WORD, normalise

DATA = Path(__file__).parents[1] / "../shared/data/extraction"
Found = dict[str, Any]


def pages(folder: Path) -> Iterator[Found]:
    """Yield each page with its gold and its bytes as `body`."""
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        raw = (folder / page["html"]).read_bytes()
        page["body"] = gzip.decompress(raw) if page["html"].endswith(".gz") else raw
        yield page


def ours(page: Found, extractor: ArticleExtractor) -> Found:
    """Return what Digest finds."""
    found = extractor.extract(page["body"], url=page["url"])
    return {
        "text": found.text,
        "title": found.title,
        "published": found.published or found.shown_date or "",
        "authors": found.authors,
    }


def plain(page: Found) -> Found:
    """Return what trafilatura finds by itself."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page["body"], url=page["url"], with_metadata=True)
    return {
        "text": found.text if found else "",
        "title": (found.title if found else "") or "",
        "published": (found.date if found else "") or "",
        "authors": [name for name in ((found.author if found else "") or "").split("; ") if name],
    }


def words(text: str) -> list[str]:
    """Return the words that are compared."""
    return WORD.findall(normalise(text))


def f1(found: Counter[Any], gold: Counter[Any]) -> float:
    """Return the F1 of two bags."""
    if not found or not gold:
        return float(found == gold)
    both = sum((found & gold).values())
    return 2 * both / (sum(found.values()) + sum(gold.values()))


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Return the runs of four words, as article-extraction-benchmark makes them."""
    tokens = words(text)
    count = max(1, len(tokens) - size + 1)
    return Counter(tuple(tokens[i : i + size]) for i in range(count)) if tokens else Counter()


def scores(found: Found, gold: Found) -> dict[str, float]:
    """Return the measures that the gold allows."""
    result = {
        "bag F1": f1(Counter(words(found["text"])), Counter(words(gold["text"]))),
        "shingle F1": f1(shingles(found["text"]), shingles(gold["text"])),
    }
    if gold.get("title"):
        result["title"] = float(" ".join(gold["title"].split()) == " ".join(found["title"].split()))
    if gold.get("published"):
        result["date"] = float(gold["published"][:10] == found["published"][:10])
        moment = datetime.fromisoformat(gold["published"])
        if (moment.hour, moment.minute) != (0, 0):
            result["moment"] = float(is_same_minute(moment, found["published"]))
    if gold.get("authors"):
        result["authors"] = float(
            set(map(normalise, gold["authors"])) == set(map(normalise, found["authors"]))
        )
    return result


def is_same_minute(gold: datetime, found: str) -> bool:
    """Return whether a time that was found is the gold's, to the minute."""
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        return False
    if gold.tzinfo is None or moment.tzinfo is None:
        gold, moment = gold.replace(tzinfo=None), moment.replace(tzinfo=None)
    return abs((gold - moment).total_seconds()) < 60


def measure(folder: Path, find: Callable[[Found], Found]) -> tuple[dict[str, float], int, float]:
    """Return the averages over a folder, the number of pages and the seconds taken."""
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    total, spent = 0, 0.0
    for page in pages(folder):
        started = time.perf_counter()
        found = find(page)
        spent += time.perf_counter() - started
        result = scores(found, page)
        sums.update(result)
        counts.update(result.keys())
        total += 1
    return {name: sums[name] / counts[name] for name in counts}, total, spent


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of folders with gold.jsonl")
    data = parser.parse_args().data
    extractor = ArticleExtractor()
    names = ("bag F1", "shingle F1", "title", "date", "moment", "authors")
    print("| pages | extractor | " + " | ".join(names) + " | pages/s |")
    print("| --- | --- |" + " --- |" * (len(names) + 1))
    for folder in sorted(path.parent for path in data.glob("*/gold.jsonl")):
        finders = {"Digest": lambda page: ours(page, extractor), "trafilatura": plain}
        for label, find in finders.items():
            averages, total, spent = measure(folder, find)
            cells = [f"{averages[name]:.3f}" if name in averages else "–" for name in names]
            row = " | ".join([f"{folder.name} ({total})", label, *cells, f"{total / spent:.1f}"])
            print(f"| {row} |")


if __name__ == "__main__":
    main()
