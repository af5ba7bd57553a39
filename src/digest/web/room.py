"""What the pages share: the store, the desk, work in the background, and drafts at hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from digest.config import Settings
from digest.config_editions import Audience
from digest.desk import Desk
from digest.drafts import make_draft
from digest.errors import DigestError, InputError
from digest.opening import make_clock
from digest.periods import Period, edition_id, last_period, parse_period
from digest.records import Edition, Source
from digest.runner import Runner
from digest.sources import load_sources
from digest.stages.curation import AFTER, correct
from digest.stages.ledger import entrants
from digest.store import accounts, decisions, inbox, ledger, search
from digest.web.kept import Kept
from digest.web.meaning import Meaning
from digest.wiring import make_runner

PATIENCE = 8.0  #: seconds that a page waits for work in the background before it is shown
TURN = 10.0  #: seconds between two looks at what other processes have read
REST = 2.0  #: seconds between two drafts that are made for lists alone
MOST = 10_000  #: values of one kind that stories are filtered by
KEPT = 7  #: published editions at hand, besides the last one that was asked for
BATCH = 500  #: texts that are indexed in one transaction


@dataclass(slots=True)
class Work:
    """Something that is done in the background, one after another."""

    title: str
    by: str
    begun: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Which edition somebody is at: of a week or quarter, for an audience.

    Args:
        period: the week or quarter.
        audience: for whom.
        is_main: whether the audience is that of `[audience]`, whom no address has to name.
    """

    period: Period
    audience: Audience
    is_main: bool

    @property
    def id(self) -> str:
        """The edition's id."""
        return edition_id(self.period.kind, self.period, self.audience.name)

    @property
    def name(self) -> str:
        """The audience as addresses name it: "" for the main one."""
        return "" if self.is_main else self.audience.name

    @property
    def address(self) -> str:
        """Where the edition's page is."""
        named = f"?audience={self.name}" if self.name else ""
        return f"/editions/{self.period.name}{named}"


@dataclass(frozen=True, slots=True)
class Glance:
    """An edition as a list needs it: its id, whether it is published, story → place."""

    id: str
    frozen: bool
    places: Mapping[str, int]


class Room:
    """One store with its editors.

    Args:
        settings: the settings.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._runner = make_runner(settings)
        self.store = self._runner.store
        self.clock = make_clock(settings)
        self.desk = Desk(self.store, self.clock)
        self.meaning = Meaning(self.store, self._runner.tools.encoder)
        self.running: list[Work] = []
        self.failed: list[Work] = []
        self.generation = 0  #: changes with what was read
        self._drafts: dict[str, tuple[Any, Edition]] = {}
        self._sources: tuple[tuple[int, int], tuple[Source, ...]] | None = None
        self._published: dict[str, Edition] = {}
        self._kept = Kept()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="room-work")
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._drafting = threading.Lock()
        self._renewing = threading.Lock()
        self._renewed = 0.0
        self._looked: Any = None

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
        self._ready.wait(PATIENCE)
        id = issue.id
        with self.store.read() as db:
            if ledger.is_frozen(db, id):
                return correct(self.published(db, id), decisions.standing(db, AFTER)), True
            key = (self.generation, decisions.count(db))
        known = self._drafts.get(id)
        if known is not None and known[0] == key:
            return known[1], False
        with self._drafting:  # whoever waited finds what the one before has made
            known = self._drafts.get(id)
            if known is None or known[0] != key:
                draft = make_draft(
                    self.store,
                    self.settings,
                    issue.period,
                    now=self.clock(),
                    audience=issue.audience,
                )
                known = self._drafts[id] = (key, draft)
        return known[1], False

    def published(self, db: Connection, id: str) -> Edition:
        """Return a published edition as it was frozen; those that were asked for stay at hand."""
        if id not in self._published:
            found = ledger.frozen(db, id)
            if found is None:
                raise InputError(f"no published edition {id!r}", cure="see the list of editions")
            self._published = dict([*list(self._published.items())[-KEPT:], (id, found)])
        return self._published[id]

    def glance(self, issue: Issue) -> Glance:
        """Return where stories stand in the edition, without waiting for a draft to be renewed.

        A list shows what the last draft had, and the draft is made anew meanwhile: what an editor
        has just decided stands in the list in any case, for it comes from the decisions.
        """
        id = issue.id
        with self.store.read() as db:
            frozen = ledger.is_frozen(db, id)
            key = (self.generation, decisions.count(db))
        known = self._drafts.get(id)
        if frozen or known is None:
            edition, _ = self.edition(issue)
        else:
            edition = known[1]
            rested = time.monotonic() - self._renewed > REST
            if known[0] != key and rested and not self._renewing.locked():
                threading.Thread(target=self._renew, args=(issue,), daemon=True).start()
        places = {each.story: place for place, each in enumerate(entrants(edition), start=1)}
        return Glance(id, frozen, places)

    def _renew(self, issue: Issue) -> None:
        if self._renewing.acquire(blocking=False):
            try:
                self.edition(issue)
            except DigestError as error:
                self.failed = [Work("draft", "", self.now().isoformat(), str(error))]
            finally:
                self._renewed = time.monotonic()
                self._renewing.release()

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
        """Do something after what is being done; returns whether it was done in time.

        Raises:
            DigestError: where it failed in time; later failures are told on the page of runs.
        """
        job = Work(title, by, self.now().isoformat())
        self.running.append(job)
        done: Future[None] = self._pool.submit(self._done, job, work)
        try:
            done.result(timeout=wait)
        except TimeoutError:
            return False
        return True

    def _done(self, job: Work, work: Callable[[], Any]) -> None:
        try:
            work()
        except Exception as error:
            job.error = str(error) if isinstance(error, DigestError) else type(error).__name__
            self.failed = [job, *self.failed[:19]]
            raise
        finally:
            self.running.remove(job)
            self.generation += 1

    def start(self) -> None:
        """Begin to look after the list of stories and the index of words."""
        threading.Thread(target=self._keep_up, name="room-index", daemon=True).start()

    def close(self) -> None:
        """Stop, and let go of the store."""
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
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

    def _keep_up(self) -> None:
        while not self._stop.is_set():
            try:
                with self.store.read() as db:
                    runs = ledger.last_runs(db, 1)
                seen = [(run.id, run.finished_at) for run in runs], self.generation
                if seen != self._looked or (runs and not runs[0].finished_at):
                    self.catch_up()
                    self._looked = [(r.id, r.finished_at) for r in runs], self.generation
            except DigestError as error:  # another process may hold the database: the next turn
                self.failed = [Work("index", "", self.now().isoformat(), str(error))]
            self._stop.wait(TURN)
