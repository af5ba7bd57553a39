"""What is found in pages that we wrote ourselves, in many languages, whole and broken."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from digest.backends.bylines import clean_names
from digest.backends.decoding import decode
from digest.backends.edges import without_edges
from digest.backends.extractors import ArticleExtractor
from digest.backends.headlines import without_site
from digest.backends.page_facts import PageFacts
from digest.errors import ParseError
from digest.ports import Extraction

PARAGRAPHS = (
    "Northwind Mail said on Tuesday that its assistant writes subject lines for every campaign.",
    "The feature is part of all paid plans from October, and customers may switch it off again.",
    "Analysts expect rivals to answer before the year is over, because buyers ask for it.",
)
RUSSIAN = "Компания объявила во вторник о новой функции рассылок для всех своих клиентов."


def page(
    *, head: str = "", body: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS, lang: str = "en"
) -> bytes:
    """Return a page with an article of these paragraphs."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    article = body or f"<article><h1>Northwind writes subject lines</h1>{text}</article>"
    return f'<html lang="{lang}"><head>{head}</head><body>{article}</body></html>'.encode()


def linked(**facts: object) -> str:
    """Return a JSON-LD element that describes an article."""
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **facts})
    return f'<script type="application/ld+json">{data}</script>'


def extract(body: bytes, *, url: str = "https://news.example/2026/10/a") -> Extraction:
    """Return what the extractor finds."""
    return ArticleExtractor().extract(body, url=url)


def test_text_is_the_paragraphs_without_headline_and_navigation() -> None:
    """Menus, footers, newsletter boxes and the headline are no part of the text."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = (
        "<nav><a href='/'>Home</a><a href='/news'>News</a></nav>"
        f"<article><h1>Northwind writes subject lines</h1>{text}"
        "<div class='newsletter-signup'><p>Get our letter every Monday, free of charge.</p></div>"
        "</article><footer><p>All rights reserved by the publisher.</p></footer>"
    )
    assert "\n".join(PARAGRAPHS) == extract(page(body=body)).text


def teaser(number: int, title: str) -> dict[str, str]:
    """What a page says of another article."""
    url, day = f"https://news.example/{number}", f"2026-09-0{number}"
    return {"@type": "NewsArticle", "headline": title, "url": url, "datePublished": day}


@pytest.mark.parametrize(
    ("nodes", "date"),
    [
        ([teaser(1, "One"), teaser(2, "Two"), teaser(3, "Ours")], "2026-09-02"),
        ([{"@graph": [teaser(1, "One"), teaser(2, "Two")]}], "2026-09-02"),
        ([teaser(1, "One"), {"@type": "Article", "datePublished": "2026-10-09"}], "2026-10-09"),
        ([teaser(1, "One"), teaser(3, "Ours")], "2026-09-03"),
        ([teaser(1, "One"), teaser(3, "Three")], None),
        ([teaser(1, "One")], "2026-09-01"),
    ],
)
def test_of_several_articles_the_page_s_own_is_read(nodes: list[object], date: str | None) -> None:
    """Teasers beside it say their titles and dates, too; none is better than another's."""
    head = f"<script type='application/ld+json'>{json.dumps(nodes)}</script>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = page(head=head, body=f"<article><h1>Ours</h1>{text}</article>")
    assert extract(body, url="https://news.example/2").published == date


@pytest.mark.parametrize(
    ("below", "words", "paywalled"),
    [
        ("Subscribe to continue reading.", 30, True),
        ("This article is available only to our subscribers.", 30, True),
        ("This post is for paid subscribers", 30, True),
        ("Dieser Artikel ist nur für Abonnenten", 30, True),
        ("Cet article est réservé à nos abonnés", 30, True),
        ("この記事は有料会員限定です", 30, True),
        ("Subscribe to continue reading.", 300, False),
        ("Already a subscriber? Log in.", 30, False),
    ],
)
def test_a_stub_is_told_by_what_stands_below_it(below: str, words: int, paywalled: bool) -> None:
    """Where a page has no mark for its paywall; whoever can read it all has the article."""
    text = "The vendor has told its customers what the tool will cost. " * (words // 11)
    body = f"<article><h1>News</h1><p>{text}</p><div>{below}</div></article>"
    assert extract(page(body=body)).paywalled is paywalled


def test_a_page_that_says_of_itself_that_it_is_not_free_is_paywalled() -> None:
    """Some mark the page and not the article."""
    nodes = {"@graph": [{"@type": "WebPage", "isAccessibleForFree": False}, {"@type": "Article"}]}
    head = f"<script type='application/ld+json'>{json.dumps(nodes)}</script>"
    assert extract(page(head=head)).paywalled


def test_linked_data_says_date_authors_language_and_paywall() -> None:
    """What a publisher states in JSON-LD goes before what the page shows."""
    head = linked(
        headline="Northwind writes subject lines",
        datePublished="2026-10-06T08:30:00+02:00",
        author=[{"@type": "Person", "name": "Ana Prieto"}, {"@type": "Person", "name": "Bo Li"}],
        isAccessibleForFree="False",
        publisher={"@type": "Organization", "name": "Daily Martech"},
    )
    found = extract(page(head=head))
    assert found.published == "2026-10-06T08:30:00+02:00"
    assert found.authors == ("Ana Prieto", "Bo Li")
    assert (found.site, found.paywalled, found.language_hint) == ("Daily Martech", True, "en")


def test_microdata_says_what_json_ld_would() -> None:
    """Date, author, language, canonical address and paywall stand in `itemprop`, too."""
    head = (
        "<meta itemprop='datePublished' content='2026-10-06T08:30:00+02:00'>"
        "<meta itemprop='inLanguage' content='pt-BR'>"
        "<link itemprop='mainEntityOfPage' href='https://news.example/canonical'>"
        "<meta itemprop='isAccessibleForFree' content='http://schema.org/False'>"
    )
    body = f"<article><span itemprop=author>Ana Prieto</span><p>{' '.join(PARAGRAPHS)}</p>"
    found = extract(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    assert found.published == "2026-10-06T08:30:00+02:00"
    assert (found.authors, found.language_hint) == (("Ana Prieto",), "pt-BR")
    assert (found.canonical, found.paywalled) == ("https://news.example/canonical", True)


@pytest.mark.parametrize(
    ("said", "canonical", "paywalled"),
    [
        ({"mainEntityOfPage": "https://news.example/b"}, "https://news.example/b", False),
        ({"mainEntityOfPage": {"@id": "/b"}}, "https://news.example/b", False),
        ({"mainEntityOfPage": "true"}, None, False),
        ({"mainEntityOfPage": {"@id": "#article"}}, None, False),
        ({"hasPart": {"isAccessibleForFree": False, "cssSelector": ".paid"}}, None, True),
        ({"hasPart": [{"isAccessibleForFree": "true"}, 7]}, None, False),
    ],
)
def test_linked_data_names_the_page_and_its_paid_part(
    said: dict[str, object], canonical: str | None, paywalled: bool
) -> None:
    """Where no link calls itself canonical; and where a part of the page is for subscribers."""
    found = extract(page(head=linked(headline="x", **said)))
    assert (found.canonical, found.paywalled) == (canonical, paywalled)


def test_references_inside_linked_data_are_followed() -> None:
    """An author given by "@id" is the person of that id elsewhere in the graph."""
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "x", "author": {"@id": "#p"}},
            {"@type": "Person", "@id": "#p", "name": "Kim Soo"},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert extract(page(head=head)).authors == ("Kim Soo",)


def test_broken_linked_data_does_not_hide_the_rest() -> None:
    """A trailing comma is repaired; what cannot be read is passed over."""
    good = '{"@type": "NewsArticle", "datePublished": "2026-10-06",}'
    head = (
        f'<script type="application/ld+json">{{oops</script>'
        f'<script type="application/ld+json">{good}</script>'
    )
    assert extract(page(head=head)).published == "2026-10-06"


def test_addresses_are_canonical_and_alternates() -> None:
    """Relative links are made absolute; "x-default" is no language."""
    head = (
        "<link rel='canonical' href='/a'><link rel='alternate' hreflang='de' href='/de/a'>"
        "<link rel='alternate' hreflang='x-default' href='/'>"
    )
    found = extract(page(head=head))
    assert (
        found.canonical,
        found.alternates,
    ) == ("https://news.example/a", ("https://news.example/de/a",))


def test_title_is_what_most_statements_agree_on() -> None:
    """One headline for search engines is outvoted by those that readers see."""
    head = (
        linked(headline="Subject lines, written by a machine")
        + "<meta property='og:title' content='Northwind writes subject lines'>"
        + "<title>Northwind writes subject lines | Daily Martech</title>"
    )
    assert extract(page(head=head)).title == "Northwind writes subject lines"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Acme kauft Spark – Marketing Blatt", "Acme kauft Spark"),
        ("Marketing Blatt: Acme kauft Spark", "Marketing Blatt: Acme kauft Spark"),
        ("Acme buys Spark - what now?", "Acme buys Spark - what now?"),
        ("アクメ、新機能を発表｜Marketing Blatt", "アクメ、新機能を発表"),
    ],
)
def test_only_a_site_name_is_cut_from_a_title(title: str, expected: str) -> None:
    """A dash inside a headline is no reason to cut it."""
    assert expected == without_site(title, names={"marketing blatt"}, others=[title])


def test_names_lose_by_and_brackets_and_stand_alone() -> None:
    """Bylines of several languages become plain names, none twice."""
    told = ["By Ana Prieto and Bo Li", "Von Jürgen Maß (jm)", "Ana Prieto", "https://x.example/ana"]
    assert clean_names(told) == ("Ana Prieto", "Bo Li", "Jürgen Maß")


def test_a_byline_is_read_where_nothing_else_names_the_author() -> None:
    """Short texts in places marked "author" are names; a box at the end is not asked."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = f"<h1>T</h1><span class='byline__author'>Par Élise Roux</span><article>{text}</article>"
    assert extract(page(body=body)).authors == ("Élise Roux",)


def test_a_byline_goes_and_a_sentence_about_its_author_stays() -> None:
    """A line is a byline where hardly anything but names is in it."""
    facts = PageFacts(title="T", authors=("Ana Prieto",))
    lines = ["By Ana Prieto, 6 October 2026", "Ana Prieto becomes head of marketing at Acme.", "X."]
    assert without_edges(lines, facts=facts, heads=set()) == lines[1:]


def test_standfirst_is_given_back() -> None:
    """The text under a headline belongs to the article where the page's description repeats it."""
    lead = "Software now proposes the words above every mail, and marketers have mixed feelings."
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = f"<header><h1>T</h1><h2 class='lead'>{lead}</h2></header><article>{text}</article>"
    found = extract(page(head=f"<meta name='description' content='{lead}'>", body=body))
    assert lead == found.text.splitlines()[0]


@pytest.mark.parametrize(
    ("lang", "paragraphs"),
    [
        ("ja", ("アクメは十二日、メール配信の新機能を発表した。", "価格は月額三千円から。")),
        ("zh-Hans", ("阿克米公司周二发布了新的邮件功能。", "价格从每月二十元起。")),
        ("ar", ("أعلنت الشركة يوم الثلاثاء عن ميزة جديدة.", "يبدأ السعر من ثلاثة دولارات.")),
        ("ru", (RUSSIAN, "Цена начинается от трёх евро.")),
        ("th", ("บริษัทประกาศฟีเจอร์ใหม่สำหรับอีเมล", "ราคาเริ่มต้นที่เดือนละสามดอลลาร์")),
    ],
)
def test_short_articles_of_any_script_are_whole(lang: str, paragraphs: tuple[str, ...]) -> None:
    """A notice of two sentences is kept, whatever its letters."""
    found = extract(page(paragraphs=paragraphs, lang=lang))
    assert ("\n".join(paragraphs), lang, "") == (found.text, found.language_hint, found.not_article)


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("404 Not Found", "The requested address was not found here.", "an error page"),
        ("Seite nicht gefunden", "Leider gibt es diese Seite nicht.", "an error page"),
        ("Page introuvable | Le Site", "Retour à l'accueil", "an error page"),
        ("お探しのページは見つかりません", "トップへ戻る", "an error page"),
        ("页面不存在", "返回首页", "an error page"),
        ("Just a moment...", "Verify you are human. Ray ID: 12", "an error page"),
        (
            "Bevor Sie fortfahren",
            "Wir und unsere Partner nutzen Cookies und Tracking. Alle akzeptieren. Datenschutz.",
            "a consent wall",
        ),
        (
            "Before you continue",
            "We use cookies and tracking for personalised ads. Accept all. Manage choices.",
            "a consent wall",
        ),
    ],
)
def test_pages_with_status_200_that_are_no_article(title: str, text: str, reason: str) -> None:
    """Error pages, robot checks and consent walls are recognised by their words."""
    body = f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode()
    assert extract(body).not_article.startswith(reason)


def test_an_article_about_cookies_is_an_article() -> None:
    """Consent as a subject is not a consent wall."""
    paragraphs = ("The regulator said publishers may not load tracking cookies without consent.",)
    assert extract(page(paragraphs=paragraphs)).not_article == ""


def test_a_list_of_teasers_is_no_article() -> None:
    """Many linked headlines and little else make a listing page."""
    rows = "".join(f"<h3><a href='/n/{n}'>Headline {n} of the week</a></h3>" for n in range(20))
    assert extract(page(body=f"<h1>News</h1>{rows}")).not_article == "a list of articles"


@pytest.mark.parametrize(
    ("body", "charset", "expected"),
    [
        ("<p>Größe</p>".encode(), "iso-8859-1", "Größe"),
        ("<meta charset=iso-8859-1><p>Größe “x”</p>".encode("cp1252"), None, "Größe “x”"),
        ("<p>件名を提案</p>".encode("shift_jis"), "Shift_JIS", "件名を提案"),
        ("<meta charset='gb2312'><p>邮件标题</p>".encode("gb18030"), "utf-8", "邮件标题"),
        ("\ufeff<p>Größe</p>".encode("utf-16"), None, "Größe"),
        ("<meta charset=iso-2022-jp><p>件名</p>".encode("iso2022_jp"), None, "件名"),
        (f"<p>{RUSSIAN}</p>".encode("cp1251"), "no-such-charset", RUSSIAN),
    ],
)
def test_wrong_and_missing_charsets_are_seen_through(
    body: bytes, charset: str | None, expected: str
) -> None:
    """The bytes decide before the page's word, and that before the header's."""
    assert expected in decode(body, charset)


@pytest.mark.parametrize(
    "body", [b"", b"   ", bytes(range(256)) * 50, b"<!-- only a comment -->", b"%PDF-1.4 broken"]
)
def test_what_cannot_be_read_is_a_clear_error(body: bytes) -> None:
    """Empty, binary and broken input raises `ParseError`, nothing else."""
    with pytest.raises(ParseError):
        extract(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 300_000 + b"end",
        b"<table>" * 2000 + b"<td>x",
        b'<script type="application/ld+json">' + b"[" * 50_000 + b"</script><p>hello there</p>",
        b"<p>&#0;&#xD800;&#x110000;</p>",
        b"<p " + b"a=1 " * 50_000 + b">x</p>",
    ],
)
def test_hostile_markup_is_survived(body: bytes) -> None:
    """A page built to break parsers is read as far as it goes."""
    assert isinstance(extract(body), Extraction)


def test_threads_do_not_disturb_each_other() -> None:
    """Many threads at one extractor find what one finds."""
    pages = [
        page(paragraphs=(*PARAGRAPHS, f"This is number {n} of the series.")) for n in range(16)
    ]
    extractor = ArticleExtractor()
    expected = [extractor.extract(body, url=None) for body in pages]
    with ThreadPoolExecutor(8) as pool:
        assert expected == list(pool.map(lambda body: extractor.extract(body, url=None), pages))


def test_a_pdf_is_read_page_by_page(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Title, author, date and paragraphs come from the file; running heads go."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    path = tmp_path / "report.pdf"
    paper = canvas.Canvas(str(path))
    paper.setTitle("Autumn report")
    paper.setAuthor("Ana Prieto")
    for number in range(1, 5):
        paper.drawString(72, 800, "Daily Martech Institute")
        paper.drawString(72, 700, f"Part {number} says what vendors have shown.")
        paper.drawString(72, 60, str(number))
        paper.showPage()
    paper.save()
    found = extract(path.read_bytes())
    expected = "\n".join(f"Part {number} says what vendors have shown." for number in range(1, 5))
    assert ("Autumn report", ("Ana Prieto",), expected) == (found.title, found.authors, found.text)


def test_a_list_of_headlines_is_no_article() -> None:
    """Items that are links with a date beside them are a list, whatever the page calls itself."""
    rows = "".join(
        f"<li><a href='/{n}'>Northwind opens its assistant to agency {n}</a> {n} May</li>"
        for n in range(1, 9)
    )
    found = extract(page(body=f"<div><h1>Business</h1><ul>{rows}</ul></div>"))
    assert found.not_article == "a list of articles"


def test_an_article_with_linked_sentences_is_one() -> None:
    """A round-up that says something of each thing it links to is an article."""
    rows = "".join(
        f"<p><a href='/{n}'>Northwind opens its assistant to agency {n}</a>, which pays for it by"
        f" the campaign from May on and may give back what it does not use, firm {n} said.</p>"
        for n in range(1, 9)
    )
    assert extract(page(body=f"<article><h1>The week</h1>{rows}</article>")).not_article == ""


def test_a_small_page_begins_at_its_headline() -> None:
    """What stands above the headline of a page of one line is the site's own."""
    body = "<div>Buzz | Home | Jobs</div><h1>Acme answers</h1><p>Acme has answered. More soon.</p>"
    assert extract(page(body=body)).text == "Acme has answered. More soon."


def test_a_line_that_ends_in_the_headlines_words_is_text() -> None:
    """An address made of the headline's words does not make a paragraph the headline."""
    told = (
        "Lets agents of any supplier plan and pause campaigns; a person approves each sending, and"
        " 85 companies took part in the trial, see vendor.example/northwind-writes-subject-lines"
    )
    assert extract(page(paragraphs=(told, *PARAGRAPHS))).text.startswith("Lets agents")
