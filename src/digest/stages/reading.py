"""What an article tells that vendors did: sentence by sentence, else by title and opening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from digest.records import Article, Quote
from digest.stages.clean import (
    clean_name,
    clean_product,
    is_proper,
    key_of,
    maker_of,
    readied,
    truecase,
    without_country,
)
from digest.stages.endings import find_ending
from digest.stages.event_cues import NEW, NOTHING, Gist, find_gist
from digest.stages.genre import Genre, find_genre
from digest.stages.grammar import Grammar
from digest.stages.naming import (
    is_description,
    is_thing,
    named_before,
    named_later,
    new_names,
    quoted_beside,
    with_subject,
)
from digest.stages.owners import owner_told
from digest.stages.priced import plan_of
from digest.stages.protagonist import find_owner, is_maker
from digest.stages.proving import find_proof, statements
from digest.stages.release_notes import read_notes
from digest.stages.slots import fill_slots
from digest.stages.spaced import events_of
from digest.stages.studies import study_in
from digest.stages.taxonomy import Knowledge
from digest.stages.told import ONE_THING, PART, Told, merge
from digest.stages.wide import wide_events_of
from digest.stages.wide_slots import fill_wide_slots
from digest.text import count_words

LIKELY = 0.2  #: chance that an article reports a kind of event, from which what has no name stands
SHORT = 300  #: characters under which a text need not repeat its vendor's name
LEAST = 5  #: letters of a word by which a paper calls itself
MOST_WORDS = 90  #: longer "sentences" are lists and tables
PER_ARTICLE, PER_NOTES = 12, 40  #: things that an article, or the notes on a release, may tell


def read_told(article: Article, grammar: Grammar, knowledge: Knowledge) -> list[Told]:
    """Return what an article's sentences and title say that vendors did, each thing once."""
    genre = find_genre(article, grammar.language)
    read = _told(article, grammar, knowledge, genre)
    told = [_completed(one, article, grammar) for one in read]
    gist = find_gist(article, grammar.language)
    ending = find_ending(article, genre)
    if ending and genre.kind != "notes":
        told = [Told(speaker_of(article), ending[0], "shutdown", ending[1], False, True)]
    elif genre.kind == "news":
        told = [one for one in told if _is_borne_out(one, gist, grammar)]
        found = () if told else _gathered(article, grammar, knowledge, genre, gist)
        told = told or [_completed(one, article, grammar) for one in found]
    kept = merge(told)[: PER_NOTES if genre.kind == "notes" else PER_ARTICLE]
    return [
        replace(
            one,
            chance=_chance(one, gist),
            described=bool(one.product) and is_description(one.product, grammar),
            place=place,
            alone=len(kept) == 1,
        )
        for place, one in enumerate(kept)
    ]


def _completed(one: Told, article: Article, grammar: Grammar) -> Told:
    """Return what is told with what else the text says of it: the plan, or whose it is."""
    if one.event == "pricing" and not one.product:
        return replace(one, product=plan_of(article, one.proof, one.vendor, grammar))
    if one.event == "shutdown" and key_of(one.vendor) == key_of(one.product):
        return replace(one, vendor=owner_told(one.product, article, grammar) or one.vendor)
    return one


def _chance(one: Told, gist: Gist) -> float:
    """Return how likely the article reports an event of this kind; a connection may be new, too."""
    chance = gist.chances.get(one.event, 0.0)
    return chance + (gist.chances.get(NEW, 0.0) if one.event in (*ONE_THING, PART) else 0.0)


def _is_borne_out(one: Told, gist: Gist, grammar: Grammar) -> bool:
    """Return whether what is told has a name, or its kind is what the article reports.

    "It brings total funding to €71 million" is no feature where the article tells of funding.
    """
    return _chance(one, gist) >= LIKELY or not is_description(one.product, grammar)


def _gathered(
    article: Article, grammar: Grammar, knowledge: Knowledge, genre: Genre, gist: Gist
) -> list[Told]:
    """Return what title and opening together tell, though none of their sentences does."""
    if gist.event != NOTHING:
        fill = fill_wide_slots if grammar.wide else fill_slots
        slots = fill(article, gist.event, grammar, knowledge)
        if slots and not grammar.paper.search(slots.product):
            vendor = known_name(slots.vendor, knowledge)
            event = "launch" if gist.event == NEW else gist.event
            if _is_event(vendor, slots.product, event):
                return [Told(vendor, slots.product, event, slots.proof, True, False, gathered=True)]
    owner = _meant(article, grammar, knowledge)
    return list(new_names(article, grammar, genre, owner)) if owner else []


def _meant(article: Article, grammar: Grammar, knowledge: Knowledge) -> str:
    """Return whom a sentence without a vendor means: the speaker, else whom the title names."""
    return speaker_of(article) or known_name(find_owner(article, grammar), knowledge)


def _told(article: Article, grammar: Grammar, knowledge: Knowledge, genre: Genre) -> Iterator[Told]:
    year = (article.published or article.first_seen)[:4]
    titled = _titled(article, grammar, knowledge, year)
    subject = titled
    meant = _meant(article, grammar, knowledge)
    noted = list(_noted(article, grammar, genre)) if genre.kind == "notes" else []
    if noted:
        yield from noted
        return
    for quote, sentence in statements(article, grammar.language):
        if quote and not may_tell(sentence, genre, grammar):
            continue
        for said, thing, event in _read(sentence, grammar, year):
            bare = without_country(clean_name(said), grammar.language)
            name = known_name(bare, knowledge)
            if name and not is_maker(name, article, grammar, knowledge):
                continue
            name = _speaks_of_itself(name, event, article, knowledge)
            vendor = name or subject or meant
            product = clean_product(thing, vendor)
            if quote:
                product, event = _called(product, event, article, quote, vendor, grammar)
            product = quoted_beside(product, article.text) or product
            if not is_thing(product) or _is_outlet(product, article):
                continue
            proof = quote or find_proof(article, vendor, product)
            if not vendor or not proof or not _is_event(vendor, product, event):
                continue
            if grammar.paper.search(product) or grammar.paper.fullmatch(vendor):
                continue
            if sentence.startswith(vendor) and not _is_recurring(vendor, article):
                continue
            subject = subject or vendor
            if event in ONE_THING and not name and not is_proper(product) and quote:
                event = PART  # "it introduces assisted proofreading": a part of what is known
            yield Told(vendor, product, event, proof, bool(name), quote is None)


def _called(
    product: str, event: str, article: Article, quote: Quote, vendor: str, grammar: Grammar
) -> tuple[str, str]:
    """Return what a described thing is called by the sentences around it, and what event it is."""
    if grammar.pronoun.fullmatch(product):
        product = named_before(article, quote, vendor, grammar)
    if event not in (*ONE_THING, "study") or not is_description(product, grammar):
        return product, event
    named = named_later(article, quote, event, grammar)
    if named:
        return named, "launch" if event == "feature" else event
    return (with_subject(product, quote.text, grammar) if event == "study" else product), event


def may_tell(sentence: str, genre: Genre, grammar: Grammar) -> bool:
    """Return whether a sentence of the text may tell news: no step, and in a manual only dated."""
    if genre.is_step(sentence):
        return False
    return genre.kind == "news" or bool(grammar.now.search(sentence))


def _noted(article: Article, grammar: Grammar, genre: Genre) -> Iterator[Told]:
    for one in read_notes(article, grammar, genre) if article.publisher else ():
        yield Told(maker_of(article.publisher), one.product, one.event, one.quote, False, False)


def _speaks_of_itself(name: str, event: str, article: Article, knowledge: Knowledge) -> str:
    """Return the vendor that a name stands for in a vendor's own text: of its products, itself.

    "The Console now supports shortcuts" is a feature of its maker's, who publishes the text.
    """
    own = speaker_of(article)
    if not own or not name or event not in ONE_THING:
        return name
    known = any(name in vendor.names for vendor in knowledge.vendors)
    return name if known or key_of(own) in key_of(name) or key_of(name) in key_of(own) else ""


def _titled(article: Article, grammar: Grammar, knowledge: Knowledge, year: str) -> str:
    """Return the vendor of the title's event: whom "the company" means, "" where there is none."""
    title = truecase(article.title, article.text, grammar.language)
    names = (clean_name(said) for said, _, _ in _read(title, grammar, year))
    return next((known_name(name, knowledge) for name in names if name), "")


def _is_recurring(name: str, article: Article) -> bool:
    """Tell a name from a word that is capitalised only since it opens a sentence.

    A text of some length that tells what somebody did names them again.
    """
    whole = f"{article.title}\n{article.text}"
    return " " in name or len(article.text) < SHORT or whole.count(name) > 1


def _is_outlet(product: str, article: Article) -> bool:
    """Return whether a product is the paper itself: "the table stands in our members' area"."""
    key = key_of(product)
    named = len(key) >= LEAST and key in key_of(article.publisher)
    return article.voice == "independent" and named


def _is_event(vendor: str, product: str, event: str) -> bool:
    """A vendor does not launch itself; it may close, or get money for no named product."""
    if event in ("funding", "pricing"):
        return True
    return bool(product) and (event == "shutdown" or key_of(vendor) != key_of(product))


def _read(sentence: str, grammar: Grammar, year: str) -> list[tuple[str, str, str]]:
    if sentence.endswith(("?", "？")) or count_words(sentence) > MOST_WORDS:
        return []
    if grammar.wide:
        return wide_events_of(sentence, grammar, year)
    return events_of(sentence, grammar, year) or study_in(readied(sentence), grammar, year)


def known_name(name: str, knowledge: Knowledge) -> str:
    """Return the gazetteer's name where one of its vendors is meant, else the name as it is."""
    for vendor in knowledge.vendors:
        if name in vendor.names:
            return vendor.name
    return name


def speaker_of(article: Article) -> str:
    """Return the vendor that publishes its own text, "" where another does."""
    return maker_of(article.publisher) if article.voice == "vendor" else ""
