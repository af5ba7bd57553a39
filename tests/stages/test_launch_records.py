"""One record for one thing, however many articles, languages and scripts tell of it."""

from __future__ import annotations

import gc
import random
import time
from dataclasses import replace
from typing import Any

import pytest

from digest.records import (
    Article,
    Claim,
    Classification,
    Language,
    Launch,
    LaunchRecord,
    Proof,
    Quote,
    Story,
    Via,
)
from digest.stages.classify import classify
from digest.stages.launch_records import find_records
from digest.stages.taxonomy import load_knowledge

from .news import make_article


class Desk:
    """Articles with their launches, in stories, as the steps before leave them."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.classes: dict[str, Classification] = {}
        self.languages: dict[str, Language] = {}
        self.members: dict[str, list[str]] = {}

    def add(
        self,
        id: str,
        *told: tuple[str, str, str],
        story: str = "",
        language: str = "en",
        claims: tuple[Claim, ...] = (),
        **fields: Any,
    ) -> None:
        """Add an article that tells of vendor, product and event."""
        text = fields.pop("text", "") or " ".join(f"{v} tells of {p}." for v, p, _ in told)
        known = {"publisher": f"Paper {id}", "title": text[:40], **fields}
        self.articles[id] = make_article(text, id=id, **known)
        launches = tuple(
            Launch(v, p, e, None, Quote(text, id, 0, len(text)), confidence=0.8) for v, p, e in told
        )
        self.classes[id] = Classification(id, (), launches, claims=claims)
        self.languages[id] = Language(id, language, 1.0)
        self.members.setdefault(story or id, []).append(id)

    def records(self, **options: Any) -> tuple[LaunchRecord, ...]:
        """Return the records of all."""
        stories = [
            Story(id, tuple(ids), ids[0], (), None, None) for id, ids in self.members.items()
        ]
        return find_records(stories, self.articles, self.classes, self.languages, **options)


@pytest.fixture
def desk() -> Desk:
    """An empty desk."""
    return Desk()


def test_one_launch_in_many_languages_is_one_record(desk: Desk) -> None:
    """Another script's spelling goes together with the rest of its story; each publisher once."""
    desk.add("a", ("Acme", "Nova", "launch"), story="s", publisher="Acme")
    desk.add("b", ("Acme", "Nova", "launch"), story="s", language="de", publisher="Werkbank")
    desk.add("c", ("アクメ", "ノヴァ", "launch"), story="s", language="ja", publisher="ジャーナル")
    desk.add("d", ("星云", "新星", "launch"), story="s", language="zh-Hans", publisher="观察")
    desk.add("e", story="s", text="Nova is told of without a verb.", publisher="The Ledger")
    (record,) = desk.records()
    assert (record.vendor, record.product, record.event) == ("Acme", "Nova", "launch")
    assert record.articles == ("a", "b", "c", "d", "e")
    assert record.languages == ("de", "en", "ja", "zh-Hans")
    assert len(record.publishers) == 5


def test_a_day_that_nobody_names_is_that_of_the_vendors_own_article(desk: Desk) -> None:
    """A paper that tells days later that "last week" Acme launched Nova tells of an older day."""
    desk.add(
        "own",
        story="s",
        voice="vendor",
        publisher="Acme",
        published="2026-11-03",
        text="Nova is ours.",
    )
    desk.add("late", ("Acme", "Nova", "launch"), story="s", published="2026-11-10")
    desk.classes["late"] = replace(
        desk.classes["late"],
        launches=(
            replace(
                desk.classes["late"].launches[0],
                announced="2026-11-10",
                announced_from="published",
            ),
        ),
    )
    assert [one.announced for one in desk.records()] == ["2026-11-03"]


def test_a_wire_counts_once(desk: Desk) -> None:
    """A release on two wires is one voice."""
    desk.add("a", ("Acme", "Nova", "launch"), story="s", publisher="Wire One", voice="wire")
    desk.add("b", ("Acme", "Nova", "launch"), story="s", publisher="Wire Two", voice="wire")
    assert desk.records()[0].publishers == ("Wire One",)


def test_two_products_of_one_story_are_two_records(desk: Desk) -> None:
    """A name in the same script is another thing, unless one is a part of the other."""
    desk.add("a", ("Acme", "Nova", "launch"), ("Acme", "Orion", "launch"), story="s")
    desk.add("b", ("Acme", "Nova 3", "launch"), story="s")
    assert sorted(record.product for record in desk.records()) == ["Nova", "Orion"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("アオ", "Nova"), ("イオ", "Tessera"), ("ユイ", "Beacon"), ("Eau", "ツムギ")],
)
def test_short_names_in_two_scripts_are_two_records(desk: Desk, one: str, other: str) -> None:
    """So little is heard of a name like アオ that its sound makes it no other."""
    desk.add("a", ("Acme", one, "launch"), story="s")
    desk.add("b", ("Acme", other, "launch"), story="s")
    assert sorted(record.product for record in desk.records()) == sorted((one, other))


def test_stories_of_one_thing_meet_within_the_window(desk: Desk) -> None:
    """Vendor, product and event agree: one record within three weeks, two beyond."""
    desk.add("a", ("Acme", "Nova", "launch"), published="2026-11-01")
    desk.add("b", ("ACME", "Acme Nova", "launch"), published="2026-11-15")
    desk.add("c", ("Acme", "Nova", "launch"), published="2027-03-15")
    found = desk.records()
    assert [record.articles for record in found] == [("a", "b"), ("c",)]


def test_aliases_make_one_vendor(desk: Desk) -> None:
    """The gazetteer's names and a team's own stand for the vendor."""
    desk.add("a", ("Qingzhou", "Nova", "launch"))
    desk.add("b", ("晴舟科技", "Nova", "launch"))
    desk.add("c", ("Facebook", "Orion", "launch"))
    found = desk.records(aliases={"Qingzhou": "晴舟科技"})
    assert sorted((record.vendor, len(record.articles)) for record in found) == [
        ("Meta", 1),
        ("晴舟科技", 2),
    ]


def test_events_are_kept_apart(desk: Desk) -> None:
    """A price rise of a product is not its launch."""
    desk.add("a", ("Acme", "Nova", "launch"), story="s")
    desk.add("b", ("Acme", "Nova", "pricing"), story="s")
    assert sorted(record.event for record in desk.records()) == ["launch", "pricing"]


def test_a_report_entry_joins_what_it_looks_back_on(desk: Desk) -> None:
    """The quarter's report tells of a product weeks later; alone it is a record of its own."""
    via = Via("r", "Report", "https://report.example/q3.pdf", "2026-12-20", 2)
    text = "Company: Acme\nSorts lists by meaning. In beta with 17 companies."
    for id, title in (("r1", "Nova"), ("r2", "Orion")):
        article = make_article(text, id=id, title=title, published="2026-12-20", via=via)
        language = Language(id, "en", 1.0)
        found = classify(article, language, knowledge=load_knowledge())
        assert isinstance(found, Classification)
        desk.articles[id], desk.classes[id], desk.languages[id] = article, found, language
        desk.members[id] = [id]
    desk.add("a", ("Acme", "Nova", "launch"), published="2026-10-05")
    nova, orion = desk.records()
    assert (nova.product, nova.articles) == ("Nova", ("a", "r1"))
    assert (orion.vendor, orion.product, orion.availability) == ("Acme", "Orion", "beta")
    assert orion.evidence.text == "Sorts lists by meaning."


def test_the_best_supported_claim_comes_first(desk: Desk) -> None:
    """A further claim stands where it states another kind of evidence."""
    quote = Quote("x", "a", 0, 1)
    bare = Claim("Acme", "Nova", quote)
    data = Claim("Acme", "Nova", quote, (Proof("data", quote),))
    desk.add("a", ("Acme", "Nova", "launch"), story="s", claims=(bare,))
    desk.add("b", ("Acme", "Nova", "launch"), story="s", claims=(data,))
    assert desk.records()[0].claims == (data,)


def test_an_editors_review_is_kept(desk: Desk) -> None:
    """A record lasts when others join, and so does what an editor made of it."""
    desk.add("a", ("Acme", "Nova", "launch"), published="2026-11-01")
    (record,) = desk.records()
    desk.add("b", ("Acme", "Nova", "launch"), published="2026-11-02")
    (again,) = desk.records(reviews={("a", "new", "acme", "nova"): "confirmed"})
    assert (again.id, again.review) == (record.id, "confirmed")


def test_order_changes_nothing(desk: Desk) -> None:
    """Stories, members and articles may come in any order."""
    for n in range(30):
        product = f"Nova {n % 7}"
        day = f"2026-11-{1 + n % 20:02}"
        desk.add(f"a{n}", ("Acme", product, "launch"), story=f"s{n % 9}", published=day)
    first = desk.records()
    for seed in range(3):
        mixed = Desk()
        order = list(desk.articles)
        random.Random(seed).shuffle(order)
        mixed.articles = {id: desk.articles[id] for id in order}
        mixed.classes, mixed.languages = desk.classes, desk.languages
        mixed.members = {
            story: [id for id in order if id in ids]
            for story, ids in random.Random(seed).sample(list(desk.members.items()), 9)
        }
        assert [replace(one, stories=()) for one in mixed.records()] == [
            replace(one, stories=()) for one in first
        ]


def test_many_records_take_little_time(desk: Desk) -> None:
    """Four times the articles take about four times the time.

    The collector waits: it walks through whatever other tests have left, once a number of objects.
    """

    def seconds(many: int) -> float:
        busy = Desk()
        for n in range(many):
            busy.add(f"a{n:05}", (f"Vendor {n // 3}", f"Nova {n // 3}", "launch"))
        gc.disable()
        try:
            started = time.process_time()
            busy.records()
            return time.process_time() - started
        finally:
            gc.enable()

    seconds(200)
    assert seconds(3200) < 8 * max(seconds(800), 0.02)
