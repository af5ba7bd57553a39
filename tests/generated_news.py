"""Generated news for tests: events of vendors that do not exist, each told and copied."""

from __future__ import annotations

import random
from dataclasses import replace

from digest.records import Article
from digest.testing import make_article

SYLLABLES = (
    "ka", "lo", "mi", "ren", "tas", "vor", "bel", "dun",
    "fis", "gor", "hal", "jet", "nim", "sol", "wic", "zan",
)  # fmt: skip
THINGS = (
    "customer data platform", "email editor", "consent banner", "loyalty programme",
    "search assistant", "media planner", "attribution report", "audience builder",
)  # fmt: skip
WHOM = ("online shops", "banks", "publishers", "airlines", "charities", "car dealers", "hotels")
ACTS = ("launched", "withdrew", "sold", "renamed", "opened up", "translated", "gave away")


def make_news(events: int, *, seed: int = 1) -> tuple[list[Article], dict[str, str]]:
    """Return articles in no order, and of each copy the article that it repeats.

    Every event is told once; every third is posted again under another title and address, with a
    sentence less.
    """
    draw = random.Random(seed)
    told: list[Article] = []
    copies: dict[str, str] = {}
    for number in range(events):
        one = _event(draw, number)
        told.append(one)
        if number % 3 == 0:
            again = _copy(one, draw)
            told.append(again)
            copies[again.id] = one.id
    draw.shuffle(told)
    return told, copies


def _event(draw: random.Random, number: int) -> Article:
    vendor, product, person, city = (_name(draw) for _ in range(4))
    act, thing, whom = draw.choice(ACTS), draw.choice(THINGS), draw.choice(WHOM)
    price, many, year = draw.randint(11, 990), draw.randint(40, 9_000), draw.randint(1990, 2020)
    sentences = [
        f"{vendor} of {city} {act} {product} this week, a {thing} for {whom}.",
        f"{product} costs {price} dollars a month and is used by {many} {whom}.",
        f"{person} founded {vendor} in {year}, after ten years at {_name(draw)}.",
        f"Before {product}, most {whom} in {city} wrote such things by hand, {person} said.",
        f"A rival, {_name(draw)}, asks {price * 2} dollars for its own {draw.choice(THINGS)}.",
        f"{vendor} wants to reach {many * 3} {whom} by spring, and to hire in {_name(draw)}.",
    ]
    day = 1 + number % 20
    return make_article(
        f"n{number:04}",
        title=f"{vendor} {act} {product}",
        text="\n".join(sentences),
        published=f"2026-09-{day:02}T08:00:00+00:00",
    )


def _copy(one: Article, draw: random.Random) -> Article:
    sentences = one.text.split("\n")
    sentences.pop(draw.randrange(2, len(sentences)))
    id = f"{one.id}-copy"
    return replace(
        one,
        id=id,
        url=f"https://other.example/{id}",
        title=f"What {one.title} means",
        text="\n".join(sentences),
        published=str(one.published).replace("T08", "T20"),
        content_hash="",
    )


def _name(draw: random.Random) -> str:
    return "".join(draw.choices(SYLLABLES, k=3)).capitalize()
