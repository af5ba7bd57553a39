"""The pages of a link that unsubscribes: without an account, and not by merely looking at it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from digest.records import Subscriber
from digest.stages.render import fill_page
from digest.subscribing import by_link, set_state
from digest.web.room import Room
from digest.web.signing_in import TheRoom

router = APIRouter(prefix="/unsubscribe")
ONE_CLICK = b"List-Unsubscribe=One-Click"  #: what a mail program posts: RFC 8058, 3.1
LARGEST = 10_000  #: bytes of a form of ours, and of a mail program's


@router.get("/{link}", response_class=HTMLResponse)
def ask(link: str, room: TheRoom) -> HTMLResponse:
    """Ask whether somebody wants to unsubscribe; what only looks at a link changes nothing."""
    return _page(room, by_link(room.store, link), link)


@router.post("/{link}", response_model=None)
async def unsubscribe(link: str, request: Request, room: TheRoom) -> Response:
    """End a subscription, or begin it again where the page's button says so.

    The link is all that is needed: it stands in the mail of its reader alone. A mail program's
    post (RFC 8058) comes without cookies, and gets a plain answer.
    """
    return await run_in_threadpool(_change, room, link, await _body(request))


def _change(room: Room, link: str, body: bytes) -> Response:
    reader = by_link(room.store, link)
    by_program = ONE_CLICK in body
    if reader is None:
        gone = PlainTextResponse("no such subscription", status_code=404)
        return gone if by_program else _page(room, None, link)
    at = room.now().isoformat()
    if b"again=yes" in body and not by_program:
        if reader.state == "unsubscribed":
            reader = set_state(room.store, reader, "active", reason="", at=at)
    elif reader.state != "unsubscribed":
        why = "one click in a mail program" if by_program else "by the page of the link"
        reader = set_state(room.store, reader, "unsubscribed", reason=why, at=at)
    return PlainTextResponse("unsubscribed") if by_program else _page(room, reader, link)


async def _body(request: Request) -> bytes:
    """Return the form, url-encoded or multipart, as far as it is no larger than one of these is."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return body[:LARGEST]
    if b"form-data" in body:  # RFC 8058 allows it: name and value stand on lines of their own
        plain = b'name="List-Unsubscribe"' in body and b"One-Click" in body
        return body + (ONE_CLICK if plain else b"")
    return body


def _page(room: Room, reader: Subscriber | None, link: str) -> HTMLResponse:
    audience = next(
        (each for each in room.settings.readers if reader and each.name == reader.audience),
        room.settings.audience,
    )
    language = (reader.language if reader else "") or audience.language
    page = fill_page("unsubscribe.html", language, reader=reader, title=audience.title, link=link)
    headers = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
    return HTMLResponse(page, status_code=200 if reader else 404, headers=headers)
