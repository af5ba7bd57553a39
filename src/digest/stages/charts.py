"""Trends as bar charts: SVG for the page, PNG for a mail, and in words for who sees neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width
from warnings import catch_warnings, simplefilter

from digest.records import Edition, Trend, TrendKind, Trends
from digest.stages.fonts import fonts_for, lacking
from digest.stages.sayings import Sayings

KINDS: tuple[TrendKind, ...] = ("label", "vendor", "event", "topic")
FEWEST = 2  #: bars that make a chart
MOST = 10
WIDTH = 4.6  #: inches: on a telephone, letters of nine points are still read
LINE = 24  #: narrow letters of a name in one line; a wide one counts twice
LINES = 3  #: of a name at most
INK, SOFT, ACCENT, RULE = "#1d1b18", "#8d897f", "#86301f", "#d9d4c9"
#: What a page of another colour writes instead.
STYLES = {INK: "currentColor", SOFT: "var(--soft)", ACCENT: "var(--accent)", RULE: "var(--rule)"}


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of an edition."""

    kind: TrendKind
    title: str
    alt: str  #: what it shows, in words
    rows: tuple[Trend, ...]

    @property
    def name(self) -> str:
        """Its name within the edition."""
        return f"chart-{self.kind}"


def charts_of(edition: Edition, words: Sayings) -> list[Chart]:
    """Return the charts of an edition's trends, those with enough bars."""
    trends = edition.trends
    if trends is None or len(trends.quarters) < 2:
        return []
    found = []
    for kind in KINDS:
        rows = sorted(
            (each for each in trends.rows if each.kind == kind),
            key=lambda each: (-each.now, -each.before, each.name),
        )
        rows = [each for each in rows if each.now or each.before][:MOST]
        if len(rows) >= FEWEST:
            title = words.trend_kind(kind)
            found.append(Chart(kind, title, _alt(title, rows, trends, words), tuple(rows)))
    return found


def _alt(title: str, rows: Sequence[Trend], trends: Trends, words: Sayings) -> str:
    quarters = f"{words.quarter(trends.quarters[-1])} / {words.quarter(trends.quarters[-2])}"
    told = (
        f"{words.trend_name(each)} {words.number(each.now)} / {words.number(each.before)}"
        for each in rows
    )
    return f"{title}, {quarters}{words.colon}{str(words.comma).join(told)}"


def to_svg(chart: Chart, trends: Trends, words: Sayings, *, is_printed: bool = False) -> str:
    """Return a chart as an SVG element, its letters drawn as shapes.

    Where this machine has no font for one of them, they are text, which the reader's machine draws.
    Its colours are the page's, or its own where it is printed: what prints knows no others.
    """
    is_text = bool(letters_lacking(chart, trends, words))
    raw = _draw(chart, trends, words, format="svg", is_text=is_text).decode("utf-8")
    element = raw[raw.index("<svg") :]
    for color, style in () if is_printed else STYLES.items():
        element = element.replace(f": {color}", f": {style}").replace(f'"{color}"', f'"{style}"')
    # Several charts stand on one page, each with glyphs of its own.
    element = re.sub(r'(\bid="|\bhref="#|url\(#)', rf"\1{chart.name}-", element)
    element = re.sub(r"<metadata>.*?</metadata>", "", element, flags=re.S)
    return re.sub(r'<svg [^>]*?(viewBox="[^"]*")[^>]*>', r'<svg \1 aria-hidden="true">', element)


def letters_lacking(chart: Chart, trends: Trends, words: Sayings) -> str:
    """Return the letters of a chart that no installed font has: a picture would show boxes."""
    names = [_plain(words.trend_name(row)) for row in chart.rows]
    quarters = [words.quarter(name) for name in trends.quarters[-2:]]
    return lacking("".join([*names, *quarters]), words.language)


def to_png(chart: Chart, trends: Trends, words: Sayings) -> bytes:
    """Return a chart as a PNG on white."""
    return _draw(chart, trends, words, format="png")


def _draw(
    chart: Chart, trends: Trends, words: Sayings, *, format: str, is_text: bool = False
) -> bytes:
    # The object interface: no global figure, no window, safe in any thread.
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = list(reversed(chart.rows))
    style: Any = {
        "font.family": [*fonts_for(words.language), *(["sans-serif"] if is_text else [])],
        "svg.fonttype": "none" if is_text else "path",
        "svg.hashsalt": chart.name,
        "axes.edgecolor": RULE,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
    }
    with rc_context(style), catch_warnings():
        if is_text:  # the reader's machine has the letters
            simplefilter("ignore", UserWarning)
        figure = Figure(figsize=(WIDTH, 0.7 + 0.42 * len(rows)), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        _bars(axes, rows, trends, words)
        out = BytesIO()
        figure.savefig(
            out,
            format=format,
            dpi=144,
            transparent=format == "svg",
            metadata={"Date": None} if format == "svg" else {"Software": None},
        )
    return out.getvalue()


def _bars(axes: Any, rows: Sequence[Trend], trends: Trends, words: Sayings) -> None:
    places = range(len(rows))
    now, before = (words.quarter(name) for name in (trends.quarters[-1], trends.quarters[-2]))
    axes.barh([p - 0.19 for p in places], [r.before for r in rows], 0.34, color=SOFT, label=before)
    axes.barh([p + 0.19 for p in places], [r.now for r in rows], 0.34, color=ACCENT, label=now)
    for place, row in zip(places, rows, strict=True):
        for value, shift in ((row.before, -0.19), (row.now, 0.19)):
            text = words.number(value)
            axes.annotate(
                text, (value, place + shift), (3, 0), textcoords="offset points", va="center",
                fontsize=8,
            )  # fmt: skip
    axes.set_yticks(list(places), [_plain(words.trend_name(row)) for row in rows], fontsize=9)
    axes.set_xticks([])
    axes.margins(x=0.08, y=0.02)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(
        handles[::-1], labels[::-1], loc="lower right", frameon=False, fontsize=9, ncols=2,
        bbox_to_anchor=(1, 1),
    )  # fmt: skip


def _plain(name: str) -> str:
    """Return a name without mark-up, in a few lines, as a chart has room for."""
    rest = re.sub(r"<[^>]+>", "", str(name)).replace("&amp;", "&")
    lines: list[str] = []
    while rest and len(lines) < LINES:
        line, rest = _line(rest)
        lines.append(line)
    return "\n".join(lines) + ("…" if rest else "")


def _line(text: str) -> tuple[str, str]:
    """Return what of a name goes into a line, and the rest; broken at a space if there is one."""
    widths = accumulate(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
    fits = sum(width <= LINE for width in widths)
    if fits == len(text):
        return text, ""
    space = text.rfind(" ", 0, fits + 1)
    cut = space if space > 0 else fits
    return text[:cut], text[cut:].strip()
