"""The encoder's tokenizer: one pass that folds letters, then unigram subwords."""

from __future__ import annotations

import itertools
import json
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from encoder.rows import LANGUAGES, Row
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "<unk>"
SEEN_AS_SPACE = ("P", "S", "Z", "Cc", "Cf")  #: punctuation, symbols, separators, controls
BASIC_PLANE = 0x10000


def train_tokenizer(texts: Iterable[str], *, size: int) -> Tokenizer:
    """Return a tokenizer of `size` unigram subwords that were learned from `texts`.

    It folds a text by NFKC, case, traditional to simplified characters, and punctuation to spaces;
    each word starts with U+2581. SentencePiece learns the subwords, since it counts words of ten
    languages in a minute; the `tokenizers` library reads them.
    """
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.tsv"
        rules.write_text("".join(f"{a}\t{b}\n" for a, b in folding_rules()), "utf-8")
        corpus = Path(folder) / "corpus.txt"
        corpus.write_text("\n".join(texts), "utf-8")
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus),
            model_prefix=f"{folder}/subwords",
            model_type="unigram",
            vocab_size=size,
            normalization_rule_tsv=str(rules),
            character_coverage=0.9999,
            bos_id=-1,
            eos_id=-1,
            num_threads=2,
            minloglevel=1,
        )
        model = sentencepiece_model_pb2.ModelProto()
        model.ParseFromString(Path(f"{folder}/subwords.model").read_bytes())
    pieces = [(piece.piece, round(piece.score, 4)) for piece in model.pieces]
    return make_tokenizer(pieces, charsmap=model.normalizer_spec.precompiled_charsmap)


def sample_texts(rows: Sequence[Row], *, most: int = 60_000, seed: int = 0) -> list[str]:
    """Return up to `most` different sentences of each language, so that none crowds others out."""
    random = Random(seed)
    texts: list[str] = []
    for language in LANGUAGES:
        unique = list(dict.fromkeys(row.texts[language] for row in rows if language in row.texts))
        random.shuffle(unique)
        texts += unique[:most]
    return texts


def trim(tokenizer: Tokenizer, *, size: int) -> Tokenizer:
    """Return the tokenizer with its `size` likeliest subwords and every single character."""
    content = json.loads(tokenizer.to_str())
    pieces = [(piece, score) for piece, score in content["model"]["vocab"]]
    single = [one for one in pieces[1:] if len(one[0].removeprefix("\u2581")) <= 1]
    longer = sorted(set(pieces[1:]) - set(single), key=lambda one: (-one[1], one[0]))
    kept = set(single) | set(longer[: size - 1 - len(single)])
    content["model"]["vocab"] = [pieces[0], *(one for one in pieces[1:] if one in kept)]
    return Tokenizer.from_str(json.dumps(content))


def make_tokenizer(pieces: list[tuple[str, float]], *, charsmap: bytes) -> Tokenizer:
    """Return the tokenizer of subwords with their log probabilities; the first one is unknown."""
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0))
    tokenizer.normalizer = normalizers.Precompiled(charsmap)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    return tokenizer


def folding_rules() -> Iterator[tuple[str, str]]:
    """Return each character or sequence that is folded and what it becomes, as hex code points."""
    simple = _simplified()
    for code in itertools.chain(range(1, 0xD800), range(0xE000, BASIC_PLANE)):
        character = chr(code)
        folded = fold(character, simple)
        if folded != character:
            yield _hex(character), _hex(folded)
        parts = unicodedata.normalize("NFD", character)
        if parts not in (character, folded) and not "\uac00" <= character <= "\ud7a3":
            yield _hex(parts), _hex(folded)


def fold(character: str, simple: dict[str, str]) -> str:
    """Return what a character is read as; `simple` gives simplified for traditional ones."""
    if unicodedata.category(character).startswith(SEEN_AS_SPACE):
        return " "
    folded = unicodedata.normalize("NFKC", character).casefold()
    folded = unicodedata.normalize("NFC", folded)
    return "".join(
        " " if unicodedata.category(part).startswith(SEEN_AS_SPACE) else simple.get(part, part)
        for part in folded
    )


def _simplified() -> dict[str, str]:
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    characters = (chr(code) for code in range(0x4E00, 0xA000))
    pairs = ((character, convert(character)) for character in characters)
    return {old: new for old, new in pairs if old != new and len(new) == 1}


def _hex(text: str) -> str:
    return " ".join(f"{ord(character):X}" for character in text)


def save_compact(tokenizer: Tokenizer, path: Path) -> None:
    """Write `tokenizer.json` without white space and with letters as they are."""
    content = json.loads(tokenizer.to_str())
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
