"""Names around "de" and "di": of a firm and its town, of a product and its owner, or one name."""

from __future__ import annotations

import re

from digest.records import Article
from digest.stages.clean import is_common_word
from digest.stages.data_files import any_of
from digest.stages.grammar import Grammar
from digest.stages.names import RUN, find_names, is_kind
from digest.stages.ordinary import is_frequent
from digest.stages.phrase_data import NOTHING, phrases_for
from digest.stages.sentences import stopwords
from digest.stages.taxonomy import Knowledge

NEAR = 15  #: characters before a name in which the word for a plan stands: "o plano Time da Acme"
ROMANCE = ("fr", "es", "it", "pt")
JOINT = any_of("function_words.toml", "name_joints")
BODY = re.compile(
    rf"\s+(?:{any_of('function_words.toml', 'body_joints')})(?:\s+|(?<=['’]))"
    r"[A-ZÀ-Þ][\w&-]+(?:\s+[A-ZÀ-Þ][\w&-]+)*"
)
LINK = re.compile(rf"\s+(?:{JOINT})\s+$|\s+d[’']$")


def whole_name(
    said: str, sentence: str, article: Article, grammar: Grammar, knowledge: Knowledge
) -> str:
    """Return who acts where a sentence joins two names by "de" or "di", else the name as it is.

    The "Institute of Retail" is no Institute. Else in Romance languages alone: "Casa del Dato" is
    one name, as its last word is a common one; of "Acme de Lyon" Acme acts, and of "el CRM Nova de
    Acme" Acme. A name that the text has by itself elsewhere, or that the gazetteer knows, stays.

    Args:
        said: the name that is read before the verb.
        sentence: where it stands.
        article: tells which of the names is told again.
        grammar: the phrases of its language.
        knowledge: the vendors.
    """
    body = _body(said, sentence, grammar)
    if body:
        return body
    place = sentence.find(said) if said and grammar.language in ROMANCE else -1
    if place < 0 or any(said in vendor.names for vendor in knowledge.vendors):
        return said
    link = LINK.search(sentence[:place])
    if link is None:
        return _with_rest(said, sentence[place + len(said) :], article)
    before = sentence[: link.start()]
    run = next((match for match in RUN.finditer(before) if match.end() == len(before)), None)
    names = find_names(run[0], grammar) if run else []
    if (
        not names
        or grammar.plan.search(before[: -len(names[-1])][-NEAR:])
        or _is_product(before, names[-1], grammar)
        or _is_alone(said, article, grammar)
    ):
        return said
    one = _is_one(names[-1], said)
    return f"{names[-1]}{sentence[link.start() : place]}{said}" if one else names[-1]


def _body(said: str, sentence: str, grammar: Grammar) -> str:
    """Return the name of an institute or association of which only a part was read, else ""."""
    place = sentence.find(said) if said and not grammar.wide else -1
    for noun in grammar.institute.finditer(sentence) if place >= 0 else ():
        rest = BODY.match(sentence, noun.end())
        if noun[0][:1].isupper() and rest and noun.start() <= place < rest.end():
            return sentence[noun.start() : rest.end()]
    return ""


def _with_rest(said: str, rest: str, article: Article) -> str:
    """Return a name with what "of" joins to it: a common word, without which it never stands."""
    joined = re.match(rf"\s+(?:{JOINT})\s+([A-ZÀ-Þ]\w+)(?!\w)", rest)
    if joined is None or not _is_one(said, joined[1]):
        return said
    whole = f"{said}{joined[0]}"
    others = f"{article.title}\n{article.text}".replace(whole, "")
    return said if re.search(rf"(?<!\w){re.escape(said)}(?!\w)", others) else whole


def _is_one(first: str, last: str) -> bool:
    """Return whether two names are one: the last is a common word, or both are frequent ones."""
    if all(map(is_common_word, last.split())):
        return True
    return all(is_frequent(word) or is_common_word(word) for word in f"{first} {last}".split())


def _is_product(before: str, name: str, grammar: Grammar) -> bool:
    """Return whether the noun before a name says that it is a product's."""
    words = before[: before.rfind(name)].split()
    last = words[-1].strip("«»“”\"'’,") if words else ""
    bare = re.sub(r"^\w['’]", "", last)
    if bare.casefold() in stopwords(grammar.language):
        return False
    return bool(bare) and is_kind(bare, grammar) and not grammar.firms.fullmatch(bare)


def _is_alone(name: str, article: Article, grammar: Grammar) -> bool:
    """Return whether a name stands somewhere with no preposition before it."""
    governs = (phrases_for("plans", grammar.language) or {}).get("governs", NOTHING)
    for text in (article.title, article.text):
        for match in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?!\w)", text):
            before = text[: match.start()]
            words = before.split()
            if not (words and governs.fullmatch(words[-1])) and not LINK.search(before):
                return True
    return False
