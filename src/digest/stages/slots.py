"""Whom and what an article's event is about, where no sentence says it as subject and object."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.records import Article, Quote
from digest.stages.clean import clean_name, is_common_word, key_of, maker_of, truecase
from digest.stages.cues import Cues, cues_for
from digest.stages.cuts import Cuts
from digest.stages.event_cues import worth_of
from digest.stages.grammar import Grammar
from digest.stages.names import QUOTED, find_names, name_given
from digest.stages.needles import is_within, places_of
from digest.stages.phrase_data import phrases_for
from digest.stages.protagonist import is_maker
from digest.stages.taxonomy import Knowledge
from digest.text import count_words, months, split_sentences, weekdays

OPENING = 3  #: sentences that are read beside the title
MANY = 100  #: names of title and opening that are weighed; where more are, it is a list
LONGEST_NAME = 200  #: characters of one; a run of capitals without end is none
LONGEST = 5  #: words of a quoted name; longer is somebody's words
LATER = ("shutdown", "pricing")  #: events that are news also where they lie ahead
ALONE = ("funding", "pricing")  #: events that need no second name
TWO = ("acquisition", "partnership", "integration")  #: events of two parties

DATED = re.compile(r"\s(?:19|20)\d\d$")  #: a name with its year
OWNING = re.compile(r"['’]s?\s")


@dataclass(frozen=True, slots=True)
class Slots:
    """An event's vendor and product, with the sentence that proves it."""

    vendor: str
    product: str  #: "" where the event needs none
    proof: Quote


def fill_slots(
    article: Article, event: str, grammar: Grammar, knowledge: Knowledge, cuts: Cuts
) -> Slots | None:
    """Return vendor, product and proof of what an article reports, None where one is missing.

    The vendor is the name that title and opening tell most of, in a vendor's own text itself; the
    product what is quoted, given a name, or named beside it.

    Args:
        article: of a language that is written with spaces.
        event: its kind; "new" is a launch or a feature.
        grammar: the phrases of its language.
        knowledge: its vendors, and the words of each kind of event.
        cuts: where names that are not weighed are counted.
    """
    proofs = _proofs(article, event, grammar, knowledge.events)
    parts = _parts(article, grammar)
    ranked = _ranked(article, parts, grammar, knowledge, cuts)
    vendor = _vendor(article, event, ranked, grammar)
    if not vendor or not proofs:
        return None
    vendor, named = _split_study(vendor, grammar) if event == "study" else (vendor, "")
    others = [name for name in ranked if not _is_same(name, vendor)]
    product = named or _product(event, vendor, others, parts, grammar)
    if not product and event not in ALONE:
        return None
    for name in filter(None, (product, vendor)):
        for quote in proofs:
            if key_of(name) in key_of(quote.text):
                return Slots(vendor, product, quote)
    return None


def _split_study(name: str, grammar: Grammar) -> tuple[str, str]:
    """Return maker and study of a name that joins both: "Observatorio Faro Estudio 2026"."""
    found = DATED.search(name)
    for noun in grammar.study.finditer(name) if found else ():
        maker = name[: noun.start()].strip()
        if maker and noun[0][:1].isupper():
            return maker, name[noun.start() :]
    return name, ""


def _proofs(
    article: Article, event: str, grammar: Grammar, events: Mapping[str, Cues]
) -> list[Quote]:
    """Return the opening's sentences that tell the event, those with its words first."""
    cues = cues_for(events[event], grammar.language)
    told = [
        (worth_of(quote.text, cues), quote)
        for quote in _opening(article)
        if not is_ahead(quote.text, event, grammar)
    ]
    titled = worth_of(article.title, cues) > 0
    kept = [(worth, quote) for worth, quote in told if worth or titled]
    return [quote for _, quote in sorted(kept, key=lambda pair: (-pair[0], pair[1].start))]


def _opening(article: Article) -> list[Quote]:
    return [
        Quote(article.text[start:end], article.id, start, end)
        for start, end in split_sentences(article.text)[:OPENING]
    ]


def is_ahead(sentence: str, event: str, grammar: Grammar) -> bool:
    """Return whether a sentence supposes, asks or denies, or tells of what is only planned."""
    if grammar.wide:
        asked = sentence.endswith(("?", "？")) or grammar.condition.match(sentence)
        return bool(asked) or (event not in LATER and bool(grammar.unsure.search(sentence)))
    if sentence.endswith(("?", "？")) or grammar.condition.match(sentence.lstrip("\"“„«'‘ ")):
        return True
    plans = phrases_for("plans", grammar.language)
    if plans is None:
        return False
    if event in LATER:
        return False
    return bool(plans["refuse"].search(sentence) or plans["strong"].search(sentence))


def _parts(article: Article, grammar: Grammar) -> list[str]:
    """Return the title in its true case and the opening's sentences."""
    title = truecase(article.title, article.text, grammar.language)
    return [title, *(quote.text for quote in _opening(article))]


def _ranked(
    article: Article, parts: Sequence[str], grammar: Grammar, knowledge: Knowledge, cuts: Cuts
) -> list[str]:
    """Return the names of title and opening, those that are told most of first."""
    every = list(_names_in(parts, grammar))
    short = [name for name in every if len(name) <= LONGEST_NAME]
    # The names of an article are the same whoever weighs them: they are not counted twice.
    cuts["names"] = max(cuts["names"], len(every) - len(short[:MANY]))
    whole = f"{parts[0]}\n{article.text}"
    found = (
        name
        for name in short[:MANY]
        if _is_name(name) and is_maker(name, article, grammar, knowledge) and _is_told(name, whole)
    )
    order = list(found)
    weights = {name: _weight(name, parts, whole, grammar) for name in order}
    return sorted(order, key=lambda name: (-weights[name], order.index(name)))


def _names_in(parts: Sequence[str], grammar: Grammar) -> Iterator[str]:
    """Give the names of title and opening, each once."""
    seen: set[str] = set()
    for part in parts:
        for name in find_names(re.sub(r"\([^()]*\)", "", part), grammar):
            for piece in re.split(r"(?<=['’]s)\s|(?<=s['’])\s", name):
                bare = clean_name(re.sub(r"['’]s?$", "", piece))
                if bare not in seen:
                    seen.add(bare)
                    yield bare


def _is_told(name: str, whole: str) -> bool:
    """Return whether more than its place at a sentence's opening makes a word a name.

    It stands within a sentence, is told again, or is one of several words: "Shoving, tear gas".
    """
    return " " in name or whole.count(name) > 1 or is_within(name, whole)


def _is_name(name: str) -> bool:
    """Return whether words may be a name: no date, and not common words alone."""
    words = [word.casefold().strip(".,") for word in name.split()]
    plain = all(is_common_word(word) for word in words)
    return not plain and not all(w.isdigit() or w in months() | weekdays() for w in words)


def _weight(name: str, parts: Sequence[str], whole: str, grammar: Grammar) -> float:
    """Return how much is told of a name: in the title, at its head, in the lead, again."""
    title = parts[0]
    owns = any(OWNING.match(whole, place + len(name)) for place in places_of(name, whole))
    return (
        2.0 * (name in title)
        + 1.0 * title.startswith(name)
        + 1.0 * any(part.startswith(name) for part in parts[1:2])
        + 0.5 * owns
        - 2.0 * _is_used(name, title, grammar)
        + 0.5 * min(whole.count(name), 4)
    )


def _is_used(name: str, title: str, grammar: Grammar) -> bool:
    """Return whether a title opens with a product by which somebody acts: "With Nova, …"."""
    opening = rf"(?:[^:]*:\s)?{grammar.using.pattern}\s+{re.escape(name)}\b"
    return re.match(opening, title, re.I) is not None


def _vendor(article: Article, event: str, ranked: Sequence[str], grammar: Grammar) -> str:
    if article.voice == "vendor" and article.publisher:
        return maker_of(article.publisher)
    if event == "acquisition" and len(ranked) > 1:
        behind = next((name for name in ranked if _is_behind(name, article.title, grammar)), "")
        if behind:
            return behind
    return ranked[0] if ranked else ""


def _is_behind(name: str, title: str, grammar: Grammar) -> bool:
    """Return whether a title names last who acts: "goes to Acme"."""
    small = "|".join(map(re.escape, sorted(grammar.strip | grammar.generic)))
    before = rf"{grammar.behind.pattern}\s+(?:(?:{small})\s+)*"
    return re.search(before + re.escape(name), title, re.I) is not None


def _is_same(name: str, vendor: str) -> bool:
    """Return whether a name is only the vendor's, longer or shorter, and no product's of it."""
    mine, theirs = key_of(name), key_of(vendor)
    return mine in theirs


def _product(
    event: str, vendor: str, others: Sequence[str], parts: Sequence[str], grammar: Grammar
) -> str:
    if event in ALONE:
        return ""
    if event == "study":
        return _quoted(parts, vendor, grammar) or _described(parts, grammar)
    if event in TWO:
        return others[0] if others else ""
    given = [name_given(part, grammar) for part in parts]
    named = next((name for name in given if name and not _is_same(name, vendor)), "")
    told = named or _quoted(parts, vendor, grammar) or _beside(others, parts, grammar)
    return told or (vendor if event == "shutdown" else "")


def _quoted(parts: Iterable[str], vendor: str, grammar: Grammar) -> str:
    """Return the first quoted name: short, with a capital, and no vendor's."""
    for part in parts:
        for match in QUOTED.finditer(part):
            name = match[1].strip(" ,.")
            if (
                count_words(name) <= LONGEST
                and name[:1].isupper()
                and not grammar.says.match(part[match.end() :].lstrip(" ,"))
                and not _is_same(name, vendor)
            ):
                return name
    return ""


def _beside(others: Sequence[str], parts: Sequence[str], grammar: Grammar) -> str:
    """Return the name that is told most like a product's: explained, new, or with a version."""
    whole = "\n".join(parts)

    def likeness(name: str) -> float:
        spelled = re.escape(name)
        found = (
            re.search(rf"{spelled}(?:[™®])?, {grammar.explains.pattern}", whole),
            re.search(rf"{grammar.fresh.pattern} {spelled}", whole, re.I),
            re.search(r"\d", name),
            re.search(rf"{grammar.named.pattern}\s+{spelled}", whole, re.I),
        )
        signs = sum(match is not None for match in found) + _is_used(name, parts[0], grammar)
        return signs + 0.5 * (name in parts[0])

    best = max(others, key=lambda name: (likeness(name), -others.index(name)), default="")
    return best if best and likeness(best) >= 1 else ""


def _described(parts: Sequence[str], grammar: Grammar) -> str:
    """Return the word for a study in title or opening."""
    for kind, pattern in grammar.objects:
        if kind == "study":
            found = next((match for part in parts if (match := pattern.search(part))), None)
            return found[0] if found else ""
    return ""
