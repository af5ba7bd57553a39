"""The same acts as JSON, for programs that hold a token: OpenAPI at `/api/openapi.json`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, HTTPException, Path, Query, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException as AnyHTTPException

from digest import __version__
from digest.by_hand import add_by_hand
from digest.desk import LONGEST, Clash, is_of_edition, regroup
from digest.errors import ConfigError, DigestError, FetchError, InputError
from digest.jobs import Job
from digest.records import Decision
from digest.store import decisions, inbox, ledger, reading
from digest.store.accounts import User
from digest.web.listing import A_PAGE, Wanted, make_filter
from digest.web.room import Room
from digest.web.rows import Row, make_rows
from digest.web.signing_in import bearer
from digest.web.telling import find_story

ROLE_OF = {"read": "reader", "edit": "editor", "publish": "editor"}
Text = Annotated[str, Field(max_length=LONGEST)]
Id = Annotated[str, Field(min_length=1, max_length=200)]
Period = Annotated[str, Path(pattern=r"^\d{4}-[WQ]\d{1,2}$", examples=["2026-Q3"])]
PeriodQuery = Annotated[str, Query(pattern=r"^(\d{4}-[WQ]\d{1,2})?$")]
StoryId = Annotated[str, Path(min_length=1, max_length=200)]


class Problem(BaseModel):
    """What went wrong, and what cures it."""

    error: str
    cure: str = ""


class Body(BaseModel):
    """A body; unknown fields are errors."""

    model_config = ConfigDict(extra="forbid")


class NewDecision(Body):
    """A decision on a story, or on an edition."""

    kind: Literal[
        "headline", "note", "label", "lead", "include", "exclude", "section", "comment", "assigned"
    ]
    story: Id
    value: Text = ""
    object: str = Field("", max_length=200, description="The article that leads (`lead`).")
    reason: Text = ""
    period: str = Field("", pattern=r"^(\d{4}-[WQ]\d{1,2})?$")
    seen: int | None = Field(None, ge=0, description="Revision that was seen; null: any.")


class Made(BaseModel):
    """A decision as it was kept."""

    id: str
    act: str
    kind: str
    subject: str
    value: str
    actor: str
    at: str
    reason: str
    edition: str
    revision: int


class ClashAnswer(BaseModel):
    """Somebody else decided the same since: nothing was saved."""

    theirs: Made | None
    mine: Made
    revision: int


class Merge(Body):
    """Stories that are one."""

    stories: list[Id] = Field(min_length=2, max_length=50)
    reason: Text = ""


class Part(Body):
    """Articles that leave a story, into one of their own or into another one."""

    articles: list[Id] = Field(min_length=1, max_length=200)
    to: str = Field("", max_length=200)
    reason: Text = ""


class Undo(Body):
    """An act to undo; "" for the last one of the token's holder."""

    act: str = Field("", max_length=200)


class Order(Body):
    """The stories of an edition in order."""

    stories: list[Id] = Field(max_length=500)
    seen: int | None = Field(None, ge=0)


class Address(Body):
    """One address to read."""

    url: str = Field(min_length=8, max_length=2000, pattern=r"^https?://")


class Acted(BaseModel):
    """What an act did."""

    act: str
    done: bool = Field(description="False where the steps are still at it.")


class StoryRow(BaseModel):
    """A story in a list."""

    id: str
    headline: str
    language: str
    original: str
    score: float
    members: list[str]
    publishers: list[str]
    place: int
    standing: str
    edited: list[str]
    assigned: str
    labels: list[str]


class Stories(BaseModel):
    """A page of stories."""

    stories: list[StoryRow]
    total: int


class EditionHead(BaseModel):
    """An edition that is published."""

    id: str
    closed_at: str
    checksum: str


ANSWERS: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem} for code in (400, 401, 403, 404, 405, 409, 415, 422, 500, 502)
}
token = HTTPBearer(auto_error=False, description="A token of the account page.")


def make_api(room: Room) -> FastAPI:
    """Return the API over a room."""
    api = FastAPI(
        title="Digest, the room",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        responses=ANSWERS,
        dependencies=[Security(token)],
    )
    reader, editor, publisher = (Depends(_may(room, scope)) for scope in ROLE_OF)
    for path, method, act, may, status in (
        ("/stories", "GET", _stories, reader, 200),
        ("/stories/{id}", "GET", _story, reader, 200),
        ("/decisions", "POST", _decide, editor, 201),
        ("/merge", "POST", _merge, editor, 201),
        ("/stories/{id}/part", "POST", _part, editor, 201),
        ("/undo", "POST", _undo, editor, 200),
        ("/addresses", "POST", _read, editor, 201),
        ("/editions", "GET", _editions, reader, 200),
        ("/editions/{name}", "GET", _edition, reader, 200),
        ("/editions/{name}/order", "PUT", _order, editor, 200),
        ("/editions/{name}/publish", "POST", _publish, publisher, 200),
    ):
        api.add_api_route(
            f"/v1{path}",
            act,
            methods=[method],
            status_code=status,
            dependencies=[may],
            response_model_exclude_none=False,
            name=act.__name__.strip("_"),
        )
    for kind in (DigestError, AnyHTTPException, RequestValidationError):
        api.add_exception_handler(kind, _problem)
    api.state.room = room
    return api


def _may(room: Room, scope: str) -> Callable[[Request], None]:
    def check(request: Request) -> None:
        known = bearer(request, room)
        if known is None:
            raise HTTPException(401, "A token is needed: Authorization: Bearer …")
        user, scopes = known
        if scope not in scopes or not user.may(ROLE_OF[scope]):
            raise HTTPException(403, f"The token may not {scope}.")
        request.state.user = user

    return check


def _stories(
    request: Request,
    period: PeriodQuery = "",
    q: Annotated[str, Query(max_length=300)] = "",
    by: Literal["", "meaning"] = "",
    label: Annotated[str, Query(max_length=200)] = "",
    vendor: Annotated[str, Query(max_length=200)] = "",
    language: Annotated[str, Query(max_length=40)] = "",
    source: Annotated[str, Query(max_length=200)] = "",
    status: Literal["", "open", "include", "exclude", "edited", "comment", "mine"] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Stories:
    """List the stories of a period, the best first."""
    room, user = _who(request)
    wish = Wanted(period, _clean(q), by, label, vendor, language, source, status, page)
    at = room.period(period)
    glance = room.glance(at)
    with room.store.read() as db:
        wanted = make_filter(db, room, at, wish, user=user.name)
        found, many = inbox.listed(db, wanted, limit=A_PAGE, offset=(page - 1) * A_PAGE)
        reader = room.settings.audience.language
        rows = make_rows(db, found, reader=reader, edition=glance.id, places=glance.places)
    return Stories(stories=[_row(each) for each in rows], total=many)


def _story(request: Request, id: StoryId) -> dict[str, Any]:
    """Return one story: its record, and all that was decided on it."""
    room, _ = _who(request)
    with room.store.read() as db:
        story = find_story(db, _clean(id))
        entries = decisions.about(db, story.members)
    history = [asdict(each.decision) | {"revoked_by": each.revoked_by} for each in entries]
    return {"story": asdict(story), "decisions": history}


def _decide(request: Request, body: NewDecision) -> Any:
    """Decide something on a story; 409 with both versions where somebody else just did."""
    room, user = _who(request)
    with room.store.read() as db:
        story = find_story(db, _clean(body.story))
    if body.kind == "lead" and body.object not in ("", *story.members):
        raise InputError("the lead is no article of the story", cure="choose one of its members")
    placed = is_of_edition(body.kind)
    made = room.desk.write(
        body.kind,
        story.id,
        _clean(body.value),
        by=user.name,
        seen=body.seen,
        edition=room.edition_id(room.period(body.period)) if placed else "",
        object=_clean(body.object) if body.kind == "lead" else "",
        reason=_clean(body.reason),
    )
    return _decided(made)


def _merge(request: Request, body: Merge) -> Acted:
    """Join stories."""
    room, user = _who(request)
    with room.store.read() as db:
        found = [find_story(db, _clean(each)).id for each in body.stories]
    act = room.desk.merge(found[0], found[1:], by=user.name, reason=_clean(body.reason))
    return _regrouped(room, act, user)


def _part(request: Request, id: StoryId, body: Part) -> Acted:
    """Take articles out of a story: into one of their own, or into the story `to`."""
    room, user = _who(request)
    reason = _clean(body.reason)
    with room.store.read() as db:
        story = find_story(db, _clean(id)).id
        to = find_story(db, _clean(body.to)).id if body.to else ""
    if to:
        act = room.desk.move(story, body.articles, to, by=user.name, reason=reason)
    else:
        act = room.desk.split(story, body.articles, by=user.name, reason=reason)
    return _regrouped(room, act, user)


def _undo(request: Request, body: Undo) -> Acted:
    """Undo one act."""
    room, user = _who(request)
    act = _clean(body.act)
    undone = room.desk.undo(act, by=user.name) if act else room.desk.undo_last(by=user.name)
    if not undone:
        raise HTTPException(409, "There is nothing to undo.")
    return _regrouped(room, undone[0].act, user)


def _read(request: Request, body: Address) -> Acted:
    """Read one address now; answers with the id of its article."""
    room, user = _who(request)
    found: list[str] = []

    def work() -> None:
        runner = room.runner()
        found.extend(add_by_hand(runner, body.url))
        runner.keep_to(found)
        runner.run_steps()
        regroup(runner, found)

    try:
        done = room.do("read", work, by=user.name, wait=30)
    except ValueError as error:
        raise InputError(str(error)) from error
    return Acted(act=found[0] if found else "", done=done)


def _editions(request: Request) -> list[EditionHead]:
    """List the published editions, oldest first."""
    room, _ = _who(request)
    with room.store.read() as db:
        found = ledger.frozen_ids(db)
    return [EditionHead(id=id, closed_at=at, checksum=checksum) for id, at, checksum in found]


def _edition(request: Request, name: Period) -> dict[str, Any]:
    """Return an edition, published or as a draft, with the revision of its order."""
    room, _ = _who(request)
    edition, frozen = room.edition(room.period(name))
    with room.store.read() as db:
        order = room.desk.revision(db, "order", edition.id, edition=edition.id)
    return {"published": frozen, "order": order, "edition": asdict(edition)}


def _order(request: Request, name: Period, body: Order) -> Any:
    """Put the stories of a draft in order."""
    room, user = _who(request)
    id = room.edition_id(room.period(name))
    with room.store.read() as db:
        if ledger.frozen(db, id) is not None:
            raise HTTPException(409, "The edition is published: it changes no more.")
    if any(each != "".join(each.split()) for each in body.stories):
        raise InputError("an id has no spaces", cure="give the ids of stories")
    value = "\n".join(_clean(each) for each in body.stories)
    return _decided(room.desk.write("order", id, value, by=user.name, seen=body.seen, edition=id))


def _publish(request: Request, name: Period) -> Acted:
    """Freeze an edition and write it."""
    room, user = _who(request)
    period = room.period(name)

    def work() -> None:
        Job("edition", room.runner()).publish(period.kind, period.name, freeze=True)

    return Acted(act=room.edition_id(period), done=room.do("publish", work, by=user.name, wait=30))


def _who(request: Request) -> tuple[Room, User]:
    return request.app.state.room, request.state.user


def _clean(text: str) -> str:
    """Return text without what a database refuses: nulls, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _decided(made: Decision | Clash) -> Any:
    if isinstance(made, Decision):
        return _made(made)
    answer = ClashAnswer(
        theirs=_made(made.theirs) if made.theirs else None,
        mine=_made(made.mine),
        revision=made.revision,
    )
    problem = Problem(error="somebody else decided the same since", cure="see both versions")
    return JSONResponse(problem.model_dump() | answer.model_dump(), status_code=409)


def _made(decision: Decision) -> Made:
    return Made(**{name: getattr(decision, name) for name in Made.model_fields})


def _row(row: Row) -> StoryRow:
    return StoryRow(
        id=row.story.id,
        headline=row.headline,
        language=row.language,
        original=row.original,
        score=row.score,
        members=list(row.story.members),
        publishers=list(row.story.publishers),
        place=row.place,
        standing=row.standing,
        edited=list(row.edited),
        assigned=row.assigned,
        labels=list(row.facets.get("label", ())),
    )


def _regrouped(room: Room, act: str, user: User) -> Acted:
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


async def _problem(_request: Request, error: Exception) -> JSONResponse:
    status, message, cure = 500, str(error), ""
    headers = None
    if isinstance(error, DigestError):
        message, cure = error.message, error.cure
        wrong = {InputError: 422, FetchError: 502, ConfigError: 409}
        status = next((code for kind, code in wrong.items() if isinstance(error, kind)), 500)
    elif isinstance(error, AnyHTTPException):
        status, message = error.status_code, str(error.detail)
        headers = dict(error.headers or {})
        if status == 401:
            headers["WWW-Authenticate"] = "Bearer"
    elif isinstance(error, RequestValidationError):
        first = error.errors()[0]
        status, message = 422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return JSONResponse(Problem(error=message, cure=cure).model_dump(), status, headers=headers)
