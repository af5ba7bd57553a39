"""What an edition says besides its stories: labels, dates, numbers, languages, by locale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from markupsafe import Markup, escape

from digest.records import Edition, Part
from digest.stages import phrases
from digest.stages.catalogues import SOURCE, is_rtl, load_catalogue, locale_of, nearest_catalogue
from digest.stages.clean import script_of
from digest.stages.days import say_day, say_days, say_quarter
from digest.stages.safe import clean
from digest.text import parse_time

#: What a name's letters are read aloud in, at least: Han characters as in Chinese.
TONGUES = {"kana": "ja", "han": "zh"}
#: Events of two companies: the second one stands where others have a product.
TWO_SIDED = frozenset({"acquisition", "integration", "partnership"})
MOST_NAMES = 4  #: names that a list shows before it says how many more there are


@dataclass(frozen=True, slots=True)
class After:
    """Something that readers of a published edition have to know."""

    title: str
    at: str
    text: str


class Words:
    """Says what an edition shows in the reader's language; English where it has no catalogue.

    Args:
        language: BCP-47 tag of the reader.
        kind: `Markup` for a page, where foreign names stand apart (`<bdi>`), else `str`.
        readable: names in letters that the reader reads, by name.
    """

    def __init__(
        self,
        language: str,
        *,
        kind: type[str] = str,
        readable: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._readable = dict(readable)
        found = nearest_catalogue(language)
        self.labels = load_catalogue(found)
        self.language = found or SOURCE  #: what the labels are in
        self.reader = found or language  #: what translated text is in
        self.direction = "rtl" if is_rtl(self.language) else "ltr"
        # Dates match the labels beside them: a German date in an English sentence reads as a fault.
        # Where an English reader names no region, days stand before months.
        self.locale = locale_of(language if found else SOURCE)
        if str(self.locale) == SOURCE:
            self.locale = locale_of("en-GB")
        self._is_page = kind is Markup
        # As markup, so that templates neither trim nor escape them.
        self.comma = Markup(self.labels.pgettext("between the items of a list", ", "))  # noqa: S704
        self.part = Markup(self.labels.pgettext("between the parts of a line", ", "))  # noqa: S704
        self.pause = Markup(self.labels.pgettext("between long items of a list", "; "))  # noqa: S704
        self.colon = Markup(self.labels.pgettext("between a label and its value", ": "))  # noqa: S704
        #: Where a line ends with it, or a label in bold does: French keeps its space before it.
        self.colon_end = Markup(str(self.colon).rstrip())  # noqa: S704
        #: The marks that open and close a quotation.
        self.marks = tuple(self.quote("\n").split("\n"))
        #: The brackets around what explains the words before it, with their space.
        self.brackets = tuple(map(Markup, str(self.aside("\n")).split("\n")))
        # Translators: the first of a month as a date has it: "1er" in French.
        self._first_day = self.labels.pgettext("the first day of a month, in a date", "1")

    def status(self, code: str) -> str:
        """Return whether a story is new, developing or late."""
        return self._translated(phrases.STATUSES.get(code, code))

    def event(self, code: str) -> str:
        """Return what a vendor did."""
        return self._translated(phrases.EVENTS.get(code, code.capitalize()))

    def label(self, name: str) -> str:
        """Return the name of a category; of one that is not in our taxonomy, its own."""
        return self.labels.pgettext("label", name)

    def reason(self, part: Part) -> str:
        """Return why a part of a score has its points; of a record without a code, by its words."""
        message = phrases.REASONS.get(part.code)
        if message:
            return self.fill(self._translated(message), names=self._reason_names(part))
        message, values = phrases.match_phrase(part.why, tuple(phrases.REASONS.values()))
        if message == phrases.REASONS["about"]:
            values = {"names": self.label(values["names"])}
        return self.fill(self._translated(message), **values) or part.name

    def note(self, text: str) -> str:
        """Return why a text stands in its own language."""
        message, values = phrases.match_phrase(text, phrases.NOTES)
        said: dict[str, str] = dict(values)
        if "why" in values:
            refusal, more = phrases.match_phrase(values["why"], phrases.REFUSALS)
            said["why"] = self.fill(self._translated(refusal), **more)
        return self.fill(self._translated(message), **said)

    def notes(self, texts: Iterable[str]) -> str:
        """Return some notes in a row, the packages that are missing in one, refusals in one."""
        lacking = phrases.LACKING
        found = [(text, *phrases.match_phrase(text, phrases.NOTES)) for text in texts]
        pairs = [values["pair"] for _, message, values in found if message == lacking]
        refused = phrases.NOTES[-1]
        said = [self.note(text) for text, message, _ in found if message not in (lacking, refused)]
        if any(message == refused for _, message, _ in found):
            said.append(self._translated(phrases.UNTRUSTED))  # why is for who looks after Digest
        if pairs:
            said.insert(0, self.note(lacking % {"pair": self.comma.join(pairs)}))
        return self._joined(self.comma, said)

    def edited(self, what: Iterable[str]) -> str:
        """Return which parts of a story are an editor's words."""
        parts = self.comma.join(self._translated(phrases.PARTS.get(each, each)) for each in what)
        return self.fill(self._translated("In the editor’s words: %(parts)s"), parts=parts)

    def after(self, edition: Edition) -> list[After]:
        """Return what is said of a published edition since: its withdrawal and its corrections."""
        found = [
            After(self._translated("Correction"), one.at, one.text) for one in edition.corrections
        ]
        if edition.withdrawn:
            title = self._translated("This edition has been withdrawn")
            found.insert(0, After(title, edition.withdrawn_at, edition.withdrawn))
        return found

    @property
    def withdrawn(self) -> str:
        """What stands before the name of an edition that holds no longer."""
        return self._translated("Withdrawn")

    def drop(self, reason: str) -> str:
        """Return why articles went no further."""
        return self._translated(reason)

    def count(self, name: str) -> str:
        """Return the name of one of an edition's counts."""
        return self._translated(name)

    def fill(self, said: str, **values: Any) -> str:
        """Return a translated message with its values, which may be names that stand apart."""
        if not values:
            return said
        return escape(said) % values if self._is_page else said % values

    def quote(self, said: str) -> str:
        """Return words between the marks that this language quotes with."""
        around = self.labels.pgettext("around a quotation", "“%(words)s”")
        return self.fill(around, words=said)

    def aside(self, said: str) -> str:
        """Return what explains the words before it, in brackets and with their space."""
        around = self.labels.pgettext("in brackets, behind what it explains", " (%(words)s)")
        return self.fill(around, words=said)

    def name(self, name: str) -> str:
        """Return a foreign name such that its writing direction turns nothing around it.

        For one in letters that the reader does not read another name stands, where one is known.
        """
        return self._own_name(self._readable.get(name, name))

    def both_names(self, name: str) -> str:
        """Return a name, and behind it how it is written where another one stands for it."""
        if name not in self._readable:
            return self.name(name)
        return self._joined("", (self.name(name), self.aside(self._own_name(name))))

    def _own_name(self, name: str) -> str:
        """Return a name as it is; on a page with the language of letters that the page has not."""
        if not self._is_page:
            return clean(name)
        language = TONGUES.get(script_of(name), "")
        if not language or self.language.startswith(("ja", language)):
            return Markup("<bdi>%s</bdi>") % clean(name)
        return Markup('<bdi lang="%s" class="name">%s</bdi>') % (language, clean(name))

    def thing(self, vendor: str, product: str = "", event: str = "") -> str:
        """Return vendor and product; where two companies take part, with a dash between them."""
        if not product or product == vendor:
            return self.name(vendor)
        between = " – " if event in TWO_SIDED else " "
        return self._joined(between, (self.name(vendor), self.name(product)))

    def names(self, names: Iterable[str], *, most: int | None = None) -> str:
        """Return names in a row; of more than `most`, how many more there are."""
        every = list(names)
        shown = self._joined(self.comma, (self.name(each) for each in every[:most]))
        rest = len(every[most:]) if most else 0
        if not rest:
            return shown
        many = self.labels.ngettext(
            "%(names)s and %(num)s more", "%(names)s and %(num)s more", rest
        )
        return self.fill(many, names=shown, num=self.number(rest))

    def period(self, kind: str, start: str) -> str:
        """Return the name of the week or quarter that begins at `start`."""
        first = datetime.fromisoformat(start).date()
        if kind == "quarterly":
            return say_quarter(first, self.locale)
        year, week, _ = first.isocalendar()
        # Translators: an ISO week, "Week 40, 2026".
        return self._translated("Week %(week)s, %(year)s") % {"week": week, "year": year}

    def day(self, value: str | None) -> str:
        """Return an ISO time or date as "18 November 2026"; "" where there is none."""
        moment = _local(value)
        return say_day(moment, self.locale, first=self._first_day) if moment else ""

    def moment(self, value: str, timezone: str) -> str:
        """Return an ISO time as day and time in `timezone`."""
        from zoneinfo import ZoneInfo

        from babel.dates import format_time

        moment = datetime.fromisoformat(value).astimezone(ZoneInfo(timezone))
        clock = format_time(moment, "HH:mm", locale=self.locale)
        said = self._translated("%(day)s, %(time)s (%(zone)s)")
        day = say_day(moment.date(), self.locale, first=self._first_day)
        return said % {"day": day, "time": clock, "zone": timezone}

    def days(self, start: str, end: str) -> str:
        """Return a half-open period by its first and last day: "16–22 November 2026"."""
        first = datetime.fromisoformat(start).date()
        last = datetime.fromisoformat(end).date() - timedelta(days=1)
        return say_days(first, last, self.locale, one=self._first_day)

    def number(self, value: float) -> str:
        """Return a number as this language writes it."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.locale))

    def points(self, value: float) -> str:
        """Return points of a score with one decimal and a true minus sign."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, format="0.0;−0.0", locale=self.locale))

    def language_name(self, tag: str) -> str:
        """Return what a language is called here; the tag itself where it has no name."""
        if tag == "und":
            return self._translated("unknown language")
        found = locale_of(tag)
        if found.language != tag.split("-")[0].lower():
            return tag
        own = self.locale.languages.get(str(found))  # "Traditional Chinese", without brackets
        return str(own or found.get_display_name(self.locale) or tag)

    def languages(self, tags: Iterable[str]) -> str:
        """Return what some languages are called, in a row."""
        return str(self.comma).join(self.language_name(tag) for tag in tags)

    def _translated(self, message: str) -> str:
        return self.labels.gettext(message) if message else ""  # gettext's "" is the file's head

    def _joined(self, between: str, parts: Iterable[str]) -> str:
        return Markup(between).join(parts) if self._is_page else str(between).join(parts)  # noqa: S704

    def _kind(self, name: str) -> str:
        """Return what a kind of story is called: an event, a label, or a name as it is."""
        return self.event(name) if name in phrases.EVENTS else self.label(name)

    def _reason_names(self, part: Part) -> str:
        if part.code in ("about", "preferred", "chosen", "left-out"):
            return self.names(self._kind(each) for each in part.names)
        if part.name == "event":
            return self._joined(" – ", (self.name(each) for each in part.names))
        return self.names(part.names, most=MOST_NAMES)


def _local(value: str | None) -> date | None:
    moment = parse_time(value)
    return moment.date() if moment else None
