"""Reads the tables of an HTML report whose rows are products, each of a company of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from digest.backends.chrome import is_chrome
from digest.backends.company_columns import product_column
from digest.backends.links import unwrap
from digest.backends.markup import absolute, text_of

Row = tuple[str, str | None, str]  #: title, link and HTML of a product


def take_products(tree: Any, *, base: str) -> list[Row]:
    """Return the products that tables list, and take their rows out of the document.

    Args:
        tree: a parsed document; changed. What is no product of a table stays where it is.
        base: what its links are relative to.
    """
    found: list[Row] = []
    for table in list(tree.iter("table")):
        lines = list(table.iter("tr"))
        if len(lines) < 2 or table.getparent() is None or table.xpath(".//table"):
            continue
        products = list(_products(lines, base))
        found += [row for _, row in products]
        if products and _is_all_read(lines, [line for line, _ in products]):
            table.drop_tree()
        else:  # a note, or a row over several columns: it stays where it is
            for line, _ in products:
                line.drop_tree()
    return found


def _is_all_read(lines: Sequence[Any], read: Sequence[Any]) -> bool:
    """Return whether nothing stands in any row but the first one and those that were read."""
    return not any(text_of(line) for line in lines[1:] if line not in read)


def _products(lines: Sequence[Any], base: str) -> Iterator[tuple[Any, Row]]:
    """Give each row that lists a product, and what it says."""
    rows = [list(line.xpath("./td | ./th")) for line in lines]
    names = [text_of(cell) for cell in rows[0]]
    named = product_column(names)
    if named is None:
        return
    for line, row in zip(lines[1:], rows[1:], strict=True):
        texts = [text_of(cell) for cell in row]
        if len(texts) != len(names) or not texts[named]:
            continue
        links = (absolute(link, base) for cell in row for link in cell.xpath(".//a/@href"))
        link = next((unwrap(each) for each in links if each and not is_chrome(each, "")), None)
        told = [
            f"<p>{escape(name)}: {escape(text)}</p>"
            for place, (name, text) in enumerate(zip(names, texts, strict=True))
            if text and place != named
        ]
        yield line, (texts[named], link, "\n".join(told))
