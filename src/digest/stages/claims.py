"""What an article says that artificial intelligence does in a product, and what it rests on.

No verdict: a claim is a sentence, each of its proofs is a sentence, and a claim without proofs is
one for which the article states none.
"""

from __future__ import annotations

import re

from digest.records import Claim, Quote
from digest.stages.asserted import is_asserted
from digest.stages.at_work import is_agent_at_work, is_at_work, named_models, without_topics
from digest.stages.cast import Cast, is_spoken
from digest.stages.clean import key_of
from digest.stages.cuts import Cuts
from digest.stages.features import find_feature
from digest.stages.phrase_data import NOTHING, Patterns, phrases_for, phrases_of_all
from digest.stages.stated import find_proofs, is_concrete
from digest.text import count_words

NEAR = 30  #: characters of a sentence in which its subject stands
OPENING = 45  #: characters in which another subject would stand
MOST = 4  #: claims of one article, each of another product
PROPER = re.compile(r"[^\W\d_a-zß-öø-ÿ]|\d")  #: a capital, a digit, or a letter of Han or kana
LONGEST = 90  #: words; a longer "sentence" is a list


def find_claims(cast: Cast, language: str, *, cuts: Cuts | None = None) -> tuple[Claim, ...]:
    """Return the claims of an article, one a product, each with the sentences that support it.

    A claim names artificial intelligence and the product, or its vendor, or goes on about them
    ("Its model …"). A text about no vendor makes none, nor does one that only tells of a study.

    Args:
        cast: whom the article is about.
        language: decides which phrases count; a language without phrases gives nothing.
        cuts: where claims over the limit are counted.
    """
    phrases = phrases_for("claims", language)
    if phrases is None or not cast.vendor or cast.only_studies:
        return ()
    best: dict[str, tuple[float, str, str, Quote]] = {}
    for quote in cast.sentences:
        read = _read(quote, cast, phrases)
        if read and read[0] > best.get(key_of(read[2] or read[1]), (0.0,))[0]:
            best[key_of(read[2] or read[1])] = read
    rows = sorted(best.values(), key=lambda row: row[3].start)
    if cuts is not None:
        cuts["claims"] += max(0, len(rows) - MOST)
    rows = rows[:MOST]
    return tuple(
        Claim(vendor, product, quote, find_proofs(product, cast.sentences, cast, phrases))
        for _, vendor, product, quote in _apart(rows)
    )


def _apart(
    rows: list[tuple[float, str, str, Quote]],
) -> list[tuple[float, str, str, Quote]]:
    """Leave out a vendor's claim where a claim of one of its products is there."""
    owners = {key_of(row[1]) for row in rows if row[2]}
    return [row for row in rows if row[2] or key_of(row[1]) not in owners]


def _read(quote: Quote, cast: Cast, phrases: Patterns) -> tuple[float, str, str, Quote] | None:
    """Return a claiming sentence with its weight, vendor and product."""
    text = quote.text
    if text.endswith(("?", "？")) or count_words(text) > LONGEST:
        return None
    bare, kept = _bare(text, cast, phrases)
    agent = is_agent_at_work(text, phrases) and phrases["ai"].search(cast.text) is not None
    works = agent or is_at_work(bare, phrases, cast.grammar)
    told = agent or _tells_ai(bare, phrases, works)
    if not (told or _works_on_data(text, cast, phrases)):
        return None
    vendor, product = cast.owner_in(text)
    if not works and cast.release and not cast.products:
        return None  # a manual, or news of no product: AI has to do something
    if not vendor and not (cast.is_told_at(quote.start) and _is_own(text, cast, phrases, works)):
        return None
    if not is_asserted(text, quote.start, cast, phrases, works=works):
        return None
    weight = 1.0 + (1.0 if product else 0.5 if vendor else 0.0)
    weight += 0.4 * works + 0.3 * is_concrete(text, phrases) - (0.0 if told else 0.6)
    weight -= (0.7 if is_spoken(text) else 0.0) + (0.9 if kept else 0.0)
    weight -= 0.2 if quote.start in cast.proofs else 0.0
    if not product and len(cast.products) == 1:
        product = cast.products[0][0]
    if cast.release and not cast.products:
        product = find_feature(text, cast)
    return weight, vendor or cast.vendor, product, quote


def _bare(text: str, cast: Cast, phrases: Patterns) -> tuple[str, bool]:
    """Return a sentence without products' own names and talk of AI in general.

    And whether a product that is called by what it is ("AI assistant") is all that tells of AI.
    """
    kinds = [product for product, _ in cast.products if _is_kind(product, phrases)]
    for product, _ in cast.products:
        if product not in kinds:
            text = text.replace(product, " ")
    text = rest = without_topics(text, phrases)
    for product in kinds:
        rest = rest.replace(product, " ")
    return text, rest != text and not phrases["ai"].search(rest)


def _is_kind(product: str, phrases: Patterns) -> bool:
    """Return whether a product is called AI by what it is: "AI assistant", "AI助手"."""
    if not _every()["said"].search(product):
        return False
    rest = phrases["ai"].sub(" ", product)
    return not PROPER.search(phrases.get("soft", NOTHING).sub(" ", rest))


def _tells_ai(bare: str, phrases: Patterns, works: bool) -> bool:
    """Return whether a sentence tells of artificial intelligence, or of a model at work.

    A product's own name tells nothing, nor does what the product goes without.
    """
    met = phrases["ai"].search(bare)
    if met and "without" in phrases and phrases["without"].search(bare[: met.start()][-NEAR:]):
        return False
    return bool(met or (works and named_models().search(bare)))


def _works_on_data(text: str, cast: Cast, phrases: Patterns) -> bool:
    """Return whether a sentence says what data an assistant or a forecast works on.

    Only where the title or the sentence before tells of one: "It reads the shop's catalogue".
    """
    soft = phrases.get("soft", NOTHING)
    about = soft.search(cast.title) or phrases["ai"].search(cast.title)
    own = phrases["goes_on"].match(text) or soft.search(text[:NEAR]) or cast.owner_in(text)[0]
    return bool(about and own and is_concrete(text, phrases))


def _is_own(text: str, cast: Cast, phrases: Patterns, works: bool) -> bool:
    """Return whether a sentence without the vendor's name is about its product all the same."""
    plans = phrases_for("plans", cast.grammar.language) if cast.grammar else None
    others = plans and plans["sole"].search(text[:OPENING])
    if others and not phrases["goes_on"].match(text):
        return False  # what customers, courts or analysts do
    if _goes_on(text, cast, phrases):
        return True
    reported = cast.grammar and cast.grammar.wide and _every()["reported"].search(text)
    return works and not reported and not is_spoken(text)


def _goes_on(text: str, cast: Cast, phrases: Patterns) -> bool:
    """Return whether a sentence goes on about the vendor.

    "Its …", "the company", a vendor's own words, or a model by its name.
    """
    grammar = cast.grammar
    if grammar is None or is_spoken(text) or (grammar.wide and _every()["reported"].search(text)):
        return False
    opening = text[:60]
    return bool(
        grammar.company.search(opening)
        or phrases["goes_on"].match(text)
        or (cast.release and cast.products)
        or named_models().search(text)
        or _is_subject(text, cast, phrases)
    )


def _is_subject(text: str, cast: Cast, phrases: Patterns) -> bool:
    """Return whether it is the model itself that acts, on data: "Un algorithme répartit …"."""
    acts = phrases["ai"].search(text[:NEAR])
    data = phrases["data"].search(text) or phrases["kinds"].search(text)
    return bool(cast.products and acts and (data or named_models().search(text)))


def _every() -> Patterns:
    return phrases_of_all("claims")
