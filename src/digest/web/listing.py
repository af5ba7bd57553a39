"""The inbox: stories of a period, ranked, with why; filtered and searched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from sqlalchemy import Connection

from digest.stages.words import Words
from digest.store import accounts, inbox, reading, search
from digest.store.codec import utc
from digest.web.issues import Issue
from digest.web.pages import of_issue, page, with_query, words_for
from digest.web.room import Room
from digest.web.rows import make_rows
from digest.web.signing_in import Reader, TheRoom

router = APIRouter()
SHOWN = 200  #: values that a filter offers; others can be asked for by address
A_PAGE = 40  #: stories of one page
LONGEST_QUERY = 300
STATES = ("open", "include", "exclude", "edited", "comment", "mine")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address of the inbox asks for; "" is no wish."""

    period: str = ""
    q: str = ""
    by: str = ""  #: "meaning", else by words
    label: str = ""
    vendor: str = ""
    language: str = ""
    source: str = ""
    status: str = ""  #: one of `STATES`
    audience: str = ""  #: for whom, where it is not the main one
    page: int = 1

    def values(self, **changes: Any) -> dict[str, Any]:
        """Return the wishes as the values of an address, with some changes."""
        found = {each.name: getattr(self, each.name) for each in fields(self)} | changes
        return {name: value for name, value in found.items() if (name, value) != ("page", 1)}


async def wanted(
    period: str = "",
    q: str = "",
    by: str = "",
    label: str = "",
    vendor: str = "",
    language: str = "",
    source: str = "",
    status: str = "",
    audience: str = "",
    page: str = "1",
) -> Wanted:
    """Return what an address asks for; what makes no sense is no wish."""
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    texts = (period, q, by, label, vendor, language, source, status, audience)
    cut = (text.replace("\x00", "")[:LONGEST_QUERY].strip() for text in texts)
    return replace(Wanted(*cut), page=max(1, number))  # type: ignore[arg-type]  # texts, in order


Wish = Annotated[Wanted, Depends(wanted)]


@router.get("/")
def front() -> RedirectResponse:
    """Lead to the inbox."""
    return RedirectResponse("/inbox", status_code=303)


@router.get("/inbox", response_class=HTMLResponse)
def inbox_page(request: Request, room: TheRoom, asking: Reader, wish: Wish) -> HTMLResponse:
    """Show the stories of a period."""
    issue = room.issue(wish.period, wish.audience)
    glance = room.drafts.glance(issue)
    with room.store.read() as db:
        chosen = make_filter(db, room, issue, wish, user=asking.user.name)
        offset = (wish.page - 1) * A_PAGE
        found, many = room.listed(db, chosen, limit=A_PAGE, offset=offset)
        rows = make_rows(
            db,
            found,
            reader=issue.audience.language,
            edition=glance.id,
            places=glance.places,
        )
        choices = room.choices(db)
    words = words_for(room, asking)[0]
    return page(
        request,
        room,
        "inbox",
        asking=asking,
        **of_issue(room, issue),
        frozen=glance.frozen,
        wish=wish,
        rows=rows,
        many=many,
        pages=max(1, -(-many // A_PAGE)),
        options=options_of(room, choices, words, wish),
        states=STATES,
        link=lambda **changes: with_query("/inbox", **wish.values(**changes)),
    )


def options_of(
    room: Room, choices: dict[str, list[tuple[str, int]]], words: Words, wish: Wanted
) -> dict[str, Markup]:
    """Return the options of each filter, with the chosen one marked; hundreds are made once."""
    say = {"label": words.label, "language": words.language_name}
    found = {}
    for kind, values in choices.items():
        made = room.keep(
            f"options:{words.language}:{kind}", partial(_options, values, say.get(kind, str))
        )
        found[kind] = _chosen(made, str(getattr(wish, kind)))
    return found


def _options(values: list[tuple[str, int]], say: Callable[[str], str]) -> str:
    option = Markup('<option value="{}">{} ({})</option>')
    return "".join(option.format(value, say(value), many) for value, many in values[:SHOWN])


def _chosen(options: str, value: str) -> Markup:
    if not value:
        return Markup(options)  # noqa: S704  # made of escaped parts just now
    named = Markup('<option value="{}"').format(value)
    if f"{named}>" in options:
        return Markup(options.replace(f"{named}>", f"{named} selected>", 1))  # noqa: S704
    return Markup(options) + Markup('<option value="{0}" selected>{0}</option>').format(value)  # noqa: S704


def make_filter(
    db: Connection, room: Room, issue: Issue, wish: Wanted, *, user: str
) -> inbox.Filter:
    """Return the filter of what is asked for."""
    period, edition = issue.period, issue.id
    start, end = utc(period.start.isoformat()), utc(period.end.isoformat())
    kinds = ("label", "vendor", "language", "source")
    facets = {kind: getattr(wish, kind) for kind in kinds if getattr(wish, kind)}
    without: list[tuple[str, str]] = []
    match wish.status:
        case "include" | "exclude":
            facets[wish.status] = edition
        case "open":
            without = [("include", edition), ("exclude", edition)]
        case "edited" | "comment":
            facets[wish.status] = ""
        case "mine":
            facets["assigned"] = user
    among = _found(db, room, wish, start=start, end=end) if wish.q else None
    return inbox.Filter(start, end, facets, without, among)


def _found(db: Connection, room: Room, wish: Wanted, *, start: str, end: str) -> list[str]:
    if wish.by != "meaning":
        return search.find(db, wish.q, start=start, end=end)
    articles = room.meaning.nearest(wish.q, start=start, end=end)
    story_of = reading.story_of(db, articles)
    return list(dict.fromkeys(story_of[each] for each in articles if each in story_of))


def people(db: Connection) -> list[str]:
    """Return who a story can be assigned to."""
    return [each.name for each in accounts.all_users(db) if each.active and each.may("editor")]
