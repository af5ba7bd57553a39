"""Whose deed a sentence tells that names no vendor: the speaker's, the title's, or told next."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.records import Article, Quote
from digest.stages.clean import clean_name, key_of, maker_of
from digest.stages.grammar import Grammar
from digest.stages.names import find_names
from digest.stages.owners import owner_told
from digest.stages.protagonist import find_owner, is_maker
from digest.stages.taxonomy import Knowledge
from digest.stages.told import ONE_THING
from digest.text import place_among, spans_of

PARAGRAPH = "\n\n"
ELIDED = re.compile(r"\w{1,2}['’]")  #: "l'", "un'"
NEAR = 80  #: characters of the next sentence in which a maker is named


@dataclass(slots=True)
class Subject:
    """Whom "the company" means, sentence after sentence.

    A round-up's title names nobody, and each of its paragraphs is about another vendor.
    """

    titled: str  #: the vendor of the title's event
    meant: str  #: the speaker, or whom the title is about
    now: str = ""  #: the vendor of the sentences before
    place: int = -1  #: the paragraph that these stand in
    read: int = 0  #: where in the text its paragraphs are counted up to
    before: int = 0  #: how many of them

    @property
    def name(self) -> str:
        """Whom a sentence without a vendor means, "" where nobody is known."""
        return self.now or self.titled or self.meant

    @property
    def is_of_many(self) -> bool:
        """Whether the article is a round-up: its title names nobody."""
        return not (self.titled or self.meant)

    def moves_to(self, article: Article, quote: Quote | None) -> None:
        """Forget, at a round-up's new paragraph, whom the one before was about."""
        if not self.is_of_many:
            return
        if quote:  # sentences come in order: none is counted twice
            self.before += article.text.count(PARAGRAPH, self.read, quote.start)
            self.read = quote.start
        place = self.before if quote else -1
        if place != self.place:
            self.place, self.now = place, ""

    def is_told(self, vendor: str) -> None:
        """Remember the vendor of a sentence, the first of its kind."""
        self.now = self.now or self.titled or vendor


def known_name(name: str, knowledge: Knowledge) -> str:
    """Return the gazetteer's name where one of its vendors is meant, else the name as it is."""
    vendor = knowledge.vendors.named.get(name)
    return vendor.name if vendor else name


def speaker_of(article: Article) -> str:
    """Return the vendor that publishes its own text, "" where another does."""
    return maker_of(article.publisher) if article.voice == "vendor" else ""


def meant_by(article: Article, grammar: Grammar, knowledge: Knowledge) -> str:
    """Return whom a sentence without a vendor means: the speaker, else whom the title names."""
    return speaker_of(article) or known_name(find_owner(article, grammar), knowledge)


def speaks_of_itself(name: str, event: str, article: Article, knowledge: Knowledge) -> str:
    """Return the vendor that a name stands for in a vendor's own text: of its products, itself.

    "The Console now supports shortcuts" is a feature of its maker's, who publishes the text.
    """
    own = speaker_of(article)
    if not own or not name or event not in ONE_THING:
        return name
    known = name in knowledge.vendors.named
    return name if known or key_of(own) in key_of(name) or key_of(name) in key_of(own) else ""


def maker_told(
    product: str, article: Article, quote: Quote, grammar: Grammar, knowledge: Knowledge
) -> str:
    """Return whose a thing is, as its paragraph says next; "" where it does not.

    "Calamaio 2 is here. The editor of Inchiostro now suggests titles."
    """
    owner = owner_told(product, article, grammar)
    if owner or grammar.wide:
        return owner
    spans = spans_of(article.text)
    place = place_among(spans, (quote.start, quote.end))
    for start, end in spans[place + 1 : place + 2]:
        if PARAGRAPH not in article.text[quote.end : start]:
            return _maker_in(article.text[start:end], article, grammar, knowledge)
    return ""


def _maker_in(text: str, article: Article, grammar: Grammar, knowledge: Knowledge) -> str:
    """Return the name after "of" in what opens a sentence on a thing: "The editor of Acme now"."""
    words = text.split()
    if len(words) < 2 or not (words[0].casefold() in grammar.strip or ELIDED.match(words[0])):
        return ""
    for match in re.finditer(rf"(?<!\w)(?:{grammar.of.pattern})", text[:NEAR], re.I):
        rest = text[match.end() :]
        names = [clean_name(name) for name in find_names(rest, grammar, opens=False)]
        if names and rest.startswith(names[0]) and is_maker(names[0], article, grammar, knowledge):
            return names[0]
    return ""
