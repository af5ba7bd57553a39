"""A language model's draft of a story, checked sentence by sentence against what it rests on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from digest.records import Quote, Refused, Written, WrittenLine
from digest.stages.ground import Proof, plain
from digest.stages.grounding import check
from digest.stages.orders import is_order
from digest.stages.prompt import Given, Question
from digest.stages.safe import clean
from digest.text import count_words

VERSION = "6"  #: raised whenever the same answer would be judged otherwise, or the question differs
FEWEST_WORDS, MOST_WORDS = 3, 50  #: of a sentence
MOST_LETTERS = 1_000  #: of a sentence: one "word" may be as long as an answer
MOST_SENTENCES = 12  #: of an answer that are looked at
MOST_FENCES = 20  #: blocks of an answer that may be the JSON
MOST_IDS = 5  #: sentences that one may rest on: on all of them rests nothing
LONGEST = 300  #: characters of a refused sentence that are kept
THOUGHT = re.compile(r"^.*</think>", re.S)  # models that think aloud
FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.S | re.I)
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff"
    "\ue000-\uf8ff\u20dd-\u20e4\U000e0000-\U0010ffff]"
)
MARKUP = re.compile(
    r"<[a-zA-Z/!]|\]\(|\*\*|`|^\s*[#>*-]\s|\[\s*s?\d+\s*\]|&(?:\w+|#\w+);|([^\w\s])\1{3}|\s\.\s"
)


def judge_draft(answer: str, question: Question, *, model: str) -> Written:
    """Return what holds of a model's answer, and what fell out and why.

    Where nothing holds the record has no lines, and the quoted sentences stand as they are.

    Args:
        answer: what the model said, whatever it is.
        question: what it was asked.
        model: its name.
    """
    lines: list[WrittenLine] = []
    refused: list[Refused] = []
    rows = read_answer(answer)
    if rows is None:
        refused.append(Refused(_short(answer), "no answer in the form that was asked for"))
    words = 0
    for text, ids in rows or ():
        why = _problem(text, ids, question) or _repeats(text, lines)
        if not why and words + count_words(text) > question.max_words:
            why = "over the limit of words"
        if why:
            refused.append(Refused(_short(text), why))
            continue
        words += count_words(text)
        rests_on = tuple(question.by_id[id].quote for id in dict.fromkeys(ids))
        lines.append(WrittenLine(text, rests_on, model))
    return Written(question.story, model, question.language, tuple(lines), tuple(refused))


def read_answer(answer: str) -> list[tuple[str, list[str]]] | None:
    """Return an answer's sentences with their ids; None where it has not the form asked for."""
    bare = THOUGHT.sub("", answer)
    fenced = [match[1] for match in islice(FENCE.finditer(bare), MOST_FENCES)]
    for text in (bare, *fenced, bare[bare.find("{") : bare.rfind("}") + 1]):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        rows = found.get("sentences") if isinstance(found, dict) else found
        if isinstance(rows, list) and rows:
            return [_row(row) for row in rows[:MOST_SENTENCES]]
    return None


def _row(row: Any) -> tuple[str, list[str]]:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return _short(str(row)), []
    ids = row.get("ids")
    kept = [str(id).strip("[] ").casefold() for id in ids[:50]] if isinstance(ids, list) else []
    return plain(row["text"]) if not UNSEEN.search(row["text"]) else row["text"], kept


def _problem(text: str, ids: Sequence[str], question: Question) -> str:
    known = question.by_id
    if not ids:
        return "rests on no sentence"
    if unknown := [id for id in ids if id not in known]:
        return f"rests on a sentence that was not given: {unknown[0][:20]}"
    if len(set(ids)) > MOST_IDS:
        return "rests on too many sentences"
    if len(text) > MOST_LETTERS:
        return "too short or too long for a sentence"
    if UNSEEN.search(text) or MARKUP.search(text):
        return "characters that no sentence needs"
    if not FEWEST_WORDS <= count_words(text) <= MOST_WORDS:
        return "too short or too long for a sentence"
    if text[-1] not in ".!?。！？…":
        return "not a whole sentence"
    if any(is_order(known[id].quote.text) for id in ids):
        return "rests on an order to a machine"
    proofs = [proof for id in ids for proof in _proofs(known[id], question.language, id)]
    return check(text, proofs, question.language)


def _proofs(given: Given, language: str, id: str) -> Iterator[Proof]:
    yield Proof(given.quote.text, given.language, id)
    if given.translation:
        yield Proof(given.translation, language, id)


def _repeats(text: str, lines: Sequence[WrittenLine]) -> str:
    same = any(line.text.casefold() == text.casefold() for line in lines)
    return "says the same again" if same else ""


def _short(text: str) -> str:
    return clean(UNSEEN.sub("", text[: 2 * LONGEST]))[:LONGEST]


def quotes_of_draft(lines: Sequence[WrittenLine]) -> tuple[Quote, ...]:
    """Return the sentences that a draft rests on, each once, in order."""
    return tuple(dict.fromkeys(quote for line in lines for quote in line.rests_on))
