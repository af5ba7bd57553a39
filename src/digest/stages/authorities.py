"""Authorities, courts and laws, which are no vendors whatever they open, fine or publish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from digest.records import Article, Launch
from digest.stages.clean import key_of, maker_of
from digest.stages.cues import WIDE
from digest.stages.grammar import grammar_for
from digest.stages.law import load_law
from digest.stages.taxonomy import Knowledge, load_knowledge

BESIDE = 120  #: characters beside a name in which a sentence may say what it is


def without_authorities(
    launches: Iterable[Launch],
    article: Article,
    language: str,
    knowledge: Knowledge,
    *,
    policy: bool,
) -> tuple[Launch, ...]:
    """Return the launches whose vendor is none of `policy.toml`'s authorities, courts and laws.

    Args:
        launches: what the article tells.
        article: whom it is by, or its title names as actor, may be a vendor of such a name.
        language: decides which names count, beside the English ones.
        knowledge: its places name authorities, courts and laws.
        policy: whether the article is one of policy.
    """
    return tuple(
        one
        for one in launches
        if is_vendor(one.vendor, article, policy=policy)
        or not is_authority(one.vendor, one.evidence.text, language, knowledge, policy=policy)
    )


def is_vendor(name: str, article: Article, *, policy: bool) -> bool:
    """Return whether an article is a vendor's own, or its title names it first and no policy."""
    if article.voice == "vendor" and key_of(maker_of(article.publisher)) == key_of(name):
        return True
    first = next(_places(name, article.title), None) if name else None
    if policy or first is None or is_office(name):
        return False
    return not article.title[: first[0]].strip()


def is_office(name: str) -> bool:
    """Return whether a name is a court's, an authority's, a ministry's or a parliament's."""
    return _offices().fullmatch(name) is not None


@cache
def _offices() -> re.Pattern[str]:
    return re.compile("|".join(load_knowledge().names["offices"]))


def is_authority(
    name: str, sentence: str, language: str, knowledge: Knowledge, *, policy: bool = True
) -> bool:
    """Return whether a vendor's name is an authority's, or in an article of policy a place's.

    None is who stands where a company does ("the vendor Oregon", "Oregon Inc."), save by an
    authority's full name. A part of an authority's name is one, where the sentence writes it in
    full and the part stands nowhere else in it: Act is a vendor in "Act has launched Nova for the
    AI Act".
    """
    if not name or name in knowledge.vendors.named:
        return False
    if is_office(name) or _is_school(name, sentence):
        return True
    if any(span == (0, len(name)) for span in spans_of_authorities(name, language)):
        return True
    if _is_company(name, sentence, language):
        return False
    if policy and _is_place(name, language):
        return True
    written = list(spans_of_authorities(sentence, language))
    said = list(_places(name, sentence))
    return bool(said) and all(
        any(start <= first and last <= end for start, end in written) for first, last in said
    )


def _is_school(name: str, sentence: str) -> bool:
    """Return whether a name is a part of a university's, each time that it stands there."""
    school = "|".join(load_knowledge().names["schools"])
    if re.fullmatch(school, name):
        return True
    before = [sentence[:first] for first, _ in _places(name, sentence)]
    return bool(before) and all(re.search(rf"(?:{school}) $", each) for each in before)


def _is_company(name: str, sentence: str, language: str) -> bool:
    """Return whether a sentence says that a name is a company's: by a noun or a legal form."""
    grammar = grammar_for(language)
    forms = "|".join(load_knowledge().names["forms"])
    if grammar is None:
        return False
    for start, end in _places(name, sentence):
        before = sentence[max(0, start - BESIDE) : start].rstrip("«»“”„\"'「『 ")
        after = sentence[end : end + BESIDE]
        if any(found.end() == len(before) for found in grammar.firms.finditer(before)):
            return True
        if grammar.wide:
            if grammar.firms.match(after):
                return True
        elif re.match(rf",?\s+(?:{forms})(?!\w)", after):
            return True
        told = re.match(rf",\s+{grammar.explains.pattern}\s+(?:[\w’'-]+ ){{0,3}}[\w’'-]+", after)
        if told and grammar.firms.search(told[0]):
            return True
    return False


def spans_of_authorities(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Give where a text names an authority, a court or a law: start and end, in code points."""
    lower = text.lower()
    for cue in load_law().authorities(language).present_in(lower):
        yield from cue.spans(text, lower)


def _is_place(name: str, language: str) -> bool:
    """Return whether a name is all that a word for a place or an authority says."""
    words, _ = load_law().named(language)
    rows = (words, load_law().authorities(language))
    found = (cue for row in rows for cue in row.present_in(name.lower()))
    return any((0, len(name)) in cue.spans(name, name.lower()) for cue in found)


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Give where a text has a name, as whole words in scripts with spaces."""
    edge = ("", "") if WIDE.search(name) else (r"(?<!\w)", r"(?!\w)")
    return (match.span() for match in re.finditer(re.escape(name).join(edge), text))
