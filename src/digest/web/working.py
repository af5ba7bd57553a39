"""What is done in the background, one after another, and what of it failed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from digest.errors import DigestError

PATIENCE = 8.0  #: seconds that a page waits for work in the background before it is shown
TOLD = 20  #: failures that are told


@dataclass(slots=True)
class Work:
    """Something that is done in the background."""

    title: str
    by: str
    begun: str
    error: str = ""


class Background:
    """Does one thing after another, so that no two of them change the stories at once.

    Args:
        changed: called when something is done, well or not.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.running: list[Work] = []
        self.failed: list[Work] = []
        self._changed = changed
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="room-work")

    def do(self, title: str, work: Callable[[], Any], *, by: str, wait: float = PATIENCE) -> bool:
        """Do something after what is being done; returns whether it was done in time.

        Raises:
            DigestError: where it failed in time; later failures are told on the page of runs.
        """
        job = Work(title, by, _now())
        self.running.append(job)
        done: Future[None] = self._pool.submit(self._done, job, work)
        try:
            done.result(timeout=wait)
        except TimeoutError:
            return False
        return True

    def note(self, title: str, error: DigestError) -> None:
        """Keep that something failed which goes on by itself, in place of what failed before."""
        self.failed = [Work(title, "", _now(), str(error))]

    def close(self) -> None:
        """Wait for what is being done, and do nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _done(self, job: Work, work: Callable[[], Any]) -> None:
        try:
            work()
        except Exception as error:
            job.error = str(error) if isinstance(error, DigestError) else type(error).__name__
            self.failed = [job, *self.failed[: TOLD - 1]]
            raise
        finally:
            self.running.remove(job)
            self._changed()


def _now() -> str:
    return datetime.now(UTC).isoformat()
