"""Makes an encoder's coefficients in `src/digest/data/verdicts.json` again.

    python -m benchmarks.fit_verdicts [embedded [dedupe|cluster]]

Only the encoder that ships has coefficients, or one in a folder that is to take its place; any
other's come from `digest calibrate`.

Duplicates are learned from documents in the encoder's languages, with rewritten copies and
near-misses made of them, and from events told by several outlets, which are not duplicates; stories
as `fit_stories.py` tells. Cross-validated figures of the same procedure: `benchmarks/README.md`.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from digest.backends.encoders import SentenceEncoder
from digest.ports import Encoder
from digest.stages.alignment import ALIGNMENT
from digest.stages.evidence import FEATURES
from digest.stages.verdict import Verdict

from .cache import CachedEncoder
from .corpora import LANGUAGES, Corpus, documents, events
from .fit_stories import fit_story_verdict, lessons
from .judging import Bench, Task, fit_verdict, make_bench
from .one_vendor import WEEKS, one_vendor
from .reports import reports
from .templates import templates
from .variants import extend

FILE = Path(__file__).parents[1] / "src/digest/data/verdicts.json"
#: What tells the same article.
SAME = (
    *FEATURES,
    *(name for name in ALIGNMENT if name != "ordered"),
    "subjects_unlike",
    "title_swapped",
)
#: Weight of a pair: of our own articles there are few, of releases with one tail very many.
TEMPLATES, REPORTS, OWN = 0.3, 0.9, 3.0
FLOOR = 0.2  # cosine under which a pair is no candidate


def main(name: str = "embedded", *only: Task) -> None:
    """Fit and write the coefficients of the encoder that ships."""
    encoder = CachedEncoder(SentenceEncoder(name))
    verdicts = json.loads(FILE.read_text("utf-8"))
    tasks: tuple[Task, ...] = only or ("dedupe", "cluster")
    for task in tasks:
        if task == "cluster":
            known = lessons(encoder, CachedEncoder(SentenceEncoder("minilm")))
            verdict = fit_story_verdict(known, [None] * len(known.benches))
        else:
            benches = training(encoder)
            everyone = [None] * len(benches)
            verdict = fit_verdict(benches, everyone, model=encoder.model, features=SAME)
        verdicts[task] = {encoder.model: as_json(verdict)}
        print(task, encoder.model, json.dumps(as_json(verdict), indent=1), flush=True)
    FILE.write_text(json.dumps(verdicts, indent=2, sort_keys=True) + "\n", "utf-8")


def training(encoder: Encoder) -> list[Bench]:
    """Return the measured corpora that teach what the same article is."""
    languages = tuple(one for one in LANGUAGES if encoder.knows(one))
    papers = [documents(name, languages=languages) for name in ("ntrex", "martech-docs")]
    told = events()
    apart = Corpus(
        "neus", told.articles, told.languages, [one.id for one in told.articles], told.ignored
    )
    weighed = [
        *((extend(paper), 1.0) for paper in papers),
        (apart, 1.0),
        *((reports(paper), REPORTS) for paper in papers),
        *((templates(paper), TEMPLATES) for paper in papers),
        (one_vendor("fit", task="dedupe", files=[WEEKS]), OWN),
    ]
    return [
        replace(make_bench(one, encoder, task="dedupe", floor=FLOOR), weight=weight)
        for one, weight in weighed
    ]


def as_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as the data file holds it."""
    found = {key: value for key, value in asdict(verdict).items() if key != "model"}
    return {key: value for key, value in found.items() if value is not None}


if __name__ == "__main__":
    main(*sys.argv[1:])
