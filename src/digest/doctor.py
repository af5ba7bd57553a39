"""What is installed and what is missing, each with the command that cures it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from digest.config import Settings, load_settings
from digest.config_sections import Fetch
from digest.errors import DigestError, StoreError
from digest.missing import install_command

NEEDED = (
    "prefect",
    "torch",
    "sentence-transformers",
    "langdetect",
    "argostranslate",
    "trafilatura",
)
ENOUGH_SPACE = 1_000_000_000  #: bytes free below which a run may fill the disk


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        what: the thing.
        state: "ok", "note" (works, but less well) or "bad".
        found: what was found.
        cure: the command or act that mends it.
    """

    what: str
    state: Literal["ok", "note", "bad"]
    found: str
    cure: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the finding as JSON values."""
        return asdict(self)


def examine(config: Path | None = None) -> list[Finding]:
    """Return what was found, in the order a newcomer should mend it."""
    findings = [_python(), *_packages()]
    try:
        settings = load_settings(config)
    except DigestError as error:
        return [*findings, Finding("settings", "bad", error.message, error.cure or "mend the file")]
    findings.append(Finding("settings", "ok", str(settings.root)))
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _sources, _name, _store, _encoder, _translation, _labels, _taxonomy, _stack, _fonts,
        _printing, _delivery, _prefect, _space,
    )  # fmt: skip
    for check in checks:
        findings += _attempt(check, settings)
    return findings


def _attempt(check: Callable[[Settings], Iterator[Finding]], settings: Settings) -> list[Finding]:
    try:
        return list(check(settings))
    except DigestError as error:
        return [Finding(check.__name__.strip("_"), "bad", error.message, error.cure)]


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info >= (3, 11)
    return Finding(
        "Python", "ok" if good else "bad", version, "" if good else "install Python 3.11"
    )


def _packages() -> Iterator[Finding]:
    for name in NEEDED:
        try:
            yield Finding(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "bad", "not installed", "make setup")


def _sources(settings: Settings) -> Iterator[Finding]:
    from digest.sources import load_sources

    file = settings.path(settings.sources)
    if not file.exists():
        yield Finding("sources", "bad", f"no file {file}", "set `sources` in digest.toml")
        return
    found = load_sources(file)
    state: Literal["ok", "note"] = "ok" if found else "note"
    yield Finding(
        "sources", state, f"{len(found)} in {file}", "" if found else "digest sources add URL"
    )


def _store(settings: Settings) -> Iterator[Finding]:
    from digest.opening import open_known_store
    from digest.store import history

    try:
        store = open_known_store(settings)
    except StoreError as error:
        yield Finding("store", "note", error.message, error.cure)
        return
    with store.read() as db:
        counts = history.count_records(db)
    address = store.engine.url.render_as_string(hide_password=True)
    yield Finding("store", "ok", f"{counts['articles']} articles in {address}")
    store.close()


def _encoder(settings: Settings) -> Iterator[Finding]:
    from digest.calibrated import cure_for
    from digest.stages.verdict import uncalibrated
    from digest.steps import verdicts_file
    from digest.wiring import make_encoder

    encoder = make_encoder(settings)
    known = (
        "all languages" if encoder.languages is None else f"{len(encoder.languages)} language(s)"
    )
    yield Finding("encoder", "ok", f"{encoder.model}, {known}")
    own = verdicts_file(settings)
    if missing := uncalibrated(encoder.model, own=own):
        found = f"{encoder.model} has none for {' and '.join(missing)}: merges nothing on vectors"
        yield Finding("verdicts", "note", found, cure_for(missing, own))


def _translation(settings: Settings) -> Iterator[Finding]:
    from digest.wiring import installed_pairs

    names = ", ".join(installed_pairs(settings))
    if names:
        yield Finding("translation", "ok", names)
    else:
        to = settings.audience.language
        first = [each for each in ("en", "de", "fr", "es", "it", "ja", "zh") if each != to]
        cure = install_command(first, to)
        yield Finding("translation", "note", "no package: texts stay in their languages", cure)


def _labels(settings: Settings) -> Iterator[Finding]:
    from digest.stages.catalogues import nearest_catalogue

    language = settings.audience.language
    found = nearest_catalogue(language)
    if found:
        yield Finding("labels", "ok", f"in {found}, for a reader of {language}")
    else:
        cure = "add a catalogue: docs/editions.md tells how"
        yield Finding("labels", "note", f"none in {language}: an edition's stay English", cure)


def _taxonomy(settings: Settings) -> Iterator[Finding]:
    """Tell how many labels there are, or what is wrong with those that the settings want."""
    from digest.knowing import make_knowledge

    yield Finding("taxonomy", "ok", f"{len(make_knowledge(settings).categories)} labels")


def _fonts(settings: Settings) -> Iterator[Finding]:
    from digest.stages.catalogues import nearest_catalogue
    from digest.stages.fonts import fonts_for, missing_font

    spoken = [each.language for each in settings.readers]
    found = [nearest_catalogue(each) or each for each in spoken]
    written = dict.fromkeys(found, "charts and PDFs cannot write")
    # An original is quoted in its own letters, also to a reader of another language.
    read = {_script_of(each) for each in _languages_read(settings)} - set(written)
    quoted = dict.fromkeys(sorted(read), "a PDF cannot quote")
    missing = {each: what for each, what in (written | quoted).items() if missing_font(each)}
    for language, what in missing.items():
        cure = f"install the font {missing_font(language)} (fonts-noto-cjk, fonts-noto-core)"
        yield Finding("fonts", "note", f"{what} {language}", cure)
    if not missing:
        fonts = ", ".join(fonts_for(found[0])[:2])
        yield Finding("fonts", "ok", f"charts write with {fonts}")


def _languages_read(settings: Settings) -> set[str]:
    """Return the languages that sources are said to be in."""
    from digest.sources import load_sources

    file = settings.path(settings.sources)
    found = load_sources(file) if file.exists() else []
    return {each.language for each in found if each.language}


def _script_of(language: str) -> str:
    """Return the language by which fonts are chosen: Taiwan's is `zh-Hant`, mainland `zh-Hans`."""
    from digest.stages.catalogues import nearest_catalogue

    return nearest_catalogue(language) or language.split("-")[0]


def _printing(settings: Settings) -> Iterator[Finding]:
    from digest.stages.printing import CURE, why_not

    wanted = "pdf" in settings.editions.formats
    missing = why_not()
    if missing:
        yield Finding("PDF", "bad" if wanted else "note", missing, CURE)
    else:
        yield Finding("PDF", "ok", "can be made" if wanted else "can be made, not asked for")


def _stack(settings: Settings) -> Iterator[Finding]:
    from digest.knowing import load_ours
    from digest.opening import make_clock
    from digest.stack_mistakes import past_renewals

    if settings.stack is None:
        cure = "set stack in digest.toml: docs/stack.md"
        yield Finding("stack", "note", "none: nothing is told of what you own", cure)
        return
    stack = load_ours(settings).stack
    yield Finding("stack", "ok", f"{len(stack.tools)} tools, {len(stack.watched)} vendors watched")
    for note in past_renewals(stack.tools, make_clock(settings)().date()):
        told, _, cure = note.rpartition("; ")
        yield Finding("stack", "note", told, cure)


def _name(settings: Settings) -> Iterator[Finding]:
    """Tell whether publishers can reach whoever asks them: a contact address in our name."""
    default = Fetch.model_fields["user_agent"].default
    told = settings.fetch.user_agent
    named = told != default and re.search(r"@|https?://|mailto:", told)
    cure = 'set [fetch] user_agent, such as "Digest/0.1 (+mailto:news@acme.example)"'
    state: Literal["ok", "note"] = "ok" if named else "note"
    yield Finding("name", state, f"we call ourselves {told}", "" if named else cure)


def _delivery(settings: Settings) -> Iterator[Finding]:
    from digest.wiring import make_chats

    delivery = settings.delivery
    if not delivery.smtp.host:
        cure = "set [delivery] smtp, sender, to in digest.toml"
        yield Finding("delivery", "note", "no mail is sent", cure)
    elif not delivery.sender:
        yield Finding("delivery", "bad", "server set, but no sender", "set delivery.sender")
    else:
        found = f"{len(delivery.to)} named, and those of `digest subscribers list`"
        yield Finding("delivery", "ok", f"by {delivery.smtp.host}: {found}")
        if not (delivery.unsubscribe_url or delivery.unsubscribe_to):
            cure = "set delivery.unsubscribe_url: docs/publishing.md#mails"
            yield Finding("unsubscribing", "note", "mails name no way to do it", cure)
    for name, chat in make_chats(settings).items():
        wrong = getattr(chat, "why", "")
        if wrong:
            yield Finding(f"channel {name}", "bad", wrong, "mend it in [[delivery.channels]]")


def _prefect(_: Settings) -> Iterator[Finding]:
    address = os.environ.get("PREFECT_API_URL")
    yield Finding("Prefect server", "ok", address or "none needed: runs start a temporary one")


def _space(settings: Settings) -> Iterator[Finding]:
    folder = settings.path(settings.store.pages)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    good = free > ENOUGH_SPACE
    found = f"{free / 1e9:.1f} GB free at {folder}"
    yield Finding("disk", "ok" if good else "note", found, "" if good else "free some space")
