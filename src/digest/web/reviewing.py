"""What editors make of launch records: confirmed, corrected or rejected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from digest.desk import Clash
from digest.errors import InputError
from digest.records import Decision, Story
from digest.stages.phrases import EVENTS
from digest.stages.remarks import STAGES
from digest.stages.reviews import KIND, LONGEST_NAME, read_review, write_review
from digest.stages.taxonomy import load_knowledge
from digest.web.acts import clash_page, number, text
from digest.web.launch_rows import FIELDS, Record, find_record, standing_of
from digest.web.pages import back_to
from digest.web.room import Room
from digest.web.signing_in import Editor, Form, TheRoom
from digest.web.telling import find_story

router = APIRouter(prefix="/acts")


@router.post("/record", response_model=None)
def review(request: Request, room: TheRoom, asking: Editor, form: Form) -> Response:
    """Confirm, correct or reject a record, or take what was made of it back."""
    what, by = text(form, "do"), asking.user.name
    if what not in ("confirm", "reject", "found"):
        raise HTTPException(400, "There is no such act.")
    with room.store.read() as db:
        story = find_story(db, text(form, "story"))
        record = find_record(db, room, story, text(form, "record"))
    back, at = text(form, "next"), f"record-{record.id}"
    if what == "found":
        take_back(room, story, record, by=by, reason=text(form, "reason"))
        return back_to(back, done="undone", at=at)
    values = {name: " ".join(text(form, name).split()) for name in FIELDS}
    done = decide(
        room,
        record,
        values if what == "confirm" else None,
        by=by,
        seen=number(form, "seen"),
        reason=text(form, "reason"),
    )
    if isinstance(done, Clash):
        return clash_page(request, room, asking, form, done)
    return back_to(back, done="saved", at=at)


def decide(
    room: Room,
    record: Record,
    values: dict[str, str] | None,
    *,
    by: str,
    seen: int | None = None,
    reason: str = "",
) -> Decision | Clash:
    """Return the decision on a record: rejected without values, else confirmed or corrected.

    Raises:
        InputError: where a value makes no sense.
    """
    made = replace(record.found, review="rejected")
    if values is not None:
        check(values)
        made = replace(record.found, **values)  # type: ignore[arg-type]  # checked just now
        same = all(getattr(made, name) == getattr(record.found, name) for name in FIELDS)
        made = replace(made, review="confirmed" if same else "edited")
    return room.desk.write(
        KIND,
        record.article,
        write_review(made),
        by=by,
        seen=seen,
        object=record.id,
        reason=reason,
    )


def check(values: dict[str, str]) -> None:
    """Refuse what no record can say, naming the field and what it can be; raises `InputError`."""
    if not values["vendor"]:
        raise InputError("a record needs a vendor", cure="name who did it, or reject the record")
    if any(len(values[name]) > LONGEST_NAME for name in ("vendor", "product")):
        raise InputError("the name is too long", cure=f"use {LONGEST_NAME} characters at most")
    categories = {each.name for each in load_knowledge().categories}
    for name, known in (
        ("event", set(EVENTS)),
        ("category", {"", *categories}),
        ("availability", {"", *STAGES}),
    ):
        if values[name] not in known:
            raise InputError(f"no {name}: {values[name]!r}", cure="choose one of the list")
    try:
        date.fromisoformat(values["announced"] or "2026-01-01")
    except ValueError as error:
        raise InputError(f"no day: {values['announced']!r}", cure="write 2026-09-30") from error


def take_back(room: Room, story: Story, record: Record, *, by: str, reason: str = "") -> None:
    """Undo whatever stands of what editors made of a record."""
    told = set(record.found.names)
    with room.store.read() as db:
        acts = [
            each.act
            for each in standing_of(db, story)
            if told.intersection(read_review(each.value).names)
        ]
    for act in acts:
        room.desk.undo(act, by=by, reason=reason)
