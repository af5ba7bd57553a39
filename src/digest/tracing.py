"""What is known of an article and of the store, in words: `digest why` and `digest status`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from digest.records import (
    Article,
    Classification,
    Drop,
    Duplicate,
    Embedding,
    Item,
    Joined,
    Language,
    Page,
    Score,
    SourceState,
    Story,
    Summary,
    Translation,
    Written,
)
from digest.stages.cuts import CUTS
from digest.store import Store, drafts, history, ledger, reading
from digest.store.history import Trace
from digest.text import ids_in, name_ids, url_key

#: What is said of an article in a language of which vectors mean nothing.
UNKNOWN = "the encoder does not know this language: nothing is merged on its vector"


@dataclass(frozen=True, slots=True)
class Told:
    """One step of an article's way.

    Args:
        stage: the step.
        words: what came of it.
        details: reasons, evidence, points: one line each.
        version: of the step that made it.
        at: when.
    """

    stage: str
    words: str
    details: tuple[str, ...] = ()
    version: str = ""
    at: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the step as JSON values."""
        fields = ("stage", "words", "version", "at")
        return {name: getattr(self, name) for name in fields} | {"details": list(self.details)}


def find_ids(store: Store, address: str) -> list[str]:
    """Return the ids of the items at an address, in any form of it, or the id itself."""
    from digest.text import make_id

    with store.read() as db:
        known = set(reading.records(db, Item, [address]))
        try:
            ids = {make_id(url_key(address))}
        except ValueError:
            return sorted(known)
        known |= set(reading.records(db, Item, sorted(ids)))
        known |= {article.id for article in reading.articles_at(db, address)}
    return sorted(known)


def trace(store: Store, id: str) -> list[Told]:
    """Return every step of an item's way so far, or where it was dropped."""
    with store.read() as db:
        traces = history.way_of(db, id)
        titles = _titles(db, traces)
        stories = [each.record.id for each in traces if isinstance(each.record, Story)]
        written = [_draft(draft) for story in stories for draft in drafts.drafts_of(db, story)]
    return [_told(each, id, titles) for each in traces] + _waits(traces) + written


def _draft(draft: Written) -> Told:
    """Tell what a language model wrote of a story, what fell out, and why."""
    kept = [line.text for line in draft.lines]
    lost = [f"fell out: {each.text} ({each.why})" for each in draft.refused]
    words = f"{len(kept)} of {len(kept) + len(lost)} generated sentences held, by {draft.model}"
    return Told("write", words, (*kept, *lost))


def _waits(traces: list[Trace]) -> list[Told]:
    """Tell of a story that is ready but not translated, since no edition is likely to show it."""
    made = {type(each.record) for each in traces}
    if {Score, Summary} <= made and Translation not in made:
        words = "waits: not among the best of its week or quarter; done where an edition shows it"
        return [Told("translate", words)]
    return []


def overview(store: Store) -> dict[str, Any]:
    """Return counts, drops, failing sources, last runs and editions, as JSON values."""
    with store.read() as db:
        states = [state for state in reading.every(db, SourceState) if state.failures]
        drops = history.count_drops(db).items()
        return {
            "records": history.count_records(db),
            "dropped": [{"stage": s, "reason": r, "count": n} for (s, r), n in drops],
            "failing": [
                {"source": s.id, "failures": s.failures, "error": s.error or ""} for s in states
            ],
            "runs": [
                {"flow": r.flow, "started_at": r.started_at, "status": r.status}
                for r in ledger.last_runs(db)
            ],
            "editions": [
                {"id": id, "closed_at": at, "checksum": sum_}
                for id, at, sum_ in ledger.frozen_ids(db)
            ],
        }


def _titles(db: Any, traces: list[Trace]) -> dict[str, str]:
    """Return "title (publisher)" for every article that the traces name."""
    named: set[str] = set()
    for each in traces:
        if isinstance(each.record, Story):
            named |= {*each.record.members, *(one.story for one in each.record.related)}
            named |= {id for one in each.record.evidence for id in ids_in(one.because)}
        if isinstance(each.record, Duplicate) and each.record.duplicate_of:
            named |= {each.record.duplicate_of, *ids_in(each.record.because)}
    found: dict[str, Article] = reading.records(db, Article, sorted(named))
    return {
        id: f"{article.title} ({article.publisher})" if article.publisher else article.title
        for id, article in found.items()
    }


def _told(each: Trace, id: str, titles: dict[str, str]) -> Told:
    record = each.record
    if isinstance(record, str):
        stage = {"shown": "edition", "superseded": "history"}[each.of]
        return Told(stage, record, (), each.version, each.at)
    stage, words, details = WORDS[type(record)](record, id, titles)
    return Told(stage, words, tuple(details), each.version, each.at)


def _drop(record: Drop, _id: str, _titles: dict[str, str]) -> tuple[str, str, list[str]]:
    again = " (will be tried again)" if record.transient else ""
    return (
        record.stage,
        f"DROPPED: {record.reason}{again}",
        [record.detail] if record.detail else [],
    )


def _item(record: Item, _id: str, _titles: dict[str, str]) -> tuple[str, str, list[str]]:
    via = [f"found in: {record.via.title}"] if record.via else []
    details = [record.title, record.url or "no address of its own", *via]
    return "poll", f"from {record.source}, first seen {record.first_seen}", details


def _page(record: Page, _id: str, _titles: dict[str, str]) -> tuple[str, str, list[str]]:
    what = "fetched" if record.origin == "web" else "the entry's own text"
    note = [record.note] if record.note else []
    return (
        "download",
        f"{what}: {record.url} ({record.media_type}), kept {record.sha256[:12]}",
        note,
    )


def _article(record: Article, _id: str, _titles: dict[str, str]) -> tuple[str, str, list[str]]:
    dated = (
        f"{record.published} (from the {record.published_from})" if record.published else "undated"
    )
    note = [record.note] if record.note else []
    return "extract", f"{len(record.text)} characters, {dated}", [record.title, *note]


def _language(record: Language, _id: str, _titles: dict[str, str]) -> tuple[str, str, list[str]]:
    return "detect", f"{record.language} (confidence {record.confidence:.2f})", []


def _classes(
    record: Classification, _id: str, _titles: dict[str, str]
) -> tuple[str, str, list[str]]:
    labels = ", ".join(f"{label.name} {label.confidence:.2f}" for label in record.labels)
    events = [f"{e.event}: {e.vendor} {e.product}: “{e.evidence.text}”" for e in record.launches]
    cut = [f"{each.count} {CUTS[each.what]}" for each in record.cut]
    return "classify", labels or "unclassified", [*events, *cut]


def _vector(record: Embedding, _id: str, _titles: dict[str, str]) -> tuple[str, str, list[str]]:
    return "embed", f"{len(record.vector)} numbers by {record.model}", []


def _copy(record: Duplicate, _id: str, titles: dict[str, str]) -> tuple[str, str, list[str]]:
    supported = [] if record.language_supported else [UNKNOWN]
    if record.duplicate_of is None:
        return "dedupe", "no copy of an earlier article", supported
    words = f"the same article as {titles.get(record.duplicate_of, record.duplicate_of)}"
    return "dedupe", words, [_because(record, titles), *supported]


def _because(record: Duplicate | Joined, titles: dict[str, str]) -> str:
    """Return the evidence with titles in place of ids, and how sure the verdict is."""
    sure = "" if record.score is None else f" (probability {record.score:.2f})"
    return f"{name_ids(record.because, titles)}{sure}"


def _story(record: Story, id: str, titles: dict[str, str]) -> tuple[str, str, list[str]]:
    others = [titles.get(member, member) for member in record.members if member != id]
    because = [_because(joined, titles) for joined in record.evidence if joined.article == id]
    earlier = [
        f"goes on with: {titles.get(one.story, one.story)} ({one.because})"
        for one in record.related
    ]
    words = f"story {record.id}, told by {_counted(len(record.publishers), 'publisher')}"
    return "cluster", words, [*because, *(f"also: {title}" for title in others), *earlier]


def _counted(many: int, what: str) -> str:
    """Return "no publisher", "1 publisher", "2 publishers"."""
    return f"{many or 'no'} {what}{'s' if many > 1 else ''}"


def _score(record: Score, _id: str, _titles: dict[str, str]) -> tuple[str, str, list[str]]:
    parts = [f"{part.points:+.1f} {part.name}: {part.why}" for part in record.parts]
    return "rank", f"{record.total:.1f} points", parts


def _summary(record: Summary, _id: str, _titles: dict[str, str]) -> tuple[str, str, list[str]]:
    quotes = [f"“{quote.text}”" for quote in record.sentences]
    return "summarise", f"{_counted(len(quotes), 'sentence')} chosen", quotes


def _translation(
    record: Translation, _id: str, _titles: dict[str, str]
) -> tuple[str, str, list[str]]:
    missing = [f"missing package: {name}" for name in record.missing]
    return "translate", f"into {record.to}, by {record.engine or 'nobody'}", missing


#: How each record is told.
WORDS: dict[type, Callable[[Any, str, dict[str, str]], tuple[str, str, list[str]]]] = {
    Drop: _drop,
    Item: _item,
    Page: _page,
    Article: _article,
    Language: _language,
    Classification: _classes,
    Embedding: _vector,
    Duplicate: _copy,
    Story: _story,
    Score: _score,
    Summary: _summary,
    Translation: _translation,
}
