"""What a page says about itself: title, authors, date, language, addresses, paywall."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from digest.backends.dates import parse_date
from digest.backends.linked_data import ARTICLES, LISTS, article_of, nodes_of, texts, types_of
from digest.backends.markup import absolute, clean, text_of
from digest.text import normalise

SEPARATORS = re.compile(r"\s+[|–—•·»«⋅~>:-]+\s+|\s*[|｜＿]\s*")
BYLINE = re.compile(
    r"^(?:by|von|par|por|di|da|door|av|af|przez|od|от|作者|文|記者|著者|執筆)[:：\s]\s*", re.I
)
ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|html?)\b")
NAMES = re.compile(
    r"\s*[;|/、，]\s*|\s*,\s+(?!(?:jr|sr|phd|md|esq)\b)|\s+(?:and|und|et|y|e|en|og|och)\s+(?=[^\W\d_])",
    re.I,
)
PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "date.issued", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "parsely-pub-date",
    "sailthru.date", "citation_publication_date", "citation_date", "pubdate", "publishdate",
    "publish-date", "publication_date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl",
           "sailthru.author", "citation_author")  # fmt: skip
LOCKED = frozenset({"locked", "paid", "premium", "subscriber", "subscribers"})


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
    body: str = ""  #: `articleBody`
    is_article: bool = False  #: the page calls itself an article
    is_list: bool = False  #: the page calls itself a list
    metas: dict[str, list[str]] = field(default_factory=dict)


def read_facts(tree: Any, *, url: str | None) -> PageFacts:
    """Return what the page says about itself."""
    nodes = nodes_of([node.text or "" for node in tree.iter("script") if _is_linked_data(node)])
    article = article_of(nodes) or {}
    metas = _metas(tree)
    site = _site(metas, article, nodes)
    kinds = frozenset().union(*map(types_of, nodes)) if nodes else frozenset()
    return PageFacts(
        title=_title(tree, article, metas, site=site),
        authors=_authors(article, metas, tree),
        published=_published(article, nodes, metas, tree),
        language=_language(article, metas, tree),
        site=site,
        canonical=_canonical(tree, metas, base=url or ""),
        alternates=_alternates(tree, base=url or ""),
        paywalled=_paywalled(article, metas),
        body=_body(article),
        is_article=bool(article)
        or "article" in (kind.lower() for kind in metas.get("og:type", ())),
        is_list=bool(kinds & LISTS) and not kinds & ARTICLES,
        metas=metas,
    )


def _is_linked_data(node: Any) -> bool:
    return "ld+json" in (node.get("type") or "").lower()


def _metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        name = (
            (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        )
        content = clean(node.get("content") or "")
        if name and content:
            metas.setdefault(name, []).append(content)
    return metas


def _first(metas: dict[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if metas.get(name)), "")


def _site(metas: dict[str, list[str]], article: dict[str, Any], nodes: list[dict[str, Any]]) -> str:
    told = _first(metas, "og:site_name", "application-name")
    if told:
        return told
    sites = [node for node in nodes if "website" in types_of(node)]
    names = texts(article.get("publisher")) + [name for node in sites for name in texts(node)]
    return clean(unescape(names[0])) if names else ""


def _title(tree: Any, article: dict[str, Any], metas: dict[str, list[str]], *, site: str) -> str:
    """Return the headline on which most of the page's own statements agree, the first among equals."""
    heads = [text_of(node) for node in list(tree.iter("h1"))[:6]]
    head = heads[0] if len(heads) == 1 else next((h for h in heads if len(h.split()) > 2), "")
    shown = next((text_of_title(node) for node in tree.iter("title")), "")
    told = [
        *(clean(unescape(unescape(text))) for text in texts(article.get("headline"))[:1]),
        _first(metas, "og:title"),
        head,
        shown,
    ]
    names = {normalise(name) for name in (site, *texts(article.get("publisher"))) if name}
    titles = [without_site(title, names=names, others=told) for title in told if title]
    if not titles:
        return _first(metas, "twitter:title", "dc.title", "citation_title")
    votes = Counter(map(normalise, titles))
    best = max(votes.values())
    return next(title for title in titles if votes[normalise(title)] == best)


def text_of_title(node: Any) -> str:
    """Return the text of a `title` element, which `text_of` skips as part of the head."""
    return clean("".join(node.itertext()))


def without_site(title: str, *, names: set[str], others: list[str]) -> str:
    """Return a title without the site's or section's name at its end or beginning.

    A part goes when it is a name of the site, or when another statement is the rest exactly.
    """
    rests = {normalise(other) for other in others if other}
    found = list(SEPARATORS.finditer(title))
    for match in found:
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if head and normalise(head) in rests:
            return head
        if tail and normalise(tail) in rests and normalise(head) in names:
            return tail
    for match in reversed(found):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if head and normalise(tail) in names:
            return without_site(head, names=names, others=others)
        if tail and normalise(head) in names:
            return tail
    return title


def _authors(article: dict[str, Any], metas: dict[str, list[str]], tree: Any) -> tuple[str, ...]:
    told = texts(article.get("author")) or texts(article.get("creator"))
    if not told:
        told = [name for key in AUTHORS for name in metas.get(key, ())]
    if not told:
        marked = tree.xpath('.//*[@itemprop="author" or @rel="author"]')[:10]
        told = [text_of(node) for node in marked]
    return clean_names(told)


def clean_names(told: list[str]) -> tuple[str, ...]:
    """Return people's names one by one, without "By", roles in brackets and addresses."""
    names: dict[str, str] = {}
    for text in told[:30]:
        for part in NAMES.split(unescape(text)[:300]):
            name = re.sub(r"\s*\([^)]*\)\s*$", "", BYLINE.sub("", clean(part))).strip(" ,.-–")
            if (
                name
                and len(name) < 80
                and not ADDRESS.search(name)
                and re.search(r"[^\W\d_]", name)
            ):
                names.setdefault(normalise(name), name)
    return tuple(names.values())


def _published(
    article: dict[str, Any], nodes: list[dict[str, Any]], metas: dict[str, list[str]], tree: Any
) -> str | None:
    pages = [node for node in nodes if {"webpage", "claimreview"} & types_of(node)]
    told = texts(article.get("datePublished")) or texts(article.get("dateCreated"))
    told += [text for node in pages for text in texts(node.get("datePublished"))]
    told += [text for name in PUBLISHED for text in metas.get(name, ())[:1]]
    for node in tree.xpath('.//*[@itemprop="datePublished"] | .//time[@pubdate]')[:3]:
        told += [node.get("datetime") or node.get("content") or text_of(node)]
    return next((date for date in map(parse_date, told) if date), None)


def _language(article: dict[str, Any], metas: dict[str, list[str]], tree: Any) -> str | None:
    told = [
        *(
            tree.get(name) or ""
            for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")
        ),
        *texts(article.get("inLanguage")),
        _first(metas, "content-language", "og:locale", "dc.language", "language"),
    ]
    for text in told:
        match = re.fullmatch(
            r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", text.strip(), re.I
        )
        if match:
            parts = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
            return "-".join(filter(None, parts))
    return None


def _canonical(tree: Any, metas: dict[str, list[str]], *, base: str) -> str | None:
    links = [node.get("href") for node in tree.iter("link") if _rel(node) == "canonical"]
    told = [*links, _first(metas, "og:url")]
    return next((link for link in (absolute(each, base) for each in told) if link), None)


def _alternates(tree: Any, *, base: str) -> tuple[str, ...]:
    links = [
        absolute(node.get("href"), base)
        for node in tree.iter("link")
        if "alternate" in _rel(node)
        and (node.get("hreflang") or "x-default").lower() != "x-default"
    ]
    return tuple(dict.fromkeys(link for link in links[:200] if link))


def _rel(node: Any) -> str:
    return (node.get("rel") or "").strip().lower()


def _paywalled(article: dict[str, Any], metas: dict[str, list[str]]) -> bool:
    free = str(article.get("isAccessibleForFree", "")).strip().lower()
    tier = _first(metas, "article:content_tier", "article:content-tier", "content_tier").lower()
    return (
        free in ("false", "no", "0", "http://schema.org/false", "https://schema.org/false")
        or tier in LOCKED
    )


def _body(article: dict[str, Any]) -> str:
    told = texts(article.get("articleBody"))
    return unescape(re.sub(r"<[^>]+>", " ", unescape(told[0]))) if told else ""
