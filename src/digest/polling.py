"""What is read of the sources: who may be asked now, what they answer, how they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from digest import progress
from digest.config import Settings
from digest.errors import CONFIRMATION, DigestError
from digest.queues import in_queues
from digest.records import Source, SourceState
from digest.report import RunReport, listed
from digest.stages import poll
from digest.stages.backfill import Backfilled, backfill
from digest.stages.health import Health, count_week, health, is_alarming
from digest.stages.pace import after_answer, is_due, why_resting
from digest.stages.poll import Polled
from digest.stages.rule_book import hash_of
from digest.steps import Tools
from digest.store import Store, history, reading, saving
from digest.store.saving import Maker

POLL_BATCH = 100  #: sources a task polls
LATELY = timedelta(weeks=4)  #: of which `health` tells what went no further

LeftOut = Mapping[str, Mapping[tuple[str, str], int]]  #: source → (step, reason) → entries


@dataclass(frozen=True, slots=True)
class Polling:
    """The sources of one run.

    Args:
        store: where entries and what is remembered of sources are kept.
        settings: the settings.
        tools: the ports.
        clock: gives the present.
        sources: whom to read.
        report: what is counted into.
    """

    store: Store
    settings: Settings
    tools: Tools
    clock: Callable[[], datetime]
    sources: Sequence[Source]
    report: RunReport

    def batches(self, *, paced: bool = False) -> Iterator[Sequence[Source]]:
        """Return the sources that are not paused and may be asked now, in batches.

        A host's sources are spread over the batches. `paced`: those, too, that have had little to
        tell wait for their time. A folder that answers for the network knows no wishes.
        """
        active = [source for source in self.sources if not source.paused]
        due = active
        if self.settings.fetch.mirror is None:
            now, known = self.clock(), self._states(active)
            due = [s for s in active if is_due(s, known.get(s.name), now=now, paced=paced)]
            rests = {s.name: why_resting(s, known.get(s.name), now=now) for s in active}
            self.report.resting = {name: why for name, why in rests.items() if why}
        self.report.not_due += len(active) - len(due)
        batches = max(1, -(-len(due) // POLL_BATCH))
        if batches > 1:
            due = sorted(due, key=host_of_source)
        for number in range(batches):
            if batch := due[number::batches]:
                yield batch

    def poll(self, sources: Sequence[Source]) -> int:
        """Ask sources for entries, hosts at once, save what is new, and return how much that is."""
        known = self._states(sources)

        def ask(source: Source) -> Polled:
            polled = self._ask(source, known.get(source.name))
            progress.tell("poll", 1, sum(not each.paused for each in self.sources))
            return polled

        threads, pause = self.settings.fetch.parallel, self.tools.pause
        answers = in_queues(ask, sources, threads=threads, queue=host_of_source, pause=pause)
        now = self.clock()
        maker = Maker("poll", poll.VERSION, now.isoformat())
        new, states = 0, []
        with self.store.write() as db:
            for source, polled in zip(sources, answers, strict=True):
                count = self._keep(db, maker, source, polled)
                before = known.get(source.name)
                states.append(self._remembered(db, source, polled, before, new=count, now=now))
                new += count
            saving.save_states(db, maker, states)
        for source, polled in zip(sources, answers, strict=True):
            self._settle(source, polled)
        return new

    def try_out(self, source: Source) -> Polled:
        """Return what a source gives now, as if for the first time; nothing is saved."""
        return self._ask(source, None)

    def why_resting(self, source: Source) -> str:
        """Return in words what a source wishes for which no run would ask it now, or nothing."""
        return why_resting(source, self._states([source]).get(source.name), now=self.clock())

    def backfill(self, source: Source, since: datetime) -> tuple[Backfilled, int]:
        """Return what a source's past gave since a day, saved, and how much of it is new."""
        now = self.clock()
        found = backfill(
            source, since=since, fetcher=self.tools.fetcher, readers=self.tools.readers, now=now
        )
        maker = Maker("poll", poll.VERSION, now.isoformat())
        with self.store.write() as db:
            new = saving.save_items(db, maker, found.items)
            saving.save_drops(db, maker, found.drops)
        return found, new

    def left_out(self) -> LeftOut:
        """Return how many of each source's entries of the last weeks went no further, and why."""
        with self.store.read() as db:
            return history.left_out(db, since=(self.clock() - LATELY).isoformat())

    def health(self, lost: LeftOut | None = None) -> list[Health]:
        """Return how each source is, with what of its last weeks' entries went no further, and why.

        By what is remembered: nobody is asked.

        Args:
            lost: what `left_out` gave, for who asks often; looked up where it is left out.
        """
        now, known = self.clock(), self._states(self.sources)
        lost = self.left_out() if lost is None else lost
        found = []
        for source in self.sources:
            state = known.get(source.name)
            counts = {**lost.get(source.name, {}), **_of_polling(state)}
            each = health(source, state, now=now)
            found.append(replace(each, left_out=listed(counts)))
        return found

    def fallen_silent(self) -> list[Health]:
        """Return the sources that used to speak and have fallen silent, until they were told of.

        What `told_of` names is not named again before it has spoken.
        """
        now, known = self.clock(), self._states(self.sources)
        active = [s for s in self.sources if s.name in known and not s.paused]
        alarming = {s.name: is_alarming(s, known[s.name], now=now) for s in active}
        self._note_alarms([n for n, is_ in alarming.items() if known[n].alarmed and not is_], False)
        fresh = {name for name, is_ in alarming.items() if is_ and not known[name].alarmed}
        return [health(s, known[s.name], now=now) for s in active if s.name in fresh]

    def told_of(self, silent: Iterable[Health]) -> None:
        """Note that somebody was told of these sources' silence."""
        self._note_alarms([each.source for each in silent], True)

    def _note_alarms(self, names: Sequence[str], alarmed: bool) -> None:
        known = self._states([source for source in self.sources if source.name in names])
        maker = Maker("poll", poll.VERSION, self.clock().isoformat())
        with self.store.write() as db:
            kept = [replace(state, alarmed=alarmed) for state in known.values()]
            saving.save_states(db, maker, kept)

    def _states(self, sources: Sequence[Source]) -> dict[str, SourceState]:
        with self.store.read() as db:
            return reading.records(db, SourceState, [source.name for source in sources])

    def _ask(self, source: Source, state: SourceState | None) -> Polled:
        return poll.poll(
            source,
            state,
            fetcher=self.tools.fetcher,
            readers=self.tools.readers,
            mailbox=self.tools.mailbox,
            now=self.clock(),
        )

    def _settle(self, source: Source, polled: Polled) -> None:
        """Mark or move the mails that are kept now, and show those that ask for something."""
        notes = [d.detail for d in polled.drops if d.reason == CONFIRMATION]
        self.report.notes += [f"{source.name}: {note}" for note in notes]
        if polled.state.cursor is None or polled.state.error:
            return
        try:
            self.tools.mailbox.settle(source, polled.state.cursor)
        except DigestError as error:
            self.report.notes.append(f"{source.name}: read, but left as it was: {error}")

    def _keep(self, db: Any, maker: Maker, source: Source, polled: Polled) -> int:
        new = saving.save_items(db, maker, polled.items)
        saving.save_drops(db, maker, polled.drops)
        self._count_poll(source, polled, new)
        return new

    def _remembered(
        self,
        db: Any,
        source: Source,
        polled: Polled,
        before: SourceState | None,
        *,
        new: int,
        now: datetime,
    ) -> SourceState:
        """Return what to remember of a source; its pages wait where its rules have changed."""
        state = polled.state
        if not state.error:
            state = after_answer(state, before, new=new, wishes=polled.wishes, now=now)
            state = count_week(state, new, now=now)
        rules = hash_of(source.extract)
        if before is not None and before.rules != rules:
            saving.read_again(db, source.name)
        return state if state.rules == rules else replace(state, rules=rules)

    def _count_poll(self, source: Source, polled: Polled, new: int) -> None:
        self.report.sources += 1
        self.report.unchanged += polled.unchanged
        self.report.found += polled.found
        self.report.new += new
        self.report.drops.update({("poll", why): many for why, many in polled.left_out.items()})
        for why, many in polled.left_out.items():
            self.report.leave_out(source.name, "poll", why, many)
        if polled.found or polled.drops:
            counts = {"found": polled.found, "new": new, "dropped": sum(polled.left_out.values())}
            self.report.by_source[source.name] = counts
        if polled.state.error:
            self.report.failed[source.name] = polled.state.error


def _of_polling(state: SourceState | None) -> dict[tuple[str, str], int]:
    return {("poll", why): many for why, many in state.left_out} if state else {}


def host_of_source(source: Source) -> str:
    """Return the host that is asked for a source, "" for a folder."""
    return "" if source.is_mailed else (urlsplit(source.url).hostname or "")
