"""How a team's names of a vendor stand in an article, and where a common word is meant instead.

"Segment", "Monday" and "Notion" are vendors, and words. Such a name counts where the article gives
a reason: a name of the vendor that is no word, or the way it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from digest.records import Article
from digest.stages.clean import clean_name, is_common_word, is_wide
from digest.stages.cues import LETTER
from digest.stages.data_files import any_of, read_data
from digest.stages.facts import month_of
from digest.stages.figures import is_weekday
from digest.stages.ordinary import common_pairs, is_frequent
from digest.stages.sentences import stopwords
from digest.stages.taxonomy import load_knowledge

SHORTEST = 4  #: letters of a name that may also stand in capitals or with an ending
KATAKANA = r"\u30a1-\u30fa\u30fc"
ALL_KATAKANA = re.compile(f"[{KATAKANA}]+")
QUOTES = ("「」", "『』", "“”", "《》")
#: A word behind another one within a sentence, and its first letter.
WITHIN = re.compile(r"(?<=[^\W\d_A-Z] )([^\W\d_])[^\W\d_]+")
FEWEST_WITHIN = 8  #: words within sentences that tell how capitals are used
#: Share of them that have a capital from which nouns have one, or all words of a title. In 63 news
#: texts of each of 22 languages the median of German is 0.34, all others' 95 % at most 0.24.
CAPITALISED = 0.25
#: What follows a name that opens an English sentence, and hardly any other word there.
SUBJECT = (
    rf"(?:['’]s)? (?:{any_of('function_words.toml', 'subject_verbs')})\b"
    rf"|, (?:{any_of('function_words.toml', 'appositions')}) "
)

#: Words before a noun that is no name: "the segment".
DETERMINER = re.compile(any_of("function_words.toml", "determiners"))
#: Letters at a name's end that no "s" follows.
NO_GENITIVE: str = read_data("function_words.toml")["no_genitive"]["letters"]


@dataclass(frozen=True)
class OurVendor:
    """A vendor of the stack, and what finds its names.

    Args:
        name: what the stack calls it.
        pattern: finds all its names.
    """

    name: str
    pattern: re.Pattern[str]

    def is_named(self, head: str, article: Article) -> bool:
        """Return whether the head of an article names the vendor, and not a word written so."""
        found = set(self.pattern.findall(head))
        if not found:
            return False
        whole = self.pattern.finditer(f"{article.title}\n{article.text}")
        if any(not _is_doubtful(match[0], article.text) for match in whole):
            return True
        return any(_is_used_as_name(name, article.text) for name in found)


def make_ours(vendor: str, names: Iterable[str]) -> OurVendor:
    """Return a vendor by all its names, each also without its legal form."""
    every = {each for name in (vendor, *names) for each in spellings(name)}
    parts = map(_part, sorted(every, key=lambda name: (-len(name), name)))
    return OurVendor(vendor, re.compile("|".join(parts)))


def spellings(name: str) -> Iterator[str]:
    """Yield a name, and the same without a legal form: "Acme GmbH", "Acme"."""
    yield name
    bare = clean_name(name)
    if bare and bare != name:
        yield bare


@cache
def is_word(name: str) -> bool:
    """Return whether a name is a common word, a day, a month or a term of the field as well."""
    if is_wide(name):
        return name in common_pairs() and not ALL_KATAKANA.fullmatch(name)
    if _is_vendor(name) or not name.isalpha() or name[1:] != name[1:].lower():
        return name.casefold() in _terms()
    folded = name.casefold()
    known = is_common_word(name) or is_frequent(name) or folded in stopwords() | _terms()
    return known or bool(month_of(name)) or is_weekday(name)


@cache
def _is_vendor(name: str) -> bool:
    return any(name in each.names for each in load_knowledge().vendors)


@cache
def _terms() -> frozenset[str]:
    """Return what categories are called: a tool that is called "CRM" is no news about CRM."""
    every = (part for each in load_knowledge().categories for part in re.split(r"[/,&]", each.name))
    return frozenset(part.strip().casefold() for part in every)


def _is_doubtful(name: str, text: str) -> bool:
    """Return whether a name is a word as well, or the text has it in small letters."""
    if is_word(name):
        return True
    if is_wide(name) or not (name.isalpha() and name.istitle()):
        return False
    small = rf"(?<![{LETTER}.@/]){re.escape(name.lower())}(?![{LETTER}.])"
    return re.search(small, text) is not None


def _is_used_as_name(name: str, text: str) -> bool:
    """Return whether a text writes a word as only names are written."""
    if is_wide(name):
        return any(
            f"{one}{name}{two}" in text for one, two in zip(*[iter(QUOTES)] * 2, strict=True)
        )
    if name.casefold() in _terms() or month_of(name) or is_weekday(name):
        return False
    if re.search(rf"(?:^|[.!?]\s+|\n){re.escape(name)}(?:{SUBJECT})", text):
        return True
    within = WITHIN.findall(text)
    capitals = sum(letter.isupper() for letter in within)
    if len(within) < FEWEST_WITHIN or capitals >= CAPITALISED * len(within):
        return False
    pattern = rf"([^\W\d_]+)[,:]? {re.escape(name)}(?![{LETTER}])"
    before = (match[1] for match in re.finditer(pattern, text))
    return any(word == word.lower() and not DETERMINER.fullmatch(word) for word in before)


def _part(name: str) -> str:
    """Return what finds a name as a whole word, also in capitals and with a genitive's ending."""
    escaped = re.escape(name)
    if ALL_KATAKANA.fullmatch(name):
        return rf"(?<![{KATAKANA}]){escaped}(?![{KATAKANA}])"
    if is_wide(name):
        return escaped
    if name.isalpha() and len(name) >= SHORTEST and not is_word(name):
        escaped = f"(?:{escaped}|{re.escape(name.upper())})"
        escaped += "" if name[-1] in NO_GENITIVE or is_word(f"{name}s") else "s?"
    return rf"(?<![{LETTER}.]){escaped}(?![{LETTER}])"
