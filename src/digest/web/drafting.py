"""Drafts and published editions at hand: made when they are asked for, kept until they change."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from digest.config import Settings
from digest.drafts import make_draft
from digest.errors import DigestError, InputError
from digest.ports import Clock
from digest.records import Edition
from digest.stages.curation import AFTER, correct
from digest.stages.ledger import entrants
from digest.store import Store, decisions, ledger
from digest.web.issues import Glance, Issue
from digest.web.working import PATIENCE

REST = 2.0  #: seconds between two drafts that are made for lists alone
KEPT = 7  #: published editions at hand, besides the last one that was asked for


class Drafts:
    """The editions of a store as they are now.

    Args:
        store: the store.
        settings: say what an edition holds.
        clock: gives the present.
        generation: gives a number that changes with what was read.
        ready: set when the list of stories is in line with the records.
        failed: is told of a draft that could not be renewed.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Clock,
        *,
        generation: Callable[[], int],
        ready: threading.Event,
        failed: Callable[[str, DigestError], None],
    ) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock
        self._generation = generation
        self._ready = ready
        self._failed = failed
        self._drafts: dict[str, tuple[Any, Edition]] = {}
        self._published: dict[str, Edition] = {}
        self._drafting = threading.Lock()
        self._renewing = threading.Lock()
        self._renewed = 0.0

    def edition(self, issue: Issue) -> tuple[Edition, bool]:
        """Return an edition, and whether it is published."""
        self._ready.wait(PATIENCE)
        id = issue.id
        with self._store.read() as db:
            if ledger.is_frozen(db, id):
                return correct(self.published(db, id), decisions.standing(db, AFTER)), True
            key = (self._generation(), decisions.count(db))
        known = self._drafts.get(id)
        if known is not None and known[0] == key:
            return known[1], False
        with self._drafting:  # whoever waited finds what the one before has made
            known = self._drafts.get(id)
            if known is None or known[0] != key:
                known = self._drafts[id] = (key, self._make(issue))
        return known[1], False

    def published(self, db: Connection, id: str) -> Edition:
        """Return a published edition as it was frozen; raises `InputError` where there is none."""
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
        with self._store.read() as db:
            frozen = ledger.is_frozen(db, id)
            key = (self._generation(), decisions.count(db))
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

    def _make(self, issue: Issue) -> Edition:
        now, audience = self._clock(), issue.audience
        return make_draft(self._store, self._settings, issue.period, now=now, audience=audience)

    def _renew(self, issue: Issue) -> None:
        if self._renewing.acquire(blocking=False):
            try:
                self.edition(issue)
            except DigestError as error:
                self._failed("draft", error)
            finally:
                self._renewed = time.monotonic()
                self._renewing.release()
