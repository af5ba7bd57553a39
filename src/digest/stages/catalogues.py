"""The labels of an edition in its reader's language: gettext catalogues, one file a language."""

from __future__ import annotations

import gettext
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

SOURCE = "en"  #: the language of the message ids, and of labels where there is no catalogue
FILE = "LC_MESSAGES/digest.po"


def mark(message: str) -> str:
    """Return the message itself: says that catalogues translate it (`tools/make_catalogues.py`)."""
    return message


@cache
def catalogues() -> tuple[str, ...]:
    """Return the languages that have a catalogue, as BCP-47 tags, in order."""
    found = (each.name for each in _folder().iterdir() if each.joinpath(FILE).is_file())
    return tuple(sorted(name.replace("_", "-") for name in found))


def nearest_catalogue(language: str) -> str:
    """Return whose labels a reader is given: "de" for "de-AT", "zh-Hant" for "zh-TW"; or "".

    Args:
        language: BCP-47 tag of the reader.
    """
    from babel import negotiate_locale

    return negotiate_locale(_kin(language), catalogues(), sep="-") or ""


@cache
def load_catalogue(language: str) -> gettext.NullTranslations:
    """Return the labels of one of `catalogues`; a message that it lacks stays English.

    The `.po` file itself is read, so that there is nothing to build when one is added or mended.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    if not language:
        return gettext.NullTranslations()
    with _folder().joinpath(language.replace("-", "_"), FILE).open("rb") as file:
        messages = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def locale_of(language: str) -> Locale:
    """Return the Babel locale nearest to a BCP-47 tag, English for one it does not know."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(SOURCE)


def is_rtl(tag: str) -> bool:
    """Return whether a language is written from right to left."""
    return tag != "und" and locale_of(tag).text_direction == "rtl"


def _kin(language: str) -> list[str]:
    """Return the tags that stand for a language, the nearest first.

    "zh-TW" is written as "zh-Hant" is, "zh" as "zh-Hans": CLDR's likely subtags know.
    """
    from babel.core import get_global

    locale = locale_of(language)
    if locale.language == SOURCE and language.split("-")[0].lower() != SOURCE:
        return []
    likely = get_global("likely_subtags").get(str(locale), str(locale)).split("_")
    script = next((part for part in likely if len(part) == 4), None)
    parts = (locale.language, locale.script or script, locale.territory)
    chosen = [parts, parts[:2], (parts[0], parts[2]), parts[:1]]
    return ["-".join(filter(None, each)) for each in chosen]


def _folder() -> Traversable:
    return resources.files("digest").joinpath("locale")
