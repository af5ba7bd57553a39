"""What a heading or a sentence of the notes on a release calls a new thing."""

from __future__ import annotations

import re
from functools import cache

from digest.stages.genre import Genre
from digest.stages.grammar import Grammar
from digest.stages.names import QUOTED, head_of
from digest.stages.note_sections import SHORTEST, after_new
from digest.stages.taxonomy import load_knowledge
from digest.text import count_words

MOST = 12  #: words of what a sentence says that is new
BREAK = re.compile(r"[,;:(]\s|\s[–—-]\s")
ENDS = " ,.;:!。，；：！"


def bare_heading(text: str) -> str:
    """Return a heading without a stage in brackets ("Live stock (beta)") and marks at its ends."""
    return _stage().sub("", text).strip(" .:：")


def named_by(heading: str, genre: Genre, grammar: Grammar) -> str:
    """Return what a heading names: "Nova" of "Nova is now available", "New: Nova" and "Nova"."""
    text = bare_heading(heading)
    told = genre.tells.match(text)
    if told and any(told.start(n) == 0 and told[n] for n in range(1, len(told.groups()) + 1)):
        return said_new(text, genre, grammar) or text
    return after_new(text, genre, grammar) or text


def said_new(sentence: str, genre: Genre, grammar: Grammar) -> str:
    """Return what a sentence says is new ("You can now …", "A new X shows …"), "" for nothing."""
    if sentence.rstrip().endswith(("?", "？")):
        return ""
    if genre.can.search(sentence):
        return able_to(sentence, genre, grammar)
    opened = genre.news.match(sentence)
    rest = sentence[opened.end() :] if opened else sentence
    told = genre.tells.search(rest)
    if not told and not opened:
        return ""
    said = next((group for group in told.groups() if group), "") if told else rest
    quoted = QUOTED.search(said)
    if quoted:
        return quoted[1].strip(" ,.")
    bare = _without_article(said, grammar)
    return _checked(head_of(bare, grammar) if told else BREAK.split(said)[0], genre)


def able_to(sentence: str, genre: Genre, grammar: Grammar) -> str:
    """Return what can be done now: its object, or verb and object where that is one plain word.

    "You can now edit the refresh rate" is about the refresh rate, "… invite partners" about
    inviting partners.
    """
    met = genre.can.search(sentence)
    if met is None:
        return ""
    spans = [met.span(n) for n in range(1, len(met.groups()) + 1) if met[n]]
    begin, end = max(spans, key=lambda span: count_words(sentence[span[0] : span[1]]))
    thing = sentence[begin:end]
    quoted = QUOTED.search(thing)
    if quoted:
        return quoted[1].strip(" ,.")
    name = head_of(_without_article(thing, grammar), grammar)
    if count_words(name) == 1 and (name == name.lower() or grammar.language == "de"):
        stop = sentence.index(name, begin) + len(name)
        told = [(start, min(last, stop) if start == begin else last) for start, last in spans]
        name = sentence[told[0][0] : told[-1][1]]
    return _checked(name, genre)


def _without_article(phrase: str, grammar: Grammar) -> str:
    first, _, rest = phrase.strip().partition(" ")
    return rest if rest and grammar.articles.fullmatch(first) else phrase


def _checked(name: str, genre: Genre) -> str:
    """Return a name of some words at most, "" for what names nothing: "it", "new features"."""
    name = " ".join(name.split()[:MOST]).strip(ENDS)
    plain = count_words(name) <= SHORTEST and genre.heading.fullmatch(name)
    return "" if plain or genre.vague.match(name) else name


@cache
def _stage() -> re.Pattern[str]:
    """Return a stage in brackets beside a name: "Live stock (beta)" (`names.toml`)."""
    words = "|".join(load_knowledge().names["note_stages"])
    return re.compile(rf"\s*[(（](?:{words})!?[)）]", re.I)
