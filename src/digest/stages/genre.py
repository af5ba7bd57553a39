"""What kind of text an article is: news, a manual, or notes on a release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from digest.records import Article
from digest.stages.cues import tag_of
from digest.stages.phrase_data import WIDE, one_of
from digest.stages.taxonomy import load_knowledge
from digest.text import split_sentences

Kind = Literal["news", "manual", "notes"]
FEWEST = 3  #: sentences from which a text can be told to be a manual
INSTRUCTING = 0.4  #: share of sentences that instruct or address the reader, from which it is one
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of text an article is, and how its language writes such texts."""

    kind: Kind
    opens: re.Pattern[str]
    news: re.Pattern[str]
    heading: re.Pattern[str]

    def is_step(self, sentence: str) -> bool:
        """Return whether a sentence instructs or addresses its reader rather than tells news."""
        return bool(self.opens.match(sentence.lstrip('-–•*·■ "“„«')))


def find_genre(article: Article, language: str) -> Genre:
    """Return what kind of text an article is.

    Notes are told by their title, in a vendor's own voice; a manual by the share of its sentences
    that instruct or address the reader. Everything else, and what is in a language without
    phrases, is news.
    """
    tag = tag_of(language, load_knowledge().genre)
    if tag is None:
        return Genre("news", NOTHING, NOTHING, NOTHING)
    opens, addressed, notes, news, heading = _patterns(tag)
    kind: Kind = "news"
    if article.voice == "vendor" and notes.search(article.title):
        kind = "notes"
    elif _share(article.text, opens, addressed) >= INSTRUCTING:
        kind = "manual"
    return Genre(kind, opens, news, heading)


def _share(text: str, opens: re.Pattern[str], addressed: re.Pattern[str]) -> float:
    """Return the share of a text's sentences that instruct; one that addresses counts half."""
    told = [text[start:end] for start, end in split_sentences(text)]
    told = [one for one in told if len(one) > 8]
    if len(told) < FEWEST:
        return 0.0
    many = sum(1.0 if opens.match(one) else 0.5 * bool(addressed.search(one)) for one in told)
    return many / len(told)


@cache
def _patterns(tag: str) -> tuple[re.Pattern[str], ...]:
    rows, wide = load_knowledge().genre[tag], tag in WIDE
    opens = re.compile("|".join(f"(?:{row})" for row in rows["opens"]), re.I)
    heading = re.compile("|".join(f"(?:{row})" for row in rows["heading"]), re.I)
    addressed, notes = (one_of(rows[key], wide=wide) for key in ("addressed", "notes"))
    news = re.compile("|".join(f"(?:{row})" for row in rows["news"]) or r"(?!)", re.I)
    return opens, addressed, notes, news, heading
