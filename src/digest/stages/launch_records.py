"""One record for each thing that a vendor did, out of all articles that tell of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.records import (
    Article,
    Claim,
    Classification,
    Language,
    LaunchRecord,
    Review,
    Story,
)
from digest.stages.announced import day_of
from digest.stages.clean import is_wide, key_of
from digest.stages.other_names import other_names
from digest.stages.publishers import count_publishers
from digest.stages.report_entries import is_report_entry
from digest.stages.taxonomy import load_knowledge
from digest.stages.tellings import Reviews, Telling, Thing, find_things, read_tellings
from digest.stages.voting import voted_name
from digest.text import make_id

GUESSED = ("published", "first seen")  #: where a day comes from that no text names


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the stories' articles, by id."""

    members: Mapping[str, Sequence[str]]  #: of each story
    articles: Mapping[str, Article]
    classifications: Mapping[str, Classification]
    languages: Mapping[str, Language]
    names: Mapping[str, str]  #: the vendor's name by the key of each of its names


def find_records(
    stories: Iterable[Story],
    articles: Mapping[str, Article],
    classifications: Mapping[str, Classification],
    languages: Mapping[str, Language],
    *,
    aliases: Mapping[str, str] | None = None,
    reviews: Reviews | None = None,
) -> tuple[LaunchRecord, ...]:
    """Return the launch records of some stories, the earliest announced first.

    Two tellings are of one thing where one story holds both and event, vendor and product go
    together (names in another script do), or where event, vendor and product are the same within
    21 days; an entry of a quarter's report joins what it looks back on. The articles of a story
    that tell of nothing themselves stand with the story's main record. The order of the arguments
    changes nothing.

    Args:
        stories: of one period, or of more: a product may be told of again.
        articles: the stories' members by id; what is missing is left out.
        classifications: of the articles, by id.
        languages: of the articles, by id.
        aliases: further names of vendors, such as a team's own: name → the vendor's name.
        reviews: what editors made of what articles tell, see `digest.stages.reviews`.
    """
    found = find_told(
        stories, articles, classifications, languages, aliases=aliases, reviews=reviews
    )
    return tuple(record for record, _ in found)


def find_told(
    stories: Iterable[Story],
    articles: Mapping[str, Article],
    classifications: Mapping[str, Classification],
    languages: Mapping[str, Language],
    *,
    aliases: Mapping[str, str] | None = None,
    reviews: Reviews | None = None,
) -> list[tuple[LaunchRecord, Thing]]:
    """Return the records with what they are made of; arguments and order as `find_records`."""
    names = vendor_names(aliases or {})
    members = {one.id: one.members for one in sorted(stories, key=lambda one: one.id)}
    known = Known(members, articles, classifications, languages, names)
    things = find_things(read_tellings(members, articles, classifications, names))
    main = _main_things(things)
    made = (
        (_record(thing, n, main, known, reviews or {}), thing) for n, thing in enumerate(things)
    )
    return sorted(made, key=lambda each: (each[0].announced or "", each[0].id))


def vendor_names(aliases: Mapping[str, str]) -> dict[str, str]:
    """Return the vendor's name by the key of each of its names; a team's own names win."""
    known = {key_of(name): one.name for one in load_knowledge().vendors for name in one.names}
    return known | {key_of(name): vendor for name, vendor in sorted(aliases.items())}


def _main_things(things: Sequence[Thing]) -> dict[str, int]:
    """Return what each story is mainly about: what most of its articles tell, surest first."""
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for number, thing in enumerate(things):
        for one in thing.tellings:
            found[one.story][number].add(one.article.id)
    sure = [max(one.launch.confidence for one in thing.tellings) for thing in things]
    return {
        story: max(told, key=lambda number: (len(told[number]), sure[number], -number))
        for story, told in found.items()
    }


def _record(
    thing: Thing, number: int, main: Mapping[str, int], known: Known, reviews: Reviews
) -> LaunchRecord:
    tellings = thing.tellings
    founding, own = tellings[0], _first_hand(tellings)
    told = _articles_of(thing, number, main, known)
    event = _most(one.launch.event for one in own)
    first = min(own, key=lambda one: (_announced(one), one.order))
    best = max(own, key=_proves)
    said = voted_name(tellings, lambda launch: launch.vendor)
    vendor = known.names.get(key_of(said), said)
    day, source = _first_day(first, vendor, told, known)
    id = make_id("launch", founding.family, founding.article.id, founding.product)
    product = voted_name(tellings, lambda launch: launch.product, product=True)
    spoken = {known.languages[one.id].language for one in told if one.id in known.languages}
    return LaunchRecord(
        id=id,
        vendor=vendor,
        product=product,
        event=event,
        category=_most(one.launch.category or "" for one in tellings) or None,
        announced=day,
        announced_from=source,
        availability=_most(one.launch.availability for one in own),  # type: ignore[arg-type]
        evidence=best.launch.evidence,
        stories=tuple(dict.fromkeys(one.story for one in tellings)),
        articles=tuple(one.id for one in told),
        publishers=count_publishers(told),
        languages=tuple(sorted(spoken)),
        confidence=max(one.launch.confidence for one in tellings),
        claims=_claims(thing, told, known),
        review=_review(tellings, reviews),
        names=other_names(product, event, tellings=tellings, told=told, languages=known.languages),
    )


def _review(tellings: Sequence[Telling], reviews: Reviews) -> Review:
    """Return what an editor made of the first telling of which anything was said."""
    marks = ((one.article.id, *one.names) for one in tellings)
    return next((reviews[mark] for mark in marks if mark in reviews), "unreviewed")


def _first_hand(tellings: Sequence[Telling]) -> Sequence[Telling]:
    """Return the tellings without a report's looking back, where there are others."""
    return [one for one in tellings if not is_report_entry(one.article)] or tellings


def _announced(one: Telling) -> str:
    return one.launch.announced or one.day.isoformat()


def _first_day(
    first: Telling, vendor: str, told: Iterable[Article], known: Known
) -> tuple[str, str]:
    """Return the day of an announcement and where it comes from.

    Where the first to tell of it names no day ("last week"), it is that of the vendor's own article
    of the story, if that is older.
    """
    day, source = _announced(first), first.launch.announced_from
    own = [
        at.isoformat()
        for one in told
        if one.voice == "vendor" and known.names.get(key_of(one.publisher), one.publisher) == vendor
        if (at := day_of(one))
    ]
    if source in GUESSED and own and min(own) < day:
        return min(own), "published"
    return day, source


def _proves(one: Telling) -> tuple[bool, float]:
    """Prefer a telling whose sentence names vendor and product, then the surest."""
    said = key_of(one.launch.evidence.text)
    whole = all(key_of(name) in said for name in (one.launch.vendor, one.launch.product))
    return whole, round(one.launch.confidence, 1)


def _most(values: Iterable[str]) -> str:
    """Return the commonest value that is not empty, the first of equals; "" where all are."""
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else ""


def _articles_of(thing: Thing, number: int, main: Mapping[str, int], known: Known) -> list[Article]:
    """Return what tells of a thing: its own articles, and the rest of the stories it leads."""
    own = {one.article.id for one in thing.tellings}
    leads = [story for story in {one.story for one in thing.tellings} if main[story] == number]
    rest = {id for story in leads for id in known.members[story]} - own
    told = [known.articles[id] for id in rest if id in known.articles]
    names = {name for pair in thing.names for name in pair if len(name) > 1}
    kept = [known.articles[id] for id in own] + [one for one in told if _names_it(one, names)]
    founding = thing.tellings[0].article.id
    return sorted(
        kept, key=lambda one: (one.id != founding, one.published or one.first_seen, one.id)
    )


def _names_it(article: Article, names: Iterable[str]) -> bool:
    """Return whether an article names a vendor or product, or would in another script."""
    text = key_of(f"{article.title} {article.text}")
    return any(name in text or is_wide(name) != is_wide(article.title) for name in names)


def _claims(thing: Thing, told: Sequence[Article], known: Known) -> tuple[Claim, ...]:
    """Return the claims about a thing, the best supported first.

    A further one stands only where it states a kind of evidence that those before do not.
    """
    names = {key_of(one.launch.product) for one in thing.tellings} - {""}
    found = [
        claim
        for article in told
        if article.id in known.classifications
        for claim in known.classifications[article.id].claims
        if not claim.product or not names or _is_of(claim, names)
    ]
    kept: list[Claim] = []
    for claim in sorted(found, key=lambda one: -len(one.proofs)):
        kinds = {proof.kind for other in kept for proof in other.proofs}
        if not kept or {proof.kind for proof in claim.proofs} - kinds:
            kept.append(claim)
    return tuple(kept)


def _is_of(claim: Claim, names: Iterable[str]) -> bool:
    key = key_of(claim.product)
    return any(key in name or name in key for name in names)
