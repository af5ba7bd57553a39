"""Which of the names that several articles give one thing is its name: the one they agree on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from digest.records import Article, Launch
from digest.stages.clean import clean_name, is_proper, is_wide, key_of, script_of
from digest.stages.tellings import Telling

UNSEEN = 0.5  #: what a telling counts whose own article does not write the name so
OPENS = '「『“《〈"‘'  #: marks before a quoted name
WRITTEN = 0.5  #: what each further article counts that writes a name, whatever it tells


def voted_name(
    tellings: Sequence[Telling], name_of: Callable[[Launch], str], *, product: bool = False
) -> str:
    """Return the name that most speaks for, of those in the founding article's script.

    A product in Han characters that no article puts in quotation marks may be mere words
    (智能体接口): a proper name in Latin letters goes before it.

    Each telling votes for its name with its confidence, half where its article has the name
    nowhere; each article for the fullest of the names that stand in it. A proper name goes before a
    description ("agent interface"), the earliest before its equals.

    Args:
        tellings: of one thing, the founding article's first.
        name_of: gives the vendor or the product of a launch.
        product: whether it gives the product.
    """
    said = [clean_name(name_of(one.launch)) or name_of(one.launch) for one in tellings]
    script = is_wide(said[0])
    if product and script_of(said[0]) == "han" and any(map(_is_latin, said)):
        texts = [f"{one.article.title}\n{one.article.text}" for one in tellings]
        script = is_quoted(said, texts)
    alike = [name for name in said if is_wide(name) == script]
    names = list(dict.fromkeys([name for name in alike if is_proper(name)] or alike))
    votes: dict[str, float] = defaultdict(float)
    for one, name in zip(tellings, said, strict=True):
        seen = 1.0 if _stands_in(name, one.article) else UNSEEN
        votes[key_of(name)] += one.launch.confidence * seen
    for article in {one.article.id: one.article for one in tellings}.values():
        fullest = _fullest(names, article)
        if fullest:
            votes[key_of(fullest)] += WRITTEN
    return max(names, key=lambda name: (votes[key_of(name)], -names.index(name)))


def _fullest(names: Iterable[str], article: Article) -> str:
    """Return the longest of some names that an article writes, "" where it writes none."""
    return max((name for name in names if _stands_in(name, article)), key=len, default="")


def _stands_in(name: str, article: Article) -> bool:
    return bool(name) and name in f"{article.title}\n{article.text}"


def is_quoted(names: Iterable[str], texts: Sequence[str]) -> bool:
    """Return whether a text puts one of the names in Han or kana in quotation marks."""
    wide = [name for name in names if is_wide(name)]
    return any(f"{mark}{name}" in text for text in texts for name in wide for mark in OPENS)


def _is_latin(name: str) -> bool:
    return is_proper(name) and not is_wide(name)
