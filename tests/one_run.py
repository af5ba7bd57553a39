"""A run in a process of its own: `python one_run.py SETTINGS [STEP N]` dies by SIGKILL there.

The encoder is the counting one, so that a run takes seconds; every other part is the real one.
"""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from digest.jobs import open_job
from digest.progress import listening
from digest.testing import WordEncoder


def main(settings: str, step: str = "", times: str = "0") -> None:
    """Run everything once, or until the step has been taken so many times."""
    taken = 0

    def listen(name: str, _done: int, _total: int) -> None:
        nonlocal taken
        taken += name == step
        if step and taken == int(times):
            os.kill(os.getpid(), signal.SIGKILL)

    with listening(listen), open_job("ingest", Path(settings)) as job:
        job.runner.tools = replace(job.runner.tools, encoder=WordEncoder())
        job.runner.run_all()


if __name__ == "__main__":
    main(*sys.argv[1:])
