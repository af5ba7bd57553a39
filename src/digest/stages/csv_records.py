"""The launch records of an edition as CSV, RFC 4180, for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

from digest.records import Citation, Edition, Product
from digest.stages.safe import clean

COLUMNS = (
    "record",
    "vendor",
    "product",
    "event",
    "category",
    "announced",
    "announced_from",
    "availability",
    "relation",
    "publishers",
    "languages",
    "confidence",
    "review",
    "evidence",
    "evidence_language",
    "translation",
    "source",
    "url",
    "every_url",
    "vendor_for_reader",
    "product_for_reader",
)
#: What a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: Without it Excel reads a file as this country's old code page, and "潮汐" as noise.
UTF8_MARK = "\ufeff"


def write_records(edition: Edition) -> str:
    """Return one line a record, codes as in `edition.json`, after a mark and a line of names.

    Names stand as their sources write them, and last as the page calls them for its reader.
    """
    out = StringIO()
    out.write(UTF8_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    sources = {each.number: each for each in edition.citations}
    readable = dict(edition.readable)
    for product in edition.products:
        names = (readable.get(name, name) for name in (product.vendor, product.product))
        writer.writerow([_safe(cell) for cell in (*_cells(product, sources), *names)])
    return out.getvalue()


def _cells(product: Product, sources: Mapping[int, Citation]) -> list[str]:
    line = product.line
    source = sources[line.citation]
    return [
        product.record,
        product.vendor,
        product.product,
        product.event,
        product.category or "",
        product.announced or "",
        product.announced_from,
        product.availability,
        product.relation,
        "; ".join(product.publishers),
        " ".join(product.languages),
        f"{product.confidence:.2f}",
        product.review,
        line.original.text,
        line.language,
        line.text if line.translated else "",
        source.publisher,
        source.url or "",
        " ".join(sources[number].url or "" for number in product.citations),
    ]


def _safe(cell: str) -> str:
    text = clean(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
