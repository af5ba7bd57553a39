"""The whole pipeline, as one list: what each step reads, makes, and which function does it.

Polling comes before (sources give items) and editions after (see `digest.publishing`). The list
names no backend: it gets ports, and any step can be handed another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from digest.config import Settings
from digest.ports import (
    Detector,
    Encoder,
    EntryReader,
    Extractor,
    Fetcher,
    Mailbox,
    Translator,
)
from digest.records import (
    Article,
    Classification,
    Duplicate,
    Embedding,
    Item,
    Language,
    Page,
    Score,
    Story,
    Summary,
    Translation,
)
from digest.stage import Stage, alone, each
from digest.stages import (
    classify,
    cluster,
    dedupe,
    detect,
    download,
    embed,
    extract,
    rank,
    summarise,
    translate,
)
from digest.stages.label_vectors import LabelVectors, embed_labels
from digest.stages.protect import NO_GLOSSARY, Glossary
from digest.stages.taxonomy import Knowledge
from digest.text import make_id

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything the steps ask of the outside world: one port each."""

    fetcher: Fetcher
    readers: Mapping[str, EntryReader]
    mailbox: Mailbox
    keep: Callable[[bytes], str]  #: keeps a page's bytes, gives their SHA-256
    body: Callable[[str], bytes]  #: gives them back
    extractor: Extractor
    detector: Detector
    encoder: Encoder
    translator: Translator
    knowledge: Knowledge
    glossary: Glossary = NO_GLOSSARY  #: names and terms that a translation has to keep


@dataclass(frozen=True, slots=True)
class Judgement:
    """What editors decided about which articles belong together."""

    must: tuple[Pair, ...] = ()
    cannot: tuple[Pair, ...] = ()


def make_pipeline(
    tools: Tools,
    settings: Settings,
    *,
    now: datetime,
    judgement: Judgement | None = None,
) -> list[Stage]:
    """Return the steps in order; every step's version names all that its result depends on."""
    act = _Steps(tools, settings, now, judgement or Judgement())
    model = tools.encoder.model
    to = settings.audience.language
    verdicts = _contents(verdicts_file(settings))
    return [
        Stage(
            "download",
            download.VERSION,
            reads=(Item,),
            makes=Page,
            run=each(act.download, name="download", threads=settings.fetch.parallel),
            batch=settings.fetch.parallel * 4,
        ),
        Stage(
            "extract",
            _version(extract.VERSION, version_of(tools.extractor)),
            reads=(Item, Page),
            makes=Article,
            run=each(act.extract, name="extract"),
        ),
        Stage(
            "detect",
            _version(detect.VERSION, version_of(tools.detector), settings.languages.doubtful),
            reads=(Article,),
            makes=Language,
            run=each(act.detect, name="detect"),
        ),
        Stage(
            "classify",
            _version(classify.VERSION, tools.knowledge.version, model),
            reads=(Article, Language),
            makes=Classification,
            run=each(act.classify, name="classify"),
        ),
        Stage(
            "embed",
            _version(embed.VERSION, model),
            reads=(Article, Language),
            gates=(Classification,),
            makes=Embedding,
            run=alone(act.embed, name="embed"),
        ),
        Stage(
            "dedupe",
            _version(dedupe.VERSION, model, settings.dedupe, verdicts),
            reads=(Article, Language, Embedding),
            gates=(Classification,),
            makes=Duplicate,
            run=act.dedupe,
            shape="together",
            window_days=settings.dedupe.window_days,
        ),
        Stage(
            "cluster",
            _version(cluster.VERSION, model, settings.cluster, to, verdicts),
            reads=(Article, Language, Embedding, Duplicate),
            makes=Story,
            run=act.cluster,
            shape="together",
            window_days=settings.cluster.window_days,
        ),
        Stage(
            "rank",
            _version(rank.VERSION, settings.rank),
            reads=(Story,),
            members=(Article, Classification),
            makes=Score,
            run=each(act.rank, name="rank"),
        ),
        Stage(
            "summarise",
            _version(
                summarise.VERSION, model, settings.summarise, to, version_of(tools.translator)
            ),
            reads=(Story,),
            members=(Article, Language),
            makes=Summary,
            run=each(act.summarise, name="summarise"),
        ),
        Stage(
            "translate",
            _version(
                translate.VERSION,
                version_of(tools.translator),
                version_of(tools.glossary),
                to,
                settings.languages.translate,
            ),
            reads=(Story, Summary),
            members=(Article, Language),
            makes=Translation,
            run=alone(act.translate, name="translate"),
        ),
    ]


def version_of(port: object) -> str:
    """Return the version of a backend: its `version`, or its class's name where it has none."""
    return str(getattr(port, "version", type(port).__name__))


def verdicts_file(settings: Settings) -> Path | None:
    """Return the user's own verdicts, where the settings name a file."""
    file = settings.models.verdicts
    return settings.path(file) if file else None


def _contents(file: Path | None) -> str:
    return file.read_text("utf-8") if file and file.exists() else ""


def _version(number: str, *dependencies: object) -> str:
    return f"{number}-{make_id(*(str(each) for each in dependencies))[:8]}"


@dataclass(frozen=True)
class _Steps:
    """The stage functions with their ports filled in: thin, so that the list above reads well."""

    tools: Tools
    settings: Settings
    now: datetime
    judgement: Judgement

    def download(self, item: Item) -> Any:
        tools = self.tools
        return download.download(item, fetcher=tools.fetcher, keep=tools.keep, now=self.now)

    def extract(self, item: Item, page: Page) -> Any:
        body = self.tools.body(page.sha256)
        return extract.extract(item, page, body, extractor=self.tools.extractor, now=self.now)

    def detect(self, article: Article) -> Any:
        return detect.detect(article, detector=self.tools.detector)

    def classify(self, article: Article, language: Language) -> Any:
        knowledge = self.tools.knowledge
        return classify.classify(article, language, knowledge=knowledge, vectors=self.labels)

    @cached_property
    def labels(self) -> LabelVectors:
        """The labels' vectors, made when the first article asks for them."""
        return embed_labels(self.tools.knowledge.categories, self.tools.encoder)

    def embed(self, batch: Sequence[tuple[Article, Language]]) -> Any:
        return embed.embed(batch, encoder=self.tools.encoder)

    def dedupe(self, batch: Sequence[tuple[Any, ...]]) -> Any:
        articles, languages, embeddings = _columns(batch)
        return dedupe.dedupe(
            articles,
            languages,
            embeddings,
            encoder=self.tools.encoder,
            threshold=self.settings.dedupe.threshold,
            window_days=self.settings.dedupe.window_days,
            verdicts=verdicts_file(self.settings),
            must=self.judgement.must,
            cannot=self.judgement.cannot,
        )

    def cluster(self, batch: Sequence[tuple[Any, ...]]) -> Any:
        articles, languages, embeddings = _columns(batch)
        return cluster.cluster(
            articles,
            [row[3] for row in batch],
            languages,
            embeddings,
            encoder=self.tools.encoder,
            threshold=self.settings.cluster.threshold,
            window_days=self.settings.cluster.window_days,
            verdicts=verdicts_file(self.settings),
            language=self.settings.audience.language,
            must=self.judgement.must,
            cannot=self.judgement.cannot,
        )

    def rank(self, story: Story, articles: Any, classifications: Any) -> Any:
        weights = self.settings.rank
        return rank.rank(story, articles, classifications, weights=weights, now=self.now)

    def summarise(self, story: Story, articles: Any, languages: Any) -> Any:
        first = [story.lead, *(id for id in story.members if id != story.lead)]
        readable = {id for id, each in languages.items() if self._can_show(each.language)}
        return summarise.summarise(
            story.id,
            [articles[id] for id in first if id in readable or not readable],
            languages,
            max_words=self.settings.summarise.max_words,
            vectors=self.tools.encoder.encode if self._knows_all(languages) else None,
        )

    def _can_show(self, language: str) -> bool:
        """Whether the reader can be shown a text: in their language, or by a package at hand.

        Where a story has such a member, its summary quotes no other.
        """
        to = self.settings.audience.language
        same = language.split("-")[0] == to.split("-")[0] and not language.startswith("zh")
        return same or language == to or self.tools.translator.package(language, to) is not None

    def _knows_all(self, languages: Mapping[str, Language]) -> bool:
        return all(self.tools.encoder.knows(each.language) for each in languages.values())

    def translate(self, batch: Sequence[tuple[Any, ...]]) -> Any:
        return translate.translate_batch(
            batch,
            translator=self.tools.translator,
            to=self.settings.audience.language,
            mode=self.settings.languages.translate,
            glossary=self.tools.glossary,
        )


def _columns(
    batch: Sequence[tuple[Any, ...]],
) -> tuple[list[Article], dict[str, Language], dict[str, Embedding]]:
    articles = [row[0] for row in batch]
    return articles, {row[1].id: row[1] for row in batch}, {row[2].id: row[2] for row in batch}
