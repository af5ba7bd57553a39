"""Translates with any Marian, M2M-100 or NLLB model folder: Hugging Face's format or CTranslate2's.

Each subfolder of the models' folder is one model. One for a pair is named for it ("de-en",
"opus-mt-de-en"); one for many languages (M2M-100, NLLB) knows them by its tokenizer. A Hugging Face
folder is converted once, into its own subfolder `ctranslate2`. Nothing is fetched.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.backends.codes import to_argos
from digest.backends.ctranslate import BEAM, IDLE, Model
from digest.errors import ModelError

PAIR = re.compile(r"(?:^|[-_])([a-z]{2,3})[-_]([a-z]{2,3})$")
CONVERTED = "ctranslate2"
# FLORES-200's names of languages, which NLLB uses (No Language Left Behind, 2022, table 1).
FLORES = {
    "ar": "arb_Arab", "bg": "bul_Cyrl", "ca": "cat_Latn", "cs": "ces_Latn", "da": "dan_Latn",
    "de": "deu_Latn", "el": "ell_Grek", "en": "eng_Latn", "es": "spa_Latn", "et": "est_Latn",
    "fa": "pes_Arab", "fi": "fin_Latn", "fr": "fra_Latn", "he": "heb_Hebr", "hi": "hin_Deva",
    "hr": "hrv_Latn", "hu": "hun_Latn", "id": "ind_Latn", "it": "ita_Latn", "ja": "jpn_Jpan",
    "ko": "kor_Hang", "lt": "lit_Latn", "lv": "lvs_Latn", "nb": "nob_Latn", "nl": "nld_Latn",
    "nn": "nno_Latn", "no": "nob_Latn", "pl": "pol_Latn", "pt": "por_Latn", "ro": "ron_Latn",
    "ru": "rus_Cyrl", "sk": "slk_Latn", "sl": "slv_Latn", "sr": "srp_Cyrl", "sv": "swe_Latn",
    "th": "tha_Thai", "tr": "tur_Latn", "uk": "ukr_Cyrl", "ur": "urd_Arab", "vi": "vie_Latn",
    "zh": "zho_Hans", "zh-Hans": "zho_Hans", "zh-Hant": "zho_Hant",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A model folder.

    Args:
        folder: where it lies.
        pair: the codes of its languages; None for one that knows many.
        kind: Hugging Face's model type, "" for a plain CTranslate2 folder.
    """

    folder: Path
    pair: tuple[str, str] | None
    kind: str


class FolderTranslator:
    """Model folders behind our port.

    Args:
        folder: the folder whose subfolders are models.
        beam: hypotheses that are followed.
        threads: workers; all cores by default.
        idle: seconds after which an unused model gives its memory back.
        compute: CTranslate2's arithmetic: "int8", or "float32" for the model's own.
    """

    def __init__(
        self,
        folder: Path,
        *,
        beam: int = BEAM,
        threads: int = 0,
        idle: float = IDLE,
        compute: str = "int8",
    ) -> None:
        self._options = {"beam": beam, "threads": threads, "idle": idle, "compute": compute}
        self._folder = folder
        self._found: list[Found] | None = None
        self._models: dict[tuple[Path, str, str], Model] = {}

    @property
    def version(self) -> str:
        """Return what is there: a new model makes what it translates wait again."""
        return ", ".join(_label(each) for each in self._all()) or "no models"

    def package(self, language: str, to: str) -> str | None:
        """Return the model's name and size, or None where none knows the pair."""
        found = self._find(language, to)
        return f"{_label(found)} {language}→{to} (beam {self._options['beam']})" if found else None

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return one translation a sentence, in order.

        Raises:
            ModelError: where no model knows the pair, or it is broken.
        """
        found = self._find(language, to)
        if found is None:
            raise ModelError(
                f"no model {language} → {to} in {self._folder}",
                cure=f'put one there, in a folder named "{language}-{to}"',
            )
        key = found.folder, language, to
        if key not in self._models:
            self._models[key] = _make_model(found, language, to, self._options)
        return self._models[key].translate(sentences)

    def _all(self) -> list[Found]:
        if self._found is None:
            places = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
            self._found = [found for place in places if (found := _look(place))]
        return self._found

    def _find(self, language: str, to: str) -> Found | None:
        """Return the model made for the pair, or one that knows many languages, these two too."""
        pairs = {(source, target) for source in _codes(language) for target in _codes(to)}
        own = next((each for each in self._all() if each.pair in pairs), None)
        many = (each for each in self._all() if each.kind == "m2m_100" and each.pair is None)
        return own or next((m for m in many if _knows(m, language) and _knows(m, to)), None)


def _look(folder: Path) -> Found | None:
    if not folder.is_dir():
        return None
    kind = str(_json(folder / "config.json").get("model_type", ""))
    if kind not in ("marian", "m2m_100") and not (folder / "model.bin").is_file():
        return None
    match = PAIR.search(folder.name)
    pair = (match[1], match[2]) if match and kind != "m2m_100" else None
    return Found(folder, pair, kind)


def _json(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _label(found: Found) -> str:
    names = ("model.bin", "model.safetensors", "pytorch_model.bin")
    sizes = [
        (found.folder / name).stat().st_size for name in names if (found.folder / name).is_file()
    ]
    return f"{found.folder.name} {sum(sizes)}"


def _codes(language: str) -> tuple[str, ...]:
    return (language, *to_argos(language), language.split("-")[0])


def _knows(found: Found, language: str) -> bool:
    return _own_code(found, language) is not None


def _own_code(found: Found, language: str) -> str | None:
    """Return how a model of many languages calls one: NLLB "deu_Latn", M2M-100 "de"."""
    names = _json(found.folder / "tokenizer_config.json")
    if str(names.get("tokenizer_class", "")).startswith("Nllb"):
        return FLORES.get(language) or FLORES.get(language.split("-")[0])
    return language.split("-")[0]


def _make_model(found: Found, language: str, to: str, options: dict[str, Any]) -> Model:
    folder = found.folder if (found.folder / "model.bin").is_file() else _convert(found.folder)
    source, target = _own_code(found, language), _own_code(found, to)
    many = found.kind == "m2m_100"
    tokenizer = HuggingFaceTokenizer(found.folder, source=source if many else None)
    return Model(
        f"the model {found.folder.name}",
        folder,
        lambda: tokenizer,
        prefix=tokenizer.language_token(target) if many and target else "",
        length_penalty=1.0,
        **options,
    )


def _convert(folder: Path) -> Path:
    """Return the folder's CTranslate2 twin, made at first use, whole or not at all."""
    twin = folder / CONVERTED
    if (twin / "model.bin").is_file():
        return twin
    from ctranslate2.converters import TransformersConverter

    try:
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            made = Path(temporary) / CONVERTED
            TransformersConverter(str(folder)).convert(str(made))
            shutil.rmtree(twin, ignore_errors=True)
            os.replace(made, twin)
    except Exception as error:  # each format's library has errors of its own (safetensors, pickle)
        raise ModelError(f"the model {folder.name} cannot be converted: {error}") from error
    return twin


class HuggingFaceTokenizer:
    """The tokenizer that lies in a model's folder; loaded at the first sentence.

    Args:
        folder: the model's folder.
        source: the model's own code of the source language, where it knows many.
    """

    def __init__(self, folder: Path, *, source: str | None) -> None:
        self._folder, self._source = folder, source
        self._loaded: Any = None

    def encode(self, sentence: str) -> list[str]:
        """Return the tokens of a sentence, with those that the model wants around it."""
        tokenizer = self._load()
        return list(tokenizer.convert_ids_to_tokens(tokenizer.encode(sentence)))

    def decode(self, tokens: list[str]) -> str:
        """Return the sentence of the tokens, without the model's own marks."""
        tokenizer = self._load()
        ids = tokenizer.convert_tokens_to_ids(tokens)
        return str(tokenizer.decode(ids, skip_special_tokens=True))

    def language_token(self, code: str) -> str:
        """Return the token that starts a translation into the language."""
        names = getattr(self._load(), "lang_code_to_token", None)
        return str(names[code]) if names and code in names else code

    def _load(self) -> Any:
        if self._loaded is None:
            from transformers import AutoTokenizer

            try:
                named = {"src_lang": self._source} if self._source else {}
                self._loaded = AutoTokenizer.from_pretrained(
                    str(self._folder), local_files_only=True, **named
                )
            except (OSError, ValueError, ImportError, LookupError) as error:
                raise ModelError(
                    f"the model {self._folder.name} has no tokenizer: {error}"
                ) from error
        return self._loaded
