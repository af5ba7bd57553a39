"""What a launched thing is called, where the sentence that tells of it only describes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from digest.records import Article, Quote
from digest.stages.calendars import calendar_for
from digest.stages.clean import is_proper, key_of
from digest.stages.data_files import any_of
from digest.stages.facts import month_of
from digest.stages.genre import Genre
from digest.stages.grammar import Grammar
from digest.stages.names import QUOTED, find_names, is_kind, name_given
from digest.stages.needles import ASKED, is_within, places_of
from digest.stages.ordinary import is_frequent_in, is_plain_noun
from digest.stages.sentences import stopwords
from digest.stages.told import Told
from digest.text import count_words, months, place_among, spans_of, weekdays

OPENING = 5  #: sentences in which a new name is looked for
SHORTEST = 3  #: characters of what tells the kind of a thing
BEFORE = 2  #: sentences before a pronoun in which what it stands for is looked for
SUBJECT = 4  #: words of what a study is about
LONGEST_NAME = 5  #: words of a name that is told as new
#: An article before a vowel.
ELIDED = re.compile(rf"^(?:{any_of('function_words.toml', 'elided_articles')})['’]", re.I)
BESIDE = re.compile(rf"\s*{QUOTED.pattern}")
OPENED = re.compile(r"(?<=[\"“„«‹‘「『《])|(?<=[\"“„«‹‘「『《]\s)")
CLOSED = re.compile(r"\s?[\"”“»›’」』》]")
TITLE = re.compile(r"[\"“„«]\s?([^\W\da-z][^\"“”„«»]{4,80}?)\s?[\"”“»]")  #: of a study, quoted


@lru_cache(maxsize=ASKED)
def quoted_beside(product: str, text: str) -> str:
    """Return the quoted name that follows what a product is: of „das Modul „Echo“" Echo."""
    if len(product) < SHORTEST:
        return ""
    bare = (place for place in places_of(product, text) if not OPENED.match(text, place))
    ends = (place + len(product) for place in bare)  # behind a quoted name its own mark closes it
    found = next(filter(None, (BESIDE.match(text, end) for end in ends)), None)
    return found[1].strip(" ,.") if found and count_words(found[1]) <= LONGEST_NAME else ""


def is_thing(product: str, language: str) -> bool:
    """Return whether a product is more than a time or a number: no "H1 2027"."""
    times = calendar_for(language)
    if times and any(pattern.fullmatch(product) for _, pattern in times.kinds):
        return False
    words = [word.casefold().strip(".,") for word in product.split()]
    dated = all(word.isdigit() or month_of(word) or word in months() | weekdays() for word in words)
    return not words or not dated


def is_description(product: str, grammar: Grammar) -> bool:
    """Return whether words tell what a thing is rather than its name."""
    common = all(is_kind(word, grammar) for word in product.split())
    return not is_proper(product) or (grammar.language == "de" and common)


def is_bare_noun(product: str, article: Article, grammar: Grammar, *, owned: bool) -> bool:
    """Return whether a product is only the word for a thing: "Plattform", "L'operazione", "Tool".

    A frequent word that has a capital only since it opens a sentence is no name, save that the
    sentence says whose it is (`owned`); what stands in quotation marks is one.
    """
    bare = ELIDED.sub("", product)
    if not bare or " " in bare or _is_quoted(bare, article):
        return False
    if bare.casefold() in grammar.generic or grammar.kinds.fullmatch(bare):
        return True
    if any(pattern.fullmatch(bare) for _, pattern in grammar.objects):
        return True
    if grammar.language == "de" and is_plain_noun(bare, article.text):
        return True
    if grammar.wide or not bare.isalpha() or not is_frequent_in(bare, grammar.language):
        return False
    opens = not (owned or grammar.turns or is_within(bare, article.text))
    return bare == product.lower() or opens


def _is_quoted(name: str, article: Article) -> bool:
    return _is_quoted_in(name, article.title, article.text)


@lru_cache(maxsize=ASKED)
def _is_quoted_in(name: str, title: str, text: str) -> bool:
    whole = f"{title}\n{text}"
    return any(
        OPENED.match(whole, place) and CLOSED.match(whole, place + len(name))
        for place in places_of(name, whole)
    )


def named_later(article: Article, quote: Quote, event: str, grammar: Grammar) -> str:
    """Return the name that a sentence, or one of the next two, gives to what it describes."""
    spans = spans_of(article.text)
    place = place_among(spans, (quote.start, quote.end))
    near = [article.text[start:end] for start, end in spans[place : place + 3]]
    if event == "study":
        return next((found[1].strip(" ,.") for one in near if (found := TITLE.search(one))), "")
    return next((name for one in near if (name := name_given(one, grammar))), "")


def with_subject(study: str, text: str, grammar: Grammar) -> str:
    """Return a study without a title with what it is about: "survey on consent banners"."""
    place = text.find(study)
    rest = text[place + len(study) :] if study and place >= 0 else ""
    about = grammar.about.match(rest.lstrip())
    if about is None or grammar.about.search(study):
        return study
    words = re.split(r"[,;.:()\"“”„«»]", rest.lstrip()[about.end() :])[0].split()[:SUBJECT]
    while words and words[-1].casefold() in stopwords(grammar.language):
        words.pop()
    return f"{study} {about[0]} {' '.join(words)}" if words else study


def named_before(article: Article, quote: Quote, vendor: str, grammar: Grammar) -> str:
    """Return what "it" stands for in a sentence: the last name before it that is not its vendor."""
    spans = spans_of(article.text)
    place = place_among(spans, (quote.start, quote.end))
    for start, end in reversed(spans[max(0, place - BEFORE) : place]):
        text = article.text[start:end]
        quoted = [match[1].strip(" ,.") for match in QUOTED.finditer(text)]
        short = [name for name in quoted if count_words(name) <= LONGEST_NAME]
        names = short or [re.sub(r"['’]s?$", "", name) for name in find_names(text, grammar)]
        others = [name for name in names if key_of(name) not in key_of(vendor)]
        if others:
            return others[-1]
    return ""


def new_names(article: Article, grammar: Grammar, genre: Genre, vendor: str) -> Iterator[Told]:
    """Give the feature that a sentence names as new, where nothing else tells of a thing.

    "The new Answer Tracker sends prompts" bears out the title "Rankhop tracks mentions".
    """
    for start, end in spans_of(article.text)[:OPENING]:
        text = article.text[start:end]
        match = grammar.new.match(text)  # a search takes hours over a line of dots
        if match is None or genre.is_step(text):
            continue
        names = find_names(
            " ".join(text[match.end() :].split()[:LONGEST_NAME]), grammar, opens=False
        )
        if names and text[match.end() :].lstrip().startswith(names[0]) and " " in names[0]:
            quote = Quote(text, article.id, start, end)
            yield Told(vendor, names[0], "feature", quote, False, False)
            return
