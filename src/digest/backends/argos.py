"""Translates with installed Argos packages; never touches the network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from digest.backends.codes import from_argos, to_argos
from digest.backends.ctranslate import BEAM, IDLE, Model, Tokenizer
from digest.backends.installed import Package, installed_packages
from digest.backends.splitters import PackageSplitter, Span
from digest.errors import ModelError

PIVOT = "en"


class ArgosTranslator:
    """Argos's packages and answers, many sentences at a time.

    Args:
        folder: where the packages are installed; argostranslate's own folder by default.
        beam: hypotheses that are followed: 4 is argostranslate's, 1 is about twice as fast.
        threads: workers; all cores by default.
        idle: seconds after which an unused model gives its memory back.
    """

    def __init__(
        self, folder: Path | None = None, *, beam: int = BEAM, threads: int = 0, idle: float = IDLE
    ) -> None:
        self._options = {"beam": beam, "threads": threads, "idle": idle}
        self._folder = folder
        self._packages: dict[tuple[str, str], Package] | None = None
        self._models: dict[Path, Model] = {}
        self._splitters: dict[Path, PackageSplitter] = {}

    @property
    def version(self) -> str:
        """Return what is installed: a new package makes what it translates wait again."""
        labels = sorted(package.label for package in self._known().values())
        return f"{', '.join(labels) or 'no packages'} (beam {self._options['beam']})"

    def package(self, language: str, to: str) -> str | None:
        """Return the names and versions of what would translate, or None where it is missing."""
        way = self._way(language, to)
        beam = self._options["beam"]
        suffix = "" if beam == BEAM else f" (beam {beam})"
        return " + ".join(package.label for package in way) + suffix if way else None

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return one translation a sentence, in order.

        Raises:
            ModelError: where no package is installed for the pair, or it is broken.
        """
        way = self._way(language, to)
        if not way:
            raise ModelError(
                f"no {language} → {to} package",
                cure=f"digest models install {language}" + ("" if to == "en" else f" --to {to}"),
            )
        answers = list(sentences)
        for package in way:
            if package.problem:
                raise ModelError(
                    f"{_name(package)} is broken: {package.problem}", cure=_cure(package)
                )
            answers = self._model(package).translate(answers)
        return answers

    @property
    def notes(self) -> list[str]:
        """Return which packages' splitters cannot be used, and why."""
        return [splitter.note for splitter in self._splitters.values() if splitter.note]

    def split(self, text: str, *, language: str, to: str) -> list[Span] | None:
        """Return the spans of the sentences by the splitter of the package that reads the text.

        None where it has none of its own, or none that can be used.
        """
        way = self._way(language, to)
        if not way or way[0].problem:
            return None
        package = way[0]
        if package.folder not in self._splitters:
            self._splitters[package.folder] = PackageSplitter(
                package.folder, package.source, name=_name(package)
            )
        return self._splitters[package.folder].split(text)

    def model(self, language: str, to: str) -> Model | None:
        """Return the model of the one package that translates it; None where there is none."""
        way = self._way(language, to)
        return self._model(way[0]) if len(way) == 1 and not way[0].problem else None

    def loaded(self) -> tuple[Model, ...]:
        """Return the models that have been used, loaded or dropped again."""
        return tuple(self._models.values())

    def refresh(self) -> None:
        """Look at the folder again: a package was installed or removed."""
        self._packages = None
        self._models = {}
        self._splitters = {}

    def _way(self, language: str, to: str) -> tuple[Package, ...]:
        """Return the packages from one language to the other: one, or two through English."""
        sources, targets = to_argos(language), to_argos(to)
        for source in sources:
            for target in targets:
                if direct := self._known().get((source, target)):
                    return (direct,)
        first = next((p for s in sources if (p := self._known().get((s, PIVOT)))), None)
        second = next((p for t in targets if (p := self._known().get((PIVOT, t)))), None)
        return (first, second) if first and second else ()

    def _known(self) -> dict[tuple[str, str], Package]:
        if self._packages is None:
            found = [each for each in installed_packages(self._folder) if each.source]
            # Of two for one pair a sound one wins, then an official one, then the newer.
            found.sort(
                key=lambda each: (not each.problem, not each.starter, _version_key(each.version))
            )
            self._packages = {(each.source, each.target): each for each in found}
        return self._packages

    def _model(self, package: Package) -> Model:
        if package.folder not in self._models:
            self._models[package.folder] = make_model(package, **self._options)
        return self._models[package.folder]


def make_model(package: Package, **options: Any) -> Model:
    """Return the model of an installed package; nothing is loaded yet."""
    return Model(
        _name(package),
        package.folder / "model",
        lambda: make_tokenizer(package),
        prefix=package.prefix,
        cure=_cure(package),
        least=package.least,
        **options,
    )


def make_tokenizer(package: Package) -> Tokenizer:
    """Return argostranslate's own tokenizer for the package.

    Raises:
        ModelError: where its file cannot be read.
    """
    from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

    file = package.folder / "sentencepiece.model"
    tokenizer: Any = (
        SentencePieceTokenizer(file)
        if file.is_file()
        else BPETokenizer(package.folder / "bpe.model", package.source, package.target)
    )
    try:
        tokenizer.encode("a")  # loads it, so that a broken file is told here
    except (RuntimeError, OSError, ValueError) as error:
        raise ModelError(
            f"{_name(package)}: its tokenizer is broken", cure=_cure(package)
        ) from error
    return tokenizer  # type: ignore[no-any-return]


def _name(package: Package) -> str:
    return f"the package {package.pair} {package.version} in {package.folder.name}"


def _cure(package: Package) -> str:
    source, target = from_argos(package.source), from_argos(package.target)
    return f"digest models install {source} --to {target} --again"


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
