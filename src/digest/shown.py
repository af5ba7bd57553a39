"""What an edition shows, translated before it is made: of every story in it the lead whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from digest.errors import ModelError
from digest.ports import Translator
from digest.records import (
    Article,
    Drop,
    Edition,
    Language,
    Quote,
    Story,
    Summary,
    Translated,
    Translation,
)
from digest.stage import Stage
from digest.stages.attempts import Sentence, is_same_language, translate_sentences
from digest.stages.datelines import bare
from digest.stages.ledger import entrants
from digest.stages.protect import Glossary
from digest.stages.quoted import lines_beside
from digest.stages.starter_lines import STARTER
from digest.store import Store, reading, saving
from digest.store.saving import Maker, Result
from digest.store.waiting import story_marks


@dataclass(frozen=True, slots=True)
class Shown:
    """A story as an edition shows it.

    Args:
        id: the story's id.
        articles: the articles that are cited for it, the one shown first before the others.
        lines: the sentences that are shown of it: its summary's, or what is new since the last
            edition.
    """

    id: str
    articles: tuple[str, ...]
    lines: tuple[Quote, ...] = ()


def shown_in(edition: Edition) -> list[Shown]:
    """Return the stories of an edition, in the order of appearance."""
    articles = {citation.number: citation.article for citation in edition.citations}
    return [
        Shown(
            each.story,
            tuple(articles[number] for number in each.citations),
            tuple(line.original for line in each.lines),
        )
        for each in entrants(edition)
    ]


def said_beside(
    edition: Edition, *, translator: Translator, glossary: Glossary, to: str
) -> dict[tuple[str, str], Translated]:
    """Return translations of what an edition shows and no step has translated, by article, text.

    That is what it quotes outside of its stories; and for a reader of another language than that of
    `[audience]`, the stories' headlines and sentences too. A small starter package translates no
    quotation: what a vendor is asked about, and held to, stands in the vendor's own words.

    Args:
        edition: compiled without them.
        translator: what translates; each sentence is translated once.
        glossary: names and terms to keep.
        to: the reader's language.
    """
    quoted = [line for _, line in lines_beside(edition)]
    small = {
        language
        for language in {line.language for line in quoted}
        if _is_starter(translator, language, to)
    }
    lines = [line for line in quoted if line.language not in small]
    lines += [line for each in entrants(edition) for line in each.lines]
    wanted = {
        (line.original.article, line.original.text): Sentence(line.original.text, line.language)
        for line in lines
        if not line.translated and not is_same_language(line.language, to)
    }
    heads = {citation.number: citation.article for citation in edition.citations}
    wanted |= {
        (heads[each.citations[0]], each.headline): Sentence(each.headline, each.headline_language)
        for each in entrants(edition)
        if not each.headline_translated and not is_same_language(each.headline_language, to)
    }
    made = translate_sentences(
        list(dict.fromkeys(wanted.values())), translator=translator, to=to, glossary=glossary
    )
    return {
        (article, text): Translated(
            text,
            made[each].target,
            made[each].ok,
            each.language,
            article,
            made[each].note,
            made[each].engine if made[each].ok else "",
        )
        for (article, text), each in wanted.items()
    }


def translate_shown(
    store: Store, stage: Stage, shown: Sequence[Shown], *, at: str
) -> list[Translation | Drop]:
    """Return the translations that had to be made for what an edition shows, saved.

    A story is translated where it has no translation of this version, of what it is now, and of
    the article that the edition shows first: one outside the likely ones, one that has changed, one
    whose later members the edition does not yet show.

    Args:
        store: where the records are.
        stage: the step, which translates leads whole.
        shown: the stories.
        at: the present, ISO 8601.
    """
    with store.read() as db:
        marks = story_marks(db, stage)
        wanted = [each for each in shown if not _is_done(db, stage, each, marks.get(each.id))]
        inputs = _inputs(db, wanted)
    made = list(stage.run(inputs)) if inputs else []
    # Without a summary the step cannot be done for good: the empty mark makes the story wait.
    results = [Result(each.id, marks.get(each.id, ""), each) for each in made]
    with store.write() as db:
        saving.save(db, Maker(stage.name, stage.version, at), Translation, results)
    return made


def _is_done(db: Connection, stage: Stage, shown: Shown, mark: str | None) -> bool:
    kept = reading.marked(db, Translation, shown.id)
    if kept is None or mark is None:
        return False
    record, version, fingerprint = kept
    current = (version, fingerprint) == (stage.version, mark)
    known = {bare(each.source) for each in (*record.summary, *record.text)}
    told = all(bare(line.text) in known for line in shown.lines)
    return current and told and record.whole == shown.articles[0]


def _inputs(db: Connection, wanted: Sequence[Shown]) -> list[tuple[Any, ...]]:
    ids = [each.id for each in wanted]
    stories = reading.records(db, Story, ids)
    summaries = reading.records(db, Summary, ids)
    # Quoted is also what was reached by another way to the same page, and cited once.
    members = {each.id: stories[each.id].members for each in wanted}
    everyone = sorted({article for found in members.values() for article in found})
    articles = reading.records(db, Article, everyone)
    languages = reading.records(db, Language, everyone)
    return [
        (
            replace(stories[each.id], lead=each.articles[0], members=each.articles),
            _summary(each, summaries.get(each.id, Summary(each.id, ()))),
            {id: articles[id] for id in members[each.id] if id in articles},
            {id: languages[id] for id in members[each.id] if id in languages},
        )
        for each in wanted
    ]


def _summary(shown: Shown, kept: Summary) -> Summary:
    """Return the sentences to translate: the summary's, or what is shown instead of them."""
    known = {bare(quote.text) for quote in kept.sentences}
    if all(bare(line.text) in known for line in shown.lines):
        return kept
    return Summary(shown.id, shown.lines)


def _is_starter(translator: Translator, language: str, to: str) -> bool:
    try:
        return STARTER.search(translator.package(language, to) or "") is not None
    except ModelError:  # a server that does not answer: its lack is told where it is asked
        return False
