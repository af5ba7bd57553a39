"""Reads the ruled tables of a PDF's page: one line a fact, and a heading a row where rows link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from digest.backends.markup import clean
from digest.text import count_words

EDGES = 2_000  #: rules of a page beyond which it is a drawing, not a table
HEAD = 5  #: words of a column's name, at most
ALONE = 3  #: words beside a table from which on it stands within a column
FILLED = 0.6  #: share of cells with words in them, from which on a grid is a table
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

    def holds(self, word: dict[str, Any]) -> bool:
        """Return whether a word stands in the table."""
        return _is_in(_middle(word), (self.left, self.top, self.right, self.bottom))

    def lines(self) -> Iterator[Told]:
        """Yield what the table says, row by row.

        A table with the names of its columns on top whose rows link to things of their own is a
        list of these: each row is a heading with a line a column. Any other is facts: each row is
        one line, its first cell what the rest is about.
        """
        names = _names(self.rows)
        things = bool(names) and _are_things(self.rows[1:])
        for row, (top, bottom) in zip(self.rows, self.heights, strict=True):
            if names and row is self.rows[0]:
                continue
            links = tuple(dict.fromkeys(link for cell in row for link in cell.links))
            size = max(cell.size for cell in row)
            if not things:
                yield Told(_fact(row, names), links, size, False, top, bottom)
                continue
            yield Told(row[0].text, links, size, True, top, bottom)
            for name, cell in zip(names[1:], row[1:], strict=True):
                if cell.text:
                    yield Told(_labelled(name, cell.text), (), size, False, top, bottom)


def find_grids(
    page: Any, words: Sequence[dict[str, Any]], links: Sequence[dict[str, Any]]
) -> list[Grid]:
    """Return the ruled tables of a page from top to bottom."""
    if not 4 <= len(page.edges) <= EDGES:
        return []
    found = []
    for table in page.find_tables():
        x0, top, x1, bottom = table.bbox
        beside = [
            word
            for word in words
            if top < _middle(word)[1] < bottom and not x0 <= _middle(word)[0] <= x1
        ]
        rows = [[_cell(box, words, links) for box in row.cells] for row in table.rows]
        if _is_table(rows):
            boxes = [row.bbox for row in table.rows]
            heights = tuple((float(box[1]), float(box[3])) for box in boxes)
            found.append(
                Grid(
                    left=float(x0),
                    top=float(top),
                    right=float(x1),
                    bottom=float(bottom),
                    rows=tuple(map(tuple, rows)),
                    heights=heights,
                    alone=len(beside) < ALONE,
                )
            )
    return sorted(found, key=lambda grid: grid.top)


def _is_table(rows: list[list[Cell]]) -> bool:
    widths = {len(row) for row in rows}
    cells = [cell for row in rows for cell in row]
    filled = sum(bool(cell.text) for cell in cells)
    return len(rows) > 1 and len(widths) == 1 and min(widths) > 1 and filled >= FILLED * len(cells)


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
    wanted = len(head) > 2 or _are_things(rows[1:])
    return tuple(cell.text for cell in head) if short and wanted else ()


def _are_things(rows: Sequence[Sequence[Cell]]) -> bool:
    """Return whether most rows link, each to something else, and have a name in front."""
    linked = [next((link for cell in row for link in cell.links), "") for row in rows]
    named = [link for link, row in zip(linked, rows, strict=True) if link and row[0].text]
    return len(rows) > 1 and len(set(named)) == len(named) > len(rows) / 2


def _fact(row: Sequence[Cell], names: tuple[str, ...]) -> str:
    head, *rest = (cell.text for cell in row)
    if not names:
        return _labelled(head, " · ".join(filter(None, rest)))
    told = [_labelled(name, text) for name, text in zip(names[1:], rest, strict=True) if text]
    return _labelled(head, "; ".join(told)) if head else "; ".join(told)


def _labelled(name: str, text: str) -> str:
    name = name.rstrip(" :：")
    return f"{name}: {text}" if name and text else name or text
