"""What happened: runs, what was dropped and why, and trying it once more."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from digest.store import history, ledger
from digest.web.acts import text
from digest.web.pages import back_to, page, with_query
from digest.web.room import Room
from digest.web.signing_in import Editor, Form, Reader, TheRoom

router = APIRouter(prefix="/runs")
SHOWN = 20  #: runs that are listed
A_PAGE = 100  #: dropped inputs that are listed, and tried again by one press


@router.get("", response_class=HTMLResponse)
def runs_page(request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show what happened: runs, drops by reason, work in the background that failed."""
    with room.store.read() as db:
        runs = ledger.last_runs(db, SHOWN)
        drops = history.count_drops(db)
        again = history.count_transient(db)
    return page(
        request,
        room,
        "runs",
        asking=asking,
        runs=[(run, report_of(run.report)) for run in runs],
        drops=sorted(drops.items(), key=lambda each: (-each[1], each[0])),
        again=again,
        failed=room.background.failed,
    )


@router.get("/drops", response_class=HTMLResponse)
def drops_page(
    request: Request, room: TheRoom, asking: Reader, stage: str = "", reason: str = ""
) -> HTMLResponse:
    """Show what one step dropped for one reason, the latest first."""
    with room.store.read() as db:
        found = history.latest_drops(db, stage, reason, limit=A_PAGE)
        many = history.count_drops(db).get((stage, reason), 0)
    return page(
        request,
        room,
        "drops",
        asking=asking,
        stage=stage,
        reason=reason,
        found=found,
        many=many,
    )


@router.get("/{id}", response_class=HTMLResponse)
def run_page(id: str, request: Request, room: TheRoom, asking: Reader) -> HTMLResponse:
    """Show one run: what each step did, which sources failed, what was noted."""
    with room.store.read() as db:
        run = ledger.find_run(db, id)
    if run is None:
        raise HTTPException(404, "There is no such run.")
    return page(request, room, "run", asking=asking, run=run, report=report_of(run.report))


@router.post("/steps")
def run_steps(room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Run every step on what waits, what failed for a while included; no source is asked."""
    return back_to("/runs", done=_steps(room, by=asking.user.name))


@router.post("/retry")
def retry(room: TheRoom, asking: Editor, form: Form) -> RedirectResponse:
    """Let the dropped inputs of a page wait again, and run the steps on them."""
    stage, reason = text(form, "stage"), text(form, "reason")
    ids = [str(each) for each in form.getlist("id")][:A_PAGE]
    with room.store.write() as db:
        history.forget_drops(db, stage, ids)
    done = _steps(room, by=asking.user.name)
    return back_to(with_query("/runs/drops", stage=stage, reason=reason), done=done)


def _steps(room: Room, *, by: str) -> str:
    return "saved" if room.do("steps", room.runner().run_steps, by=by, wait=2) else "later"


def report_of(text: str) -> dict[str, Any]:
    """Return the report of a run; nothing where it has left none."""
    found = json.loads(text or "{}")
    return found if isinstance(found, dict) else {}
