"""Sends published editions: each reader and chat gets a copy once, however often a run is repeated.

What is owed stands in the store's outbox. A copy is claimed before it leaves and settled when the
server has answered; `digest.store.outbox` tells what a process that is killed leaves behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parseaddr

from digest import subscribing
from digest.config import Settings
from digest.errors import ConfigError, DeliveryError
from digest.outcomes import Outcome
from digest.ports import Chat, Clock, Courier
from digest.records import Answer, Delivery, Edition, Subscriber
from digest.records.delivery import DeliveryState
from digest.stages.chat_text import chat_text
from digest.stages.curation import AFTER, correct
from digest.stages.deliveries import decide
from digest.stages.letters import Envelope, Letter, address_letter
from digest.stages.readers import copy_id, one_address, sign_token
from digest.stages.render import to_letter
from digest.store import Store, decisions, ledger, outbox, subscribers
from digest.store.turn import turn_to_send

HOLD = timedelta(minutes=5)  #: after which a server that was down is asked again, at least
TURN = timedelta(seconds=20)  #: for which another process that sends is waited for
LOOK = timedelta(seconds=1)  #: between two looks whether it still does


class Postman:
    """Sends what the outbox owes.

    Args:
        store: where outbox, editions and readers are.
        settings: say who sends, through what, and how often it is tried.
        courier: hands mails to the mail server; None where there is none.
        chats: chats and webhooks by their names in the settings.
        clock: gives the real present, whatever the settings fix.
        sleep: waits so many seconds.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        *,
        courier: Courier | None,
        chats: Mapping[str, Chat],
        clock: Clock,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store = store
        self._settings = settings
        self._delivery = settings.delivery
        self._courier = courier
        self._chats = chats
        self._clock = clock
        self._sleep = sleep
        self._secret = ""
        self._kept: dict[str, Edition | None] = {}
        self._letters: dict[object, Letter] = {}

    def queue(self, edition: Edition) -> tuple[int, list[str]]:
        """Return for how many readers and chats a published edition was new, and what is wrong.

        Only who was not owed it yet is added, so that queueing again does nothing.
        """
        at = self._clock().isoformat()
        wrong = subscribing.take_named(self._store, self._settings, edition.audience, at=at)
        self._secret = self._secret or subscribing.list_secret(self._store)
        with self._store.write(durable=True) as db:
            readers = subscribers.all_of(db, audience=edition.audience, state="active")
            ids: dict[str, str] = {}
            if self._courier is not None and readers:
                ids = {each.address: self._copy_id(edition.id, each.address) for each in readers}
            many = outbox.enqueue(db, edition.id, "mail", ids, at=at)
            names = {
                each.name: ""
                for each in self._delivery.channels
                if edition.kind in each.kinds
                and (not each.audiences or edition.audience in each.audiences)
            }
            many += outbox.enqueue(db, edition.id, "chat", names, at=at)
        return many, wrong

    def work(self, *, patience: timedelta = timedelta(0)) -> Outcome:
        """Send what is due, and go on while something falls due within `patience`.

        One process sends at a time; while it only waits, it lets others send.
        """
        outcome = Outcome()
        begun = self._clock()
        while True:
            with turn_to_send(self._store) as mine:
                outcome.busy = not mine
                if mine:
                    self._round(outcome)
            limit = max(patience, TURN) if outcome.busy else patience
            following = self._following(outcome)
            if following is None or following > begun + limit:
                break
            self._sleep(max(0.0, (following - self._clock()).total_seconds()))
        self._sum_up(outcome)
        return outcome

    def _round(self, outcome: Outcome) -> None:
        """Send all that is due now."""
        with self._store.write(durable=True) as db:
            outbox.recover(db, at=self._clock().isoformat())
        outcome.trouble = ""
        ways = self._ways()
        try:
            while copy := self._claim(ways):
                try:
                    self._send(copy, outcome)
                except DeliveryError as error:
                    outcome.trouble = str(error)
                    ways = ["chat"]  # whatever the reader, the mail server takes nothing now
        finally:
            if self._courier is not None:
                self._courier.close()

    def _following(self, outcome: Outcome) -> datetime | None:
        """Return when there is something to do again, None where nothing waits."""
        with self._store.read() as db:
            found = outbox.next_due(db, channels=self._ways())
        if not found:
            return None
        due, now = datetime.fromisoformat(found), self._clock()
        if outcome.busy:
            return now + LOOK
        return max(due, now + self._hold()) if outcome.trouble else due

    def _ways(self) -> list[str]:
        return ["chat"] + (["mail"] if self._courier is not None else [])

    def _send(self, copy: Delivery, outcome: Outcome) -> None:
        edition = self._edition(copy.edition)
        why = self._unwanted(copy, edition)
        if why or edition is None:
            self._settle(copy, "skipped", Answer("refused", why), outcome)
            return
        trouble: DeliveryError | None = None
        try:
            if copy.channel == "chat":
                answer = self._post(copy, edition)
            else:
                answer = self._carry(copy, edition)
        except DeliveryError as error:
            trouble, answer = error, Answer("later", str(error))
        at = self._clock()
        state, again = decide(
            answer,
            attempts=copy.attempts,
            queued_at=datetime.fromisoformat(copy.queued_at),
            at=at,
            minutes=self._delivery.retry_minutes,
            give_up=timedelta(hours=self._delivery.give_up_hours),
        )
        self._settle(copy, state, answer, outcome, again=again)
        if trouble is not None:
            raise trouble
        if self._delivery.pause and copy.channel == "mail":
            self._sleep(self._delivery.pause)

    def _carry(self, copy: Delivery, edition: Edition) -> Answer:
        assert self._courier is not None
        with self._store.read() as db:
            reader = subscribers.find(db, copy.recipient, edition.audience)
        assert reader is not None  # else the copy is unwanted
        letter = self._letter(edition)
        return self._courier.carry(
            address_letter(letter, self._envelope(copy, reader)),
            sender=parseaddr(self._delivery.bounces_to or self._delivery.sender)[1],
            to=copy.recipient,
            last_line=lambda: self._hand_over(copy),
        )

    def _post(self, copy: Delivery, edition: Edition) -> Answer:
        channel = next(each for each in self._delivery.channels if each.name == copy.recipient)
        title, text = chat_text(edition, stories=channel.stories, online=self._online(edition))
        if not self._hand_over(copy):
            return Answer("later", "another process has taken this copy over")
        return self._chats[channel.name].post(title, text)

    def _envelope(self, copy: Delivery, reader: Subscriber) -> Envelope:
        self._secret = self._secret or subscribing.list_secret(self._store)
        return Envelope(
            sender=self._delivery.sender,
            to=reader.address,
            name=reader.name,
            message_id=copy.message_id or self._copy_id(copy.edition, copy.recipient),
            list_id=f"{reader.audience}.{self._delivery.list_id or self._domain()}",
            link=subscribing.link_of(self._settings, self._secret, reader),
            mailto=self._delivery.unsubscribe_to,
            token=sign_token(self._secret, reader.token),
            archive=self._settings.editions.url,
        )

    def _settle(
        self,
        copy: Delivery,
        state: DeliveryState,
        answer: Answer,
        outcome: Outcome,
        *,
        again: datetime | None = None,
    ) -> None:
        at = self._clock()
        with self._store.write(durable=True) as db:
            outbox.settle(
                db,
                copy,
                state,
                answer=answer.text,
                at=at.isoformat(),
                next_attempt=again.isoformat() if again else "",
            )
            if copy.channel == "mail" and answer.kind == "refused" and answer.stage == "rcpt":
                subscribing.note_refusal(db, copy, answer, at=at)
        outcome.add(copy, state)
        if state in ("failed", "unknown"):
            outcome.problems.append(replace(copy, state=state, answer=answer.text))

    def _unwanted(self, copy: Delivery, edition: Edition | None) -> str:
        """Return why a copy is to be sent no longer, "" where it is."""
        if edition is None:
            return "the edition is not published"
        if edition.withdrawn:
            return "the edition was withdrawn"
        if copy.channel == "chat":
            known = copy.recipient in self._chats
            return "" if known else "the settings name no such channel any more"
        with self._store.read() as db:
            reader = subscribers.find(db, copy.recipient, edition.audience)
        if reader is None:
            return "no longer on the list"
        return "" if reader.state == "active" else reader.state

    def _claim(self, ways: list[str]) -> Delivery | None:
        with self._store.write() as db:
            return outbox.claim(db, at=self._clock().isoformat(), channels=ways)

    def _hand_over(self, copy: Delivery) -> bool:
        with self._store.write(durable=True) as db:
            return outbox.hand_over(db, copy, at=self._clock().isoformat())

    def _hold(self) -> timedelta:
        return max(HOLD, timedelta(minutes=self._delivery.retry_minutes[0]))

    def _sum_up(self, outcome: Outcome) -> None:
        with self._store.read() as db:
            states = outbox.tally(db).values()
            outcome.again_at = outbox.next_due(db, channels=("mail", "chat")) or ""
        waiting = (each.get(state, 0) for each in states for state in outbox.WAITING)
        outcome.unfinished = sum(waiting)

    def _edition(self, id: str) -> Edition | None:
        """Return a published edition with what was said of it up to now."""
        with self._store.read() as db:
            if id not in self._kept:
                self._kept = {id: ledger.frozen(db, id)}
            kept = self._kept[id]
            return correct(kept, decisions.standing(db, AFTER, edition=id)) if kept else None

    def _letter(self, edition: Edition) -> Letter:
        key = (edition.id, edition.corrections)
        if key not in self._letters:
            has_link = bool(self._delivery.unsubscribe_url or self._delivery.unsubscribe_to)
            made = to_letter(edition, online=self._online(edition), has_link=has_link)
            self._letters = {key: made}
        return self._letters[key]

    def _online(self, edition: Edition) -> str:
        base = self._settings.editions.url.rstrip("/")
        return f"{base}/{edition.id}/index.html" if base else ""

    def _copy_id(self, edition: str, address: str) -> str:
        return copy_id(self._secret, edition, address, domain=self._domain())

    def _domain(self) -> str:
        if not self._delivery.sender:
            raise ConfigError("delivery.sender is not set", cure='sender = "Digest <digest@…>"')
        return one_address(self._delivery.sender).rpartition("@")[2]
