import numpy as np

from digest.stages.remembered import Remembered


def test_no_pair_is_measured_twice_and_every_row_is_its_own() -> None:
    asked: list[list[list[int]]] = []

    def measure(pairs: np.ndarray) -> np.ndarray:
        asked.append(pairs.tolist())
        return (pairs[:, :1] * 10 + pairs[:, 1:]).astype(np.float32)

    kept = Remembered(measure, 1)
    first = np.array([[0, 1], [2, 3]], dtype=np.int32)
    again = np.array([[4, 5], [2, 3], [0, 7], [4, 5], [0, 1]], dtype=np.int32)
    assert kept.measure(first).ravel().tolist() == [1, 23]
    assert kept.measure(again).ravel().tolist() == [45, 23, 7, 45, 1]
    assert kept.measure(first).ravel().tolist() == [1, 23]
    assert asked == [[[0, 1], [2, 3]], [[0, 7], [4, 5]]]


def test_shorter_rows_are_kept_and_whole_ones_given() -> None:
    def whole(pairs: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return np.concatenate([rows, pairs[:, :1] + rows], axis=1, dtype=np.float32)

    kept = Remembered(lambda pairs: pairs[:, 1:].astype(np.float32), 2, whole=whole)
    first = np.array([[1, 5], [2, 7], [3, 8]], dtype=np.int32)
    blocks = [(start, rows.tolist()) for start, rows in kept.blocks(first, 2)]

    assert blocks == [(0, [[5, 6], [7, 9]]), (2, [[8, 11]])]
    assert kept.measure(first[::-1]).tolist() == [[8, 11], [7, 9], [5, 6]]
    assert kept.measure(first[:0]).shape == (0, 2)


def test_one_number_is_given_of_what_is_kept_and_of_the_rest_measured_alone() -> None:
    kept = Remembered(lambda pairs: pairs.astype(np.float32), 2)
    kept.measure(np.array([[0, 1], [2, 3]], dtype=np.int32))
    asked = np.array([[2, 3], [4, 5], [0, 1]], dtype=np.int32)
    others: list[list[list[int]]] = []

    def otherwise(pairs: np.ndarray) -> np.ndarray:
        others.append(pairs.tolist())
        return np.full(len(pairs), 9, np.float32)

    assert kept.column(asked, 1, otherwise).tolist() == [3, 9, 1]
    assert others == [[[4, 5]]]


def test_nothing_is_measured_of_no_pairs() -> None:
    kept = Remembered(lambda pairs: np.zeros((len(pairs), 3), np.float32), 3)
    assert kept.measure(np.empty((0, 2), dtype=np.int32)).shape == (0, 3)
