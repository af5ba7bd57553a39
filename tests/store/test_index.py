"""The kept index: what was put in comes back, by place, by key, and after a change."""

import numpy as np
import pytest

from digest.records import Background, Counts, Embedding
from digest.store import Store, codes
from digest.store.background import load_background, note_written, save_background, standing
from digest.store.codes import Entry, Shelf
from digest.store.keys import put_keys, sharing, take_out_keys
from tests.store.test_store import EXTRACT, put

AXES = 4


def background(model: str = "words@1") -> Background:
    counts = Counts(7, np.array([3, 5], dtype=np.int32), np.array([2, 6], dtype=np.int32))
    floats = np.linspace(-1, 1, 6, dtype=np.float32)
    axes = np.arange(6 * AXES, dtype=np.float32).reshape(6, AXES)
    return Background(
        model, 7, floats, -floats, counts, counts, counts, axes, np.array([1.5, 2.0, 20000.25])
    )


def entries(first: int, last: int, *, day: float = 0.0) -> list[Entry]:
    return [Entry(f"a{n}", day + n, bytes([n % 256])) for n in range(first, last)]


def code(*values: int) -> np.ndarray:
    return np.array([[value] * AXES for value in values], dtype=np.int8)


def read(store: Store, shelf: Shelf, *, first: float = 0, last: float = 1e6) -> dict[str, float]:
    with store.read() as db:
        blocks = shelf.blocks(db, epoch=1, first=first, last=last)
        found = codes.entries_at(db, range(3 * codes.ROWS))
    return {
        id: float(block.codes[place % codes.ROWS, 0])
        for block in blocks
        for place, (id, _) in found.items()
        if place // codes.ROWS == block.number
    }


def test_a_background_comes_back_as_it_went(store: Store) -> None:
    """Every array has its values and shape again; a second background replaces the first."""
    with store.write() as db:
        assert standing(db) is None
        save_background(db, background())
        note_written(db, added=2)
        stands = save_background(db, background("words@2"))
        note_written(db, added=3)
        assert standing(db) != stands
        assert (stands.epoch, stands.added) == (3, 0)
        again = load_background(db)
    expected = background("words@2")
    assert (again.model, again.articles) == ("words@2", 7)
    for name in ("shift", "sentence_shift", "axes", "days"):
        assert np.array_equal(getattr(expected, name), getattr(again, name))
    assert again.words.articles == 7
    assert again.names.columns.tolist() == [3, 5]
    assert again.numbers.seen.tolist() == [2, 6]


def test_an_article_is_added_and_changed_in_its_place(store: Store) -> None:
    """A shelf that has read a block sees what another process has written into it since."""
    shelf = Shelf()
    with store.write() as db:
        assert codes.put(db, entries(0, 3), code(1, 2, 3), revision=1) == 3
    assert read(store, shelf) == {"a0": 1, "a1": 2, "a2": 3}
    with store.write() as db:
        assert codes.put(db, entries(2, 4), code(9, 4), revision=2) == 1
    assert read(store, shelf) == {"a0": 1, "a1": 2, "a2": 9, "a3": 4}


def test_blocks_of_another_time_are_not_read(store: Store) -> None:
    """A block whose articles all lie outside the days asked for is left out."""
    many = codes.ROWS + 1
    with store.write() as db:
        codes.put(db, entries(0, many), np.zeros((many, AXES), dtype=np.int8), revision=1)
    assert len(read(store, Shelf())) == many
    assert list(read(store, Shelf(), first=codes.ROWS)) == [f"a{codes.ROWS}"]


def test_a_block_is_written_anew(store: Store) -> None:
    """Under other axes a block has the new codes, and rows left out hold no article."""
    with store.write() as db:
        codes.put(db, entries(0, 3), code(1, 2, 3), revision=1)
        assert codes.numbers(db) == [0]
        assert codes.articles_of(db, 0) == {"a0": 0, "a1": 1, "a2": 2}
        codes.recode(db, 0, [0, 2], code(7, 8), revision=2)
        (block,) = Shelf().blocks(db, epoch=2, first=0, last=9)
    assert block.codes[:3, 0].tolist() == [7, 0, 8]
    assert block.days[:3].tolist() == [0, codes.NEVER, 2]


def test_keys_are_found_and_replaced(store: Store) -> None:
    """An article is found under the keys that it has now, the earliest one first."""
    with store.write() as db:
        filed = {"late": "2026-09-20", "early": "2026-09-10"}
        put_keys(db, {"late": ["k1", "k2"], "early": ["k1"]}, filed)
        assert [id for id, _ in sharing(db, ["k1"])["k1"]] == ["early", "late"]
        put_keys(db, {"late": ["k3"]}, filed)
        take_out_keys(db, "early")
        found = sharing(db, ["k1", "k2", "k3"])
    assert {key: [id for id, _ in rows] for key, rows in found.items()} == {"k3": ["late"]}


@pytest.mark.parametrize("model", ["words@1", "words@2"])
def test_vectors_of_one_model_only(store: Store, model: str) -> None:
    """A vector of another model is none."""
    put(store, EXTRACT, Embedding, Embedding("a1", "words@1", np.ones(3, dtype=np.float32)))
    with store.read() as db:
        found = codes.vectors(db, ["a1"], model=model)
    assert list(found) == (["a1"] if model == "words@1" else [])
