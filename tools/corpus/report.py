"""Makes the quarterly innovation reports as PDF, the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer


def make_report(report: dict[str, Any]) -> bytes:
    """Return a report: a title page with its themes, then the products by category."""
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        invariant=1,
        title=report["title"],
        author=report["publisher"],
        lang="en",
    )
    document.build([*_front(report), PageBreak(), *_products(report)], onLaterPages=_number)
    return buffer.getvalue()


def _front(report: dict[str, Any]) -> list[Any]:
    styles = getSampleStyleSheet()
    count = sum(len(group["products"]) for group in report["categories"])
    lines: list[Any] = [
        Paragraph(escape(report["title"]), styles["Title"]),
        Paragraph(
            escape(f"{report['publisher']}. Published {report['published']}."), styles["Normal"]
        ),
        Spacer(1, 24),
        Paragraph("The one thing to know", styles["Heading2"]),
        Paragraph(escape(report["one_thing"]), styles["Normal"]),
        Paragraph("Themes of the quarter", styles["Heading2"]),
    ]
    lines += [Paragraph(escape(theme), styles["Normal"]) for theme in report["themes"]]
    named = f"{count} products in {len(report['categories'])} categories follow."
    return [*lines, Spacer(1, 12), Paragraph(named, styles["Normal"])]


def _products(report: dict[str, Any]) -> list[Any]:
    styles = getSampleStyleSheet()
    lines: list[Any] = []
    for group in report["categories"]:
        lines.append(Paragraph(escape(group["name"]), styles["Heading1"]))
        for product in group["products"]:
            url = escape(product["url"])
            lines += [
                Paragraph(escape(product["name"]), styles["Heading2"]),
                Paragraph(f"Company: {escape(product['company'])}", styles["Normal"]),
                Paragraph(escape(product["what"]), styles["Normal"]),
                Paragraph(f'<link href="{url}" color="blue">{url}</link>', styles["Normal"]),
                Spacer(1, 10),
            ]
    return lines


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(A4[0] / 2, 30, f"Page {document.page}")
