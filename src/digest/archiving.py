"""Published editions for a web server: their files, checksums, the archive and the feed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from digest import __version__
from digest.config import Settings
from digest.errors import InputError, StoreError
from digest.publishing import Written, write_edition, write_file
from digest.records import Decision, Edition
from digest.stages import archive
from digest.stages.atom import FEED, entry_of, make_feed
from digest.stages.curation import AFTER, correct
from digest.stages.render import FILES
from digest.store import Store, decisions, ledger, subscribers

SUMS = "SHA256SUMS"  #: as `sha256sum -c` reads it
SHOWN = ("html", "pdf", "md", "json", "csv")  #: files that the archive links


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file of a published edition is found to be.

    Args:
        name: of the file; "the record" for what the store has.
        state: "ok", "changed", "missing", or "unknown" where no checksum of it was kept.
        place: the folder that it lies in, "" for the record.
    """

    name: str
    state: str
    place: str = ""


def public_folder(settings: Settings) -> Path:
    """Return the folder that a web server shows: that of all editions where no other is set."""
    return settings.path(settings.editions.public or settings.editions.folder)


def publish_files(store: Store, settings: Settings, written: Written) -> Path | None:
    """Return the archive's page after a published edition's files went where readers find them.

    A draft is not published: nothing is done, and None returned.
    """
    if not written.frozen:
        return None
    files = {name: written.folder / name for name in FILES.values()}
    sums = {name: _sum(file) for name, file in files.items() if file.exists()}
    lines = "".join(f"{sum}  {name}\n" for name, sum in sorted(sums.items()))
    public = public_folder(settings) / written.edition.id
    try:
        write_file(written.folder / SUMS, lines)
        if public != written.folder:
            public.mkdir(parents=True, exist_ok=True)
            for name in (*sums, SUMS):
                write_file(public / name, (written.folder / name).read_bytes())
            for name in files.keys() - sums.keys():
                (public / name).unlink(missing_ok=True)
    except OSError as error:
        cure = "see whether editions.public can be written"
        raise StoreError(f"cannot publish {written.edition.id}: {error}", cure=cure) from error
    with store.write() as db:
        if subscribers.sums_of(db, written.edition.id) != sums:
            subscribers.set_sums(db, written.edition.id, sums)
    return write_archive(store, settings)


def write_archive(store: Store, settings: Settings, *, anew: bool = False) -> Path | None:
    """Return the archive's page, written with its index and the feed where something has changed.

    Args:
        store: has the published editions.
        settings: say where, and in which language.
        anew: write it in any case.

    Returns:
        None where no edition is published.
    """
    folder = public_folder(settings)
    with store.read() as db:
        published = ledger.frozen_ids(db)
        after = decisions.standing(db, AFTER)
    if not published:
        return None
    own = [each for each in after if each.subject in {id for id, _, _ in published}]
    files = {id: _files(folder / id) for id, _, _ in published}
    key = _key(settings, published, [(each.id, each.value) for each in own], files)
    page = folder / archive.PAGE
    if not anew and page.exists() and f"archive.js?{key}" in page.read_text("utf-8"):
        return page
    language, title = settings.audience.language, settings.audience.title
    editions = [_edition(store, id) for id, _, _ in published]
    shelf = [archive.shelve(each, files[each.id]) for each in editions]
    text = archive.make_page(shelf, title=title, language=language, key=key, feed=FEED)
    beside = folder / archive.FOLDER
    try:
        beside.mkdir(parents=True, exist_ok=True)
        for name in archive.ASSETS:
            write_file(beside / name, archive.asset(name))
        shards = archive.make_shards(shelf, language=language)
        lists = archive.make_lists(shelf, language=language, key=key)
        for name, content in (*shards.items(), *lists.items()):
            write_file(beside / name, content)
        write_file(folder / FEED, make_feed((entry_of(e) for e in editions), title=title))
        return write_file(page, text)  # last: its key says that the rest is there
    except OSError as error:
        cure = "see whether the folder can be written"
        raise StoreError(f"cannot write the archive in {folder}: {error}", cure=cure) from error


def write_all(store: Store, settings: Settings) -> tuple[int, Path | None]:
    """Return how many published editions were written again from the store, and the archive."""
    with store.read() as db:
        ids = [id for id, _, _ in ledger.frozen_ids(db)]
    for id in ids:
        _write_again(store, settings, id)
    return len(ids), write_archive(store, settings, anew=True)


def write_told(store: Store, settings: Settings, made: Iterable[Decision]) -> None:
    """Write again what is published of the editions whose readers were told something, or no more.

    Args:
        store: has the editions, and which of the decisions stand.
        settings: say where.
        made: decisions that were made, undone or brought back; only corrections and withdrawals
            count.
    """
    told = sorted({each.subject for each in made if each.kind in AFTER})
    with store.read() as db:
        ids = [id for id in told if ledger.is_frozen(db, id)]
    for id in ids:
        _write_again(store, settings, id)


def _write_again(store: Store, settings: Settings, id: str) -> None:
    publish_files(store, settings, write_edition(_edition(store, id), settings, frozen=True))


def verify(store: Store, settings: Settings, id: str) -> list[Verdict]:
    """Return how record and files of a published edition compare with what was published.

    The record is compared with the checksum of its freezing, the files with those that the store
    keeps; what a folder's own `SHA256SUMS` says is compared, too.

    Raises:
        InputError: where no such edition is published.
    """
    with store.read() as db:
        sums = subscribers.sums_of(db, id)
        kept = {each: checksum for each, _, checksum in ledger.frozen_ids(db)}
        text = ledger.record_of(db, id)
    if id not in kept or text is None:
        cure = "digest status lists what is published"
        raise InputError(f"no published edition {id!r}", cure=cure)
    whole = hashlib.sha256(text.encode("utf-8")).hexdigest() == kept[id]
    found = [Verdict("the record", "ok" if whole else "changed")]
    for folder in dict.fromkeys((settings.path(settings.editions.folder), public_folder(settings))):
        found += _compared(folder / id, sums)
    return found


def _compared(folder: Path, sums: Mapping[str, str]) -> Iterator[Verdict]:
    place = str(folder)
    for name, sum in sorted(sums.items()):
        file = folder / name
        if not file.exists():
            yield Verdict(name, "missing", place)
        else:
            yield Verdict(name, "ok" if _sum(file) == sum else "changed", place)
    lines = "".join(f"{sum}  {name}\n" for name, sum in sorted(sums.items()))
    listed = folder / SUMS
    if not sums:
        yield Verdict(SUMS, "unknown", place)
    elif not listed.exists():
        yield Verdict(SUMS, "missing", place)
    else:
        yield Verdict(SUMS, "ok" if listed.read_text("utf-8") == lines else "changed", place)


def _edition(store: Store, id: str) -> Edition:
    with store.read() as db:
        kept = ledger.frozen(db, id)
        after = decisions.standing(db, AFTER, edition=id)
    assert kept is not None  # its id comes from the list of those that are
    return correct(kept, after)


def _files(folder: Path) -> list[tuple[str, str]]:
    return [(each, FILES[each]) for each in SHOWN if (folder / FILES[each]).exists()]


def _key(settings: Settings, *what: object) -> str:
    """Return what changes with anything that the archive shows."""
    shown = (settings.audience.language, settings.audience.title, __version__)
    looks = tuple(archive.asset(name) for name in archive.ASSETS)
    return hashlib.sha256(repr((*what, shown, looks)).encode()).hexdigest()[:16]


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
