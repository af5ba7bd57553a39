"""Brings the catalogues of labels in line with the code: `python tools/make_catalogues.py [da …]`.

Reads every message id of templates, stages and taxonomy, adds what a catalogue lacks (untranslated)
and takes out what nobody says any more. A language that is named gets a catalogue if it has none.
What is still to be translated is told, file by file.
"""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1] / "src" / "digest"
LOCALE = PACKAGE / "locale"
SOURCE = "en"
KEYWORDS = {
    "_": None,
    "mark": None,
    "_translated": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
HEADER = """\
# The labels of Digest's editions. docs/editions.md tells how a catalogue is added or mended.
# Digest's translators put this file under the Apache License 2.0."""
#: What each catalogue is of: an edition's labels, and those of the room that editions do not have.
DOMAINS = {
    "digest": (("jinja2.ext:babel_extract", "templates/*.j2"), ("python", "stages/*.py")),
    "room": (("jinja2.ext:babel_extract", "web/templates/*.j2"), ("python", "web/*.py")),
}
NOT_OURS = ('"Generated-By', '"Report-Msgid-Bugs-To', '"Language-Team')
BEGUN = datetime(2026, 11, 26, tzinfo=UTC)  # a date that does not change with every run


def template(domain: str = "digest") -> Catalog:
    """Return a catalogue of every message id, with nothing translated."""
    catalog = Catalog(fuzzy=False)
    known = template() if domain != "digest" else Catalog()
    for file, id, context in messages(domain):
        if known.get(id, context=context) is None:
            catalog.add(id, context=context, locations=[(file, None)])
    return catalog


def messages(
    domain: str = "digest",
) -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Yield each message as (file, id or (one, many), context), in the order of files."""
    for method, pattern in DOMAINS[domain]:
        for file in sorted(PACKAGE.glob(pattern)):
            name = file.relative_to(PACKAGE).as_posix()
            with file.open("rb") as source:
                for _, id, _, context in extract(method, source, KEYWORDS):
                    yield name, id, context
    for label in taxonomy() if domain == "digest" else ():
        yield "data/taxonomy.toml", label, "label"


def taxonomy() -> list[str]:
    """Return the names of the taxonomy's groups, then of its labels."""
    rows = tomllib.loads((PACKAGE / "data" / "taxonomy.toml").read_text("utf-8"))["label"]
    return list(dict.fromkeys([*(row["group"] for row in rows), *(row["name"] for row in rows)]))


def catalogue_file(language: str, domain: str = "digest") -> Path:
    """Return where the catalogue of a language lies ("zh-Hant" or "zh_Hant")."""
    return LOCALE / language.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"


def renewed(language: str, domain: str = "digest") -> tuple[str, int]:
    """Return a catalogue's text in line with the code, and how many messages lack a translation."""
    file = catalogue_file(language, domain)
    name = language.replace("-", "_")
    known = read_po(io.BytesIO(file.read_bytes()), locale=name) if file.exists() else Catalog()
    made = Catalog(
        locale=name,
        domain=domain,
        project="digest-martech",
        version="1",
        header_comment=HEADER,
        creation_date=BEGUN,
        revision_date=BEGUN,
        last_translator="The Digest developers",
        fuzzy=False,
    )
    for message in template(domain):
        if message.id:
            string = message.id if name == SOURCE else _kept(known, message, made.num_plurals)
            made.add(message.id, string, context=message.context, locations=message.locations)
    missing = sum(not _is_whole(each) for each in made if each.id)
    return _text(made), missing


def _kept(known: Catalog, message: Message, forms: int) -> str | tuple[str, ...]:
    found = known.get(message.id, context=message.context)
    if found and isinstance(found.id, str) == isinstance(message.id, str):
        return found.string
    return "" if isinstance(message.id, str) else ("",) * forms


def _is_whole(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string
    return all(strings)


def _text(catalog: Catalog) -> str:
    text = io.BytesIO()
    write_po(text, catalog, width=100, include_lineno=False)
    lines = text.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(NOT_OURS))


def languages(domain: str = "digest") -> list[str]:
    """Return the languages that have a catalogue, as their folders are called."""
    return sorted(file.parents[1].name for file in LOCALE.glob(f"*/LC_MESSAGES/{domain}.po"))


def main(wanted: list[str]) -> int:
    """Write the catalogues anew; tell which have changed and what they lack."""
    named = {each.replace("-", "_") for each in wanted}
    for domain in DOMAINS:
        for language in sorted({*languages(domain), *named}):
            file = catalogue_file(language, domain)
            text, missing = renewed(language, domain)
            if not file.exists() or file.read_text("utf-8") != text:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
                sys.stdout.write(f"{language} {domain}: written\n")
            if missing:
                sys.stdout.write(f"{language} {domain}: {missing} messages to translate\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
