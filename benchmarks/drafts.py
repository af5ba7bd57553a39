"""Measures what the checks of a model's drafts refuse: false sentences, honest ones, editors' own.

    python -m benchmarks.drafts

The files of `tests/data` have false and honest sentences with what they rest on, written for this
project; those marked `held_out` were looked at once, when the rules stood. Editors' summaries are
those of `stories/neus.jsonl.xz`: each sentence is checked against the first three sentences of
each of the event's leads. Times are of the processor, for sentences that pass every check.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import read_lines
from digest.stages.ground import Proof
from digest.stages.grounding import check
from digest.text import split_sentences

FILES = ("drafts", "small_names", "turned_round")
TESTS = Path(__file__).parents[1] / "tests" / "data"
LEADING = 3  #: sentences of each lead

Case = tuple[str, str, list[Proof]]


def cases(name: str, kind: str, *, held_out: bool) -> Iterator[Case]:
    """Yield the sentences of a file: text, language and what each rests on."""
    for line in (TESTS / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == kind and row["held_out"] == held_out:
            proofs = [Proof(each["text"], each["language"]) for each in row["proofs"]]
            yield row["text"], row["language"], proofs


def editors() -> Iterator[Case]:
    """Yield the sentences of editors' summaries, resting on the openings of the leads."""
    for row in read_lines("stories/neus.jsonl.xz"):
        proofs = [
            Proof(each["text"][start:end], "en")
            for each in row["articles"]
            for start, end in split_sentences(each["text"])[:LEADING]
        ]
        text = row["ref_summary"]
        yield from ((text[start:end], "en", proofs) for start, end in split_sentences(text))


def main() -> None:
    """Print the figures of each file, and of the editors' sentences by reason."""
    times: list[float] = []

    def refused(case: Case) -> str:
        text, language, proofs = case
        started = time.process_time()
        why = check(text, proofs, language)
        if not why:
            times.append(1000 * (time.process_time() - started))
        return why

    print("| sentences | half | false refused | honest kept |")
    for name in FILES:
        for held_out in (False, True):
            false = [refused(case) for case in cases(name, "attack", held_out=held_out)]
            honest = [refused(case) for case in cases(name, "honest", held_out=held_out)]
            print(
                f"| {name} | {'held out' if held_out else 'open'} "
                f"| {sum(map(bool, false))} of {len(false)} "
                f"| {honest.count('')} of {len(honest)} |"
            )
    times.sort()
    print(f"median {times[len(times) // 2]:.1f} ms, 95th {times[int(0.95 * len(times))]:.1f} ms")
    whys = Counter(refused(case).split(":")[0] for case in editors())
    print(f"editors' sentences kept: {whys['']} of {whys.total()}")
    for why, many in whys.most_common():
        if why:
            print(f"| {why} | {many} |")


if __name__ == "__main__":
    main()
