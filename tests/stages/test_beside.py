"""Work that two processes share gives what one of them gives alone."""

from __future__ import annotations

import os
import threading
import time
from itertools import combinations

import numpy as np
import pytest

from digest.backends.encoders import SentenceEncoder
from digest.records import Language
from digest.stages import alignment, sketch
from digest.stages.alignment import Aligner
from digest.stages.beside import can_start, can_travel, map_beside
from digest.stages.packed import pack
from digest.stages.recent import RememberingEncoder
from digest.stages.terms import Rows, read_texts
from tests.generated_news import make_news

NEWS, _ = make_news(40)
PARTS = [[(one.title, one.text) for one in NEWS[n : n + 4]] for n in range(0, len(NEWS), 4)]
elsewhere = pytest.mark.skipif(not can_start(), reason="one core, or no Python to start")


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Note which process is ours: a second one has another number, or does not know it."""
    monkeypatch.setenv("OUR_PROCESS", str(os.getpid()))


def is_elsewhere() -> bool:
    return os.environ.get("OUR_PROCESS") != str(os.getpid())


def place_of(part: int) -> tuple[int, int]:
    """Give a part back with the process that had it, after a moment."""
    time.sleep(0.05)
    return part, os.getpid()


def lose(part: int) -> int:
    """Do a part here, and end any other process."""
    if is_elsewhere():
        os._exit(1)
    return part


def refuse(part: int) -> int:
    """Raise."""
    raise ValueError(f"no {part}")


def as_told(rows: Rows) -> tuple[bytes, list[int]]:
    return rows.values.tobytes(), rows.ends.tolist()


def test_texts_are_read_alike_by_one_process_and_two() -> None:
    """Words, wording, names and numbers are the same to the last bit."""
    for one, other in zip(
        map_beside(read_texts, PARTS, two=False),
        map_beside(read_texts, PARTS, two=True),
        strict=True,
    ):
        assert np.array_equal(one.lengths, other.lengths)
        assert as_told(one.words) == as_told(other.words)
        assert as_told(one.shingles) == as_told(other.shingles)
        for mine, theirs in ((one.names, other.names), (one.numbers, other.numbers)):
            assert as_told(mine.columns) == as_told(theirs.columns)
            assert (mine.counts.tolist(), mine.told) == (theirs.counts.tolist(), theirs.told)


def test_sketches_are_the_same_however_many_make_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is judged by is the same, so duplicates and stories are."""
    languages = {one.id: Language(one.id, "en", 1.0) for one in NEWS}
    alone = sketch.make_sketches(NEWS, languages)
    monkeypatch.setattr(sketch, "_kept", {})
    monkeypatch.setattr(sketch, "MANY", 2)
    monkeypatch.setattr(sketch, "BATCH", 3)
    both = sketch.make_sketches(NEWS, languages)
    assert [pack(one) for one in both] == [pack(one) for one in alone]
    assert [one.names.told for one in both] == [one.names.told for one in alone]


@elsewhere
def test_sentences_are_aligned_alike_by_one_process_and_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other process loads the encoder by its name, and reads the same vectors."""
    sketches = sketch.make_sketches(NEWS, {})
    pairs = np.array(list(combinations(range(12), 2)), dtype=np.int32)
    encoder = RememberingEncoder(SentenceEncoder("embedded"), at_once=2)
    alone = Aligner(sketches, encoder).measure(pairs)
    monkeypatch.setattr(alignment, "MANY", 2)
    monkeypatch.setattr(alignment, "READ", 2)
    assert can_travel(encoder)
    assert np.array_equal(Aligner(sketches, encoder).measure(pairs), alone)


def test_an_encoder_that_holds_a_lock_stays_here() -> None:
    """What cannot be pickled is worked with by one process."""
    assert not can_travel(threading.Lock())
    assert can_travel(1)


def test_a_window_of_any_size_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stage after the first gets the very same sketches, also of more than are kept of many."""
    monkeypatch.setattr(sketch, "_kept", {})
    monkeypatch.setattr(sketch, "SKETCHES", len(NEWS) // 2)
    first = sketch.make_sketches(NEWS, {})
    assert all(
        one is other for one, other in zip(first, sketch.make_sketches(NEWS, {}), strict=True)
    )


@elsewhere
def test_another_process_does_a_part() -> None:
    """Parts come back in order, and not all of one process."""
    done = list(map_beside(place_of, range(100), two=True))
    assert [part for part, _ in done] == list(range(100))
    assert len({process for _, process in done}) == 2


@elsewhere
def test_what_a_lost_process_had_is_done_here() -> None:
    """A second process that ends costs nothing but its start."""
    assert list(map_beside(lose, range(300), two=True)) == list(range(300))


def test_a_mistake_is_raised_here() -> None:
    """What the work raises is seen, whoever does it."""
    with pytest.raises(ValueError, match="no"):
        list(map_beside(refuse, range(3), two=True))
