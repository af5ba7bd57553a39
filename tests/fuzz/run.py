"""Lets atheris look for what breaks a door: `python -m tests.fuzz.run feed -max_total_time=60`.

Options are libFuzzer's (https://llvm.org/docs/LibFuzzer.html); a folder that is named keeps what it
found worth keeping, so that the next run goes on from there. A finding is written to a file and
ends the run with a code other than 0.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["digest", "feedparser", "email"]):
    from tests.fuzz.targets import SEEDS, TARGETS


def main(name: str, *options: str) -> None:
    """Fuzz one door until it breaks or time is up."""
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS[name]):
            (Path(folder) / str(number)).write_bytes(seed)
        kept = [each for each in options if not each.startswith("-")]
        given = [each for each in options if each.startswith("-")]
        atheris.Setup([sys.argv[0], *given, *kept, folder], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
