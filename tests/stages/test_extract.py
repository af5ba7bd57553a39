"""How an article is made of an item, its page and what was found in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.ports import Extraction
from digest.records import NO_RULES, Article, Drop, Item, Page, SiteRules, Source, Via
from digest.stages.extract import extract, host_of, site_of
from digest.stages.speakers import NO_SPEAKERS, Speakers, make_speakers
from digest.text import content_hash

NOW = datetime(2026, 10, 12, 9, tzinfo=UTC)
ITEM = Item(
    id="i1",
    source="daily",
    url="https://news.example/a",
    title="From the feed",
    published="2026-10-05T08:00:00+00:00",
    html="",
    first_seen="2026-10-06T00:00:00+00:00",
    publisher="Daily",
    voice="vendor",
    authors=("Feed Author",),
    language_hint="en",
)
PAGE = Page(
    id="i1",
    url="https://news.example/a",
    media_type="text/html",
    charset=None,
    sha256="0",
    fetched_at="2026-10-06T00:00:00+00:00",
    origin="web",
)
FOUND = Extraction(title="On the page", text="One two three. " * 20)


class Fixed:
    """An extractor that finds what it was told to."""

    def __init__(self, found: Extraction) -> None:
        self.found = found

    def extract(
        self,
        body: bytes,
        *,
        url: str | None,
        charset: str | None = None,
        rules: SiteRules = NO_RULES,
    ) -> Extraction:
        """Return what was told."""
        return self.found


def made(
    item: Item = ITEM,
    page: Page = PAGE,
    found: Extraction = FOUND,
    speakers: Speakers = NO_SPEAKERS,
) -> Article:
    """Return the article that the stage makes."""
    article = extract(item, page, b"", extractor=Fixed(found), now=NOW, speakers=speakers)
    assert isinstance(article, Article)
    return article


def test_title_comes_from_the_page_and_else_from_the_entry() -> None:
    """A page without a title has its entry's."""
    titles = [made().title, made(found=replace(FOUND, title="")).title]
    assert titles == ["On the page", "From the feed"]


def test_an_entry_of_its_own_has_the_entrys_title() -> None:
    """Where nothing was fetched, what stands in the entry's HTML is no title."""
    assert made(page=replace(PAGE, origin="entry")).title == "From the feed"


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-10-04", ("2026-10-04", "page", "")),
        (None, ("2026-10-05T08:00:00+00:00", "entry", "")),
        (
            "2027-01-01",
            ("2026-10-05T08:00:00+00:00", "entry", "the page's date 2027-01-01 lies in the future"),
        ),
        (
            "1970-01-01",
            ("2026-10-05T08:00:00+00:00", "entry", "the page's date 1970-01-01 lies before 1995"),
        ),
        ("2026-10-13", ("2026-10-13", "page", "")),
        ("2026-10-05", ("2026-10-05T08:00:00+00:00", "entry", "")),
        ("2026-10-05T07:59:00Z", ("2026-10-05T07:59:00Z", "page", "")),
    ],
)
def test_the_first_sane_date_is_taken(
    published: str | None, expected: tuple[str, str, str]
) -> None:
    """The page's date goes before the entry's, save where that tells the page's day its time."""
    article = made(found=replace(FOUND, published=published))
    assert (article.published, article.published_from, article.note) == expected


def test_a_date_that_is_only_shown_comes_after_the_feeds() -> None:
    """`datePublished` first, then the feed's, then one that stands somewhere on the page."""
    shown = replace(FOUND, shown_date="2026-10-03")
    undated = replace(ITEM, published=None)
    assert made(found=shown).published == "2026-10-05T08:00:00+00:00"
    assert made(item=undated, found=shown).published == "2026-10-03"
    assert made(found=replace(shown, published="2026-10-02")).published == "2026-10-02"


def test_no_date_lies_before_the_site() -> None:
    """A site's rules say since when there is one: what is older is a date of something else."""
    rules = SiteRules(since="2026-10-04")
    found = Fixed(replace(FOUND, published="2026-10-03"))
    article = extract(ITEM, PAGE, b"", extractor=found, now=NOW, rules=rules)
    assert isinstance(article, Article)
    assert (article.published, article.published_from) == ("2026-10-05T08:00:00+00:00", "entry")
    assert article.note == "the page's date 2026-10-03 lies before 2026-10-04"


def test_a_paywalled_stub_is_kept_with_its_text() -> None:
    """Three sentences of an article for subscribers are an article, and marked."""
    article = made(found=replace(FOUND, text="The first lines of it. " * 4, paywalled=True))
    assert (article.paywalled, article.text) == (True, ("The first lines of it. " * 4).strip())


@pytest.mark.parametrize(
    ("asked", "answered", "gone"),
    [
        ("https://vendor.example/news/one", "https://vendor.example/", True),
        ("https://www.vendor.example/news/one", "https://vendor.example", True),
        ("https://vendor.example/news/one", "https://vendor.example/?p=7", False),
        ("https://vendor.example/", "https://vendor.example/", False),
        ("https://click.letter.example/x", "https://vendor.test/", False),
    ],
)
def test_an_article_whose_address_leads_home_is_gone(asked: str, answered: str, gone: bool) -> None:
    """Many sites send readers of what is gone to their home page, with status 200."""
    page = replace(PAGE, url=answered)
    item = replace(ITEM, url=asked, html="")
    found = extract(item, page, b"", extractor=Fixed(FOUND), now=NOW)
    assert isinstance(found, Drop) is gone
    if isinstance(found, Drop):
        assert (found.reason, found.detail) == (
            "not an article",
            "its address leads to the home page of its site",
        )


def test_with_every_date_refused_the_article_is_undated() -> None:
    """A date from the future is no date, and the note says so."""
    article = made(item=replace(ITEM, published="2026-12-24T00:00:00+00:00"))
    assert (article.published, article.published_from, article.note) == (
        None,
        "",
        "the entry's date 2026-12-24 lies in the future",
    )


def test_a_mails_date_is_the_last_resort() -> None:
    """An entry without a date has its newsletter's."""
    via = Via(id="m", title="Letter", published="2026-10-07T06:00:00+00:00")
    article = made(item=replace(ITEM, published=None, via=via))
    assert (article.published, article.published_from) == ("2026-10-07T06:00:00+00:00", "mail")


@pytest.mark.parametrize(
    ("found", "reason", "detail"),
    [
        (replace(FOUND, not_article="a consent wall"), "not an article", "a consent wall"),
        (replace(FOUND, text="  "), "no text", "https://news.example/a"),
        (replace(FOUND, text="Acme answers. More soon."), "too short", "Acme answers. More soon."),
    ],
)
def test_what_is_no_article_is_dropped_with_a_reason(
    found: Extraction, reason: str, detail: str
) -> None:
    """A drop says why, countably, and what is particular."""
    drop = extract(ITEM, PAGE, b"", extractor=Fixed(found), now=NOW)
    assert drop == Drop("i1", "extract", reason, detail)


def test_a_blurb_of_one_sentence_is_an_article_with_a_note() -> None:
    """What an entry says in one sentence is kept: there is no other page to be had."""
    article = made(
        page=replace(PAGE, origin="entry", note="the entry's own text"),
        found=Extraction(text="Acme buys Spark.", not_article="a list of articles"),
    )
    assert (article.text, article.note) == (
        "Acme buys Spark.",
        "the entry's own text; a short text",
    )


def test_a_line_without_an_address_is_too_short() -> None:
    """Nobody could read on: a feed's "Sorry." with no link is no news, a letter's line may be."""
    own = replace(PAGE, origin="entry")
    alone = replace(ITEM, url=None, follow=False)
    found = Fixed(Extraction(text="We misspelled a name. Sorry."))
    drop = extract(alone, own, b"", extractor=found, now=NOW)
    told = extract(replace(alone, via=Via("m", "Letter")), own, b"", extractor=found, now=NOW)
    assert drop == Drop("i1", "extract", "too short", "We misspelled a name. Sorry.")
    assert isinstance(told, Article)


def test_the_entrys_whole_text_stands_for_a_page_that_is_none() -> None:
    """Behind a consent wall a feed's full text is the article; a teaser is not."""

    class Wall:
        """Finds a consent wall on the web, and text in what is no page of the web."""

        def extract(
            self,
            body: bytes,
            *,
            url: str | None,
            charset: str | None = None,
            rules: SiteRules = NO_RULES,
        ) -> Extraction:
            """Return what stands in the body."""
            wall = "" if b"Whole text" in body else "a consent wall"
            return Extraction(text=body.decode().strip() or "Agree?", not_article=wall)

    whole = replace(ITEM, html=f"<p>Whole text. {'One two three four. ' * 25}</p>")
    teaser = replace(ITEM, html="<p>Whole text of a teaser.</p>")
    article = extract(whole, PAGE, b"", extractor=Wall(), now=NOW)
    assert isinstance(article, Article)
    assert (article.title, article.note) == (
        "From the feed",
        "the entry's own text: a consent wall",
    )
    assert extract(teaser, PAGE, b"", extractor=Wall(), now=NOW) == Drop(
        "i1", "extract", "not an article", "a consent wall"
    )


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        (None, "https://news.example/a"),
        ("https://www.news.example/a?utm_source=x", "https://www.news.example/a"),
        ("https://origin.example/story", "https://origin.example/story"),
        ("https://news.example/", "https://news.example/a"),
        ("javascript:void(0)", "https://news.example/a"),
    ],
)
def test_the_address_is_the_canonical_one_where_it_is_sane(
    canonical: str | None, expected: str
) -> None:
    """A home page or script is no canonical address; another site's article is."""
    assert made(found=replace(FOUND, canonical=canonical)).url == expected


@pytest.mark.parametrize(
    ("canonical", "page", "expected"),
    [
        (
            "https://x.example/news",
            "https://x.example/news/2026/a",
            "https://x.example/news/2026/a",
        ),
        ("https://x.example/news/", "https://x.example/news/a", "https://x.example/news/a"),
        ("https://x.example/news/a", "https://x.example/news/a/amp", "https://x.example/news/a"),
        ("https://x.example/news/a", "https://x.example/news/a/page/2", "https://x.example/news/a"),
        ("https://x.example/b", "https://x.example/news/a", "https://x.example/b"),
        ("https://y.example/news", "https://x.example/news/a", "https://y.example/news"),
    ],
)
def test_a_section_is_no_canonical_address(canonical: str, page: str, expected: str) -> None:
    """An address that the page's own lies in is a section, save that it is a view of the page."""
    found = replace(FOUND, canonical=canonical)
    made_of = made(replace(ITEM, url=page), replace(PAGE, url=page), found)
    assert made_of.url == expected


def test_behind_a_newsletters_link_speaks_the_linked_site() -> None:
    """A newsletter that links elsewhere is "via"; corroboration must count the one who wrote."""
    via = Via(id="m", title="Letter", url="https://letters.example/12")
    article = made(item=replace(ITEM, via=via), found=replace(FOUND, site="Other Paper"))
    assert (article.publisher, article.voice, article.via) == ("Other Paper", "unknown", via)


@pytest.mark.parametrize("part", ["", "www.", "blog."])
def test_behind_a_newsletters_link_a_source_speaks_as_itself(part: str) -> None:
    """A page at a source's own host has that source's name and voice, whoever links to it."""
    own = Source("kestrivo", "feed", "https://kestrivo.example/feed.xml", "Kestrivo", "wire")
    via = Via(id="m", title="Letter", url="https://letters.example/12")
    url = f"https://{part}kestrivo.example/new"
    article = made(
        item=replace(ITEM, via=via, url=url),
        page=replace(PAGE, url=url),
        speakers=make_speakers([own]),
    )
    assert (article.publisher, article.voice) == ("Kestrivo", "wire")


def test_another_writer_of_a_platform_is_not_the_newsletter() -> None:
    """Two at one host of blogs have nothing to do with each other."""
    via = Via(id="m", title="Letter", url="https://letter.substack.com/p/12")
    url = "https://other.substack.com/p/1"
    article = made(item=replace(ITEM, via=via, url=url), page=replace(PAGE, url=url))
    assert (article.publisher, article.voice) == ("other.substack.com", "unknown")


def test_a_newsletter_that_links_to_its_own_site_speaks_itself() -> None:
    """The same site under another host is the same publisher."""
    via = Via(id="m", title="Letter", url="https://letters.news.example/12")
    article = made(item=replace(ITEM, via=via))
    assert (article.publisher, article.voice) == ("Daily", "vendor")


def test_a_publisher_is_known_by_its_name() -> None:
    """A mail without an address of its own may still link to its publisher's site."""
    via = Via(id="m", title="Letter")
    by_site = made(item=replace(ITEM, via=via), found=replace(FOUND, site="DAILY"))
    by_host = made(
        item=replace(ITEM, via=via, url=None), page=replace(PAGE, url="https://daily.example/a")
    )
    assert (by_site.voice, by_host.voice) == ("vendor", "vendor")


def test_the_rest_is_taken_over() -> None:
    """Authors, hint, site and hash are the page's, else the item's."""
    article = made(found=replace(FOUND, paywalled=True, alternates=("https://news.example/de",)))
    assert article.authors == ("Feed Author",)
    assert (article.language_hint, article.site, article.paywalled) == ("en", "news.example", True)
    assert article.alternates == ("https://news.example/de",)
    assert article.content_hash == content_hash(article.title, article.text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.blog.example.com/x", "example.com"),
        ("https://news.example.co.uk/x", "example.co.uk"),
        ("not a url", ""),
    ],
)
def test_site_is_the_registrable_part(url: str, expected: str) -> None:
    """Hosts of one owner are one site."""
    assert site_of(host_of(url)) == expected
