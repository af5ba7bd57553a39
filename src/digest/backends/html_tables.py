"""Reads the tables of an HTML report whose rows are products, each of a company of its own."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from digest.backends.chrome import is_chrome
from digest.backends.company_columns import product_column
from digest.backends.links import unwrap
from digest.backends.markup import absolute, text_of

Row = tuple[str, str | None, str]  #: title, link and HTML of a product


def take_products(tree: Any, *, base: str) -> list[Row]:
    """Return the products that tables list, and take those tables out of the document.

    Args:
        tree: a parsed document; changed.
        base: what its links are relative to.
    """
    found: list[Row] = []
    for table in list(tree.iter("table")):
        rows = [list(row.xpath("./td | ./th")) for row in table.iter("tr")]
        products = list(_products(rows, base)) if len(rows) > 1 else []
        if products and table.getparent() is not None and not table.xpath(".//table"):
            found += products
            table.drop_tree()
    return found


def _products(rows: list[list[Any]], base: str) -> Iterator[Row]:
    names = [text_of(cell) for cell in rows[0]]
    named = product_column(names)
    if named is None:
        return
    for row in rows[1:]:
        texts = [text_of(cell) for cell in row]
        if len(texts) != len(names) or not texts[named]:
            continue
        links = (absolute(link, base) for cell in row for link in cell.xpath(".//a/@href"))
        link = next((unwrap(each) for each in links if each and not is_chrome(each, "")), None)
        lines = [
            f"<p>{escape(name)}: {escape(text)}</p>"
            for place, (name, text) in enumerate(zip(names, texts, strict=True))
            if text and place != named
        ]
        yield texts[named], link, "\n".join(lines)
