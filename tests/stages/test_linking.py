from __future__ import annotations

import numpy as np
import pytest

from digest.stages import linking
from digest.stages.groups import Grouping


def matters(pairs: list[tuple[int, int]], odds: list[float], *, related: float = 9.0) -> list[bool]:
    rows = np.array(pairs, dtype=np.int32)
    return linking._matters(Grouping(6), rows, np.array(odds), np.zeros(6), related).tolist()


@pytest.mark.parametrize("few", [0, 200])
def test_a_pair_matters_where_a_chain_of_likely_ones_joins_the_two(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few or many pairs there are: 0 and 2 may meet by way of 1, 3 meets none of them."""
    monkeypatch.setattr(linking, "FEW", few)
    pairs, odds = [(0, 1), (1, 2), (0, 2), (2, 3), (4, 5)], [2.0, 1.0, -3.0, -1.0, 1.0]
    assert matters(pairs, odds) == [True, True, True, False, True]


def test_a_pair_that_may_be_a_link_matters_too() -> None:
    """Whoever asks for related pairs gets those that cannot change a group."""
    assert matters([(0, 1), (2, 3)], [-1.0, -2.0], related=-1.5) == [True, False]
