"""Reads innovation reports, PDF or long HTML: one entry a product, with the page it stands on."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from digest.backends.blocks import Line, lay_out
from digest.backends.chrome import is_chrome
from digest.backends.dates import find_date, parse_date
from digest.backends.front_matter import Head, is_matter, section_heads
from digest.backends.html_tables import take_products
from digest.backends.links import unwrap
from digest.backends.markup import absolute, clean, parse_html, text_of
from digest.backends.media import sniff
from digest.backends.pdf_paragraphs import is_address, paragraphs
from digest.backends.pdfs import PdfLine, made_on, read_pdf
from digest.backends.stories import html_of, split_stories
from digest.errors import ParseError
from digest.records import Entry, Via
from digest.text import count_words

FEWEST = 5  # words of an entry's text; a heading with less below it names a section
COVER = 30  # words below the title, at most, that are no text: publisher, date, a motto
TITLE = 20  # words of a heading, at most
BARE_URL = re.compile(r"(?<![\w@])((?:https?://|www\.)[^\s<>()\"]+[^\s<>()\".,;:])")
LEADERS = re.compile(r"(\.\s?){4,}\s*\d*$")  # a line of the table of contents


class ReportReader:
    """Splits a report into its entries."""

    def read(self, body: bytes, *, url: str, media_type: str = "") -> Iterable[Entry]:
        """Return a report's entries: heading, text below it, link; `via` has title and page.

        The entry's link is a reference: what is said about the product is the report's own word.

        Raises:
            ParseError: where the report cannot be read or has no entries.
        """
        name = url or f"sha256-{hashlib.sha256(body).hexdigest()[:32]}"
        if "pdf" in media_type or sniff(body) == "application/pdf":
            entries = _from_pdf(read_pdf(body), name=name, url=url, made=made_on(body))
        else:
            entries = _from_html(body, name=name, url=url)
        if not entries:
            raise ParseError(f"{url or 'report'}: no entries: no heading with text below", id=url)
        return entries


@dataclass(slots=True)
class _Part:
    title: str
    page: int
    size: float
    lines: list[PdfLine] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def _from_pdf(lines: list[PdfLine], *, name: str, url: str, made: str | None) -> list[Entry]:
    lines = _without_running(lines)
    body = _body_size(lines)
    title = _report_title(lines, body)
    parts = _parts(lines, body)
    products = list(_products(parts, title=title, url=url))
    heads = section_heads([(part.size, part.title) for part in parts], title)
    sections = {id(part): head for part, head in zip(parts, heads, strict=True)}
    told = {id(line) for part, _, _ in products for line in part.lines}
    # What an entry says of a day is its own, and never the report's.
    first = [one.text for one in lines if one.page == lines[0].page and id(one) not in told]
    date = next((found for text in first if (found := find_date(text))), made)
    entries = []
    for part, text, link in products:
        head = sections[id(part)]
        via = Via(
            name, title, url or None, published=date, page=part.page, is_report=True, section=head
        )
        html = "\n".join(_html(paragraph) for paragraph in text)
        entries.append(Entry(url=link, title=part.title, published=date, html=html, via=via))
    return entries


def _products(
    parts: list[_Part], *, title: str, url: str
) -> Iterator[tuple[_Part, list[str], str | None]]:
    """Yield the parts that are entries, with text and link: no section names, no front matter."""
    texts = [paragraphs(part.lines) for part in parts]
    words = [count_words(" ".join(text)) for text in texts]
    links = [
        _first_link([*part.links, *BARE_URL.findall(" ".join(text))], url)
        for part, text in zip(parts, texts, strict=True)
    ]
    heads = [
        # Only the address below a heading: a card whose text is its link alone is still an entry.
        Head(part.size, bool(link), told=many >= FEWEST or bool(link), title=part.title == title)
        for part, link, many in zip(parts, links, words, strict=True)
    ]
    matter = is_matter(heads)
    for place, head in enumerate(heads):
        cover = head.title and words[place] < COVER
        if head.told and not cover and not matter[place]:
            yield parts[place], texts[place], links[place]


def _html(paragraph: str) -> str:
    text = escape(paragraph.strip("<>."))
    if not is_address(paragraph):
        return f"<p>{escape(paragraph)}</p>"
    target = f"https://{text}" if text.startswith("www.") else text
    return f'<p><a href="{target}">{text}</a></p>'


def _without_running(lines: list[PdfLine]) -> list[PdfLine]:
    """Return the lines without page numbers, running heads and the table of contents."""
    places = {(_running(line), line.page) for line in lines}
    pages = Counter(text for text, _ in places)
    return [line for line in lines if not _is_running(line, pages[_running(line)])]


def _running(line: PdfLine) -> tuple[str, int]:
    """Return what a running head has in common on all its pages: words and height."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 2)


def _is_running(line: PdfLine, pages: int) -> bool:
    number = re.fullmatch(r"\W*(\w{1,8}\W+)?\d{1,4}(\W+\w{1,4}\W+\d{1,4})?\W*", line.text)
    if line.margin and (pages >= 2 or number):
        return True
    return bool(LEADERS.search(line.text))


def _body_size(lines: list[PdfLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _report_title(lines: list[PdfLine], body: float) -> str:
    """Return the largest text of the first page, with the lines it runs on to."""
    first = [line for line in lines if line.page == lines[0].page]
    top = max(first, key=lambda line: round(line.size, 1), default=None)
    if top is None or top.size <= body:
        return ""
    title = [top]
    for line in first[first.index(top) + 1 :]:
        if not _continues(title[-1], line):
            break
        title.append(line)
    return clean(" ".join(line.text for line in title))


def _is_heading(line: PdfLine, body: float) -> bool:
    if count_words(line.text) > TITLE or not re.search(r"\w", line.text):
        return False
    named = line.bold and not line.text.endswith((".", ":")) and re.search(r"[^\W\d_]", line.text)
    return line.size > body * 1.1 or bool(named and line.size >= body - 0.5)


def _parts(lines: list[PdfLine], body: float) -> list[_Part]:
    parts: list[_Part] = []
    above: PdfLine | None = None
    for line in lines:
        if not _is_heading(line, body):
            if parts:
                parts[-1].lines.append(line)
                parts[-1].links += line.links
        elif parts and above is not None and _continues(above, line) and not parts[-1].lines:
            parts[-1].title += f" {line.text}"
            parts[-1].links += line.links
        else:
            parts.append(_Part(line.text, line.page, line.size, links=list(line.links)))
        above = line
    return parts


def _continues(above: PdfLine, line: PdfLine) -> bool:
    """Return whether a heading runs on from the line above it."""
    near = 0 <= line.top - above.bottom < line.size * 0.8
    return above.page == line.page and abs(above.size - line.size) < 0.3 and near


def _first_link(links: Iterable[str], base: str) -> str | None:
    for link in links:
        found = absolute(f"https://{link}" if link.startswith("www.") else link, base)
        if found and not is_chrome(found, ""):
            return unwrap(found)
    return None


def _from_html(body: bytes, *, name: str, url: str) -> list[Entry]:
    tree = parse_html(body)
    if tree is None:
        raise ParseError(f"{url or 'report'}: neither PDF nor HTML", id=url)
    main = next(iter(tree.xpath("//main | //article")), tree)
    title = next((text_of(node) for node in (*tree.iter("h1"), *tree.iter("title"))), "")
    language = (tree.get("lang") or "").strip() or None
    whole = text_of(tree)[:1000]
    products = take_products(main, base=url)
    sections = _sections(lay_out(main, base=url), title)
    told = [each for each in sections if not (products and _is_cover(each, title))]
    titles = [*(each[0] for each in told), *(each[0] for each in products)]
    date = _date_of(tree, _before(titles, whole, title))
    via = Via(name, title, url=url or None, published=date, is_report=True)
    return [
        Entry(u, t, published=date, html=h, language=language, via=replace(via, section=head))
        for t, u, h, head in (*told, *((*each, "") for each in products))
    ]


def _is_cover(section: tuple[str, str | None, str, str], title: str) -> bool:
    """Return whether what stands under the report's title is hardly more than whose it is."""
    return section[0] == title and count_words(re.sub(r"<[^>]*>", " ", section[2])) < COVER


def _before(titles: Iterable[str], text: str, title: str) -> str:
    """Return what a report says before its first entry: a day that stands later is an entry's."""
    start = text.find(title) + len(title) if title in text else 0
    places = [text.find(one, start) for one in titles if one and one != title]
    return text[: min((place for place in places if place >= 0), default=len(text))]


def _date_of(tree: Any, opening: str) -> str | None:
    given = tree.xpath("//meta[@property='article:published_time']/@content | //time/@datetime")
    dates = [parse_date(value) for value in given]
    return next((date for date in dates if date), None) or find_date(opening)


def _sections(lines: list[Line], title: str) -> list[tuple[str, str | None, str, str]]:
    """Return title, link, HTML and the heading above of each section.

    Of each story where there are no headings.
    """
    if sum(1 for line in lines if line.heading) < 2:
        stories = [story for story in split_stories(lines) if story.title]
        return [(story.title, story.url, story.html, "") for story in stories]
    found: list[tuple[Line, list[Line]]] = []
    for line in lines:
        if line.heading:
            found.append((line, []))
        elif found:
            found[-1][1].append(line)
    matter = is_matter([_head(head, below, title) for head, below in found])
    heads = section_heads([(-float(head.heading), head.text) for head, _ in found], title)
    return [
        (*_section(head, below), above)
        for (head, below), own, above in zip(found, matter, heads, strict=True)
        if not own and _is_entry(head, below, title)
    ]


def _head(head: Line, below: list[Line], title: str) -> Head:
    _, url, _ = _section(head, below)
    told = bool(below) and (head.text != title or _is_entry(head, below, title))
    titled = head.text == title  # its links are of everything
    return Head(-float(head.heading), bool(url) and not titled, told=told, title=titled)


def _is_entry(head: Line, below: list[Line], title: str) -> bool:
    words = count_words(" ".join(line.text for line in below))
    if head.text == title:
        return words >= COVER
    return words >= FEWEST or bool(head.links and words)


def _section(head: Line, below: list[Line]) -> tuple[str, str | None, str]:
    links = [link for line in (head, *below) for link in line.links]
    url = next((link.url for link in links if not is_chrome(link.url, link.text)), None)
    return head.text, url, "\n".join(html_of(line) for line in below if line.text)
