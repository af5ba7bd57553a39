"""The runner: reads what waits for a step, calls the step, saves what it gives, counts."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from digest import progress
from digest.batches import Batch, save_answers, why_left_out
from digest.calibrated import notes_on
from digest.config import Settings
from digest.missing import install_missing, still_missing
from digest.nearby import Nearby
from digest.pipeline import make_pipeline, translating_whole
from digest.polling import Polling
from digest.records import (
    Drop,
    Edition,
    Item,
    Page,
    Source,
    Story,
    Translated,
)
from digest.report import RunReport
from digest.shown import Shown, said_beside, translate_shown
from digest.stage import Stage
from digest.stages import poll
from digest.stages.corrections import read_corrections
from digest.stages.cuts import count_cuts
from digest.stages.rule_book import make_book
from digest.stages.threads import one_thread
from digest.steps import Judgement, Tools
from digest.store import Store, decisions, history, reading, saving
from digest.store.saving import Maker, Result
from digest.store.waiting import waiting
from digest.writing import write_shown

POLL_BATCH = 100  #: sources a task polls
FEW = 20  #: articles whose neighbours are found sooner by one thread of linear algebra than by two
LATELY = timedelta(weeks=4)  #: of which `health` tells what went no further


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
        tools = replace(self.tools, encoder=self.nearby.recent, rules=make_book(self.sources))
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

    @property
    def polling(self) -> Polling:
        """The sources, with the ports of this moment."""
        return Polling(self.store, self.settings, self.tools, self.clock, self.sources, self.report)

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
        for batch in self.polling.batches():
            self.polling.poll(batch)
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
        """Say once in the report what the translator and the encoder cannot do."""
        notes = notes_on(self.tools, self.settings)
        self.report.notes += [note for note in notes if note not in self.report.notes]

    def _missing(self) -> list[str]:
        with self.store.read() as db:
            return still_missing(history.missing_packages(db), self.tools.translator)

    def _work_each(self, batch: Batch) -> tuple[list[Any], int]:
        stage = batch.stage
        with self.store.read() as db:
            inputs = reading.inputs(db, stage, [entry.id for entry in batch.pending])
        made = list(stage.run(inputs))
        self._leave_out(stage, made, inputs)
        with self.store.write() as db:
            return made, save_answers(db, self._maker(stage), stage, batch.pending, made)

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
                    changed = save_answers(db, self._maker(stage), stage, seen.pending, made)
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
            why = why_left_out(record)
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
        self.report.cut += Counter(count_cuts(made))
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
