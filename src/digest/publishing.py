"""Editions: checked, frozen and written to a folder, and alerts when something is wrong."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from digest.compiling import compile_period
from digest.config import Settings
from digest.config_editions import Audience
from digest.errors import ModelError, StoreError
from digest.knowing import Said
from digest.periods import Period, edition_id
from digest.ports import Mailer
from digest.records import Article, Edition
from digest.stages.curation import AFTER, correct
from digest.stages.ledger import shown_by
from digest.stages.proofs import check_citations
from digest.stages.render import FILES, render
from digest.store import Store, decisions, ledger, reading


@dataclass(frozen=True, slots=True)
class Written:
    """An edition on disk.

    Args:
        edition: what it says.
        folder: where it lies.
        frozen: whether it is published and can no longer change.
        files: the files that were written or already were as they should be.
        notes: which files could not be made, and what would mend it.
    """

    edition: Edition
    folder: Path
    frozen: bool
    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def make_edition(
    store: Store,
    settings: Settings,
    period: Period,
    *,
    now: datetime,
    audience: Audience | None = None,
    freeze: bool = False,
    translate: Callable[[Edition], Said | None] = lambda _: None,
    write: Callable[[Edition], Edition] = lambda edition: edition,
    held: Counter[tuple[str, str]] | None = None,
) -> tuple[Edition, bool]:
    """Return the edition of a period and whether it is frozen; a frozen one is never made again.

    Args:
        store: where the records are.
        settings: audience, ranking and caps.
        period: the week or quarter.
        now: the present.
        audience: for whom; that of `[audience]` where none is given.
        freeze: keep it for ever, with the ledger of what it shows, in one transaction.
        translate: has what the edition shows translated, and gives what it said of sentences that
            stand in no summary, or None where there was nothing to translate. The edition is then
            compiled again, with the same stories, since they are chosen without it.
        write: gives the edition with drafts of a language model, where the settings name one.
        held: is filled with the stories that its limits hold back, by source and limit.

    Raises:
        StoreError: where a sentence to be shown is not, letter by letter, in its stored article.
    """
    audience = audience or settings.audience
    id = edition_id(period.kind, period, audience.name)
    with store.read() as db:
        kept = ledger.frozen(db, id)
        after = decisions.standing(db, AFTER)
    if kept is not None:
        return correct(kept, after), True
    counting = Counter[tuple[str, str]]() if held is None else held
    edition = compile_period(store, settings, period, audience=audience, now=now, held=counting)
    said = translate(edition)
    if said is not None:  # the same stories, so that they are counted once
        edition = compile_period(store, settings, period, audience=audience, now=now, said=said)
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
    edition: Edition, settings: Settings, *, formats: Iterable[str] = (), frozen: bool
) -> Written:
    """Return where the edition lies, after writing the files that are missing or differ.

    Of a published one, every file that lies there already is written, too; one that cannot be made
    is taken away, with a note.

    Args:
        edition: what to write.
        settings: say where, and as what unless `formats` does.
        formats: names of `digest.stages.render.FILES`.
        frozen: whether it is published.
    """
    folder = settings.path(settings.editions.folder) / edition.id
    written, notes = [], []
    asked = tuple(formats)
    wanted = asked or settings.editions.formats
    if frozen and settings.editions.pdf_on_publish:
        wanted = tuple(dict.fromkeys((*wanted, "pdf")))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if frozen:  # what was made in another way before is to say the same as the rest
            there = (format for format, name in FILES.items() if (folder / name).exists())
            wanted = tuple(dict.fromkeys((*wanted, *there)))
        for format in wanted:
            try:
                content = render(edition, format=format)
            except ModelError as error:
                # A library of the system is missing: what needs none is written all the same.
                if format in asked:
                    raise
                notes.append(f"{edition.id}: no {FILES[format]}: {error}")
                if frozen:  # an old one may say what holds no longer
                    (folder / FILES[format]).unlink(missing_ok=True)
                continue
            written.append(write_file(folder / FILES[format], content))
    except OSError as error:
        cure = "free some space, or set editions.folder to another folder"
        raise StoreError(f"cannot write edition {edition.id}: {error}", cure=cure) from error
    return Written(edition, folder, frozen, tuple(written), tuple(notes))


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


def write_file(file: Path, content: str | bytes) -> Path:
    """Return the file, written where it is missing or differs; never half of it."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if not file.exists() or file.read_bytes() != data:
        part = file.with_name(f"{file.name}.part")
        part.write_bytes(data)
        os.replace(part, file)
    return file
