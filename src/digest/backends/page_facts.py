"""What a page says about itself: title, authors, date, language, addresses, paywall."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from digest.backends.bylines import authors_of
from digest.backends.dates import parse_date
from digest.backends.headlines import headline
from digest.backends.linked_data import ARTICLES, LISTS, article_of, nodes_of, texts, types_of
from digest.backends.markup import absolute, clean, text_of
from digest.text import normalise, url_key

PUBLISHED = (
    *("article:published_time", "og:published_time", "og:article:published_time", "datepublished"),
    *("date.issued", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date"),
    *("parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "pubdate"),
    *("publishdate", "publish-date", "publish_date", "publication_date", "date"),
    *("article:published", "article.published", "dcterms.issued", "dc.date.created", "created"),
    *("og:release_date", "bytedance:published_time", "weibo:article:create_at"),
    *("cxenseparse:recs:publishtime", "rnews:datepublished"),
)
DATED = (  # microdata, RDFa, and HTML as it was once to be
    './/*[@itemprop="datePublished" or @property="datePublished" or'
    ' @property="schema:datePublished"] | .//time[@pubdate]'
)
LOCKED = frozenset({"locked", "paid", "premium", "subscriber", "subscribers"})
NOT_FREE = re.compile(r"(?:https?://schema\.org/)?false|no|0", re.I)
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.I)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What was found in JSON-LD, microdata, meta elements and links."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    site: str = ""
    canonical: str | None = None
    alternates: tuple[str, ...] = ()
    paywalled: bool = False
    description: str = ""  #: what the page's teaser says
    body: str = ""  #: `articleBody`
    is_article: bool = False  #: the page calls itself an article
    is_list: bool = False  #: the page calls itself a list


@dataclass(frozen=True, slots=True)
class Said:
    """Where a page's statements stand: its tree, JSON-LD and meta elements."""

    tree: Any
    nodes: list[dict[str, Any]]
    article: dict[str, Any]
    metas: dict[str, list[str]] = field(default_factory=dict)

    def meta(self, *names: str) -> str:
        """Return the first statement of the first of these meta elements, or nothing."""
        return next((self.metas[name][0] for name in names if name in self.metas), "")


def read_facts(tree: Any, *, url: str | None) -> PageFacts:
    """Return what the page says about itself; addresses are made absolute with `url`."""
    nodes = nodes_of([node.text or "" for node in tree.iter("script") if _is_linked_data(node)])
    metas = _metas(tree)
    heads = [text_of(node) for node in list(tree.iter("h1"))[:3]]
    titles = frozenset(normalise(text) for text in (*heads, *metas.get("og:title", ())))
    article = article_of(nodes, pages=_pages(tree, metas, url or ""), titles=titles)
    said = Said(tree, nodes, article or {}, metas)
    kinds = frozenset(kind for node in nodes for kind in types_of(node))
    site = _site(said)
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    names = (site, *texts(said.article.get("publisher")), host, host.split(".")[0])
    return PageFacts(
        title=headline(tree, article=said.article, meta=said.meta("og:title"), names=names)
        or said.meta("twitter:title", "dc.title", "citation_title"),
        authors=authors_of(tree, article=said.article, metas=said.metas, names=names),
        published=_published(said),
        language=_language(said),
        site=site,
        canonical=_canonical(said, base=url or ""),
        alternates=_alternates(tree, base=url or ""),
        paywalled=_paywalled(said),
        description=_description(said),
        body=_body(said.article),
        is_article=bool(said.article) or said.meta("og:type").lower() == "article",
        is_list=bool(kinds & LISTS) and not kinds & ARTICLES,
    )


def _pages(tree: Any, metas: dict[str, list[str]], url: str) -> frozenset[str]:
    """Return the addresses of this page as `url_key` writes them: its own, and those it says."""
    links = [node.get("href") for node in tree.iter("link") if _rel(node) == "canonical"]
    found: set[str] = set()
    for each in (url, *links, *metas.get("og:url", ())):
        with suppress(ValueError):
            if address := absolute(each, url):
                found.add(url_key(address.partition("#")[0]))
    return frozenset(found)


def _is_linked_data(node: Any) -> bool:
    return "ld+json" in (node.get("type") or "").lower()


def _metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        content = clean(node.get("content") or "")
        if name.strip() and content:
            metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _site(said: Said) -> str:
    sites = [node for node in said.nodes if "website" in types_of(node)]
    told = [said.meta("og:site_name", "application-name"), *texts(said.article.get("publisher"))]
    told += [name for node in sites for name in texts(node)]
    return clean(unescape(next(filter(None, told), "")))


def _published(said: Said) -> str | None:
    pages = [node for node in said.nodes if {"webpage", "claimreview"} & types_of(node)]
    told = texts(said.article.get("datePublished")) or texts(said.article.get("dateCreated"))
    told += [text for node in pages for text in texts(node.get("datePublished"))]
    told += [said.meta(name) for name in PUBLISHED]
    for node in said.tree.xpath(DATED)[:3]:
        told += [node.get("datetime") or node.get("content") or text_of(node)]
    return next((date for date in map(parse_date, told) if date), None)


def _language(said: Said) -> str | None:
    told = [said.tree.get("lang") or said.tree.get(XML_LANG) or said.tree.get("xml:lang") or ""]
    told += texts(said.article.get("inLanguage")) + _microdata(said.tree, "inLanguage")
    told += [said.meta("content-language", "og:locale", "dc.language", "language")]
    for text in told:
        match = LANGUAGE.fullmatch(text.strip())
        if match:
            parts = (match[1].lower(), (match[2] or "").title(), (match[3] or "").upper())
            return "-".join(filter(None, parts))
    return None


def _canonical(said: Said, *, base: str) -> str | None:
    links = [node.get("href") for node in said.tree.iter("link") if _rel(node) == "canonical"]
    page = said.article.get("mainEntityOfPage")
    about = page.get("@id") if isinstance(page, dict) else page
    own = [*texts(about), *_microdata(said.tree, "mainEntityOfPage")]
    own = [each for each in own if re.match(r"https?://|/[^/]", each)]  # no "#article", no "true"
    told = [absolute(each, base) for each in (*links, said.meta("og:url"), *own)]
    return next(filter(None, told), None)


def _alternates(tree: Any, *, base: str) -> tuple[str, ...]:
    links = [
        absolute(node.get("href"), base)
        for node in tree.iter("link")
        if "alternate" in _rel(node) and _is_language(node.get("hreflang") or "")
    ]
    return tuple(dict.fromkeys(filter(None, links[:200])))


def _is_language(hreflang: str) -> bool:
    return bool(hreflang) and hreflang.lower() != "x-default"


def _rel(node: Any) -> str:
    return (node.get("rel") or "").strip().lower()


def _paywalled(said: Said) -> bool:
    parts = said.article.get("hasPart")
    parts = parts if isinstance(parts, list) else [parts]
    free = [said.article.get("isAccessibleForFree", "")]
    free += [part.get("isAccessibleForFree", "") for part in parts if isinstance(part, dict)]
    free += _microdata(said.tree, "isAccessibleForFree")
    pages = [node for node in said.nodes if "webpage" in types_of(node)]
    free += [node.get("isAccessibleForFree", "") for node in pages]
    tier = said.meta("article:content_tier", "article:content-tier", "content_tier").lower()
    locked = any(NOT_FREE.fullmatch(str(each).strip()) for each in free)
    return locked or tier in LOCKED


def _microdata(tree: Any, name: str) -> list[str]:
    """Return what elements with this `itemprop` say, the first few: content, link or text."""
    found = tree.xpath(".//*[@itemprop=$name]", name=name)[:3]
    told = [node.get("content") or node.get("href") or node.get("itemid") for node in found]
    return [each or text_of(node)[:200] for each, node in zip(told, found, strict=True)]


def _description(said: Said) -> str:
    told = texts(said.article.get("description"))
    return clean(unescape(told[0])) if told else said.meta("og:description", "description")


def _body(article: dict[str, Any]) -> str:
    told = texts(article.get("articleBody"))
    return unescape(re.sub(r"<[^>]+>", " ", unescape(told[0]))) if told else ""
