"""What editors do, as the forms of the pages send it."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, HTTPException, Request
from fastapi.datastructures import FormData
from fastapi.responses import RedirectResponse, Response

from digest.archiving import write_told
from digest.desk import Clash, regroup
from digest.errors import InputError
from digest.records import Decision, Quote
from digest.stages.corrections import refuse_labels
from digest.stages.curation import OF_STORY, Sentence, write_labels, write_sentences
from digest.stages.sections import TITLES
from digest.store import decisions, ledger
from digest.store.decisions import LINKS
from digest.web.clashing import clash_page
from digest.web.issues import Issue
from digest.web.listing import people
from digest.web.pages import back_to
from digest.web.room import Room
from digest.web.signing_in import Editor, Form, Reader, TheRoom, Visitor
from digest.web.telling import find_story

router = APIRouter(prefix="/acts")
WORDS = ("headline", "note", "assigned")
DIGITS = 9  #: of a number in a form
PLACED = ("include", "exclude", "section")


@router.post("/write", response_model=None)
def write(request: Request, room: TheRoom, asking: Editor, form: Form) -> Response:
    """Save one decision on a story; a clash shows both versions."""
    kind = text(form, "kind")
    if kind not in (*WORDS, *PLACED, "lead", "label", "summary"):
        raise HTTPException(400, "There is no such decision.")
    story = _known(room, form)
    value = _value(room, kind, form)
    edition = _edition(room, kind, form)
    done = room.desk.write(
        kind,
        story,
        value,
        by=asking.user.name,
        seen=number(form, "seen"),
        edition=edition,
        object=text(form, "lead") if kind == "lead" else "",
        reason=text(form, "reason"),
    )
    if isinstance(done, Clash):
        return clash_page(request, room, asking, form, done)
    return back_to(text(form, "next"), done="saved", at=text(form, "at"))


@router.post("/comment")
def comment(room: TheRoom, asking: Reader, form: Form) -> RedirectResponse:
    """Keep a comment on a story: readers may, too."""
    said = text(form, "value").strip()
    story = _known(room, form)
    if said:
        room.desk.write("comment", story, said, by=asking.user.name)
    return back_to(text(form, "next"), done="saved" if said else "", at="comments")


@router.post("/undo")
def undo(room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Undo one act, or the last one of who asks; what was joined or parted is judged again."""
    act = text(form, "act")
    by = asking.user.name
    reason = text(form, "reason")
    desk = room.desk
    undone = desk.undo(act, by=by, reason=reason) if act else desk.undo_last(by=by, reason=reason)
    write_told(room.store, room.settings, undone)
    in_time = _regroup(room, undone, by=by)
    done = ("undone" if in_time else "later") if undone else "nothing"
    return back_to(text(form, "next"), done=done)


@router.post("/list")
def on_list(room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Do what a button of a list says: "include:ID", "exclude:ID" or "merge"."""
    what, _, story = text(form, "do").partition(":")
    by, reason = asking.user.name, text(form, "reason")
    if what == "merge":
        return _merge(room, asking, form)
    if what not in ("include", "exclude", "clear"):
        raise HTTPException(400, "There is no such act.")
    edition = _open(room, form)
    if what == "clear":
        _clear(room, story, edition, by=by, reason=reason)
    else:
        with room.store.read() as db:
            find_story(db, story)
        room.desk.write(what, story, by=by, edition=edition, reason=reason)
    return back_to(text(form, "next"), done="saved", at=text(form, "at") or f"row-{story}")


@router.post("/merge")
def merge(room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Merge stories."""
    return _merge(room, asking, form)


@router.post("/part")
def part(room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Take chosen articles out of a story: into one of their own, or into another one."""
    story, to = text(form, "story"), _id(text(form, "to"))
    chosen = [str(each) for each in form.getlist("article")]
    by, reason = asking.user.name, text(form, "reason")
    if text(form, "do") == "move":
        with room.store.read() as db:
            to = find_story(db, to).id
        act = room.desk.move(story, chosen, to, by=by, reason=reason)
    else:
        act = room.desk.split(story, chosen, by=by, reason=reason)
    word = "moved" if text(form, "do") == "move" else "split"
    with room.store.read() as db:
        made = [each.decision for each in decisions.of_act(db, act)]
    in_time = _regroup(room, made, by=by)
    return back_to(text(form, "next"), done=word if in_time else "later")


def text(form: FormData, name: str) -> str:
    """Return a field of a form as text, with line breaks as we keep them."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n").replace("\x00", "") if isinstance(value, str) else ""


def number(form: FormData, name: str) -> int | None:
    """Return a field of a form as a number, None where it is empty; raises 400 for another."""
    value = text(form, name)
    if not value:
        return None
    if len(value) > DIGITS or not (value.isascii() and value.isdigit()):
        raise HTTPException(400, f"{name} is no number of at most {DIGITS} digits.")
    return int(value)


def issue_of(room: Room, form: FormData) -> Issue:
    """Return the edition that a form is about."""
    return room.issue(text(form, "period"), text(form, "audience"))


def check_assignee(room: Room, name: str) -> None:
    """Refuse somebody whom no story can be given to; raises `InputError`."""
    with room.store.read() as db:
        known = people(db)
    if name and name not in known:
        raise InputError(f"no editor {name!r}", cure=f"there are: {', '.join(known)}")


def refuse_published(room: Room, issue: Issue) -> None:
    """Raise 409 where an edition is published."""
    with room.store.read() as db:
        if ledger.is_frozen(db, issue.id):
            raise HTTPException(409, "The edition is published: it changes no more.")


def _id(place: str) -> str:
    """Return the id of a story from its address, or as it was typed."""
    return place.strip().split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]


def _value(room: Room, kind: str, form: FormData) -> str:
    if kind == "summary":
        return _sentences(form)
    if kind == "label":
        if text(form, "do") == "found":
            return ""
        names = list(dict.fromkeys(str(each) for each in form.getlist("label")))
        refuse_labels(names, cure="take one off")
        return write_labels(names)
    value = text(form, "value").strip()
    if kind == "assigned":
        check_assignee(room, value)
    if kind == "section" and not any(value in titles for titles in TITLES.values()):
        return ""
    return " ".join(value.split()) if kind == "headline" else value


def _sentences(form: FormData) -> str:
    """Return the summary that a form holds; none where it is to be as it was found."""
    if text(form, "do") == "found":
        return ""
    kept = set(form.getlist("keep"))
    rows = []
    for place in range(min(200, number(form, "lines") or 0)):
        if str(place) not in kept:
            continue
        start = number(form, f"start{place}") or 0
        words = text(form, f"original{place}")
        quote = Quote(words, text(form, f"article{place}"), start, start + len(words))
        rows.append(Sentence(quote, text(form, f"text{place}").strip()))
    return write_sentences(rows)


def _edition(room: Room, kind: str, form: FormData) -> str:
    if kind in OF_STORY or kind == "assigned":
        return ""
    return _open(room, form)


def _open(room: Room, form: FormData) -> str:
    """Return the id of the edition that a form is about, which has to be a draft."""
    issue = issue_of(room, form)
    refuse_published(room, issue)
    return issue.id


def _known(room: Room, form: FormData) -> str:
    """Return the story, or the article of one, that a form is about; raises 404."""
    story = text(form, "story")
    with room.store.read() as db:
        find_story(db, story)
    return story


def _clear(room: Room, story: str, edition: str, *, by: str, reason: str) -> None:
    """Take back where a story was put: undo what stands of including and leaving out."""
    with room.store.read() as db:
        members = find_story(db, story).members
        acts = [
            each.decision.act
            for each in decisions.about(db, members)
            if each.decision.kind in ("include", "exclude")
            and each.decision.edition == edition
            and not each.revoked_by
        ]
    for act in acts:
        room.desk.undo(act, by=by, reason=reason)


def _merge(room: Room, asking: Visitor, form: FormData) -> RedirectResponse:
    by, back = asking.user.name, text(form, "next")
    found = [_id(str(each)) for each in form.getlist("story") if str(each).strip()]
    with room.store.read() as db:
        found = list(dict.fromkeys(find_story(db, each).id for each in found))
    if len(found) < 2:
        return back_to(back, done="mark-two")
    act = room.desk.merge(found[0], found[1:], by=by, reason=text(form, "reason"))
    with room.store.read() as db:
        made = [each.decision for each in decisions.of_act(db, act)]
    in_time = _regroup(room, made, by=by)
    return back_to(back, done="merged" if in_time else "later")


def _regroup(room: Room, made: list[Decision], *, by: str) -> bool:
    """Have joined or parted articles judged again; returns whether that was done in time."""
    touched = {id for each in made if each.kind in LINKS for id in (each.subject, each.object)}
    if not touched:
        return True
    return room.do("stories", partial(regroup, room.runner(), touched), by=by)
