"""How clearly a sentence of documentation says that artificial intelligence does something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digest.stages.at_work import BREAK, named_agent, named_models, without_topics
from digest.stages.grammar import Grammar
from digest.stages.passages import is_named
from digest.stages.phrase_data import NOTHING, Patterns
from digest.text import count_words

REACH = 60  #: characters before and after a name in which a verb may stand
BETWEEN = 3  #: words between name and verb at most
NEAR = 2  #: where its reader is told to have AI do something
#: How clear each way is: AI as the subject, as the means, a model that learned, a helper, what goes
#: on about it, an adjective.
WORKS, MEANS, LEARNED, HELPS, GOES_ON, MADE = 1.1, 1.0, 0.9, 0.8, 0.7, 0.6
STEP = 0.3  #: what an instruction takes away


@dataclass(frozen=True, slots=True)
class Wits:
    """The phrases of a language with which documentation tells of AI."""

    claims: Patterns
    manual: Patterns
    grammar: Grammar
    #: What `minds` has given for sentences of the page: each is asked for several times.
    seen: dict[tuple[str, bool], list[tuple[int, int]]] = field(default_factory=dict, compare=False)

    def strength(self, text: str, *, names: Sequence[str], before: str, step: bool) -> float:
        """Return how clearly a sentence tells what AI does; 0 where it does not.

        Args:
            text: a sentence, without its label.
            names: its label, its heading and its page, those that name a thing.
            before: the sentence before it.
            step: whether it instructs its reader; then AI has to be what acts.
        """
        bare = self.own(text)
        lets = self._lets(bare)
        if step:
            return max(lets, self._works(bare) - STEP, 0.0)
        found = [self._works(bare), self._made(bare), self._learned(bare), self._acts(bare), lets]
        if any(is_artificial(name, self) for name in names) or self._tells(before):
            found += [self._goes_on(bare), self._named(bare, names), self._opens(bare, names)]
        return max(found)

    def own(self, text: str) -> str:
        """Return a sentence with blanks for the AI of others, and for AI that is but a noun's."""
        text = without_topics(text, self.claims)
        return self.manual["others"].sub(lambda match: " " * len(match[0]), text)

    def _tells(self, text: str) -> bool:
        return bool(self.minds(self.own(text)))

    def minds(self, text: str, *, means: bool = False) -> list[tuple[int, int]]:
        """Return where AI is named in a sentence, not as what a noun is of ("AI settings").

        Args:
            text: a sentence.
            means: whether only what may be the means of something is asked for.
        """
        if (text, means) not in self.seen:
            self.seen[text, means] = list(self._minds(text, means))
        return self.seen[text, means]

    def _minds(self, text: str, means: bool) -> Iterator[tuple[int, int]]:
        keys = ("method",) if means else ("method", "mind")
        patterns = (self.claims["ai"], named_models(), *(self.manual.get(k, NOTHING) for k in keys))
        thing = self.manual["thing"]
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            rest = text[match.end() :].lstrip("- ")
            compound = "-" in match[0] and thing.fullmatch(match[0])
            if not thing.match(rest) and not compound:
                yield match.span()

    def _ends(self, text: str) -> Iterator[int]:
        """Give where the noun ends that AI is named as a part of: "Predictive send-time choice"."""
        for match in (*self.claims["ai"].finditer(text), *self.manual["mind"].finditer(text)):
            noun = self.manual["thing"].match(text, match.end() + 1)
            if noun:
                yield noun.end()

    def is_part(self, name: str) -> bool:
        """Return whether a name calls a thing by the AI in it: "Predictive send-time choice"."""
        return any(end == len(name) for end in self._ends(name))

    def is_weak(self, text: str) -> bool:
        """Return whether all that a sentence says of AI is a word such as "algorithm"."""
        weak, bare = self.manual.get("weak", NOTHING), self.own(text)
        named = [bare[start:end] for start, end in self.minds(bare)]
        return bool(named) and all(weak.fullmatch(name) for name in named)

    def _works(self, text: str) -> float:
        """Return whether AI is the subject of a verb, or a means: "uses machine learning to"."""
        text = self.claims.get("made", NOTHING).sub(" ", text)
        acting = (
            self._follows(text[end : end + REACH], ("does", "helps")) for _, end in self.minds(text)
        )
        if any(acting) or any(
            self._follows(text[end:], ("acts",), most=0) for end in self._ends(text)
        ):
            return WORKS
        spans = self.minds(text, means=True)
        return MEANS * any(
            self._is_means(text[max(start - REACH, 0) : start]) for start, _ in spans
        )

    def _made(self, text: str) -> float:
        return MADE if self.claims.get("made", NOTHING).search(text) else 0.0

    def _learned(self, text: str) -> float:
        return LEARNED if self.manual["learned"].search(text) else 0.0

    def _acts(self, text: str) -> float:
        """Return whether a helper does what only an artificial one does, or an agent anything."""
        for clause in (text, text.partition(", ")[2]):  # "After you enter a goal, Route Agent …"
            agent = named_agent().match(clause)
            if agent and self._follows(clause[agent.end() :], ("does", "helps")):
                return HELPS
        for match in self.manual["helper"].finditer(text):
            if self._follows(text[match.end() : match.end() + REACH], ("acts",)):
                return HELPS
        return 0.0

    def _lets(self, text: str) -> float:
        """Return whether a reader is told to have AI do something: "let the assistant write"."""
        spans = [*self.minds(text), *(m.span() for m in self.manual["helper"].finditer(text))]
        for start, end in spans:
            before = text[max(start - REACH, 0) : start]
            led = [m for m in self.manual["lets"].finditer(before) if m[0]]
            near = led and _is_close(before[led[-1].end() :], most=NEAR)
            if near and self._follows(text[end : end + REACH], ("does", "acts"), most=NEAR):
                return HELPS
        return 0.0

    def _goes_on(self, text: str) -> float:
        """Return whether a sentence goes on about the thing of its page: "The model then …"."""
        opened = self.manual["anew"].match(text)
        if not opened:
            return 0.0
        after = text[opened.end() : opened.end() + REACH]
        return GOES_ON if self._follows(after, ("acts", "does", "helps")) else 0.0

    def _named(self, text: str, names: Sequence[str]) -> float:
        """Return whether the thing of a page or heading, an artificial one, does something."""
        for name in names:
            place = text.casefold().find(name.casefold())
            if place < 0 or place > REACH or not is_artificial(name, self):
                continue
            after = text[place + len(name) :][:REACH]
            if self._follows(after, ("acts", "helps")):
                return HELPS
            if self._follows(after, ("does",)):
                return GOES_ON
        return 0.0

    def _opens(self, text: str, names: Sequence[str]) -> float:
        """Return whether a sentence without a subject tells what its artificial heading does."""
        if not names or not is_artificial(names[0], self) or is_named(names[0], text):
            return 0.0
        opened = any(self.manual[key].match(text) for key in ("acts", "helps"))
        return HELPS if opened or self.claims["does"].match(text) else 0.0

    def _follows(self, after: str, keys: Sequence[str], *, most: int = BETWEEN) -> bool:
        """Return whether one of some verbs follows, not taken back, few words on."""
        if self.claims.get("unable", NOTHING).match(after.lstrip()):
            return False
        for key in keys:
            pattern = self.manual.get(key) or self.claims[key]
            found = pattern.match(after) if self.grammar.wide else pattern.search(after)
            if found and (self.grammar.wide or self._is_near(after, found, most)):
                return True
        return False

    def _is_near(self, after: str, found: re.Match[str], most: int) -> bool:
        """Return whether a verb is AI's: few words on, not its reader's, and no word for AI."""
        between = after[: found.start()]
        noun = self.grammar.articles.fullmatch((between.split() or [""])[-1])  # "as a draft"
        adjective = self.claims["ai"].match(after, found.start())
        read = self.manual.get("reader", NOTHING).search(between)
        return not adjective and not noun and not read and _is_close(between, most=most)

    def _is_means(self, before: str) -> bool:
        means = list((self.manual.get("means") or self.claims["by"]).finditer(before))
        if self.grammar.wide:
            return any(match.end() == len(before) for match in means)
        return bool(means) and _is_close(before[means[-1].end() :])


def is_artificial(name: str, wits: Wits) -> bool:
    """Return whether a name is that of something artificial: "Smart tags", "Journey Agent"."""
    if named_agent().fullmatch(name.strip()) or wits.manual["helper"].search(name):
        return True
    return bool(wits.minds(wits.own(name)))


def _is_close(between: str, *, most: int = BETWEEN) -> bool:
    return not BREAK.search(between) and count_words(between) <= most
