"""Static sentence-transformers models read without PyTorch: a text is the sum of its subwords."""

from __future__ import annotations

import json
import re
import threading
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.backends.ragged import Ragged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

BATCH = 1000  #: texts that are split into subwords at once; bounds the memory
JOINED = 200  #: new words that are read as one text: a third of the time that each alone takes
WORD = 40  #: characters; what is longer (addresses) is cut at its signs
REMEMBERED = 100_000  #: words whose subwords are kept, about 15 MB; with 500,000 no text is faster
# Read as white space by our tokenizer; here a word that is too long is cut, with the same result.
STOPS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~、。，！？；：「」『』（）【】《》・…“”‘’«»–—"
CONTROLS = "\x1c\x1d\x1e\x1f\x85"  #: white space to Python, not to every tokenizer
STOP = re.compile(f"[\\s{re.escape(STOPS)}]+")
BEHIND = re.compile(rf"[{re.escape(STOPS)}]+(?!\S)")  # a word: most that are not bare


class StaticEncoder:
    """A model of one `StaticEmbedding`, as sentence-transformers saves or model2vec makes it.

    The same numbers as `SentenceTransformer(folder).encode`, up to rounding, in a tenth of the
    time to load: a mean and a sum have one direction, and the caller makes unit vectors of both.
    """

    max_tokens: int | None = None  #: every subword is read

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._lock = threading.Lock()
        files = folder / _modules(folder)[0]["path"]
        self._subwords = Subwords(Tokenizer.from_file(str(files / "tokenizer.json")))
        self._table = _read_table(files / "model.safetensors")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return sums of subword vectors, shape (len(texts), dims)."""
        import numpy as np

        sums = np.empty((len(texts), self._table.dims), dtype=np.float32)
        with self._lock:
            for start in range(0, len(texts), BATCH):
                part = list(texts[start : start + BATCH])
                sums[start : start + len(part)] = self._sums(part)
        return sums

    def _sums(self, texts: list[str]) -> NDArray[np.float32]:
        """Return the sum of each text's rows; of its words' sums, where words are remembered."""
        if not self._subwords.remembers:
            return self._table.sums(self._subwords.read(texts))
        words, spellings = self._subwords.spell(texts)
        return words.sums(self._table.sums(spellings))


class Table:
    """The vector of each subword, kept as it was stored: in 8 bits a quarter of what it unfolds to.

    Args:
        rows: shape (rows, dims), of any kind of number.
        weights: what each subword's vector is multiplied by, shape (subwords,); None: nothing.
        mapping: the row of each subword, shape (subwords,); None: each has its own.
    """

    def __init__(
        self,
        rows: NDArray[Any],
        *,
        weights: NDArray[np.float32] | None = None,
        mapping: NDArray[np.int64] | None = None,
    ) -> None:
        self._rows = rows
        self._weights = weights
        self._mapping = mapping
        self.dims: int = rows.shape[1]
        self._subwords = len(rows) if mapping is None else len(mapping)

    def sums(self, rows: Ragged) -> NDArray[np.float32]:
        """Return for each row the sum of the vectors of its subwords, shape (rows, dims)."""
        used, numbers = _renumbered(rows.values, among=self._subwords)
        return Ragged(numbers, rows.ends).sums(self.of(used))

    def of(self, subwords: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of some subwords, shape (subwords, dims)."""
        import numpy as np

        places = subwords if self._mapping is None else self._mapping[subwords]
        found: NDArray[np.float32] = self._rows[places].astype(np.float32)
        if self._weights is not None:
            found *= self._weights[subwords, None]
        return found


class Subwords:
    """Splits texts into subwords, remembering each word's: the words of news repeat.

    Our tokenizer reads punctuation as white space and splits there first, so each word has the same
    subwords in every text. A tokenizer that doesn't gets its texts whole.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.remembers = _splits_at_space(tokenizer) and _folds_stops(tokenizer)
        self._number = _Numbers()
        self._ids, self._ends = array("i"), array("q", [0])  # as in `Ragged`

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """Return each text's subword ids."""
        if not self.remembers:
            return self.read(list(texts)).to_list()
        words, spellings = self.spell(list(texts))
        spelled = spellings.to_list()
        return [[id for word in row for id in spelled[word]] for row in words.to_list()]

    def read(self, texts: list[str]) -> Ragged:
        """Return each text's subword ids, read whole."""
        found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return Ragged.of([encoding.ids for encoding in found])

    def spell(self, texts: list[str]) -> tuple[Ragged, Ragged]:
        """Return the words of each text, numbered from 0, and each number's subword ids."""
        import numpy as np

        split = [_words(text) for text in texts]
        if len(self._number) > REMEMBERED:
            self._forget()
        known, new = self._looked_up(split)
        if new:
            rows = known < 0
            known[rows] = self._learn(new)[-1 - known[rows]]
        used, numbers = _renumbered(known, among=len(self._ends) - 1)
        spelled = Ragged(np.array(self._ids, np.int32), np.array(self._ends, np.int64))
        return Ragged(numbers, np.cumsum([0, *map(len, split)])), spelled.take(used)

    def _looked_up(self, split: list[list[str]]) -> tuple[NDArray[np.int64], list[str]]:
        """Return the words' numbers, and the new words; of the nth of these it is -1 - n."""
        import numpy as np

        self._number.new = []
        every = chain.from_iterable(split)
        known = np.fromiter(map(self._number.__getitem__, every), np.int64, sum(map(len, split)))
        return known, self._number.new

    def _learn(self, words: list[str]) -> NDArray[np.int64]:
        """Read new words, and return their numbers; one with signs around it has its bare one's.

        Such words are not kept: "word," and "(word" are many, and soon read again.
        """
        import numpy as np

        bare = [_bare(word) for word in words]
        try:
            self._read_new([one for one in dict.fromkeys(bare) if self._number.get(one, -1) < 0])
        except BaseException:
            self._forget()  # numbers below 0 are right for this call alone
            raise
        for word, one in zip(words, bare, strict=True):
            if word != one:
                del self._number[word]
        return np.array([self._number[one] for one in bare], dtype=np.int64)

    def _forget(self) -> None:
        self._number.clear()
        self._ids, self._ends = array("i"), array("q", [0])

    def _read_new(self, words: list[str]) -> None:
        """Read words, many in one text: the tokenizer splits at the spaces between them."""
        parts = [words[start : start + JOINED] for start in range(0, len(words), JOINED)]
        joined = [" ".join(part) for part in parts]
        numbers = count(len(self._ends) - 1)
        found = self._tokenizer.encode_batch(joined, add_special_tokens=False)
        for part, encoding in zip(parts, found, strict=True):
            begins = [begin for begin, _ in encoding.offsets]
            ends = accumulate(len(word) + 1 for word in part)
            base = len(self._ids)
            self._ids.extend(encoding.ids)
            self._ends.extend(base + bisect_left(begins, end) for end in ends)
        self._number.update(zip(words, numbers, strict=False))


class _Numbers(dict[str, int]):
    """The number of each word; a new one is noted, with a number below 0 for now."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[str] = []

    def __missing__(self, word: str) -> int:
        number = self[word] = -1 - len(self.new)
        self.new.append(word)
        return number


def _bare(word: str) -> str:
    """Return a word without the signs around it, where there is a word."""
    bare = word.strip(STOPS)
    return bare if bare and bare[0].isalnum() else word  # no accent that stood on a sign


def _renumbered(
    numbers: NDArray[np.integer[Any]], *, among: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the distinct numbers, sorted, and the place of each number among these.

    As `np.unique` with its inverse, in a quarter of the time.

    Args:
        numbers: each less than `among`.
        among: about as many as can be; not many more than there are numbers.
    """
    import numpy as np

    seen = np.zeros(among, dtype=bool)
    seen[numbers] = True
    used = np.flatnonzero(seen)
    place = np.empty(among, dtype=np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return used, place[numbers]


def _words(text: str) -> list[str]:
    """Return a text cut at white space; without it, in Chinese and Japanese, at every sign.

    Words that are too long are cut at every sign, too.
    """
    if not text.isascii() and any(map(text.__contains__, "。，、")):
        return [part for part in STOP.split(text) if part]
    words = BEHIND.sub("", text).split()
    if len(max(words, key=len, default="")) <= WORD:
        return words
    parts = (STOP.split(word) if len(word) > WORD else [word] for word in words)
    return [part for part in chain.from_iterable(parts) if part]


def is_static(folder: Path) -> bool:
    """Return whether a model is one `StaticEmbedding`, perhaps with a `Normalize` behind it."""
    types = [module["type"].rsplit(".", 1)[-1] for module in _modules(folder)]
    return types in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def _splits_at_space(tokenizer: Tokenizer) -> bool:
    steps = json.loads(tokenizer.to_str())["pre_tokenizer"] or {}
    first = steps.get("pretokenizers", [steps])[0]
    return bool(first.get("type") == "WhitespaceSplit")


def _folds_stops(tokenizer: Tokenizer) -> bool:
    probe = STOPS + CONTROLS
    folded = tokenizer.normalizer and tokenizer.normalizer.normalize_str("a".join(probe))
    return bool(folded == "a".join(" " * len(probe)))


def _modules(folder: Path) -> list[dict[str, str]]:
    file = folder / "modules.json"
    modules: list[dict[str, str]] = json.loads(file.read_text("utf-8")) if file.exists() else []
    return modules


def _read_table(file: Path) -> Table:
    """Return the vectors of all subwords, to be folded as `StaticEmbedding.load` folds them.

    `embedding.weight` is the table itself. model2vec's form has `embeddings`, here in 8 bits,
    with each subword's `weights` to multiply it by, and a `mapping` where subwords share a row.
    """
    import numpy as np
    from safetensors.numpy import load_file

    parts = load_file(file)
    if "embedding.weight" in parts:
        return Table(parts["embedding.weight"])
    weights, mapping = parts.get("weights"), parts.get("mapping")
    return Table(
        parts["embeddings"],
        weights=None if weights is None else weights.astype(np.float32),
        mapping=None if mapping is None else mapping.astype(np.int64),
    )
