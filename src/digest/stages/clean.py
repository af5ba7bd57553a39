"""Names of vendors and products as they are said, without what only stands beside them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from digest.stages.cues import WIDE
from digest.stages.data_files import any_of
from digest.stages.ordinary import is_country
from digest.stages.sentences import stopwords
from digest.stages.taxonomy import load_knowledge

TITLED = 0.6  #: share of capitalised words from which a headline is in title case
FEWEST = 4  #: words below which a headline tells nothing of its case
WORD = re.compile(r"[^\W\d_][\w’'-]*")
BASED = re.compile(rf"^\w[\w.]*(?: \w[\w.]*)?-(?:{any_of('function_words.toml', 'based')}) ")
POSSESSIVE = re.compile(r"^(.{2,40}?)(?:['’]s|s['’])\s+(.+)$")
SINGLE = re.compile(r"(?<!\w)'([A-ZÀ-Þ0-9][^'\n]{1,60})'(?!\w)")
KANA = re.compile(r"[\u3041-\u30ff]")
UNCLOSED = re.compile(r".[\"“„«「『《]\s?([^\"“”„«»「」『』《》]{2,60})$")  #: a name
CLOSING = '"“”»」』》 .,'  #: at the end of a quoted name
APART = re.compile(r"[\W_]+")
SHORT = 400  #: characters of what is compared often: a name, a sentence
QUOTES = "\"'ʼ“”„«»‹›‘’「」『』《》〈〉 .,;:·・-–—"


def clean_name(name: str) -> str:
    """Return a name without quotation marks and a company's legal form; "" where it is no name."""
    bare = name.strip(QUOTES)
    bare = _forms().sub("", bare).strip(QUOTES) or bare
    return "" if _never().fullmatch(bare) or not WORD.search(bare) else bare


def without_country(name: str, language: str) -> str:
    """Return a name without where it is said to be of: "China's Acme", "Leeds-based Acme"."""
    name = BASED.sub("", name)
    owned = POSSESSIVE.match(name)
    return owned[2] if owned and is_country(owned[1], language) else name


def actor_of(name: str) -> str:
    """Return who acts where a town is named with it: "Kobe's Muteki" launches is Muteki."""
    owned = POSSESSIVE.match(name)
    return owned[2] if owned else name


def maker_of(publisher: str) -> str:
    """Return the vendor that a site of its own is named after: of "Acme Blog" Acme."""
    return _outlets().sub("", publisher).strip(QUOTES) or publisher


def readied(sentence: str) -> str:
    """Return a sentence with single quotation marks doubled, and names without legal forms.

    "Acme, Inc. today" is read as "Acme today", "the study 'Adrift'" as if it were in “”.
    """
    return _form_within().sub("", SINGLE.sub(r'"\1"', sentence))


def clean_product(product: str, vendor: str) -> str:
    """Return a product's name: "Acme's Nova" of Acme is Nova; a time or a measure is none."""
    owned = POSSESSIVE.match(product)
    if owned and vendor and key_of(owned[1]) == key_of(vendor):
        product = owned[2]
    cut = UNCLOSED.search(product.rstrip(CLOSING))
    return clean_name(cut[1] if cut else product)


def key_of(name: str) -> str:
    """Return what two spellings of a name share: letters and digits, case folded."""
    return _short_key(name) if len(name) <= SHORT else _long_key(name)


def _key_of(name: str) -> str:
    folded = name.casefold()
    return folded if folded.isalnum() else APART.sub("", folded)


# Names and sentences of an article are compared again and again, and with its text.
_short_key = lru_cache(maxsize=4096)(_key_of)
_long_key = lru_cache(maxsize=4)(_key_of)


def truecase(title: str, text: str, language: str) -> str:
    """Return a headline in title case with capitals only where its text has them too.

    "Acme Unveils Nova From Today": of these words, the text writes only "Acme" and "Nova" with a
    capital within a sentence. Other languages and headlines are returned as they are.
    """
    words = [match for match in WORD.finditer(title) if len(match[0]) > 1]
    capital = [match for match in words if match[0][0].isupper()]
    if language.split("-")[0] != "en" or len(words) < FEWEST:
        return title
    if len(capital) < TITLED * len(words):
        return title
    lower = set(WORD.findall(text)) | stopwords("en")
    parts = list(title)
    for match in capital[1:] if capital[0].start() == 0 else capital:
        word = match[0]
        if word[1:].islower() and word.lower() in lower and not _is_name_in(word, text):
            parts[match.start()] = word[0].lower()
    return "".join(parts)


def _is_name_in(word: str, text: str) -> bool:
    """Return whether a text has a word with a capital within a sentence, not opening one."""
    return re.search(rf"[\w,] {re.escape(word)}\b", text) is not None


@cache
def _forms() -> re.Pattern[str]:
    rows = load_knowledge().names
    before = "|".join(rows["forms_before"])
    after = "|".join(rows["forms"])
    wide = "|".join(rows["forms_wide"])
    return re.compile(rf"^(?:{before})\s*|(?:,?\s+(?:{after})\.?)+$|\s*(?:{wide})$", re.I)


@cache
def _form_within() -> re.Pattern[str]:
    forms = "|".join(load_knowledge().names["forms"])
    return re.compile(rf"(?<=\w),?\s(?:{forms})\b(?:\.(?=,|\s[a-zà-ÿ(])|(?![\w.]))(?=,?\s)")


@cache
def _outlets() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(load_knowledge().names['outlets'])})$", re.I)


@cache
def _never() -> re.Pattern[str]:
    rows = load_knowledge().names
    return re.compile("|".join([*rows["never"], *rows["never_wide"]]), re.I)


def is_proper(name: str) -> bool:
    """Return whether a name is one by its form: a capital or a digit, or written in Han or kana."""
    return is_wide(name) or any(sign.isupper() or sign.isdigit() for sign in name)


def is_wide(name: str) -> bool:
    """Return whether a name is written in kana or Han characters."""
    return bool(WIDE.search(name))


def script_of(name: str) -> str:
    """Return the script of a name: "kana" where it has any, "han", or "latin" for all others."""
    return "kana" if KANA.search(name) else "han" if is_wide(name) else "latin"


def is_common_word(word: str) -> bool:
    """Return whether a word is a common one in some language, and so hardly a name by itself."""
    return word.casefold() in _common_words()


@cache
def _common_words() -> frozenset[str]:
    lines = (
        (resources.files("digest") / "data" / "common_words.tsv").read_text("utf-8").splitlines()
    )
    return frozenset(line.split("\t")[0] for line in lines if not line.startswith("#"))
