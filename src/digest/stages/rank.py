"""How much a story matters: a sum of parts, each of which can be read in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from digest.config_editions import Rank
from digest.records import Article, Classification, Part, Score, Story
from digest.stages.concerns import is_incident
from digest.stages.ours import Ours
from digest.stages.phrases import REASONS
from digest.stages.publishers import count_publishers, distinct_pages, with_own_voices
from digest.text import parse_time

VERSION = "8"  #: raised whenever the same input would give another result
#: Share of the launch points that each kind of event is worth: what changes a market or a contract
#: (a new product, an acquisition, a price, an end) above what adds to a product that exists.
EVENT_SHARE: Mapping[str, float] = {
    "acquisition": 1.0,
    "launch": 1.0,
    "shutdown": 1.0,
    "pricing": 0.8,
    "funding": 0.6,
    "integration": 0.5,
    "partnership": 0.5,
    "feature": 0.5,
    "study": 0.3,
}
#: What changes a contract or touches our data, where the tool is ours.
AT_STAKE = frozenset({"pricing", "shutdown", "acquisition"})
STAKES = 3.0
RELEVANCE = 1.0  #: points of a certain label; an unclassified story gets none
PROVED = 0.5  #: a claim for which a source states its data, its model or a measured result
UNPROVED = -1.0  #: a launch that only its own vendor or a wire tells
UNDATED = -1.0  #: no member says when: "undated pages are not news"
FUTURE = -5.0  #: dated after the present: a wrong clock, or an embargo that is none of ours


def rank(
    story: Story,
    articles: Mapping[str, Article],
    classifications: Mapping[str, Classification],
    *,
    weights: Rank,
    now: datetime,
    ours: Ours | None = None,
) -> Score:
    """Return the story's score: the sum of its parts, parts of nought points left out.

    Args:
        story: the story to weigh.
        articles: its members by id; a member that is missing is not counted.
        classifications: what the members are about, by id; may lack some.
        weights: points of each part, from the settings.
        now: the present, with an offset; only tells a date in the future.
        ours: what the team owns and watches; nothing where left out.
    """
    known = [classifications[id] for id in story.members if id in classifications]
    makers = {launch.vendor for each in known for launch in each.launches}
    there = (articles[id] for id in story.members if id in articles)
    members = with_own_voices(there, makers=makers)
    parts = (
        _publishers(members, weights),
        _voice(members, weights),
        _event(known, weights),
        _evidence(members, known),
        _policy(known, weights),
        _ours(members, classifications, ours or Ours(), weights),
        _stake(members, classifications, ours or Ours()),
        _relevance(known),
        _date(members, now),
    )
    kept = tuple(part for part in parts if part.points)
    return Score(story.id, round(sum(part.points for part in kept), 4), kept)


def _publishers(members: Sequence[Article], weights: Rank) -> Part:
    names = count_publishers(members)
    further = max(len(names) - 1, 0)
    return _part("publishers", weights.per_publisher * _doublings(further), "told", names)


def _doublings(further: int) -> float:
    """Return how often the publishers have doubled: a second one says more than a seventh."""
    return round(math.log2(1 + further), 3)


def _voice(members: Sequence[Article], weights: Rank) -> Part:
    pages = distinct_pages(members)
    for voice in ("regulator", "independent"):
        names = sorted({page.publisher for page in pages if page.voice == voice})
        if names:
            return _part("voice", weights.independent, voice, names)
    return Part("voice", 0.0, "only vendors or wires")


def _event(known: Sequence[Classification], weights: Rank) -> Part:
    launches = [launch for classification in known for launch in classification.launches]
    if not launches:
        return Part("event", 0.0, "no event found")
    best = max(launches, key=lambda launch: EVENT_SHARE.get(launch.event, 0.3))
    share = EVENT_SHARE.get(best.event, 0.3)
    names = tuple(word for word in (best.vendor, best.product) if word)
    why = f"{best.event}: {' – '.join(names)}"
    return Part("event", round(weights.launch * share, 3), why, best.event, names)


def _evidence(members: Sequence[Article], known: Sequence[Classification]) -> Part:
    tellers = {launch.evidence.article for item in known for launch in item.launches}
    voices = {member.voice for member in members if member.id in tellers}
    if any(claim.proofs for item in known for claim in item.claims):
        return _part("evidence", PROVED, "proved")
    if tellers and voices <= {"vendor", "wire"}:
        return _part("evidence", UNPROVED, "unproved")
    return Part("evidence", 0.0, "")


def _policy(known: Sequence[Classification], weights: Rank) -> Part:
    touched = any(classification.policy for classification in known)
    return _part("policy", weights.policy * touched, "policy")


def _ours(
    members: Sequence[Article],
    classifications: Mapping[str, Classification],
    ours: Ours,
    weights: Rank,
) -> Part:
    found = (ours.about(each, classifications.get(each.id)) for each in members)
    names = sorted(frozenset().union(*found))
    nearest = ours.closest(names)
    if nearest == "owned":
        mine = [name for name in names if ours.relation(name) == "owned"]
        return _part("ours", weights.owned, "owned", mine)
    return _part("ours", weights.watched * bool(names), "watching", names)


def _stake(
    members: Sequence[Article], classifications: Mapping[str, Classification], ours: Ours
) -> Part:
    """Return the part of what touches a contract or data of ours: a price, an end, an incident."""
    for member in members:
        known = classifications.get(member.id)
        if known is None:
            continue
        owned = [n for n in ours.about(member, known) if ours.relation(n) == "owned"]
        struck = ours.struck(member, known) if known.policy or is_incident(known) else frozenset()
        risky = not struck.isdisjoint(owned)
        moved = any(
            launch.event in AT_STAKE and ours.vendor_of(name) in owned
            for launch in known.launches
            for name in (launch.vendor, *([launch.product] * (launch.event == "acquisition")))
        )
        if risky or moved:
            named = sorted(struck & frozenset(owned)) if risky and not moved else sorted(owned)
            return _part("stake", STAKES, "stake", named)
    return Part("stake", 0.0, "")


def _relevance(known: Sequence[Classification]) -> Part:
    labels = [label for classification in known for label in classification.labels]
    if not labels:
        return Part("relevance", 0.0, "unclassified")
    best = max(labels, key=lambda label: (label.confidence, label.name))
    return _part("relevance", round(RELEVANCE * best.confidence, 3), "about", [best.name])


def _date(members: Sequence[Article], now: datetime) -> Part:
    dates = [moment for member in members if (moment := parse_time(member.published))]
    if not dates:
        return _part("date", UNDATED, "undated")
    if min(dates) > now + timedelta(days=1):
        return _part("date", FUTURE, "future")
    return Part("date", 0.0, "")


def _part(name: str, points: float, code: str, names: Sequence[str] = ()) -> Part:
    """Return a part whose words are those of its code, which every catalogue can say."""
    why = REASONS[code]
    return Part(name, points, why % {"names": _list(names)} if names else why, code, tuple(names))


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:4])
    return f"{shown} and {len(names) - 4} more" if len(names) > 4 else shown
