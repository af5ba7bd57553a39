"""A page as a PDF, by WeasyPrint, whose text library (Pango) belongs to the system."""

from __future__ import annotations

import logging
from datetime import datetime

from digest.errors import ModelError

CURE = (
    "install Pango: `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0` or "
    "`brew install pango`; or leave pdf out of editions.formats"
)

#: Columns and grids undone, which this library lays out ten times slower than blocks, and tables
#: that measure their cells; and what a reader opens on the page is left out.
PLAIN = """
.stories, .cards, .sources ol, .plain.columns, .parts, .charts, .top, .tallies div, .matters div,
.sources li { display: block !important; columns: auto !important }
.matters dt, .matters dd, .tallies dt, .tallies dd, .top > * { display: inline !important }
.matters dt::after, .tallies dt::after { content: " " }
.number::after { content: " " }
.story, .card, .sources li { break-inside: auto !important }
details { display: none !important }
/* … save what a generated draft rests on, and a chart's numbers: none without them. */
details.originals, details.originals summary, details.data, details.data summary {
  display: block !important
}
/* A column's width is its share, not its cells' longest word: measuring every cell, letter by
   letter where it may break anywhere, took half of the time of a table of products. */
.wide { table-layout: fixed }
.wide :is(th, td) { overflow-wrap: break-word !important }
.wide .nowrap { white-space: normal !important }
/* Behind the count of publishers the numbers of sources would stick out: they have their own. */
.products .whole { display: block !important }
.wide thead > tr > :first-child { width: 22% }
.data thead > tr > :first-child { width: 46% !important }
.products thead th:nth-child(2) { width: 43% }
.products thead th:nth-child(4) { width: 18% }
.tools thead th:last-child, .trends thead th:last-child { width: 28% }
@page { @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif } }
"""


def why_not() -> str:
    """Return what keeps a PDF from being made; "" where nothing does."""
    try:
        import weasyprint  # noqa: F401  # loads the system's library
    except (ImportError, OSError) as error:
        return _first_line(error)
    return ""


def print_page(page: str, *, made: str) -> bytes:
    """Return a page as a PDF with headings as bookmarks; the same page gives the same bytes.

    Args:
        page: HTML that needs no other file.
        made: its date, ISO 8601.

    Raises:
        ModelError: where WeasyPrint or the system's library that it needs is missing.
    """
    try:
        from weasyprint import CSS, HTML
    except (ImportError, OSError) as error:
        raise ModelError(f"no PDF can be made: {_first_line(error)}", cure=CURE) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # of styles that only screens know
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    day = datetime.fromisoformat(made).date().isoformat()
    dated = page.replace("<title>", f'<meta name="dcterms.created" content="{day}"><title>', 1)
    # Nothing is fetched: what the page does not hold is not in the PDF.
    document = HTML(string=dated, url_fetcher=_refuse)
    styles = [CSS(string=PLAIN)]
    made_of: bytes = document.write_pdf(stylesheets=styles, pdf_identifier=day.encode())
    return made_of


def _refuse(url: str, *_: object, **__: object) -> None:
    raise ValueError(f"{url} is not fetched")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
