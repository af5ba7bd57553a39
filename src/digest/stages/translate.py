"""Translate: a story's headline and chosen sentences; of a shown one the lead article as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.ports import Translator
from digest.records import Article, Drop, Language, Story, Summary, Translated, Translation
from digest.stage import attempt
from digest.stages.attempts import (
    Outcome,
    Sentence,
    is_same_language,
    translate_sentences,
)
from digest.stages.plan import LONGEST_TEXT, Mode, Part, Plan, make_plan, one_line, spans_of
from digest.stages.protect import NO_GLOSSARY, Glossary
from digest.stages.rebuild import rebuild

NAME = "translate"
VERSION = "5"
Span = tuple[int, int]
Given = tuple[Story, Summary, Mapping[str, Article], Mapping[str, Language]]


@dataclass(frozen=True, slots=True)
class TextTranslation:
    """A text on its own beside its translation.

    Args:
        title: the title in the new language, or as it was.
        text: the text, with the paragraph breaks of the original.
        sentences: the text's sentences in order, each with its original.
        engine: name and version of the packages used; "" where nothing was translated.
        missing: packages that would translate the rest ("de → en").
    """

    title: Translated
    text: str
    sentences: tuple[Translated, ...]
    engine: str
    missing: tuple[str, ...]


def translate(
    story: Story,
    summary: Summary,
    articles: Mapping[str, Article],
    languages: Mapping[str, Language],
    *,
    translator: Translator,
    to: str,
    mode: Mode = "least",
    whole: bool = True,
    glossary: Glossary = NO_GLOSSARY,
) -> Translation:
    """Return one story in the reader's language: see `translate_batch`.

    Raises:
        InputError: where the story's lead is not among the articles.
    """
    plan = _plan_of((story, summary, articles, languages), translator, to, mode, whole)
    outcomes = _outcomes([plan], translator=translator, to=to, mode=mode, glossary=glossary)
    return _translation(plan, outcomes, to=to)


def translate_batch(
    batch: Sequence[Given],
    *,
    translator: Translator,
    to: str,
    mode: Mode = "least",
    whole: bool = True,
    glossary: Glossary = NO_GLOSSARY,
) -> list[Translation | Drop]:
    """Return each story in the reader's language, in order; a broken one as its `Drop`.

    Where the translator did not answer the drop is transient. The sentences of all stories are
    collected first, so that each is translated once and the translator gets one call a language and
    attempt. `least` takes the headline, the chosen
    sentences and, where `whole`, the lead article, and of the article nothing where the story has a
    member in the reader's language that says the same; `all` every member; `none` nothing.
    """
    plans = [
        attempt(_plan_of, given, translator, to, mode, whole, id=given[0].id, name=NAME)
        for given in batch
    ]
    good = [plan for plan in plans if isinstance(plan, Plan)]
    outcomes = _outcomes(good, translator=translator, to=to, mode=mode, glossary=glossary)
    return [
        _put_off(plan, outcomes) or _translation(plan, outcomes, to=to)
        if isinstance(plan, Plan)
        else plan
        for plan in plans
    ]


def _put_off(plan: Plan, outcomes: Mapping[Sentence, Outcome]) -> Drop | None:
    """Return the drop of a story whose translator did not answer, so that it is tried again."""
    late = next((o for part in plan.parts() if (o := outcomes[part.sentence]).later), None)
    reason = "the translator did not answer"
    return Drop(plan.id, NAME, reason, late.note, transient=True) if late else None


def _plan_of(given: Given, translator: Translator, to: str, mode: Mode, whole: bool) -> Plan:
    return make_plan(*given, translator=translator, to=to, mode=mode, whole=whole)


def _outcomes(
    plans: Sequence[Plan], *, translator: Translator, to: str, mode: Mode, glossary: Glossary
) -> dict[Sentence, Outcome]:
    wanted = [part.sentence for plan in plans for part in plan.parts()]
    if mode == "none":
        return {each: _kept(each, to) for each in wanted}
    return translate_sentences(wanted, translator=translator, to=to, glossary=glossary)


def _kept(sentence: Sentence, to: str) -> Outcome:
    same = is_same_language(sentence.language, to)
    return Outcome(sentence.text, ok=same, note="" if same else "translation is off")


def _translation(plan: Plan, outcomes: Mapping[Sentence, Outcome], *, to: str) -> Translation:
    used = [outcomes[part.sentence] for part in plan.parts()]
    return Translation(
        id=plan.id,
        to=to,
        engine=_engines(used),
        title=_translated(plan.title, outcomes),
        summary=tuple(_translated(part, outcomes) for part in plan.summary),
        text=tuple(_translated(part, outcomes) for part in plan.text),
        missing=_packages(used),
        whole=plan.whole,
    )


def _translated(part: Part, outcomes: Mapping[Sentence, Outcome]) -> Translated:
    sentence, outcome = part.sentence, outcomes[part.sentence]
    return Translated(
        sentence.text,
        outcome.target,
        outcome.ok,
        sentence.language,
        part.article,
        outcome.note,
        outcome.engine if outcome.ok else "",
    )


def _engines(used: Iterable[Outcome]) -> str:
    return "; ".join(sorted({each.engine for each in used if each.engine and each.ok}))


def _packages(used: Iterable[Outcome]) -> tuple[str, ...]:
    return tuple(sorted({each.missing for each in used if each.missing}))


@dataclass(frozen=True, slots=True)
class Text:
    """A text of its own that is to be translated."""

    id: str
    text: str
    language: str
    to: str
    title: str = ""


def translate_text(
    id: str,
    text: str,
    *,
    title: str = "",
    language: str,
    to: str,
    translator: Translator,
    glossary: Glossary = NO_GLOSSARY,
) -> TextTranslation:
    """Return one text in another language: see `translate_texts`."""
    wanted = Text(id, text, language, to, title)
    return translate_texts([wanted], translator=translator, glossary=glossary)[0]


def translate_texts(
    texts: Sequence[Text], *, translator: Translator, glossary: Glossary = NO_GLOSSARY
) -> list[TextTranslation]:
    """Return each text in its new language, in order, with the paragraph breaks of the original.

    The sentences of all texts go to the translator together. Beyond `LONGEST_TEXT` characters the
    rest of a text stays as it is, as one sentence that says so.
    """
    wanted: dict[str, list[Sentence]] = {}
    cut = [_cut(text, translator) for text in texts]
    for text, spans in zip(texts, cut, strict=True):
        wanted.setdefault(text.to, []).extend(_sentences_of(text, spans))
    outcomes = {
        to: translate_sentences(sentences, translator=translator, to=to, glossary=glossary)
        for to, sentences in wanted.items()
    }
    return [
        _text_translation(text, spans, outcomes[text.to])
        for text, spans in zip(texts, cut, strict=True)
    ]


def _cut(text: Text, translator: Translator) -> list[Span]:
    return spans_of(text.text, translator=translator, language=text.language, to=text.to)


def _sentences_of(text: Text, spans: Sequence[Span]) -> list[Sentence]:
    whole = [one_line(text.title), *(text.text[start:end] for start, end in spans)]
    return [Sentence(each, text.language) for each in whole]


def _text_translation(
    text: Text, spans: Sequence[Span], outcomes: Mapping[Sentence, Outcome]
) -> TextTranslation:
    head, *body = _sentences_of(text, spans)
    used = [outcomes[each] for each in (head, *body)]
    sentences = [_translated(Part(text.id, each), outcomes) for each in body]
    shown, rest = text.text[:LONGEST_TEXT], text.text[LONGEST_TEXT:]
    rebuilt = rebuild(shown, spans, sentences, to=text.to)
    if rest:
        note = f"beyond {LONGEST_TEXT:,} characters nothing is translated"
        sentences.append(Translated(rest, rest, False, text.language, text.id, note))
    return TextTranslation(
        _translated(Part(text.id, head), outcomes),
        rebuilt + rest,
        tuple(sentences),
        _engines(used),
        _packages(used),
    )
