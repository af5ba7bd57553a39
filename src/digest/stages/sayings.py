"""What an edition says besides its stories, in its reader's language: sums, places, remarks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from markupsafe import Markup

from digest.records import Promise, Remark, Trend
from digest.stages import remarks
from digest.stages.attempts import is_same_language
from digest.stages.days import say_quarter
from digest.stages.times import find_times
from digest.stages.words import Words

#: Kinds of times whose last day does not say which is meant.
LONG = ("quarter", "half", "season", "year")


class Sayings(Words):
    """`Words` with what the sections beside the stories need."""

    def remark(self, remark: Remark) -> str:
        """Return a sentence of the edition's own, with its values as this language writes them."""
        message = remarks.REMARKS.get(remark.code, remark.code)
        by_kind: dict[str, list[str]] = defaultdict(list)
        for kind, value in remark.values:
            by_kind[kind].append(value)
        filled = {kind: self._values(kind, values) for kind, values in by_kind.items()}
        if number := "".join(by_kind.get("number", ())):
            filled |= self._counted(int(float(number)))
        return self.fill(self._translated(message), **filled)

    @property
    def gap(self) -> Markup:
        """What stands between two sentences: no space follows a full-width stop."""
        # As markup, so that templates do not trim it.
        return Markup("" if self.language in ("ja", "zh-Hans", "zh-Hant") else " ")  # noqa: S704

    def sentences(self, said: Iterable[Remark]) -> str:
        """Return sentences of the edition's own in a row."""
        return self._joined(self.gap, map(self.remark, said))

    def missed(self, why: str) -> str:
        """Return why nothing was read of some sources."""
        return self._translated(remarks.MISSED.get(why, why))

    def deed(self, code: str) -> str:
        """Return what a vendor did."""
        return self._translated(remarks.DEEDS[code]) if code in remarks.DEEDS else self.event(code)

    def _often(self, code: str) -> str:
        known = remarks.DEEDS_COUNTED
        return self._translated(known[code]) if code in known else self.event(code)

    def relation(self, code: str) -> str:
        """Return whether we own or watch it."""
        return self._translated(remarks.RELATIONS.get(code, ""))

    def stage(self, code: str) -> str:
        """Return how far a product is."""
        return self._translated(remarks.STAGES.get(code, code))

    def review(self, code: str) -> str:
        """Return what an editor made of a launch record; "" where nobody has looked at it."""
        return self._translated(remarks.REVIEWS[code]) if code in remarks.REVIEWS else ""

    def proof(self, code: str) -> str:
        """Return what kind of evidence is stated."""
        return self._translated(remarks.PROOFS.get(code, code))

    def kept(self, code: str) -> str:
        """Return what became of a plan."""
        return self._translated(remarks.KEPT.get(code, code))

    def due_said(self, promise: Promise) -> str:
        """Return the words of a plan's time where they name a season or another long one.

        "" where they name a day or a month, one told from the day on which they were said ("next
        week"), one before which it is due, and where the reader does not know their language.
        """
        line = promise.line
        if not promise.due or not is_same_language(line.language, self.language):
            return ""
        times = find_times(promise.due_words, line.language, date.fromisoformat(promise.due))
        meant = [time for time in times if time.kind in LONG]
        ends = any(time.last.isoformat() == promise.due for time in meant)
        return promise.due_words if ends else ""

    def reading(self, trend: Trend) -> str:
        """Return what a trend does."""
        before = len(trend.counts) - 1
        if trend.direction == "first" and before > 1:
            said = self.labels.ngettext(
                "first seen: in none of the %(num)s quarter before",
                "first seen: in none of the %(num)s quarters before",
                before,
            )
            return said % {"num": self.number(before)}
        return self._translated(remarks.DIRECTIONS.get(trend.direction, trend.direction))

    def growth(self, growth: float | None) -> str:
        """Return by how much a share has grown, "+50%"; a dash where too few stories tell."""
        from babel.numbers import format_percent

        if growth is None:
            return "–"
        pattern = str(self.locale.percent_formats[None].pattern)
        signed = f"+{pattern};−{pattern}"
        return str(format_percent(growth, format=signed, locale=self.locale))

    def trend_kind(self, code: str) -> str:
        """Return what trends of a kind are about."""
        return self._translated(remarks.TREND_KINDS.get(code, code))

    def topic(self, code: str) -> str:
        """Return the name of a topic or kind of risk."""
        return self._translated(remarks.TOPICS.get(code, code.replace("-", " ").capitalize()))

    def trend_name(self, trend: Trend) -> str:
        """Return what a trend is about."""
        say = {
            "label": self.label,
            "event": self.event,
            "topic": self.topic,
            "jurisdiction": self.place,
        }
        return say[trend.kind](trend.name) if trend.kind in say else self.name(trend.name)

    def place(self, code: str) -> str:
        """Return the name of a jurisdiction: "EU", "DE", "US-CA", "international"."""
        if code in remarks.PLACES:
            return self._translated(remarks.PLACES[code])
        code = "GB" if code == "UK" else code  # CLDR's code of it
        country, _, part = code.partition("-")
        name = self.locale.territories.get(country, country)
        return f"{name} ({part})" if part else str(name)

    def places(self, codes: Iterable[str]) -> str:
        """Return the names of some jurisdictions in a row."""
        return self._joined(self.comma, (self.place(code) for code in codes))

    def topics(self, codes: Iterable[str]) -> str:
        """Return the names of some topics in a row."""
        return self._joined(self.comma, (self.topic(code) for code in codes))

    def deeds(self, counts: Iterable[tuple[str, int]]) -> str:
        """Return how often a vendor did what: "2 × Launch, Pricing"."""
        named = ((self._often(code), n) for code, n in counts)
        times = ((deed, f"{self.number(n)} × " if n > 1 else "") for deed, n in named)
        return self._joined(self.comma, (f"{often}{deed}" for deed, often in times))

    def percent(self, share: float) -> str:
        """Return a share as a percentage."""
        from babel.numbers import format_percent

        pattern = str(self.locale.percent_formats[None].pattern)
        if 0 < share < 0.1:
            pattern = pattern.replace("#,##0", "#,##0.0")
        return str(format_percent(share, format=pattern, locale=self.locale))

    def money(self, sum: float, currency: str, *, exact: bool = False) -> str:
        """Return a sum of money; whole above a hundred, save where it is to be exact."""
        from babel.numbers import format_currency, get_currency_symbol

        pattern = str(self.locale.currency_formats["standard"].pattern)
        sign = str(get_currency_symbol(currency, self.locale))
        if sign[-1:].isalpha():  # a code that stands before its number keeps apart from it
            pattern = re.sub(r"¤(?=[#0])", "¤\u00a0", pattern)
        if exact or sum < 100:
            return str(format_currency(sum, currency, format=pattern, locale=self.locale))
        whole = re.sub(r"\.[0#]+", "", pattern)
        return str(
            format_currency(sum, currency, format=whole, locale=self.locale, currency_digits=False)
        )

    def own(self, value: str) -> str:
        """Return a value of a team's own field; a day, yes and no as this language says them."""
        if value in ("true", "false"):
            return self._translated("yes") if value == "true" else self._translated("no")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            try:
                return self.day(date.fromisoformat(value).isoformat())
            except ValueError:  # written like a day, and none
                return value
        return value

    def quarter(self, name: str) -> str:
        """Return the name of a quarter: "2026-Q3" as "Q3 2026"."""
        year, number = name.split("-Q")
        return say_quarter(date(int(year), int(number) * 3 - 2, 1), self.locale)

    def _values(self, kind: str, values: Iterable[str]) -> str:
        say: dict[str, Callable[[str], str]] = {
            "day": self.day,
            "category": self.label,
            "categories": self.label,
            "places": self.place,
            "topics": self.topic,
            "cost": self._cost,
            "share": lambda value: self.percent(float(value)),
            "number": lambda value: self.number(float(value)),
        }
        saying = say.get(kind, self.name)
        return self._joined(self.comma, (saying(each) for each in values))

    def _counted(self, number: int) -> dict[str, str]:
        tools = self.labels.ngettext("%(num)s tool", "%(num)s tools", number)
        new = self.labels.ngettext("%(num)s new product", "%(num)s new products", number)
        num = {"num": self.number(number)}
        publishers = self.labels.ngettext("%(num)s publisher", "%(num)s publishers", number)
        said = {"many_tools": tools, "new_products": new, "many_publishers": publishers}
        return {name: text % num for name, text in said.items()}

    def _cost(self, value: str) -> str:
        sum, currency = value.split(" ")
        return self.money(float(sum), currency, exact=float(sum) != round(float(sum)))
