"""Tells from which cosine on a sentence of later news tells of a plan, from the half `open`.

    python -m benchmarks.fit_kept

Each plan of the half is held against what every later article says to be done, moved or
cancelled, as if all were one vendor's, and against sentences on other things of its vendor's
(`beside`): its own article's sentences of the right kind are of it, all others are not. Sentences
are told apart by whether they share a name with the plan, name another thing instead, or name
nothing. Of each kind it prints the lowest cosine at which at least nine in ten are right, the mean
of those that leave out one plan after the other (leave-one-out), and what the left-out plans get.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from benchmarks.kept import KINDS, TURNS, Row, day_of_row, read_rows
from digest.config import Settings
from digest.records import Plan, Quote
from digest.stages.crossing import Hearing, Names, kind_of_names
from digest.stages.fulfilment import content_of, without_names
from digest.stages.outcomes import find_outcome
from digest.text import split_sentences
from digest.wiring import make_encoder

SURE = 0.9  #: share that has to be right
RIVALS = 0.05  #: weight of a sentence of another row: a vendor's own news is far less


class Pair(NamedTuple):
    """A plan and a sentence of later news."""

    row: str
    names: Names
    turned: bool  #: whether the sentence moves or cancels
    cosine: float
    right: bool
    weight: float


def pairs(rows: Sequence[Row]) -> list[Pair]:
    """Return each plan with each sentence that says what became of something."""
    encoder = make_encoder(Settings())
    vendors = [_vendor(row) for row in rows]
    also = [_heard(row) for row in rows]
    plans = [_content(row) for row in rows]
    said = [
        (number, text, language, turn, of_it)
        for number, row in enumerate(rows)
        for text, language, of_it in _sentences(row)
        if (turn := find_outcome(text, language, day_of_row(row)).turn)
    ]
    of_plans = encoder.encode(plans)
    of_news = encoder.encode(
        [without_names([vendors[number], *also[number]], text) for number, text, *_ in said]
    )
    found = []
    for n, row in enumerate(rows):
        for (number, text, language, turn, of_it), vector in zip(said, of_news, strict=True):
            both = (row["plan"]["language"], language)
            wanted = TURNS.get(row["kind"], "") if number == n and of_it else ""
            right = bool(wanted) and (turn == "done") == (wanted == "done")
            cosine = float(of_plans[n] @ vector)
            weight = 1.0 if number == n else RIVALS
            names = kind_of_names(plans[n], text, both, [*vendors, *also[number]])
            found.append(Pair(row["id"], names, turn != "done", cosine, right, weight))
    return found


def lowest(some: Iterable[Pair]) -> float:
    """Return the lowest cosine at which enough are right, 1 where none is."""
    best = 1.0
    right = told = 0.0
    for one in sorted(some, key=lambda one: -one.cosine):
        told += one.weight
        right += one.right
        if one.right and right >= SURE * told:
            best = one.cosine
    return best


def main() -> None:
    """Print the cosines of each kind."""
    groups: dict[tuple[str, bool], list[Pair]] = defaultdict(list)
    for one in pairs(read_rows("open")):
        groups[one.names, one.turned].append(one)
    print("| names | says | sentences of plans | lowest | leave-one-out | right | wrong |")
    for (names, turned), some in sorted(groups.items()):
        ids = sorted({one.row for one in some})
        left = {id: lowest(one for one in some if one.row != id) for id in ids}
        told = [one for one in some if one.cosine >= left[one.row]]
        right = sum(one.right for one in told)
        wrong = sum(not one.right and one.weight == 1 for one in told)
        far = sum(not one.right and one.weight < 1 for one in told)
        print(
            f"| {names} | {'moved or cancelled' if turned else 'done'} "
            f"| {sum(one.right for one in some)} | {lowest(some):.2f} "
            f"| {np.mean(list(left.values())):.2f} | {right} | {wrong}, {far} of other rows |"
        )


def _vendor(row: Row) -> str:
    return str(row["vendor"])


def _content(row: Row) -> str:
    plan = Plan(_vendor(row), "", Quote(row["quote"], "", 0, len(row["quote"])), row["due"], "")
    stated = date.fromisoformat(row["plan"]["published"])
    return content_of(plan, stated, row["plan"]["language"])


def _heard(row: Row) -> list[str]:
    head = f"{row['later']['title']}\n{row['later']['text']}"
    return [name for _, name in Hearing({"": [_vendor(row)]}).find(head)]


def _sentences(row: Row) -> list[tuple[str, str, bool]]:
    """Return the later sentences with language, and whether they may be of the plan."""
    later = row["later"]
    text, language = later["text"], later["language"]
    own = [(text[start:end], language, True) for start, end in split_sentences(text)]
    return own + [(each["text"], each["language"], False) for each in row.get("beside", ())]


assert set(TURNS) < set(KINDS)

if __name__ == "__main__":
    main()
