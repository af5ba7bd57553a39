"""What an article tells that vendors did: sentence by sentence, else by title and opening."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from digest.ports import Encoder
from digest.records import Article, Quote
from digest.stages.clean import (
    actor_of,
    clean_name,
    clean_product,
    is_common_word,
    is_proper,
    key_of,
    maker_of,
    readied,
    truecase,
    without_country,
)
from digest.stages.completing import completed
from digest.stages.cuts import Cuts
from digest.stages.endings import find_ending
from digest.stages.event_cues import NEW, NOTHING, Gist, find_gist, is_titled
from digest.stages.event_vectors import read_gist
from digest.stages.gathered import gather
from digest.stages.genre import Genre, find_genre
from digest.stages.grammar import Grammar
from digest.stages.helping import tells_incident
from digest.stages.naming import (
    is_bare_noun,
    is_description,
    is_thing,
    named_before,
    named_later,
    new_names,
    quoted_beside,
    with_subject,
)
from digest.stages.ordinary import is_frequent
from digest.stages.priced import is_priced, plan_named
from digest.stages.protagonist import is_maker
from digest.stages.proving import find_proof, statements
from digest.stages.release_notes import read_notes
from digest.stages.spaced import events_of
from digest.stages.studies import is_cited_aside, study_in
from digest.stages.taxonomy import Knowledge
from digest.stages.told import ONE_THING, PART, Told, merge
from digest.stages.towns import whole_name
from digest.stages.whose import (
    Subject,
    known_name,
    maker_told,
    meant_by,
    speaker_of,
    speaks_of_itself,
)
from digest.stages.wide import wide_events_of
from digest.text import count_words, split_sentences

DEEDS = ("launch", "acquisition", "funding", "partnership")  #: of a firm, not of its product
SURE = 0.5  #: chance from which a manual's title may tell news
LIKELY = 0.2  #: chance that an article reports a kind of event, from which what has no name stands
SHORT = 300  #: characters under which a text need not repeat its vendor's name
YEARLY = re.compile(r"\b20\d\d$")  #: a title with its year
OPENING = 3  #: sentences of a text that tell its news
LEAST = 5  #: letters of a word by which a paper calls itself
MOST_WORDS = 90  #: longer "sentences" are lists and tables
PER_ARTICLE, PER_NOTES = 12, 40  #: things that an article, or the notes on a release, may tell


def read_told(
    article: Article,
    grammar: Grammar,
    knowledge: Knowledge,
    encoder: Encoder | None = None,
    *,
    cuts: Cuts | None = None,
) -> list[Told]:
    """Return what an article's sentences and title say that vendors did, each thing once.

    With an encoder, what they report is told by their vectors as well as by their words. What is
    over a limit is counted in `cuts`.
    """
    cuts = Counter() if cuts is None else cuts
    genre, gist = find_genre(article, grammar.language), find_gist(article, grammar.language)
    read = _told(article, grammar, knowledge, genre, gist)
    told = [completed(one, article, grammar, knowledge) for one in read]
    ending = find_ending(article, genre)
    if ending and genre.kind != "notes":
        told = [Told(speaker_of(article), ending[0], "shutdown", ending[1], False, True)]
    elif genre.kind == "news":
        headed = any(one.titled for one in told) or meant_by(article, grammar, knowledge)
        opening = _end_of_news(article) if headed else len(article.text)
        lead = next((end for _, end in split_sentences(article.text)), 0)
        told = [
            o
            for o in told
            if (o.event == "study" and o.named and o.proof.start < lead)
            or _is_borne_out(o, gist, grammar, first=o.proof.start < opening)
        ]
        if not told:
            seen = read_gist(article, grammar.language, encoder)
            found = _gathered(article, grammar, knowledge, genre, gist, seen, cuts)
            told = [completed(one, article, grammar, knowledge) for one in found]
        told = [one for one in told if not is_cited_aside(one, article, grammar, lead=lead)]
    merged = merge(told, cuts)
    kept = merged[: PER_NOTES if genre.kind == "notes" else PER_ARTICLE]
    cuts["launches"] += len(merged) - len(kept)
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


def _chance(one: Told, gist: Gist) -> float:
    """Return how likely the article reports an event of this kind; a connection may be new, too."""
    chance = gist.chances.get(one.event, 0.0)
    return chance + (gist.chances.get(NEW, 0.0) if one.event in (*ONE_THING, PART) else 0.0)


def _end_of_news(article: Article) -> int:
    """Return where an article's news ends and what is known may follow; a round-up is all news."""
    spans = split_sentences(article.text)[:OPENING]
    return spans[-1][1] if spans else 0


def _is_borne_out(one: Told, gist: Gist, grammar: Grammar, *, first: bool) -> bool:
    """Return whether what is told has a name, or its kind is what the article reports.

    "It brings total funding to €71 million" is no feature where the article tells of funding.
    """
    summed = one.event == "funding" or (one.event == "pricing" and is_priced(one.proof.text))
    if summed and (first or one.titled):
        return True  # told with its sum, or with how much dearer it is
    return _chance(one, gist) >= LIKELY or not is_description(one.product, grammar)


def _gathered(
    article: Article,
    grammar: Grammar,
    knowledge: Knowledge,
    genre: Genre,
    gist: Gist,
    seen: Gist,
    cuts: Cuts,
) -> list[Told]:
    """Return what title and opening together tell, else what is new in it by its name."""
    told = [
        one
        for one in gather(article, grammar, knowledge, gist, seen, cuts)
        if not grammar.paper.search(one.product)
        and _is_event(one.vendor, one.product, one.event)
        and not (
            one.event in ONE_THING and tells_incident(one.proof.text, grammar.language, knowledge)
        )
    ]
    owner = meant_by(article, grammar, knowledge)
    return told or (list(new_names(article, grammar, genre, owner)) if owner else [])


def _told(
    article: Article, grammar: Grammar, knowledge: Knowledge, genre: Genre, gist: Gist
) -> Iterator[Told]:
    year = (article.published or article.first_seen)[:4]
    noted = list(_noted(article, grammar, genre)) if genre.kind == "notes" else []
    if noted:
        yield from noted
        return
    titled = _titled(article, grammar, knowledge, year)
    subject = Subject(titled, meant_by(article, grammar, knowledge))
    is_headed = _heading(article, genre, gist, grammar)
    for quote, sentence in statements(article, grammar.language):
        if quote and not (may_tell(sentence, genre, grammar) or is_headed(quote)):
            continue
        subject.moves_to(article, quote)
        for said, thing, event in _read(sentence, grammar, year):
            named = whole_name(said, sentence, article, grammar, knowledge)
            bare = without_country(clean_name(named), grammar.language)
            name = known_name(actor_of(bare) if event in DEEDS else bare, knowledge)
            if name and not is_maker(name, article, grammar, knowledge):
                continue
            if event == "pricing" and (plan := plan_named(name, grammar)):
                name, thing = "", plan  # "the Basic plan rises to 20 euros"
            name = speaks_of_itself(name, event, article, knowledge)
            vendor = name or subject.name
            if not name and event == "shutdown" and subject.is_of_many:
                vendor = ""  # another than the one before
            product = clean_product(thing, vendor)
            if quote and product and not vendor:
                vendor = maker_told(product, article, quote, grammar, knowledge)
                vendor = vendor or (product if event == "shutdown" else "")
            if quote:
                product, event = _called(product, event, article, quote, vendor, grammar)
            product = quoted_beside(product, article.text) or product
            if not is_thing(product, grammar.language) or _is_outlet(product, article):
                continue
            proof = quote or find_proof(article, vendor, product)
            if not vendor or not proof or not _is_event(vendor, product, event):
                continue
            if grammar.paper.search(product) or grammar.paper.fullmatch(vendor):
                continue
            if event != "study" and is_bare_noun(product, article, grammar, owned=bool(name)):
                continue
            if sentence.startswith(vendor) and not _is_recurring(vendor, article):
                continue
            subject.is_told(vendor)
            if event in ONE_THING and not name and not is_proper(product) and quote:
                event = PART  # "it introduces assisted proofreading": a part of what is known
            yield Told(vendor, product, event, proof, bool(name), quote is None)


def _heading(
    article: Article, genre: Genre, gist: Gist, grammar: Grammar
) -> Callable[[Quote], bool]:
    """Return what tells a sentence that bears out the title of a vendor's own news.

    Such news may read like a manual ("see the help for how"), but its title tells an event.
    """
    told = (
        article.voice == "vendor"
        and gist.event != NOTHING
        and is_titled(article, gist, grammar.language)
    )
    opening = _end_of_news(article) if told and gist.chances[gist.event] >= SURE else 0
    return lambda quote: quote.start < opening and not genre.is_step(quote.text)


def _called(
    product: str, event: str, article: Article, quote: Quote, vendor: str, grammar: Grammar
) -> tuple[str, str]:
    """Return what a described thing is called by the sentences around it, and what event it is."""
    if grammar.pronoun.fullmatch(product):
        product = named_before(article, quote, vendor, grammar)
    if event == "launch" and YEARLY.search(product) and grammar.study.search(article.text):
        return product, "study"  # "Compass 2026", in whose text it is called a survey
    if event == "integration" and is_description(product, grammar):
        event = "feature"  # "an interface": with what, nobody says
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


def _titled(article: Article, grammar: Grammar, knowledge: Knowledge, year: str) -> str:
    """Return the vendor of the title's event: whom "the company" means, "" where there is none."""
    title = truecase(article.title, article.text, grammar.language)
    names = (clean_name(said) for said, _, _ in _read(title, grammar, year))
    return next((known_name(name, knowledge) for name in names if name), "")


def _is_recurring(name: str, article: Article) -> bool:
    """Tell a name from a word that is capitalised only since it opens a sentence.

    A text of some length that tells what somebody did names them again; what is no frequent word
    of any language is a name wherever it stands.
    """
    whole = f"{article.title}\n{article.text}"
    common = is_common_word(name) or is_frequent(name)
    return " " in name or not common or len(article.text) < SHORT or whole.count(name) > 1


def _is_outlet(product: str, article: Article) -> bool:
    """Return whether a product is the paper itself: "the table stands in our members' area"."""
    key = key_of(product)
    named = len(key) >= LEAST and key in key_of(article.publisher)
    return article.voice == "independent" and named


def _is_event(vendor: str, product: str, event: str) -> bool:
    """A vendor does not launch itself; it may close; money and studies need no named product."""
    if event in ("funding", "pricing", "study"):
        return True
    return bool(product) and (event == "shutdown" or key_of(vendor) != key_of(product))


def _read(sentence: str, grammar: Grammar, year: str) -> list[tuple[str, str, str]]:
    if sentence.endswith(("?", "？")) or count_words(sentence) > MOST_WORDS:
        return []
    if grammar.wide:
        return wide_events_of(sentence, grammar, year)
    return events_of(sentence, grammar, year) or study_in(readied(sentence), grammar, year)
