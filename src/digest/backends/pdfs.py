"""Reads a PDF as lines with size, weight, page and links, columns in reading order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from digest.backends.dates import parse_date
from digest.backends.markup import clean
from digest.backends.pdf_tables import EDGE, FAR, Grid, Told, find_grids, last_of
from digest.errors import ParseError

PAGES = 500  # of a report that are read; memory is bounded by reading one at a time
HEAVY = re.compile(r"bold|black|heavy|semib|demi", re.I)
GUTTER = 12.0  # points of white between two columns, at least
MADE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
SIDE = 0.2  # share of a page's words that must stand on either side of a gutter


@dataclass(slots=True)
class PdfLine:
    """A line as printed."""

    text: str
    page: int  #: counted from 1
    size: float  #: points
    bold: bool
    top: float
    bottom: float
    margin: bool = False  #: in the strip where running heads and page numbers stand
    links: list[str] = field(default_factory=list)
    right: float = 0.0  #: where it ends, in points from the left
    room: float = 0.0  #: points left between its end and the edge of its column
    first: float = 0.0  #: width of its first word, in points


def read_pdf(body: bytes) -> list[PdfLine]:
    """Return a PDF's lines in reading order, page after page, in bounded memory.

    Raises:
        ParseError: where the PDF is broken, locked, or has no text (a scan).
    """
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        lines: list[PdfLine] = []
        open_table: Grid | None = None
        with pdfplumber.open(io.BytesIO(body)) as document:
            for number, page in enumerate(document.pages[:PAGES], start=1):
                found, open_table = _page_lines(page, number, open_table)
                lines += found
                page.close()  # frees the page's objects: a report may have hundreds
    except (PdfminerException, PDFException, ValueError, TypeError, LookupError) as error:
        raise ParseError(f"a PDF that cannot be read: {error or type(error).__name__}") from error
    except (AttributeError, RecursionError, AssertionError, OverflowError) as error:
        raise ParseError(f"a broken PDF: {type(error).__name__}: {error}") from error
    if not lines:
        cure = "run it through text recognition (ocrmypdf) first"
        raise ParseError("a PDF without text: a scan?", cure=cure)
    return lines


def made_on(body: bytes) -> str | None:
    """Return the day on which a PDF says that it was made (ISO 32000-1, 14.3.3), None if nowhere.

    Args:
        body: of a PDF that can be read.
    """
    import pdfplumber

    with pdfplumber.open(io.BytesIO(body)) as document:
        told = MADE.match(str((document.metadata or {}).get("CreationDate") or ""))
    return parse_date("-".join(told.groups())) if told else None


def _page_lines(page: Any, number: int, before: Grid | None) -> tuple[list[PdfLine], Grid | None]:
    """Return a page's lines, and the table with which it ends, if it does.

    Args:
        page: the page, as pdfplumber has it.
        number: its number.
        before: the table with which the page before ends.
    """
    words = page.extract_words(extra_attrs=["size", "fontname"], use_text_flow=False)
    links = [link for link in page.hyperlinks if link.get("uri")]
    grids = find_grids(page, words, links, before)
    return list(_all_lines(page, number, words, links, grids)), last_of(grids)


def _all_lines(
    page: Any,
    number: int,
    words: list[dict[str, Any]],
    links: list[dict[str, Any]],
    grids: Sequence[Grid],
) -> Iterator[PdfLine]:
    aside = [grid for grid in grids if not grid.alone]
    start = 0.0
    for grid in (each for each in grids if each.alone):
        above = [word for word in words if start <= word["bottom"] <= grid.top + 1]
        yield from _text_lines(page, number, above, links, aside)
        yield from (_told(told, number) for told in grid.lines())
        start = grid.bottom
    below = [word for word in words if word["bottom"] > start]
    yield from _text_lines(page, number, below, links, aside)


def _told(told: Told, page: int) -> PdfLine:
    """Return a line of a table: no paragraph runs on into it, or from it."""
    line = PdfLine(told.text, page, told.size, told.bold, told.top, told.bottom)
    return replace(line, links=[*told.links], room=FAR, first=-FAR)


def _text_lines(
    page: Any,
    number: int,
    words: list[dict[str, Any]],
    links: list[dict[str, Any]],
    aside: Sequence[Grid],
) -> Iterator[PdfLine]:
    """Yield the lines of some words, column after column, with the tables that stand in one."""
    gutter = _gutter(words, float(page.width))
    for group in _regions(_with_grids(words, aside, gutter), gutter):
        rows = _rows(group)
        lines = [[] if "grid" in row[0] else [_line(row, number, links)] for row in rows]
        for line in (line for found in lines for line in found):
            line.margin = not EDGE < line.top / float(page.height or 1) < 1 - EDGE
        text = [line for found in lines for line in found]
        edge = max((line.right for line in text if not line.margin), default=0)
        for line in text:
            line.room = edge - line.right
        for row, found in zip(rows, lines, strict=True):
            yield from found or (_told(told, number) for told in row[0]["grid"].lines())


def _with_grids(
    words: list[dict[str, Any]], grids: Sequence[Grid], gutter: float | None
) -> list[dict[str, Any]]:
    """Return the words with each table that stands in one column as if it were a word of it."""
    rest = list(words)
    for grid in grids:
        if gutter is None or grid.left < gutter < grid.right:
            continue
        inside = [word for word in rest if grid.holds(word)]
        if inside:
            rest = [word for word in rest if not grid.holds(word)]
            box = {"x0": grid.left, "x1": grid.right, "top": grid.top, "bottom": grid.bottom}
            rest.append({**box, "grid": grid})
    return rest


def _regions(words: list[dict[str, Any]], gutter: float | None) -> Iterable[list[dict[str, Any]]]:
    """Return the words in one region, or in bands: across the page, left column, right column."""
    if gutter is None:
        return [words]
    regions: list[list[dict[str, Any]]] = []
    band: list[dict[str, Any]] = []
    for row in _rows(words):
        # A line of which no gap stands at the gutter runs across: a heading over both columns.
        if any(word["x0"] < gutter < word["x1"] for word in row) or _is_across(row, gutter):
            regions += [*_halves(band, gutter), row]
            band = []
        else:
            band += row
    return [*regions, *_halves(band, gutter)]


def _is_across(row: list[dict[str, Any]], gutter: float) -> bool:
    left = [word for word in row if word["x1"] <= gutter]
    right = [word for word in row if word["x0"] >= gutter]
    if not left or not right:
        return False
    return float(min(w["x0"] for w in right) - max(w["x1"] for w in left)) < GUTTER / 2


def _halves(band: list[dict[str, Any]], gutter: float) -> list[list[dict[str, Any]]]:
    left = [word for word in band if word["x0"] < gutter]
    right = [word for word in band if word["x0"] >= gutter]
    return [half for half in (left, right) if half]


def _gutter(words: list[dict[str, Any]], width: float) -> float | None:
    """Return the middle of the white stripe between two columns, or None where there is one."""
    found: list[tuple[int, float, float]] = []
    for step in range(30, 71):
        x = width * step / 100
        crossing = sum(1 for w in words if w["x0"] < x + GUTTER / 2 and w["x1"] > x - GUTTER / 2)
        left = sum(1 for w in words if w["x1"] <= x)
        sides = min(left, len(words) - left - crossing)
        # Headings may run across; text of one column would cross on every line.
        if crossing <= len(words) * 0.03 and sides >= len(words) * SIDE:
            found.append((crossing, abs(x - width / 2), x))
    return min(found)[2] if found else None


def _rows(words: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (round(word["bottom"]), word["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - word["bottom"]) <= 3:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: float(word["x0"])) for row in rows]


def _line(row: list[dict[str, Any]], page: int, links: list[dict[str, Any]]) -> PdfLine:
    letters = sum(len(word["text"]) for word in row)
    heavy = sum(len(word["text"]) for word in row if HEAVY.search(word["fontname"]))
    top = min(word["top"] for word in row)
    bottom = max(word["bottom"] for word in row)
    x0, x1 = row[0]["x0"], row[-1]["x1"]
    near = [link for link in links if link["top"] < bottom - 1 and link["bottom"] > top + 1]
    uris = [link["uri"] for link in near if link["x0"] < x1 and link["x1"] > x0]
    return PdfLine(
        text=clean(" ".join(word["text"] for word in row)),
        page=page,
        size=max(row, key=lambda word: len(word["text"]))["size"],
        bold=heavy > letters / 2,
        top=top,
        bottom=bottom,
        right=float(x1),
        first=float(row[0]["x1"] - row[0]["x0"]),
        links=list(dict.fromkeys(str(uri) for uri in uris)),
    )
