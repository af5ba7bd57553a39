"""What is done to an edition: put in order, published, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from digest.archiving import write_told
from digest.desk import Clash
from digest.jobs import Job
from digest.records import Decision
from digest.store import ledger, subscribers
from digest.subscribing import named_in
from digest.web.acts import number, refuse_published, text
from digest.web.clashing import clash_page
from digest.web.issues import Issue
from digest.web.pages import back_to
from digest.web.room import Room
from digest.web.signing_in import Editor, Form, TheIssue, TheRoom

router = APIRouter(prefix="/editions")


@router.post("/{name}/order", response_model=None)
def order(request: Request, issue: TheIssue, room: TheRoom, asking: Editor, form: Form) -> Response:
    """Put the stories of a draft in another order; `move` says which one goes up or down."""
    id = issue.id
    refuse_published(room, issue)
    wanted = text(form, "stories").split()
    where, _, story = text(form, "move").partition(":")
    if story in wanted:
        wanted = _moved(wanted, story, where)
    done = room.desk.write(
        "order",
        id,
        "\n".join(wanted),
        by=asking.user.name,
        seen=number(form, "seen"),
        edition=id,
        reason=text(form, "reason"),
    )
    if isinstance(done, Clash):
        return clash_page(request, room, asking, form, done)
    return back_to(issue.address, done="saved", at=f"entry-{story}" if story else "")


@router.post("/{name}/publish")
def publish(issue: TheIssue, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Freeze the edition, write it, and send it where that is asked for."""
    if text(form, "sure") != "yes":
        raise HTTPException(400, "Tick that the edition is complete, then publish.")
    refuse_published(room, issue)
    work = partial(
        publish_issue,
        room,
        issue,
        by=asking.user.name,
        send=text(form, "send") == "yes",
        reason=text(form, "reason"),
    )
    in_time = room.do("publish", work, by=asking.user.name, wait=20)
    return back_to(issue.address, done="published" if in_time else "later")


@router.post("/{name}/send")
def send(issue: TheIssue, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Send a published edition to who was not sent it yet, and what is due to be tried again."""
    by, reason = asking.user.name, text(form, "reason")
    work = sending(room, issue, by=by, reason=reason)
    in_time = room.do("send", work, by=by, wait=20)
    return back_to(issue.address, done="sent" if in_time else "later", at="sent")


@router.post("/{name}/correct")
def correct(issue: TheIssue, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Set a correction on a published edition."""
    by, reason = asking.user.name, text(form, "reason")
    say(room, issue, "correction", text(form, "value"), by=by, reason=reason)
    return back_to(issue.address, done="corrected")


@router.post("/{name}/withdraw")
def withdraw(issue: TheIssue, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Withdraw a published edition, with the reason that its readers see."""
    say(room, issue, "withdraw", text(form, "value"), by=asking.user.name)
    return back_to(issue.address, done="withdrawn")


@router.post("/{name}/unsay")
def unsay(issue: TheIssue, room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Take a correction or a withdrawal back."""
    by, reason = asking.user.name, text(form, "reason")
    undone = room.desk.undo(text(form, "act"), by=by, reason=reason)
    write_told(room.store, room.settings, undone)
    return back_to(issue.address, done="undone" if undone else "nothing")


def publish_issue(room: Room, issue: Issue, *, by: str, send: bool, reason: str = "") -> None:
    """Freeze an edition, write it, and send it where that is asked for."""
    job, period = Job("edition", room.runner()), issue.period
    written = job.publish(period.kind, period.name, audience=issue.audience, freeze=True)
    id = written.edition.id
    room.desk.write("published", id, by=by, edition=id, reason=reason)
    if send:
        room.desk.write("sent", id, by=by, edition=id, reason=reason)
        job.send(written.edition)


def sending(room: Room, issue: Issue, *, by: str, reason: str = "") -> Callable[[], None]:
    """Return what sends a published edition to who was not sent it yet; raises 409."""
    with room.store.read() as db:
        if not ledger.is_frozen(db, issue.id):
            raise HTTPException(409, "The edition is not published yet.")
    edition, _ = room.edition(issue)
    if edition.withdrawn:
        raise HTTPException(409, "The edition is withdrawn: it is sent to nobody.")
    delivery = room.settings.delivery
    if not (delivery.smtp.host or delivery.channels):
        raise HTTPException(409, "There is no mail server and no chat in the settings.")

    def send() -> None:
        room.desk.write("sent", edition.id, by=by, edition=edition.id, reason=reason)
        Job("edition", room.runner()).send(edition)

    return send


def addresses_of(room: Room, issue: Issue) -> set[str]:
    """Return the addresses that get an edition by mail."""
    name = issue.audience.name
    with room.store.read() as db:
        readers = subscribers.all_of(db, audience=name, state="active")
    return {each.address for each in readers} | {
        each.lower() for each in named_in(room.settings, name)
    }


def say(
    room: Room, issue: Issue, kind: str, value: str, *, by: str, reason: str = ""
) -> Decision | Clash:
    """Say something of a published edition, and write it anew; raises 409 and 400."""
    id = issue.id
    with room.store.read() as db:
        if not ledger.is_frozen(db, id):
            raise HTTPException(409, "The edition is not published yet.")
    if not value.strip():
        raise HTTPException(400, "Write what readers are to be told.")
    made = room.desk.write(kind, id, value.strip(), by=by, edition=id, reason=reason)
    if isinstance(made, Decision):
        write_told(room.store, room.settings, [made])
    return made


def _moved(stories: list[str], story: str, where: str) -> list[str]:
    place = stories.index(story)
    rest = [each for each in stories if each != story]
    at = {"up": max(0, place - 1), "down": place + 1, "top": 0}.get(where, place)
    return [*rest[:at], story, *rest[at:]]
