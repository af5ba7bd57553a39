"""The text of an article: trafilatura on a tidied page, checked against the page's own words."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from typing import Any

from digest.backends.furniture import phrases
from digest.backends.markup import text_of
from digest.backends.missing_parts import with_missing, with_standfirst
from digest.backends.page_facts import PageFacts
from digest.text import WORD, normalise

# Words in a class or id of what surrounds an article. Source: the conventions of common content
# systems (WordPress, Drupal, Arc, AEM) and of advertisement, comment and consent services.
JUNK = re.compile(
    r"(?:^|[\s_-])(?:newsletter|related|recommend(?:ed|ations?)|share|sharing|social|comments?|disqus|cookies?|consent|"
    r"breadcrumbs?|outbrain|taboola|sponsor(?:ed)?|advert(?:isement)?|adslot|promo(?:box|tion)?|subscri(?:be|ption)|"
    r"signup|sign-up|most-?(?:read|popular)|trending|author-?(?:bio|box|info|card)|about-?author|bio|"
    r"read-?(?:more|next|also)|see-?also|more-?(?:stories|news|from)|embed-?(?:privacy|placeholder)|privacy|"
    r"toolbar|tag-?(?:list|cloud)|tags|pagination|skip-?link|sr-only|visually-?hidden|screen-reader-text)(?=$|[\s_-])",
    re.I,
)
ALWAYS = (
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "noscript",
    "template",
    "svg",
    "dialog",
)
INSIDE = ("p", "a", "b", "strong", "em", "i", "br", "span")  #: where paragraphs keep their text
BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "br", "tr", "section", "article")
BREAK = "\ue000"  #: a private character, which no page shows
LARGE = 0.3  #: share of the page's paragraphs from which a part is never taken for junk
CREDIT = re.compile(
    r"^(?:(?:photo|image|picture|foto|bild|crédit|credit|imagen|immagine|写真|画像|图源|圖片?)s?"
    r"\s*(?:by|de|von|di|credit|quelle)?\s*[:：©]|©|\(c\)\s)"
    r"|(?:/|via |© ?)\s?(?:getty|reuters|afp|ap|dpa|epa|shutterstock|istock|imago|alamy"
    r"|picture alliance)\b[^.]{0,40}$",
    re.I,
)
SMALL = 250  #: characters below which trafilatura itself thinks that it has missed something
WHOLE = 1500  #: characters up to which all that a page shows may be its article: a blurb, a notice
EDGE_WORDS = 60  #: a line that is longer is no invitation, whatever it says


def body_text(tree: Any, *, facts: PageFacts, url: str | None) -> tuple[str, str | None]:
    """Return the article's text, paragraphs separated by newlines, and a date seen on the page.

    The date is asked for only where `facts` has none.
    """
    tidy = tidied(tree)
    text = _extracted(tidy, url=url)
    if len(text) < SMALL:
        text = max(text, _extracted(deepcopy(tree), url=url), _whole(tidy), key=len)
    lines = with_missing(_lines(_by_publisher(text, facts.body)), tidy)
    lines = without_edges(lines, facts=facts, heads=_heads(tree))
    lines = with_standfirst(lines, tidy, description=facts.description)
    return "\n".join(lines), None if facts.published else seen_date(tree, url=url)


def tidied(tree: Any) -> Any:
    """Return a copy of the page without what surrounds an article."""
    copy = deepcopy(tree)
    limit = LARGE * _paragraphs(copy)
    waiting = [copy]
    while waiting:  # from the outside in, so that nothing is looked at twice
        node = waiting.pop()
        if not isinstance(node.tag, str):
            continue
        if node is not copy and _is_junk(node) and _paragraphs(node) <= limit:
            node.drop_tree()
        else:
            waiting += list(node)
    return copy


def _is_junk(node: Any) -> bool:
    if node.tag in ("html", "body", "main", "article", "h1", "head"):
        return False
    if node.tag in ALWAYS or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    if re.search(r"display\s*:\s*none", node.get("style") or ""):
        return True
    return bool(JUNK.search(f"{node.get('class') or ''} {node.get('id') or ''}"))


def _paragraphs(node: Any) -> int:
    return sum(len(inner.text or "") + len(inner.tail or "") for inner in node.iter(*INSIDE)) + 1


def _extracted(tree: Any, *, url: str | None) -> str:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(tree, url=url, include_comments=False, favor_precision=True)
    return (found.text or "") if found else ""


def _whole(tree: Any) -> str:
    """Return all that a small page shows, block by block; nothing of a page that shows more."""
    body = tree.find(".//body")
    if body is None or len(text_of(body)) > WHOLE:
        return ""
    copy = deepcopy(body)
    for node in copy.iter(*BLOCKS):
        node.text = f"{BREAK}{node.text or ''}"
        node.tail = f"{BREAK}{node.tail or ''}"
    for link in list(copy.iter("a")):
        if _is_alone(link):
            link.drop_tree()
    return "\n".join(filter(None, map(str.strip, text_of(copy).split(BREAK))))


def _is_alone(link: Any) -> bool:
    """Return whether a link is all that its block says: "Home", "Read more"."""
    parent = link.getparent()
    return parent is not None and text_of(link) == text_of(parent).replace(BREAK, "").strip()


def _lines(text: str) -> list[str]:
    lines = [line for line in (" ".join(each.split()) for each in text.splitlines()) if line]
    counts = Counter(lines)  # what asks for consent again and again stands for an embedded thing
    return [line for line in lines if counts[line] == 1 or not phrases("consent").search(line)]


def _by_publisher(text: str, body: str) -> str:
    """Return `articleBody` where it holds more of the same article, else the text."""
    ours, theirs = WORD.findall(text.casefold()), WORD.findall(body.casefold())
    if len(theirs) < 60 or len(theirs) < 1.25 * len(ours):
        return text
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return body if shared >= 0.7 * len(ours) else text


def without_edges(lines: list[str], *, facts: PageFacts, heads: set[str]) -> list[str]:
    """Return the lines without headline and byline before the article and invitations after it."""
    heads = heads | {normalise(facts.title)}
    authors = [normalise(name) for name in facts.authors]
    kept = [line for line in lines if not CREDIT.search(line) or len(line) > 200]
    while kept and _is_head(kept[0], heads=heads, authors=authors):
        kept.pop(0)
    while len(kept) > 1 and _is_tail(kept[-1]):
        kept.pop()
    return kept


def _is_head(line: str, *, heads: set[str], authors: list[str]) -> bool:
    plain = normalise(line)
    if plain in heads or any(len(head) > 20 and plain.endswith(head) for head in heads):
        return len(plain) < 300
    words = plain.split()
    return len(words) <= 12 and (
        any(author and author in plain for author in authors) or _only_date(line)
    )


def _only_date(line: str) -> bool:
    digits = sum(character.isdigit() for character in line)
    return (
        digits >= 4
        and len(line) < 60
        and digits >= len(line) / 5
        and not line.endswith((".", "。"))
    )


def _is_tail(line: str) -> bool:
    return len(WORD.findall(line)) <= EDGE_WORDS and bool(
        phrases("tail").match(line.lstrip("-–•*>[( "))
    )


def _heads(tree: Any) -> set[str]:
    return {normalise(text_of(node)) for node in list(tree.iter("h1"))[:6]} - {""}


def seen_date(tree: Any, *, url: str | None) -> str | None:
    """Return the date that page or address show, as a bare date; None rather than a guess."""
    from htmldate import find_date

    try:
        found: str | None = find_date(
            deepcopy(tree),
            url=url,
            extensive_search=False,  # else a year in the imprint becomes the first of January
            original_date=True,
            max_date="2100-01-01",  # the stage knows the present; this must not depend on a clock
        )
    except (ValueError, TypeError, OverflowError):
        return None
    return found or None
