"""The scheduled jobs around the pipeline: opened, noted in the store, published, and never silent.

The flows are these functions with Prefect's decorators between them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from digest import archiving, publishing
from digest.config import Settings, load_settings
from digest.config_editions import Audience
from digest.errors import DeliveryError, DigestError
from digest.knowing import Said
from digest.outcomes import Outcome
from digest.periods import Period, last_period, parse_period
from digest.publishing import Written
from digest.records import Edition, EditionKind
from digest.report import RunReport
from digest.runner import Runner
from digest.shown import shown_in
from digest.store import ledger
from digest.subscribing import read_mailbox
from digest.wiring import (
    make_mailbox,
    make_mailer,
    make_notifier,
    make_postman,
    make_return_reader,
    make_runner,
)


class Job:
    """One run of a flow: its runner, and what it publishes.

    Args:
        name: the flow's name.
        runner: over the settings' store.
    """

    def __init__(self, name: str, runner: Runner) -> None:
        self.name = name
        self.runner = runner
        self.settings: Settings = runner.settings
        #: What limits have held back of each period, by source and limit, the most of any audience.
        self._held: dict[str, Counter[tuple[str, str]]] = {}

    @property
    def report(self) -> RunReport:
        """What the run has done so far."""
        return self.runner.report

    @property
    def now(self) -> datetime:
        """The present."""
        return self.runner.clock()

    def period(self, kind: EditionKind, name: str | None = None) -> Period:
        """Return the named period, or the one just ended; raises `InputError`."""
        zone = self.settings.schedule.timezone
        return parse_period(name, zone, kind=kind) if name else last_period(kind, self.now, zone)

    def publish(
        self,
        kind: EditionKind,
        name: str | None = None,
        *,
        audience: Audience | None = None,
        freeze: bool = False,
        formats: Iterable[str] = (),
    ) -> Written:
        """Return the edition of a period, written to its folder; frozen, it never changes again.

        Args:
            kind: "weekly" or "quarterly".
            name: of the period; the one just ended where left out.
            audience: for whom; that of `[audience]` where left out.
            freeze: keep it for ever.
            formats: the files to write; those of the settings where left out.
        """
        store, settings = self.runner.store, self.settings
        period, reader = self.period(kind, name), audience or settings.audience
        held: Counter[tuple[str, str]] = Counter()
        edition, frozen = publishing.make_edition(
            store,
            settings,
            period,
            now=self.now,
            audience=reader,
            freeze=freeze,
            translate=lambda draft: self._translate(draft, reader),
            write=self.runner.write_shown,
            held=held,
        )
        self._leave_out(period, held)
        written = publishing.write_edition(edition, settings, formats=formats, frozen=frozen)
        archiving.publish_files(store, settings, written)
        self.report.editions.append(str(written.files[0]))
        self.report.notes += [note for note in written.notes if note not in self.report.notes]
        if freeze and edition.opening is None:
            text = (
                f"{edition.id} was published with no story: see `digest status` for what was read"
            )
            self.alert("Digest: an edition came out empty", text)
        return written

    def _leave_out(self, period: Period, held: Counter[tuple[str, str]]) -> None:
        """Count what limits held back; what two audiences do without is left out once."""
        known = self._held.setdefault(period.name, Counter())
        for (source, why), many in (held - known).items():
            self.report.leave_out(source, "edition", why, many)
        known |= held

    def publish_all(
        self, kind: EditionKind, name: str | None = None, *, freeze: bool = False
    ) -> list[Written]:
        """Return the editions of a period for all audiences."""
        return [
            self.publish(kind, name, audience=each, freeze=freeze) for each in self.settings.readers
        ]

    def _translate(self, edition: Edition, reader: Audience) -> Said | None:
        """Have what an edition shows translated; None where nothing had to be."""
        shown = shown_in(edition)
        made = self.runner.translate_shown(shown)
        if made and self.runner.install_missing():
            self.runner.translate_shown(shown)
        said = self.runner.say_beside(edition, reader.reads)
        return said if made or said else None

    @property
    def read_nothing(self) -> bool:
        """Whether no source could be read: then an edition would be empty for no good reason."""
        return bool(self.report.sources) and len(self.report.failed) == self.report.sources

    def send(self, edition: Edition) -> Outcome:
        """Send a published edition to those who were still owed it; nobody waits for a late server.

        Raises:
            DeliveryError: where the mail server took nothing at all.
        """
        if not self._can_send():
            return Outcome()
        self._queue([edition])
        return self._post(patience=timedelta(0))

    def send_all(self, made: Iterable[Written]) -> Outcome:
        """Send some editions, with what is left of earlier ones, and wait for late servers.

        Raises:
            DeliveryError: where the mail server took nothing at all, to the end.
        """
        if not self._can_send():
            return Outcome()
        self._read_returned()
        self._queue(each.edition for each in made)
        return self._post(patience=timedelta(minutes=self.settings.delivery.wait_minutes))

    def send_due(self) -> Outcome | None:
        """Try again what earlier runs could not send and is due; None where nothing can be sent.

        A server that takes nothing is no failure of this run: its notes say so.
        """
        if not self._can_send():
            return None
        try:
            return self._post(patience=timedelta(0))
        except DeliveryError as error:
            self.report.notes.append(str(error))
            return None

    def _can_send(self) -> bool:
        delivery = self.settings.delivery
        return bool(delivery.smtp.host or delivery.channels)

    def _queue(self, made: Iterable[Edition]) -> None:
        postman = make_postman(self.settings, self.runner.store)
        for edition in made:
            _, wrong = postman.queue(edition)
            self.report.notes += [each for each in wrong if each not in self.report.notes]

    def _post(self, *, patience: timedelta) -> Outcome:
        outcome = make_postman(self.settings, self.runner.store).work(patience=patience)
        self.report.notes += outcome.lines()
        if outcome.busy:
            self.report.notes.append("another process is sending: it sends what is due")
        if outcome.problems:
            lines = [
                f"{each.edition} to {each.recipient}: {each.state}: {each.answer}"
                for each in outcome.problems[:20]
            ]
            cure = "see `digest outbox list`; `digest outbox again` sends a copy once more"
            self.alert(f"Digest: not delivered: {len(outcome.problems)}", "\n".join([*lines, cure]))
        if outcome.trouble and not outcome.sent():
            raise DeliveryError(outcome.trouble, cure="what is owed waits for the next run")
        return outcome

    def _read_returned(self) -> None:
        """Note bounces and complaints before anything is sent; a shut mailbox stops nothing."""
        settings = self.settings
        if not settings.delivery.mailbox:
            return
        mailbox, reader = make_mailbox(settings), make_return_reader(settings)
        now = datetime.now(UTC)
        try:
            told = read_mailbox(self.runner.store, settings, mailbox, reader, now=now)
        except DigestError as error:
            self.report.notes.append(f"bounces could not be read: {error}")
            return
        for each in told.changed:
            self.report.notes.append(f"{each.address} gets no more mail: {each.state}")

    def alert(self, subject: str, text: str) -> bool:
        """Tell those who look after Digest; where that fails too, the report says so.

        Returns whether it reached anybody; where nobody is named, the report is all there is.
        """
        self.report.notes.append(f"{subject}: {text}")
        notifier = make_notifier(self.settings)
        mails = bool(self.settings.delivery.smtp.host and self.settings.delivery.alerts)
        told = [] if notifier is None else [self._told(partial(notifier.notify, subject, text))]
        if mails:
            mailer = make_mailer(self.settings)
            mail = partial(publishing.alert, self.settings, mailer, subject=subject, text=text)
            told.append(self._told(mail))
        return any(told) or not told

    def _told(self, tell: Callable[[], object]) -> bool:
        try:
            tell()
        except DeliveryError as error:
            self.report.notes.append(f"the alert could not be sent: {error}")
            return False
        return True


@contextmanager
def open_job(name: str, config: str | Path | None = None) -> Iterator[Job]:
    """Give a job; its start and end are noted, and a failure or an empty run raises an alert."""
    runner = make_runner(load_settings(Path(config) if config else None))
    job = Job(name, runner)
    id = uuid4().hex
    with runner.store.write() as db:
        ledger.start_run(db, id, name, at=job.now.isoformat())
    status = "failed"
    try:
        yield job
        status = "done"
        _alert_if_empty(job)
        _alert_if_silent(job)
    except DigestError as error:
        job.alert(f"Digest: the {name} run failed", str(error))
        raise
    except Exception as error:
        job.alert(f"Digest: the {name} run failed", f"{type(error).__name__}: {error}")
        raise
    finally:
        runner.finish()
        with runner.store.write() as db:
            report = json.dumps(job.report.as_json(), ensure_ascii=False)
            ledger.end_run(db, id, status=status, report=report, at=job.now.isoformat())
        runner.store.close()


def _alert_if_silent(job: Job) -> None:
    """Tell once of each source that used to speak and does no longer."""
    silent = [] if job.read_nothing else job.runner.polling.fallen_silent()
    if silent:
        lines = [f"{each.source}: {each.why}" for each in silent]
        cure = "see `digest sources health`; its address may have changed"
        text = "\n".join([*lines, cure])
        if job.alert(f"Digest: {len(silent)} source(s) fell silent", text):
            job.runner.polling.told_of(silent)  # else the next run tells it


def _alert_if_empty(job: Job) -> None:
    report = job.report
    if job.read_nothing:
        first, why = next(iter(report.failed.items()))
        text = f"none of {report.sources} sources could be read; the first, {first}: {why}"
        job.alert(f"Digest: the {job.name} run read nothing", text)
    elif not report.sources and job.name != "ingest-one":
        cure = f"list some in {job.settings.path(job.settings.sources)}"
        job.alert(f"Digest: the {job.name} run has no sources", cure)
