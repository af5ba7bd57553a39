"""A few seconds of guided fuzzing at each door; `tests/fuzz/run.py` runs for longer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.targets import SEEDS, TARGETS

SECONDS = 5  #: at most, whatever the machine
RUNS = 2000  #: with one seed: what the tests look at does not change from day to day


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_pass_their_door(name: str) -> None:
    """What a fuzzer starts from is read, here without one."""
    for seed in SEEDS[name]:
        TARGETS[name](seed)


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_that_is_found_in_seconds_breaks_a_door(name: str, tmp_path: Path) -> None:
    """Guided by what the code does with an input, atheris finds no crash, no hang."""
    pytest.importorskip("atheris", reason="atheris is not installed: it has wheels for Linux only")
    options = [f"-max_total_time={SECONDS}", f"-runs={RUNS}", "-seed=7", "-timeout=60"]
    options += ["-rss_limit_mb=2048", "-verbosity=0", "-report_slow_units=60"]
    command = [
        sys.executable,
        "-m",
        "tests.fuzz.run",
        name,
        *options,
        f"-artifact_prefix={tmp_path}/",
    ]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    found = [file.read_bytes() for file in tmp_path.iterdir()]
    assert (done.returncode, found) == (0, []), done.stderr[-3000:]
