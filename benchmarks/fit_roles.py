"""Learns which names of an article are an event's vendor and product, and says how well.

`.venv/bin/python -m benchmarks.fit_roles [--write]` learns a conditional logit a role from the
texts for development that tell one launch, by `digest.stages.parties.signs_of`, once for all kinds
of events and once a kind, and prints how often vendor, product and both are right where the kind
is known: held out by story, and of texts that nothing is learned from. `--write` renews
`digest/data/roles.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from benchmarks.development import (
    ITEMS,
    LAUNCHES,
    NEWS,
    TAUGHT,
    Text,
    read_corpus_texts,
    read_item_texts,
)
from benchmarks.name_match import same_name, same_parties
from digest.stages.clean import key_of
from digest.stages.event_cues import NEW
from digest.stages.grammar import ORDER, grammar_for
from digest.stages.parties import set_scene, signs_of
from digest.stages.roles import ALONE, EVERY, ROLES
from digest.stages.taxonomy import load_knowledge

FILE = Path(__file__).parent.parent / "src" / "digest" / "data" / "roles.json"
DATA = Path(__file__).parent / "data"
FRESH = DATA / "martech_news_fresh.jsonl"
TELLINGS = DATA / "martech_tellings.jsonl"  #: not learned from
KINDS = (NEW, *(kind for kind in ORDER if kind not in ("launch", "feature")))
RIDGE = 1.0  #: not tuned: 0.3 and 3 do as well
OWN = 0.7  #: what a kind's own signs are worth beside those of all kinds
FOLDS = 5
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An article that tells one launch, with its names."""

    text: Text
    kind: str
    wanted: dict[str, Any]
    names: tuple[str, ...]
    signs: Matrix  #: shape (names, signs × (kinds + 1))
    right: dict[str, NDArray[np.bool_]]  #: by role
    own: str  #: the vendor that speaks


def read_texts() -> Iterator[Text]:
    """Give the texts that are learned from and judged, each held out."""
    for file, half in ((ITEMS, ""), (NEWS, "develop"), (FRESH, ""), (LAUNCHES, "open")):
        yield from read_item_texts(file, half=half)
    yield from read_corpus_texts()


def read_later() -> Iterator[Text]:
    """Give the texts that are judged first, and then learned from by what is written."""
    yield from read_item_texts(NEWS, half="check")
    yield from read_item_texts(LAUNCHES, half="held")


def make_case(text: Text) -> Case | None:
    """Return a text's case, None where it tells no launch or several, or names nothing."""
    launches = text.wanted.get("launches") or []
    grammar = grammar_for(text.language)
    if len(launches) != 1 or grammar is None:
        return None
    wanted = launches[0]
    scene = set_scene(text.article, grammar, load_knowledge())
    if not scene.names:
        return None
    kind = NEW if wanted["event"] in ("launch", "feature") else wanted["event"]
    plain = np.array([list(signs_of(name, scene).values()) for name in scene.names])
    own = np.zeros((len(plain), len(KINDS), plain.shape[1]))
    own[:, KINDS.index(kind)] = OWN * plain
    vendor = np.array([same_name(name, wanted["vendor"]) for name in scene.names])
    product = np.array([_is_product(name, wanted) for name in scene.names])
    signs = np.concatenate([plain, own.reshape(len(plain), -1)], axis=1)
    return Case(
        text, kind, wanted, scene.names, signs, {"vendor": vendor, "product": product}, scene.own
    )


def _is_product(name: str, wanted: dict[str, Any]) -> bool:
    product = wanted["product"]
    exact = key_of(name) == key_of(product)
    return bool(product) and (
        exact or (same_name(name, product) and not same_name(name, wanted["vendor"]))
    )


def fit(cases: Sequence[Case], role: str) -> Matrix:
    """Return the weights of a role: shape (signs × (kinds + 1),)."""
    told = [case for case in cases if case.right[role].any()]
    told = [case for case in told if role == "product" or not case.own]
    signs = np.concatenate([case.signs for case in told])
    right = np.concatenate([case.right[role] for case in told])
    many = np.array([len(case.names) for case in told])
    starts, group = np.r_[0, np.cumsum(many)[:-1]], np.repeat(np.arange(len(told)), many)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = signs @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        all_of, some = np.add.reduceat(powers, starts), np.add.reduceat(powers * right, starts)
        slope = signs.T @ (powers / all_of[group] - powers * right / some[group])
        value = -np.log(some / all_of).sum() + RIDGE / 2 * weights @ weights
        return float(value), slope + RIDGE * weights

    found: Matrix = minimize(loss, np.zeros(signs.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def choose(case: Case, weights: dict[str, Matrix]) -> dict[str, str]:
    """Return the vendor and product that are the likeliest, as `choose_parties` does."""
    vendor, product = (_log_chances(case.signs @ weights[role]) for role in ROLES)
    if case.own:
        vendor = np.where(np.array(case.names) == case.own, 0.0, -np.inf)
    if case.kind in ALONE:
        return {"vendor": case.names[int(vendor.argmax())], "product": ""}
    both = vendor[:, None] + product[None, :]
    if case.kind != "shutdown" and len(both) > 1:
        np.fill_diagonal(both, -np.inf)
    v, p = np.unravel_index(int(both.argmax()), both.shape)
    return {"vendor": case.names[int(v)], "product": case.names[int(p)]}


def _log_chances(scores: Matrix) -> Matrix:
    found: Matrix = scores - np.logaddexp.reduce(scores)
    return found


def judge(cases: Sequence[Case], weights: dict[str, Matrix]) -> list[tuple[bool, bool, bool]]:
    """Return whether vendor, product and both are right, a case each."""
    rows = []
    for case in cases:
        told = {**choose(case, weights), "event": case.wanted["event"]}
        vendor = same_name(told["vendor"], case.wanted["vendor"])
        product = not case.wanted["product"] or same_name(told["product"], case.wanted["product"])
        rows.append((vendor, product, same_parties(told, case.wanted)))
    return rows


def main() -> None:
    """Print the figures, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cases = [case for text in read_texts() if (case := make_case(text))]
    taught = [case for text in read_item_texts(TAUGHT) if (case := make_case(text))]
    weights = {role: fit(cases + taught, role) for role in ROLES}
    rows = []
    for learned, held in GroupKFold(FOLDS).split(cases, groups=[c.text.story for c in cases]):
        part = [cases[n] for n in learned] + taught
        rows += judge([cases[n] for n in held], {role: fit(part, role) for role in ROLES})
    print(f"{len(cases)} held out: vendor, product, both {np.mean(rows, axis=0).round(3)}")
    later = [case for text in read_later() if (case := make_case(text))]
    told = [case for text in read_item_texts(TELLINGS, half="open") if (case := make_case(text))]
    for name, some in (("not looked at", later), ("tellings", told)):
        print(f"{len(some)} {name}: {np.mean(judge(some, weights), axis=0).round(3)}")
    if options.write:
        weights = {role: fit(cases + later + taught, role) for role in ROLES}
        both = np.mean(rows, axis=0)[2]
        write(weights, f"{len(cases)} texts for development, held out: both right {both:.3f}")


def write(weights: dict[str, Matrix], source: str) -> None:
    """Write the weights by role, kind and sign."""
    scene_signs = _names_of_signs()
    told: dict[str, dict[str, dict[str, float]]] = {}
    for role, row in weights.items():
        parts = row.reshape(len(KINDS) + 1, -1) * np.r_[1.0, [OWN] * len(KINDS)][:, None]
        told[role] = {
            kind: {n: round(float(w), 3) for n, w in zip(scene_signs, part, strict=True) if w}
            for kind, part in zip((EVERY, *KINDS), parts, strict=True)
        }
    text = json.dumps({"source": f"benchmarks/fit_roles.py: {source}", "weights": told})
    FILE.write_text(text.replace('}, "', '},\n "') + "\n", "utf-8")


def _names_of_signs() -> list[str]:
    text = next(text for text in read_texts() if make_case(text))
    grammar = grammar_for(text.language)
    assert grammar is not None
    scene = set_scene(text.article, grammar, load_knowledge())
    return list(signs_of(scene.names[0], scene))


if __name__ == "__main__":
    main()
