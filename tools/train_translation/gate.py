"""Whether a language is shipped: what was measured, and the two bars that it has to pass."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

PASSING = 0.85  #: of the sentences of `martech-docs` pass the product's checks, at least
BLEU = 25.0  #: on `martech-docs`, at least


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one language.

    Args:
        language: the source.
        bleu: on the lines of `martech-docs`.
        chrf: likewise.
        passing: share of their sentences that Digest would show translated, after all attempts.
        plain: share that passes at once, without masks and without a second attempt.
        sentences: how many there were.
        news_bleu: on the sentences of `ntrex`; None where they were not measured.
        news_chrf: likewise.
        least: how sure of an answer a package has to be to give it, see `sure.py`.
        docs_shown: share of the lines of `martech-docs` of which it is.
        docs_kept: chrF of these.
        news_shown: likewise on `ntrex`.
        news_kept: likewise.
    """

    language: str
    bleu: float
    chrf: float
    passing: float
    plain: float
    sentences: int
    news_bleu: float | None = None
    news_chrf: float | None = None
    least: float | None = None
    docs_shown: float | None = None
    docs_kept: float | None = None
    news_shown: float | None = None
    news_kept: float | None = None


def refusals(figures: Figures) -> list[str]:
    """Return why a language is left out, in words; nothing where it is shipped."""
    found = []
    if not figures.passing >= PASSING:
        found.append(f"{figures.passing:.1%} of its sentences pass the checks, not {PASSING:.0%}")
    if not figures.bleu >= BLEU:
        found.append(f"BLEU {figures.bleu:.1f} on martech-docs, not {BLEU:.0f}")
    return found


def shipped(measured: Iterable[Figures]) -> list[Figures]:
    """Return those that pass, in order."""
    return [figures for figures in measured if not refusals(figures)]


def write_figures(measured: Iterable[Figures], file: Path) -> None:
    """Keep what was measured."""
    file.write_text(json.dumps([asdict(each) for each in measured], indent=2) + "\n", "utf-8")


def read_figures(file: Path) -> list[Figures]:
    """Return what was measured."""
    return [Figures(**entry) for entry in json.loads(file.read_text("utf-8"))]
