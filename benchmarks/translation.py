"""Measures translation: words a second beside argostranslate, what fast costs, what judging finds.

    python benchmarks/translation.py speed BASE.argosmodel     # tools/make_test_package.py base …
    python benchmarks/translation.py fast  TINY.argosmodel
    python benchmarks/translation.py judge parallel.tsv.xz
    python benchmarks/translation.py work  martech-docs.jsonl.xz ntrex.jsonl.xz

`speed` needs a package with random weights, so every output is forced to one length, in both
engines alike; words are those of the source. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LENGTH = 20  #: tokens of every forced output: about a sentence
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tools"))


def measure_speed(package: Path, *, articles: int, rounds: int) -> None:
    """Print words a second of argostranslate and of ours, in turns, on the same articles."""
    folder = _install(package)
    import ctranslate2
    from argostranslate import translate as argos

    from digest.backends import ctranslate
    from digest.backends.argos import ArgosTranslator

    class Forced(ctranslate2.Translator):
        """CTranslate2 whose outputs all have the same length."""

        def translate_batch(self, *args: Any, **named: Any) -> Any:
            lengths = {"min_decoding_length": LENGTH, "max_decoding_length": LENGTH}
            return super().translate_batch(*args, **(named | lengths))

    ctranslate2.Translator = Forced  # both engines look it up there
    texts = _articles(articles)
    words = sum(len(text.split()) for text in texts)
    theirs = argos.get_translation_from_codes("de", "en").underlying

    def run_argos() -> None:
        for text in texts:
            theirs.translate(text)

    def run_ours(beam: int) -> Callable[[], None]:
        translator = ArgosTranslator(folder, beam=beam)

        def run() -> None:
            sentences = [line for text in texts for line in _sentences(text)]
            translator.translate(sentences, language="de", to="en")

        return run

    runs = {
        "argostranslate (beam 4)": run_argos,
        "ours (beam 4)": run_ours(ctranslate.BEAM),
        "ours, fast (beam 1)": run_ours(1),
    }
    print(
        f"{articles} articles, {words} words, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    _print_rates(_time_in_turns(runs, rounds), words)


Seconds = tuple[float, float]  #: on the clock, and of all processor cores together


def _time_in_turns(runs: dict[str, Callable[[], None]], rounds: int) -> dict[str, list[Seconds]]:
    """Return seconds of each run, the runs taking turns so that other load hits all alike."""
    for run in runs.values():
        run()  # loads the models
    times: dict[str, list[Seconds]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            started = time.perf_counter(), time.process_time()
            run()
            ended = time.perf_counter(), time.process_time()
            times[name].append((ended[0] - started[0], ended[1] - started[1]))
    return times


def _print_rates(times: dict[str, list[Seconds]], words: int) -> None:
    first = next(iter(times))
    for name in times:
        told = []
        for kind, unit in enumerate(("s", "processor second")):
            theirs, ours = ([each[kind] for each in times[who]] for who in (first, name))
            ratio = statistics.median(a / b for a, b in zip(theirs, ours, strict=True))
            rate = words / statistics.median(ours)
            told.append(f"{rate:6.0f} words a {unit}, {ratio:.2f} times")
        print(f"{name:26} {'; '.join(told)}")


def measure_fast(package: Path, *, sentences: int) -> None:
    """Print what the fast setting costs in chrF on sentences that the package never saw."""
    folder = _install(package)
    import sacrebleu
    from test_package.corpus import make_triples

    from digest.backends.argos import ArgosTranslator

    rows = make_triples(sentences, seed=2_000)
    for beam in (4, 1):
        translator = ArgosTranslator(folder, beam=beam)
        answers = translator.translate([row[0] for row in rows], language="de", to="en")
        score = sacrebleu.corpus_chrf(answers, [[row[1] for row in rows]]).score
        exact = sum(a == row[1] for a, row in zip(answers, rows, strict=True)) / len(rows)
        print(f"beam {beam}: chrF {score:.2f}, {exact:.1%} of {len(rows)} sentences exact")


def _install(package: Path) -> Path:
    """Return a folder with the package, where argostranslate looks as well."""
    place = Path(tempfile.mkdtemp(prefix="digest-bench-"))
    names = {"XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
    os.environ |= {name: str(place / folder) for name, folder in names.items()}
    os.environ["ARGOS_PACKAGES_DIR"] = str(place / "packages")
    from digest.backends.archives import unpack

    unpack(package, place / "packages")
    return place / "packages"


def _articles(count: int) -> list[str]:
    """Return invented news of ten to thirty sentences in paragraphs, as articles are."""
    import random

    from test_package.corpus import make_triples

    rng = random.Random(4)
    texts = []
    for number in range(count):
        lines = [row[0].rstrip(".") + "." for row in make_triples(rng.randint(10, 30), seed=number)]
        cuts = range(0, len(lines), 3)
        texts.append("\n".join(" ".join(lines[cut : cut + 3]) for cut in cuts))
    return texts


def _sentences(text: str) -> list[str]:
    from digest.text import sentences

    return sentences(text)


def main() -> None:
    """Run the measurement that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("speed", "fast", "judge", "work"))
    parser.add_argument("file", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=0, help="articles, sentences or pairs")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if given.what == "speed":
        measure_speed(given.file[0], articles=given.count or 12, rounds=given.rounds)
    elif given.what == "fast":
        measure_fast(given.file[0], sentences=given.count or 1_000)
    elif given.what == "work":
        from translation_work import measure_work

        measure_work(given.file, articles=given.count or 1_000)
    else:
        from translation_judging import measure_judging

        measure_judging(given.file[0], pairs=given.count or 1_500)


if __name__ == "__main__":
    main()
