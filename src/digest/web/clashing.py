"""The page that shows two versions of one part side by side: nobody's words are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fastapi import Request
from fastapi.datastructures import FormData
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection

from digest.desk import Clash
from digest.records import Article, Decision
from digest.stages.curation import read_labels, read_sentences
from digest.stages.reviews import KIND
from digest.stages.sections import TITLES
from digest.store import reading
from digest.store.inbox import Listed
from digest.web.launch_rows import in_words
from digest.web.pages import own_place, page, words_for
from digest.web.room import Room
from digest.web.rows import make_rows
from digest.web.signing_in import Visitor


def clash_page(
    request: Request, room: Room, asking: Visitor, form: FormData, clash: Clash
) -> HTMLResponse:
    """Show what somebody else has saved since, beside what was to be saved; nothing by its id."""
    values = [(key, value) for key, value in form.multi_items() if key not in ("seen", "token")]
    words, say, _ = words_for(room, asking)
    reader = room.settings.audience.language
    with room.store.read() as db:
        theirs, mine = (
            _lines(db, each, reader=reader, label=words.label, say=say)
            for each in (clash.theirs, clash.mine)
        )
        about = _headlines(db, [clash.mine.subject], reader=reader)
    if not about:  # an edition: "quarterly-2026-Q3-cmo"
        period = room.period("-".join(clash.mine.subject.split("-")[1:3]))
        about = [str(words.period(period.kind, period.start.isoformat()))]
    return page(
        request,
        room,
        "clash",
        asking=asking,
        status=409,
        clash=clash,
        values=values,
        theirs=theirs,
        mine=mine,
        about=about[0],
        back=own_place(str(form.get("next", ""))),
    )


def _lines(
    db: Connection,
    decision: Decision | None,
    *,
    reader: str,
    label: Callable[[str], str],
    say: Callable[[str], Any],
) -> list[str]:
    """Return what a decision says, line by line, as its editor saw it."""
    if decision is None:
        return []
    value = decision.value
    match decision.kind:
        case "order":
            return _headlines(db, value.split(), reader=reader)
        case "lead":
            return _titles(db, decision.object)
        case "summary":
            found = read_sentences(value) if value else ()
            return [each.text or each.original.text for each in found]
        case "label":
            return [label(each) for each in read_labels(value)]
        case "section":
            titles = {name: title for known in TITLES.values() for name, title in known.items()}
            return [say(titles[value])] if value in titles else []
        case "include" | "exclude":
            return [say("included" if decision.kind == "include" else "left out"), decision.reason]
    said = in_words(value) if decision.kind == KIND else value
    return said.splitlines()


def _headlines(db: Connection, articles: Iterable[str], *, reader: str) -> list[str]:
    """Return the headlines of the stories that some articles are in, each once."""
    ids = list(articles)
    story_of = reading.story_of(db, ids)
    stories = dict.fromkeys(story_of[each] for each in ids if each in story_of)
    listed = [Listed(story, 0.0, 0, "", "") for story in stories]
    rows = make_rows(db, listed, reader=reader, edition="", places={})
    return [row.headline for row in rows]


def _titles(db: Connection, article: str) -> list[str]:
    found: Article | None = reading.records(db, Article, [article]).get(article)
    return [f"{found.publisher}: {found.title}"] if found else []
