"""Names of vendors and products in a phrase, for languages written with spaces."""

from __future__ import annotations

import re
from functools import cache

from digest.stages.data_files import read_data, rows_of
from digest.stages.facts import month_of
from digest.stages.grammar import Grammar
from digest.stages.ordinary import is_ordinary_noun
from digest.stages.phrase_data import phrases_for
from digest.stages.sentences import stopwords
from digest.stages.taxonomy import load_knowledge
from digest.text import months, weekdays

# A run of digits is tried once, from its first: a line of them would take hours.
WORD = r"(?:[^\W\d_a-zß-öø-ÿ][\w&'’.+!/-]*|(?<!\d)\d++[^\W\d_][\w.-]*|[a-z]{1,3}[A-Z][\w.-]*)"
RUN = re.compile(rf"{WORD}(?:(?:[  ]|[  ](?:&|\+)[  ])(?:{WORD}|\d[\d.]*))*")
QUOTED = re.compile(r"[\"“”„«‹‘‚]\s?([^\"“”„«»‹›‘’]{2,60}?)\s?[\"“”»›’‘]")
APPOSED = re.compile(r"\s?[,:]\s([^,.;:()]{2,40})(?=[,.;(]|$)")
#: "L'olandese" before a name: its first letter is large or small.
ELIDED = re.compile(
    "(?:{})['’][a-zà-ÿ]".format(
        "|".join(
            f"[{row[0].upper()}{row[0]}]{row[1:]}"
            for row in rows_of("function_words.toml", "elided_articles")
        )
    )
)
NUMBER = re.compile(r"\d[\d.]*")  #: of a version or a year: "Acme Suite 7"
COMPOUND = re.compile(r"[A-Z]{2,3}-[a-z]+")  #: "AI-driven" before a name is no part of it


def find_names(phrase: str, grammar: Grammar, *, opens: bool = True) -> list[str]:
    """Return the names in a phrase, in order, without articles, dates and kinds of thing.

    Args:
        phrase: some words of a sentence.
        grammar: the phrases of its language.
        opens: whether it may open a sentence, where articles too have a capital; inside of one, a
            capital makes a name of any word ("lançou Nova").
    """
    runs = (
        _trim(match[0], grammar, opens)
        for match in RUN.finditer(phrase)
        if not _is_noun(match[0], phrase[: match.start()], grammar)
    )
    return [run for run in runs if run]


def _is_noun(run: str, before: str, grammar: Grammar) -> bool:
    """Return whether what German writes like a name is surely a noun: "jede Abteilung"."""
    return grammar.language == "de" and is_ordinary_noun(run, before, "de")


def _trim(run: str, grammar: Grammar, opens: bool) -> str:
    words = _without_elision(run.rstrip(".,'’!-/").split(), grammar)
    words = _after_kind(_before_count(words, grammar), grammar)
    while words and (skipped := _day_ahead(words) or _is_filler(words[0], grammar, opens)):
        words = words[skipped:]
    while words and words[-1].casefold().strip(".,") in (months() | weekdays()):
        words = words[:-1]
    return re.sub(r"['’]s?$", "", " ".join(words)).rstrip(".,")


def _day_ahead(words: list[str]) -> int:
    """Return how many words of a run name a day before a name: "8 September Acme", "May 4 Acme"."""
    if len(words) < 3:
        return 0
    first, second = (word.strip(".,") for word in words[:2])
    dated = (first.isdigit() and month_of(second)) or (month_of(first) and second.isdigit())
    return 2 if dated else 0


def _without_elision(words: list[str], grammar: Grammar) -> list[str]:
    """Return words without the article that is written with the first: "L'Institut Nadir"."""
    first = re.match(r"[LlDd]['’](.+)", words[0]) if words else None
    return [first[1], *words[1:]] if first and grammar.institute.fullmatch(first[1]) else words


def _before_count(words: list[str], grammar: Grammar) -> list[str]:
    """Return a run up to a number that counts the noun after it: "Acme 512 Betriebe" is Acme."""
    counts = (n for n, word in enumerate(words[:-1]) if word.isdigit() and n)
    return words[: next(counts, len(words))] if grammar.language == "de" else words


def _after_kind(words: list[str], grammar: Grammar) -> list[str]:
    """Keep what follows the last kind of thing ("Softwareanbieter Acme"), if it is no number."""
    for index in range(len(words) - 1, -1, -1):
        if words[index] in brand_words():
            continue
        rest = words[index + 1 :]
        if is_kind(words[index], grammar) and not all(NUMBER.fullmatch(word) for word in rest):
            return rest
    return [] if words and all(is_kind(word, grammar) for word in words) else words


def is_kind(word: str, grammar: Grammar) -> bool:
    """Return whether a word says what kind of thing something is, and is no name."""
    bare = word.strip(".,'’")
    if bare in kinds_written_large() or bare.casefold() in grammar.generic:
        return True
    return bool(grammar.kinds.fullmatch(bare))


@cache
def brand_words() -> frozenset[str]:
    """Return kinds of thing that are part of a name where they have a capital: "Grupo Acme"."""
    return frozenset(load_knowledge().names["brands"])


@cache
def kinds_written_large() -> frozenset[str]:
    """Return kinds of thing that are written like names: "CRM" (`names.toml`)."""
    return frozenset(load_knowledge().names["kinds"])


def _is_filler(word: str, grammar: Grammar, opens: bool) -> bool:
    bare = word.strip(".,'’")
    if bare.isupper() and len(bare) > 1:
        return False
    if COMPOUND.fullmatch(bare) or ELIDED.match(bare):
        return True
    folded = bare.casefold()
    dates = months() | weekdays()
    return (
        bare in grammar.strip
        or (opens and folded in stopwords(grammar.language))
        or folded in dates
        or bool(grammar.now.fullmatch(bare))
    )


def find_product(phrase: str, grammar: Grammar) -> str:
    """Return what a phrase names as the thing: quoted, called, capitalised, or described."""
    quoted = QUOTED.search(phrase)
    if quoted:
        return quoted[1].strip(" ,.")
    named = grammar.named.search(phrase)
    if named and (names := find_names(phrase[named.end() :], grammar, opens=False)):
        return names[0]
    phrase = _direct(phrase, grammar)
    head = head_of(phrase, grammar)
    names = find_names(head, grammar, opens=False)
    if names:
        return names[0]
    explained = _after_comma(phrase, head, grammar)
    if explained:
        return explained
    rest = phrase[phrase.find(head) + len(head) :] if head else ""
    owner = grammar.of.match(rest.lstrip())
    further = (
        find_names(head_of(rest.lstrip()[owner.end() :], grammar), grammar, opens=False)
        if owner
        else []
    )
    return further[0] if further else _described(head, grammar)


def _direct(phrase: str, grammar: Grammar) -> str:
    """Return a verb's object without what is said of place first: "in ten shops its new till"."""
    words = phrase.split()
    governs = (phrases_for("plans", grammar.language) or {}).get("governs")
    if not words or governs is None or not governs.fullmatch(words[0]):
        return phrase
    if words[0].casefold() in grammar.strip:
        return phrase  # "a" is an article, too
    opens = (word.casefold() in grammar.strip and not governs.fullmatch(word) for word in words)
    start = next((n for n, article in enumerate(opens) if article and n > 1), 0)
    given = " ".join(words[1:start])
    return given if named_ware(given, grammar) else " ".join(words[start:])


def named_ware(phrase: str, grammar: Grammar) -> bool:
    """Return whether a phrase names a thing behind what it is: "al suo chatbot Nova"."""
    told = re.search(rf"(?<!\w){wares_of(grammar.language)}\s", phrase, re.I)
    rest = phrase[told.end() :] if told else ""
    names = find_names(rest, grammar, opens=False)
    return bool(names) and rest.startswith(names[0])


@cache
def wares_of(language: str) -> str:
    """Return a language's words for what a vendor sells, as one group (`wares.toml`)."""
    return f"(?:{'|'.join(read_data('wares.toml')['wares'].get(language.split('-')[0], ['(?!)']))})"


def _after_comma(phrase: str, head: str, grammar: Grammar) -> str:
    """Return the name that follows what it explains: of "its virtual mirror, Nova" Nova."""
    rest = phrase[phrase.find(head) + len(head) :] if head else ""
    told = APPOSED.match(rest)
    if told is None:
        return ""
    names = find_names(told[1], grammar, opens=False)
    return names[0] if names and names[0] == told[1].strip() else ""


def name_given(sentence: str, grammar: Grammar) -> str:
    """Return the name that a sentence gives to something ("it is called Nova"), "" for none."""
    named = grammar.named.search(sentence)
    if not named:
        return ""
    rest = sentence[named.end() :].lstrip()
    quoted = QUOTED.match(rest)
    names = find_names(rest.split(",")[0], grammar, opens=False)
    return quoted[1].strip(" ,.") if quoted else names[0] if names else ""


def is_named(phrase: str, grammar: Grammar) -> bool:
    """Return whether the head of a phrase holds a proper name or a quoted one."""
    return bool(QUOTED.search(phrase) or find_names(head_of(phrase, grammar), grammar, opens=False))


def head_of(phrase: str, grammar: Grammar) -> str:
    """Return a noun phrase without its opening articles, up to where its description ends."""
    words = phrase.strip(" ,:").split()
    while words and words[0].strip(",") in grammar.strip:
        words = words[1:]
    text = " ".join(words)
    end = re.search(r"[,;:(]|\s[–—-]\s", text)
    text = text[: end.start()] if end else text
    cuts = (cut.start() for cut in grammar.cut.finditer(text, 1) if text)
    cut = next((place for place in cuts if text[place - 1] != "-"), len(text))  # "key-based"
    return text[:cut].strip()


def _described(head: str, grammar: Grammar) -> str:
    words = head.strip(" .").split()
    return " ".join(words[:6]) if 1 <= len(words) <= 8 else ""
