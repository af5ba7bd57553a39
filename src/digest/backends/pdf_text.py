"""The text of an article that is a PDF, page by page, in reading order."""

from __future__ import annotations

import io
import re

from digest.backends.bylines import clean_names
from digest.backends.dates import parse_date
from digest.errors import ParseError
from digest.ports import Extraction
from digest.records import NO_RULES, SiteRules
from digest.text import normalise

PAGES = 60  #: pages that are read: an article or report that is longer is cut here
PDF_DATE = re.compile(
    r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?(?:([+-])(\d{2})'?(\d{2})|Z)?"
)


class PdfExtractor:
    """Reads PDF. Thread-safe: it holds nothing between two files."""

    def extract(
        self,
        body: bytes,
        *,
        url: str | None,
        charset: str | None = None,
        rules: SiteRules = NO_RULES,
    ) -> Extraction:
        """Return title, text, author and date of a PDF; raises `ParseError` where it is broken."""
        import pdfplumber

        try:
            with pdfplumber.open(io.BytesIO(body)) as pdf:
                pages = [page.extract_text() or "" for page in pdf.pages[:PAGES]]
                facts = {key: str(value) for key, value in (pdf.metadata or {}).items()}
        except Exception as error:  # pdfminer raises its own, unrelated, undocumented errors
            raise ParseError(f"the PDF cannot be read: {error}", id=url) from error
        lines = paragraphs(pages)
        title = facts.get("Title", "").strip() or (lines[0][:200] if lines else "")
        return Extraction(
            title=title,
            text="\n".join(line for line in lines if normalise(line) != normalise(title)),
            authors=clean_names([facts.get("Author", "")]),
            published=pdf_date(facts.get("CreationDate", "")),
        )


def paragraphs(pages: list[str]) -> list[str]:
    """Return the paragraphs of a PDF's pages: lines joined, running heads and page numbers gone."""
    seen: dict[str, int] = {}
    for page in pages:
        for line in {line.strip() for line in page.splitlines()}:
            seen[line] = seen.get(line, 0) + 1
    running = {line for line, count in seen.items() if count > 2 and count > len(pages) / 2}
    found: list[str] = []
    for page in pages:
        for raw in page.splitlines():
            line = raw.strip()
            if not line or line in running or line.isdigit():
                continue
            _append(found, line)
    return found


def _append(found: list[str], line: str) -> None:
    """Join a line to the paragraph before it where that ended in mid-sentence."""
    last = found[-1] if found else ""
    if last and len(last.split("\n")[-1]) > 50 and not last.endswith((".", "!", "?", ":", "。")):
        if last.endswith("-") and line[:1].islower():
            found[-1] = last[:-1] + line
        else:
            found[-1] = f"{last} {line}"
    elif last and last[-1] not in ".!?:。" and line[:1].islower():
        found[-1] = f"{last} {line}"
    else:
        found.append(line)


def pdf_date(text: str) -> str | None:
    """Return a PDF's date as ISO 8601 (ISO 32000-1, 7.9.4), or None."""
    match = PDF_DATE.match(text)
    if not match:
        return parse_date(text)
    year, month, day, hour, minute, second, sign, hours, minutes = match.groups()
    clock = f"T{hour}:{minute}:{second}" if hour else ""
    offset = f"{sign}{hours}:{minutes}" if sign and clock else ("+00:00" if clock else "")
    return parse_date(f"{year}-{month}-{day}{clock}{offset}")
