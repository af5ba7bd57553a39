"""Sentences through a translator, each judged, and tried another way where it fails."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from digest.errors import ModelError
from digest.ports import Translator
from digest.stages.judge import judge
from digest.stages.protect import Glossary, Masked, protect, restore
from digest.stages.units import localise
from digest.text import CJK

# A model of 512 positions reads this much without cutting off; CJK needs more tokens a character.
LONGEST, LONGEST_CJK = 600, 180
BREAKS = (r"[;:!?…；：！？。]\s*", r"[,，、—–]\s*", r"\s+")
UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is to be translated."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a sentence; `target` is the original where `ok` is False."""

    target: str
    ok: bool
    note: str = ""
    engine: str = ""
    missing: str = ""  #: the package that would translate it ("de → en")
    later: bool = False  #: whether it may be translated another time: the server did not answer


@dataclass(frozen=True, slots=True)
class Request:
    """One way of asking for a sentence: what stands for it, and in how many pieces."""

    masked: Masked
    pieces: tuple[str, ...]


Attempt = Callable[["Sentence", str, Glossary], Request]


def is_same_language(language: str, to: str) -> bool:
    """Return whether a reader of `to` reads `language` without a translation.

    Regions make no difference, nor do Norway's two written forms; the two Chinese scripts do.
    """
    return _readers(language) == _readers(to)


def is_conversion(language: str, to: str) -> bool:
    """Return whether only the script changes: the words stay, so that nothing can be mistaken."""
    one, other = _readers(language), _readers(to)
    return {one, other} == {"zh-Hans", "zh-Hant"}


def _readers(language: str) -> str:
    parts = language.replace("_", "-").casefold().split("-")
    if parts[0] == "zh":
        traditional = {"hant", "tw", "hk", "mo"} & set(parts)
        return "zh-Hant" if traditional else "zh-Hans"
    return {"nb": "no", "nn": "no"}.get(parts[0], parts[0])


def translate_sentences(
    wanted: Iterable[Sentence],
    *,
    translator: Translator,
    to: str,
    glossary: Glossary,
) -> dict[Sentence, Outcome]:
    """Return what became of each sentence, whatever it was; never raises for one of them.

    The sentences of one language go to the translator in one call an attempt: with names and
    addresses masked; as they are; with the numbers masked too; in smaller pieces. What fails
    every time stays as it was, with the last judgement in its note.
    """
    outcomes: dict[Sentence, Outcome] = {}
    groups: dict[str, list[Sentence]] = {}
    peeled = {each: peel(each.text) for each in wanted}
    for sentence, (before, core, after) in peeled.items():
        whole = protect(core, to=to, glossary=glossary)
        if is_same_language(sentence.language, to):
            outcomes[sentence] = Outcome(sentence.text, ok=True)
        elif not _has_words(whole):  # a name, an address, a number: nothing for a model
            kept = restore(whole.text, whole) or core
            outcomes[sentence] = Outcome(f"{before}{kept}{after}", ok=True)
        else:
            groups.setdefault(sentence.language, []).append(Sentence(core, sentence.language))
    cores = _translate_groups(groups, translator=translator, to=to, glossary=glossary)
    for sentence, (before, core, after) in peeled.items():
        if sentence not in outcomes:
            made = cores[Sentence(core, sentence.language)]
            target = f"{before}{made.target}{after}" if made.ok else sentence.text
            outcomes[sentence] = replace(made, target=target)
    return outcomes


def peel(text: str) -> tuple[str, str, str]:
    """Return what stands before and after a sentence's words, emoji and bullets, and the sentence.

    Models make nonsense of signs that they do not know. Control characters become spaces; so do
    halves of characters, which no model's library takes: one would cost its whole batch.
    """
    clean = "".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)
    signs = [index for index, char in enumerate(clean) if not _is_sign(char)]
    if not signs:
        return text, "", ""
    start, end = signs[0], signs[-1] + 1
    return clean[:start], clean[start:end], clean[end:]


def _is_sign(char: str) -> bool:
    return char.isspace() or char in "•·*–—►▶" or unicodedata.category(char) in ("So", "Sk", "Cf")


def _has_words(masked: Masked) -> bool:
    text = masked.text
    for mask, _ in reversed(masked.masks):
        text = text.replace(mask, " ")
    return any(map(str.isalpha, text))


def _translate_groups(
    groups: dict[str, list[Sentence]], *, translator: Translator, to: str, glossary: Glossary
) -> dict[Sentence, Outcome]:
    outcomes: dict[Sentence, Outcome] = {}
    for language, every in groups.items():
        group = list(dict.fromkeys(every))
        try:
            package = translator.package(language, to)
        except ModelError as error:  # a server that does not answer
            outcomes |= _broken(group, error)
            continue
        if package is None:
            outcomes |= {each: _missing(each, language, to) for each in group}
            continue
        work = _convert if is_conversion(language, to) else _translate
        made = work(group, translator=translator, to=to, glossary=glossary)
        outcomes |= {each: replace(outcome, engine=package) for each, outcome in made.items()}
    return outcomes


def _broken(group: Iterable[Sentence], error: ModelError) -> dict[Sentence, Outcome]:
    return {
        each: Outcome(each.text, ok=False, note=str(error), later=error.transient) for each in group
    }


def _missing(sentence: Sentence, language: str, to: str) -> Outcome:
    if language == "und":
        return Outcome(sentence.text, ok=False, note="the language is not known")
    pair = f"{language} → {to}"
    return Outcome(sentence.text, ok=False, note=f"no {pair} package", missing=pair)


def _convert(
    group: Sequence[Sentence], *, translator: Translator, to: str, glossary: Glossary
) -> dict[Sentence, Outcome]:
    """Return each sentence in the other script: names change with it, and nothing is judged."""
    del glossary
    try:
        language, texts = group[0].language, [each.text for each in group]
        targets = translator.translate(texts, language=language, to=to)
    except ModelError as error:
        return _broken(group, error)
    return {each: Outcome(made, ok=True) for each, made in zip(group, targets, strict=True)}


def _translate(
    group: Sequence[Sentence], *, translator: Translator, to: str, glossary: Glossary
) -> dict[Sentence, Outcome]:
    outcomes: dict[Sentence, Outcome] = {}
    asked: dict[Sentence, set[tuple[str, ...]]] = {each: set() for each in group}
    for attempt in (_masked, _plain, _all_masked, _in_pieces):
        requests = {
            each: request
            for each in group
            if not (each in outcomes and outcomes[each].ok)
            and (request := attempt(each, to, glossary)).pieces not in asked[each]
        }
        try:
            targets = _ask(requests, translator=translator, to=to)
        except ModelError as error:
            return _broken(requests, error) | outcomes
        for sentence, target in targets.items():
            asked[sentence].add(requests[sentence].pieces)
            outcomes[sentence] = _judged(sentence, target, to=to, glossary=glossary)
    return outcomes


def _ask(
    requests: dict[Sentence, Request], *, translator: Translator, to: str
) -> dict[Sentence, str | None]:
    if not requests:
        return {}
    language = next(iter(requests)).language
    pieces = list(dict.fromkeys(piece for each in requests.values() for piece in each.pieces))
    answers = translator.translate(pieces, language=language, to=to)
    known = dict(zip(pieces, answers, strict=True))
    glue = "" if to.split("-")[0] in UNSPACED else " "
    return {
        sentence: restore(glue.join(known[piece] for piece in request.pieces), request.masked)
        for sentence, request in requests.items()
    }


def _judged(sentence: Sentence, target: str | None, *, to: str, glossary: Glossary) -> Outcome:
    if target is None:
        return Outcome(sentence.text, ok=False, note="translation refused: lost a protected part")
    why = judge(sentence.text, target, language=sentence.language, to=to, glossary=glossary)
    if why:
        return Outcome(sentence.text, ok=False, note=f"translation refused: {why}")
    return Outcome(target.strip(), ok=True)


def _masked(sentence: Sentence, to: str, glossary: Glossary) -> Request:
    return _request(protect(sentence.text, to=to, glossary=glossary))


def _plain(sentence: Sentence, _to: str, _glossary: Glossary) -> Request:
    return _request(Masked(sentence.text))


def _all_masked(sentence: Sentence, to: str, glossary: Glossary) -> Request:
    masked = protect(sentence.text, to=to, glossary=glossary, numbers=True)
    written = [
        (mask, localise(value, language=sentence.language, to=to)) for mask, value in masked.masks
    ]
    return _request(Masked(masked.text, tuple(written)))


def _in_pieces(sentence: Sentence, to: str, glossary: Glossary) -> Request:
    masked = protect(sentence.text, to=to, glossary=glossary)
    return Request(masked, split_smaller(masked.text, max(24, int(0.65 * len(masked.text)))))


def _request(masked: Masked) -> Request:
    cjk = 2 * len(CJK.findall(masked.text)) > len(masked.text)
    return Request(masked, split_smaller(masked.text, LONGEST_CJK if cjk else LONGEST))


def split_smaller(text: str, limit: int) -> tuple[str, ...]:
    """Return the text in pieces of at most `limit` characters, cut where a reader would pause."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        cut = _best_cut(rest, limit)
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return tuple(piece for piece in (*pieces, rest) if piece)


def _best_cut(text: str, limit: int) -> int:
    for pattern in BREAKS:
        ends = [match.end() for match in re.finditer(pattern, text[:limit])]
        if ends and ends[-1] >= limit // 4:
            return ends[-1]
    return limit
