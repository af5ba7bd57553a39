"""What an edition shows, drafted by a language model where the settings name one.

Few stories are shown, so this is done when an edition is made and not for every story. Answers
are remembered: an edition that is made again asks nothing twice, and comes out the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from digest.config_editions import Writer as Wanted
from digest.errors import ModelError
from digest.ports import Writer
from digest.records import Article, Edition, Entrant, Language, Section, Written, WrittenLine
from digest.stages import written
from digest.stages.grounding import can_check
from digest.stages.ledger import entrants
from digest.stages.prompt import Given, Question, language_name, more_sentences
from digest.store import Store, drafts, reading
from digest.text import make_id

PATIENCE = 2  #: questions in a row that a server may leave unanswered before it is left alone
FAILURES = 5  #: questions of an edition that it may leave unanswered


@dataclass(slots=True)
class Drafting:
    """The drafts of an edition, and how it went.

    Args:
        edition: with the drafts in it.
        asked: questions that went to the server.
        kept: stories that show a draft.
        refused: stories of whose draft nothing held.
        notes: what went wrong, said once.
    """

    edition: Edition
    asked: int = 0
    kept: int = 0
    refused: int = 0
    notes: list[str] = field(default_factory=list)


def write_shown(
    store: Store, writer: Writer, edition: Edition, wanted: Wanted, *, at: str
) -> Drafting:
    """Return the edition with drafts; whatever goes wrong, it keeps the quotes it had.

    Args:
        store: where articles are read and drafts are remembered.
        writer: the language model.
        edition: compiled and translated.
        wanted: what is drafted, and how long it may be.
        at: the present, ISO 8601.
    """
    done = Drafting(edition)
    if not can_check(edition.language):
        done.notes.append(f"writer: no drafts in {edition.language}: names cannot be told there")
        return done
    questions = _questions(store, edition, wanted)
    known = _known(store, writer, questions)
    failed: list[str] = []
    in_a_row = 0
    for question in questions:
        key = _key(writer, question)
        if key not in known and in_a_row < PATIENCE and len(failed) < FAILURES:
            try:
                done.asked += 1
                answer = writer.ask(question.instructions, question.text)
            except ModelError as error:
                failed.append(str(error))
                in_a_row += 1
                continue
            in_a_row = 0
            known[key] = written.judge_draft(answer, question, model=writer.model)
            with store.write() as db:
                drafts.remember(db, key, known[key], at=at)
    made = [known[key] for each in questions if (key := _key(writer, each)) in known]
    done.edition = _with(edition, {draft.id: draft for draft in made if draft.lines})
    done.kept = sum(bool(draft.lines) for draft in made)
    done.refused = len(made) - done.kept
    if failed:
        left = len(questions) - len(made)
        done.notes.append(f"writer: {left} of {len(questions)} stories without draft: {failed[0]}")
    return done


def _known(store: Store, writer: Writer, questions: Iterable[Question]) -> dict[str, Written]:
    with store.read() as db:
        return drafts.remembered(db, [_key(writer, question) for question in questions])


def _key(writer: Writer, question: Question) -> str:
    places = [str(each.quote) for each in question.given]
    text = (question.instructions, question.text, *places)
    return make_id(written.VERSION, writer.version, question.story, *text)


def _questions(store: Store, edition: Edition, wanted: Wanted) -> list[Question]:
    shown = _wanted(edition, wanted)
    cited = {each.number: each.article for each in edition.citations}
    ids = sorted({cited[number] for each in shown for number in each.citations})
    with store.read() as db:
        articles: dict[str, Article] = reading.records(db, Article, ids)
        languages: dict[str, Language] = reading.records(db, Language, ids)
    spoken = {id: languages[id].language if id in languages else "und" for id in ids}
    found = []
    for entrant in shown:
        chosen = [
            Given(line.original, line.language, line.text if line.translated else "")
            for line in entrant.lines
        ]
        mine = [articles[cited[n]] for n in entrant.citations if cited[n] in articles]
        given = more_sentences(chosen, mine, spoken)
        if given:
            name = language_name(edition.language)
            found.append(Question(entrant.story, given, edition.language, name, wanted.max_words))
    return found


def _wanted(edition: Edition, wanted: Wanted) -> list[Entrant]:
    opening = edition.opening.story if edition.opening else ""
    return [
        each
        for each in entrants(edition)
        if wanted.what == "both" or (each.story == opening) == (wanted.what == "opening")
    ]


def _with(edition: Edition, made: Mapping[str, Written]) -> Edition:
    numbers = {each.article: each.number for each in edition.citations}

    def drafted(entrant: Entrant) -> Entrant:
        if entrant.story not in made:
            return entrant
        lines = (_cited(line, numbers) for line in made[entrant.story].lines)
        return replace(entrant, written=tuple(lines))

    def section(each: Section) -> Section:
        return replace(each, entries=tuple(map(drafted, each.entries)))

    return replace(
        edition,
        opening=drafted(edition.opening) if edition.opening else None,
        sections=tuple(map(section, edition.sections)),
    )


def _cited(line: WrittenLine, numbers: Mapping[str, int]) -> WrittenLine:
    found = dict.fromkeys(numbers[quote.article] for quote in line.rests_on)
    return replace(line, citations=tuple(found))
