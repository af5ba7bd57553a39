"""Turns the bytes of a page into text, whatever the header claims."""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I
)
HEAD = 4096  #: bytes in which a page says its charset (the HTML standard asks for 1,024)
# Names that browsers read as a superset (WHATWG Encoding Standard, "labels").
SUPERSETS = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252",
    "us-ascii": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs",
    "tis-620": "cp874", "iso-8859-11": "cp874", "windows-874": "cp874",
}  # fmt: skip
SAMPLE = 200_000  #: bytes from which a charset is guessed


def decode(body: bytes, charset: str | None = None) -> str:
    """Return the page's text: by its byte-order mark, as UTF-8 where it is, else as it says.

    UTF-8 is tried before what page and header say, because other text is hardly ever valid UTF-8
    by chance; a page's own word goes before the header's where both can be read.
    """
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    said = [name for name in (_said_inside(body), charset) if name]
    if b"\x1b$" in body[:SAMPLE] or _looks_wide(body):
        said += ["iso2022_jp", "utf-16-le", "utf-16-be"]
    else:
        said.insert(0, "utf-8")
    for name in said:
        text = _strictly(body, name)
        if text is not None:
            return text
    return _mostly(body, said) or _guess(body)


def _said_inside(body: bytes) -> str | None:
    match = META.search(body[:HEAD])
    return match[1].decode("ascii", "replace") if match else None


def _looks_wide(body: bytes) -> bool:
    return body[:HEAD].count(b"\0") > len(body[:HEAD]) // 4


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(SUPERSETS.get(name.lower(), name))
    except (LookupError, ValueError):
        return None


def _mostly(body: bytes, said: list[str]) -> str | None:
    """Return the text where one cut or broken character in 500 is all that is wrong."""
    for name in said:
        try:
            text = body.decode(SUPERSETS.get(name.lower(), name), "replace")
        except (LookupError, ValueError):
            continue
        if text.count("\ufffd") <= len(text) // 500 + 1:
            return text
    return None


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:SAMPLE]).best()
    return body.decode(best.encoding if best else "cp1252", "replace")
