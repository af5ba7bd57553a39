"""The translators that the settings can name, and a memory that spares work done before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from digest.backends.chinese import WithConversion
from digest.errors import ConfigError
from digest.ports import Splitter, TranslationMemory, Translator


class RememberingTranslator:
    """A translator that is never asked the same sentence twice for one package version.

    Args:
        translator: who is asked for what is new.
        memory: where it is kept; as long as the process lasts by default.
    """

    def __init__(self, translator: Translator, memory: TranslationMemory | None = None) -> None:
        self._translator = translator
        self._memory: TranslationMemory = memory or ShortMemory()

    @property
    def version(self) -> str:
        """Return the translator's own version."""
        return str(getattr(self._translator, "version", type(self._translator).__name__))

    def package(self, language: str, to: str) -> str | None:
        """Return name and version of what would translate, or None."""
        return self._translator.package(language, to)

    def refresh(self) -> None:
        """Look again at what is installed, where the translator can."""
        look = getattr(self._translator, "refresh", None)
        if look:
            look()

    @property
    def notes(self) -> list[str]:
        """Return what the translator says of its splitters."""
        return list(self._translator.notes) if isinstance(self._translator, Splitter) else []

    def split(self, text: str, *, language: str, to: str) -> list[tuple[int, int]] | None:
        """Return the sentences' spans by the translator's own splitter, where it has one."""
        if not isinstance(self._translator, Splitter):
            return None
        return self._translator.split(text, language=language, to=to)

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return one translation a sentence, in order; raises `ModelError`."""
        package = f"{self.package(language, to)} [{language} → {to}]"
        known = self._memory.recall(package, sentences)
        new = [each for each in dict.fromkeys(sentences) if each not in known]
        if new:
            answers = self._translator.translate(new, language=language, to=to)
            made = dict(zip(new, answers, strict=True))
            self._memory.remember(package, made)
            known |= made
        return [known[each] for each in sentences]


class ShortMemory:
    """A memory that lasts as long as the process."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, str], str] = {}

    def recall(self, package: str, sentences: Sequence[str]) -> dict[str, str]:
        """Return the known translations among `sentences`."""
        keys = ((package, sentence) for sentence in sentences)
        return {key[1]: self._pairs[key] for key in keys if key in self._pairs}

    def remember(self, package: str, pairs: Mapping[str, str]) -> None:
        """Keep translations, sentence → translation."""
        self._pairs |= {(package, source): target for source, target in pairs.items()}


def make_translator(
    engine: str = "argos",
    *,
    folder: Path | None = None,
    fast: bool = False,
    models: Path | None = None,
    url: str = "",
    key: str = "",
    memory: TranslationMemory | None = None,
) -> RememberingTranslator:
    """Return the translator that the settings name, with its memory; nothing is loaded yet.

    Chinese in the other script is converted by OpenCC, whichever it is.

    Args:
        engine: "argos" or "folder", on this machine, or "libretranslate", a server.
        folder: the Argos packages' folder; argostranslate's own by default.
        fast: one hypothesis instead of four, where the models are here.
        models: the folder of model folders (engine "folder").
        url: the server's address (engine "libretranslate").
        key: its API key, where it wants one.
        memory: where translations are kept; as long as the process lasts by default.

    Raises:
        ConfigError: where the engine is unknown, or lacks its folder or address.
    """
    if engine == "libretranslate":
        return RememberingTranslator(WithConversion(_server(url, key)), memory)
    from digest.backends.ctranslate import BEAM

    beam = 1 if fast else BEAM
    if engine == "folder":
        return RememberingTranslator(WithConversion(_folder(models, beam)), memory)
    if engine != "argos":
        raise ConfigError(
            f"no translator called {engine!r}", cure="argos, folder or libretranslate"
        )
    from digest.backends.argos import ArgosTranslator

    return RememberingTranslator(WithConversion(ArgosTranslator(folder, beam=beam)), memory)


def _folder(models: Path | None, beam: int) -> Translator:
    if models is None:
        raise ConfigError(
            'models.translator is "folder", but models.translator_folder names none',
            cure="set it to the folder whose subfolders are models",
        )
    from digest.backends.folders import FolderTranslator

    return FolderTranslator(models, beam=beam)


def _server(url: str, key: str) -> Translator:
    if not url.startswith(("http://", "https://")):
        raise ConfigError(
            'models.translator is "libretranslate", but models.translator_url names no server',
            cure='set it, for example to "http://localhost:5000"',
        )
    from digest.backends.libretranslate import LibreTranslator

    return LibreTranslator(url, key=key)
