"""What the routes of the API share: who asks, clean text, and how an act is answered."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from digest.desk import Clash, regroup
from digest.records import Decision
from digest.store import decisions, reading
from digest.store.accounts import User
from digest.web.api_words import Acted, ClashAnswer, Made
from digest.web.room import Room


def who(request: Request) -> tuple[Room, User]:
    """Return the room, and whose token a program has sent."""
    return request.app.state.room, request.state.user


def clean(text: str) -> str:
    """Return text without what a database refuses: nulls, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def decided(made: Decision | Clash) -> Any:
    """Return the decision as an answer; 409 with both versions where somebody was faster."""
    if isinstance(made, Decision):
        return Made.of(made)
    answer = ClashAnswer(
        error="somebody else decided the same since",
        cure="see both versions",
        theirs=Made.of(made.theirs) if made.theirs else None,
        mine=Made.of(made.mine),
        revision=made.revision,
    )
    return JSONResponse(answer.model_dump(), status_code=409)


def regrouped(room: Room, act: str, user: User) -> Acted:
    """Have the stories that an act joined or parted judged again, and tell whether that is done."""
    with room.store.read() as db:
        made = [each.decision for each in decisions.of_act(db, act)]
        ids = {id for one in made for id in (one.subject, one.object)}
        known = set(reading.story_of(db, ids))
    links = [one for one in made if one.kind in decisions.LINKS]
    if not links:
        return Acted(act=act, done=True)
    touched = {id for one in links for id in (one.subject, one.object)} & known
    done = room.do("stories", partial(regroup, room.runner(), touched), by=user.name)
    return Acted(act=act, done=done)
