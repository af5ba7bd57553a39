"""Compares a run with the gold: lists and dictionaries, empty where all is as it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

from benchmarks.gold_run import Run
from digest.records import Edition, Entrant
from digest.text import parse_time, url_key

#: How the stages word the gold's kinds of drop.
REASONS = {
    "not fetched": ("HTTP 404",),
    "not an article": ("not an article",),
    "too short": ("too short", "no text", "no page and no text"),
    "off-topic": ("off-topic",),
}
Apart = dict[str, list[str]]


@dataclass(frozen=True)
class Checks:
    """A run beside the gold; every key below is a gold article's."""

    gold: dict[str, Any]
    run: Run
    rows: list[dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", self.gold["articles"])

    @cached_property
    def ids(self) -> dict[str, list[str]]:
        """The items of each gold article: one, or more where several sources lead to its page."""
        addresses = self.run.addresses()
        return {row["key"]: addresses.get(url_key(row["url"]), []) for row in self.rows}

    @cached_property
    def keys(self) -> dict[str, str]:
        """The gold article of each item that is one."""
        return {id: key for key, ids in self.ids.items() for id in ids}

    @cached_property
    def story(self) -> dict[str, str]:
        """The story that the run put each gold article in; one that was dropped is alone."""
        return self._group(self.run.story_of())

    @cached_property
    def copies(self) -> dict[str, str]:
        """The group of duplicates of each gold article."""
        return self._group(self.run.copy_of())

    def _group(self, group_of: Mapping[str, str]) -> dict[str, str]:
        found = {}
        for key, ids in self.ids.items():
            groups = [group_of[id] for id in ids if id in group_of]
            found[key] = groups[0] if groups else f"none: {key}"
        return found

    def not_found(self) -> list[str]:
        """Return gold articles to which no item leads."""
        return [key for key, ids in self.ids.items() if not ids]

    def split(self) -> list[str]:
        """Return gold articles whose items, from several sources, are not one group."""
        copies = self.run.copy_of()
        return [key for key, ids in self.ids.items() if len({copies.get(id) for id in ids}) > 1]

    def wrong_languages(self) -> dict[str, str]:
        """Return found languages that differ from the gold's."""
        return {
            row["key"]: self.run.languages[id].language
            for row in self.rows
            for id in self.ids[row["key"]]
            if id in self.run.languages and self.run.languages[id].language != row["language"]
        }

    def wrong_dates(self) -> dict[str, str]:
        """Return found dates that differ from the gold's moment.

        Of a page met by two sources one has to have the moment, the others at least the day: a
        newsletter's link brings no more than the page says.
        """
        wrong = {}
        for row in self.rows:
            found = [
                self.run.articles[id] for id in self.ids[row["key"]] if id in self.run.articles
            ]
            told = [article.published for article in found]
            moments = [parse_time(date) for date in told]
            days = {(date or "")[:10] for date in told}
            exact = parse_time(row["published"]) in moments
            if found and not (exact and days == {(row["published"] or "")[:10]}):
                wrong[row["key"]] = ", ".join(map(str, told))
        return wrong

    def wrong_drops(self) -> dict[str, str]:
        """Return articles and other addresses that met another end than the gold's, in words."""
        expected = {row["key"]: (self.ids[row["key"]], [row["drop"]]) for row in self.rows}
        addresses = self.run.addresses()
        for other in self.gold["others"]:
            if other.get("drop"):
                name = other["url"] or other["title"]
                ids = addresses.get(url_key(other["url"])) if other["url"] else None
                expected[name] = (ids or self._titled(other), [other["drop"], other.get("or")])
        return {
            name: f"{told}, not {wanted[0] or 'kept'}"
            for name, (ids, wanted) in expected.items()
            for told in (self._end(id) for id in ids or [""])
            if not any(_is(told, kind) for kind in wanted if kind or wanted == [None])
        }

    def _titled(self, other: dict[str, Any]) -> list[str]:
        items = self.run.items.values()
        found = [one.id for one in items if (one.source, one.title) == _name(other)]
        return found or [id for id, drop in self.run.drops.items() if other["title"] in drop.detail]

    def _end(self, id: str) -> str:
        drop = self.run.drops.get(id)
        return f"{drop.stage}: {drop.reason}" if drop else "kept"

    def wrong_reports(self) -> dict[str, str]:
        """Return the gold's report entries that are missing or differ, and entries that it lacks.

        Compared are title, the report's address and date, the words of the text, the end, and the
        story: that of the product's own article or one of its own.
        """
        items = {one.title: one for one in self.run.items.values() if one.via and one.via.page}
        wanted = {entry["name"]: entry for entry in self.gold["reports"]}
        found = dict.fromkeys(items.keys() - wanted.keys(), "no product")
        for name, entry in wanted.items():
            article = self.run.articles.get(items[name].id) if name in items else None
            if article is None or article.via is None:
                found[name] = "missing"
            elif (article.via.url, article.published) != (entry["report"], str(entry["published"])):
                found[name] = f"{article.via.url} of {article.published}"
            elif entry["what"] not in article.text.replace("\n", " "):
                found[name] = f"text: {article.text}"
            elif article.id in self.run.drops:
                found[name] = self._end(article.id)
            elif strange := self._strange(article.id, entry["url"]):
                found[name] = f"in the story {strange}"
        return found

    def _strange(self, id: str, url: str) -> str:
        """Return a gold story that is merged with a report's product and isn't that product's."""
        own = [row["story"] for row in self.rows if row["url"] == url]
        story = self.run.story_of().get(id, "")
        told = self.gold_stories(story) if story else []
        return ", ".join(name for name in told if name not in own)

    def apart(self, name: str) -> Apart:
        """Return of each gold group ("duplicates", "stories") the members outside its main part."""
        found = self.copies if name == "duplicates" else self.story
        missing = {}
        for group in self.gold[name]:
            sizes = Counter(found[key] for key in group["members"])
            main = max(sizes, key=lambda part: (sizes[part], part == found[group["first"]]))
            missing[group["group"]] = sorted(k for k in group["members"] if found[k] != main)
        return {group: keys for group, keys in missing.items() if keys}

    def merged(self, name: str) -> list[tuple[str, str]]:
        """Return pairs that the run merged and the gold keeps apart."""
        return sorted(self.pairs(name, found=True) - self.pairs(name, found=False))

    def pairs(self, name: str, *, found: bool) -> set[tuple[str, str]]:
        """Return the pairs of a run's, or of the gold's, duplicates or stories."""
        if found:
            groups: Mapping[str, Any] = self.copies if name == "duplicates" else self.story
        else:
            fact = "duplicates" if name == "duplicates" else "story"
            groups = {row["key"]: row[fact] for row in self.rows if not row["drop"] and row[fact]}
        return {tuple(sorted(p)) for p in combinations(groups, 2) if groups[p[0]] == groups[p[1]]}  # type: ignore[misc]

    def b_cubed(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of the stories, article by article (Bagga, Baldwin 1998).

        Articles that the gold drops are left out; one that the run dropped is alone.
        """
        told = [(self.story[row["key"]], row["story"]) for row in self.rows if not row["drop"]]
        found, true = (Counter(each[side] for each in told) for side in (0, 1))
        both = Counter(told)
        precision = sum(both[each] / found[each[0]] for each in told) / len(told)
        recall = sum(both[each] / true[each[1]] for each in told) / len(told)
        return precision, recall, 2 * precision * recall / (precision + recall)

    def confused(self) -> list[list[str]]:
        """Return the gold's near-misses that the run takes for one story or one article."""
        pairs = [pair["articles"] for pair in self.gold["near_misses"]]
        return [[a, b] for a, b in pairs if self.story[a] == self.story[b]]

    def shown(self, edition: str) -> list[list[str]]:
        """Return the gold's stories of each story that an edition shows, in the edition's order."""
        return [self.gold_stories(one.story) for one in entrants(self.run.editions[edition])]

    def unlinked(self) -> list[str]:
        """Return the gold's follow-ups that no link of their story leads to what they follow."""
        led = {
            (after, before)
            for story in self.run.stories.values()
            for link in story.related
            for after in self.gold_stories(story.id)
            for before in self.gold_stories(link.story)
        }
        wanted = [(each["story"], each["follows"]) for each in self.gold["follows"]]
        return [" after ".join(pair) for pair in wanted if pair not in led]

    def gold_stories(self, story: str) -> list[str]:
        """Return the gold's stories among the members of a found one, the commonest first."""
        told = {row["key"]: row["story"] for row in self.rows}
        members = self.run.stories[story].members
        return [
            n
            for n, _ in Counter(told[self.keys[m]] for m in members if m in self.keys).most_common()
        ]

    def missing(self, edition: str) -> list[str]:
        """Return the stories that an edition must show and doesn't."""
        shown = {name for names in self.shown(edition) for name in names}
        must = [entry["story"] for entry in self.gold["editions"][edition]["must"]]
        return [name for name in must if name not in shown]

    def misquoted(self) -> list[str]:
        """Return quoted sentences that do not stand, letter by letter, in their stored article."""
        lines = [
            line for e in self.run.editions.values() for one in entrants(e) for line in one.lines
        ]
        quotes = [line.original for line in lines]
        quotes += [quote for one in self.run.summaries.values() for quote in one.sentences]
        for found in self.run.classes.values():
            quotes += [launch.evidence for launch in found.launches]
            quotes += [label.evidence for label in found.labels if label.evidence]
            quotes += [plan.quote for plan in found.plans]
            quotes += [claim.quote for claim in found.claims]
            quotes += [proof.quote for claim in found.claims for proof in claim.proofs]
        texts = {id: article.text for id, article in self.run.articles.items()}
        titles = {id: article.title for id, article in self.run.articles.items()}
        return [
            quote.text
            for quote in quotes
            if texts[quote.article][quote.start : quote.end] != quote.text
            and not (quote.start == quote.end and quote.text in titles[quote.article])
        ]


def entrants(edition: Edition) -> list[Entrant]:
    """Return the stories of an edition in the order in which it shows them."""
    inside = [entry for section in edition.sections for entry in section.entries]
    return [edition.opening, *inside] if edition.opening else inside


def _is(told: str, kind: str | None) -> bool:
    return told == "kept" if kind is None else told.split(": ")[-1] in REASONS[kind]


def _name(other: dict[str, Any]) -> tuple[str, str]:
    return other["source"], other["title"]
