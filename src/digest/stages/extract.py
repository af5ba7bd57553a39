"""Makes an article of a page: chooses title, date and publisher, and refuses what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from digest.ports import Extraction, Extractor
from digest.records import NO_RULES, Article, Drop, HeardVoice, Item, Page, SiteRules
from digest.stages.download import is_whole, wrap
from digest.stages.speakers import NO_SPEAKERS, Speakers, platforms
from digest.text import canonical_url, content_hash, count_words, normalise, parse_time

VERSION = "7"  #: raised whenever the same input would give another result
VIEWS = frozenset({"amp", "print", "index.html", "index.php", "mobile", "m", "page", "single"})
NAME = "extract"
FIRST = datetime(1995, 1, 1, tzinfo=UTC)  #: no page of the Web's press is older
AHEAD = timedelta(days=1)  #: clocks and time zones may differ by so much
SHORT = 40  #: words below which an article is marked as short
GONE_HOME = "its address leads to the home page of its site"
FEWEST = 10  #: words below which a page tells nothing: "More soon.", an empty shell's headline


def extract(
    item: Item,
    page: Page,
    body: bytes,
    *,
    extractor: Extractor,
    now: datetime,
    rules: SiteRules = NO_RULES,
    speakers: Speakers = NO_SPEAKERS,
) -> Article | Drop:
    """Return the article of a page, read by the site's rules, or why there is none.

    Who publishes at a host, where a newsletter links to it, is told by `speakers`.

    An entry's own HTML is kept however short it is where there is no other page to be had, and
    stands for a page that is no article (a consent wall, an empty shell) where it is long enough.
    The title is the page's, the entry's where that page is the entry itself.

    Raises:
        ParseError: where the page cannot be read at all.
    """
    own = page.origin == "entry"
    by = NO_RULES if own else rules  # the entry's own HTML is none of the site's pages
    found = extractor.extract(body, url=page.url or item.url, charset=page.charset, rules=by)
    refused = _refusal(item, page, found)
    if refused and not own and is_whole(item):
        found = extractor.extract(wrap(item).encode("utf-8", "replace"), url=item.url)
        page = replace(
            page, origin="entry", note=f"the entry's own text: {refused.detail or refused.reason}"
        )
        own, refused = True, _refusal(item, page, found)
    if refused:
        return refused
    title = (item.title or found.title) if own else (found.title or item.title)
    text = found.text.strip() or title
    since = parse_time(rules.since)
    published, came_from, date_note = choose_date(item, found, own=own, now=now, since=since)
    url = choose_url(item.url, page, found)
    publisher, voice = who_speaks(item, page, found, url=url, speakers=speakers)
    return Article(
        id=item.id,
        source=item.source,
        url=url,
        title=title.strip() or text.splitlines()[0][:120],
        text=text,
        authors=found.authors or item.authors,
        published=published,
        published_from=came_from,
        first_seen=item.first_seen,
        language_hint=found.language_hint or item.language_hint,
        site=found.site or host_of(url or page.url),
        publisher=publisher,
        voice=voice,
        paywalled=found.paywalled,
        via=item.via,
        alternates=tuple(address for address in found.alternates if address != url),
        content_hash=content_hash(title, text),
        note="; ".join(filter(None, (page.note, found.note, date_note, _shortness(text)))),
    )


def _refusal(item: Item, page: Page, found: Extraction) -> Drop | None:
    """Return why what was found is no article, or nothing where it is one."""
    own = page.origin == "entry"
    if not own and leads_home(item.url, page.url):
        return Drop(item.id, NAME, "not an article", GONE_HOME)
    if found.not_article and not own:
        return Drop(item.id, NAME, "not an article", found.not_article)
    text = found.text.strip()
    if not text and not (own and (item.title or found.title).strip()):
        return Drop(item.id, NAME, "no text", page.url)
    nowhere_else = item.url is None and item.via is None
    if text and (not own or nowhere_else) and count_words(text) < FEWEST:
        return Drop(item.id, NAME, "too short", text)
    return None


def choose_date(
    item: Item,
    found: Extraction,
    *,
    own: bool,
    now: datetime,
    since: datetime | None = None,
) -> tuple[str | None, str, str]:
    """Return the date, where it came from, and what was refused, in words.

    The one that the page states goes first, then the entry's, then one that the page only shows,
    then that of the mail or report; the entry's where it says the time of the day that the page
    names. A date more than a day ahead of `now` or before the site (`since`, else 1995) is refused;
    with none left the article is undated.
    """
    first, began = (since, f"{since:%Y-%m-%d}") if since else (FIRST, "1995")
    in_report = item.via and (item.via.is_report or item.via.page is not None)
    collection = "report" if in_report else "mail"
    refused: list[str] = []
    for value, name in (
        (None if own or _is_timed(item.published, found.published) else found.published, "page"),
        (item.published, "entry"),
        (None if own else found.shown_date, "page"),
        (item.via.published if item.via else None, collection),
    ):
        moment = parse_time(value)
        if value is None or moment is None:
            continue
        if moment > now + AHEAD:
            refused.append(f"the {name}'s date {value[:10]} lies in the future")
        elif moment < first:
            refused.append(f"the {name}'s date {value[:10]} lies before {began}")
        else:
            return value, name, "; ".join(refused)
    return None, "", "; ".join(refused)


def _is_timed(moment: str | None, day: str | None) -> bool:
    """Return whether a moment with a time lies, by its own clock, on a day without one."""
    return bool(moment and day and len(day) == 10 < len(moment) and moment[:10] == day)


def choose_url(address: str | None, page: Page, found: Extraction) -> str | None:
    """Return where a reader finds the original: the page's canonical address, where it is sane.

    Sane is an address of the same site, or of another one that is no bare home page: syndicated
    copies point to their original so. The item's own address, else.
    """
    fallback = page.url if page.origin == "web" and page.url else address
    for candidate in (found.canonical, fallback, address):
        try:
            url = canonical_url(candidate) if candidate else None
        except ValueError:
            continue
        if url and not _is_section(url, fallback or url):
            return url
    return address


def _is_section(url: str, of: str) -> bool:
    """Return whether an address is the home page or a section that another one lies in.

    What is left of the other one then is more than a view of the page: "amp", "print", "2".
    """
    page, section = urlsplit(of), urlsplit(url)
    inside, above = _folders(page.path), _folders(section.path)
    if section.query or not inside:
        return False
    if not above:
        return True
    rest = inside[len(above) :]
    lies_in = section.netloc == page.netloc and inside[: len(above)] == above
    return lies_in and any(one not in VIEWS and not one.isdigit() for one in rest)


def _folders(path: str) -> list[str]:
    return [one for one in path.split("/") if one]


def leads_home(address: str | None, url: str) -> bool:
    """Return whether an article's address has led to the home page of its site: it is gone."""
    if not address or not url:
        return False
    same = site_of(host_of(address)) == site_of(host_of(url))
    return same and _is_home(url, address)


def _is_home(url: str, of: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query and urlsplit(of).path not in ("", "/")


def who_speaks(
    item: Item,
    page: Page,
    found: Extraction,
    *,
    url: str | None,
    speakers: Speakers = NO_SPEAKERS,
) -> tuple[str, HeardVoice]:
    """Return publisher and voice: the source's, or behind a newsletter's link the page's site.

    A site that is a source itself speaks as that source. Of any other the voice is unknown: who
    links to a vendor's page makes it no independent one.
    """
    if item.via is None or page.origin == "entry" or not url:
        return item.publisher, item.voice
    host, home = host_of(url), host_of(item.via.url or "")
    name = normalise(item.publisher).replace(" ", "")
    own = name and (name == normalise(found.site).replace(" ", "") or name in host.split("."))
    if own or (home and (home == host or _site_of_one(home) == _site_of_one(host) != "")):
        return item.publisher, item.voice
    known = speakers.at(host)
    return (known.publisher, known.voice) if known else (found.site or host, "unknown")


def host_of(url: str) -> str:
    """Return an address's host without `www.`, or nothing."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _site_of_one(host: str) -> str:
    """Return the site of a host, "" where it is one at which anybody can publish."""
    site = site_of(host)
    return "" if site in platforms() else site


def site_of(host: str) -> str:
    """Return the registrable part of a host, roughly: `blog.example.co.uk` is `example.co.uk`."""
    parts = host.split(".")
    wide = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3:] if wide else parts[-2:])


def _shortness(text: str) -> str:
    return "a short text" if count_words(text) < SHORT else ""
