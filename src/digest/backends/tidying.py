"""Takes off a page what surrounds an article: menus, boxes, comments, hidden parts."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

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
LARGE = 0.3  #: share of the page's paragraphs from which a part is never taken for junk


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
