"""Makes an article's page as its site would show it: head data, menus, banners, related links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus.texts import Text, load_yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
MONTHS = load_yaml(HERE / "chrome.yaml")["months"]
CHROME = load_yaml(HERE / "chrome.yaml")["chrome"]
WITH_JSON_LD = frozenset({"magazine", "vendor"})


def make_environment() -> Environment:
    """Return the Jinja environment of the templates, HTML and XML escaped."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def make_page(text: Text, texts: list[Text], *, environment: Environment) -> str:
    """Return the page of `text`, with links to others of its site and to its translations."""
    template = environment.get_template(f"{text.site.layout}.html")
    return template.render(
        text=text,
        site=text.site,
        chrome=CHROME[text.language],
        shown_date=show_date(text),
        related=_related(text, texts),
        alternates=_alternates(text, texts),
        canonical=_canonical(text, texts),
        linked_data=_linked_data(text) if text.site.layout in WITH_JSON_LD else "",
    )


def show_date(text: Text) -> str:
    """Return the date as readers of the article's language write it; empty where undated."""
    if text.date is None:
        return ""
    day, year, language = text.date.day, text.date.year, text.language
    if language not in MONTHS:
        return f"{year}年{text.date.month}月{day}日"
    month = MONTHS[language][text.date.month - 1]
    patterns = {"de": f"{day}. {month} {year}", "es": f"{day} de {month} de {year}"}
    return patterns.get(language, f"{day} {month} {year}")


def _related(text: Text, texts: list[Text]) -> list[Text]:
    """Return up to three other articles of the site, the nearest in time first."""
    others = [
        other
        for other in texts
        if other.site == text.site and other.key != text.key and other.language == text.language
    ]
    others.sort(key=lambda other: (abs((other.moment - text.moment).total_seconds()), other.key))
    return others[:3]


def _alternates(text: Text, texts: list[Text]) -> list[Text]:
    group = text.facts.get("hreflang")
    return [other for other in texts if group and other.facts.get("hreflang") == group]


def _canonical(text: Text, texts: list[Text]) -> str:
    original = text.facts.get("canonical", text.key)
    return next(other.url for other in texts if other.key == original)


def _linked_data(text: Text) -> str:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": text.title,
        "inLanguage": text.language,
        "mainEntityOfPage": text.url,
        "publisher": {"@type": "Organization", "name": text.site.name},
    }
    if text.date:
        data["datePublished"] = text.date.isoformat()
    if text.authors:
        data["author"] = [{"@type": "Person", "name": name} for name in text.authors]
    return json.dumps(data, ensure_ascii=False, indent=1).replace("<", "\\u003c")
