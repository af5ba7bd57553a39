"""How a page is made: templates, words in the visitor's language, and where a form leads back."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from digest import __version__
from digest.stages.catalogues import catalogues, is_rtl, mark
from digest.stages.reviews import read_review
from digest.stages.safe import safe_url
from digest.stages.sayings import Sayings
from digest.stages.sums import has_cents, points_told
from digest.stages.words import Words
from digest.web.issues import Issue
from digest.web.room import Room
from digest.web.signing_in import Visitor

#: What a page says after an act, by the code that its address carries.
DONE: Mapping[str, str] = {
    "saved": mark("Saved."),
    "undone": mark("Undone."),
    "nothing": mark("There is nothing to undo."),
    "merged": mark("Merged: the story is one now."),
    "split": mark("The articles have left the story."),
    "moved": mark("The articles have moved."),
    "later": mark("This takes a little longer: it is done in the background."),
    "added": mark("Added."),
    "published": mark("The edition is published: it is frozen and written."),
    "sent": mark("It is on its way; what became of each copy stands below."),
    "withdrawn": mark("The edition is withdrawn."),
    "corrected": mark("The correction stands on the edition now."),
    "mark-two": mark("Mark two stories or more to merge them."),
}


@cache
def room_labels(language: str) -> gettext.NullTranslations:
    """Return the room's labels in one of `catalogues`, those of editions where it has none."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    folder = resources.files("digest").joinpath("locale", language.replace("-", "_"))
    file = folder.joinpath("LC_MESSAGES", "room.po")
    if not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as source:
        messages = read_po(source)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class RoomWords(Sayings):
    """Words that remember what they said: a list says the same numbers, days and names often."""

    def __init__(self, language: str) -> None:
        super().__init__(language, kind=Markup)
        for name in ("day", "number", "points", "language_name", "label", "status", "event"):
            setattr(self, name, lru_cache(maxsize=10_000)(getattr(super(), name)))


@cache
def words_in(language: str) -> tuple[Words, Any, Any]:
    """Return the words of a language, and what says the room's messages in it."""
    words = RoomWords(language)
    labels = room_labels(words.language)
    known = labels if isinstance(labels, gettext.GNUTranslations) else None

    def say(message: str) -> str:
        found = known.gettext(message) if known else message
        return found if found != message else words.labels.gettext(message)

    def say_many(one: str, many: str, number: int) -> str:
        found = known.ngettext(one, many, number) if known else one
        return found if found not in (one, many) else words.labels.ngettext(one, many, number)

    return words, say, say_many


@cache
def environment() -> Environment:
    """Return the templates of the room; everything that they show is escaped."""
    made = Environment(
        loader=PackageLoader("digest.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(safe_url=safe_url, read_review=read_review)
    made.globals.update(is_rtl=is_rtl, with_query=with_query, version=__version__)
    made.globals.update(points_told=points_told, has_cents=has_cents)
    return made


def with_query(path: str, **values: Any) -> str:
    """Return a path with those values that say anything."""
    said = {name: value for name, value in values.items() if value not in ("", None)}
    return f"{path}?{urlencode(said)}" if said else path


def words_for(room: Room, asking: Visitor | None) -> tuple[Words, Any, Any]:
    """Return the words of a visitor's language, that of the editions where they chose none."""
    language = asking.user.language if asking else ""
    return words_in(language or room.settings.audience.language)


def of_issue(room: Room, issue: Issue) -> dict[str, Any]:
    """Return what pages about an edition show: of when it is, for whom, and for whom else."""
    return {
        "period": issue.period,
        "issue": issue,
        "reader": issue.audience.language,
        "audiences": room.settings.readers,
    }


def page(
    request: Request,
    room: Room,
    name: str,
    *,
    asking: Visitor | None = None,
    status: int = 200,
    **values: Any,
) -> HTMLResponse:
    """Return a page in the visitor's language.

    Args:
        request: what was asked.
        room: the room.
        name: of the template, without its ending.
        asking: who; None for the pages before signing in.
        status: of the answer.
        values: what the template shows.
    """
    words, say, say_many = words_for(room, asking)
    done = DONE.get(request.query_params.get("done", ""), "")
    template = environment().get_template(f"{name}.html.j2")
    shown = {
        "request": request,
        "words": words,
        "_": say,
        "ngettext": say_many,
        "asking": asking,
        "user": asking.user if asking else None,
        "token": asking.token if asking else "",
        "done": say(done) if done else "",
        "running": list(room.background.running),
        "languages": catalogues(),
        "here": str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
        "period": None,
        "issue": None,
        "reader": room.settings.audience.language,
        "name": name,
        **values,
    }
    return HTMLResponse(template.render(shown), status_code=status)


def back_to(place: str, *, done: str = "", at: str = "") -> RedirectResponse:
    """Return the way back to a page of ours, with what it is to say; to no other site."""
    return RedirectResponse(own_place(place, done=done, at=at), status_code=303)


def own_place(place: str, *, done: str = "", at: str = "") -> str:
    """Return the address of a page of ours that a form names; "/" for any other address."""
    parts = urlsplit(place)
    path = parts.path if parts.path.startswith("/") and not parts.path.startswith("//") else "/"
    path = "/" if "\\" in path else path
    kept = [each for each in parts.query.split("&") if each and not each.startswith("done=")]
    query = "&".join([*kept, f"done={done}"] if done else kept)
    return path + (f"?{query}" if query else "") + (f"#{at}" if at else "")
