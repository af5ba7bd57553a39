"""The precision–recall curve of a calibration, as a picture that any browser shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE, EDGE = 400, 50  # of the square and of the margin around it, in pixels
POINTS = 200


def precision_recall(
    odds: NDArray[np.float64], same: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return recall, precision and threshold (a probability), by rising recall.

    A threshold lies midway, in log-odds, between the pairs on its two sides, so that it does not
    hang on the one pair that it has just let in.

    Args:
        odds: log-odds of each pair.
        same: whether it is the same article.
    """
    order = np.argsort(-odds, kind="stable")
    hits = np.cumsum(same[order])
    last = np.r_[np.flatnonzero(np.diff(odds[order])), len(odds) - 1]  # ties are one step
    recall, precision = hits[last] / max(1, hits[-1]), hits[last] / (last + 1)
    steps = odds[order][last]
    cuts = (steps + np.r_[steps[1:], steps[-1]]) / 2
    return recall, precision, 1 / (1 + np.exp(-cuts))


def draw_curve(
    recall: NDArray[np.float64],
    precision: NDArray[np.float64],
    threshold: NDArray[np.float64],
    *,
    best: int,
    title: str,
) -> str:
    """Return the curve as an SVG document, with a mark where F1 is best, and its threshold."""
    chosen = np.unique(np.linspace(0, len(recall) - 1, POINTS).astype(int))
    line = " ".join(f"{_x(recall[n])},{_y(precision[n])}" for n in chosen)
    ticks = "".join(
        f'<text x="{_x(part)}" y="{SIZE + EDGE + 18}">{part:.1f}</text>'
        f'<text x="{EDGE - 20}" y="{_y(part)}">{part:.1f}</text>'
        for part in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    whole = SIZE + 2 * EDGE
    mark = (
        f"threshold {threshold[best]:.2f}: precision {precision[best]:.3f}, "
        f"recall {recall[best]:.3f}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" '
        'font-family="sans-serif" font-size="12" text-anchor="middle">'
        f"<title>{_escape(title)}</title>"
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>'
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#999"/>'
        f'<polyline points="{line}" fill="none" stroke="#06c" stroke-width="2"/>'
        f'<circle cx="{_x(recall[best])}" cy="{_y(precision[best])}" r="5" fill="#c30"/>'
        f'<text x="{whole / 2}" y="{EDGE - 28}">{_escape(title)}</text>'
        f'<text x="{whole / 2}" y="{EDGE - 12}" fill="#c30">{mark}</text>{ticks}'
        f'<text x="{whole / 2}" y="{whole - 8}">recall</text>'
        f'<text transform="translate(12 {whole / 2}) rotate(-90)">precision</text></svg>\n'
    )


def _x(part: float) -> float:
    return round(EDGE + SIZE * float(part), 1)


def _y(part: float) -> float:
    return round(EDGE + SIZE * (1 - float(part)), 1)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
