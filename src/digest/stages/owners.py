"""Whose a product is, where a text says it: "its owner Acme", "Acme's chatbot Nova"."""

from __future__ import annotations

import re

from digest.records import Article
from digest.stages.clean import clean_name, is_common_word, key_of
from digest.stages.data_files import read_data
from digest.stages.grammar import Grammar
from digest.stages.names import find_names, wares_of
from digest.stages.protagonist import find_owner
from digest.stages.wide import maker_in
from digest.text import split_sentences

OPENING = 6  #: sentences that may name an owner
BETWEEN = 4  #: words between "its owner" and the name at most: ", the group"
OPENED, CLOSED = r"[\"“„«‹‘「『《]?\s?", r"\s?[\"”“»›’」』》]?"
WIDEST = 12  #: signs between "its own" and what a Chinese thing is
FARTHEST = 60  #: characters after it in which the name stands


def owner_told(name: str, article: Article, grammar: Grammar) -> str:
    """Return who owns or runs what has a name, as the opening tells it; "" where it does not."""
    if grammar.wide:
        found = find_owner(article, grammar)
        return found if key_of(found) != key_of(name) else ""
    for start, end in split_sentences(article.text)[:OPENING]:
        text = article.text[start:end]
        for match in grammar.owner.finditer(text):
            found = _first(text[match.end() :][:FARTHEST], grammar)
            if found and key_of(found) not in key_of(name):
                return found
    return ""


def _first(rest: str, grammar: Grammar) -> str:
    """Return the name that opens a phrase, after an article or a word for a company at most."""
    names = find_names(rest, grammar, opens=False)
    near = bool(names) and len(rest[: rest.find(names[0])].split()) <= BETWEEN
    return clean_name(names[0]) if near else ""


def owner_of_ware(name: str, text: str, grammar: Grammar) -> str:
    """Return whose a thing is that a sentence names with what it is; "" where it does not say.

    "Acme's chatbot Nova", "le chatbot Nova d'Acme": Acme's. Only words of `wares.toml` may stand
    between the two: "Acme's rival Beta" is nobody's.

    Args:
        name: of the thing.
        text: a sentence.
        grammar: the phrases of its language.
    """
    thing = f"{OPENED}{re.escape(name)}{CLOSED}"
    wares = wares_of(grammar.language)
    if grammar.wide:
        own = "|".join(
            read_data("wares.toml")["its_own"].get(grammar.language.split("-")[0], ["(?!)"])
        )
        between = rf"(?:{_joints(grammar.language)}|(?:{own})[^，。“「]{{0,{WIDEST}}}?)"
        owned = re.search(rf"{between}{wares}{thing}", text)
        return _maker_before(text[: owned.start()].rstrip("，"), grammar) if owned else ""
    owned = re.search(rf"(?:['’]s|s['’])\s(?:[\w-]+\s){{0,2}}?{wares}\s{thing}(?!\w)", text, re.I)
    if owned:
        return _last(text[: owned.start() + owned[0].startswith("s")], grammar)
    told = re.search(rf"(?<!\w){wares}\s{thing},?\s+(?={grammar.of.pattern})", text, re.I)
    of = grammar.of.match(text, told.end()) if told else None
    names = find_names(text[of.end() :][:FARTHEST], grammar, opens=False) if of else []
    return clean_name(names[0]) if of and names and text.startswith(names[0], of.end()) else ""


def _last(before: str, grammar: Grammar) -> str:
    """Return the name that ends what stands before a genitive, "" for a common word."""
    names = find_names(before, grammar)
    own = bool(names) and before.endswith(names[-1]) and not is_common_word(names[-1])
    return clean_name(names[-1]) if own else ""


def _maker_before(before: str, grammar: Grammar) -> str:
    """Return the name that ends what stands before a Japanese or Chinese genitive."""
    clause = re.split(r"[、，。：:；;「」“”]", before)[-1]
    found = maker_in(f"{clause}は、" if grammar.language == "ja" else clause, grammar)
    return clean_name(found or "")


def _joints(language: str) -> str:
    """Return what may stand between a vendor and its ware: a genitive, or what takes an object."""
    tag = language.split("-")[0]
    rows = (
        *read_data("function_words.toml")["owning"][tag],
        *read_data("wares.toml")["takes"][tag],
    )
    return f"(?:{'|'.join(rows)})"
