"""Reads plain-text newsletters as lines with links, as if they were HTML."""

from __future__ import annotations

import re

from digest.backends.blocks import Line, Link
from digest.backends.chrome import is_more
from digest.backends.links import unwrap
from digest.backends.markup import clean

URL = re.compile(r"<?(https?://[^\s<>\"\x00-\x1f]+[^\s<>\"\x00-\x1f'.,;:!?)\]}])>?")
NUMBERED = re.compile(r"^\s*\[(\d{1,3})\]:?\s+(https?://[^\s\x00-\x1f]+)\s*$", re.M)
MARK = re.compile(r"\s*\[(\d{1,3})\]")
RULE = re.compile(r"^\s*([-=_*~─—#]\s*){4,}$")
BULLET = re.compile(r"^\s*([*•▪►-]|\d{1,2}[.)])\s+")
# What stands above a list of numbered addresses at the end of a mail.
INDEX = re.compile(
    r"^[^\w\n]*(links?|references|sources?|quellen|liens|enlaces|fonti)[^\w\n]*$", re.M | re.I
)
# A heading between marks: "+++ Title +++", "== Title ==", or behind one: "■ Title".
MARKED = re.compile(
    r"^\s*(?:([+*=#~-])\1{1,4}\s*(?P<a>\S.*?)\s*\1{2,5}|[■●◆▼◇□◎▶★☆]\s*(?P<b>\S.*?))\s*$"
)
WIDTH = 90  # characters of a title on a row of its own, at most
SENTENCE = re.compile(r"(?<=[.!?。！？…])\s*")
SIGNATURE = re.compile(r"^-- ?$", re.M)


def lines_of_text(text: str) -> list[Line]:
    """Return the lines of a plain-text mail: paragraphs joined, addresses turned into links.

    A paragraph whose first line is short and is followed by an address on its own is a title with
    its link. `[3]` is looked up in the list of addresses at the end. A signature is left out.
    """
    text = SIGNATURE.split(text.replace("\r\n", "\n").replace("\r", "\n"))[0]
    text = INDEX.sub("", text)
    numbered = {number: unwrap(url) for number, url in NUMBERED.findall(text)}
    lines: list[Line] = []
    for paragraph in re.split(r"\n\s*\n", NUMBERED.sub("", text)):
        lines += _paragraph(paragraph, numbered)
    return lines


def _paragraph(paragraph: str, numbered: dict[str, str]) -> list[Line]:
    lines: list[Line] = []
    told = 0  # lines that have their link already
    for raw in _pieces(paragraph):
        if RULE.match(raw):
            lines.append(Line(rule=True))
            continue
        line = _heading(raw) or _line(raw, numbered)
        if line.links and not line.text and told < len(lines) and not lines[told].links:
            # Title, perhaps a blurb, then the address: the title's.
            lines[told].links = [Link(line.links[0].url, lines[told].text)]
            told = len(lines)
        elif line.text or line.links:
            lines.append(line)
            told = len(lines) if line.links else told
    return lines


def _pieces(paragraph: str) -> list[str]:
    """Return a paragraph's pieces: wrapped lines joined, list items and bare addresses apart."""
    pieces: list[list[str]] = []
    apart = True  # whether what came last takes no further line
    rows = paragraph.split("\n")
    titled = any(URL.fullmatch(row.strip()) for row in rows[2:])
    for raw, following in zip(rows, [*rows[1:], ""], strict=True):
        alone = bool(URL.fullmatch(raw.strip()) or RULE.match(raw) or _heading(raw))
        alone = alone or _leads_on(raw)
        if apart or alone or BULLET.match(raw):
            pieces.append([raw])
        else:
            pieces[-1].append(raw.strip())
        # A first line that ends in [3] is a title with its link: the text begins below.
        marked = len(pieces) == 1 and bool(re.search(r"\[\d{1,3}\]\s*$", raw))
        apart = alone or marked or (titled and _ends_title(raw, following))
    return [" ".join(piece) for piece in pieces if any(part.strip() for part in piece)]


def _heading(raw: str) -> Line | None:
    """Return a row between marks as the heading that it is, where it has no address."""
    found = MARKED.match(raw)
    if not found or URL.search(raw) or len(raw) > 2 * WIDTH:
        return None
    return Line(text=clean(found["a"] or found["b"]), heading=3)


def _leads_on(raw: str) -> bool:
    """Return whether a row is "Read more:" and an address: that of the story above it."""
    return bool(URL.search(raw)) and is_more(URL.sub("", raw))


def _ends_title(row: str, following: str) -> bool:
    """Return whether a row is a title of its own rather than the start of a wrapped sentence."""
    ended = row.rstrip()[-1:] in ".,;:" or following.strip()[:1].islower()
    return not ended and len(row.strip()) <= WIDTH


def _line(raw: str, numbered: dict[str, str]) -> Line:
    item = bool(BULLET.match(raw))
    urls = [unwrap(url) for url in URL.findall(raw)]
    marks = [numbered[number] for number in MARK.findall(raw) if number in numbered]
    words = clean(re.sub(r"[(\[]\s*[)\]]", "", URL.sub("", MARK.sub("", BULLET.sub("", raw)))))
    words = words.strip(" :–—-") if urls else words
    # One address in a line of words links all of them: what else could be meant?
    found = [*urls, *marks]
    if len(set(found)) == 1:
        last = SENTENCE.split(words)[-1]
        if last != words and is_more(last):
            return Line(text=words, item=item, links=[Link(found[0], last)])
        return Line(text=words, item=item, links=[Link(found[0], words)])
    return Line(text=words, item=item, links=[Link(url, "") for url in found])
