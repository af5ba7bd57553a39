"""What editors make of launch records: confirmed, corrected, rejected, or added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fastapi import APIRouter, HTTPException, Request
from fastapi.datastructures import FormData
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from digest.desk import Clash
from digest.errors import InputError
from digest.knowing import load_ours
from digest.records import Decision, Quote, Story
from digest.stages.phrases import EVENTS
from digest.stages.remarks import STAGES
from digest.stages.reviews import (
    KIND,
    LONGEST_NAME,
    Reviewed,
    added_launch,
    names_of_added,
    read_review,
    write_review,
)
from digest.text import make_id
from digest.web.acts import DIGITS, number, text
from digest.web.citing import citable, sentence_at
from digest.web.clashing import clash_page
from digest.web.launch_rows import FIELDS, Record, find_record, records_of, standing_of
from digest.web.pages import back_to, page
from digest.web.room import Room
from digest.web.signing_in import Editor, Form, TheRoom
from digest.web.telling import find_story, groups_of_labels

router = APIRouter(prefix="/acts")


@router.get("/record/{id}", response_class=HTMLResponse)
def record_page(id: str, request: Request, room: TheRoom, asking: Editor) -> HTMLResponse:
    """Show the form for a record that no article was found to tell, with sentences to cite."""
    with room.store.read() as db:
        story = find_story(db, id)
        found = citable(db, story)
    return page(
        request,
        room,
        "record",
        asking=asking,
        story=story,
        found=found,
        now=Reviewed("added", (), event="launch"),
        groups=groups_of_labels(room),
        events=list(EVENTS),
        stages=list(STAGES),
    )


@router.post("/record/{id}")
def add_record(id: str, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Add a record that no article was found to tell, proved by a sentence of one."""
    article, _, start = text(form, "proof").rpartition(":")
    if not (start.isascii() and start.isdigit() and len(start) <= DIGITS):
        raise InputError("a record needs a proof", cure="choose the sentence that says it")
    with room.store.read() as db:
        story = find_story(db, id)
        proof = sentence_at(db, story, article, int(start))
    by, reason = asking.user.name, text(form, "reason")
    add(room, story, proof, values_of(form), by=by, reason=reason)
    return back_to(f"/stories/{story.id}", done="added", at="title-records")


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
    values = values_of(form)
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


def values_of(form: FormData) -> dict[str, str]:
    """Return what a form says of a record."""
    return {name: " ".join(text(form, name).split()) for name in FIELDS}


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
        check(values, room)
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


def add(
    room: Room,
    story: Story,
    evidence: Quote,
    values: dict[str, str],
    *,
    by: str,
    reason: str = "",
) -> Decision | Clash:
    """Return the decision that adds a record which no article was found to tell, with its proof.

    Raises:
        InputError: where a value makes no sense, or the record is there already.
    """
    check(values, room)
    made = Reviewed("added", (), **values, evidence=evidence)  # type: ignore[arg-type]  # checked just now
    aliases = load_ours(room.settings).aliases
    names = names_of_added(added_launch(made), aliases)
    with room.store.read() as db:
        known = records_of(db, room, story)
    if any(set(names).intersection(each.found.names) for each in known):
        raise InputError("there is such a record already", cure="correct that one")
    id = make_id("launch by hand", evidence.article, *names[0])
    value = write_review(replace(made, names=names))
    return room.desk.write(KIND, evidence.article, value, by=by, object=id, reason=reason)


def check(values: dict[str, str], room: Room) -> None:
    """Refuse what no record can say, naming the field and what it can be; raises `InputError`."""
    if not values["vendor"]:
        raise InputError("a record needs a vendor", cure="name who did it, or reject the record")
    if any(len(values[name]) > LONGEST_NAME for name in ("vendor", "product")):
        raise InputError("the name is too long", cure=f"use {LONGEST_NAME} characters at most")
    categories = {each.name for each in room.labels}
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
        made = [(each.act, read_review(each.value)) for each in standing_of(db, story)]
    mine = [(act, one) for act, one in made if told.intersection(one.names)]
    # What an editor added stays while there are corrections of it to take back.
    later = [act for act, one in mine if one.review != "added"]
    for act in later or [act for act, _ in mine]:
        room.desk.undo(act, by=by, reason=reason)
