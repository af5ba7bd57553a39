"""What kind of text an article is: news, a manual, or notes on a release."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from digest.records import Article
from digest.stages.cues import WIDE as WIDE_SIGN
from digest.stages.cues import tag_of
from digest.stages.phrase_data import WIDE, one_of
from digest.stages.taxonomy import load_knowledge
from digest.text import count_words, split_lines, split_sentences

Kind = Literal["news", "manual", "notes"]
FEWEST = 3  #: sentences from which a text can be told to be a manual
INSTRUCTING = 0.4  #: share of sentences that instruct or address the reader, from which it is one
PAGED = 0.08  #: … and of a vendor's page under headings that announces nothing
HEADS, HEADED = 2, 0.15  #: headings of such a page, and their share of its lines, at least
LONGEST, LONGEST_WIDE = 9, 24  #: words of a heading, characters of a Japanese or Chinese one
OPENING = 300  #: characters in which a text that announces something says so
ENDS = ".!?。！？…,;，；、"
SHORT, SHORT_WIDE = 8, 3  #: characters up to which a sentence is a heading or a name
NOTHING = re.compile(r"(?!)")
WHOLE = (
    "addressed",
    "notes",
    "notice",
    "announces",
    "fresh",
    "stale",
)  #: keys of `genre.toml` that are met as whole words


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of text an article is, and how its language writes such texts.

    The patterns are those of `genre.toml`.
    """

    kind: Kind
    opens: re.Pattern[str] = NOTHING
    news: re.Pattern[str] = NOTHING
    heading: re.Pattern[str] = NOTHING
    notes: re.Pattern[str] = NOTHING
    fresh: re.Pattern[str] = NOTHING
    stale: re.Pattern[str] = NOTHING
    teaches: re.Pattern[str] = NOTHING
    mended: re.Pattern[str] = NOTHING
    aside: re.Pattern[str] = NOTHING
    ends: re.Pattern[str] = NOTHING
    tells: re.Pattern[str] = NOTHING
    able: re.Pattern[str] = NOTHING
    can: re.Pattern[str] = NOTHING
    vague: re.Pattern[str] = NOTHING
    closing: re.Pattern[str] = NOTHING

    def is_step(self, sentence: str) -> bool:
        """Return whether a sentence instructs or addresses its reader rather than tells news."""
        return bool(self.opens.match(sentence.lstrip('-–•*·■ "“„«')))


def find_genre(article: Article, language: str) -> Genre:
    """Return what kind of text an article is.

    Notes are told by their title, in a vendor's own voice; a manual by the share of its sentences
    that instruct or address the reader, fewer of them where a vendor's page under headings, or one
    without a day, announces nothing. Everything else, and what is in a language without phrases, is
    news.
    """
    tag = tag_of(language, load_knowledge().genre)
    if tag is None:
        return Genre("news")
    found = dict(_patterns(tag))
    addressed = found.pop("addressed")
    notice, announces = found.pop("notice"), found.pop("announces")
    if article.voice == "vendor" and found["notes"].search(article.title):
        return Genre("notes", **found)
    told = notice.search(article.title) or announces.search(article.text[:OPENING])
    instructing = _share(article.text, found["opens"], addressed)
    own = article.voice == "vendor" and not told
    undated = own and article.published is None  # news has a day
    paged = undated or (own and _is_page(article))
    manual = instructing >= (PAGED if paged else INSTRUCTING) or (undated and _is_page(article))
    return Genre("manual" if manual else "news", **found)


def _is_page(article: Article) -> bool:
    """Return whether a text is laid out under headings, as a page of a manual is."""
    lines = [article.text[start:end].strip() for start, end in split_lines(article.text)]
    heads = sum(_heads(line) for line in lines)
    return heads >= HEADS and heads >= HEADED * len(lines)


def _heads(line: str) -> bool:
    wide = WIDE_SIGN.search(line) is not None
    short = len(line) <= LONGEST_WIDE if wide else count_words(line) <= LONGEST
    return short and line[-1:] not in ENDS and not line.startswith(("-", "•", "*", "·"))


def _share(text: str, opens: re.Pattern[str], addressed: re.Pattern[str]) -> float:
    """Return the share of a text's sentences that instruct; one that addresses counts half."""
    told = [text[start:end] for start, end in split_sentences(text)]
    told = [one for one in told if len(one) > (SHORT_WIDE if WIDE_SIGN.search(one) else SHORT)]
    if len(told) < FEWEST:
        return 0.0
    many = sum(1.0 if opens.match(one) else 0.5 * bool(addressed.search(one)) for one in told)
    return many / len(told)


@cache
def _patterns(tag: str) -> Mapping[str, re.Pattern[str]]:
    rows, wide = load_knowledge().genre[tag], tag in WIDE
    whole = {key: one_of(rows[key], wide=wide) for key in WHOLE}
    rest = {key: _any(rows[key]) for key in rows if key not in WHOLE}
    return {**whole, **rest}


def _any(rows: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in rows), re.I) if rows else NOTHING
