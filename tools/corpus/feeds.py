"""Makes the feeds: RSS 2.0, Atom, RSS 1.0 and JSON Feed, with whole texts or teasers."""

from __future__ import annotations

import json
from email.utils import format_datetime
from html import escape
from typing import Any

from corpus.texts import Site, Text
from jinja2 import Environment


def make_feed(site: Site, texts: list[Text], *, environment: Environment) -> str:
    """Return the site's feed, newest first, with those articles that are in feeds."""
    listed = [text for text in texts if text.site == site and text.facts.get("feed", True)]
    listed.sort(key=lambda text: (text.moment, text.key), reverse=True)
    if site.feed["format"] == "json":
        return _json_feed(site, listed)
    template = environment.get_template(f"{site.feed['format']}.xml")
    return template.render(site=site, texts=listed, link=_link, html=_html, rfc822=_rfc822)


def _link(text: Text) -> str:
    """Return the address as the feed gives it: some sites add tracking parameters."""
    tracking = "?utm_source=feed&utm_medium=rss" if text.site.feed.get("tracking") else ""
    return f"{text.url}{tracking}"


def _html(text: Text) -> str:
    return "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in text.paragraphs)


def _rfc822(text: Text) -> str:
    return format_datetime(text.moment)


def _json_feed(site: Site, texts: list[Text]) -> str:
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "home_page_url": f"https://{site.host}/",
        "feed_url": site.feed_url,
    }
    if site.language:
        feed["language"] = site.language
    feed["items"] = [_json_item(text) for text in texts]
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _json_item(text: Text) -> dict[str, Any]:
    full = text.site.feed["content"] == "full"
    item = {
        "id": text.guid,
        "url": _link(text),
        "title": text.title,
        "date_published": text.moment.isoformat(),
        "language": text.language,
        "content_html": _html(text) if full else f"<p>{escape(text.teaser, quote=False)}</p>",
    }
    if text.authors:
        item["authors"] = [{"name": name} for name in text.authors]
    return item
