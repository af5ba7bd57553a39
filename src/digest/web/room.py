"""What the pages share: the store, the desk, work in the background, and drafts at hand."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from digest.config import Settings
from digest.desk import Desk
from digest.errors import DigestError, InputError
from digest.opening import make_clock
from digest.periods import Period, last_period, parse_period
from digest.records import Edition, Source
from digest.runner import Runner
from digest.sources import load_sources
from digest.store import accounts, decisions, inbox, ledger, search
from digest.web.drafting import Drafts
from digest.web.issues import Issue
from digest.web.kept import Kept
from digest.web.meaning import Meaning
from digest.web.working import PATIENCE, Background
from digest.wiring import make_runner

TURN = 10.0  #: seconds between two looks at what other processes have read
MOST = 10_000  #: values of one kind that stories are filtered by
BATCH = 500  #: texts that are indexed in one transaction


class Room:
    """One store with its editors.

    Args:
        settings: the settings.
        settled: called when lists and indexes are in line with what was read.
    """

    def __init__(self, settings: Settings, *, settled: Callable[[], None] = lambda: None) -> None:
        self.settings = settings
        self._settled = settled
        self._runner = make_runner(settings)
        self.store = self._runner.store
        self.labels = self._runner.tools.knowledge.categories  #: as the settings want them
        self.clock = make_clock(settings)
        self.desk = Desk(self.store, self.clock)
        self.meaning = Meaning(self.store, self._runner.tools.encoder)
        self.generation = 0  #: changes with what was read
        self._ready = threading.Event()
        self.background = Background(self._changed)
        self.drafts = Drafts(
            self.store,
            settings,
            self.clock,
            generation=lambda: self.generation,
            ready=self._ready,
            failed=self.background.note,
        )
        self._sources: tuple[tuple[int, int], tuple[Source, ...]] | None = None
        self._kept = Kept()
        self._stop = threading.Event()
        self._looked: tuple[Any, int] = (None, -1)

    @cached_property
    def secret(self) -> str:
        """What cookies are signed with; made once, kept in the store."""
        with self.store.write() as db:
            return accounts.own_secret(db, "cookies")

    def now(self) -> datetime:
        """Return the real present, by which sessions end, whatever the settings fix."""
        return datetime.now(UTC)

    def runner(self) -> Runner:
        """Return a new run over the store, with the models that are loaded already."""
        return Runner(self.store, self.settings, self._runner.tools, self.clock, self.sources())

    def sources(self) -> tuple[Source, ...]:
        """Return the sources of the file, read again where it has changed."""
        file = self.settings.path(self.settings.sources)
        if not file.exists():
            return ()
        state = file.stat()
        key = (state.st_mtime_ns, state.st_size)
        if self._sources is None or self._sources[0] != key:
            self._sources = (key, tuple(load_sources(file)))
        return self._sources[1]

    def period(self, name: str = "") -> Period:
        """Return a week or quarter by name, else the quarter just ended; raises `InputError`."""
        zone = self.settings.schedule.timezone
        return parse_period(name, zone) if name else last_period("quarterly", self.clock(), zone)

    def issue(self, period: str = "", audience: str = "") -> Issue:
        """Return the edition that is asked for, by name of period and audience.

        Raises:
            InputError: where there is no such period or audience.
        """
        readers = self.settings.readers
        found = next((each for each in readers if each.name == audience), None)
        if found is None and audience:
            known = ", ".join(each.name for each in readers)
            raise InputError(f"no audience {audience!r}", cure=f"there are: {known}")
        main = self.settings.audience
        return Issue(self.period(period), found or main, found is None or found is main)

    def edition(self, issue: Issue) -> tuple[Edition, bool]:
        """Return an edition, and whether it is published; drafts are kept at hand."""
        return self.drafts.edition(issue)

    def choices(self, db: Connection) -> dict[str, list[tuple[str, int]]]:
        """Return what stories can be filtered by, with numbers; kept until something is read."""
        found: dict[str, list[tuple[str, int]]] = self._kept.get(
            self.generation,
            "choices",
            lambda: {kind: inbox.facet_values(db, kind, limit=MOST) for kind in inbox.OF_RECORDS},
        )
        return found

    def listed(
        self, db: Connection, wanted: inbox.Filter, *, limit: int, offset: int
    ) -> tuple[list[inbox.Listed], int]:
        """Return a page of stories and their number, which is counted once until it can change."""
        if wanted.among is not None:
            return inbox.listed(db, wanted, limit=limit, offset=offset)
        by_editors = {*wanted.facets, *(kind for kind, _ in wanted.without)}
        decided = decisions.count(db) if by_editors.intersection(inbox.OF_DECISIONS) else 0
        state = (self.generation, decided)
        many = self._kept.get(state, repr(wanted), lambda: inbox.count(db, wanted))
        return inbox.best(db, wanted, limit=limit, offset=offset), many

    def keep(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what was made under a name since something was last read, else make it."""
        return self._kept.get(self.generation, name, make)

    def do(self, title: str, work: Callable[[], Any], *, by: str, wait: float = PATIENCE) -> bool:
        """Do something after what is being done; see `Background.do`."""
        return self.background.do(title, work, by=by, wait=wait)

    def start(self) -> None:
        """Begin to look after the list of stories and the index of words."""
        threading.Thread(target=self._keep_up, name="room-index", daemon=True).start()

    def close(self) -> None:
        """Stop, and let go of the store."""
        self._stop.set()
        self.background.close()
        self.store.close()

    def catch_up(self) -> None:
        """Bring list of stories, index of words and vectors in line with the records."""
        changed = False
        while not self._stop.is_set():
            with self.store.write() as db:
                many = inbox.refresh(db)
            changed = changed or many > 0
            if not many:
                break
        if changed:
            self.generation += 1
        self._ready.set()
        while not self._stop.is_set():
            with self.store.write() as db:
                texts = search.unindexed(db, BATCH)
                search.index(db, texts)
            if len(texts) < BATCH:
                break
            self._stop.wait(0.01)
        self.meaning.catch_up()

    def _changed(self) -> None:
        self.generation += 1

    def _keep_up(self) -> None:
        while not self._stop.is_set():
            try:
                with self.store.read() as db:
                    runs = ledger.last_runs(db, 1)
                seen = [(run.id, run.finished_at) for run in runs]
                last, generation = self._looked
                if (seen, self.generation) != (last, generation) or (seen and not seen[0][1]):
                    self.catch_up()
                    if seen != last:  # what failed and was dropped is told anew, too
                        self.generation += 1
                        self._settled()
                    self._looked = seen, self.generation
            except DigestError as error:  # another process may hold the database: the next turn
                self.background.note("index", error)
            self._stop.wait(TURN)
