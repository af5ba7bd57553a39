"""What Prefect costs: 1,000 articles through the flow and through the plain runner, in one run.

`python benchmarks/orchestration.py [ARTICLES] [ROUNDS]` writes a web of generated pages into a
temporary folder, reads it with and without Prefect in turn, and prints the table. Prefect's own
start is measured apart, by a flow that does nothing.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

WORDS = """
    marketing platform customers campaign data advertising analytics brand email audience product
    launch teams software budget privacy consent search video loyalty retail content agency report
    quarter revenue growth model partner market channel insight journey profile
""".split()  # noqa: SIM905 - words read best as words
SYLLABLES = ("ka", "lo", "mi", "ren", "tas", "vor", "bel", "dun", "fis", "gor", "hal", "jet", "nim")
PER_FEED = 50


def write_web(folder: Path, many: int, seed: int) -> Path:
    """Write pages and feeds, and return the settings file over them."""
    chance = random.Random(seed)
    site = folder / "web" / "news.example"
    site.mkdir(parents=True)
    blocks = ["sources:"]
    for first in range(0, many, PER_FEED):
        items = []
        for number in range(first, min(first + PER_FEED, many)):
            words = WORDS + ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(90)]
            title = " ".join(chance.choices(words, k=7)).capitalize()
            paragraphs = "".join(f"<p>{_paragraph(chance, words)}</p>" for _ in range(8))
            page = (
                f'<html lang="en"><head><title>{title}</title></head><body><nav><a href="/">Home'
                f"</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
            )
            (site / f"{number}.html").write_text(page)
            link = f"<link>https://news.example/{number}</link>"
            day = f"<pubDate>Wed, {1 + number % 28:02d} Sep 2026 08:00:00 GMT</pubDate>"
            items.append(f"<item><title>{title}</title>{link}{day}</item>")
        feed = f"feed-{first}.xml"
        body = f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>"
        (site / feed).write_text(body)
        blocks.append(
            f"- name: feed-{first}\n  kind: feed\n  url: https://news.example/{feed}\n"
            f"  publisher: News {first}\n  voice: independent"
        )
    (folder / "sources.yaml").write_text("\n".join(blocks) + "\n")
    settings = folder / "digest.toml"
    settings.write_text('now = 2026-10-05T06:00:00+00:00\n[fetch]\nmirror = "web"\n')
    return settings


def _paragraph(chance: random.Random, words: list[str]) -> str:
    sentences = [" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(4)]
    return " ".join(sentences)


def run_plain(settings: Path) -> int:
    """Read everything without Prefect; returns how many articles there are."""
    from digest.jobs import open_job

    with open_job("ingest", settings) as job:
        job.runner.run_all()
    return job.report.articles


def run_flow(settings: Path) -> int:
    """Read everything through the Prefect flow; returns how many articles there are."""
    from flows.ingest import ingest

    return ingest(str(settings)).articles


def main(many: int = 1000, rounds: int = 3) -> None:
    """Measure and print."""
    import flows

    os.environ |= flows.PRIVATE | flows.TEMPORARY | {"PREFECT_LOGGING_LEVEL": "ERROR"}
    os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="prefect-")
    from prefect import flow

    started = time.perf_counter()
    flow(lambda: None, name="nothing")()
    start = time.perf_counter() - started
    seconds: dict[str, list[float]] = {"plain": [], "flow": []}
    cpu: dict[str, list[float]] = {"plain": [], "flow": []}
    for round_ in range(rounds + 1):
        pair = [("plain", run_plain), ("flow", run_flow)]
        for name, run in pair if round_ % 2 else reversed(pair):
            with tempfile.TemporaryDirectory() as folder:
                size = many if round_ else 50  # the first round warms models and caches
                settings = write_web(Path(folder), size, seed=round_)
                started, busy = time.perf_counter(), time.process_time()
                assert run(settings) == size
                if round_:
                    cpu[name].append(time.process_time() - busy)
                    seconds[name].append(time.perf_counter() - started)
    print(f"Prefect's start, once: {start:.1f} s")
    print("| 1 run over | measure | plain, s | flow, s | orchestration |")
    print("| --- | --- | --- | --- | --- |")
    for measure, taken in (("wall clock", seconds), ("processor time", cpu)):
        plain, through = (statistics.median(taken[name]) for name in ("plain", "flow"))
        share = (through - plain) / plain
        print(f"| {many} articles | {measure} | {plain:.1f} | {through:.1f} | {share:+.1%} |")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
