"""Measures language detection beside plain langdetect, py3langid and lingua, all in one run.

Run it as `python benchmarks/detection.py [--data FOLDER] [--skip lingua] [--every N] [--stage]`.
Documents: NTREX (26 languages, Simplified and Traditional Chinese apart); sentences: lingua's test
sentences, over the languages that langdetect knows, over the encoder's ten, and over the rest;
short texts: two neighbouring words (two to six characters in Japanese and Chinese) cut out of each
sentence by a fixed seed. Every other sentence is of the development half, on which weights were
chosen; the rest are the test half, on which none was. Codes are compared without script, "no" as
"nb". Calibration: the mean distance of confidence from accuracy over ten equal bands (ECE).
`--stage` times the command `digest stage detect` instead, from start to end, beside a loop over
plain langdetect, on the documents.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from digest.backends.detectors import LangdetectDetector
from digest.backends.known_languages import LANGUAGES

DATA = Path(__file__).parents[1] / "../shared/data"
TEN = frozenset("de en es fr it ja nl pt zh".split())  # noqa: SIM905 - zh is two of the ten
KNOWN = frozenset(
    {language for each in LANGUAGES.values() for language in each}
    | {"bn", "el", "gu", "he", "ja", "kn", "ko", "ml", "pa", "ta", "te", "th", "zh"}
)
SEED = 20261121
Case = tuple[str, str]  # text and language
Tool = Callable[[str], tuple[str, float]]


def read(path: Path) -> list[dict[str, str]]:
    """Return the records of a compressed JSON-lines file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cut(text: str, language: str, *, dice: random.Random) -> str:
    """Return two neighbouring words, or two to six characters of Japanese and Chinese."""
    if language in ("ja", "zh"):
        letters = re.sub(r"\W", "", text)
        size = dice.randint(2, 6)
        start = dice.randrange(max(1, len(letters) - size))
        return letters[start : start + size]
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    start = dice.randrange(max(1, len(words) - 1))
    return " ".join(words[start : start + 2])


def primary(language: str) -> str:
    """Return the code by which tools are compared: no script, "no" as "nb"."""
    name = language.split("-")[0]
    return {"no": "nb"}.get(name, name)


def make_tools(skip: list[str]) -> dict[str, Tool]:
    """Return the tools by name."""
    makers = {"Digest": _digest, "langdetect": _langdetect, "py3langid": _langid, "lingua": _lingua}
    return {name: make() for name, make in makers.items() if name not in skip}


def _digest() -> Tool:
    detector = LangdetectDetector()
    return lambda text: detector.detect(text)


def _langdetect() -> Tool:
    import langdetect

    langdetect.DetectorFactory.seed = 0

    def tell(text: str) -> tuple[str, float]:
        try:
            best = langdetect.detect_langs(text)[0]
        except (langdetect.LangDetectException, IndexError):
            return "und", 0.0
        return best.lang, best.prob

    return tell


def _langid() -> Tool:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return lambda text: identifier.classify(text)


def _lingua() -> Tool:
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def tell(text: str) -> tuple[str, float]:
        values = detector.compute_language_confidence_values(text)
        return values[0].language.iso_code_639_1.name.lower(), values[0].value

    return tell


def measure(tool: Tool, cases: list[Case], *, whole: bool = False) -> tuple[float, float, float]:
    """Return accuracy, calibration error and texts a second; `whole` compares scripts too."""
    sums: Counter[int] = Counter()
    hits: Counter[int] = Counter()
    counts: Counter[int] = Counter()
    started = time.process_time()
    answers = [tool(text) for text, _ in cases]
    spent = time.process_time() - started
    for (said, confidence), (_, language) in zip(answers, cases, strict=True):
        right = said == language if whole else primary(said) == primary(language)
        band = min(9, int(confidence * 10))
        counts[band] += 1
        sums[band] += confidence
        hits[band] += right
    error = sum(abs(sums[band] - hits[band]) for band in counts) / len(cases)
    return sum(hits.values()) / len(cases), error, len(cases) / spent


def gather(data: Path) -> dict[str, list[Case]]:
    """Return the cases of each row of the table."""
    documents = read(data / "crosslingual" / "ntrex.jsonl.xz")
    sentences = read(data / "langid" / "sentences.jsonl.xz")
    dice = random.Random(SEED)
    shorts = [(cut(s["text"], s["language"], dice=dice), s["language"]) for s in sentences]
    longs = [(s["text"], s["language"]) for s in sentences]
    rows = {"documents": [(f"{d['title']}\n{d['text']}", d["language"]) for d in documents]}
    for name, cases in (("sentences", longs), ("two words", shorts)):
        for half, part in (("development", cases[::2]), ("test", cases[1::2])):
            rows[f"{name}, known to langdetect, {half}"] = [c for c in part if c[1] in KNOWN]
            rows[f"{name}, encoder's ten, {half}"] = [c for c in part if c[1] in TEN]
    rows["sentences, other languages"] = [case for case in longs if case[1] not in KNOWN]
    return rows


COMMAND = "from digest.cli import main; main()"
PLAIN = """
import json, langdetect, sys
langdetect.DetectorFactory.seed = 0
for line in sys.stdin:
    row = json.loads(line)
    best = langdetect.detect_langs(row["title"] + "\\n" + row["text"])[0]
    print(json.dumps({"id": row["id"], "language": best.lang, "confidence": best.prob}))
"""


def measure_stage(data: Path, rounds: int = 3) -> None:
    """Print documents a second of the command and of plain langdetect, in turns."""
    documents = read(data / "crosslingual" / "ntrex.jsonl.xz")
    wanted = {row["id"]: row["language"] for row in documents}
    commands = {
        "digest stage detect": [sys.executable, "-c", COMMAND, "stage", "detect"],
        "plain langdetect": [sys.executable, "-c", PLAIN],
    }
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8") as file:
        for row in documents:
            print(json.dumps({name: row[name] for name in ("id", "title", "text")}), file=file)
        file.flush()
        print("| command | documents | CPU seconds | documents/CPU second | accuracy |")
        print("| --- | --- | --- | --- | --- |")
        for name, command in list(commands.items()) * rounds:
            answers, spent = _run(command, file.name)
            right = sum(primary(a["language"]) == primary(wanted[a["id"]]) for a in answers)
            rate = len(answers) / spent
            share = right / len(answers)
            print(f"| {name} | {len(answers)} | {spent:.1f} | {rate:.0f} | {share:.4f} |")


def _run(command: list[str], file: str) -> tuple[list[dict[str, str]], float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(file, "rb") as lines:
        done = subprocess.run(command, stdin=lines, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [json.loads(line) for line in done.stdout.splitlines()], spent


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of langid and crosslingual")
    parser.add_argument("--skip", nargs="*", default=[], help="tools to leave out")
    parser.add_argument("--every", type=int, default=1, help="take each Nth case of a row only")
    parser.add_argument("--stage", action="store_true", help="time the command instead")
    arguments = parser.parse_args()
    if arguments.stage:
        measure_stage(arguments.data)
        return
    gathered, tools = gather(arguments.data), make_tools(arguments.skip)
    rows = {name: cases[:: arguments.every] for name, cases in gathered.items()}
    for tool in tools.values():
        tool("A first text loads the models.")
    print("| texts | n | tool | accuracy | calibration error | texts/s |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, cases in rows.items():
        for label, tool in tools.items():
            right, error, speed = measure(tool, cases)
            print(f"| {name} | {len(cases)} | {label} | {right:.4f} | {error:.3f} | {speed:.0f} |")
    for script in ("zh-Hans", "zh-Hant"):
        cases = [case for case in rows["documents"] if case[1] == script]
        right, error, speed = measure(tools["Digest"], cases, whole=True)
        print(f"| {script} | {len(cases)} | Digest | {right:.4f} | {error:.3f} | {speed:.0f} |")


if __name__ == "__main__":
    main()
