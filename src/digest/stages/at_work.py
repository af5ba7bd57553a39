"""Whether a sentence tells that artificial intelligence does something, and not only names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from digest.stages.grammar import Grammar
from digest.stages.phrase_data import NOTHING, Patterns, one_of
from digest.stages.taxonomy import load_knowledge
from digest.text import count_words

REACH = 60  #: characters before and after its name in which a verb may stand
BETWEEN = 3  #: words between name and verb at most
BREAK = re.compile(r"[.;:!?,]\s")
BETWEEN_TURNED = 2  #: words between a verb and the subject that follows it ("bewertet die KI")
TURNED = ("de", "nl")  #: languages in which it may


def without_topics(text: str, phrases: Patterns) -> str:
    """Return a sentence with blanks for what is said of AI in general: laws, search, traffic."""
    return phrases.get("topic", NOTHING).sub(lambda match: " " * len(match[0]), text)


def is_at_work(text: str, phrases: Patterns, grammar: Grammar | None) -> bool:
    """Return whether AI is what acts in a sentence, or the means by which something else does.

    "A model ranks the answers", "written by a neural network", "uses an LLM to", "AI-powered".

    Args:
        text: a sentence, without its topics and the names of products.
        phrases: of claims, in its language.
        grammar: of its language.
    """
    if grammar is None:
        return False
    if phrases.get("made", NOTHING).search(text):
        return True
    for start, end in _names(text, phrases):
        before, after = text[max(start - REACH, 0) : start], text[end : end + REACH]
        if grammar.wide and _acts_wide(before, after, phrases):
            return True
        if not grammar.wide and _acts(before, after, phrases, grammar.language in TURNED):
            return True
    return False


def is_agent_at_work(text: str, phrases: Patterns) -> bool:
    """Return whether a sentence tells what a product does that is called an agent."""
    named = named_agent().match(text)
    does = phrases["does"].match(text[named.end() :].lstrip()) if named else None
    return does is not None


def named_models() -> re.Pattern[str]:
    """Return what a model's own name looks like, in any language."""
    return _models()


def _names(text: str, phrases: Patterns) -> Iterator[tuple[int, int]]:
    for pattern in (phrases["ai"], _models()):
        for match in pattern.finditer(text):
            yield match.span()


def _acts(before: str, after: str, phrases: Patterns, turned: bool) -> bool:
    does = phrases["does"].search(after)
    if _is_unable(after, phrases):
        return False
    if does and _is_close(after[: does.start()], BETWEEN):
        return True
    means = list(phrases["by"].finditer(before))
    if means and _is_close(before[means[-1].end() :], BETWEEN):
        return True
    verbs = list(phrases["does"].finditer(before)) if turned else []
    return bool(verbs) and _is_close(before[verbs[-1].end() :], BETWEEN_TURNED)


def _acts_wide(before: str, after: str, phrases: Patterns) -> bool:
    if _is_unable(after, phrases):
        return False
    met = any(match.end() == len(before) for match in phrases["by"].finditer(before))
    return met or phrases["does"].match(after) is not None


def _is_unable(after: str, phrases: Patterns) -> bool:
    return phrases.get("unable", NOTHING).match(after.lstrip()) is not None


def _is_close(between: str, most: int) -> bool:
    return not BREAK.search(between) and count_words(between) <= most


@cache
def named_agent() -> re.Pattern[str]:
    """Return what the name of a product looks like that is called an agent: "Route Agent"."""
    kinds = "|".join(load_knowledge().claims["names"]["agent"])
    return re.compile(rf"(?:The )?(?:[A-Z][\w-]* ){{1,4}}(?:{kinds})\b")


@cache
def _models() -> re.Pattern[str]:
    rows = load_knowledge().claims["names"]["model"]
    return re.compile("|".join(f"(?<![A-Za-z]){one_of([row], wide=True).pattern}" for row in rows))
