"""Tells the links that belong to a mail or a site itself from those that lead to its stories."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

# Addresses that share, subscribe or show a profile rather than tell something.
SHARING = re.compile(
    r"(facebook\.com/(sharer|share|dialog)|(twitter|x)\.com/(intent|share)|linkedin\.com/(share|"
    r"sharing|company|in)|t\.me/share|wa\.me/|reddit\.com/submit|pinterest\.[a-z.]+/pin/create|"
    r"getpocket\.com/save|news\.ycombinator\.com/submitlink|xing\.com/(spi|pages))",
    re.I,
)
PROFILES = frozenset(
    [
        "facebook.com",
        "twitter.com",
        "x.com",
        "instagram.com",
        "linkedin.com",
        "youtube.com",
        "tiktok.com",
        "pinterest.com",
        "threads.net",
        "bsky.app",
        "mastodon.social",
        "xing.com",
        "weibo.com",
        "line.me",
    ]
)
ROUTES = re.compile(
    r"unsubscri|opt-?out|abmeld|desabonn|desinscri|darse-?de-?baja|disiscri|cancella-?iscri|"
    r"/(preferences?|profile|manage[-_]?subscription|subscription[-_]?center|forward[-_]?to)\b|"
    r"list-manage\d?\.com/(profile|about|vcard)|mailchimp\.com/(monkey|about|referral)|"
    r"campaign-archive\d?\.com|/(view|show)[-_]?(in|as)?[-_]?(browser|online|web)",
    re.I,
)


def is_chrome(url: str, text: str) -> bool:
    """Return whether a link is the mail's or site's own furniture: unsubscribe, share, profile."""
    return bool(SHARING.search(url) or ROUTES.search(url)) or _is_profile(url) or _says(text)


def is_leaving(url: str, text: str) -> bool:
    """Return whether a link ends or changes the reader's subscription, or shows the mail online."""
    words = _bare(text)
    told = len(words) <= 60 and any(phrase in words for phrase in _phrases("anywhere"))
    return told or bool(ROUTES.search(url))


def is_more(text: str) -> bool:
    """Return whether a link says only "read more", in any of the languages known."""
    words = _bare(text)
    return bool(words) and words in _phrases("more")


def _says(text: str) -> bool:
    words = _bare(text)
    if not words or len(words) > 60:
        return False
    return any(phrase in words for phrase in _phrases("anywhere")) or words in _phrases("whole")


def _is_profile(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return host in PROFILES and parts.path.strip("/").count("/") <= 1 and not parts.query


def _bare(text: str) -> str:
    return re.sub(r"[^\w\s'’]+", " ", text.casefold()).strip(" '’").replace("’", "'")


@cache
def _phrases(section: str) -> frozenset[str]:
    """Return the phrases under `[section]` of `data/link_phrases.txt`."""
    here, found = "", set()
    text = (resources.files("digest") / "data" / "link_phrases.txt").read_text("utf-8")
    for line in (raw.split("#")[0].strip() for raw in text.splitlines()):
        if line.startswith("["):
            here = line.strip("[]")
        elif line and here == section:
            found.add(" ".join(_bare(line).split()))
    return frozenset(found)
