"""Model folders of Hugging Face and CTranslate2: found, converted once, and answered alike.

The models are made here, with random weights: what they say means nothing, but it has to be what
the library that the format comes from says as well.
"""

import io
import json
import shutil
from pathlib import Path

import pytest

from digest.backends.folders import FolderTranslator
from digest.errors import ModelError

SENTENCES = ["Der Preis steigt.", "Die Firma kauft heute einen Laden.", "Neu"]


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a Marian model of random weights, in Hugging Face's format."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel

    place = tmp_path_factory.mktemp("models") / "opus-mt-de-en"
    place.mkdir()
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([*SENTENCES, "The price goes up.", "A shop is bought."]),
        model_writer=written, vocab_size=60, hard_vocab_limit=False, minloglevel=2,
    )  # fmt: skip
    processor = sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())
    pieces = [processor.id_to_piece(index) for index in range(processor.vocab_size())]
    vocabulary = [
        "</s>",
        "<unk>",
        *(p for p in pieces if p not in ("</s>", "<unk>", "<s>")),
        "<pad>",
    ]
    for name in ("source.spm", "target.spm"):
        (place / name).write_bytes(written.getvalue())
    (place / "vocab.json").write_text(json.dumps({p: i for i, p in enumerate(vocabulary)}))
    names = {"tokenizer_class": "MarianTokenizer", "source_lang": "de", "target_lang": "en"}
    (place / "tokenizer_config.json").write_text(json.dumps(names))
    torch.manual_seed(3)
    pad = len(vocabulary) - 1
    config = MarianConfig(
        vocab_size=len(vocabulary), decoder_vocab_size=len(vocabulary), d_model=32,
        encoder_layers=2, decoder_layers=2, encoder_attention_heads=4, decoder_attention_heads=4,
        encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=512, pad_token_id=pad,
        eos_token_id=0, decoder_start_token_id=pad, scale_embedding=True, init_std=0.6,
        activation_function="swish", forced_eos_token_id=0,
    )  # fmt: skip
    MarianMTModel(config).save_pretrained(place)
    return place.parent


def test_a_marian_folder_answers_as_transformers_does(marian: Path) -> None:
    """Greedy search begins the same sentences through our queue as through `transformers`.

    Random weights never end a sentence, and roundings part the two in the end.
    """
    from transformers import MarianMTModel, MarianTokenizer

    translator = FolderTranslator(marian, beam=1, compute="float32")
    ours = translator.translate(SENTENCES, language="de", to="en")
    tokenizer = MarianTokenizer.from_pretrained(marian / "opus-mt-de-en")
    model = MarianMTModel.from_pretrained(marian / "opus-mt-de-en")
    theirs = []
    for sentence in SENTENCES:
        given = tokenizer(sentence, return_tensors="pt")
        made = model.generate(**given, num_beams=1, do_sample=False, max_new_tokens=256)
        theirs.append(tokenizer.decode(made[0], skip_special_tokens=True))
    assert [answer[:12] for answer in ours] == [answer[:12] for answer in theirs]


@pytest.fixture(scope="module")
def nllb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an NLLB model of random weights, in Hugging Face's format."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    place = tmp_path_factory.mktemp("many") / "nllb-tiny"
    units = ["<s>", "<pad>", "</s>", "<unk>", "▁", *sorted(set("".join(SENTENCES)))]
    vocabulary = {unit: index for index, unit in enumerate(dict.fromkeys(units))}
    names = ["deu_Latn", "zho_Hant", "eng_Latn"]
    tokenizer = NllbTokenizer(vocab=vocabulary, merges=[], additional_special_tokens=names)
    tokenizer.save_pretrained(place)
    torch.manual_seed(3)
    config = M2M100Config(
        vocab_size=len(tokenizer), d_model=32, encoder_layers=2, decoder_layers=2,
        encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=64,
        decoder_ffn_dim=64, pad_token_id=1, bos_token_id=0, eos_token_id=2,
        decoder_start_token_id=2, init_std=0.6,
    )  # fmt: skip
    M2M100ForConditionalGeneration(config).save_pretrained(place)
    return place.parent


def test_an_nllb_folder_answers_as_transformers_does(nllb: Path) -> None:
    """Source and target are named by the model's own codes; greedy search begins alike."""
    from transformers import AutoTokenizer, M2M100ForConditionalGeneration

    translator = FolderTranslator(nllb, beam=1, compute="float32")
    ours = translator.translate(SENTENCES, language="de", to="zh-Hant")
    place = nllb / "nllb-tiny"
    tokenizer = AutoTokenizer.from_pretrained(place, src_lang="deu_Latn")
    model = M2M100ForConditionalGeneration.from_pretrained(place)
    start = tokenizer.convert_tokens_to_ids("zho_Hant")
    theirs = []
    for sentence in SENTENCES:
        given = tokenizer(sentence, return_tensors="pt")
        made = model.generate(
            **given, num_beams=1, do_sample=False, max_new_tokens=256, forced_bos_token_id=start
        )
        theirs.append(tokenizer.decode(made[0], skip_special_tokens=True))
    assert [answer[:12] for answer in ours] == [answer[:12] for answer in theirs]
    assert any(ours)


def test_an_nllb_folder_knows_its_languages(nllb: Path) -> None:
    """One folder serves all pairs that the model has names for, and no other."""
    translator = FolderTranslator(nllb)
    assert str(translator.package("de", "zh-Hant")).startswith("nllb-tiny ")
    assert translator.package("pt-BR", "en") is not None
    assert translator.package("xx", "en") is None


def test_a_ctranslate2_folder_is_used_as_it_is(marian: Path, tmp_path: Path) -> None:
    """A converted model with its tokenizer beside it needs no other format."""
    FolderTranslator(marian).translate(["Neu"], language="de", to="en")
    shutil.copytree(marian / "opus-mt-de-en" / "ctranslate2", tmp_path / "de-en")
    for name in ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json"):
        shutil.copy(marian / "opus-mt-de-en" / name, tmp_path / "de-en" / name)
    given = {"language": "de", "to": "en"}
    assert FolderTranslator(tmp_path).translate(SENTENCES, **given) == FolderTranslator(
        marian
    ).translate(SENTENCES, **given)


def test_a_folder_is_converted_once(marian: Path) -> None:
    """The converted twin stays beside the model and is used again."""
    FolderTranslator(marian).translate(["Neu"], language="de", to="en")
    twin = marian / "opus-mt-de-en" / "ctranslate2" / "model.bin"
    first = twin.stat().st_mtime_ns
    FolderTranslator(marian).translate(["Neu"], language="de", to="en")
    assert twin.stat().st_mtime_ns == first


def test_the_pair_is_in_the_name(marian: Path, tmp_path: Path) -> None:
    """A folder is found by its pair; other pairs have no package, and asking names the cure."""
    translator = FolderTranslator(marian)
    name = translator.package("de", "en")
    assert name is not None
    assert name.startswith("opus-mt-de-en ")
    assert translator.package("en", "de") is None
    with pytest.raises(ModelError, match='in a folder named "fr-en"'):
        translator.translate(["x"], language="fr", to="en")
    assert FolderTranslator(tmp_path / "nowhere").package("de", "en") is None


def test_a_broken_folder_is_an_error(marian: Path, tmp_path: Path) -> None:
    """Weights that are cut off are told with the model's name."""
    place = tmp_path / "opus-mt-de-en"
    shutil.copytree(marian / place.name, place, ignore=shutil.ignore_patterns("ctranslate2"))
    weights = place / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:500])
    with pytest.raises(ModelError, match="opus-mt-de-en"):
        FolderTranslator(tmp_path).translate(["Neu"], language="de", to="en")
