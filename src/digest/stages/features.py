"""Which product a sentence of a manual is about: the name that it opens with, or its page's."""

from __future__ import annotations

import re
from collections import Counter

from digest.stages.cast import Cast
from digest.stages.clean import clean_name, is_common_word, key_of
from digest.stages.data_files import any_of
from digest.stages.names import RUN, find_names
from digest.stages.protagonist import LATIN
from digest.stages.sentences import stopwords

FEWEST = 3  #: times that a text names what it is about, where neither sentence nor title does
LONGEST = 6  #: words of a title that is a name
PROPER = re.compile(r"\s|\w[A-Z0-9]")  #: a name of two words, or with a capital inside: no noun
ARTICLE = re.compile(rf"(?:{any_of('function_words.toml', 'articles')})\s+")


def find_feature(sentence: str, cast: Cast, *, opens: bool = False) -> str:
    """Return the product or feature that a vendor's own text tells of, "" where it names none.

    The name that opens the sentence; else the title or another name, whichever the text uses more.

    Args:
        sentence: one of the text.
        cast: whom it is about; it names no launch.
        opens: whether the name that opens it is all that is asked for.
    """
    opening = _opening(sentence, cast)
    if opening or opens:
        return opening
    title, body = cast.title.strip(), cast.text[len(cast.title) :]
    name, many = _commonest(body, cast)
    named = key_of(body).count(key_of(title)) if 0 < len(title.split()) <= LONGEST else 0
    if named >= max(many, FEWEST):
        return title
    return name if many >= FEWEST else ""


def _opening(sentence: str, cast: Cast) -> str:
    found = ARTICLE.sub("", sentence, count=1)
    run = (LATIN if cast.grammar and cast.grammar.wide else RUN).match(found)
    name = clean_name(run[0]) if run else ""
    own = any(key_of(name) == key_of(vendor) for vendor in cast.vendors)
    words = name.split()
    grammar = cast.grammar
    leads = grammar and words and words[0].casefold() in stopwords(grammar.language)
    return name if len(words) > 1 and not own and not leads else ""  # "In Acme Studio" is no name


def _commonest(body: str, cast: Cast) -> tuple[str, int]:
    """Return the name that a text uses most, and how often."""
    if cast.grammar is None or cast.grammar.language == "de":
        return "", 0
    found = LATIN.findall(body) if cast.grammar.wide else find_names(body, cast.grammar)
    names = Counter(name for one in found if (name := clean_name(one)) and _is_thing(name, cast))
    proper = ((name, many) for name, many in names.most_common() if PROPER.search(name))
    return next(proper, ("", 0))


def _is_thing(name: str, cast: Cast) -> bool:
    """Return whether a name is a product's: neither the vendor's nor made of common words."""
    own = any(key_of(name) == key_of(vendor) for vendor in cast.vendors)
    return not own and not all(is_common_word(word) for word in name.split())
