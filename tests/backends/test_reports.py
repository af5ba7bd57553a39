from __future__ import annotations

import io

import pytest

from digest.backends.pdf_tables import Cell, Grid
from digest.backends.pdfs import read_pdf
from digest.backends.reports import ReportReader
from digest.errors import ParseError
from digest.records import Entry

URL = "https://review.example/q3.pdf"
WORDS = "writes campaign briefs from product data and checks them against the rules of a brand "


def make_pdf(columns: int = 1, each: int = 5, tables: bool = False) -> bytes:
    """Return a report of two categories of products, laid out as such reports are.

    `tables`: each product has its plan and price in a ruled table.
    """
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        KeepTogether,
        PageTemplate,
        Paragraph,
        Table,
        TableStyle,
    )

    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    style = getSampleStyleSheet()
    style["Title"].fontSize, style["Title"].leading = 24, 30
    width, height = A4
    wide = (width - 70 - 30 * columns) / columns
    frames = [Frame(50 + n * (wide + 30), 50, wide, height - 100) for n in range(columns)]
    target = io.BytesIO()
    document = BaseDocTemplate(target, pagesize=A4)

    def foot(canvas: object, page: object) -> None:
        canvas.drawString(50, 30, f"Martech Review Q3 2026 · page {page.page}")  # type: ignore[attr-defined]

    document.addPageTemplates([PageTemplate(frames=frames, onPage=foot)])
    flow = [
        Paragraph("Martech Review Q3 2026", style["Title"]),
        Paragraph("The Review. Published 1 October 2026.", style["BodyText"]),
    ]
    for category in ("Email Marketing", "Customer Data"):
        flow.append(Paragraph(category, style["Heading1"]))
        for n in range(each):
            word = category.split()[0]
            link = f"https://vendor{n}.example/{word.lower()}"
            flow.append(Paragraph(f"{word} Product {n}", style["Heading2"]))
            text = (
                f"<b>Company {n}</b> announced a tool that {WORDS * 4}. <a href='{link}'>Site</a>"
            )
            flow.append(Paragraph(text, style["BodyText"]))
            if tables:
                cells = [["Plan", f"Plan {word} {n}"], ["Price", f"{n + 1}0 euros a month"]]
                flow += [KeepTogether([Table(cells, colWidths=(60, 120), style=grid)])]
                flow += [Paragraph(f"{word} {n} is on sale.", style["BodyText"])]
    document.build(flow)
    return target.getvalue()


def read(body: bytes) -> list[Entry]:
    return list(ReportReader().read(body, url=URL))


@pytest.mark.parametrize("columns", [1, 2])
def test_a_pdf_is_split_by_its_headings(columns: int) -> None:
    """Each product is an entry with its own text and link, in one column or two."""
    entries = read(make_pdf(columns))
    names = [f"{word} Product {n}" for word in ("Email", "Customer") for n in range(5)]
    assert [entry.title for entry in entries] == names
    assert [entry.url for entry in entries] == [
        f"https://vendor{n}.example/{word}" for word in ("email", "customer") for n in range(5)
    ]
    for entry in entries:
        number = entry.title[-1]
        assert f"Company {number} announced a tool" in entry.html
        assert entry.html.count("announced") == 1
        assert "Martech Review" not in entry.html


@pytest.mark.parametrize("columns", [1, 2])
def test_a_table_within_a_column_stands_where_it_stands(columns: int) -> None:
    """Row by row between the paragraphs of its column, nothing of the other column in it."""
    entries = read(make_pdf(columns, tables=True))
    names = [f"{word} Product {n}" for word in ("Email", "Customer") for n in range(5)]
    assert [entry.title for entry in entries] == names
    for number, entry in enumerate(entries):
        word, n = names[number].split()[0], number % 5
        assert entry.html.split("\n")[-3:] == [
            f"<p>Plan: Plan {word} {n}</p>",
            f"<p>Price: {n + 1}0 euros a month</p>",
            f"<p>{word} {n} is on sale.</p>",
        ]


def test_an_entry_names_report_and_page() -> None:
    """A citation can say where in the report a claim stands."""
    entries = read(make_pdf(1, each=9))
    vias = [entry.via for entry in entries if entry.via]
    assert {(via.id, via.title, via.url, via.published) for via in vias} == {
        (URL, "Martech Review Q3 2026", URL, "2026-10-01")
    }
    assert {entry.published for entry in entries} == {"2026-10-01"}
    pages = [via.page for via in vias]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert (pages[0], pages[-1]) == (1, 3)


def make_front_matter() -> bytes:
    """Return a report that opens with its own words and closes with its method."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()
    told = [
        ("The one thing to know", "Buyers began to ask for evidence, and some vendors gave it.")
    ]
    told += [("Themes", "Agents may draft but not send, and models move to customers' machines.")]
    flow = [Paragraph("Innovation Review", style["Title"])]
    for head, text in told:
        flow += [Paragraph(head, style["Heading2"]), Paragraph(text, style["BodyText"])]
    for category in ("Email", "Data"):
        flow.append(Paragraph(category, style["Heading1"]))
        for name in ("Nimbus", "Kelp", "Ostler"):
            link = f"https://vendor.example/{category.lower()}-{name.lower()}"
            flow += [
                Paragraph(f"{category} {name}", style["Heading2"]),
                Paragraph(f"Company: {name} Works", style["BodyText"]),
                Paragraph("Writes briefs from product data. In sale since May.", style["BodyText"]),
                Paragraph(f'<a href="{link}">{link}</a>', style["BodyText"]),
            ]
    flow += [Paragraph("Method", style["Heading1"])]
    flow += [Paragraph("We read 212 announcements and spoke to eleven vendors.", style["BodyText"])]
    target = io.BytesIO()
    SimpleDocTemplate(target).build(flow)
    return target.getvalue()


def test_a_reports_own_words_are_no_products() -> None:
    """What to know, themes and method have no link and stand in no category: they are no entry."""
    entries = read(make_front_matter())
    names = [f"{category} {name}" for category in ("Email", "Data") for name in ("Nimbus", "Kelp")]
    assert [entry.title for entry in entries if "Ostler" not in entry.title] == names
    assert len(entries) == 6


def test_a_label_and_an_address_are_paragraphs_of_their_own() -> None:
    """A line broken before its time ends a paragraph, even without a gap."""
    first = read(make_front_matter())[0]
    link = "https://vendor.example/email-nimbus"
    assert first.html.split("\n") == [
        "<p>Company: Nimbus Works</p>",
        "<p>Writes briefs from product data. In sale since May.</p>",
        f'<p><a href="{link}">{link}</a></p>',
    ]
    assert first.url == link


def test_html_is_split_by_its_headings() -> None:
    """A long page has its lowest headings as entries; a bare section heading is none."""
    html = (
        "<html lang=nl><title>Overzicht</title><body><nav><a href='/x'>Menu</a></nav><main>"
        "<h1>Overzicht Q3</h1><p>In dit overzicht staan alle nieuwe producten.</p>"
        "<h2>E-mail</h2><h3>Plannr</h3><p>Plannr stelt campagnes voor op basis van cijfers. "
        "<a href='https://plannr.example/'>plannr.example</a></p>"
        "<h3>Logboek</h3><p>Logboek bewaart elke toestemming in een openbaar register.</p></main>"
    )
    entries = read(html.encode())
    assert [(entry.title, entry.url, entry.language) for entry in entries] == [
        ("Plannr", "https://plannr.example/", "nl"),
        ("Logboek", None, "nl"),
    ]
    assert entries[0].via is not None
    assert entries[0].via.title == "Overzicht Q3"


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", make_pdf()[:3000]])
def test_what_cannot_be_read_says_so(body: bytes) -> None:
    """A broken or empty report is a ParseError, never a crash."""
    with pytest.raises(ParseError):
        read(body)


def tabled(
    *rows: tuple[str, ...],
    wide: tuple[int, ...],
    head: str = "New products",
    low: float = 0,
    again: bool = False,
) -> bytes:
    """Return a report with a ruled table below a heading, and a paragraph after it.

    Args:
        rows: of the table.
        wide: its columns, in points.
        head: the heading.
        low: points by which the table stands further down, so that the page ends within it.
        again: whether its first row is set again on the next page.
    """
    from reportlab.lib import colors
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    style = getSampleStyleSheet()
    grid = TableStyle(
        [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )
    cells = [[Paragraph(cell, style["BodyText"]) for cell in row] for row in rows]
    text = f"<b>Nimbus</b> {WORDS * 2}. <a href='https://nimbus.example/'>Site</a>"
    flow = [
        Paragraph("Innovation Review", style["Title"]),
        Paragraph("What was new in this quarter, in one table.", style["BodyText"]),
        Paragraph(head, style["Heading1"]),
        Paragraph(text, style["BodyText"]),
        Spacer(1, low),
        Table(cells, colWidths=wide, style=grid, repeatRows=int(again)),
        Paragraph("The prices were asked for in September.", style["BodyText"]),
    ]
    target = io.BytesIO()
    SimpleDocTemplate(target).build(flow)
    return target.getvalue()


def test_a_table_of_facts_is_a_line_a_row() -> None:
    """Label and value stay together, however many lines a cell has; what follows is its own."""
    body = tabled(
        ("Price", "40 euros a month for a thousand contacts, billed for one whole year"),
        ("In sale:", "since May 2026"),
        wide=(90, 180),
        head="Nimbus Writer",
    )
    (entry,) = read(body)
    assert (entry.title, entry.url) == ("Nimbus Writer", "https://nimbus.example/")
    assert entry.html.split("\n")[1:] == [
        "<p>Price: 40 euros a month for a thousand contacts, billed for one whole year</p>",
        "<p>In sale: since May 2026</p>",
        "<p>The prices were asked for in September.</p>",
    ]


def test_a_table_of_products_is_an_entry_a_row() -> None:
    """Each row that links to a thing of its own is one, with the names of the columns."""
    rows = [
        (
            f"<a href='https://{name.lower()}.example/'>{name}</a>",
            f"{name} Works",
            f"{WORDS}in {name}",
        )
        for name in ("Kelp", "Ostler", "Brandle")
    ]
    found = read(tabled(("Product", "Vendor", "What it does"), *rows, wide=(70, 90, 250)))
    products = [entry for entry in found if entry.url != "https://nimbus.example/"]
    assert [(each.title, each.url) for each in products] == [
        (name, f"https://{name.lower()}.example/") for name in ("Kelp", "Ostler", "Brandle")
    ]
    assert products[1].html.split("\n") == [
        "<p>Vendor: Ostler Works</p>",
        f"<p>What it does: {WORDS}in Ostler</p>",
    ]


def test_a_table_that_compares_keeps_its_columns_names() -> None:
    """Figures of three columns say of what they are."""
    body = tabled(
        ("Plan", "Contacts", "Price"),
        ("Small", "1,000", "40 euros"),
        ("Large", "9,000", "90 euros"),
        wide=(80, 80, 80),
        head="Nimbus Writer",
    )
    (entry,) = read(body)
    assert "<p>Small: Contacts: 1,000; Price: 40 euros</p>" in entry.html
    assert "<p>Large: Contacts: 9,000; Price: 90 euros</p>" in entry.html


@pytest.mark.parametrize("again", [False, True], ids=["header once", "header on each page"])
@pytest.mark.parametrize("low", [500, 515, 530, 545, 560])
def test_a_table_that_a_page_break_cuts_is_one(low: int, again: bool) -> None:
    """On the next page its rows keep the names of its columns, and none of them becomes a name."""
    names = ("Small", "Medium", "Large", "Huge", "Endless")
    rows = [(name, f"{place},000", f"{place}0 euros") for place, name in enumerate(names, start=1)]
    head = ("Plan", "Contacts", "Price")
    body = tabled(head, *rows, wide=(80, 80, 80), head="Nimbus Writer", low=low, again=again)
    (entry,) = read(body)
    told = [
        f"<p>{name}: Contacts: {place},000; Price: {place}0 euros</p>"
        for place, name in enumerate(names, start=1)
    ]
    head_alone = low == 560 and not again
    assert entry.html.split("\n")[1 + head_alone : -1] == told
    assert 2 in {line.page for line in read_pdf(body) if line.text.startswith(names)}


@pytest.mark.parametrize("low", [470, 500, 520])
def test_a_table_of_products_goes_on_over_the_page(low: int) -> None:
    """Each row is an entry, with its own page, also where one row stands before the break."""
    rows = [
        (f"<a href='https://{name.lower()}.example/'>{name}</a>", f"{name} Works", WORDS)
        for name in ("Kelp", "Ostler", "Brandle", "Tamarind")
    ]
    head = ("Product", "Vendor", "What it does")
    found = read(tabled(head, *rows, wide=(70, 90, 250), low=low))
    products = [entry for entry in found if entry.url != "https://nimbus.example/"]
    assert [each.title for each in products] == ["Kelp", "Ostler", "Brandle", "Tamarind"]
    assert {each.via.page for each in products if each.via} == {1, 2}
    assert all("<p>Vendor: " in each.html for each in products)


def test_another_table_on_the_next_page_has_names_of_its_own() -> None:
    """Its columns stand elsewhere."""

    def grid(*columns: float) -> Grid:
        row = tuple(Cell("x", (), 9.0) for _ in columns)
        return Grid(0, 0, 300, 9, (row,), ((0.0, 9.0),), True, columns)

    assert grid(0, 100).goes_on_from(grid(1, 102))
    assert not grid(0, 100).goes_on_from(grid(0, 120))
    assert not grid(0, 100).goes_on_from(grid(0, 100, 200))
    assert not grid(0, 100).goes_on_from(None)


def test_rows_of_an_html_table_are_products_where_a_column_is_the_companys() -> None:
    """Each with its own link and a line a column; the rest of the page is read as ever."""
    html = (
        "<html><title>New in Q3</title><body><main><h1>New in Q3</h1><p>All that was announced.</p>"
        "<table><tr><th>Company</th><th>Product</th><th>What it does</th></tr>"
        "<tr><td>Acme</td><td><a href='https://acme.example/nova'>Nova</a></td><td>Plans.</td></tr>"
        "<tr><td>Beta &amp; Co</td><td>Orbit</td><td>Sends mail.</td></tr></table></main></body>"
    )
    entries = read(html.encode())
    assert [(each.title, each.url, each.html) for each in entries] == [
        ("Nova", "https://acme.example/nova", "<p>Company: Acme</p>\n<p>What it does: Plans.</p>"),
        ("Orbit", None, "<p>Company: Beta &amp; Co</p>\n<p>What it does: Sends mail.</p>"),
    ]
    assert all(each.via and each.via.is_report for each in entries)


ROWS = (
    "<table><tr><th>Company</th><th>Product</th></tr><tr><td>Acme</td><td>Nova</td></tr>"
    "<tr><td>Beta</td><td>Orbit</td></tr></table>"
)


@pytest.mark.parametrize("below", [ROWS, f"{ROWS}<h2>Nimbus</h2><p>Gamma plans mail with it.</p>"])
def test_what_a_report_tells_under_its_title_is_not_lost(below: str) -> None:
    """An opening of some sentences is an entry, as in a PDF, whatever stands below it."""
    told = "Prices of planners fell by a third, and two in five vendors now sell them by the month."
    html = (
        f"<html><title>Q3</title><body><main><h1>Q3</h1><p>{told}</p><p>{told} {told}</p>{below}"
        "</main></body>"
    )
    entries = {each.title: each.html for each in read(html.encode())}
    assert {"Q3", "Nova", "Orbit"} <= set(entries)
    assert entries["Q3"].count(told) == 3


def test_a_row_that_is_no_product_stays_where_it_stands() -> None:
    """A note over all columns of a table of products is text below its heading, and not lost."""
    html = (
        "<html><title>Q3</title><body><main><h1>Q3</h1><h2>Orbit 2</h2><p>Beta sends mail.</p>"
        "<table><tr><th>Company</th><th>Product</th></tr><tr><td>Acme</td><td>Nova</td></tr>"
        "<tr><td colspan='2'>Orbit 2 costs 40 euros a month.</td></tr></table>"
        "<h2>Nimbus</h2><p>Gamma plans campaigns with it.</p></main></body>"
    )
    told = {each.title: each.html for each in read(html.encode())}
    assert list(told) == ["Orbit 2", "Nimbus", "Nova"]
    assert "Orbit 2 costs 40 euros a month." in told["Orbit 2"]
    assert "Nova" not in told["Orbit 2"]


def test_a_table_of_facts_is_no_list_of_products() -> None:
    """Without a column of companies a row is no product."""
    html = (
        "<html><title>Review</title><body><main><h1>Review</h1><h2>Nova</h2>"
        "<p>Acme announced a planner for campaigns.</p><table><tr><th>Plan</th><th>Price</th></tr>"
        "<tr><td>Small</td><td>40</td></tr></table><h2>Orbit</h2><p>Beta sends mail to all.</p>"
    )
    assert [each.title for each in read(html.encode())] == ["Nova", "Orbit"]


def test_rows_of_a_pdf_table_are_products_where_a_column_is_the_companys() -> None:
    """They need no links: company and product tell that each row is a thing."""
    names = ("Product", "Company", "What it does")
    told = (Cell("Nova", (), 9.0), Cell("Acme", (), 9.0), Cell("Plans", (), 9.0))
    rows = (tuple(Cell(name, (), 9.0) for name in names), told)
    table = Grid(0, 0, 300, 20, rows, ((0, 10), (10, 20)), True, (0, 100, 200))
    assert [(each.text, each.bold) for each in table.lines()] == [
        ("Nova", True), ("Company: Acme", False), ("What it does: Plans", False),
    ]  # fmt: skip


def test_a_pdf_that_prints_no_date_is_dated_by_its_own_file() -> None:
    """The day on which it says that it was made, not the day on which we first saw it."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    page = Canvas(target, invariant=1)  # says that it was made on 1 January 2000
    page.setFont("Helvetica", 20)
    page.drawString(50, 700, "Nova (Acme)")
    page.setFont("Helvetica", 10)
    for place, words in enumerate((WORDS, WORDS, "and is to be had from now on.")):
        page.drawString(50, 670 - 12 * place, words)
    page.save()
    assert [entry.published for entry in read(target.getvalue())] == ["2000-01-01"]


def test_a_day_of_one_entry_dates_no_pdf_report() -> None:
    """It is that entry's; the others keep the day on which the file was made."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    page = Canvas(target, invariant=1)
    lines = (
        (24, "What is new in martech"),
        (16, "Nova (Acme)"),
        (10, f"{WORDS}. In beta since 3 December 2026."),
        (16, "Orbit (Beta & Co)"),
        (10, f"{WORDS}. It is to be had from now on."),
    )
    for place, (size, words) in enumerate(lines):
        page.setFont("Helvetica", size)
        page.drawString(50, 760 - 60 * place, words)
    page.save()
    entries = read(target.getvalue())
    assert [(each.title, each.published) for each in entries] == [
        ("Nova (Acme)", "2000-01-01"),
        ("Orbit (Beta & Co)", "2000-01-01"),
    ]


def test_a_day_of_one_entry_dates_no_html_report() -> None:
    """A report's own day stands before its first entry."""
    entries = (
        "<h2>Nova (Acme)</h2><p>It plans a week. In beta since 3 December 2026.</p>"
        "<h2>Orbit (Beta &amp; Co)</h2><p>It sends mail to all that want it.</p>"
    )
    page = "<html><body><main><h1>New in martech</h1><p>{}</p>{}</main></body></html>"
    bare = read(page.format("All that was announced.", entries).encode())
    assert [each.published for each in bare] == [None, None]
    told = read(page.format("Published 20 December 2026.", entries).encode())
    assert [each.published for each in told] == ["2026-12-20", "2026-12-20"]


def test_an_entry_tells_the_heading_of_its_section() -> None:
    """In a PDF by the size of its letters, in HTML by its rank; the report's title is none."""
    pdf = read(make_pdf(1, each=5))
    assert {each.via.section for each in pdf if each.via} == {"Email Marketing", "Customer Data"}
    html = (
        "<html><body><main><h1>New in martech</h1><h2>SEO</h2><h3>Nova (Acme)</h3>"
        "<p>It checks links for all that want it.</p><h2>Orbit (Beta)</h2>"
        "<p>It sends mail to all that want it.</p></main></body></html>"
    )
    entries = read(html.encode())
    assert [(each.title, each.via.section) for each in entries if each.via] == [
        ("Nova (Acme)", "SEO"),
        ("Orbit (Beta)", ""),
    ]
