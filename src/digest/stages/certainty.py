"""How sure it is that an article tells a launch rightly: event, vendor and product."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from digest.stages.clean import is_proper, key_of
from digest.stages.needles import ASKED, places_of

if TYPE_CHECKING:
    from digest.records import Article
    from digest.stages.told import Told

OPENED = re.compile(r"(?<=[„“«\"「『《])|(?<=[„“«\"「『《]\s)")
SIGNS = (
    *("named", "product", "titled", "opening", "recurs", "own", "release"),
    *("gathered", "chance", "headline", "new", "quoted", "described", "first", "alone", "proved"),
)


def certainty_of(one: Told, article: Article) -> float:
    """Return the probability, 0–1, that a launch is told rightly.

    A logistic curve over `signs_of`; its weights are learned by `benchmarks/fit_launches.py` and
    stand, with what they were learned from, in `digest/data/certainty.json`.
    """
    weights = _weights()
    score = weights["bias"] + sum(
        weights[name] * worth for name, worth in signs_of(one, article).items()
    )
    return round(1 / (1 + math.exp(-score)), 3)


def signs_of(one: Told, article: Article) -> dict[str, float]:
    """Return what speaks for a launch, or against it, by the names of `SIGNS`: 0–1."""
    title, product, vendor = (key_of(text) for text in (article.title, one.product, one.vendor))
    signs: dict[str, bool | float] = {
        "named": one.named,
        "product": not product or is_proper(one.product),
        "titled": bool(product) and product in title,
        "opening": one.proof.start < 250,
        "recurs": bool(product) and key_of(article.text).count(product) > 1,
        "own": vendor in title,
        "release": article.voice in ("vendor", "wire"),
        "gathered": one.gathered,
        "chance": one.chance,
        "headline": one.titled,
        "new": one.event in ("launch", "feature"),
        "quoted": bool(product) and _is_quoted(one.product, article.text),
        "described": one.described,
        "first": one.place == 0,
        "alone": one.alone,
        "proved": vendor in key_of(one.proof.text),
    }
    return {name: float(worth) for name, worth in signs.items()}


@lru_cache(maxsize=ASKED)
def _is_quoted(product: str, text: str) -> bool:
    """Return whether a text sets a product's name in quotation marks."""
    return any(OPENED.match(text, place) for place in places_of(product, text))


@cache
def _weights() -> Mapping[str, float]:
    text = (resources.files("digest") / "data" / "certainty.json").read_text("utf-8")
    weights: Mapping[str, float] = json.loads(text)["weights"]
    return weights
