"""Which launches of which articles are one: the same story and names, or the same names in time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from digest.records import Article, Classification, Launch, Review
from digest.stages.announced import day_of
from digest.stages.clean import is_wide, key_of, script_of
from digest.stages.report_entries import is_report_entry
from digest.stages.romanise import KANA, in_latin
from digest.stages.sounds import consonants_of, sound_alike
from digest.text import parse_time

WINDOW = timedelta(days=21)  #: two tellings in different stories lie no farther apart …
REPORTED = timedelta(days=100)  #: … save that a quarter's report looks back on its whole quarter
NEW = ("launch", "feature", "integration")  #: what one telling calls a launch, another a feature
Names = tuple[str, str, str]  #: family of the event, keys of vendor and product
Told = tuple[str, str, str, str]  #: an article, and how it names what it tells
Reviews = dict[Told, Review]  #: what editors made of it
HEARD = 3  #: consonants of a name that is known by its sound alone, at least
SHARED = 0.5  #: share of Han characters that one name's two scripts have in common, at least


@dataclass(frozen=True, slots=True)
class Telling:
    """A launch as one article tells it."""

    launch: Launch
    article: Article
    story: str
    day: date
    vendor: str  #: key of the vendor's name, an alias resolved
    product: str  #: key of the product's name, without its vendor's

    @property
    def order(self) -> tuple[float, int, str, int, str, str]:
        """Earlier articles first, of one moment the vendor's own; whatever order they came in."""
        moment = parse_time(self.article.published) or parse_time(self.article.first_seen)
        voice = self.article.voice != "vendor"
        id, launch = self.article.id, self.launch
        at = moment.timestamp() if moment else 0.0
        return at, voice, id, launch.evidence.start, launch.event, self.product

    @property
    def family(self) -> str:
        """The event, where launch, feature and integration are one."""
        return family_of(self.launch)

    @property
    def names(self) -> Names:
        """How the article tells of it."""
        return self.family, self.vendor, self.product


@dataclass(slots=True)
class Thing:
    """Tellings that are of one thing, in order."""

    tellings: list[Telling] = field(default_factory=list)
    names: set[tuple[str, str]] = field(default_factory=set)  #: vendor and product, as told

    def add(self, one: Telling) -> None:
        """Add a telling."""
        self.tellings.append(one)
        self.names.add((one.vendor, one.product))


def read_tellings(
    members: Mapping[str, Sequence[str]],
    articles: Mapping[str, Article],
    classifications: Mapping[str, Classification],
    names: Mapping[str, str],
) -> list[Telling]:
    """Return every launch of the stories' articles, the earliest article's first.

    Args:
        members: article ids by story.
        articles: by id; a missing or undated one is left out.
        classifications: by id.
        names: the vendor's name by the key of each of its names.
    """
    found = _tellings(members, articles, classifications, names)
    return sorted(found, key=lambda one: one.order)


def _tellings(
    members: Mapping[str, Sequence[str]],
    articles: Mapping[str, Article],
    classifications: Mapping[str, Classification],
    names: Mapping[str, str],
) -> Iterator[Telling]:
    for story, ids in members.items():
        for id in ids:
            if id not in articles or id not in classifications:
                continue
            day = day_of(articles[id])
            for launch in classifications[id].launches if day else ():
                _, vendor, product = names_in(launch, names)
                yield Telling(launch, articles[id], story, day, vendor, product)  # type: ignore[arg-type]


def family_of(launch: Launch) -> str:
    """Return the event, where launch, feature and integration are one."""
    return "new" if launch.event in NEW else launch.event


def names_in(launch: Launch, names: Mapping[str, str]) -> Names:
    """Return how an article tells of a thing; `names` as for `read_tellings`."""
    vendor = key_of(names.get(key_of(launch.vendor), launch.vendor))
    return family_of(launch), vendor, _product_key(launch, vendor)


def _product_key(launch: Launch, vendor: str) -> str:
    kana = KANA.fullmatch(launch.product)  # Han characters stay: what is in two scripts may be one
    key = key_of(in_latin(launch.product) if kana else launch.product)
    for name in (vendor, key_of(launch.vendor)):
        if name and key.startswith(name) and len(key) > len(name):
            return key.removeprefix(name)
    return key


def find_things(tellings: Sequence[Telling]) -> list[Thing]:
    """Return what the tellings tell of, in order of the first telling of each.

    Args:
        tellings: in their order.
    """
    things: list[Thing] = []
    by_story: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    by_vendor: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    by_sound: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    by_name: dict[tuple[str, str, str], Thing] = {}
    for one in tellings:
        vendor = key_of(in_latin(one.vendor))  # 云梯 and 雲梯
        named = (one.family, vendor, key_of(in_latin(one.product)))  # 画卷, 画巻 and Huajuan
        untitled = one.family == "study" and not one.product  # its vendor may make another
        thing = None if untitled else by_name.get(named)
        if thing is None or one.day - thing.tellings[-1].day > _reach(one):
            near = by_story[one.story, one.family]
            thing = next((other for other in near if _fits_in(one, other)), None)
            thing = thing or _only_one(one, by_vendor[one.family, vendor])
            thing = thing or _heard(one, by_sound[one.family, consonants_of(one.vendor)])
        if thing is None:
            thing = Thing()
            things.append(thing)
            by_vendor[one.family, vendor].append(thing)
        if thing not in by_story[one.story, one.family]:
            by_story[one.story, one.family].append(thing)
        if all(one.vendor != vendor for vendor, _ in thing.names):
            by_sound[one.family, consonants_of(one.vendor)].append(thing)
        thing.add(one)
        by_name[named] = thing
    return things


def _reach(one: Telling) -> timedelta:
    return REPORTED if is_report_entry(one.article) else WINDOW


def _fits_in(one: Telling, thing: Thing) -> bool:
    """Return whether a telling of a story is of the same thing as others of that story.

    Two names in one article are two things. Of a pact, each party may be told as the first.
    """
    if any(other.article.id == one.article.id for other in thing.tellings):
        return False
    if one.family == "partnership":
        return any({one.vendor, one.product} & set(names) for names in thing.names)
    return all(
        _may_be_one(one.vendor, other.vendor) and _are_alike(one, other) for other in thing.tellings
    )


def _are_alike(one: Telling, other: Telling) -> bool:
    """Return whether two products may be one: by their names, or as katakana says a Latin one."""
    if _may_be_one(one.product, other.product):
        return True
    scripts = {script_of(each.launch.product) for each in (one, other)}
    return "kana" in scripts and len(scripts) > 1 and sound_alike(one.product, other.product)


def _only_one(one: Telling, things: Sequence[Thing]) -> Thing | None:
    """Return the only recent thing of a vendor that a telling in another story may mean.

    Its name is in another script, or shares most of its words; the numbers in both agree.
    """
    recent = [thing for thing in things if one.day - thing.tellings[0].day <= _reach(one)]
    fits = [thing for thing in recent if any(_may_mean(one, other) for other in thing.tellings)]
    return fits[0] if len(fits) == 1 else None


def _heard(one: Telling, things: Sequence[Thing]) -> Thing | None:
    """Return the only recent thing whose vendor and product katakana and Latin letters say alike.

    Of short names too little is heard to know them from others in another story.
    """
    if min(len(consonants_of(name)) for name in (one.vendor, one.product)) < HEARD:
        return None
    recent = [thing for thing in things if one.day - thing.tellings[0].day <= _reach(one)]
    fits = [
        thing for thing in recent if any(_is_said_alike(one, other) for other in thing.tellings)
    ]
    return fits[0] if len(fits) == 1 else None


def _is_said_alike(one: Telling, other: Telling) -> bool:
    """Return whether one product is in katakana, the other in Latin letters, and both sound so."""
    scripts = {script_of(each.launch.product) for each in (one, other)}
    return scripts == {"kana", "latin"} and sound_alike(one.product, other.product)


def _may_mean(one: Telling, other: Telling) -> bool:
    mine, theirs = (_words(each.launch.product) for each in (one, other))
    numbers = [{word for word in words if word.isdigit()} for words in (mine, theirs)]
    if not mine or not theirs or numbers[0] != numbers[1]:
        return False
    if is_wide(one.product) != is_wide(other.product):
        return True
    return len(mine & theirs) > SHARED * min(len(mine), len(theirs))


def _words(name: str) -> set[str]:
    return set(re.findall(r"\d+|[^\W\d_]+", name.casefold()))


def _may_be_one(one: str, other: str) -> bool:
    """Return whether two names may be one: equal, part of one another, or of two scripts."""
    if one in other or other in one or script_of(one) != script_of(other):
        return True
    if is_wide(one) and in_latin(one) == in_latin(other):
        return True  # 听澜 and 聽瀾
    mine, theirs = set(one), set(other)
    return is_wide(one) and len(mine & theirs) >= SHARED * min(len(mine), len(theirs))
