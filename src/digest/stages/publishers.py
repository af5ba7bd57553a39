"""Who tells a story: one page is one source, and each publisher counts once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from digest.records import Article, HeardVoice
from digest.text import normalise, url_key


def page_of(article: Article) -> str:
    """Return what two articles made of one page share; an article without address is its own."""
    try:
        return url_key(article.url) if article.url else f"id:{article.id}"
    except ValueError:  # no web address: nothing says that two such are one page
        return f"id:{article.id}"


def distinct_pages(articles: Iterable[Article]) -> list[Article]:
    """Return one article a page, in order: one read at its publisher's before one from a mail.

    The same page reached through a feed and through a newsletter's link is one source.
    """
    kept: dict[str, Article] = {}
    for article in articles:
        page = page_of(article)
        if page not in kept or (kept[page].via is not None and article.via is None):
            kept[page] = article
    return list(kept.values())


def count_publishers(articles: Iterable[Article]) -> tuple[str, ...]:
    """Return the distinct publishers of a story's members, sorted; all wires are one of them.

    A press release on three wires is one voice. A page counts once, by whatever way it was found,
    and another spelling in capitals is the same publisher. Behind a newsletter's link the
    publisher may be known by its host alone: it then takes the name that another page of that
    host has.
    """
    every = list(articles)
    if len(every) == 1:  # as of most stories: no other page gives it a name
        return tuple(filter(None, [every[0].publisher]))
    pages = distinct_pages(every)
    names = _names(pages)
    own: dict[str, str] = {}
    wires: dict[str, str] = {}
    for article in pages:
        name = names.get(article.publisher.casefold(), article.publisher)
        if name:
            (wires if article.voice == "wire" else own).setdefault(name.casefold(), name)
    further = sorted(name for key, name in wires.items() if key not in own)
    return tuple(sorted([*own.values(), *further[:1]]))


def with_own_voices(articles: Iterable[Article], *, makers: Collection[str] = ()) -> list[Article]:
    """Return the articles, those behind a newsletter's link with the voice of their own host.

    A newsletter's voice is not that of the pages to which it links: where another article was read
    at a page's host itself, its voice counts. Where nothing was read at a host, it is a vendor's if
    its name is that of a vendor whose doings are told.

    Args:
        articles: a story's.
        makers: the vendors of the story's events.
    """
    every = list(articles)
    known = {host: a.voice for a in reversed(every) if a.via is None and (host := _host(a.url))}
    own = {name for maker in makers if (name := _bare(maker))}
    return [a if a.via is None else _heard(a, known, own) for a in every]


def _heard(article: Article, known: Mapping[str, HeardVoice], makers: Collection[str]) -> Article:
    host = _host(article.url)
    if host in known:
        return replace(article, voice=known[host])
    if article.voice == "unknown" and any(_bare(each) in makers for each in host.split(".")):
        return replace(article, voice="vendor")
    return article


def _bare(name: str) -> str:
    """Return a name as a host writes it: "Acme Cloud" is "acmecloud"."""
    return "".join(letter for letter in normalise(name) if letter.isalnum())


def _names(pages: Sequence[Article]) -> dict[str, str]:
    """Return the publisher's name by host, where one page of a host has a name."""
    hosts = {article.id: _host(article.url) for article in pages}
    return {
        hosts[article.id]: article.publisher
        for article in reversed(pages)
        if hosts[article.id] and article.publisher.casefold() != hosts[article.id]
    }


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
