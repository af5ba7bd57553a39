"""What the package manager tells: the packages as rows of a list, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass

from digest.backends.archives import read_notice
from digest.backends.index import Available
from digest.backends.installed import Package


@dataclass(frozen=True, slots=True)
class Row:
    """One package in the list: installed, available or both.

    Args:
        pair: what it translates ("de → en").
        installed: the installed version, or None.
        available: the index's version, or None.
        size: bytes on disk, 0 where it is not installed.
        problem: why the installed one cannot be used, or "".
        licence: what the installed package says of its licence, or "".
        starter: whether it is one of our small ones: the installed one, or else the available.
        figures: what its maker measured, name and value.
    """

    pair: str
    installed: str | None
    available: str | None
    size: int = 0
    problem: str = ""
    licence: str = ""
    starter: bool = False
    figures: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one package.

    Args:
        pair: what it translates.
        version: the version concerned.
        action: "installed", "updated", "removed", "unchanged" or "failed".
        licence: what the package says of its licence, or "".
        problem: what went wrong and its cure, where it failed.
        starter: whether it is one of our small ones.
    """

    pair: str
    version: str
    action: str
    licence: str = ""
    problem: str = ""
    starter: bool = False


def make_row(mine: Package | None, new: Available | None, *, problem: str = "") -> Row:
    """Return the row of what is installed, of what can be had, or of both."""
    if mine is None:
        assert new is not None
        return Row(new.pair, None, new.version, starter=new.starter, figures=new.figures)
    pair = mine.pair if mine.source else mine.folder.name
    return Row(
        pair,
        mine.version,
        new.version if new else None,
        mine.size(),
        problem or mine.problem,
        read_notice(mine.folder),
        mine.starter,
        mine.figures,
    )


def make_unchanged(mine: Package) -> Done:
    """Return that an installed package stays as it is."""
    notice = read_notice(mine.folder)
    return Done(mine.pair, mine.version, "unchanged", notice, starter=mine.starter)
