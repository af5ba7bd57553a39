"""A labelled corpus through the stages themselves: `detect`, `embed`, `dedupe`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from digest.backends.detectors import LangdetectDetector
from digest.ports import Encoder
from digest.records import Embedding, Language
from digest.stages.dedupe import dedupe
from digest.stages.detect import detect
from digest.stages.embed import embed
from digest.stages.verdict import Verdict

from .corpora import Corpus
from .fit_verdicts import as_json
from .measures import Labels, codes


@dataclass(frozen=True, slots=True)
class Staged:
    """A corpus as the stages hand it to `dedupe`; articles are numbered as in the corpus."""

    corpus: Corpus
    encoder: Encoder
    languages: dict[str, Language]  #: as detected, not as labelled
    embeddings: dict[str, Embedding]

    def group(self, verdict: Verdict, among: NDArray[np.bool_] | None = None) -> Labels:
        """Return the group of each article that `dedupe` makes by a verdict.

        Articles outside `among` stay alone.
        """
        ids = [one.id for one in self.corpus.articles]
        chosen = [one for n, one in enumerate(self.corpus.articles) if among is None or among[n]]
        with TemporaryDirectory() as folder:
            file = Path(folder) / "verdicts.json"
            own = {"dedupe": {verdict.model: as_json(verdict)}}
            file.write_text(json.dumps(own), "utf-8")
            found = dedupe(
                chosen,
                self.languages,
                self.embeddings,
                encoder=self.encoder,
                verdicts=file,
            )
        group = {each.id: each.duplicate_of or each.id for each in found}
        return codes([group.get(id, id) for id in ids])

    def misread(self) -> Sequence[str]:
        """Return the ids of the articles whose language was not told as it is labelled."""
        labelled = self.corpus.languages
        return [id for id, told in self.languages.items() if told.language != labelled[id].language]


def stage_corpus(corpus: Corpus, encoder: Encoder) -> Staged:
    """Return a corpus with its languages detected and its articles embedded."""
    detector = LangdetectDetector()
    languages = {one.id: detect(one, detector=detector) for one in corpus.articles}
    inputs = [(one, languages[one.id]) for one in corpus.articles]
    embeddings = {
        each.id: each for each in embed(inputs, encoder=encoder) if isinstance(each, Embedding)
    }
    return Staged(corpus, encoder, languages, embeddings)
