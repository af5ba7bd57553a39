from __future__ import annotations

from pathlib import Path

import pytest

from digest.backends.pages import PageReader
from digest.errors import ParseError
from digest.records import Entry

LISTING = Path(__file__).parents[1] / "data" / "pages" / "listing.html"
URL = "https://empresa.example/noticias"


def read(body: bytes | str, url: str = URL) -> list[Entry]:
    return list(PageReader().read(body if isinstance(body, bytes) else body.encode(), url=url))


def test_a_listing_gives_its_articles() -> None:
    """Links of the main content to the same site are entries; menus, pages and tags are none."""
    entries = read(LISTING.read_bytes())
    assert [(entry.title, entry.url, entry.published) for entry in entries] == [
        (
            "El planificador de campañas se abre a equipos pequeños",
            "https://empresa.example/noticias/planificador-abierto",
            "2026-11-16T09:00:00+01:00",
        ),
        ("Registro público", "https://empresa.example/noticias/registro-publico", "2026-11-03"),
    ]
    assert entries[0].html == (
        "<p>Propone presupuestos a partir de los resultados del año pasado.</p>"
    )
    assert {entry.language for entry in entries} == {"es"}


def test_an_article_is_its_own_entry() -> None:
    """A source may be one article: the page itself is the entry, at its canonical address."""
    text = "<p>" + "The planner proposes budgets from the results of last year. " * 6 + "</p>"
    html = (
        '<html lang="en"><meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2026-10-05T08:00:00Z">'
        '<link rel="canonical" href="/news/planner">'
        f"<article><h1>The planner opens</h1>{text * 3}</article>"
        '<aside><a href="/news/other">Another article that is linked from here</a></aside>'
    )
    entries = read(html, "https://vendor.example/news/planner?ref=x")
    assert [(entry.url, entry.title, entry.published) for entry in entries] == [
        ("https://vendor.example/news/planner", "The planner opens", "2026-10-05T08:00:00+00:00")
    ]


@pytest.mark.parametrize(
    "body", ["", "   ", "<html><p>nothing here", "<nav><a href=/a>one two three four"]
)
def test_a_page_without_articles_says_so(body: str) -> None:
    """A page with nothing to follow is an error with a cure, not an empty success."""
    with pytest.raises(ParseError):
        read(body)


def test_chinese_and_japanese_headlines_count_as_words() -> None:
    """Languages without spaces have headlines of several words too."""
    html = "<main><a href='/a'>营销自动化平台发布新的预算功能</a><a href='/b'>更多</a></main>"
    assert [entry.url for entry in read(html)] == ["https://empresa.example/a"]
