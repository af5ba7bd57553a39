"""The translation packages that a run misses: told once, and installed where that is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digest.errors import DigestError, ModelError
from digest.ports import Installer, Translator
from digest.report import RunReport

ARROW = " → "


def still_missing(pairs: Iterable[str], translator: Translator) -> list[str]:
    """Return those of the pairs ("de → en") that cannot be translated now, in order."""
    return [pair for pair in pairs if not _is_there(pair, translator)]


def install_missing(pairs: Iterable[str], installer: Installer, report: RunReport) -> bool:
    """Return whether any package came; what came and what did not is noted in the report.

    One that does not come stops nothing: its texts are shown in their own language.
    """
    came: dict[str, list[str]] = {}  # what is said of packages, and their names
    for pair in pairs:
        language, to = pair.split(ARROW)
        try:
            done = installer.install(language, to)
        except DigestError as error:
            report.notes.append(f"no package {pair} could be installed: {error}")
            continue
        for words in done:
            name = re.split("[,;]", words, maxsplit=1)[0]
            came.setdefault(words.removeprefix(name), []).append(name)
    report.notes += [f"installed {', '.join(names)}{said}" for said, names in came.items()]
    return bool(came)


def install_commands(pairs: Iterable[str]) -> list[str]:
    """Return the commands that install the packages of these pairs, one for each target."""
    wanted: dict[str, list[str]] = {}
    for pair in pairs:
        language, to = pair.split(ARROW)
        wanted.setdefault(to, []).append(language)
    return [install_command(languages, to) for to, languages in wanted.items()]


def install_command(languages: Iterable[str], to: str) -> str:
    """Return the command that installs what translates the languages; into English by default."""
    target = "" if to == "en" else f" --to {to}"
    return f"digest models install {' '.join(languages)}{target}"


def _is_there(pair: str, translator: Translator) -> bool:
    language, to = pair.split(ARROW)
    try:
        return translator.package(language, to) is not None
    except ModelError:  # a server that does not answer: its lack is told by the texts themselves
        return False
