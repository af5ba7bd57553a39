"""Links between stories that no window holds together: a plan, and months later its fulfilment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from digest.neighbours import Search, likely_places
from digest.records import Article, Embedding, Language, Link, Story
from digest.stages.related import Followed, Follower, likeliest
from digest.stages.window import shift_of, unit
from digest.store import reading
from digest.store.codes import days_of, entries_at, vectors
from digest.store.window import filed_within

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection


MANY = 500  #: new articles at once beyond which only those of one window are linked
EACH = 8  #: nearest articles beyond the window that are looked at
SCANNED = 5_000  #: articles that are compared where there is no index, the latest


@dataclass(frozen=True, slots=True)
class Linked:
    """Stories with the links that they now have.

    Args:
        made: those that the step has made.
        others: stored ones beyond the window, where their links have changed.
    """

    made: list[Story]
    others: list[Story]


def link_stories(
    db: Connection,
    made: Sequence[Story],
    ids: Sequence[str],
    *,
    follower: Follower,
    search: Search | None,
) -> Linked:
    """Return the stories of a window, linked with those beyond it.

    A link that a story had to one that is not at hand is kept. Both ways: an article that comes
    late may be what a later story, which is stored already, goes on with.

    Args:
        db: where the others are.
        made: the stories of a window.
        ids: the articles that are new.
        follower: tells what goes on with what.
        search: how to look in the index; None where there is none.
    """
    own = {member: story.id for story in made for member in story.members}
    links: dict[str, list[Link]] = defaultdict(list)
    for story in made:
        links[story.id] += story.related
    for story in _stored(db, own):
        links[own[story.id]] += (link for link in story.related if link.story not in own)
    found = _beyond(db, ids, own, follower, search) if len(ids) <= MANY else []
    far = {end for pair in found for end in (pair.earlier, pair.later) if end not in own}
    story_of = {**reading.story_of(db, far), **own}
    others: dict[str, Story] = reading.records(
        db, Story, {story_of[id] for id in far & set(story_of)}
    )
    for story in others.values():
        links[story.id] += story.related
    for pair in found:
        if pair.earlier in story_of and pair.later in story_of:
            link = Link(story_of[pair.earlier], pair.score, pair.because)
            links[story_of[pair.later]].append(link)
    again = [replace(story, related=likeliest(links[story.id])) for story in others.values()]
    return Linked(
        [replace(story, related=likeliest(links[story.id])) for story in made],
        [story for story in again if story != others[story.id]],
    )


def _stored(db: Connection, own: dict[str, str]) -> Iterable[Story]:
    """Return the stories that a window's articles were in, where their founder is still there."""
    known: dict[str, Story] = reading.records(db, Story, set(reading.story_of(db, own).values()))
    return [story for story in known.values() if story.id in own]


def _beyond(
    db: Connection,
    ids: Sequence[str],
    own: dict[str, str],
    follower: Follower,
    search: Search | None,
) -> list[Followed]:
    """Return what goes on with what, between new articles and those beyond the window."""
    days = days_of(db, ids)
    model = follower.encoder.model
    known = vectors(db, days, model=model)
    new = [id for id in days if id in known]
    if not new:
        return []
    wanted, when = np.stack([known[id] for id in new]), np.array([days[id] for id in new])
    near = (
        _by_index(db, wanted, when, follower, search)
        if search
        else _by_scan(db, wanted, when, follower)
    )
    some = sorted({*new, *(id for id in near if id not in own)})
    if len(some) == len(new):
        return []
    articles: dict[str, Article] = reading.records(db, Article, some)
    return follower.find(
        list(articles.values()),
        reading.records(db, Language, some),
        reading.records(db, Embedding, some),
        own=own,
        background=search.background if search else None,
    )


def _by_index(
    db: Connection,
    wanted: NDArray[np.float32],
    when: NDArray[np.float64],
    follower: Follower,
    search: Search,
) -> set[str]:
    places = likely_places(
        db,
        wanted,
        when,
        replace(search, reach=follower.reach),
        beyond=follower.window_days,
        most=EACH,
    )
    return {id for id, _ in entries_at(db, {place for some in places for place in some}).values()}


def _by_scan(
    db: Connection, wanted: NDArray[np.float32], when: NDArray[np.float64], follower: Follower
) -> set[str]:
    """Return the nearest by comparing all of a small store."""
    first, last = when.min() - follower.reach, when.max() + follower.reach
    days = filed_within(db, first, last, most=SCANNED)
    known = vectors(db, days, model=follower.encoder.model)
    if not known:
        return set()
    every = np.stack(list(known.values()))
    shift = shift_of(every)
    scores = unit(wanted - shift) @ unit(every - shift).T
    apart = np.abs(when[:, None] - np.array([days[id] for id in known])[None, :])
    scores[(apart <= follower.window_days) | (apart > follower.reach)] = -1
    best = np.argsort(-scores, axis=1, kind="stable")[:, :EACH]
    names = list(known)
    return {names[n] for row, some in enumerate(best) for n in some if scores[row, n] > 0}
