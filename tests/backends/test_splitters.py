"""Splitters that packages bring along: real ones of all three kinds, broken ones, no network."""

import shutil
import socket
from pathlib import Path

import pytest
import spacy
import torch
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.vocab import Vocab

from digest.backends.archives import unpack
from digest.backends.argos import ArgosTranslator
from digest.backends.translators import make_translator
from digest.stages.translate import translate_text
from digest.text import split_sentences

TINY = Path(__file__).parents[1] / "data" / "packages" / "translate-de_en-1_0.argosmodel"
# Ours knows the abbreviation; the tiny splitters end a sentence at every stop before a space.
TEXT = "Das ist Dr. Amara. Der Preis steigt um 34,5 Prozent!\n\nDas ist gut"
OURS = ["Das ist Dr. Amara.", "Der Preis steigt um 34,5 Prozent!", "Das ist gut"]
THEIRS = ["Das ist Dr.", "Amara.", *OURS[1:]]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where anything connects or asks for a name."""

    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The tiny package as argostranslate installs it; it brings a MiniSBD model."""
    place = unpack(TINY, tmp_path / "packages")
    (place / "digest.json").unlink()  # our own checksums would call a changed package broken
    return place


@pytest.fixture(scope="session")
def stanza_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real Stanza tokenizer of 9 kB, trained in a second on what the texts here need."""
    text = "Das ist Dr. Amara. Der Preis steigt um 34,5 Prozent! Das ist gut. Der Preis steigt. "
    units = Vocab([[(char, 0) for char in text]], lang="de")
    settings = {
        "lang": "de", "shorthand": "de_tiny", "vocab_size": len(units), "emb_dim": 8,
        "hidden_dim": 8, "rnn_layers": 1, "conv_res": None, "hierarchical": False, "use_mwt": False,
        "feat_funcs": ["space_before"], "feat_dim": 1, "dropout": 0.0, "feat_dropout": 0.0,
        "tok_noise": 0.0, "unit_dropout": 0.0, "lr0": 0.02, "weight_decay": 0.0,
        "max_grad_norm": 1.0, "max_seqlen": 300, "batch_size": 32, "use_dictionary": False,
        "num_dict_feat": 0, "skip_newline": False,
    }  # fmt: skip
    following = [*text[1:], " "]
    stops = [c in ".!" and after == " " for c, after in zip(text, following, strict=True)]
    ends = [c != " " and after in " .!" for c, after in zip(text, following, strict=True)]
    labels = [2 if stop else int(end) for stop, end in zip(stops, ends, strict=True)]
    torch.manual_seed(1)
    trainer = Trainer(args=settings, vocab=units, device="cpu")
    ids = torch.tensor([units.map(list(text))])
    spaces = torch.tensor([[[float(char == " ")] for char in text]])
    for _ in range(150):
        trainer.update((ids, torch.tensor([labels]), spaces, None))
    file = tmp_path_factory.mktemp("stanza") / "tiny.pt"
    trainer.save(str(file))
    return file


def sentences(folder: Path) -> list[str] | None:
    """The text's sentences by the splitter of the package in the folder."""
    spans = ArgosTranslator(folder).split(TEXT, language="de", to="en")
    return None if spans is None else [TEXT[start:end] for start, end in spans]


def test_a_minisbd_model_splits(package: Path) -> None:
    """The package's own ONNX model is run, offline, and its sentences are parts of the text."""
    assert sentences(package.parent) == THEIRS


def test_a_stanza_folder_splits(package: Path, stanza_model: Path) -> None:
    """A Stanza tokenizer is run, offline, without the list of resources that a download has."""
    shutil.rmtree(package / "minisbd")
    place = package / "stanza" / "de" / "tokenize"
    place.mkdir(parents=True)
    shutil.copy(stanza_model, place / "gsd.pt")
    assert sentences(package.parent) == THEIRS


def test_a_spacy_folder_splits(package: Path) -> None:
    """A spaCy folder is given spaCy's rules; those of German know the abbreviation as well."""
    shutil.rmtree(package / "minisbd")
    spacy.blank("de").to_disk(package / "spacy")
    assert sentences(package.parent) == OURS


def test_a_package_without_a_splitter_leaves_it_to_ours(package: Path) -> None:
    """That is no fault, and nothing is said of it."""
    shutil.rmtree(package / "minisbd")
    translator = ArgosTranslator(package.parent)
    assert translator.split(TEXT, language="de", to="en") is None
    assert translator.split(TEXT, language="ja", to="en") is None
    assert translator.notes == []


def _empty(folder: Path) -> None:
    folder.mkdir(parents=True)


def _garbage(folder: Path) -> None:
    names = {"minisbd": "de.onnx", "stanza": "de/tokenize/gsd.pt", "spacy": "config.cfg"}
    file = folder / names[folder.name]
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\x00not a model\xff" * 9)


@pytest.mark.parametrize("kind", ["minisbd", "stanza", "spacy"])
@pytest.mark.parametrize("spoil", [_empty, _garbage])
def test_a_broken_splitter_is_said_once(package: Path, kind: str, spoil: object) -> None:
    """Ours splits instead, the text is translated, and one note names package and fault."""
    shutil.rmtree(package / "minisbd")
    spoil(package / kind)  # type: ignore[operator]
    translator = make_translator(folder=package.parent)
    for _ in range(2):
        text = f"{TEXT}\nAmara kauft HubSpot für 5 Millionen Euro."
        made = translate_text("x", text, language="de", to="en", translator=translator)
        assert [each.source for each in made.sentences][:3] == OURS
        assert made.sentences[3].target == "Amara buys HubSpot for 5 million euros."
    (note,) = translator.notes
    assert "the package de → en 1.0" in note
    assert "sentence splitter cannot be used" in note


def test_a_model_cut_off_in_the_middle_is_said(package: Path) -> None:
    """Half an ONNX file is a note as well, not a crash."""
    model = package / "minisbd" / "de.onnx"
    model.write_bytes(model.read_bytes()[:400])
    translator = ArgosTranslator(package.parent)
    assert translator.split(TEXT, language="de", to="en") is None
    assert len(translator.notes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "x" * 10_000,
        "wort " * 3_000,
        "A.\x00 B.\x1c\x85 C.\tD.  E",
        "👍🏽 Gut. 🎉",
        "\ufeffEins. \u200fשלום. 你好。再见！",
        "Eins.\r\nZwei.\u2028Drei.",
    ],
)
def test_no_text_is_lost_or_crossed(package: Path, text: str) -> None:
    """Spans lie in order within their lines, and leave out nothing but white space."""
    translator = ArgosTranslator(package.parent)
    spans = translator.split(text, language="de", to="en")
    assert spans is not None
    assert translator.notes == []
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert not any(set("\n\r\x85\u2028") & set(text[a:b]) for a, b in spans)


def test_a_text_translated_whole_keeps_its_breaks(package: Path) -> None:
    """The sentences of the package's splitter are paired, and put back where they stood."""
    text = (
        "Der Umsatz von Adobe steigt um 34,5 Prozent. Das ist gut für kleine Unternehmen.\n\n"
        "Amara kauft HubSpot für 5 Millionen Euro."
    )
    made = translate_text(
        "x", text, language="de", to="en", translator=make_translator(folder=package.parent)
    )
    assert [text[a:b] for a, b in split_sentences(text)] == [s.source for s in made.sentences]
    assert made.text == (
        "Revenue at Adobe rises by 34.5 percent. That is good for small companies.\n\n"
        "Amara buys HubSpot for 5 million euros."
    )
