"""What vendors did, each proved by a sentence of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.records import Article, Label, Launch, Quote
from digest.stages.announced import find_announced
from digest.stages.availability import find_availability
from digest.stages.certainty import certainty_of
from digest.stages.clean import (
    clean_name,
    clean_product,
    is_proper,
    key_of,
    truecase,
)
from digest.stages.event_cues import NEW, NOTHING, Gist, find_gist
from digest.stages.genre import Genre, find_genre
from digest.stages.grammar import Grammar, grammar_for
from digest.stages.names import QUOTED, WEEKDAYS, find_names, is_kind, name_given
from digest.stages.protagonist import find_owner, is_maker
from digest.stages.release_notes import read_notes
from digest.stages.report_entries import is_report_entry, read_report_entry
from digest.stages.sentences import CLOSERS, terms_of
from digest.stages.slots import fill_slots
from digest.stages.spaced import events_of
from digest.stages.taxonomy import Knowledge
from digest.stages.wide import wide_events_of
from digest.stages.wide_slots import fill_wide_slots
from digest.text import count_words, months, split_sentences

BORNE_OUT = 0.5  #: share of a title's terms in the sentence that bears it out, at least
LIKELY = 0.2  #: chance that an article reports a kind of event, from which what has no name stands
PART = "part"  #: what is told as a part of something: a feature where nothing else is told
OPENING = 4  #: sentences that may bear a title out
DATELINE = re.compile(
    r"^(?:[^.!?。！？\n]|(?<=\d)\.){2,60}?(?:\b(?:19|20)\d\d\b|\d+[月日]|\([^)]{2,30}\))[^.!?。！？\n–—]{0,12}?\s*"
    r"(?:[–—―]+|\s-\s|--|讯|訊|電)\s*|^[A-ZÀ-Ý][A-ZÀ-Ý .'’-]{2,30}(?:\s[–—-]+\s)"
)
SHORT = 300  #: characters under which a text need not repeat its vendor's name
MOST_WORDS = 90  #: longer "sentences" are lists and tables
PER_ARTICLE = 12
TITLE = re.compile(r"[\"“„«]\s?([^\W\da-z][^\"“”„«»]{4,80}?)\s?[\"”“»]")  #: of a study, quoted
SHORTEST = 3  #: characters of what tells the kind of a thing
LONGEST_NAME = 5  #: words of a name that is told as new
VERSION_ENDS = tuple("0123456789")
ONE_THING = ("launch", "feature", "integration")  #: events of which a product has one an article


#: Events of something that is first announced and later to be had.
STAGED = (*ONE_THING, "acquisition", "shutdown", "pricing")


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says that a vendor did."""

    vendor: str
    product: str
    event: str
    proof: Quote
    named: bool  #: whether the sentence names the vendor itself
    titled: bool  #: whether the title says it
    gathered: bool = False  #: whether title and opening say it together, and no sentence does
    chance: float = 0.0  #: that the article reports this kind of event, by its words


def find_launches(
    article: Article, language: str, *, knowledge: Knowledge, labels: Sequence[Label]
) -> tuple[Launch, ...]:
    """Return what vendors did, in the order of the text, each with its verbatim sentence.

    A title is read too; its proof is the opening's sentence that names the product or the vendor.
    Hopes, plans, rumours, denials, suppositions and what happened in an earlier year give none.
    An entry of a report is the launch that it looks back on. The category is the label whose proof
    is the same sentence, else the article's best.

    Args:
        article: its publisher stands for "we" where the voice is a vendor's own.
        language: decides which phrases count; a language without phrases gives nothing.
        knowledge: names vendors as the gazetteer writes them.
        labels: the article's labels.
    """
    if is_report_entry(article):
        return read_report_entry(article, language, labels[0].name if labels else None)
    grammar = grammar_for(language)
    if grammar is None:
        return ()
    told = read_told(article, grammar, knowledge)
    sentences = [article.text[start:end] for start, end in split_sentences(article.text)]
    return tuple(_launch(article, one, language, sentences, labels) for one in told)


def read_told(article: Article, grammar: Grammar, knowledge: Knowledge) -> list[Told]:
    """Return what an article's sentences and title say that vendors did, each thing once."""
    genre = find_genre(article, grammar.language)
    told = list(_told(article, grammar, knowledge, genre))
    gist = find_gist(article, grammar.language)
    if genre.kind == "news":
        told = [one for one in told if _is_borne_out(one, gist, grammar)]
        told = told or _gathered(article, grammar, knowledge, genre, gist)
    told = [replace(one, chance=_chance(one, gist)) for one in told]
    return _merged(told)[:PER_ARTICLE]


def _chance(one: Told, gist: Gist) -> float:
    """Return how likely the article reports an event of this kind; a connection may be new, too."""
    chance = gist.chances.get(one.event, 0.0)
    return chance + (gist.chances.get(NEW, 0.0) if one.event in (*ONE_THING, PART) else 0.0)


def _is_borne_out(one: Told, gist: Gist, grammar: Grammar) -> bool:
    """Return whether what is told has a name, or its kind is what the article reports.

    "It brings total funding to €71 million" is no feature where the article tells of funding.
    """
    return _chance(one, gist) >= LIKELY or not _is_kind(one.product, grammar)


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
    return list(_new_names(article, grammar, genre, owner)) if owner else []


def _meant(article: Article, grammar: Grammar, knowledge: Knowledge) -> str:
    """Return whom a sentence without a vendor means: the speaker, else whom the title names."""
    return _speaker(article) or known_name(find_owner(article, grammar), knowledge)


def _told(article: Article, grammar: Grammar, knowledge: Knowledge, genre: Genre) -> Iterator[Told]:
    year = (article.published or article.first_seen)[:4]
    titled = _titled(article, grammar, knowledge, year)
    subject = titled
    meant = _meant(article, grammar, knowledge)
    if genre.kind == "notes":
        yield from _noted(article, grammar, genre)
    for quote, sentence in _statements(article, grammar.language):
        if quote and not _may_tell(sentence, genre, grammar):
            continue
        for said, thing, event in _read(sentence, grammar, year):
            name = known_name(clean_name(said), knowledge)
            if name and not is_maker(name, article, grammar, knowledge):
                continue
            name = _speaks_of_itself(name, event, article, knowledge)
            vendor = name or subject or meant
            product = clean_product(thing, vendor)
            if quote and event in (*ONE_THING, "study") and _is_kind(product, grammar):
                named = _named_later(article, quote, event, grammar)
                product, event = (
                    named or product,
                    "launch" if named and event == "feature" else event,
                )
            product = _quoted_beside(product, article.text) or product
            if not _is_thing(product):
                continue
            proof = quote or _proof(article, vendor, product)
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


def _new_names(article: Article, grammar: Grammar, genre: Genre, vendor: str) -> Iterator[Told]:
    """Give the feature that a sentence names as new, where nothing else tells of a thing.

    "The new Answer Tracker sends prompts" bears out the title "Rankhop tracks mentions".
    """
    for start, end in split_sentences(article.text)[: OPENING + 1]:
        text = article.text[start:end]
        match = grammar.new.search(text)
        if match is None or genre.is_step(text) or not grammar.new.match(text):
            continue
        names = find_names(
            " ".join(text[match.end() :].split()[:LONGEST_NAME]), grammar, opens=False
        )
        if names and text[match.end() :].lstrip().startswith(names[0]) and " " in names[0]:
            quote = Quote(text, article.id, start, end)
            yield Told(vendor, names[0], "feature", quote, False, False)
            return


def _may_tell(sentence: str, genre: Genre, grammar: Grammar) -> bool:
    """Return whether a sentence of the text may tell news: no step, and in a manual only dated."""
    if genre.is_step(sentence):
        return False
    return genre.kind != "manual" or bool(grammar.now.search(sentence))


def _noted(article: Article, grammar: Grammar, genre: Genre) -> Iterator[Told]:
    for quote, product in read_notes(article, grammar, genre):
        if article.publisher:
            yield Told(article.publisher, product, "feature", quote, False, False)


def _speaks_of_itself(name: str, event: str, article: Article, knowledge: Knowledge) -> str:
    """Return the vendor that a name stands for in a vendor's own text: of its products, itself.

    "The Console now supports shortcuts" is a feature of its maker's, who publishes the text.
    """
    own = _speaker(article)
    if not own or not name or event not in ONE_THING:
        return name
    known = any(name in vendor.names for vendor in knowledge.vendors)
    return name if known or key_of(own) in key_of(name) or key_of(name) in key_of(own) else ""


def _quoted_beside(product: str, text: str) -> str:
    """Return the quoted name that follows what a product is: of „das Modul „Echo“" Echo."""
    if len(product) < SHORTEST:
        return ""
    found = re.search(rf"{re.escape(product)}\s*{QUOTED.pattern}", text)
    return found[1].strip(" ,.") if found and count_words(found[1]) <= LONGEST_NAME else ""


def _is_thing(product: str) -> bool:
    """Return whether a product is more than a date or a number."""
    words = [word.casefold().strip(".,") for word in product.split()]
    dated = all(word.isdigit() or word in months() | WEEKDAYS for word in words)
    return not words or not dated


def _is_kind(product: str, grammar: Grammar) -> bool:
    """Return whether words tell what a thing is rather than its name."""
    common = all(is_kind(word, grammar) for word in product.split())
    return not is_proper(product) or (grammar.language == "de" and common)


def _named_later(article: Article, quote: Quote, event: str, grammar: Grammar) -> str:
    """Return the name that a sentence, or one of the next two, gives to what it describes."""
    spans = split_sentences(article.text)
    place = spans.index((quote.start, quote.end))
    near = [article.text[start:end] for start, end in spans[place : place + 3]]
    if event == "study":
        return next((found[1].strip(" ,.") for one in near if (found := TITLE.search(one))), "")
    return next((name for one in near if (name := name_given(one, grammar))), "")


def _titled(article: Article, grammar: Grammar, knowledge: Knowledge, year: str) -> str:
    """Return the vendor of the title's event: whom "the company" means, "" where there is none."""
    title = truecase(article.title, article.text, grammar.language)
    names = (clean_name(said) for said, _, _ in _read(title, grammar, year))
    return next((known_name(name, knowledge) for name in names if name), "")


def _launch(
    article: Article, one: Told, language: str, sentences: Sequence[str], labels: Sequence[Label]
) -> Launch:
    text = one.proof.text
    dateline = DATELINE.match(sentences[0]) if sentences else None
    announced, source = find_announced(
        article, DATELINE.sub("", text, count=1), dateline[0] if dateline else "", language
    )
    return Launch(
        vendor=one.vendor,
        product=one.product,
        event=one.event,
        category=_category(one.proof, labels),
        evidence=one.proof,
        announced=announced,
        announced_from=source,
        availability=find_availability(text, sentences, one.product, language)
        if one.event in STAGED
        else "",
        confidence=certainty_of(one, article),
    )


def _statements(article: Article, language: str) -> Iterator[tuple[Quote | None, str]]:
    """Give each sentence with its quote, without a dateline; last the title, which has none."""
    wide = language in ("ja", "zh-Hans", "zh-Hant")
    for start, end in split_sentences(article.text):
        if wide and article.text[end - 1] not in CLOSERS:
            continue  # a heading, which names a kind of event and tells none
        quote = Quote(article.text[start:end], article.id, start, end)
        yield quote, DATELINE.sub("", quote.text, count=1)
    yield None, truecase(article.title, article.text, language)


def _proof(article: Article, vendor: str, product: str) -> Quote | None:
    """Return the opening's sentence that bears a title out: it names the product, or the vendor.

    Else the one that has the most of the title's words, half of them at least.
    """
    spans = split_sentences(article.text)[:OPENING]
    for name in (product, vendor):
        for start, end in spans:
            if name and key_of(name) in key_of(article.text[start:end]):
                return Quote(article.text[start:end], article.id, start, end)
    return _nearest(article, spans)


def _nearest(article: Article, spans: Sequence[tuple[int, int]]) -> Quote | None:
    """Return the sentence that shares the most terms with the title, None below half of them."""
    terms = terms_of(article.title)
    shared = [len(terms & terms_of(article.text[start:end])) for start, end in spans]
    most = max(shared, default=0)
    if not terms or most < BORNE_OUT * len(terms):
        return None
    start, end = spans[shared.index(most)]
    return Quote(article.text[start:end], article.id, start, end)


def _is_recurring(name: str, article: Article) -> bool:
    """Tell a name from a word that is capitalised only since it opens a sentence.

    A text of some length that tells what somebody did names them again.
    """
    whole = f"{article.title}\n{article.text}"
    return " " in name or len(article.text) < SHORT or whole.count(name) > 1


def _merged(told: list[Told]) -> list[Told]:
    """Leave out what another telling of the article says with a fuller name, or said before."""
    firsts: dict[tuple[str, str, str], Told] = {}
    for one in told:
        event = "launch" if one.event in ONE_THING else one.event
        names = [key_of(one.vendor), key_of(one.product)]
        first, second = sorted(names) if one.event == "partnership" else names
        firsts.setdefault((event, first, second), one)
    kept = [
        replace(one, event="feature") if one.event == PART else one
        for one in firsts.values()
        if one.event != PART or not any(_is_whole(other, one) for other in told)
    ]
    kept = [one for one in kept if not any(_tells_for(other, one) for other in kept)]
    return [one for one in kept if not any(_covers(other, one) for other in kept)]


def _tells_for(other: Told, one: Told) -> bool:
    """Return whether a sentence tells what a title only describes: "unveils a tag manager"."""
    alike = one.event == other.event or {one.event, other.event} <= set(ONE_THING)
    same = alike and key_of(other.vendor) == key_of(one.vendor)
    unnamed = (
        key_of(one.product) not in key_of(one.proof.text) or one.product == one.product.lower()
    )
    return one.titled and not other.titled and same and unnamed


def _is_whole(other: Told, one: Told) -> bool:
    """Return whether another telling names a product of the same vendor, of which one is a part."""
    return other.event in ONE_THING and key_of(other.vendor) == key_of(one.vendor)


def _covers(other: Told, one: Told) -> bool:
    """Return whether another telling is of the same thing, with a fuller name or said earlier.

    Of a name in a sentence and a longer one in the title, the sentence's stands, save that the
    title adds a version ("Nova 3"): headlines run names together.
    """
    if other is one or other.event != one.event:
        return False
    mine, theirs = key_of(one.product), key_of(other.product)
    if mine == theirs:
        return (other.proof.start, other.titled) < (one.proof.start, one.titled)
    if one.titled != other.titled and not (mine + theirs).endswith(VERSION_ENDS):
        return one.titled and (mine in theirs or theirs in mine)
    return mine in theirs


def _is_event(vendor: str, product: str, event: str) -> bool:
    """A vendor does not launch itself; it may close, or get money for no named product."""
    if event in ("funding", "pricing"):
        return True
    return bool(product) and (event == "shutdown" or key_of(vendor) != key_of(product))


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


def _category(quote: Quote, labels: Sequence[Label]) -> str | None:
    for label in labels:
        if label.evidence and label.evidence.start == quote.start:
            return label.name
    return labels[0].name if labels else None
