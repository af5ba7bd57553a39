"""What a generated sentence rests on, and the names and words that it has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from digest.stages.data_files import any_of
from digest.stages.mentions import fold
from digest.stages.ordinary import territory
from digest.stages.romanise import in_latin
from digest.stages.sentences import stem

WIDE = r"\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"[^\W_{WIDE}]+(?:['’&.+\-][^\W_{WIDE}]+)*", re.UNICODE)
ELIDED = re.compile(rf"^(?:{any_of('function_words.toml', 'elided')})['’](?=\w)", re.I)
ORDINAL = re.compile(rf"\d+(?:{any_of('dates.toml', 'number_endings')})?")
KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{2,}")


@dataclass(frozen=True)
class Proof:
    """A sentence that a generated one rests on.

    Args:
        text: the sentence, or its translation.
        language: what it is in.
        of: which sentence it is, where one stands here in two languages; "" where in one.
    """

    text: str
    language: str
    of: str = ""


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
    def plain_tokens(self) -> frozenset[str]:
        """Their words in small letters, folded: what names nobody there."""
        found = (match[0] for match in TOKEN.finditer(self.text))
        return frozenset(fold_word(word) for word in found if word.islower())

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


def plain(text: str) -> str:
    """Return the text in one form of characters and spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def own_texts(proofs: Iterable[Proof], base: str) -> list[str]:
    """Return the plain texts of the proofs that are in a language, or translated into it."""
    return [plain(each.text) for each in proofs if each.language.split("-")[0] == base]


def fold_word(word: str) -> str:
    """Return a word without case, accents, genitive and elided article."""
    return fold(ELIDED.sub("", word).rstrip(".'’-"))


def folded(text: str) -> str:
    """Return a text for comparing passages: no case, plain apostrophes."""
    return text.casefold().replace("’", "'").replace("‘", "'")


def is_capital(word: str) -> bool:
    """Return whether a word has a capital anywhere, or letters and digits: "iOS", "4K"."""
    has_digit = any(letter.isdigit() for letter in word)
    letters = any(letter.isalpha() for letter in word)
    ordinal = ORDINAL.fullmatch(word.casefold())
    return any(letter.isupper() for letter in word) or (has_digit and letters and not ordinal)


def is_known(word: str, ground: Ground) -> bool:
    """Return whether the proofs have a folded word, without its ending or all parts of it, too."""
    if word in ground.words or stem(word) in ground.words:
        return True
    parts = [part for part in re.split(r"[-&/+]", word) if part]
    return len(parts) > 1 and all(part in ground.words for part in parts)


def is_beside(one: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether only a space stands between two words."""
    first, second = sorted((one, other), key=lambda match: match.start())
    return first.string[first.end() : second.start()] == " "
