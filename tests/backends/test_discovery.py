from __future__ import annotations

import pytest

from digest.backends.discovery import feed_of

SITE = "https://pub.example"
RSS = 'type="application/rss+xml"'


@pytest.mark.parametrize(
    ("html", "feed"),
    [
        (f'<link rel="alternate" {RSS} href="/feed/">', f"{SITE}/feed/"),
        ('<link rel="ALTERNATE" type="application/atom+xml" href="a">', f"{SITE}/blog/a"),
        ('<link rel="alternate" type="application/feed+json" href="/f.json">', f"{SITE}/f.json"),
        (f'<link rel="alternate" {RSS} href="//cdn.pub.example/f">', "https://cdn.pub.example/f"),
        (
            f'<link rel="alternate" {RSS} title="Comments Feed" href="/comments/feed/">'
            f'<link rel="alternate" {RSS} title="Site Feed" href="/feed/">',
            f"{SITE}/feed/",
        ),
        (
            f'<link rel="alternate" {RSS} title="Kommentar-Feed" href="/1/feed">'
            f'<link rel="alternate" {RSS} title="Feed" href="/feed">',
            f"{SITE}/feed",
        ),
        (f'<link rel="stylesheet" {RSS} href="/no"><a href="/rss.xml">RSS</a>', f"{SITE}/rss.xml"),
        ('<p><a href="/feed/">Subscribe</a> <a href="/about">About</a>', f"{SITE}/feed/"),
        ('<a href="https://www.pub.example/atom.xml?x=1#y">', None),
        ('<a href="https://other.example/feed/">A friend</a>', ""),
        ('<a href="/feedback">Say</a> <a href="/rss-explained">What is RSS?</a>', ""),
        ('<link rel="alternate" type="application/json+oembed" href="/oembed">', ""),
        ("", ""),
    ],
)
def test_the_feed_of_a_page_is_found(html: str, feed: str | None) -> None:
    """In its head, else among its links on the same site; a feed of comments comes last."""
    found = feed_of(f"<html><body>{html}".encode(), url=f"{SITE}/blog/")
    assert found == ("https://www.pub.example/atom.xml?x=1" if feed is None else feed)


def test_a_page_that_names_itself_names_no_feed() -> None:
    """Else it would be asked for again and again."""
    assert feed_of(f'<link rel="alternate" {RSS} href="/f">'.encode(), url=f"{SITE}/f") == ""
