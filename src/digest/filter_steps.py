"""What each stage reads from a JSON line, and what it writes on one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from digest.errors import InputError
from digest.filter_bodies import article_of, page_body, read_file
from digest.filter_context import Context
from digest.records import Article, Claim, Drop, Item, Language, Page
from digest.stage import attempt
from digest.stages import (
    classify,
    cluster,
    dedupe,
    detect,
    embed,
    extract,
    parse,
    summarise,
    translate,
)
from digest.stages.cuts import CUTS
from digest.steps import verdicts_file

Values = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """One stage as a filter.

    Args:
        run: gives for each value an answer's fields or a `Drop`, in order.
        needs: fields and the types they must have where they are not null.
        together: whether it has to see all lines at once.
    """

    run: Callable[[Context, Values], list[Any]]
    needs: Mapping[str, type | tuple[type, ...]] = field(default_factory=dict)
    together: bool = False


def _each(function: Callable[[Context, dict[str, Any]], Any], *, name: str) -> Any:
    def run(context: Context, values: Values) -> list[Any]:
        work = partial(function, context)
        return [attempt(work, value, id=value["id"], name=name) for value in values]

    return run


def _parse(context: Context, value: dict[str, Any]) -> Any:
    path = value.get("path")
    if not path:
        raise InputError('the field "path" is missing')
    entries = parse.parse(
        value.get("kind") or "", read_file(path), path=path, readers=context.tools.readers
    )
    fields = ("url", "title", "published", "html")
    return {"items": [{name: getattr(entry, name) for name in fields} for entry in entries]}


def _extract(context: Context, value: dict[str, Any]) -> Any:
    body, charset = page_body(value)
    url = value.get("url")
    item = Item(value["id"], "", url, "", None, "", context.now.isoformat(), "", "independent")
    page = Page(value["id"], url or "", "", charset, "", context.now.isoformat(), "web")
    found = extract.extract(item, page, body, extractor=context.tools.extractor, now=context.now)
    if isinstance(found, Drop):
        return found
    fields = ("title", "text", "authors", "published", "language_hint", "site", "paywalled")
    return {name: getattr(found, name) for name in fields}


def _detect(context: Context, value: dict[str, Any]) -> Any:
    found = detect.detect(article_of(value), detector=context.detector)
    return {"language": found.language, "confidence": round(found.confidence, 4)}


def _embed(context: Context, values: Values) -> list[Any]:
    rows = [(article_of(value), Language(value["id"], "und", 0.0)) for value in values]
    made = embed.embed(rows, encoder=context.tools.encoder)
    return [
        {"model": one.model, "vector": [round(float(x), 7) for x in one.vector]} for one in made
    ]


@dataclass(frozen=True, slots=True)
class _Window:
    articles: list[Article]
    languages: dict[str, Language]
    embeddings: dict[str, Any]
    duplicates: list[Any]


def _window(context: Context, values: Values) -> _Window:
    """Return each id's first article with what `dedupe` and `cluster` read of it."""
    articles = list({a.id: a for a in reversed([article_of(value) for value in values])}.values())
    encoder = context.tools.encoder
    languages = {a.id: detect.detect(a, detector=context.detector) for a in articles}
    made = embed.embed([(a, languages[a.id]) for a in articles], encoder=encoder)
    embeddings = {one.id: one for one in made}
    settings = context.settings.dedupe
    found = dedupe.dedupe(
        articles,
        languages,
        embeddings,
        encoder=encoder,
        threshold=settings.threshold,
        window_days=settings.window_days,
        verdicts=verdicts_file(context.settings),
    )
    return _Window(articles, languages, embeddings, found)


def _dedupe(context: Context, values: Values) -> list[Any]:
    by_id = {one.id: one for one in _window(context, values).duplicates}
    fields = ("duplicate_of", "language_supported", "score", "because")
    return [{name: getattr(by_id[v["id"]], name) for name in fields} for v in values]


def _cluster(context: Context, values: Values) -> list[Any]:
    window = _window(context, values)
    settings = context.settings.cluster
    stories = cluster.cluster(
        window.articles,
        window.duplicates,
        window.languages,
        window.embeddings,
        encoder=context.tools.encoder,
        threshold=settings.threshold,
        window_days=settings.window_days,
        verdicts=verdicts_file(context.settings),
        second=context.tools.second,
        second_texts=context.settings.models.second_texts,
        language=context.settings.audience.language,
    )
    story_of = {member: story for story in stories for member in story.members}
    return [{"story": story_of[v["id"]].id, "lead": story_of[v["id"]].lead} for v in values]


def _classify(context: Context, value: dict[str, Any]) -> Any:
    article = article_of(value)
    if not article.text.strip():  # as `extract` has it: what proves a label is the title, then
        article = replace(article, text=article.title)
    found = classify.classify(
        article,
        _language(context, article, value),
        knowledge=context.tools.knowledge,
        vectors=context.labels,
    )
    if isinstance(found, Drop):
        return found
    launches = [asdict(launch) | {"evidence": launch.evidence.text} for launch in found.launches]
    return {
        "labels": [label.name for label in found.labels],
        "launches": launches,
        "confidences": [round(label.confidence, 4) for label in found.labels],
        "evidence": [label.evidence.text if label.evidence else None for label in found.labels],
        "mentions": list(found.mentions),
        "policy": found.policy,
        "claims": [_claim(claim) for claim in found.claims],
        "plans": [asdict(plan) | {"quote": plan.quote.text} for plan in found.plans],
        "jurisdictions": list(found.jurisdictions),
        "grounds": [quote.text if quote else None for quote in found.grounds],
        "acts": [quote.text if quote else None for quote in found.acts],
        "risks": list(found.risks),
        "cut": [asdict(cut) | {"words": CUTS[cut.what]} for cut in found.cut],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    proofs = [{"kind": proof.kind, "quote": proof.quote.text} for proof in claim.proofs]
    return asdict(claim) | {"quote": claim.quote.text, "proofs": proofs}


def _summarise(context: Context, value: dict[str, Any]) -> Any:
    parts = [_checked_part(part) for part in value.get("articles") or []]
    articles = [article_of(part) for part in parts]
    languages = {
        article.id: _language(context, article, part)
        for article, part in zip(articles, parts, strict=True)
    }
    limit = value.get("max_words")
    encoder = context.tools.encoder
    known = all(encoder.knows(each.language) for each in languages.values())
    found = summarise.summarise(
        value["id"],
        articles,
        languages,
        max_words=context.settings.summarise.max_words if limit is None else limit,
        vectors=encoder.encode if known else None,
        told=_told(context, value),
    )
    return {"sentences": [asdict(sentence) for sentence in found.sentences]}


def _told(context: Context, value: dict[str, Any]) -> dict[str, str]:
    """Return the sentences that were told, each with its language."""
    rows = [each for each in value.get("told") or () if isinstance(each, str)]
    articles = [article_of({"id": f"told{place}", "text": row}) for place, row in enumerate(rows)]
    return {each.text: _language(context, each, {}).language for each in articles}


def _checked_part(part: Any) -> dict[str, Any]:
    if not isinstance(part, dict) or not isinstance(part.get("id"), str):
        raise InputError('an article is no object with an "id"')
    for name in ("title", "text", "language"):
        if not isinstance(part.get(name) or "", str):
            raise InputError(f'article {part["id"]}: the field "{name}" has a wrong type')
    return part


def _translate(context: Context, values: Values) -> list[Any]:
    """Return all lines' translations: their sentences go to the translator together."""
    wanted = [attempt(partial(_text, context), v, id=v["id"], name="translate") for v in values]
    made = translate.translate_texts(
        [text for text in wanted if not isinstance(text, Drop)],
        translator=context.tools.translator,
        glossary=context.tools.glossary,
    )
    answers = iter(made)
    return [each if isinstance(each, Drop) else _translated(next(answers)) for each in wanted]


def _text(context: Context, value: dict[str, Any]) -> translate.Text:
    if not value.get("to"):
        raise InputError('the field "to" is missing', cure="name the language wanted")
    article = article_of(value)
    language = _language(context, article, value).language
    return translate.Text(article.id, article.text, language, value["to"], article.title)


def _translated(found: translate.TextTranslation) -> dict[str, Any]:
    sentences = [
        {"source": each.source, "target": each.target, "ok": each.ok, "note": each.note}
        for each in found.sentences
    ]
    return {
        "title": found.title.target,
        "text": found.text,
        "engine": found.engine,
        "sentences": sentences,
        "missing": list(found.missing),
    }


def _language(context: Context, article: Article, value: dict[str, Any]) -> Language:
    given = value.get("language")
    if given:
        return Language(article.id, given, 1.0)
    return detect.detect(article, detector=context.detector)


TEXT = {"title": str, "text": str}
NEWS = TEXT | {"published": str, "publisher": str, "url": str, "voice": str}
STEPS: dict[str, Step] = {
    "parse": Step(_each(_parse, name="parse"), {"path": str, "kind": str}),
    "extract": Step(_each(_extract, name="extract"), {"url": str, "html": str, "html_path": str}),
    "detect": Step(_each(_detect, name="detect"), TEXT | {"hint": str}),
    "embed": Step(_embed, TEXT),
    "dedupe": Step(_dedupe, NEWS, together=True),
    "cluster": Step(_cluster, NEWS, together=True),
    "classify": Step(_each(_classify, name="classify"), NEWS | {"language": str}),
    "summarise": Step(
        _each(_summarise, name="summarise"), {"articles": list, "max_words": int, "told": list}
    ),
    "translate": Step(_translate, TEXT | {"language": str, "to": str}),
}
