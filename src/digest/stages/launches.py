"""What vendors did, each proved by a sentence of the article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from digest.ports import Encoder
from digest.records import Article, Availability, Label, Launch, Quote
from digest.stages.announced import FRESH, day_of, find_announced
from digest.stages.availability import find_availability
from digest.stages.carried import without_carried
from digest.stages.certainty import certainty_of
from digest.stages.cuts import Cuts
from digest.stages.datelines import bare
from digest.stages.grammar import grammar_for
from digest.stages.hearsay import without_hearsay
from digest.stages.orders import orders_in
from digest.stages.reading import read_told
from digest.stages.report_entries import is_report_entry, read_report_entry
from digest.stages.report_labels import label_given
from digest.stages.taxonomy import Knowledge
from digest.stages.times import NOW, find_times
from digest.stages.told import ONE_THING, Told
from digest.stages.unconfirmed import without_unconfirmed
from digest.stages.unended import without_unended
from digest.text import split_sentences

NEARLY = 0.6  #: share of the best label's confidence that a category has at least
#: Events of something that is first announced and later to be had.
STAGED = (*ONE_THING, "acquisition", "shutdown", "pricing")


def find_launches(
    article: Article,
    language: str,
    *,
    knowledge: Knowledge,
    labels: Sequence[Label],
    encoder: Encoder | None = None,
    cuts: Cuts | None = None,
) -> tuple[Launch, ...]:
    """Return what vendors did, in the order of the text, each with its verbatim sentence.

    A title is read too; its proof is the opening's sentence that names the product or the vendor.
    Hopes, plans, rumours, denials, suppositions and what happened in an earlier year give none.
    An entry of a report is the launch that it looks back on. The category is the label whose proof
    is the same sentence and that is nearly as sure as the best, else the article's best.

    Args:
        article: its publisher stands for "we" where the voice is a vendor's own.
        language: decides which phrases count; a language without phrases gives nothing.
        knowledge: names vendors as the gazetteer writes them.
        labels: the article's labels.
        encoder: its vectors tell, too, what an article reports; without it words do alone.
        cuts: where what is over a limit is counted.
    """
    if is_report_entry(article):
        own = label_given(article, language, knowledge)
        return read_report_entry(article, language, own or (labels[0].name if labels else None))
    grammar = grammar_for(language)
    if grammar is None:
        return ()
    read = read_told(article, grammar, knowledge, encoder, cuts=cuts)
    told = without_hearsay(read, article, language)
    told = without_unconfirmed(told, article, language)
    told = without_carried(without_unended(told, article, grammar), article, language)
    orders = orders_in(article.text)
    told = [one for one in told if one.proof.start not in orders]
    sentences = [article.text[start:end] for start, end in split_sentences(article.text)]
    return tuple(_launch(article, one, language, sentences, labels) for one in told)


def _launch(
    article: Article, one: Told, language: str, sentences: Sequence[str], labels: Sequence[Label]
) -> Launch:
    text = one.proof.text
    opening = sentences[0] if sentences else ""
    dateline = opening[: len(opening) - len(bare(opening))]
    announced, source = find_announced(article, bare(text), dateline, language)
    return Launch(
        vendor=one.vendor,
        product=one.product,
        event=one.event,
        category=_category(one.proof, labels),
        evidence=one.proof,
        announced=announced,
        announced_from=source,
        availability=_stage(article, one, language, sentences),
        confidence=certainty_of(one, article),
    )


def _stage(article: Article, one: Told, language: str, sentences: Sequence[str]) -> Availability:
    """Return how far an event is, "" where nothing says so; an end to come is announced."""
    if one.event not in STAGED:
        return ""
    found = find_availability(one.proof.text, sentences, one.product, language)
    day = day_of(article)
    if found or one.event != "shutdown" or day is None:
        return found
    return "announced" if _names_day_ahead(one.proof.text, language, day) else ""


def _names_day_ahead(text: str, language: str, day: date) -> bool:
    """Return whether a sentence names a time to come, neither a weekday nor a day of late."""
    past = find_times(text, language, day, toward="past")
    late = {time.start for time in past if day - FRESH <= time.first <= day}
    return any(
        time.last > day and time.kind not in NOW and time.start not in late
        for time in find_times(text, language, day)
    )


def _category(quote: Quote, labels: Sequence[Label]) -> str | None:
    sure = [one for one in labels if one.confidence >= NEARLY * labels[0].confidence]
    for label in sure:
        if label.evidence and label.evidence.start == quote.start:
            return label.name
    return labels[0].name if labels else None
