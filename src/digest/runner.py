"""The runner: reads what waits for a step, calls the step, saves what it gives, counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from digest import progress
from digest.config import Settings
from digest.errors import CONFIRMATION, DigestError
from digest.missing import install_missing, still_missing
from digest.nearby import Nearby
from digest.pipeline import make_pipeline, translating_whole
from digest.ports import Splitter
from digest.queues import in_queues
from digest.records import (
    Drop,
    Duplicate,
    Edition,
    Item,
    Page,
    Source,
    SourceState,
    Story,
    Translated,
)
from digest.report import RunReport, listed
from digest.shown import Shown, said_beside, translate_shown
from digest.stage import Stage
from digest.stages import poll
from digest.stages.backfill import Backfilled, backfill
from digest.stages.corrections import read_corrections
from digest.stages.health import Health, count_week, health, is_alarming
from digest.stages.pace import after_answer, is_due
from digest.stages.poll import Polled
from digest.stages.rule_book import hash_of, make_book
from digest.stages.speakers import make_speakers
from digest.stages.threads import one_thread
from digest.steps import Judgement, Tools
from digest.store import Store, decisions, history, reading, saving
from digest.store.saving import Maker, Result
from digest.store.waiting import Pending, waiting
from digest.writing import write_shown

POLL_BATCH = 100  #: sources a task polls
FEW = 20  #: articles whose neighbours are found sooner by one thread of linear algebra than by two
LATELY = timedelta(weeks=4)  #: of which `health` tells what went no further


class Batch:
    """Some inputs that wait for a step.

    No dataclass on purpose: Prefect looks through dataclasses that are handed to a task.

    Args:
        stage: the step.
        pending: the inputs.
    """

    __slots__ = ("pending", "stage")

    def __init__(self, stage: Stage, pending: Sequence[Pending]) -> None:
        self.stage = stage
        self.pending = pending

    def __str__(self) -> str:
        return f"{self.stage.name} ({len(self.pending)})"


class Runner:
    """One run over one store.

    No dataclass on purpose, as `Batch`: Prefect would look through all that it holds at every task.

    Args:
        store: where the records are.
        settings: the settings.
        tools: the ports.
        clock: gives the present.
        sources: whom to read.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        tools: Tools,
        clock: Callable[[], datetime],
        sources: Sequence[Source] = (),
    ) -> None:
        self.store = store
        self.settings = settings
        self.tools = tools
        self.clock = clock
        self.sources = sources
        self.report = RunReport()
        self._retried: set[tuple[str, str]] = set()
        self._asked: set[str] = set()  #: packages that were to be installed
        self._nearby: Nearby | None = None
        self._about: set[str] | None = None

    def pipeline(self) -> list[Stage]:
        """Return the steps, with the editors' decisions of this moment."""
        judgement = self._judgement()
        self.nearby.links = (*judgement.must, *judgement.cannot)
        tools = replace(
            self.tools,
            encoder=self.nearby.recent,
            rules=make_book(self.sources),
            speakers=make_speakers(self.sources),
        )
        return make_pipeline(tools, self.settings, now=self.clock(), judgement=judgement)

    @property
    def nearby(self) -> Nearby:
        """What finds the articles that a step over a window has to see, for the present encoder."""
        if self._nearby is None or self._nearby.encoder is not self.tools.encoder:
            self._nearby = Nearby(self.tools.encoder)
        return self._nearby

    def stage(self, name: str) -> Stage:
        """Return one step by name."""
        return next(stage for stage in self.pipeline() if stage.name == name)

    def poll_batches(self, *, paced: bool = False) -> Iterator[Sequence[Source]]:
        """Return the sources that are not paused and may be asked now, in batches.

        A host's sources are spread over the batches. `paced`: those, too, that have had little to
        tell wait for their time. A folder that answers for the network knows no wishes.
        """
        active = [source for source in self.sources if not source.paused]
        due = active
        if self.settings.fetch.mirror is None:
            now, known = self.clock(), self._states(active)
            due = [s for s in active if is_due(s, known.get(s.name), now=now, paced=paced)]
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
        with self.store.write() as db:
            new = sum(
                self._keep(db, source, polled, known.get(source.name))
                for source, polled in zip(sources, answers, strict=True)
            )
        for source, polled in zip(sources, answers, strict=True):
            self._settle(source, polled)
        return new

    def try_source(self, source: Source) -> Polled:
        """Return what a source gives now, as if for the first time; nothing is saved."""
        return self._ask(source, None)

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

    def health(self) -> list[Health]:
        """Return how each source is, with what of its last weeks' entries went no further, and why.

        By what is remembered: nobody is asked.
        """
        now, known = self.clock(), self._states(self.sources)
        with self.store.read() as db:
            lost = history.left_out(db, since=(now - LATELY).isoformat())
        found = []
        for source in self.sources:
            state = known.get(source.name)
            counts = lost.get(source.name, {}) | _of_polling(state)
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

    def keep_to(self, ids: Iterable[str]) -> None:
        """Work from now on for these articles only, and for what they change; the rest waits."""
        self._about = set(ids)

    def batches(self, stage: Stage) -> list[Batch]:
        """Return what waits for a step, in its batches; for a step over a window, in one."""
        with self.store.read() as db:
            found = waiting(db, stage, among=self._about)
        found = [entry for entry in found if (stage.name, entry.id) not in self._retried]
        self.report.step(stage.name).waited += len(found)
        size = len(found) if stage.shape == "together" else stage.batch
        starts = range(0, len(found), size or 1)
        return [Batch(stage, found[start : start + size]) for start in starts]

    def work(self, batch: Batch) -> int:
        """Run a step on a batch, save in one transaction, return how many records changed."""
        started = time.perf_counter()
        stage = batch.stage
        if stage.shape == "together":
            made, changed = self._work_together(batch)
        else:
            made, changed = self._work_each(batch)
        progress.tell(stage.name, len(batch.pending), self.report.step(stage.name).waited)
        self._count(stage, made, changed, len(batch.pending), time.perf_counter() - started)
        return changed

    def run_all(self) -> RunReport:
        """Poll every source and run every step: what the flows do, without Prefect."""
        for batch in self.poll_batches():
            self.poll(batch)
        return self.run_steps()

    def run_steps(self) -> RunReport:
        """Run every step on what waits, and return the report."""
        for stages in self.rounds():
            for stage in stages:
                for batch in self.batches(stage):
                    self.work(batch)
        return self.finish()

    def rounds(self) -> Iterator[list[Stage]]:
        """Return the steps; and again, where packages came that the first round had missed."""
        yield self.pipeline()
        if self.install_missing():
            yield self.pipeline()

    def install_missing(self) -> bool:
        """Return whether packages came that the run has missed; asks for each once."""
        if self.tools.installer is None:
            return False
        pairs = [pair for pair in self._missing() if pair not in self._asked]
        self._asked.update(pairs)
        return install_missing(pairs, self.tools.installer, self.report)

    def add_item(self, item: Item) -> int:
        """Save an item that was handed in; returns 1 where it is new or edited."""
        maker = Maker("poll", poll.VERSION, self.clock().isoformat())
        with self.store.write() as db:
            added = saving.save_items(db, maker, [item])
        self.report.found += 1
        self.report.new += added
        return added

    def add_page(self, item: Item, page: Page | Drop) -> None:
        """Save an item with its page, so that it need not be fetched again, or with its drop."""
        self.add_item(item)
        maker = Maker("download", self.stage("download").version, self.clock().isoformat())
        with self.store.write() as db:
            stamp = reading.stamps(db, Item, [item.id])[item.id]
            saving.save(db, maker, Page, [Result(item.id, stamp, page)])

    def translate_shown(self, shown: Sequence[Shown]) -> int:
        """Have the stories of an edition translated, and return how many had to be."""
        started = time.perf_counter()
        stage = translating_whole(self.tools, self.settings, now=self.clock())
        made = translate_shown(self.store, stage, shown, at=self.clock().isoformat())
        if made:
            self._count(stage, made, len(made), len(made), time.perf_counter() - started)
        self._take_notes()
        return len(made)

    def say_beside(self, edition: Edition, to: str) -> dict[tuple[str, str], Translated]:
        """Return translations of what an edition quotes outside of its stories."""
        if self.settings.languages.translate == "none":
            return {}
        tools = self.tools
        return said_beside(edition, translator=tools.translator, glossary=tools.glossary, to=to)

    def write_shown(self, edition: Edition) -> Edition:
        """Return an edition with drafts of the language model, as it is where there is none."""
        if self.tools.writer is None:
            return edition
        at, wanted = self.clock().isoformat(), self.settings.writer
        started = time.perf_counter()
        done = write_shown(self.store, self.tools.writer, edition, wanted, at=at)
        step = self.report.step("write")
        step.waited += done.asked
        step.made += done.kept
        step.dropped += done.refused
        step.seconds += time.perf_counter() - started
        self.report.notes += [note for note in done.notes if note not in self.report.notes]
        return done.edition

    def finish(self) -> RunReport:
        """Return the report with what the store now holds."""
        report = self.report
        with self.store.read() as db:
            counts = history.count_records(db)
            duplicates = history.count_duplicates(db)
            report.waiting = history.count_transient(db)
        report.missing_packages = self._missing()
        self._take_notes()
        report.articles = counts["articles"]
        report.stories = counts["stories"]
        report.duplicates = duplicates
        return report

    def _take_notes(self) -> None:
        """Say once in the report what the translator has to say of its splitters."""
        translator = self.tools.translator
        notes = translator.notes if isinstance(translator, Splitter) else ()
        self.report.notes += [note for note in notes if note not in self.report.notes]

    def _missing(self) -> list[str]:
        with self.store.read() as db:
            return still_missing(history.missing_packages(db), self.tools.translator)

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

    def _keep(self, db: Any, source: Source, polled: Polled, before: SourceState | None) -> int:
        now = self.clock()
        maker = Maker("poll", poll.VERSION, now.isoformat())
        new = saving.save_items(db, maker, polled.items)
        state = polled.state
        if not state.error:
            state = after_answer(state, before, new=new, wishes=polled.wishes, now=now)
            state = count_week(state, new, now=now)
        state = replace(state, rules=hash_of(source.extract))
        if before is not None and before.rules != state.rules:
            saving.read_again(db, source.name)
        saving.save_states(db, maker, [state])
        saving.save_drops(db, maker, polled.drops)
        self._count_poll(source, polled, new)
        return new

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

    def _work_each(self, batch: Batch) -> tuple[list[Any], int]:
        stage = batch.stage
        with self.store.read() as db:
            inputs = reading.inputs(db, stage, [entry.id for entry in batch.pending])
        made = list(stage.run(inputs))
        self._leave_out(stage, made, inputs)
        with self.store.write() as db:
            return made, _save(db, self._maker(stage), stage, batch.pending, made)

    def _work_together(self, batch: Batch) -> tuple[list[Any], int]:
        with one_thread() if len(batch.pending) <= FEW else nullcontext():
            return self._judge_together(batch)

    def _judge_together(self, batch: Batch) -> tuple[list[Any], int]:
        stage, nearby = batch.stage, self.nearby
        while True:
            with self.store.read() as db:
                seen = nearby.look(db, stage, batch.pending)
                inputs = reading.inputs(db, stage, [entry.id for entry in seen.pending])
            if seen.fresh and stage.survey:
                seen = replace(seen, background=stage.survey(inputs))
            made = list(stage.run(inputs, background=seen.background))
            others: list[Story] = []
            if stage.follower:
                with self.store.read() as db:
                    linked = nearby.link(db, stage, batch.pending, seen, made)
                made, others = linked.made, linked.others
            with self.store.write(alone=True) as db:
                if nearby.is_same(db, stage, batch.pending, seen):
                    changed = _save(db, self._maker(stage), stage, seen.pending, made)
                    changed += saving.save_links(db, self._maker(stage), others)
                    nearby.keep(db, stage, batch.pending, seen, inputs)
                    break
            # Another run has written into the window meanwhile: what was judged is out of date.
        fresh = {entry.id for entry in batch.pending}
        self._leave_out(stage, [each for each in made if each.id in fresh], inputs)
        nearby.settle()
        if self._about is not None:
            self._about |= {entry.id for entry in seen.pending}
        return made, changed

    def _leave_out(
        self, stage: Stage, made: Sequence[Any], inputs: Sequence[tuple[Any, ...]]
    ) -> None:
        """Count by source what a step drops, and what it finds to be a copy."""
        sources = {row[0].id: getattr(row[0], "source", "") for row in inputs}
        for record in made:
            why = _why_left_out(record)
            if why and sources.get(record.id):
                self.report.leave_out(sources[record.id], stage.name, why)

    def _maker(self, stage: Stage) -> Maker:
        return Maker(stage.name, stage.version, self.clock().isoformat())

    def _count(
        self, stage: Stage, made: Sequence[Any], changed: int, waited: int, seconds: float
    ) -> None:
        drops = [record for record in made if isinstance(record, Drop)]
        self._retried |= {(stage.name, drop.id) for drop in drops if drop.transient}
        self.report.drops.update((stage.name, drop.reason) for drop in drops)
        step = self.report.step(stage.name)
        step.made += changed
        step.same += max(0, waited - changed - len(drops)) if stage.shape == "each" else 0
        step.dropped += len(drops)
        step.seconds += seconds

    def _judgement(self) -> Judgement:
        with self.store.read() as db:
            must, cannot = decisions.links(db)
            labels = read_corrections(decisions.standing(db, decisions.ON_LABELS))
        return Judgement(tuple(must), tuple(cannot), labels)


def _why_left_out(record: Any) -> str:
    if isinstance(record, Drop):
        return record.reason
    return history.COPY if isinstance(record, Duplicate) and record.duplicate_of else ""


def _of_polling(state: SourceState | None) -> dict[tuple[str, str], int]:
    return {("poll", why): many for why, many in state.left_out} if state else {}


def host_of_source(source: Source) -> str:
    """Return the host that is asked for a source, "" for a folder."""
    return "" if source.is_mailed else (urlsplit(source.url).hostname or "")


def _save(
    db: Any, maker: Maker, stage: Stage, pending: Sequence[Pending], made: Sequence[Any]
) -> int:
    marks = {entry.id: entry.fingerprint for entry in pending}
    if stage.makes is Story:
        return saving.save_stories(db, maker, made, marks)
    unanswered = set(marks) - {record.id for record in made}
    if unanswered:
        raise DigestError(f"step {stage.name} gave no answer for {sorted(unanswered)[:3]}")
    results = [Result(record.id, marks[record.id], record) for record in made]
    return saving.save(db, maker, stage.makes, results)
