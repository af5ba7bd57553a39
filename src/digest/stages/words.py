"""What an edition says besides its stories: dates, numbers, languages and safe text, by locale."""

from __future__ import annotations

import gettext
import re
from datetime import date, datetime, timedelta
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from digest.text import parse_time

if TYPE_CHECKING:
    from babel import Locale

# Control characters, and the marks that turn the writing direction of all that follows: what a
# foreign title could break the page, a mail header or the reader's trust with.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
BREAKS = re.compile(r"[\r\n\x85\u2028\u2029\t]+")
MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")
MARKDOWN_START = re.compile(r"^(\s*)([#+\-=:]|\d{1,9}[.)](?=\s|$))")
MARKDOWN_END = re.compile(r"(#+)$")  # closes a heading
SAFE_IN_URL = "/%:@!$&*+,;=~-._?#[]"


def catalogue(language: str) -> tuple[gettext.NullTranslations, str]:
    """Return the labels for a reader's language and the language they are in, English at last."""
    folder = str(resources.files("digest") / "locale")
    tag = language.replace("-", "_")
    for name in (tag, tag.split("_")[0]):
        if gettext.find("digest", folder, [name]):
            return gettext.translation("digest", folder, [name]), name.replace("_", "-")
    return gettext.NullTranslations(), "en"


def locale_of(language: str) -> Locale:
    """Return the Babel locale nearest to a BCP-47 tag, English for one it does not know."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def clean(text: str) -> str:
    """Return the text without control characters and direction marks, on one line."""
    return UNSEEN.sub("", BREAKS.sub(" ", text)).strip()


def escape_markdown(text: str) -> Markup:
    """Return the text such that Markdown shows just these characters."""
    escaped = MARKDOWN.sub(r"\\\1", clean(text))
    opened = MARKDOWN_START.sub(_escape_start, escaped)
    return Markup(MARKDOWN_END.sub(r"\\\1", opened))  # noqa: S704 - escaped just above


def _escape_start(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark[:-1]}\\{mark[-1]}"


def safe_url(url: str | None) -> str:
    """Return an http or https address that can stand in any format, "" for everything else."""
    if not url:
        return ""
    try:
        parts = urlsplit(clean(url))
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    return quote(parts.geturl(), safe=SAFE_IN_URL)


class Words:
    """Says dates, numbers and languages in the reader's language.

    Args:
        language: BCP-47 tag of the reader.
    """

    def __init__(self, language: str) -> None:
        self.labels, self.language = catalogue(language)
        # Dates match the labels beside them: a German date in an English sentence reads as a fault.
        self.locale = locale_of(language if self.language != "en" else self.language)

    def day(self, value: str | None) -> str:
        """Return an ISO time or date as "18 November 2026"; "" where there is none."""
        from babel.dates import format_date, format_skeleton

        moment = _local(value)
        if moment is None:
            return ""
        if self.locale.language == "en":
            return format_date(moment, "d MMMM y", locale=self.locale)
        return format_skeleton("yMMMMd", moment, locale=self.locale)

    def moment(self, value: str, timezone: str) -> str:
        """Return an ISO time as day and time in `timezone`."""
        from zoneinfo import ZoneInfo

        from babel.dates import format_time

        moment = datetime.fromisoformat(value).astimezone(ZoneInfo(timezone))
        clock = format_time(moment, "HH:mm", locale=self.locale)
        return f"{self.day(moment.isoformat())}, {clock} ({timezone})"

    def days(self, start: str, end: str) -> str:
        """Return a half-open period by its first and last day: "16–22 November 2026"."""
        from babel.dates import format_interval

        first = datetime.fromisoformat(start).date()
        last = datetime.fromisoformat(end).date() - timedelta(days=1)
        if self.locale.language == "en":
            return _english_days(first, last)
        return format_interval(first, last, "yMMMMd", locale=self.locale)

    def number(self, value: float) -> str:
        """Return a number as this language writes it."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale)

    def points(self, value: float) -> str:
        """Return points of a score with one decimal and a true minus sign."""
        from babel.numbers import format_decimal

        return format_decimal(value, format="0.0;−0.0", locale=self.locale)

    def language_name(self, tag: str) -> str:
        """Return what a language is called here; the tag itself where it has no name."""
        if tag == "und":
            return self.labels.gettext("unknown language")
        found = locale_of(tag)
        if found.language != tag.split("-")[0].lower():
            return tag
        return found.get_display_name(self.locale) or tag


def is_rtl(tag: str) -> bool:
    """Return whether a language is written from right to left."""
    return locale_of(tag).text_direction == "rtl"


def _local(value: str | None) -> date | None:
    moment = parse_time(value)
    return moment.date() if moment else None


def _english_days(first: date, last: date) -> str:
    def say(day: date, *parts: str) -> str:
        return " ".join([str(day.day), *(day.strftime(part) for part in parts)])

    if first.year != last.year:
        return f"{say(first, '%B', '%Y')} – {say(last, '%B', '%Y')}"
    if first.month != last.month:
        return f"{say(first, '%B')} – {say(last, '%B', '%Y')}"
    return f"{first.day}–{say(last, '%B', '%Y')}"
