"""The editors' words in place of those that were found; what they replace stays as the original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from digest.records import Article, Citation, Edition, Entrant, Line, Pack, Quote, Remark
from digest.stages.curation import Curation, Sentence
from digest.stages.datelines import without_dateline
from digest.stages.ledger import entrants


def write_words(edition: Edition, curation: Curation, articles: Mapping[str, Article]) -> Edition:
    """Return the edition with the editors' words in place of those that were found.

    Everything they replace stays as the original: a headline's, and each sentence's proof. The pack
    for the review meeting names a story by the headline that is shown.
    """
    cited = {each.article: each for each in edition.citations}

    def written(entrant: Entrant) -> Entrant:
        return _written(entrant, curation, cited=cited, articles=articles)

    changed = replace(
        edition,
        opening=written(edition.opening) if edition.opening else None,
        sections=tuple(
            replace(each, entries=tuple(written(entry) for entry in each.entries))
            for each in edition.sections
        ),
    )
    return replace(changed, pack=_retitled(edition.pack, entrants(edition), entrants(changed)))


def _retitled(
    pack: Pack | None, before: Iterable[Entrant], after: Iterable[Entrant]
) -> Pack | None:
    """Return the pack with the headlines that editors gave the stories it names."""
    if pack is None:
        return None
    new = {
        (old.headline, old.citations[:3]): each.headline
        for old, each in zip(before, after, strict=True)
    }

    def retitle(remark: Remark) -> Remark:
        values = tuple(
            (kind, new.get((value, remark.citations), value) if kind == "headline" else value)
            for kind, value in remark.values
        )
        return replace(remark, values=values)

    return replace(
        pack,
        agenda=tuple(map(retitle, pack.agenda)),
        decisions=tuple(map(retitle, pack.decisions)),
    )


def _written(
    entrant: Entrant,
    curation: Curation,
    *,
    cited: Mapping[str, Citation],
    articles: Mapping[str, Article],
) -> Entrant:
    changes: dict[str, Any] = {}
    edited: list[str] = []
    id = entrant.story
    if id in curation.headline and curation.headline[id] != entrant.headline:
        edited.append("headline")
        changes |= {
            "headline": curation.headline[id],
            "headline_translated": True,
            "headline_note": "",
        }
    lines = tuple(_lines(entrant, curation.summary.get(id, ()), cited=cited, articles=articles))
    if lines and lines != entrant.lines:
        edited.append("summary")
        changes["lines"] = lines
    if id in curation.label and curation.label[id] != entrant.labels:
        edited.append("labels")
        changes["labels"] = curation.label[id]
    if id in curation.corrected and entrant.launches:
        edited.append("record")
    changes["note"] = curation.note.get(id, "")
    return replace(entrant, **changes, edited=tuple(edited))


def _lines(
    entrant: Entrant,
    sentences: Iterable[Sentence],
    *,
    cited: Mapping[str, Citation],
    articles: Mapping[str, Article],
) -> Iterable[Line]:
    found = {line.original.text: line for line in entrant.lines}
    for each in sentences:
        shown = without_dateline(each.original)
        known = found.get(shown.text) or found.get(each.original.text)
        proof = known.original if known else find_quote(shown, articles)
        if proof is None or proof.article not in cited:
            continue  # the article says it no longer: the room shows the words beside its history
        if known and not each.text:
            yield known
            continue
        yield Line(
            text=each.text or proof.text,
            original=proof,
            language=cited[proof.article].language,
            citation=cited[proof.article].number,
            translated=bool(each.text),
            edited=bool(each.text),
        )


def find_quote(quote: Quote, articles: Mapping[str, Article]) -> Quote | None:
    """Return the quotation where its article now has it; None where it has it no more."""
    article = articles.get(quote.article)
    if article is None or not quote.text:
        return None
    if article.text[quote.start : quote.end] == quote.text:
        return quote
    start = article.text.find(quote.text)
    return replace(quote, start=start, end=start + len(quote.text)) if start >= 0 else None
