"""Reads a page that lists articles: each link to one is an entry; an article is one entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

from digest.backends.chrome import is_chrome, is_more
from digest.backends.dates import few_guesses, parse_date
from digest.backends.links import unwrap
from digest.backends.markup import absolute, clean, parse_html, text_of
from digest.errors import ParseError
from digest.records import Entry
from digest.text import count_words, url_key

FURNITURE = frozenset({"nav", "footer", "aside", "form", "button", "dialog", "menu"})
ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu"})
NAMED = re.compile(
    r"(^|[\s_-])(nav|navbar|navigation|menu|footer|sidebar|breadcrumbs?|cookie|consent|pagination|"
    r"pager|social|share|tags?|login|newsletter-signup|related-tags)([\s_-]|$)",
    re.I,
)
# Addresses that list, sort or show something other than one article.
LISTS = re.compile(
    r"/(tags?|categor(y|ies|ie|ia|ias)|topics?|authors?|page|search|login|signin|signup|account|"
    r"kategorien?|schlagwort|auteurs?|autor(en|es|e)?)(/|$)|[?&](page|p|sort|filter|tag)=|"
    r"\.(jpe?g|png|gif|svg|webp|mp[34]|zip|css|js|ics)$",
    re.I,
)
ARTICLES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "TechArticle", "Report", "AnalysisNewsArticle"}
)
FEWEST = 4  # words of a link that is a headline ("Read our privacy notice" is kept out by name)
WHOLE = 150  # words of running text from which on a page can be an article


class PageReader:
    """Reads the entries of a listing page."""

    @few_guesses()
    def read(self, body: bytes, *, url: str, media_type: str = "") -> Iterable[Entry]:
        """Return the articles a page links to, in its order; of an article, the page itself.

        A link counts where it leads to the same site, stands in the main content, and is a heading
        or several words long. A date beside it is the entry's.

        Raises:
            ParseError: where there is no HTML, or neither an article nor a link to one.
        """
        tree = parse_html(body, charset=_charset(body))
        if tree is None:
            raise ParseError(f"{url or 'page'}: no HTML in it", id=url)
        language = (tree.get("lang") or "").strip() or None
        if _is_article(tree):
            return [_itself(tree, url=url, language=language)]
        entries = list(_listed(tree, url=url, language=language))
        if not entries:
            cure = "use the address of the list of articles, or of a feed"
            raise ParseError(f"{url or 'page'}: no links to articles in it", id=url, cure=cure)
        return entries


def _charset(body: bytes) -> str | None:
    """Return UTF-8 where the body is that, whatever it says; else let the parser find out."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _is_article(tree: Any) -> bool:
    kind = tree.xpath("string(//meta[@property='og:type']/@content)").strip().lower()
    declared = kind == "article" or bool(_types(tree))
    headlines = tree.xpath("count(//article//h1 | //main//h1)")
    paragraphs = [text_of(node) for node in tree.iter("p") if not _in_furniture(node)]
    words = sum(count_words(text) for text in paragraphs if len(text) > 60)
    alone = tree.xpath("count(//article)") == 1 and headlines == 1
    return bool(words >= WHOLE and (declared or alone))


def _types(tree: Any) -> set[str]:
    """Return the types of the page's top-level JSON-LD objects."""
    found: set[str] = set()
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for thing in graph if isinstance(graph, list) else []:
            kind = thing.get("@type") if isinstance(thing, dict) else None
            found.update(kind if isinstance(kind, list) else [kind] if kind else [])
    return found & ARTICLES if "ItemList" not in found else set()


def _itself(tree: Any, *, url: str, language: str | None) -> Entry:
    title = tree.xpath("string(//meta[@property='og:title']/@content)")
    headings = [text_of(node) for node in (*tree.iter("h1"), *tree.iter("title"))]
    date = tree.xpath("string(//meta[@property='article:published_time']/@content)")
    canonical = absolute(tree.xpath("string(//link[@rel='canonical']/@href)"), url)
    return Entry(
        url=canonical or url or None,
        title=next((text for text in (*headings, clean(title)) if text), ""),
        published=parse_date(date),
        html="",
        language=language,
    )


def _listed(tree: Any, *, url: str, language: str | None) -> Iterator[Entry]:
    base = absolute(tree.xpath("string(//base/@href)"), url) or url
    seen = {_key(url)}
    links = {node: _article_link(node, base) for node in tree.iter("a")}
    anchors = [node for node in links if node.get("href") and not _in_furniture(node)]
    best = _titles(anchors, links)
    several: dict[Any, set[str]] = {}
    for anchor in anchors:
        link = links[anchor]
        if link is None or _key(link) in seen or _key(link) not in best:
            continue
        seen.add(_key(link))
        title, node = best[_key(link)]
        card = _card(node, links, several)
        yield Entry(
            url=link,
            title=title,
            published=_date_in(card),
            html=_teaser(card, title),
            language=language,
        )


def _titles(anchors: list[Any], links: Mapping[Any, str | None]) -> dict[str, tuple[str, Any]]:
    """Return each address's best title and the link that has it: a heading, else the longest."""
    found: dict[str, tuple[str, Any]] = {}
    for anchor in anchors:
        link = links[anchor]
        heading = next((node for node in anchor.iter("h1", "h2", "h3", "h4", "h5")), None)
        title = text_of(heading if heading is not None else anchor)
        within = heading is not None or _in_heading(anchor)
        if link is None or is_more(title) or is_chrome(link, title):
            continue
        if count_words(title) < (2 if within else FEWEST):
            continue
        if _key(link) not in found or (within and not _in_heading(found[_key(link)][1])):
            found[_key(link)] = (title, anchor)
    return found


def _article_link(anchor: Any, base: str) -> str | None:
    link = absolute(anchor.get("href"), base)
    if link is None:
        return None
    link = unwrap(link)
    parts = urlsplit(link)
    here = urlsplit(base).hostname or ""
    same = not here or _site(parts.hostname or "") == _site(here)
    inner = parts.path.strip("/") or parts.query
    return link if same and inner and not LISTS.search(link) else None


def _site(host: str) -> str:
    return host.lower().removeprefix("www.")


def _key(url: str) -> str:
    try:
        return url_key(url)
    except ValueError:
        return url


def _in_heading(node: Any) -> bool:
    return any(up.tag in ("h1", "h2", "h3", "h4", "h5") for up in (node, *node.iterancestors()))


def _in_furniture(node: Any) -> bool:
    for up in (node, *node.iterancestors()):
        if up.tag in ("main", "article", "body"):
            return False
        if up.tag in FURNITURE or (up.get("role") or "").lower() in ROLES:
            return True
        if up.tag == "header" and up.getparent() is not None and up.getparent().tag == "body":
            return True
        if NAMED.search(f"{up.get('class') or ''} {up.get('id') or ''}"):
            return True
    return False


def _card(
    anchor: Any, links: Mapping[Any, str | None], several: MutableMapping[Any, set[str]]
) -> Any:
    """Return the largest element around a link that leads to no other article.

    `several` remembers two of each element's links: a page of thousands is not looked through
    anew for each of them.
    """
    card = anchor
    for up in anchor.iterancestors():
        if up not in several:
            several[up] = _two_links(up, links)
        if up.tag in ("body", "main", "html") or several[up] - {links[anchor]}:
            break
        card = up
    return card


def _two_links(node: Any, links: Mapping[Any, str | None]) -> set[str]:
    """Return the first two different articles to which links within an element lead."""
    found: set[str] = set()
    for anchor in node.iter("a"):
        link = links[anchor]
        if link is not None:
            found.add(link)
        if len(found) > 1:
            break
    return found


def _date_in(card: Any) -> str | None:
    for node in card.iter("time"):
        found = parse_date(node.get("datetime")) or parse_date(text_of(node))
        if found:
            return found
    for node in card.iter("span", "p", "div", "small"):
        if re.search(r"date|time|publish|posted|datum", node.get("class") or "", re.I):
            found = parse_date(text_of(node))
            if found:
                return found
    return None


def _teaser(card: Any, title: str) -> str:
    texts = [text_of(node) for node in card.iter("p")]
    kept = [text for text in texts if count_words(text) >= FEWEST and text != title]
    return "\n".join(f"<p>{escape(text)}</p>" for text in kept)
