"""The translators that the settings can name, and a memory that spares work done before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from digest.errors import ConfigError
from digest.ports import TranslationMemory, Translator


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
    url: str = "",
    key: str = "",
    memory: TranslationMemory | None = None,
) -> Translator:
    """Return the translator that the settings name, with its memory; nothing is loaded yet.

    Args:
        engine: "argos", on this machine, or "libretranslate", a server.
        folder: the Argos packages' folder; argostranslate's own by default.
        fast: one hypothesis instead of four (Argos).
        url: the server's address (LibreTranslate).
        key: its API key, where it wants one.
        memory: where translations are kept; as long as the process lasts by default.

    Raises:
        ConfigError: where the engine is unknown, or lacks its address.
    """
    return RememberingTranslator(
        _engine(engine, folder=folder, fast=fast, url=url, key=key), memory
    )


def _engine(engine: str, *, folder: Path | None, fast: bool, url: str, key: str) -> Translator:
    if engine == "argos":
        from digest.backends.argos import ArgosTranslator
        from digest.backends.ctranslate import BEAM

        return ArgosTranslator(folder, beam=1 if fast else BEAM)
    if engine != "libretranslate":
        raise ConfigError(f"no translator called {engine!r}", cure="argos or libretranslate")
    if not url.startswith(("http://", "https://")):
        raise ConfigError(
            'models.translator is "libretranslate", but models.translator_url names no server',
            cure='set it, for example to "http://localhost:5000"',
        )
    from digest.backends.libretranslate import LibreTranslator

    return LibreTranslator(url, key=key)
