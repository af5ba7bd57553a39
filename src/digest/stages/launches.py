"""What vendors did, each proved by a sentence of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.records import Article, Label, Launch, Quote
from digest.stages.grammar import Grammar, grammar_for
from digest.stages.spaced import events_of
from digest.stages.taxonomy import Knowledge
from digest.stages.wide import wide_events_of
from digest.text import count_words, split_sentences

OPENING = 4  #: sentences that may bear a title out
DATELINE = re.compile(
    r"^(?:[^.!?。！？\n]|(?<=\d)\.){2,60}?(?:\b(?:19|20)\d\d\b|\d+[月日]|\([^)]{2,30}\))[^.!?。！？\n–—]{0,12}?\s*"
    r"(?:[–—]+|\s-\s|--|讯|訊|電)\s*|^[A-ZÀ-Ý][A-ZÀ-Ý .'’-]{2,30}(?:\s[–—-]+\s)"
)
SHORT = 300  #: characters under which a text need not repeat its vendor's name
MOST_WORDS = 90  #: longer "sentences" are lists and tables
PER_ARTICLE = 12


def find_launches(
    article: Article, language: str, *, knowledge: Knowledge, labels: Sequence[Label]
) -> tuple[Launch, ...]:
    """Return what vendors did, in the order of the text, each with its verbatim sentence.

    A title is read too; its proof is the opening's sentence that names the product or the vendor.
    Hopes, plans, rumours, denials, suppositions and what happened in an earlier year give none.
    The category is the label whose proof is the same sentence, else the article's best.

    Args:
        article: its publisher stands for "we" where the voice is a vendor's own.
        language: decides which phrases count; a language without phrases gives nothing.
        knowledge: names vendors as the gazetteer writes them.
        labels: the article's labels.
    """
    grammar = grammar_for(language)
    if grammar is None:
        return ()
    year = (article.published or article.first_seen)[:4]
    found: dict[tuple[str, str, str], Launch] = {}
    subject = ""
    for quote, sentence in _statements(article):
        for vendor, product, event in _read(sentence, grammar, year):
            vendor = known_name(vendor, knowledge) or subject or _speaker(article)
            proof = quote or _proof(article, vendor, product)
            if not vendor or not proof or not _is_event(vendor, product, event):
                continue
            if sentence.startswith(vendor) and not _is_recurring(vendor, article):
                continue
            subject = subject or vendor
            key = (event, _key(vendor), _key(product))
            found.setdefault(key, Launch(vendor, product, event, _category(proof, labels), proof))
    return tuple(_merged(list(found.values())))[:PER_ARTICLE]


def _statements(article: Article) -> Iterator[tuple[Quote | None, str]]:
    """Give each sentence with its quote, without a dateline; last the title, which has none."""
    for start, end in split_sentences(article.text):
        quote = Quote(article.text[start:end], article.id, start, end)
        yield quote, DATELINE.sub("", quote.text, count=1)
    yield None, article.title


def _proof(article: Article, vendor: str, product: str) -> Quote | None:
    """Return the opening's sentence that bears a title out: it names the product, or the vendor."""
    spans = split_sentences(article.text)[:OPENING]
    for name in (product, vendor):
        for start, end in spans:
            if name and _key(name) in _key(article.text[start:end]):
                return Quote(article.text[start:end], article.id, start, end)
    return None


def _is_recurring(name: str, article: Article) -> bool:
    """Tell a name from a word that is capitalised only since it opens a sentence.

    A text of some length that tells what somebody did names them again.
    """
    whole = f"{article.title}\n{article.text}"
    return " " in name or len(article.text) < SHORT or whole.count(name) > 1


def _merged(launches: list[Launch]) -> list[Launch]:
    """Leave out what another record of the article tells with a fuller name."""
    return [
        one
        for one in launches
        if not any(
            other is not one
            and other.event == one.event
            and _key(one.product) in _key(other.product)
            and (len(_key(one.product)) < len(_key(other.product)) or _first(other, one))
            for other in launches
        )
    ]


def _first(one: Launch, other: Launch) -> bool:
    """Whether two records of one product differ in the vendor's name alone, `one` being earlier."""
    return one.product == other.product and one.evidence.start < other.evidence.start


def _is_event(vendor: str, product: str, event: str) -> bool:
    """A vendor does not launch itself; it may close, or get money for no named product."""
    if event == "funding":
        return True
    return bool(product) and (event == "shutdown" or _key(vendor) != _key(product))


def _read(sentence: str, grammar: Grammar, year: str) -> list[tuple[str, str, str]]:
    if sentence.endswith(("?", "？")) or count_words(sentence) > MOST_WORDS:
        return []
    return (wide_events_of if grammar.wide else events_of)(sentence, grammar, year)


def known_name(name: str, knowledge: Knowledge) -> str:
    """Return the gazetteer's name where one of its vendors is meant, else the name as it is."""
    for vendor in knowledge.vendors:
        if name in vendor.names:
            return vendor.name
    return name


def _speaker(article: Article) -> str:
    return article.publisher if article.voice == "vendor" else ""


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _category(quote: Quote, labels: Sequence[Label]) -> str | None:
    for label in labels:
        if label.evidence and label.evidence.start == quote.start:
            return label.name
    return labels[0].name if labels else None
