"""Whom an article is about, where no sentence says who acts: the name that title and text share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from digest.records import Article
from digest.stages.clean import clean_name, is_common_word, is_wide, truecase
from digest.stages.grammar import Grammar
from digest.stages.names import find_names, kinds_written_large
from digest.stages.needles import is_within, places_of
from digest.stages.ordinary import common_pairs, is_common_ending, is_country, is_frequent
from digest.stages.our_names import ALL_KATAKANA, is_word
from digest.stages.sentences import stopwords
from digest.stages.taxonomy import Knowledge, load_knowledge
from digest.text import months

#: What a title may begin with: a name in kana or in Han letters, and what follows it.
WIDE_NAME = re.compile(r"(?:[\u30a1-\u30fa\u30fc]{2,}|[\u3400-\u9fff]{2,9})")
SUM = re.compile(r"\d[\d.,]*[a-zA-Z]{0,3}")  #: "310m"
ROMANCE = ("fr", "es", "it", "pt")
APART, EDGE = re.compile(r"(?<![\w-])"), re.compile(r"(?![\w-])")  #: what parts words
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&+'-]*(?: [A-Z0-9][A-Za-z0-9.&+'-]*)*")


def find_protagonist(article: Article, grammar: Grammar | None) -> str:
    """Return the name that title and text share, the commonest one; "" where none does."""
    if grammar is None:
        return ""
    if grammar.wide:
        found = [match[0] for match in LATIN.finditer(article.title)]
        found += [name for name in [_opening_name(article, grammar)] if name]
    else:
        found = find_names(article.title, grammar)
    names = [clean_name(part) for name in found for part in _owner_and_owned(name, article.text)]
    counts = Counter({name: _told(name, article.text, grammar) for name in names if _may_be(name)})
    name, many = counts.most_common(1)[0] if counts else ("", 0)
    return name if many else ""


def _owner_and_owned(name: str, text: str) -> list[str]:
    """Return owner and owned of a name: of "Acme's AI", or of "Acmes KI" in a text of Acme."""
    parts = re.split(r"['’]s?\s", name)
    first = parts[0].split()[:1]
    bare = first[0].removesuffix("s") if first else ""
    genitive = bare not in ("", *first) and len(parts) == 1 and parts[0] not in text
    return [bare] if genitive and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text) else parts


def _opening_name(article: Article, grammar: Grammar) -> str:
    """Return the name in Han letters or kana with which title and text begin, "" without one.

    The two go on in different words: "云杉科技将推…", "云杉科技计划…". A text that never says "the
    company" has to say of it what companies alone do, and no fair, law or authority is one.
    """
    text = article.text.lstrip()
    head = WIDE_NAME.match(article.title)
    if head is None:
        return ""
    if grammar.language == "ja" and _acts_in(head[0], article.title, text):
        return head[0]
    name = _shared_start(head[0], text)
    rows = load_knowledge().names
    is_told = text.count(name) > 1 or name.endswith(tuple(rows["companies"]))
    if len(name) < 2 or not is_told or name.endswith(tuple(rows["no_company"])):
        return ""
    if is_country(name, grammar.language) or name in common_pairs():
        return ""
    meant = grammar.company.search(text) or name.endswith(tuple(rows["companies"]))
    return name if meant or _told_as_company(name, text, rows["company_verbs"]) else ""


def _acts_in(name: str, title: str, text: str) -> bool:
    """Return whether a Japanese title sets a name in katakana off, and the text has it act."""
    if not ALL_KATAKANA.fullmatch(name) or not title.startswith(f"{name}、"):
        return False
    meant = is_frequent(name) or is_word(name)
    return not meant and re.search(rf"{re.escape(name)}[はが]", text) is not None


def _shared_start(title: str, text: str) -> str:
    """Return what a title and its text begin with alike, as far as no word of either is cut."""
    many = next((n for n, (a, b) in enumerate(zip(title, text, strict=False)) if a != b), None)
    name = title[: len(title) if many is None else many]
    ends = load_knowledge().names["name_ends"]
    while name and name[-1] in ends:
        name = name[:-1]
    return name


def _told_as_company(name: str, text: str, verbs: Sequence[str]) -> bool:
    return re.search(rf"{re.escape(name)}(?:{'|'.join(verbs)})", text) is not None


def find_owner(article: Article, grammar: Grammar) -> str:
    """Return the maker that a text without a subject means: the title's first name that recurs.

    "Plausity's analytics gets funnels" is about Plausity; of two names the first one acts.
    """
    if grammar.wide:
        operator = _operator().search(article.text)
        return operator[1] if operator else ""
    names = [clean_name(re.sub(r"['’]s?$", "", name)) for name in _split_owned(article, grammar)]
    return next((name for name in names if _may_be(name) and name in article.text), "")


def _split_owned(article: Article, grammar: Grammar) -> list[str]:
    """Return the title's names, "Acme's Nova" as Acme and Nova."""
    return [
        part
        for name in find_names(article.title, grammar)
        for part in re.split(r"(?<=['’]s)\s|(?<=s['’])\s", name)
    ]


def is_maker(name: str, article: Article, grammar: Grammar, knowledge: Knowledge) -> bool:
    """Return whether a name may be a vendor's: no date, no kind of thing, no common word.

    A common word that only opens sentences ("Pages", "Existing") is none, save that the title,
    the publisher or the gazetteer has it.
    """
    if name in knowledge.vendors.named:
        return True
    if SUM.fullmatch(name):
        return False
    if is_country(name, grammar.language):
        return False
    if grammar.wide:
        return name.upper() not in kinds_written_large()
    words = name.split()
    if len(words) == 1 and _is_word_of(name, article):
        return False
    if name in kinds_written_large() or all(
        word.casefold().strip(".,") in months() or word.isdigit() for word in words
    ):
        return False
    if not all(is_common_word(word) for word in words):
        return True
    if grammar.language in ROMANCE and len(words) > 1 and words[-1][:1].isupper():
        return True  # "Casa del Dato": within a sentence no other noun has a capital
    if all(word.casefold() in stopwords(grammar.language) for word in words):
        return False
    title = truecase(article.title, article.text, grammar.language)
    return name in article.publisher or name in title or is_within(name, article.text)


def _is_word_of(name: str, article: Article) -> bool:
    """Return whether a text writes a name small elsewhere, and large only to open a sentence."""
    lower = name[:1].lower() + name[1:]
    if lower == name or lower not in article.text:
        return False
    small = any(
        APART.match(article.text, place) and EDGE.match(article.text, place + len(lower))
        for place in places_of(lower, article.text)
    )
    return small and not is_within(name, article.text)


def _told(name: str, text: str, grammar: Grammar) -> int:
    """Return how often a text has a name, 0 where one common word only opens sentences."""
    opens = " " not in name and not grammar.wide and not is_within(name, text)
    if opens and _may_be_word(name, text, grammar.language):
        return 0
    return text.count(name)


def _may_be_word(name: str, text: str, language: str) -> bool:
    """Return whether what opens a sentence may be any word: a common one, in German its noun."""
    if is_frequent(name) or is_common_word(name):
        return True
    if language == "de" and is_common_ending(name):
        return True
    return re.search(rf"(?<!\w){re.escape(name.lower())}", text) is not None


def _may_be(name: str) -> bool:
    if len(name) < 3 or name.isupper():
        return False
    return is_wide(name) or not all(is_common_word(word) for word in name.split())


@cache
def _operator() -> re.Pattern[str]:
    rows = load_knowledge().names
    before, after = "|".join(rows["operators"]), "|".join(rows["operator_ends"])
    return re.compile(rf"(?:{before})([\u4e00-\u9fffァ-ヶー]{{2,8}}?)(?={after})")
