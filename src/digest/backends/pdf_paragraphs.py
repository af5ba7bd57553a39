"""Makes paragraphs of a PDF's printed lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.backends.pdf_tables import FAR
from digest.backends.pdfs import PdfLine

ADDRESS = re.compile(r"<?(?:https?://|www\.)[^\s<>\"]+>?\.?")
WIDE = r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]"


def paragraphs(lines: Sequence[PdfLine]) -> list[str]:
    """Return printed lines as paragraphs.

    A wide gap begins one, and so does a line that was broken though the next word would have
    fitted ("Company: Acme"). An address on a line of its own stands alone; a hyphen at the end of
    a line joins.
    """
    found: list[str] = []
    above: PdfLine | None = None
    for line in lines:
        if above is None or _begins(above, line):
            found.append(line.text)
        elif re.search(r"[^\W\d_]-$", found[-1]) and re.match(r"[^\W\d_]", line.text):
            found[-1] = (
                found[-1][:-1] + line.text if line.text[0].islower() else found[-1] + line.text
            )
        else:
            found[-1] += _joint(found[-1], line.text) + line.text
        above = line
    return found


def is_address(text: str) -> bool:
    """Return whether a paragraph is an address and nothing else."""
    return bool(ADDRESS.fullmatch(text))


def _begins(above: PdfLine, line: PdfLine) -> bool:
    if is_address(above.text) or is_address(line.text):
        return True
    if above.room >= FAR or line.first <= -FAR:
        return True  # a line of a table, also where it is the first of a page or column
    if above.page != line.page:
        return False
    return line.top - above.bottom > line.size * 0.9 or _is_broken(above, line)


def _is_broken(above: PdfLine, line: PdfLine) -> bool:
    """Return whether the line above ends before its time, and not in the middle of a sentence."""
    fits = above.room > line.first + above.size / 2
    return fits and (above.text[-1:] in ".!?:。！？：" or not line.text[:1].islower())


def _joint(before: str, after: str) -> str:
    """Return a space, or nothing between two lines of a script that writes none."""
    return "" if re.search(WIDE + "$", before) and re.match(WIDE, after) else " "
