"""Installs the packages that a run misses, where the settings allow it."""

from __future__ import annotations

from collections.abc import Callable

from digest.backends.package_rows import Done
from digest.backends.packages import PackageManager
from digest.errors import ModelError


class PackageInstaller:
    """The package manager behind our port.

    Args:
        manager: installs packages.
        refresh: called after each, so that the translator sees what is new.
    """

    def __init__(self, manager: PackageManager, *, refresh: Callable[[], None]) -> None:
        self._manager, self._refresh = manager, refresh

    def install(self, language: str, to: str) -> list[str]:
        """Return what was installed, in words, with its licence: two packages through English.

        Nothing where only starters may be used, and none leads there.

        Raises:
            DigestError: where the index cannot be read, or a package not be had.
        """
        if not self._manager.can_install(language, to):
            return []
        done = self._manager.install([language], to=to)
        self._refresh()
        failed = next((each for each in done if each.action == "failed"), None)
        if failed:
            raise ModelError(failed.problem)
        return [_words(each) for each in done if each.action == "installed"]


def _words(done: Done) -> str:
    kind = ", a starter: small, and worse than an official one" if done.starter else ""
    return f"{done.pair} {done.version}{kind}" + (f"; {done.licence}" if done.licence else "")
