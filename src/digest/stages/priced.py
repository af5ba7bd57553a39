"""Which plan, package or edition gets another price, where a text names it."""

from __future__ import annotations

import re

from digest.records import Article, Quote
from digest.stages.clean import is_common_word, is_proper, key_of
from digest.stages.data_files import any_of
from digest.stages.grammar import Grammar
from digest.stages.names import QUOTED, find_names
from digest.stages.ordinary import is_frequent
from digest.stages.sentences import stopwords
from digest.stages.units import find_units
from digest.text import split_sentences

NEAR = 3  #: sentences from the proof on that may name it
LONGEST_KIND = 2  #: characters of a Chinese word for a plan; a longer one is its name
WORD = re.compile(r"\s([^\W\d_][\w-]+)")
PARTICLE = any_of("function_words.toml", "particles")
BEFORE_WIDE = re.compile(rf"[「『“]?([A-Za-z0-9一-龥ァ-ヶー]{{1,8}})[」』”]?(?:{PARTICLE})?$")


def is_priced(sentence: str) -> bool:
    """Return whether a sentence says a price or a share, in figures."""
    return any(sign.isdigit() for sign in sentence) or bool(find_units(sentence))


def plan_named(name: str, grammar: Grammar) -> str:
    """Return the plan that what seems a vendor's name tells of, "" where it tells of none.

    スタンダードプラン is one, "Tarif Kutter" is Kutter.
    """
    for match in grammar.plan.finditer(name):
        if match.end() == len(name):
            return name
        if match.start() == 0:
            return name[match.end() :].strip()
    return ""


def plan_of(article: Article, proof: Quote, vendor: str, grammar: Grammar) -> str:
    """Return the plan that a price belongs to, "" where none is named near the proof.

    "Its Basic plan" is named before the word, "Tarif „Kutter“" and "formule Pro" after it,
    "instappakket" in one with it.
    """
    spans = split_sentences(article.text)
    first = next((n for n, (start, _) in enumerate(spans) if start == proof.start), 0)
    near = [article.text[start:end] for start, end in spans[first : first + NEAR]]
    for part in (near[0], article.title, *near[1:]):
        found = _plan_in(part, vendor, grammar)
        if found:
            return found
    return ""


def _plan_in(part: str, vendor: str, grammar: Grammar) -> str:
    read = _plan_wide if grammar.wide else _plan_spaced
    found = (read(part, match, grammar) for match in grammar.plan.finditer(part))
    return next((one for one in found if one and key_of(one) != key_of(vendor)), "")


def _plan_wide(part: str, match: re.Match[str], grammar: Grammar) -> str:
    if len(match[0]) > LONGEST_KIND:
        return match[0]  # 專業版
    before = BEFORE_WIDE.search(part[: match.start()])
    return before[1] + match[0] if before else ""


def _plan_spaced(part: str, match: re.Match[str], grammar: Grammar) -> str:
    rest, before = part[match.end() :], part[: match.start()]
    quoted = QUOTED.match(rest.lstrip())
    if quoted:
        return quoted[1]
    names = find_names(before.rpartition(",")[2], grammar)
    if names and before.rstrip().endswith(names[-1]):
        return f"{names[-1]} {match[0]}"
    after = WORD.match(rest)
    if grammar.language == "de" and is_frequent(match[0]):
        return after[1] if after and is_proper(after[1]) else ""  # "der Tarif Basis"
    if match[0][:1].isupper() and not is_common_word(match[0]):
        return match[0]  # "Basistarif"
    if after and is_proper(after[1]):
        return after[1]
    if after and grammar.drops and after[1].casefold() not in stopwords(grammar.language):
        return f"{match[0]} {after[1]}"  # "piano base"
    return match[0] if not is_common_word(match[0]) else ""
