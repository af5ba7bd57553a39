"""The learned model as starter packages: a shared folder, and `.argosmodel` files made of it."""

from __future__ import annotations

import json
import lzma
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from digest.backends.installed import LEAST
from digest.backends.starters import MODULE, SHARED, put_together
from tools.train_translation import card
from tools.train_translation.convert import CONFIG, tagged_config
from tools.train_translation.gate import Figures
from tools.train_translation.languages import READS, TARGET, Reads
from tools.train_translation.splitter import save_splitter

VERSION = "0.1"  #: below every official package's
LARGEST = 60_000_000  #: bytes of all starter packages together
PART = 20_000_000  #: bytes of a file of the packed model: repositories dislike larger ones
INIT = '"""Starter translation packages for Digest: data only; see `README.md`."""\n'
PROJECT = """\
[build-system]
requires = ["hatchling==1.33.0"]
build-backend = "hatchling.build"

[project]
name = "digest-martech-starter"
version = "{version}"
description = "Small translation packages that Digest uses until official ones are installed."
license = "Apache-2.0"
requires-python = ">=3.11"

[tool.hatch.build.targets.wheel]
packages = ["{module}"]
"""


def write_starters(
    model: Path,
    vocabulary: Path,
    folder: Path,
    *,
    languages: Iterable[str],
    figures: Mapping[str, Figures],
    facts: Mapping[str, object],
) -> Path:
    """Write an installable Python project with the packages, and return their folder.

    The shared files are there once: nine packages take little more room than one.

    Args:
        model: folder of the CTranslate2 model.
        vocabulary: SentencePiece's file.
        folder: of the project; what a former call left there is removed.
        languages: which are packed.
        figures: what was measured, by language.
        facts: lines for every card.

    Raises:
        ValueError: where it all would be too large.
    """
    place = folder / MODULE
    shutil.rmtree(place, ignore_errors=True)
    shared = place / SHARED
    shared.mkdir(parents=True)
    shutil.copyfile(model / "shared_vocabulary.json", shared / "shared_vocabulary.json")
    _pack_model(model / "model.bin", shared)
    shutil.copyfile(vocabulary, shared / "sentencepiece.model")
    save_splitter(shared / "splitter.onnx")
    (shared / "LICENSE").write_text(card.LICENCE, "utf-8")
    config = (model / CONFIG).read_text("utf-8")
    wanted = set(languages)
    for each in (each for each in READS if each.language in wanted):
        _write_language(each, place / each.language, config, figures.get(each.language), facts)
    (place / "__init__.py").write_text(INIT, "utf-8")
    (folder / "pyproject.toml").write_text(PROJECT.format(version=VERSION, module=MODULE), "utf-8")
    (folder / "README.md").write_text(card.readme(list(figures.values())), "utf-8")
    if (size := size_of(folder)) > LARGEST:
        raise ValueError(f"{size:,} bytes are more than {LARGEST:,}")
    return place


def _pack_model(file: Path, shared: Path) -> None:
    packed = lzma.compress(file.read_bytes(), preset=6)
    for number, start in enumerate(range(0, len(packed), PART)):
        part = shared / f"{file.name}.xz.{number}"
        part.write_bytes(packed[start : start + PART])


def _write_language(
    each: Reads, place: Path, config: str, figures: Figures | None, facts: Mapping[str, object]
) -> None:
    place.mkdir()
    (place / CONFIG).write_text(tagged_config(config, each.tag), "utf-8")
    (place / "metadata.json").write_text(json.dumps(metadata(each, figures), indent=2), "utf-8")
    (place / "README.md").write_text(card.write_card(each, figures, facts), "utf-8")


def metadata(each: Reads, figures: Figures | None) -> dict[str, object]:
    """Return what argostranslate wants to know of a package, and what Digest does of a starter."""
    made: dict[str, object] = {
        "package_version": VERSION,
        "argos_version": "1.9",
        "from_code": each.code,
        "from_name": each.name,
        "to_code": TARGET,
        "to_name": "English",
        "starter": True,
    }
    if figures:
        made["figures"] = {
            "BLEU": round(figures.bleu, 1),
            "chrF": round(figures.chrf, 1),
            "passing": round(figures.passing, 3),
        } | ({} if figures.news_bleu is None else {"BLEU on news": round(figures.news_bleu, 1)})
        if figures.least is not None:
            made[LEAST] = figures.least
    return made


def write_packages(starters: Path, folder: Path) -> list[Path]:
    """Write a package file for each language of the starters' folder, whole for itself."""
    folder.mkdir(parents=True, exist_ok=True)
    places = sorted(path.parent for path in starters.glob("*/metadata.json"))
    return [put_together(place, folder) for place in places]


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
