"""Editions: compiled from the store, written to a folder, frozen, sent, and alerts when not."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from digest.config import Settings
from digest.errors import DeliveryError, StoreError
from digest.periods import Period, edition_id
from digest.ports import Mailer
from digest.records import (
    Article,
    Classification,
    Edition,
    Language,
    Score,
    Story,
    Summary,
    Translation,
)
from digest.stages.compile import compile_edition
from digest.stages.ledger import Ledger, quoted_by, shown_by
from digest.stages.render import check_citations, make_message, render
from digest.store import Store, ledger, reading, tally
from digest.text import parse_time

FILES = {"html": "index.html", "md": "edition.md", "mail": "mail.eml", "json": "edition.json"}


@dataclass(frozen=True, slots=True)
class Written:
    """An edition on disk.

    Args:
        edition: what it says.
        folder: where it lies.
        frozen: whether it is published and can no longer change.
        files: the files that were written or already were as they should be.
    """

    edition: Edition
    folder: Path
    frozen: bool
    files: tuple[Path, ...]


def make_edition(
    store: Store,
    settings: Settings,
    period: Period,
    *,
    now: datetime,
    freeze: bool = False,
    translate: Callable[[Edition], bool] = lambda _: False,
    write: Callable[[Edition], Edition] = lambda edition: edition,
) -> tuple[Edition, bool]:
    """Return the edition of a period and whether it is frozen; a frozen one is never made again.

    Args:
        store: where the records are.
        settings: audience, ranking and caps.
        period: the week or quarter.
        now: the present.
        freeze: keep it for ever, with the ledger of what it shows, in one transaction.
        translate: has what the edition shows translated, and tells whether anything was; then the
            edition is compiled again, with the same stories, since they are chosen without it.
        write: gives the edition with drafts of a language model, where the settings name one.

    Raises:
        StoreError: where a sentence to be shown is not, letter by letter, in its stored article.
    """
    id = edition_id(period.kind, period, settings.audience.name)
    with store.read() as db:
        kept = ledger.frozen(db, id)
    if kept is not None:
        return kept, True
    edition = _compile(store, settings, period, now=now)
    if translate(edition):
        edition = _compile(store, settings, period, now=now)
    edition = _as_before(write(edition), settings)
    _check(store, edition)
    if freeze:
        with store.write() as db:
            margin = timedelta(days=1)  # a bare date is midnight of the reader's zone, not of UTC
            first, last = (period.start - margin).isoformat(), (period.end + margin).isoformat()
            seen = reading.articles_between(db, first, last)
            ledger.freeze(db, edition, _members(edition), considered=seen)
    return edition, freeze


def write_edition(
    edition: Edition, settings: Settings, *, formats: Mapping[str, str] = FILES, frozen: bool
) -> Written:
    """Return where the edition lies, after writing the files that are missing or differ."""
    folder = settings.path(settings.editions.folder) / edition.id
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for format, name in formats.items():
            written.append(_write(folder / name, render(edition, format=format)))
    except OSError as error:
        cure = "free some space, or set editions.folder to another folder"
        raise StoreError(f"cannot write edition {edition.id}: {error}", cure=cure) from error
    return Written(edition, folder, frozen, tuple(written))


def deliver(
    store: Store, edition: Edition, settings: Settings, mailer: Mailer, *, now: str
) -> dict[str, str]:
    """Return how it went for each address that was still owed the edition.

    An address is claimed in the store before its mail leaves, so that no repetition of a run, and
    no run killed in between, sends it twice.
    """
    outcome = {}
    for address in settings.delivery.to:
        with store.write() as db:
            mine = ledger.claim_delivery(db, edition.id, address, at=now)
        if not mine:
            continue
        message = make_message(edition, sender=settings.delivery.sender, to=[address])
        try:
            mailer.send(message)
            status = "sent"
        except DeliveryError as error:
            status = f"failed: {error}"
        with store.write() as db:
            word = status.split(":")[0]
            ledger.settle_delivery(db, edition.id, address, status=word, at=now)
        outcome[address] = status
    return outcome


def alert(settings: Settings, mailer: Mailer, *, subject: str, text: str) -> bool:
    """Return whether those who look after Digest were told that something is wrong."""
    if not settings.delivery.alerts:
        return False
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = settings.delivery.sender
    message["To"] = ", ".join(settings.delivery.alerts)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    mailer.send(message)
    return True


def _compile(store: Store, settings: Settings, period: Period, *, now: datetime) -> Edition:
    late = period.previous().start  # late arrivals reach one period back
    with store.read() as db:
        ids = reading.stories_between(db, late.isoformat(), period.end.isoformat())
        stories: dict[str, Story] = reading.records(db, Story, ids)
        members = sorted({member for story in stories.values() for member in story.members})
        articles: dict[str, Article] = reading.records(db, Article, members)
        counts, drops = tally.count_period(db, period.start.isoformat(), period.end.isoformat())
        return compile_edition(
            period,
            stories=[stories[id] for id in ids],
            articles=articles,
            languages=reading.records(db, Language, members),
            classifications=reading.records(db, Classification, members),
            scores=reading.records(db, Score, ids),
            summaries=reading.records(db, Summary, ids),
            translations=reading.records(db, Translation, ids),
            audience=settings.audience,
            caps=settings.rank,
            now=now,
            ledger=_ledger(store, settings, period),
            counts=counts,
            drops=drops,
        )


def _ledger(store: Store, settings: Settings, period: Period) -> Ledger:
    who = {"kind": period.kind, "audience": settings.audience.name}
    start = period.start.isoformat()
    with store.read() as db:
        before = ledger.previous(db, **who, start=start)
        if before is None:
            return Ledger()
        shown = ledger.shown_before(db, **who, start=start)
        now_in = reading.story_of(db, sorted(shown))
        considered = ledger.considered_by(db, before[0])
        last = ledger.frozen(db, before[0])
    by_story: dict[str, set[str]] = {}
    for article in shown & set(now_in):
        by_story.setdefault(now_in[article], set()).add(article)
    id, closed = before
    return Ledger(
        shown={story: frozenset(articles) for story, articles in by_story.items()},
        previous=id,
        closed=parse_time(closed),
        considered=considered,
        quoted=quoted_by(last) if last else {},
    )


def _members(edition: Edition) -> dict[str, list[str]]:
    return {story: sorted(articles) for story, articles in shown_by(edition).items()}


def _check(store: Store, edition: Edition) -> None:
    cited = [citation.article for citation in edition.citations]
    with store.read() as db:
        texts = {id: a.text for id, a in reading.records(db, Article, cited).items()}
    problems = check_citations(edition, texts)
    if problems:
        message = f"edition {edition.id} is not published: {problems[0]}"
        raise StoreError(message, cure="run `digest run` again; the articles have changed since")


def _as_before(edition: Edition, settings: Settings) -> Edition:
    """Return the edition with the time of the draft on disk where nothing else has changed.

    The same edition built twice is then the same file.
    """
    file = settings.path(settings.editions.folder) / edition.id / FILES["json"]
    try:
        before = json.loads(file.read_text("utf-8"))["compiled_at"]
    except (OSError, ValueError, KeyError, TypeError):
        return edition  # no draft that could be compared: this is the first
    again = replace(edition, compiled_at=before)
    same = render(again, format="json") == file.read_text("utf-8")
    return again if same else edition


def _write(file: Path, content: str | bytes) -> Path:
    data = content.encode("utf-8") if isinstance(content, str) else content
    if not file.exists() or file.read_bytes() != data:
        part = file.with_name(f"{file.name}.part")
        part.write_bytes(data)
        os.replace(part, file)
    return file
