"""Reads the ruled tables of a PDF's page: one line a fact, and a heading a row where rows link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digest.backends.company_columns import product_column
from digest.backends.markup import clean
from digest.text import count_words

EDGES = 2_000  #: rules of a page beyond which it is a drawing, not a table
HEAD = 5  #: words of a column's name, at most
ALONE = 3  #: words beside a table from which on it stands within a column
FILLED = 0.6  #: share of cells with words in them, from which on a grid is a table
SHIFT = 3.0  #: points by which the columns of a table may stand otherwise on the next page
EDGE = 0.08  #: share of the page's height that is head or foot
FAR = 1_000.0  #: points: no line of a table runs on from another


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell."""

    text: str
    links: tuple[str, ...]
    size: float


@dataclass(frozen=True, slots=True)
class Told:
    """A line that a table comes to, and where it stands."""

    text: str
    links: tuple[str, ...]
    size: float
    bold: bool  #: a heading: the row's first cell, where rows are things of their own
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its place on the page."""

    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[tuple[Cell, ...], ...]
    heights: tuple[tuple[float, float], ...]  #: top and bottom of each row
    alone: bool  #: whether no text stands beside it: within a column there does
    columns: tuple[float, ...]  #: where each begins
    before: Grid | None = (
        None  #: the table at the end of the page before, of which this is the rest
    )
    ends: bool = False  #: whether its page ends with it, so that it may go on on the next

    def holds(self, word: dict[str, Any]) -> bool:
        """Return whether a word stands in the table."""
        return _is_in(_middle(word), (self.left, self.top, self.right, self.bottom))

    def lines(self) -> Iterator[Told]:
        """Yield what the table says, row by row.

        A table with the names of its columns on top whose rows link to things of their own, or one
        column of which is the company's, is a list of these: each row is a heading with a line a
        column. Any other is facts: each row is one line, its first cell what the rest is about.
        """
        names, things = self.reading()
        for row, (top, bottom) in zip(self.rows, self.heights, strict=True):
            is_head = bool(names) and tuple(cell.text for cell in row) == names
            if is_head and len(self.rows) > 1:
                continue
            links = tuple(dict.fromkeys(link for cell in row for link in cell.links))
            size = max(cell.size for cell in row)
            if is_head or not things:
                yield Told(_fact(row, () if is_head else names), links, size, False, top, bottom)
                continue
            named = product_column(names) or 0
            yield Told(row[named].text, links, size, True, top, bottom)
            for place, (name, cell) in enumerate(zip(names, row, strict=True)):
                if cell.text and place != named:
                    yield Told(_labelled(name, cell.text), (), size, False, top, bottom)

    def reading(self) -> tuple[tuple[str, ...], bool]:
        """Return the names of the columns, and whether each row is a thing of its own.

        What a page break cuts is read as it was before: its first row names no columns.
        """
        if self.before is not None:
            return self.before.reading()
        names = _names(self.rows)
        least = 1 if self.ends else 2
        of_companies = product_column(names) is not None
        return names, bool(names) and (of_companies or _are_things(self.rows[1:], least=least))

    def goes_on_from(self, before: Grid | None) -> bool:
        """Return whether its columns are those of a table at the end of the page before."""
        if before is None or len(before.columns) != len(self.columns):
            return False
        pairs = zip((*before.columns, before.right), (*self.columns, self.right), strict=True)
        return all(abs(above - below) <= SHIFT for above, below in pairs)


def find_grids(
    page: Any,
    words: Sequence[dict[str, Any]],
    links: Sequence[dict[str, Any]],
    before: Grid | None = None,
) -> list[Grid]:
    """Return the ruled tables of a page from top to bottom.

    Args:
        page: the page, as pdfplumber has it.
        words: its words.
        links: its links.
        before: the table that stands at the end of the page before.
    """
    if not 4 <= len(page.edges) <= EDGES:
        return []
    tables = sorted(page.find_tables(), key=lambda table: float(table.bbox[1]))
    found = []
    for table in tables:
        grid = _grid(table, words, links)
        first = table is tables[0] and not _between(words, page, end=grid.top)
        if first and grid.alone and grid.goes_on_from(before):
            grid = replace(grid, before=before)
        ends = table is tables[-1] and grid.alone
        grid = replace(grid, ends=ends and not _between(words, page, start=grid.bottom))
        if _is_table(grid.rows, least=1 if grid.before or grid.ends else 2):
            found.append(grid)
    return found


def last_of(grids: Sequence[Grid]) -> Grid | None:
    """Return the table with which a page ends, None where something stands below it."""
    return grids[-1] if grids and grids[-1].ends else None


def _between(
    words: Sequence[dict[str, Any]], page: Any, *, start: float = 0.0, end: float = FAR * FAR
) -> bool:
    """Return whether there are words in a strip of a page, heads and feet aside."""
    height = float(page.height or 1)
    places = [_middle(word)[1] for word in words]
    return any(start < y < end and EDGE < y / height < 1 - EDGE for y in places)


def _grid(table: Any, words: Sequence[dict[str, Any]], links: Sequence[dict[str, Any]]) -> Grid:
    x0, top, x1, bottom = map(float, table.bbox)
    beside = [
        word
        for word in words
        if top < _middle(word)[1] < bottom and not x0 <= _middle(word)[0] <= x1
    ]
    boxes = [row.bbox for row in table.rows]
    starts = [float(box[0]) if box else -FAR for box in table.rows[0].cells]
    return Grid(
        left=x0,
        top=top,
        right=x1,
        bottom=bottom,
        rows=tuple(tuple(_cell(box, words, links) for box in row.cells) for row in table.rows),
        heights=tuple((float(box[1]), float(box[3])) for box in boxes),
        alone=len(beside) < ALONE,
        columns=tuple(starts),
    )


def _is_table(rows: Sequence[Sequence[Cell]], *, least: int) -> bool:
    widths = {len(row) for row in rows}
    cells = [cell for row in rows for cell in row]
    filled = sum(bool(cell.text) for cell in cells)
    return (
        len(rows) >= least
        and len(widths) == 1
        and min(widths) > 1
        and filled >= FILLED * len(cells)
    )


def _cell(
    box: Sequence[float] | None, words: Sequence[dict[str, Any]], links: Sequence[dict[str, Any]]
) -> Cell:
    if box is None:  # a part of its neighbour
        return Cell("", (), 0.0)
    inside = [word for word in words if _is_in(_middle(word), box)]
    inside.sort(key=lambda word: (round(word["bottom"]), word["x0"]))
    targets = [str(link["uri"]) for link in links if _is_in(_middle(link), box)]
    text = clean(" ".join(word["text"] for word in inside))
    size = max((float(word["size"]) for word in inside), default=0.0)
    return Cell(text, tuple(dict.fromkeys(targets)), size)


def _middle(place: dict[str, Any]) -> tuple[float, float]:
    return (place["x0"] + place["x1"]) / 2, (place["top"] + place["bottom"]) / 2


def _is_in(point: tuple[float, float], box: Sequence[float]) -> bool:
    return bool(box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3])


def _names(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Return the names of the columns, nothing where the first row has none.

    Two columns are a label and its value, unless the rows link to things of their own.
    """
    head = rows[0]
    short = all(cell.text and count_words(cell.text) <= HEAD and not cell.links for cell in head)
    texts = [cell.text for cell in head]
    wanted = len(head) > 2 or _are_things(rows[1:]) or product_column(texts) is not None
    return tuple(cell.text for cell in head) if short and wanted else ()


def _are_things(rows: Sequence[Sequence[Cell]], *, least: int = 2) -> bool:
    """Return whether most rows link, each to something else, and have a name in front."""
    linked = [next((link for cell in row for link in cell.links), "") for row in rows]
    named = [link for link, row in zip(linked, rows, strict=True) if link and row[0].text]
    return len(rows) >= least and len(set(named)) == len(named) > len(rows) / 2


def _fact(row: Sequence[Cell], names: tuple[str, ...]) -> str:
    head, *rest = (cell.text for cell in row)
    if not names:
        return _labelled(head, " · ".join(filter(None, rest)))
    told = [_labelled(name, text) for name, text in zip(names[1:], rest, strict=True) if text]
    return _labelled(head, "; ".join(told)) if head else "; ".join(told)


def _labelled(name: str, text: str) -> str:
    name = name.rstrip(" :：")
    return f"{name}: {text}" if name and text else name or text
