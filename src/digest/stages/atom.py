"""The Atom feed of a folder of editions, RFC 4287: one entry an edition, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from digest.records import Edition
from digest.stages.ledger import entrants
from digest.stages.safe import clean
from digest.stages.words import Words

FEED = "feed.atom"
NAMESPACE = "http://www.w3.org/2005/Atom"
MOST = 60  #: entries
TOLD = 4  #: headlines of an edition, the one thing to know first
TAG = "tag:digest-news.github.io,2026"  #: RFC 4151: ids that no address has to answer for


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition, as a feed tells it."""

    id: str
    title: str
    updated: str
    language: str
    summary: str


def entry_of(edition: Edition) -> Entry:
    """Return the entry of an edition."""
    words = Words(edition.language)
    period, days = words.period(edition.kind, edition.start), words.days(edition.start, edition.end)
    title = f"{edition.title}, {period} ({days})"
    after = words.after(edition)
    withdrawal = after[0] if edition.withdrawn else None
    headlines = " · ".join(each.headline for each in entrants(edition)[:TOLD])
    return Entry(
        id=edition.id,
        title=f"{words.withdrawn}{words.colon}{title}" if withdrawal else title,
        updated=max([edition.compiled_at, *(each.at for each in after)]),
        language=edition.language,
        summary=f"{withdrawal.title}{words.colon}{withdrawal.text}" if withdrawal else headlines,
    )


def make_feed(entries: Iterable[Entry], *, title: str) -> str:
    """Return the feed; links are relative to where it lies, so that a folder can be moved."""
    kept = sorted(entries, key=lambda each: (each.updated, each.id), reverse=True)[:MOST]
    feed = Element("feed", xmlns=NAMESPACE)
    SubElement(feed, "title").text = clean(title)
    SubElement(feed, "id").text = f"{TAG}:editions"
    SubElement(feed, "updated").text = kept[0].updated if kept else "1970-01-01T00:00:00+00:00"
    SubElement(feed, "link", rel="self", href=FEED)
    SubElement(SubElement(feed, "author"), "name").text = clean(title)
    for each in kept:
        entry = SubElement(feed, "entry", {"xml:lang": each.language})
        SubElement(entry, "title").text = clean(each.title)
        SubElement(entry, "id").text = f"{TAG}:{each.id}"
        SubElement(entry, "updated").text = each.updated
        SubElement(entry, "link", rel="alternate", type="text/html", href=f"{each.id}/index.html")
        SubElement(entry, "summary").text = clean(each.summary)
    indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(feed, encoding="unicode")}\n'
