"""The whole pipeline, as one list: what each step reads, makes, and which function does it.

Polling comes before (sources give items) and editions after (see `digest.publishing`). The list
names no backend: it gets ports, and any step can be handed another.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from digest.config import Settings
from digest.records import (
    Article,
    Classification,
    Duplicate,
    EditionKind,
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
from digest.steps import Judgement, Steps, Tools, learned_file, verdicts_file
from digest.text import make_id


def make_pipeline(
    tools: Tools,
    settings: Settings,
    *,
    now: datetime,
    judgement: Judgement | None = None,
) -> list[Stage]:
    """Return the steps in order; every step's version names all that its result depends on."""
    act = Steps(tools, settings, now, judgement or Judgement())
    model = tools.encoder.model
    to = settings.audience.reads
    verdicts = _contents(verdicts_file(settings))
    learned = tuple(filter(None, [_contents(learned_file(settings))]))
    second = (tools.second.model, settings.models.second_texts) if tools.second else ()
    return [
        Stage(
            "download",
            download.VERSION,
            reads=(Item,),
            makes=Page,
            run=each(
                act.download,
                name="download",
                threads=settings.fetch.parallel,
                queue=download.queue,
                pause=tools.pause,
            ),
            batch=settings.fetch.parallel * 12,
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
            _version(classify.VERSION, tools.knowledge.version, model, *learned),
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
            survey=act.survey,
            sieve=act.sieve("dedupe"),
        ),
        Stage(
            "cluster",
            _version(cluster.VERSION, model, settings.cluster, to, verdicts, *second),
            reads=(Article, Language, Embedding, Duplicate),
            makes=Story,
            run=act.cluster,
            shape="together",
            window_days=settings.cluster.window_days,
            sieve=act.sieve("cluster"),
            follower=act.follower(),
        ),
        Stage(
            "rank",
            _version(rank.VERSION, _weights(settings), version_of(tools.ours)),
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
            best=_likely(settings),
        ),
    ]


def translating_whole(tools: Tools, settings: Settings, *, now: datetime) -> Stage:
    """Return the step `translate` as an edition has it done: with the articles that lead stories.

    Version and fingerprint are the pipeline's own: what it gives need not be made again.
    """
    act = Steps(tools, settings, now, Judgement())
    stages = make_pipeline(tools, settings, now=now)
    stage = next(each for each in stages if each.makes is Translation)
    return replace(stage, run=alone(partial(act.translate, whole=True), name=stage.name))


def _likely(settings: Settings) -> dict[EditionKind, int]:
    """Return how many stories of each period are translated before an edition asks for them.

    Only those that it is likely to show: translating is the dearest step of all.
    """
    if settings.languages.translate != "least":
        return {}
    return {"weekly": settings.rank.top, "quarterly": settings.rank.top_quarterly}


def _weights(settings: Settings) -> dict[str, float]:
    """Return the points that the pipeline's scores depend on; an edition adds the others."""
    mine = {"per_publisher", "launch", "policy", "independent", "owned", "watched"}
    return settings.rank.model_dump(include=mine)


def version_of(port: object) -> str:
    """Return the version of a backend: its `version`, or its class's name where it has none."""
    return str(getattr(port, "version", type(port).__name__))


def _contents(file: Path | None) -> str:
    return file.read_text("utf-8") if file and file.exists() else ""


def _version(number: str, *dependencies: object) -> str:
    return f"{number}-{make_id(*(str(each) for each in dependencies))[:8]}"
