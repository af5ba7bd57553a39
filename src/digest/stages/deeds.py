"""Who does what to whom in a sentence: its names by clause, and what stands before each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from digest.stages.clauses import clauses_of
from digest.stages.data_files import read_data
from digest.stages.fresh_names import is_name
from digest.stages.ground import ELIDED, TOKEN, fold_word, is_beside
from digest.stages.ordinary import german_names, is_compound, is_frequent_in
from digest.stages.sentences import stem, stopwords

ACTS, SUFFERS, ELSE, UNSURE = "acts", "suffers", "else", "unsure"
REACH = 60  #: characters before a name in which what leads to it stands
REMEMBERED = 500  # sentences
NOUNS_WITH_CAPITAL = "de"
CASES: list[str] = read_data("function_words.toml")["inflections"][NOUNS_WITH_CAPITAL]
NOUN = re.compile(r"(?<!\w)[A-ZÄÖÜ]\w+\s$")
OWNS = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Party:
    """A name of a clause.

    Args:
        words: of the name, folded.
        start: where it begins in the sentence.
        end: where it ends.
        before: the word that leads to it ("to", "by"), "" where none does.
        acts: whether it stands behind what leads to whoever acts in a passive clause.
        owns: whether it owns what follows: "Acme's".
        joined: whether it is named together with the one before it: "Acme and Bolt".
        behind_noun: whether a noun stands before what leads to it: German "Chefin von Nova".
    """

    words: frozenset[str]
    start: int
    end: int
    before: str = ""
    acts: bool = False
    owns: bool = False
    joined: bool = False
    behind_noun: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing leads to it: it is a subject or an object."""
        return not self.before and not self.acts and not self.owns


@dataclass(frozen=True, slots=True)
class Deed:
    """A clause with names.

    Args:
        parties: its names in order.
        passive: whether what is done is told of whom it is done to.
        words: what else it says, without function words: stems, where each begins, and as written.
        led: whether it begins with a word such as "in": what follows that does nothing.
    """

    parties: tuple[Party, ...]
    passive: bool
    words: tuple[tuple[str, int, str], ...]
    led: bool = False

    def opens(self, place: int) -> bool:
        """Return whether nothing but where and when stands before a party."""
        start = self.parties[place].start
        return self.led or not any(at < start for _, at, _ in self.words)

    def role(self, place: int) -> str:
        """Return whether a party acts, suffers, does neither, or nothing tells."""
        party = self.parties[place]
        if party.joined and place:
            return self.role(place - 1)
        if party.acts and self.passive:
            return UNSURE if party.behind_noun else ACTS
        if not party.is_bare:
            return ELSE
        first = next(n for n, each in enumerate(self.parties) if each.is_bare)
        return SUFFERS if self.passive or place != first else ACTS


def is_known(language: str) -> bool:
    """Return whether it is known how a language says who does what."""
    return language.split("-")[0] in read_data("doers.toml")


@lru_cache(maxsize=REMEMBERED)
def deeds_of(text: str, language: str) -> tuple[Deed, ...]:
    """Return the clauses of a sentence that have names, for languages that `is_known` knows."""
    base = language.split("-")[0]
    every = parties_of(text, base)
    found: list[Deed] = []
    for spans in _joined(clauses_of(text, base, joined=False), text, every, base):
        mine = tuple(each for each in every if any(a <= each.start < b for a, b in spans))
        if found and mine and mine[0].joined and _is_bare_name(text, spans[0], mine, base):
            last = found.pop()
            found.append(replace(last, parties=(*last.parties, *mine)))
        elif mine:
            clause = " ".join(text[a:b] for a, b in spans)
            words, led = _words(text, spans, every), bool(_rule(base).leading.match(clause))
            found.append(Deed(mine, _is_passive(clause, mine, base), words, led))
    return tuple(found)


@lru_cache(maxsize=REMEMBERED)
def parties_of(text: str, base: str) -> tuple[Party, ...]:
    """Return the names of a sentence in order, in a language that `is_known` knows."""
    runs: list[list[re.Match[str]]] = []
    before: re.Match[str] | None = None
    for match in TOKEN.finditer(text):
        if not _names(match[0], base, text[: match.start()]):
            before = None
            continue
        if before and is_beside(before, match) and not OWNS.search(before[0]):
            runs[-1].append(match)
        else:
            runs.append([match])
        before = match
    found = [_party(text, run, base) for run in runs]
    return tuple(
        replace(each, joined=bool(n) and _is_joint(text[found[n - 1].end : each.start], base))
        for n, each in enumerate(found)
    )


def _is_joint(between: str, base: str) -> bool:
    return between.strip(" ,").casefold() in read_data("function_words.toml")["clause_joints"][base]


def _names(word: str, base: str, before: str) -> bool:
    common = base == NOUNS_WITH_CAPITAL and _is_noun(word.casefold(), base)
    return not common and is_name(word, base, before=before)


def _is_noun(word: str, base: str) -> bool:
    """Return whether a German word is like a common one: then it is no party."""
    if word in german_names():
        return False
    forms = {word.removesuffix(each) for each in ("", *CASES)}
    if any(is_frequent_in(each, base) and not is_frequent_in(each, "en") for each in forms):
        return True
    return any(is_compound(each, base) for each in forms)


def _party(text: str, run: Sequence[re.Match[str]], base: str) -> Party:
    start, end = run[0].start(), run[-1].end()
    words = frozenset(fold_word(match[0]) for match in run)
    rule = _rule(base)
    elided = ELIDED.match(run[0][0])
    led = text[max(0, start - REACH) : start] + (elided[0] if elided else "")
    by, before = rule.by.search(led), rule.before.search(led)
    owns = OWNS.search(run[-1][0]) is not None
    noun = base == NOUNS_WITH_CAPITAL and bool(by and NOUN.search(led[: by.start()]))
    word = before[1].casefold() if before else ""
    return Party(words, start, end, word, bool(by), owns, behind_noun=noun)


def _is_passive(clause: str, parties: Sequence[Party], base: str) -> bool:
    rule = _rule(base)
    if rule.passive and rule.passive.search(clause):
        return True
    return rule.by_alone and any(each.acts and not each.before for each in parties)


def _joined(
    clauses: Sequence[tuple[int, int]], text: str, parties: Sequence[Party], base: str
) -> Iterator[list[tuple[int, int]]]:
    """Yield clauses; one that is a name alone goes on behind what is said of it aside."""
    left = list(clauses)
    while left:
        spans = [left.pop(0)]
        if _is_bare_name(text, spans[0], parties, base) and left:
            if _rule(base).aside.match(text, left[0][0], left[0][1]) and len(left) > 1:
                yield [left.pop(0)]
            other = any(_opens(text, left[0], each) for each in parties)
            if not other or _is_last(spans[0], text):
                spans.append(left.pop(0))
        yield spans


def _is_last(span: tuple[int, int], text: str) -> bool:
    """Return whether a word and no sign ends a clause: "Acme and Bolt sue"."""
    return text[span[1] : span[1] + 1].isalpha()


def _opens(text: str, span: tuple[int, int], party: Party) -> bool:
    return span[0] <= party.start < span[1] and not text[span[0] : party.start].strip()


def _is_bare_name(text: str, span: tuple[int, int], parties: Sequence[Party], base: str) -> bool:
    rest, found = text[span[0] : span[1]], False
    for each in parties:
        if span[0] <= each.start < span[1]:
            rest, found = rest.replace(text[each.start : each.end], " "), True
    words = (match[0].casefold() for match in TOKEN.finditer(rest))
    return found and all(word in stopwords(base) for word in words)


def _words(
    text: str, spans: Sequence[tuple[int, int]], parties: Sequence[Party]
) -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (stem(match[0].casefold()), match.start(), match[0])
        for start, end in spans
        for match in TOKEN.finditer(text, start, end)
        if match[0].isalpha()
        and match[0].casefold() not in stopwords()
        and not any(each.start <= match.start() < each.end for each in parties)
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """How a language says who does what."""

    by: re.Pattern[str]
    before: re.Pattern[str]
    passive: re.Pattern[str] | None
    by_alone: bool
    mutual: frozenset[str]
    leading: re.Pattern[str]
    aside: re.Pattern[str]
    said: re.Pattern[str]
    after: re.Pattern[str]
    that: re.Pattern[str]
    late: bool
    fixed: bool  #: whether whoever acts stands before what is done


@cache
def _rule(base: str) -> Rule:
    row = read_data("doers.toml")[base]
    articles = rf"(?:(?:{'|'.join(row['articles'])})\s?(?:[^\W\d_A-Z][\w-]*\s){{0,3}})?"

    def leads(words: Sequence[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w’'])({'|'.join(words)})(?:\s+|(?<=['’])){articles}$", re.I)

    return Rule(
        by=leads(row["by"]),
        before=leads([each for each in row["before"] if each not in row["by"]]),
        passive=re.compile(row["passive"], re.I),
        by_alone=row["by_alone"] == "yes",
        mutual=frozenset(row["mutual"]),
        leading=re.compile(rf"\s*(?:{'|'.join(row['before'])})(?:\s|(?<=['’]))", re.I),
        aside=re.compile(rf"\s*(?:{'|'.join(row['articles'])})(?:\s|(?<=['’]))", re.I),
        said=re.compile(rf"(?<!\w)(?:{'|'.join(row['said'])})(?!\w)", re.I),
        after=re.compile(rf"(?<!\w)(?:{'|'.join(row['after'])})(?!\w)", re.I),
        that=re.compile(rf"(?<!\w)(?:{'|'.join(row['that'])})(?!\w)|\S+\s\S+\s\S+\s\S+", re.I),
        late=row["late"] == "yes",
        fixed=row["fixed"] == "yes",
    )


def rule_of(language: str) -> Rule:
    """Return how a language says who does what."""
    return _rule(language.split("-")[0])
