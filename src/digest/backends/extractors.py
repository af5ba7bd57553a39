"""Finds the article in a page or PDF: trafilatura, helped by what the page says about itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from digest.backends.body_text import body_text
from digest.backends.dates import few_guesses
from digest.backends.decoding import decode
from digest.backends.markup import NOT_XML, parse_html
from digest.backends.media import sniff
from digest.backends.not_article import why_not_article
from digest.backends.page_facts import PageFacts, read_facts
from digest.backends.paywalls import is_stub
from digest.backends.pdf_text import PdfExtractor
from digest.backends.site_rules import Ruled, count_matches, read_by_rules
from digest.errors import ParseError
from digest.ports import Extraction, Extractor
from digest.records import NO_RULES, SiteRules

LONGEST = 3_000_000  #: characters of HTML that are read
ELEMENTS = 12_000  #: elements that are looked at; articles have hundreds, long ones thousands
UNSEEN = ("script", "style", "svg", "template", "link", "meta")


class TrafilaturaExtractor:
    """Reads HTML. Thread-safe: it holds nothing between two pages."""

    @few_guesses()
    def extract(
        self,
        body: bytes,
        *,
        url: str | None,
        charset: str | None = None,
        rules: SiteRules = NO_RULES,
    ) -> Extraction:
        """Return title, text and facts of a page; `not_article` says why it is none.

        What the site's rules find goes before what trafilatura and the page itself say.

        Raises:
            ParseError: where the body is no text that a parser can read.
        """
        tree = _tree_of(body, charset, url=url)
        ruled = read_by_rules(tree, rules) if rules != NO_RULES else Ruled()
        facts = _corrected(read_facts(tree, url=url), ruled)
        text, shown = ruled.text, None
        if not text:
            text, shown = body_text(tree, facts=facts, url=url)
        return Extraction(
            title=facts.title,
            text=text,
            authors=facts.authors,
            published=facts.published,
            shown_date=shown,
            note=ruled.note,
            language_hint=facts.language,
            site=facts.site,
            canonical=facts.canonical,
            alternates=facts.alternates,
            paywalled=facts.paywalled or is_stub(tree, text),
            not_article=why_not_article(tree, facts=facts, text=text, url=url),
        )


def _corrected(facts: PageFacts, ruled: Ruled) -> PageFacts:
    """Return a page's facts with those of its site's rules in their place."""
    return replace(
        facts,
        title=ruled.title or facts.title,
        authors=ruled.authors or facts.authors,
        published=ruled.published or facts.published,
        is_article=facts.is_article or bool(ruled.text),
    )


class ArticleExtractor:
    """Hands a page to the extractor of its kind, told by its first bytes.

    Args:
        pdf: what reads PDFs; here and now, where nothing else is given.
        html: what reads pages; likewise.
    """

    def __init__(self, pdf: Extractor | None = None, html: Extractor | None = None) -> None:
        self._html = html or TrafilaturaExtractor()
        self._pdf = pdf or PdfExtractor()

    def extract(
        self,
        body: bytes,
        *,
        url: str | None,
        charset: str | None = None,
        rules: SiteRules = NO_RULES,
    ) -> Extraction:
        """Return what was found; raises `ParseError` where nothing can be read."""
        kind: Extractor = self._pdf if sniff(body) == "application/pdf" else self._html
        return kind.extract(body, url=url, charset=charset, rules=rules)

    def matches(self, body: bytes, rules: SiteRules) -> dict[str, int]:
        """Return how many elements of a page each selector of the rules matches.

        Raises:
            ParseError: where the body is no page.
        """
        return count_matches(_tree_of(body, None, url=None), rules)


def _tree_of(body: bytes, charset: str | None, *, url: str | None) -> Any:
    html = decode(body, charset)[:LONGEST]
    tree = parse_html(html) if _is_text(html) else None
    if tree is None:
        raise ParseError("the page has no readable HTML", id=url, cure="see it in a browser")
    _shorten(tree)
    return tree


def _shorten(tree: Any) -> None:
    """Take the end off a page that has more elements than any article."""
    seen = [node for node in tree.iter() if node.tag not in UNSEEN]
    for node in reversed(seen[ELEMENTS:]):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)


def _is_text(html: str) -> bool:
    """Return whether this is writing: binary data decodes to control characters and gaps."""
    start = html[:20_000]
    strange = len(NOT_XML.findall(start)) + start.count("\ufffd")
    return bool(start.strip()) and strange <= 3 + len(start) // 20


__all__ = ["ArticleExtractor", "PdfExtractor", "TrafilaturaExtractor"]
