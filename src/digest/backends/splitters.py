"""The sentence splitters that Argos packages bring along, read from their own files alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from digest.backends.model_files import stay_offline
from digest.text import split_lines, split_sentences

Cut = Callable[[str], Sequence[str]]  #: a line → its sentences, each a part of it
Span = tuple[int, int]

LONGEST_LINE = 5_000  #: MiniSBD's pattern of addresses takes quadratic time; no sentence is longer
# What argostranslate calls by another code than its own, see `argostranslate/sbd.py`.
STANZA_CODES = {"zt": "zh-hant", "pb": "pt", "zh": "zh-hans"}


class PackageSplitter:
    """What cuts texts for one package: its own splitter, loaded at the first text.

    Args:
        folder: where the package lies.
        code: the Argos code of the language that it reads.
        name: what the note calls the package.
    """

    def __init__(self, folder: Path, code: str, *, name: str) -> None:
        self._folder, self._code, self._name = folder, code, name
        self._cut: Cut | None = None
        self.note = ""  #: why the package's splitter is not used, in words

    def split(self, text: str) -> list[Span] | None:
        """Return `(start, end)` of each sentence; None where the package's splitter is not used.

        As argostranslate does, each line is cut by itself. A line that the splitter does not give
        back whole, or that is very long, is cut by our own rules.
        """
        if self.note:
            return None
        try:
            cut = self._cut = self._cut or load_splitter(self._folder, self._code)
            return _spans(text, cut) if cut else None
        except Exception as error:  # three foreign libraries, and files that may hold anything
            said = f"{type(error).__name__}: {error}".splitlines()[0]
            self.note = (
                f"{self._name}: its sentence splitter cannot be used ({said}); "
                "Digest's own splits its sentences"
            )
            return None


def load_splitter(folder: Path, code: str) -> Cut | None:
    """Return the splitter in a package's folder, or None where there is none.

    Where it has several, the order is argostranslate's (`argostranslate/package.py`).

    Raises:
        FileNotFoundError: where its folder has no model.
        Exception: whatever its library says of a model that cannot be loaded.
    """
    for name, load in LOADERS.items():
        if (folder / name).is_dir():
            return load(folder / name, code)
    return None


def _load_minisbd(folder: Path, _code: str) -> Cut:
    from minisbd import SBDetect

    # A path is taken as it is; only a bare language code would be downloaded.
    detector = SBDetect(str(_model(folder, "*.onnx").resolve()), use_gpu=False, max_threads=1)
    return lambda line: list(detector.sentences(line))


def _load_stanza(folder: Path, code: str) -> Cut:
    stay_offline()
    import stanza

    language = STANZA_CODES.get(code, code)
    model = _model(folder, "*/tokenize/*.pt")
    # The package's own list of resources is not read: it names models that only a download has,
    # and those made for an older Stanza are of another form.
    with NamedTemporaryFile("w", suffix=".json") as resources:
        json.dump({}, resources)
        resources.flush()
        pipeline = stanza.Pipeline(
            lang=language,
            dir=str(folder),
            package=None,
            processors="tokenize",
            tokenize_model_path=str(model),
            resources_filepath=resources.name,
            allow_unknown_language=True,
            download_method=None,
            use_gpu=False,
            logging_level="ERROR",
        )
    return lambda line: [sentence.text for sentence in pipeline(line).sentences]


def _load_spacy(folder: Path, _code: str) -> Cut:
    import spacy

    if not (folder / "config.cfg").is_file():
        raise FileNotFoundError("config.cfg is missing")
    model: Any = spacy.load(folder, exclude=["parser"])
    if not {"sentencizer", "senter"} & set(model.pipe_names):
        model.add_pipe("sentencizer")
    return lambda line: [sentence.text for sentence in model(line).sents]


LOADERS: dict[str, Callable[[Path, str], Cut]] = {
    "minisbd": _load_minisbd,
    "stanza": _load_stanza,
    "spacy": _load_spacy,
}


def _model(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        raise FileNotFoundError(f"{folder.name}/{pattern} is missing")
    return found[0]


def _spans(text: str, cut: Cut) -> list[Span]:
    spans: list[Span] = []
    for start, end in split_lines(text):
        line = text[start:end]
        found = _places(line, cut(line)) if len(line) <= LONGEST_LINE else None
        spans += [(start + a, start + b) for a, b in found or split_sentences(line)]
    return spans


def _places(line: str, sentences: Sequence[str]) -> list[Span] | None:
    """Return where the sentences stand in the line, or None where any of the line would be lost."""
    spans: list[Span] = []
    last = 0
    for sentence in map(str.strip, sentences):
        start = line.find(sentence, last)
        if start < 0 or line[last:start].strip():
            return None
        last = start + len(sentence)
        if sentence:
            spans.append((start, last))
    return None if line[last:].strip() else spans
