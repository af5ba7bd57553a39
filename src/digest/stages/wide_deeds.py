"""Who does what to whom in Japanese and Chinese: by particles, and by what stands beside a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from digest.stages.clauses import clauses_of
from digest.stages.data_files import read_data
from digest.stages.ground import Proof, plain

WHY = "who does what to whom is not as in its sources"
#: A phrase before a particle: Han letters, katakana, Latin letters and digits.
PHRASE = r"[\u3005\u30a1-\u30fc\u3400-\u9fffA-Za-z0-9「」『』]{2,}"
HAN = re.compile(r"[\u3400-\u9fff]{2,}")
FEWEST = 2  #: characters of a party

Deed = tuple[str, str]


def turned_round_wide(text: str, proofs: Sequence[Proof], language: str) -> str:
    """Return what a sentence says of two parties the other way round, in words; "" where nothing.

    Args:
        text: the sentence.
        proofs: what it rests on.
        language: "ja", "zh-Hans" or "zh-Hant".
    """
    base = language.split("-")[0]
    own = [plain(each.text) for each in proofs if each.language.split("-")[0] == base]
    if base == "ja":
        return _by_particles(text, own)
    return _by_sides(text, own) if base == "zh" else ""


def _by_particles(text: str, own: Sequence[str]) -> str:
    known = [deed for each in own for deed in _japanese(each)]
    for one, other in _japanese(text):
        if (other, one) in known and (one, other) not in known:
            return f"{WHY}: {one}, {other}"
    return ""


def _japanese(text: str) -> Iterator[Deed]:
    """Yield who acts and on or to whom, of each clause."""
    rule = _rules("ja")
    subject = ""
    for start, end in clauses_of(text, "ja", joined=False):
        clause = text[start:end]
        doers = rule["subject"].findall(clause) or rule["topic"].findall(clause)
        subject = doers[0] if doers else subject
        others = [*rule["object"].findall(clause), *rule["goal"].findall(clause)]
        if rule["subject"].search(clause):  # "NはAが発売した": the topic is what is acted on
            others += rule["topic"].findall(clause)
        passive = rule["passive"].search(clause)
        for other in others:
            if subject and other != subject:
                yield (other, subject) if passive else (subject, other)


def _by_sides(text: str, own: Sequence[str]) -> str:
    for start, end in clauses_of(text, "zh", joined=False):
        clause = text[start:end]
        for verb in filter(_may_be_done, _pairs(clause)):
            said = _sides(clause, verb)
            there = [sides for each in own for sides in _every(each, verb)]
            if said and there and all(_is_crossed(said, each) for each in there):
                return f"{WHY}: {verb}"
    return ""


def _may_be_done(verb: str) -> bool:
    """Return whether two characters may be a verb: none leads to who does it, or gets it."""
    return not any(_rules("zh")[kind].search(verb) for kind in ("passive", "object", "goal"))


def _every(text: str, verb: str) -> Iterator[Deed]:
    for start, end in clauses_of(text, "zh", joined=False):
        if sides := _sides(text[start:end], verb):
            yield sides


def _sides(clause: str, verb: str) -> Deed | None:
    """Return what stands before and behind a verb, the doer first: of "B被A收购" A and B."""
    place = clause.find(verb)
    if place < FEWEST:
        return None
    before, behind = clause[:place], clause[place + len(verb) :]
    if match := _rules("zh")["passive"].search(before):
        doer = before[match.end() :]
        led = not doer.strip() or _rules("zh")["goal"].search(doer)
        return None if led else (doer, before[: match.start()])
    if match := _rules("zh")["object"].search(before):
        return before[: match.start()], before[match.end() :] + behind
    if any(_rules("zh")[kind].search(behind) for kind in ("passive", "object")):
        return None  # "周二被": no verb
    return (before, behind) if len(behind.strip()) >= FEWEST else None


def _is_crossed(said: Deed, there: Deed) -> bool:
    """Return whether the sides of a verb have changed places."""
    (doer, other), (own, whom) = (tuple(map(_pairs, each)) for each in (said, there))
    left, right = doer & (whom - own), other & (own - whom)
    return bool(left and right) and not doer & (own - whom)


@cache
def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters, of names in Latin letters the words."""
    runs = HAN.findall(text)
    latin = re.findall(r"[A-Za-z][A-Za-z0-9]+|[\u30a1-\u30fc]{2,}", text)
    return frozenset([*("".join(pair) for run in runs for pair in pairwise(run)), *latin])


@cache
def _rules(base: str) -> dict[str, re.Pattern[str]]:
    rows: dict[str, str] = read_data("doers.toml")["wide"][base]
    return {name: re.compile(row.replace("PHRASE", PHRASE)) for name, row in rows.items()}
