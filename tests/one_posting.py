"""Sends what the outbox of some settings owes, and kills itself where it is told to.

`python tests/one_posting.py digest.toml [where number]`: "line" just before the last line of the
mail of that number, "answer" after the server's answer to it and before it is noted.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from digest.backends.couriers import SmtpCourier
from digest.backends.smtp import SmtpServer
from digest.config import load_settings
from digest.posting import Postman
from digest.store import Store


class Killed:
    """A courier that ends its process in the middle of the mail of a number."""

    def __init__(self, courier: Any, where: str, number: int) -> None:
        self._courier, self._where, self._left = courier, where, number

    def carry(self, message: bytes, *, last_line: Callable[[], bool], **more: str) -> Any:
        """Carry, and die before or after."""
        self._left -= 1

        def line() -> bool:
            if self._where == "line" and not self._left:
                os.kill(os.getpid(), signal.SIGKILL)
            return last_line()

        answer = self._courier.carry(message, last_line=line, **more)
        if self._where == "answer" and not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    def close(self) -> None:
        """Let go."""
        self._courier.close()


def main() -> None:
    """Send."""
    settings = load_settings(Path(sys.argv[1]))
    folder = settings.root
    store = Store(settings.store.url, pages=folder / "pages", folder=folder)
    courier: Any = SmtpCourier(
        SmtpServer("127.0.0.1", port=settings.delivery.smtp.port, security="none")
    )
    if len(sys.argv) > 2:
        courier = Killed(courier, sys.argv[2], int(sys.argv[3]))
    postman = Postman(store, settings, courier=courier, chats={}, clock=lambda: datetime.now(UTC))
    postman.work(patience=timedelta(0))


if __name__ == "__main__":
    main()
