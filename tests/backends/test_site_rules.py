"""Rules of `sources.yaml` on a captured page that tells everything in a way of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.backends.extractors import ArticleExtractor
from digest.records import NO_RULES, SiteRules, Source
from digest.stages.rule_book import hash_of, make_book
from digest.trying import try_rules

PAGE = Path(__file__).parents[1] / "data" / "pages" / "ruled.html"
URL = "https://blog.vendor.example/entry-4711"
RULES = SiteRules(
    title="#entry-4711 > .headline, [id^=entry] > .headline",
    body="[id^=entry] > .copy",
    author=".line .who",
    date=".line .when",
    remove=(".offer",),
)
VENDOR = Source("vendor", "feed", "https://vendor.example/feed", "V", "vendor", extract=RULES)
TEXT = """\
Beacon 4 asks the consent platform before each message leaves, and keeps the answer beside the \
message for an audit.
Customers in the European Union get it in October; the others follow in January.
What it costs
Nothing for the first hundred contacts.
Forty euros a month for a thousand."""


def test_a_sites_rules_go_before_what_the_page_says() -> None:
    """Title, text in its order, two authors and the date; the offer in between is taken out."""
    found = ArticleExtractor().extract(PAGE.read_bytes(), url=URL, rules=RULES)
    assert found.title == "Beacon 4 reads consent before it sends"
    assert found.text == TEXT
    assert found.authors == ("Ada Quill", "Ben Osei")
    assert found.published == "2026-09-28T09:30:00+02:00"
    assert (found.note, found.not_article) == ("", "")


def test_without_its_rules_the_page_is_read_wrongly() -> None:
    """The rules are worth having: page and trafilatura take another title, author and text."""
    found = ArticleExtractor().extract(PAGE.read_bytes(), url=URL)
    assert found.title != "Beacon 4 reads consent before it sends"
    assert found.authors != ("Ada Quill", "Ben Osei")
    assert found.text != TEXT


def test_a_selector_that_finds_nothing_is_told_and_the_rest_holds() -> None:
    """After a redesign an article is read as before there were rules, with a note."""
    old = SiteRules(title=".headline", body="div.gone", date=".tags")
    found = ArticleExtractor().extract(PAGE.read_bytes(), url=URL, rules=old)
    plain = ArticleExtractor().extract(PAGE.read_bytes(), url=URL)
    assert found.title == "Beacon 4 reads consent before it sends"
    assert "consent platform" in found.text
    assert found.shown_date == plain.shown_date
    assert found.note == "the site's rules found no body (div.gone), no date (.tags)"


def test_a_meta_elements_content_and_a_bare_date_are_read() -> None:
    """What a page says in its head has no text to see."""
    page = b"""<html><head><meta name=by content="By Ada Quill"></head><body><p class=d>The
    second. Published 28 September 2026</p><p>A text of the page with some words in it.</p>"""
    rules = SiteRules(author="meta[name=by]", date="p.d")
    found = ArticleExtractor().extract(page, url=URL, rules=rules)
    assert (found.authors, found.published) == (("Ada Quill",), "2026-09-28")


def test_a_pdf_and_an_error_page_have_no_use_for_rules() -> None:
    """Rules are for the site's articles: its error page stays one."""
    gone = b"<html><title>Page not found</title><body><h1>Page not found</h1></body></html>"
    found = ArticleExtractor().extract(gone, url=URL, rules=RULES)
    assert found.not_article.startswith("an error page")


def test_trying_tells_what_each_selector_matches() -> None:
    """Numbers by selector; one without a match makes the trial fail."""
    tried = try_rules(VENDOR, PAGE.read_bytes(), url=URL, extractor=ArticleExtractor())
    assert list(tried.matches.values()) == [1, 2, 2, 1, 1]
    assert tried.is_whole
    assert ("title", "Beacon 4 reads consent before it sends") in [row[:2] for row in tried.rows()]
    stale = Source("v", "feed", VENDOR.url, "V", "vendor", extract=SiteRules(remove=(".gone",)))
    tried = try_rules(stale, PAGE.read_bytes(), url=URL, extractor=ArticleExtractor())
    assert (tried.matches, tried.is_whole) == ({"remove: .gone": 0}, False)


@pytest.mark.parametrize(
    ("source", "url", "expected"),
    [
        ("vendor", "https://elsewhere.example/a", RULES),
        ("letter", "https://blog.vendor.example/a", RULES),
        ("letter", "https://www.vendor.example/a", RULES),
        ("letter", "https://notvendor.example/a", NO_RULES),
        ("letter", None, NO_RULES),
        ("letter", "https://[broken", NO_RULES),
    ],
)
def test_rules_hold_for_a_sources_pages_and_for_its_sites(
    source: str, url: str | None, expected: SiteRules
) -> None:
    """Also where a newsletter links to the site; never for a host that only ends like it."""
    assert make_book([VENDOR]).rules_for(source, url) == expected


def test_rules_that_name_a_site_hold_there_alone() -> None:
    """A feed that lists many sites has rules for the one that needs them."""
    named = SiteRules(title="h2", site="paper.example")
    book = make_book([Source("many", "feed", "https://many.example/f", "M", "wire", extract=named)])
    assert book.rules_for("many", "https://paper.example/a") == named
    assert book.rules_for("many", "https://other.example/a") == NO_RULES
    assert book.rules_for("letter", "https://www.paper.example/a") == named


def test_other_rules_have_another_hash() -> None:
    """So that a change makes a source's pages wait; no rules have none."""
    hashes = {hash_of(RULES), hash_of(SiteRules(title="h1")), hash_of(SiteRules(body="h1"))}
    assert len(hashes) == 3
    assert hash_of(NO_RULES) == ""
