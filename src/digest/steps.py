"""The stage functions with their ports filled in: thin, so that the pipeline reads as a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from digest.config import Settings
from digest.ports import (
    Detector,
    Encoder,
    EntryReader,
    Extractor,
    Fetcher,
    Installer,
    Mailbox,
    PausingFetcher,
    Translator,
    Writer,
)
from digest.records import (
    Article,
    Background,
    Drop,
    Embedding,
    Item,
    Language,
    Page,
    Quote,
    Story,
)
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
from digest.stages.attempts import is_same_language
from digest.stages.background import make_background
from digest.stages.corrections import Corrections, correct
from digest.stages.label_vectors import LabelVectors, embed_labels
from digest.stages.labels import find_evidence, lay_out
from digest.stages.ours import NONE_OF_OURS, Ours
from digest.stages.protect import NO_GLOSSARY, Glossary
from digest.stages.related import Follower
from digest.stages.rule_book import NO_BOOK, RuleBook
from digest.stages.sieve import Sieve
from digest.stages.starter_lines import STARTER
from digest.stages.taught import TaughtLabels, load_taught
from digest.stages.taxonomy import Knowledge
from digest.stages.verdict import Task

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
    second: Encoder | None = None  #: asked about undecided pairs of English articles
    glossary: Glossary = NO_GLOSSARY  #: names and terms that a translation has to keep
    ours: Ours = NONE_OF_OURS  #: what the team owns and watches
    installer: Installer | None = None  #: gets missing packages, where the settings allow it
    writer: Writer | None = None  #: drafts texts, where the settings name one
    rules: RuleBook = NO_BOOK  #: how the pages of some sites are read

    @property
    def pause(self) -> float:
        """Seconds between two requests to one host."""
        return self.fetcher.pause if isinstance(self.fetcher, PausingFetcher) else 0.0


#: Log-odds that a second opinion seldom adds more than: so far under the limit a pair is looked at.
LIFT = 2.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What editors decided: which articles belong together, and which labels they have."""

    must: tuple[Pair, ...] = ()
    cannot: tuple[Pair, ...] = ()
    labels: Corrections = field(default_factory=dict)


def read_taught(settings: Settings) -> TaughtLabels | None:
    """Return what corrections have taught, where the settings name a file that is there.

    Raises:
        ConfigError: where it is none of ours.
    """
    file = learned_file(settings)
    if file is None or not file.exists():
        return None
    return load_taught(file.read_text("utf-8"), name=str(file))


def learned_file(settings: Settings) -> Path | None:
    """Return the file of what corrections have taught, where the settings name one."""
    file = settings.taxonomy.learned
    return settings.path(file) if file else None


def verdicts_file(settings: Settings) -> Path | None:
    """Return the user's own verdicts, where the settings name a file."""
    file = settings.models.verdicts
    return settings.path(file) if file else None


@dataclass(frozen=True)
class Steps:
    """The stage functions with their ports filled in: thin, so that the list above reads well."""

    tools: Tools
    settings: Settings
    now: datetime
    judgement: Judgement

    def download(self, item: Item) -> Any:
        """Return the item's page, or why there is none."""
        fetcher, keep = self.tools.fetcher, self.tools.keep
        return download.download(item, fetcher=fetcher, keep=keep, now=self.now)

    def extract(self, item: Item, page: Page) -> Any:
        """Return the page's article, or why it is none."""
        body, tools = self.tools.body(page.sha256), self.tools
        rules = tools.rules.rules_for(item.source, page.url or item.url)
        reads = partial(extract.extract, extractor=tools.extractor, now=self.now)
        return reads(item, page, body, rules=rules, speakers=tools.rules.speakers)

    def detect(self, article: Article) -> Any:
        """Return the article's language."""
        doubtful = self.settings.languages.doubtful
        return detect.detect(article, detector=self.tools.detector, doubtful=doubtful)

    def classify(self, article: Article, language: Language) -> Any:
        """Return what the article is about, or why it is none of ours."""
        knowledge = self.tools.knowledge
        found = classify.classify(article, language, knowledge=knowledge, vectors=self.labels)
        if isinstance(found, Drop):
            return found

        def prove(name: str) -> Quote | None:
            text = lay_out(article)
            return find_evidence(article, text, name, language.language, self.labels)

        return correct(found, self.judgement.labels.get(article.id, {}), prove)

    @cached_property
    def labels(self) -> LabelVectors:
        """The labels' vectors, made when the first article asks for them."""
        tools = self.tools
        return embed_labels(tools.knowledge.categories, tools.encoder, read_taught(self.settings))

    def embed(self, batch: Sequence[tuple[Article, Language]]) -> Any:
        """Return the articles' vectors."""
        return embed.embed(batch, encoder=self.tools.encoder)

    def survey(self, batch: Sequence[tuple[Any, ...]]) -> Background | None:
        """Return the background of a whole window."""
        return make_background(*_columns(batch), encoder=self.tools.encoder)

    def sieve(self, task: Task) -> Sieve:
        """Return what tells which articles may be in one group with a new one."""
        chosen = self.settings.dedupe if task == "dedupe" else self.settings.cluster
        return Sieve(
            task,
            self.tools.encoder,
            chosen.threshold,
            chosen.window_days,
            verdicts_file(self.settings),
            margin=LIFT if task == "cluster" and self.tools.second else 0.0,
        )

    def follower(self) -> Follower:
        """Return what tells which stories go on with which others."""
        chosen = self.settings.cluster
        return Follower(
            self.tools.encoder,
            chosen.window_days,
            chosen.related_days,
            verdicts_file(self.settings),
        )

    def dedupe(
        self, batch: Sequence[tuple[Any, ...]], *, background: Background | None = None
    ) -> Any:
        """Return which articles of the window are copies."""
        articles, languages, embeddings = _columns(batch)
        return dedupe.dedupe(
            articles,
            languages,
            embeddings,
            encoder=self.tools.encoder,
            threshold=self.settings.dedupe.threshold,
            window_days=self.settings.dedupe.window_days,
            verdicts=verdicts_file(self.settings),
            cannot=self.judgement.cannot,
            background=background,
        )

    def cluster(
        self, batch: Sequence[tuple[Any, ...]], *, background: Background | None = None
    ) -> Any:
        """Return the stories of the window."""
        articles, languages, embeddings = _columns(batch)
        return cluster.cluster(
            articles,
            [row[3] for row in batch],
            languages,
            embeddings,
            encoder=self.tools.encoder,
            threshold=self.settings.cluster.threshold,
            window_days=self.settings.cluster.window_days,
            related_days=self.settings.cluster.related_days,
            verdicts=verdicts_file(self.settings),
            second=self.tools.second,
            second_texts=self.settings.models.second_texts,
            language=self.settings.audience.reads,
            must=self.judgement.must,
            cannot=self.judgement.cannot,
            background=background,
        )

    def rank(self, story: Story, articles: Any, classifications: Any) -> Any:
        """Return the story's score."""
        return rank.rank(
            story,
            articles,
            classifications,
            weights=self.settings.rank,
            now=self.now,
            ours=self.tools.ours,
        )

    def summarise(self, story: Story, articles: Any, languages: Any) -> Any:
        """Return the story's sentences."""
        first = [story.lead, *(id for id in story.members if id != story.lead)]
        return summarise.summarise(
            story.id,
            [articles[id] for id in first],
            languages,
            max_words=self.settings.summarise.max_words,
            vectors=self.tools.encoder.encode if self._knows_all(languages) else None,
            reader=self.settings.audience.reads,
            quotable=self._quotable(languages),
        )

    def _quotable(self, languages: Mapping[str, Language]) -> set[str]:
        """Return the articles that the reader can be shown: in their language, or by a package.

        A starter's translation is shown only where nobody tells it in the reader's language.
        """
        to, package = self.settings.audience.reads, self.tools.translator.package
        own = {id for id, each in languages.items() if is_same_language(each.language, to)}
        by = {id: package(languages[id].language, to) for id in languages if id not in own}
        return own | {id for id, name in by.items() if name and not (own and STARTER.search(name))}

    def _knows_all(self, languages: Mapping[str, Language]) -> bool:
        return all(self.tools.encoder.knows(each.language) for each in languages.values())

    def translate(self, batch: Sequence[tuple[Any, ...]], *, whole: bool = False) -> Any:
        """Return the stories in the reader's language; `whole`: with their lead articles."""
        return translate.translate_batch(
            batch,
            translator=self.tools.translator,
            to=self.settings.audience.reads,
            mode=self.settings.languages.translate,
            whole=whole,
            glossary=self.tools.glossary,
        )


def _columns(
    batch: Sequence[tuple[Any, ...]],
) -> tuple[list[Article], dict[str, Language], dict[str, Embedding]]:
    articles = [row[0] for row in batch]
    return articles, {row[1].id: row[1] for row in batch}, {row[2].id: row[2] for row in batch}
