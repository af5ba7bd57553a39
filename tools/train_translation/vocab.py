"""One SentencePiece vocabulary for all languages, with a tag for each that no text can hold."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import sentencepiece

from tools.train_translation.languages import TAGS
from tools.train_translation.rows import Pair

UNK, BOS, EOS, PAD = 0, 1, 2, 3  #: the pieces' numbers, as SentencePiece is told
FIRST_TAG = 4
SIZE = 32_000
SENTENCES = 600_000  #: that the vocabulary is learned from; more say the same
THREADS = 8  #: a fixed number: SentencePiece's sums depend on it
FILE = "sentencepiece.model"


def train_vocabulary(
    pairs: Sequence[Pair], *, size: int = SIZE, kind: str = "unigram", seed: int = 1
) -> bytes:
    """Return a SentencePiece model, the same for the same pairs and seed.

    Tags are control symbols: a text that holds "<de>" in letters becomes letters, never the tag.
    Bytes stand in for characters that have no piece, so that nothing is unknown.
    """
    written = io.BytesIO()
    sentencepiece.set_random_generator_seed(seed)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_sample(pairs, seed)),
        model_writer=written,
        model_type=kind,
        vocab_size=size,
        character_coverage=0.9995,
        byte_fallback=True,
        split_digits=True,
        control_symbols=list(TAGS),
        unk_id=UNK,
        bos_id=BOS,
        eos_id=EOS,
        pad_id=PAD,
        hard_vocab_limit=False,
        max_sentence_length=4_000,
        num_threads=THREADS,
        minloglevel=2,
    )
    return written.getvalue()


def _sample(pairs: Sequence[Pair], seed: int) -> list[str]:
    """Return texts of both sides, each once, no more of them than needed."""
    texts = list(dict.fromkeys(text for pair in pairs if not pair.held for text in _both(pair)))
    random.Random(seed).shuffle(texts)
    return texts[:SENTENCES]


def _both(pair: Pair) -> Iterable[str]:
    return pair.source, pair.target


def load(file: Path) -> sentencepiece.SentencePieceProcessor:
    """Return the vocabulary of a file."""
    return sentencepiece.SentencePieceProcessor(model_proto=file.read_bytes())


def pieces_of(vocabulary: sentencepiece.SentencePieceProcessor) -> list[str]:
    """Return every piece by its number."""
    return [vocabulary.id_to_piece(number) for number in range(vocabulary.vocab_size())]
