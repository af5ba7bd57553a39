"""Chinese from one script into the other: a conversion by OpenCC, no package is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

from digest.backends.codes import to_argos
from digest.ports import Splitter, Translator

CONVERTER = "opencc"  #: the distribution that converts
REGIONS = {"tw": "tw", "hk": "hk", "mo": "hk"}  #: whose own forms of characters OpenCC knows
SCRIPTS = {"zh": "s", "zt": "t"}  #: Argos's codes and OpenCC's


class WithConversion:
    """A translator that leaves Chinese in the other script to OpenCC, and the rest to another.

    Args:
        translator: who translates all other pairs.
    """

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    @property
    def version(self) -> str:
        """Return the other's version: a conversion needs nothing that could be missing."""
        return str(getattr(self._translator, "version", type(self._translator).__name__))

    @property
    def notes(self) -> Sequence[str]:
        """Return what the other says of its splitters."""
        return self._translator.notes if isinstance(self._translator, Splitter) else ()

    def package(self, language: str, to: str) -> str | None:
        """Return OpenCC with its version, marked as a conversion, or what the other has."""
        name = find_conversion(language, to)
        if name is None:
            return self._translator.package(language, to)
        return f"{CONVERTER} {version(CONVERTER)} {name} (conversion)"

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return one sentence in the other script or language each; raises `ModelError`."""
        name = find_conversion(language, to)
        if name is None:
            return self._translator.translate(sentences, language=language, to=to)
        convert = _converter(name)
        return [convert(sentence) for sentence in sentences]

    def split(self, text: str, *, language: str, to: str) -> list[tuple[int, int]] | None:
        """Return the sentences' spans by the other's splitter; a conversion has none."""
        if find_conversion(language, to) or not isinstance(self._translator, Splitter):
            return None
        return self._translator.split(text, language=language, to=to)

    def refresh(self) -> None:
        """Have the other look again at what is installed, where it can."""
        look: Callable[[], None] | None = getattr(self._translator, "refresh", None)
        if look:
            look()


def find_conversion(language: str, to: str) -> str | None:
    """Return OpenCC's name of the conversion ("t2s"), or None where it is no conversion."""
    scripts = [SCRIPTS.get(to_argos(each)[0], "") for each in (language, to)]
    if scripts not in (["s", "t"], ["t", "s"]):
        return None
    # Traditional Chinese of no named region is Taiwan's (CLDR, likely subtags).
    return f"{_form(language, scripts[0])}2{_form(to, scripts[1].replace('t', 'tw'))}"


def _form(language: str, script: str) -> str:
    """Return OpenCC's name of the form that a language is written in; that of its script else."""
    parts = language.replace("_", "-").casefold().split("-")
    return next((REGIONS[part] for part in parts if part in REGIONS), script)


@cache
def _converter(name: str) -> Callable[[str], str]:
    from opencc import OpenCC

    converter: Any = OpenCC(name)
    return lambda text: str(converter.convert(text))
