"""What is translated before an edition asks for it, and that nothing it shows is left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from digest.config import load_settings
from digest.jobs import Job
from digest.records import Article, Classification, Edition, Label, Language, Summary, Translation
from digest.runner import Runner
from digest.stages.ledger import entrants
from digest.stages.telling import make_story
from digest.store import reading, saving
from digest.store.best import best_stories
from digest.store.saving import Maker, Result
from digest.testing import WordEncoder, make_article
from digest.tracing import trace
from digest.wiring import make_runner

MAKER = Maker("test", "1", "2026-10-05T06:00:00+00:00")
TEXT = (
    "Kestrivo hat in Köln die Plattform Nummer {n} für das Marketing vorgestellt. "
    "Die Software verbindet Werbung und Analyse, sagte die Firma am Dienstag. "
    "Kunden bezahlen dafür vom nächsten Monat an einen höheren Preis. "
    "Eine Händlerin aus Bremen hat das Angebot schon seit dem Sommer benutzt. "
    "Der Vertrieb rechnet bis Jahresende mit einer wachsenden Nachfrage."
)


@dataclass
class Turning:
    """A translator of German whose words are turned round: what it gives passes every check."""

    asked: list[str] = field(default_factory=list)
    version: str = "turning 1"

    def package(self, language: str, to: str) -> str | None:
        """Return a name for German into English."""
        return "turning de→en 1" if (language, to) == ("de", "en") else None

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return the sentences with their small words turned round."""
        self.asked += sentences
        turn = re.compile(r"[^\W\d_]+")
        return [
            turn.sub(lambda m: m[0] if m[0].isupper() else m[0][::-1].lower(), each)
            for each in sentences
        ]


def open_runner(folder: Path, **rank: int) -> Runner:
    """A runner over an empty store, with small editions."""
    lines = "\n".join(f"{key} = {value}" for key, value in rank.items())
    file = folder / "digest.toml"
    file.write_text(f"now = 2026-10-05T06:00:00+00:00\n[rank]\n{lines}\n")
    runner = make_runner(load_settings(file))
    runner.tools = replace(runner.tools, encoder=WordEncoder(), translator=Turning())
    return runner


def add_story(runner: Runner, number: int, **changes: object) -> str:
    """Keep a German story of one article, which matters the more the higher its number."""
    id = f"s{number:02}"
    published = f"2026-09-{29 if number % 2 else 30}T08:{number:02}:00+00:00"
    fields: dict[str, object] = {
        "title": f"Neue Plattform Nummer {number} gestartet",
        "text": TEXT.format(n=number),
        "source": f"source-{number}",
        "published": published,
        "first_seen": published,
    }
    return add_members(runner, [make_article(id, **(fields | changes))], weight=number)


def add_members(runner: Runner, articles: list[Article], *, weight: int = 0) -> str:
    """Keep a German story with these members; its label is as sure as its weight."""
    languages = {one.id: Language(one.id, "de", 1.0) for one in articles}
    label = (Label("CRM", weight / 100, None),)
    labels = {one.id: Classification(one.id, label) for one in articles}
    story = make_story(articles, copies=(), languages=languages, language="en", evidence=())
    kinds = {
        Article: {one.id: one for one in articles},
        Language: languages,
        Classification: labels,
    }
    with runner.store.write() as db:
        for kind, records in kinds.items():
            saving.save(db, MAKER, kind, [Result(id, "", each) for id, each in records.items()])
        saving.save_stories(db, MAKER, [story], dict.fromkeys(languages, ""))
    return story.id


def run_last_steps(runner: Runner) -> None:
    """Rank, summarise and translate what waits."""
    for name in ("rank", "summarise", "translate"):
        for batch in runner.batches(runner.stage(name)):
            runner.work(batch)


def translations(runner: Runner) -> dict[str, Translation]:
    """Return what has been translated, by story."""
    with runner.store.read() as db:
        return {each.id: each for each in reading.every(db, Translation)}


def foreign(edition: Edition) -> list[str]:
    """Return the headlines and lines that an edition shows in their own language."""
    shown = [(each.headline, each.headline_translated) for each in entrants(edition)]
    shown += [(line.text, line.translated) for each in entrants(edition) for line in each.lines]
    return [text for text, is_translated in shown if not is_translated]


def test_only_what_an_edition_may_show_is_translated(tmp_path: Path) -> None:
    """Of twenty stories of a week the best five are translated: headline and sentences only."""
    runner = open_runner(tmp_path, top=3, top_quarterly=5)
    for number in range(20):
        add_story(runner, number)
    run_last_steps(runner)
    made = translations(runner)
    assert sorted(made) == ["s15", "s16", "s17", "s18", "s19"]
    assert [(each.text, each.whole) for each in made.values()] == [((), "")] * 5
    assert all(each.title.ok and all(said.ok for said in each.summary) for each in made.values())


def test_an_edition_has_its_leads_translated_whole(tmp_path: Path) -> None:
    """The three stories that a weekly shows have their articles translated, the others not."""
    runner = open_runner(tmp_path, top=3, top_quarterly=5)
    for number in range(20):
        add_story(runner, number)
    run_last_steps(runner)
    edition = Job("test", runner).publish("weekly", "2026-W40").edition
    whole = {id: len(each.text) for id, each in translations(runner).items() if each.whole}
    assert whole == {"s19": 5, "s18": 5, "s17": 5}
    assert foreign(edition) == []


def test_what_the_forecast_missed_is_translated_for_its_edition(tmp_path: Path) -> None:
    """One source fills the forecast; the edition takes others, and shows nothing in German."""
    runner = open_runner(tmp_path, top=3, top_quarterly=3, per_source=1)
    for number in range(8):
        add_story(runner, number, source="loud" if number > 3 else f"source-{number}")
    run_last_steps(runner)
    assert sorted(translations(runner)) == ["s05", "s06", "s07"]
    edition = Job("test", runner).publish("weekly", "2026-W40").edition
    assert [each.story for each in entrants(edition)] == ["s07", "s03", "s02"]
    assert foreign(edition) == []
    assert edition.missing_packages == ()


def test_a_story_that_rises_is_translated_by_the_next_run(tmp_path: Path) -> None:
    """What waited unseen is done as soon as it is among the best."""
    runner = open_runner(tmp_path, top=1, top_quarterly=1)
    for number in (1, 2):
        add_story(runner, number)
    run_last_steps(runner)
    assert list(translations(runner)) == ["s02"]
    told = {each.stage: each.words for each in trace(runner.store, "s01")}
    assert told["translate"].startswith("waits: not among the best")
    add_members(runner, [make_article("s01", title="Neu", text=TEXT.format(n=1))], weight=90)
    run_last_steps(runner)
    assert sorted(translations(runner)) == ["s01", "s02"]


def test_an_edition_made_again_has_nothing_translated(tmp_path: Path) -> None:
    """Neither a second draft nor a second run asks the translator again."""
    runner = open_runner(tmp_path)
    add_story(runner, 1)
    run_last_steps(runner)
    Job("test", runner).publish("weekly", "2026-W40")
    asked = len(runner.tools.translator.asked)  # type: ignore[attr-defined]
    run_last_steps(runner)
    Job("test", runner).publish("weekly", "2026-W40")
    assert len(runner.tools.translator.asked) == asked  # type: ignore[attr-defined]
    assert runner.report.step("translate").waited == 1


def test_a_lead_that_comes_later_does_not_leave_a_headline_foreign(tmp_path: Path) -> None:
    """The edition shows the member that it has; what it shows of it is translated."""
    runner = open_runner(tmp_path)
    early = make_article(
        "a1", title="Plattform angekündigt", text=TEXT.format(n=1), voice="vendor",
        published="2026-10-03T08:00:00+00:00",
    )  # fmt: skip
    later = make_article(
        "a2", title="Plattform geprüft", text=TEXT.format(n=1), voice="independent",
        published="2026-10-05T02:00:00+00:00",
    )  # fmt: skip
    add_members(runner, [early, later])
    run_last_steps(runner)
    assert translations(runner)["a1"].title.source == "Plattform geprüft"
    edition = Job("test", runner).publish("weekly", "2026-W40").edition
    assert [each.headline_original for each in entrants(edition)] == ["Plattform angekündigt"]
    assert foreign(edition) == []


def test_a_page_reached_twice_is_translated_wherever_it_is_quoted(tmp_path: Path) -> None:
    """The summary may quote the copy that is not cited: it is translated all the same."""
    runner = open_runner(tmp_path)
    twice = [
        make_article(
            id, title="Plattform im Test", text=TEXT.format(n=1), url="https://x.example/a"
        )
        for id in ("a1", "a2")
    ]
    add_members(runner, twice)
    run_last_steps(runner)
    with runner.store.write() as db:
        (summary,) = reading.every(db, Summary)
        quotes = tuple(replace(quote, article="a2") for quote in summary.sentences)
        made = Result("a1", "", replace(summary, sentences=quotes))
        saving.save(db, MAKER, Summary, [made])
    edition = Job("test", runner).publish("weekly", "2026-W40").edition
    assert [each.citations for each in entrants(edition)] == [(1,)]
    assert sum(len(each.lines) for each in entrants(edition)) == len(quotes)
    assert foreign(edition) == []


def test_all_translates_every_story_whole_at_once(tmp_path: Path) -> None:
    """`translate = "all"` waits for no edition."""
    runner = open_runner(tmp_path, top=1, top_quarterly=1)
    languages = runner.settings.languages.model_copy(update={"translate": "all"})
    runner.settings = runner.settings.model_copy(update={"languages": languages})
    for number in range(4):
        add_story(runner, number)
    run_last_steps(runner)
    assert [len(each.text) for each in translations(runner).values()] == [5, 5, 5, 5]


@pytest.mark.parametrize(
    ("best", "found"),
    [
        ({"weekly": 1}, {"s03", "s05"}),
        ({"quarterly": 2}, {"s04", "s05"}),
        ({"weekly": 1, "quarterly": 3}, {"s03", "s04", "s05"}),
        ({}, set()),
    ],
)
def test_the_best_of_each_week_and_quarter(
    tmp_path: Path, best: dict[str, int], found: set[str]
) -> None:
    """Weeks are counted from Monday; a quarter takes what no week does."""
    runner = open_runner(tmp_path)
    for number in (1, 2, 3):
        add_story(runner, number, published="2026-09-25T08:00:00+00:00")
    for number in (4, 5):
        add_story(runner, number)
    run_last_steps(runner)
    with runner.store.read() as db:
        assert best_stories(db, best) == found  # type: ignore[arg-type]


def test_what_a_story_tells_anew_is_translated(tmp_path: Path) -> None:
    """A developing story shows sentences that its summary has not; they are not left foreign."""
    runner = open_runner(tmp_path)
    old = make_article("a", title="Neue Plattform", text=TEXT.format(n=1), publisher="Alt")
    old = replace(
        old, published="2026-09-22T08:00:00+00:00", first_seen="2026-09-22T08:00:00+00:00"
    )
    add_members(runner, [old])
    run_last_steps(runner)
    first = Job("test", runner).publish("weekly", "2026-W39", freeze=True).edition
    shown = {line.original.text for each in entrants(first) for line in each.lines}
    assert shown
    later = (
        f"{TEXT.format(n=1).split('. ')[0]}. Nun prüft eine Behörde in Bonn, ob das Angebot der "
        "Firma gegen die Regeln der Union verstößt."
    )
    new = make_article("b", title="Behörde prüft Plattform", text=later, publisher="Neu")
    new = replace(
        new, published="2026-09-30T08:00:00+00:00", first_seen="2026-09-30T08:00:00+00:00"
    )
    add_members(runner, [old, new])
    run_last_steps(runner)
    second = Job("test", runner).publish("weekly", "2026-W40").edition
    (entrant,) = entrants(second)
    assert entrant.status == "developing"
    assert shown.isdisjoint(line.original.text for line in entrant.lines)
    assert any("Behörde" in line.original.text for line in entrant.lines)
    assert foreign(second) == []
    asked = runner.tools.translator.asked  # type: ignore[attr-defined]
    before = len(asked)
    Job("test", runner).publish("weekly", "2026-W40")
    assert len(asked) == before
