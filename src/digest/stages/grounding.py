"""Whether a generated sentence says no name, number or quotation that its sources lack.

Strict on purpose: what cannot be told from a name has to stand in the sources as well, so that a
true sentence may fall out, and one that names something new does not stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from digest.stages.facts import month_of
from digest.stages.figures import find_figures, is_weekday, merged, unproved
from digest.stages.judge import SCRIPTS, script_of
from digest.stages.mentions import fold
from digest.stages.ordinary import common_pairs, is_ordinary_noun, territory
from digest.stages.protect import ADDRESS
from digest.stages.romanise import in_latin
from digest.stages.sentences import stem, stopwords
from digest.stages.taxonomy import load_knowledge

#: Scripts in which names can be told: by a capital, or by characters that are no common words.
TOLD = frozenset({"LATIN", "CYRILLIC", "GREEK", "HAN"})
NOUNS_WITH_CAPITAL = frozenset({"de", "lb"})
WIDE = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"[^\W_{WIDE}]+(?:['’&.+\-][^\W_{WIDE}]+)*", re.UNICODE)
ELIDED = re.compile(r"^(?:[dlnmstcj]|qu|dell|all|dall|nell|sull|un)['’](?=\w)", re.I)
OPENING = re.compile(r"(?:^|[.!?:;…]\s+|[\"“„«(\[–—-]\s*)$")
KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{2,}")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
#: What follows the name of a firm or person in Chinese and Japanese.
TITLED = re.compile(
    r"([\u3400-\u9fff\u30a1-\u30fc]{2})(?=公司|集团|集團|科技|株式会社|社長|氏|さん|先生|女士|总裁|總裁)"
)
QUOTED = re.compile(
    r"“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|»([^«]*)«|「([^」]*)」|『([^』]*)』|《([^》]*)》"
    r"|\"([^\"]*)\"|(?<!\w)[‘‚]([^’‘]*)[’‘](?!\w)|(?<!\w)'([^']*)'(?!\w)"
)
MARKS = re.compile(r"[\"“”„«»「」『』《》]")


@dataclass(frozen=True)
class Proof:
    """A sentence that a generated one rests on.

    Args:
        text: the sentence, or its translation.
        language: what it is in.
    """

    text: str
    language: str


@dataclass(frozen=True)
class Ground:
    """All that a generated sentence may name: the sentences that it rests on, taken together."""

    proofs: tuple[Proof, ...]

    @cached_property
    def text(self) -> str:
        """The sentences in one, in plain characters."""
        return plain(" | ".join(proof.text for proof in self.proofs))

    @cached_property
    def tokens(self) -> list[str]:
        """Their words in order, folded, with breaks between sentences."""
        return [fold_word(match[0]) for match in TOKEN.finditer(self.text)]

    @cached_property
    def words(self) -> frozenset[str]:
        """Their words, folded, also without endings and as parts of compounds with a hyphen."""
        parts = {part for token in self.tokens for part in re.split(r"[-&/+]", token) if part}
        latin = {in_latin(run) for run in KATAKANA.findall(self.text)}
        return frozenset({*self.tokens, *parts, *map(stem, {*parts} - {""}), *latin})

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring words."""
        return frozenset(pairwise(self.tokens))

    @cached_property
    def alone(self) -> frozenset[str]:
        """Names that stand somewhere without another name beside them."""
        every = list(TOKEN.finditer(self.text))
        found = set()
        for place, match in enumerate(every):
            around = (place - 1, place + 1)
            near = [every[n] for n in around if 0 <= n < len(every)]
            if not any(is_beside(match, other) and is_capital(other[0]) for other in near):
                found.add(fold_word(match[0]))
        return frozenset(found)

    @cached_property
    def territories(self) -> frozenset[str]:
        """Codes of the countries and regions that they name."""
        return frozenset().union(*(territory(each.text, each.language) for each in self.proofs))


def can_check(language: str) -> bool:
    """Return whether names can be told in texts of a language."""
    return SCRIPTS.get(language.split("-")[0], "LATIN") in TOLD


def check(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return what a generated sentence says that its proofs do not, in words; "" where nothing.

    Args:
        text: the sentence.
        proofs: what it rests on; of a translated sentence the original and the translation.
        language: what the sentence is to be in.
    """
    ground = Ground(tuple(proofs))
    said = plain(text)
    if address := ADDRESS.search(said):
        return f"an address: {address[0]}"
    if strange := wrong_language(said, language):
        return strange
    if quoted := new_quotation(said, ground):
        return f"a quotation that no source has: {quoted}"
    figures = merged(find_figures(each.text, each.language, strict=False) for each in proofs)
    if figure := unproved(find_figures(said, language, strict=True), figures):
        return f"a number or date that no source has: {figure}"
    name = next(new_names(said, ground, language), "")
    return f"a name that no source has: {name}" if name else ""


def plain(text: str) -> str:
    """Return the text in one form of characters and spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def fold_word(word: str) -> str:
    """Return a word without case, accents, genitive and elided article."""
    return fold(ELIDED.sub("", word).rstrip(".'’-"))


def wrong_language(text: str, language: str) -> str:
    """Tell of a sentence in another script or language than the reader's."""
    wanted = SCRIPTS.get(language.split("-")[0], "LATIN")
    letters = [script_of(letter) for letter in text if letter.isalpha()]
    if not letters:
        return "no words"
    share = letters.count(wanted) / len(letters)
    if share < (0.3 if wanted == "HAN" else 0.6):
        return "not in the reader's language"
    words = [match[0].casefold() for match in TOKEN.finditer(text)]
    base = language.split("-")[0]
    if wanted == "LATIN" and len(words) >= 6 and stopwords(base):
        hits = {each: sum(word in stopwords(each) for word in words) for each in KNOWN}
        if hits.get(base, 0) * 2 < max(hits.values()):
            return "not in the reader's language"
    return ""


KNOWN = ("en", "de", "fr", "es", "it", "pt", "nl")


def new_quotation(text: str, ground: Ground) -> str:
    """Return the first passage in quotation marks that no proof has; "" where there is none."""
    bare = folded(ground.text)
    rest = text
    for match in QUOTED.finditer(text):
        inner = next((part for part in match.groups() if part is not None), "")
        rest = rest.replace(match[0], " ", 1)
        wanted = folded(inner).strip(" .,!?;:。、，")
        if not wanted or wanted not in bare:
            return match[0]
    left = MARKS.search(rest)  # opened and never closed
    return left[0] if left else ""


def folded(text: str) -> str:
    """Return a text for comparing passages: no case, plain apostrophes."""
    return text.casefold().replace("’", "'").replace("‘", "'")


def new_names(text: str, ground: Ground, language: str) -> Iterator[str]:
    """Yield the names of a sentence that its proofs lack, and what may be one."""
    base = language.split("-")[0]
    yield from _new_vendors(text, ground)
    yield from _new_words(text, ground, language)
    if base in ("zh", "ja"):
        yield from _new_wide(text, ground)


def _new_vendors(text: str, ground: Ground) -> Iterator[str]:
    """Yield known vendors, in any script, that no proof writes so."""
    for vendor in load_knowledge().vendors:
        for match in vendor.pattern.finditer(text):
            if folded(match[0]) not in folded(ground.text):
                yield match[0]


def _new_words(text: str, ground: Ground, language: str) -> Iterator[str]:
    countries = territory(text, language)
    known = countries & ground.territories
    spared = {fold_word(each) for code in known for each in countries_said(text, language, code)}
    before: re.Match[str] | None = None
    for match in TOKEN.finditer(text):
        if is_name(match[0], language, before=text[: match.start()]):
            word = fold_word(match[0])
            if word not in spared and not _is_known(word, ground):
                yield match[0]
            elif before and is_beside(before, match) and not _is_pair(before[0], match[0], ground):
                yield f"{before[0]} {match[0]}"
            before = match
        else:
            if before and is_beside(before, match) and re.fullmatch(r"\d{1,3}(?:\.\d+)*", match[0]):
                pair = (fold_word(before[0]), fold_word(match[0]))
                if pair not in ground.pairs and before[0].casefold() not in MAY_COUNT:
                    yield f"{before[0]} {match[0]}"  # another version
            before = None


#: Written like names before a number that they count: "USD 40".
MAY_COUNT = frozenset({"usd", "eur", "gbp", "jpy", "cny", "krw", "inr", "rmb", "chf"})


def countries_said(text: str, language: str, code: str) -> Iterator[str]:
    """Yield the words under which a text names a country."""
    for phrase in territory(text, language, phrases=True):
        if phrase.startswith(f"{code}:"):
            yield from phrase.removeprefix(f"{code}:").split()


def is_name(word: str, language: str, *, before: str) -> bool:
    """Return whether a word may be a name, `before` being what stands before it."""
    bare = ELIDED.sub("", word)
    if not any(letter.isalpha() for letter in bare):
        return False
    base = language.split("-")[0]
    if bare.casefold() in stopwords(base) and not bare[1:].isupper():
        return False
    if not is_capital(bare):
        return False
    if month_of(bare) or is_weekday(bare):
        return False  # compared as dates
    if base == "en" and bare == "I":
        return False
    plainly = bare[1:].islower() and not any(letter.isdigit() for letter in bare)
    if base in NOUNS_WITH_CAPITAL and plainly and is_ordinary_noun(bare, before, base):
        return False
    return not (plainly and OPENING.search(before) and bare.casefold() in stopwords())


def is_capital(word: str) -> bool:
    """Return whether a word has a capital anywhere, or letters and digits: "iOS", "4K"."""
    has_digit = any(letter.isdigit() for letter in word)
    letters = any(letter.isalpha() for letter in word)
    ordinal = re.fullmatch(r"\d+(?:st|nd|rd|th|er|e|º|ª|k|m|bn|x)?", word.casefold())
    return any(letter.isupper() for letter in word) or (has_digit and letters and not ordinal)


def is_beside(one: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether only a space stands between two words."""
    first, second = sorted((one, other), key=lambda match: match.start())
    return first.string[first.end() : second.start()] == " "


def _is_known(word: str, ground: Ground) -> bool:
    if word in ground.words or stem(word) in ground.words:
        return True
    parts = [part for part in re.split(r"[-&/+]", word) if part]
    return len(parts) > 1 and all(part in ground.words for part in parts)


def _is_pair(before: str, word: str, ground: Ground) -> bool:
    """Return whether two names beside each other may stand so: "John Smith" is neither's name."""
    pair = (fold_word(before), fold_word(word))
    return pair in ground.pairs or pair[0] in ground.alone or pair[1] in ground.alone


def _new_wide(text: str, ground: Ground) -> Iterator[str]:
    for run in KATAKANA.findall(text):
        common = all(pair in common_pairs() for pair in map("".join, pairwise(run)))
        if run not in ground.text and in_latin(run) not in ground.words and not common:
            yield run
    for match in TITLED.finditer(text):
        if match[1] not in ground.text:
            yield match[1]
    for run in HAN.findall(text):
        yield from _unknown(run, ground)


def _unknown(run: str, ground: Ground) -> Iterator[str]:
    """Yield what stands in a row of Han characters and is neither common nor in the proofs."""
    covered = [False] * len(run)
    for place, pair in enumerate(map("".join, pairwise(run))):
        if pair in ground.text or pair in common_pairs():
            covered[place] = covered[place + 1] = True
    start = 0
    for place, is_covered in enumerate([*covered, True]):
        if is_covered:
            if place - start >= 2:
                yield run[start:place]
            start = place + 1
