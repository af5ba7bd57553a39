"""What is read: sources, their entries and pages, and what was dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["feed", "page", "sitemap", "newsletter", "report"]
Voice = Literal["independent", "vendor", "wire", "regulator"]
HeardVoice = Literal["independent", "vendor", "wire", "regulator", "unknown"]  #: of an article


@dataclass(frozen=True, slots=True)
class SiteRules:
    """Where a site keeps an article's parts: CSS selectors, "" where the page itself tells it."""

    title: str = ""
    body: str = ""  #: every element that it matches is part of the text, in the page's order
    author: str = ""
    date: str = ""  #: `datetime`, `content` or the text of the first element that it matches
    remove: tuple[str, ...] = ()  #: what stands in the article and is none of it
    since: str = ""  #: first day on which the site can have published anything
    site: str = ""  #: host whose pages the rules hold for, whoever links to them


NO_RULES = SiteRules()


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody whom we read: one block of `sources.yaml`."""

    name: str  #: unique, short, in kebab case
    kind: Kind
    url: str  #: address of a feed, page, sitemap or report; a folder or file for a newsletter
    publisher: str  #: who speaks; corroboration counts publishers, not feeds
    voice: Voice
    language: str | None = None  #: BCP-47 hint; evidence, not truth
    why: str = ""  #: why it is read
    seen_in: str = ""  #: the public page, list or code in which the address was seen
    verified: str = "never"  #: date of the first successful poll, or "never"
    paused: bool = False
    extract: SiteRules = NO_RULES  #: how an article is read from the source's pages

    @property
    def is_mailed(self) -> bool:
        """Whether it comes by mail: a newsletter, or a report in an IMAP folder."""
        return self.kind == "newsletter" or self.url.startswith("imap://")


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between two polls."""

    id: str  #: the source's name
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None  #: SHA-256 of the last body that was read
    last_success: str | None = None
    last_attempt: str | None = None
    failures: int = 0  #: failed polls in a row
    error: str | None = None  #: what the last failed poll said
    fault: str = ""  #: kind of that failure: see `digest.stages.faults`
    cure: str = ""  #: what it said that cures it
    url: str = ""  #: the address that was asked: another one is another server
    leads_to: str = ""  #: what is asked in its place: the feed that its page names, or its new home
    led_at: str | None = None  #: when its own address last said so
    cursor: str | None = None  #: how far a mail folder was read: UIDVALIDITY and UID
    interval: float = 0.0  #: seconds between two polls, as its news has it
    next_attempt: str | None = None  #: when our own pace asks it again
    not_before: str | None = None  #: until when its server wants to be left alone
    skip_hours: tuple[int, ...] = ()  #: of the day, UTC, in which it wants to be left alone
    skip_days: tuple[str, ...] = ()
    weeks: tuple[tuple[str, int], ...] = ()  #: new entries by ISO week, the latest last
    first_success: str | None = None
    last_new: str | None = None  #: when it last told something new
    thin: float = 0.0  #: share of the last poll's entries with next to no words
    alarmed: bool = False  #: whether somebody was told that it fell silent
    entries: int | None = None  #: that the last answer with a body held
    left_out: tuple[tuple[str, int], ...] = ()  #: of these went no further, by reason
    rules: str = ""  #: hash of the site rules under which its pages were read


@dataclass(frozen=True, slots=True)
class Via:
    """The mail or report in which an entry was found."""

    id: str  #: Message-ID, or the report's URL
    title: str
    url: str | None = None
    published: str | None = None
    page: int | None = None  #: page of a PDF, counted from 1
    is_report: bool = False  #: whether it is a report, PDF or HTML, and the entry one product of it
    section: str = ""  #: the heading of the report's section in which the entry stands


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, a mail or a report, as the publisher gave it, before it has an id."""

    url: str | None
    title: str
    published: str | None
    html: str  #: content or teaser, as HTML; may be empty
    guid: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    via: Via | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a source, with an id that lasts: poll's record."""

    id: str
    source: str  #: the source's name
    url: str | None  #: canonical: no tracking parameters, no fragment
    title: str
    published: str | None
    html: str
    first_seen: str
    publisher: str
    voice: Voice
    authors: tuple[str, ...] = ()
    language_hint: str | None = None
    via: Via | None = None
    follow: bool = True  #: False where the entry is all there is (no page to fetch)


@dataclass(frozen=True, slots=True)
class Page:
    """A downloaded page: its bytes are kept in the page folder under `sha256`."""

    id: str  #: the item's id
    url: str  #: the address that answered, after redirects
    media_type: str  #: "text/html", "application/pdf", …
    charset: str | None
    sha256: str
    fetched_at: str
    origin: Literal["web", "entry"]  #: "entry": the entry's own HTML, nothing was fetched
    note: str = ""  #: why the entry's own HTML had to do, in words


@dataclass(frozen=True, slots=True)
class Drop:
    """A record that goes no further, and why."""

    id: str
    stage: str
    reason: str  #: short and countable: "not an article"
    detail: str = ""  #: what is particular to this one
    transient: bool = False  #: True where the next run should try again
