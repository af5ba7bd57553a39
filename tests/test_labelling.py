"""Corrected labels: kept, obeyed, learned from, and never to the worse."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from digest.cli.app import app
from digest.errors import ConfigError, InputError
from digest.label_training import Lesson, Trial, make_lessons, train
from digest.labelling import FILE, Learned, correct_labels, learn_labels
from digest.records import Classification, Decision, Label, Language, Quote
from digest.runner import Runner
from digest.stages.classify import classify
from digest.stages.corrections import correct, read_corrections
from digest.stages.label_vectors import embed_labels
from digest.stages.taught import TaughtLabels, dump_taught, load_taught
from digest.stages.taxonomy import load_knowledge
from digest.store import decisions
from tests.stages.news import make_article
from tests.test_runs import open_runner, write_feed, write_page, write_settings

CATEGORIES = load_knowledge().categories


@pytest.fixture
def small_run(tmp_path: Path) -> Iterator[Runner]:
    """A run over two articles."""
    web = tmp_path / "web" / "news.example"
    web.mkdir(parents=True)
    for name in ("one", "two"):
        write_page(web / f"{name}.html", name)
    write_feed(web / "feed.xml", "one", "two")
    sources = tmp_path / "sources.yaml"
    sources.write_text(
        "sources:\n- name: news\n  kind: feed\n  url: https://news.example/feed.xml\n"
        "  publisher: News\n  voice: independent\n  language: en\n"
    )
    runner = open_runner(write_settings(tmp_path, mirror=tmp_path / "web", sources=sources))
    runner.run_all()
    yield runner
    runner.store.close()


class TwoWays:
    """Texts that speak of boats point one way, all others another."""

    model = "two-ways@1"

    def knows(self, language: str) -> bool:
        """Return whether it is English."""
        return language == "en"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector a text."""
        rows = [[1, 0] if "boat" in text.lower() else [0, 1] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, 2)


def lessons(boats: int, others: int, *, label: str = "CRM") -> list[Lesson]:
    """Return corrected articles: those of boats are of a label, the others are not."""
    texts = [f"A boat {n} for marketing." for n in range(boats)]
    texts += [f"A car {n} for marketing." for n in range(others)]
    articles = {str(n): make_article(text, id=str(n)) for n, text in enumerate(texts)}
    said = {id: {label: "boat" in one.text} for id, one in articles.items()}
    languages = {id: Language(id, "en", 1.0) for id in articles}
    vectors = embed_labels(CATEGORIES, TwoWays())
    return make_lessons(said, articles, languages, categories=CATEGORIES, vectors=vectors)


def test_the_later_decision_holds() -> None:
    """An editor may change their mind."""
    early = Decision("1", "is-label", "a", "CRM", "e", "2026-01-01T00:00:00+00:00")
    late = Decision("2", "not-label", "a", "CRM", "e", "2026-01-02T00:00:00+00:00")
    assert read_corrections([late, early]) == {"a": {"CRM": False}}


def test_an_editors_labels_come_first() -> None:
    """What the editor gave is certain and has a sentence, what they refused is gone."""
    found = Classification("a", (Label("SEO", 0.7, None), Label("CRM", 0.6, None)))
    quote = Quote("PR it is.", "a", 0, 9)
    labels = correct(found, {"PR": True, "SEO": False}, {"PR": quote}.get).labels
    assert labels == (Label("PR", 1.0, quote), Label("CRM", 0.6, None))


def test_corrections_teach_what_the_cues_do_not_know() -> None:
    """No cue speaks of boats; twelve corrections do, in cross-validation too."""
    training = train(lessons(6, 6), model="two-ways@1")
    assert (training.before, training.after) == (6, 0)
    assert training.change == pytest.approx(0.5)
    vectors = embed_labels(CATEGORIES, TwoWays(), training.taught)
    article = make_article("Another boat for marketing.")
    found = classify(article, Language("a", "en", 1.0), knowledge=load_knowledge(), vectors=vectors)
    assert isinstance(found, Classification)
    assert [label.name for label in found.labels] == ["CRM"]


def test_noise_teaches_nothing() -> None:
    """Where what was learned makes more mistakes than the base score, it is not used."""
    known = lessons(6, 6)
    mixed = [replace(one, said={"CRM": n % 2 == 0}) for n, one in enumerate(known)]
    mixed = [replace(one, given=frozenset({"CRM"} if one.said["CRM"] else ())) for one in mixed]
    training = train(mixed, model="two-ways@1")
    assert (training.before, training.after, dict(training.taught.labels)) == (0, 0, {})


def test_what_only_seems_to_help_is_shown_as_it_is() -> None:
    """Vectors that say nothing make more mistakes on articles not seen: told, and not kept."""
    training = train(noise(seed=2), model="noise@1")
    assert training.trials == (Trial("CRM", 14, 5, 6, kept=False),)
    assert (dict(training.taught.labels), training.change) == ({}, 0)


def test_nothing_is_learned_without_gain() -> None:
    """What is told and what is written agree: as many mistakes as before are no reason."""
    trained = [train(noise(seed=seed), model="noise@1") for seed in range(12)]
    even = [one for one in trained if one.trials[0].before == one.trials[0].after]
    assert even
    assert all((one.taught.labels, one.change) == ({}, 0) for one in even)
    for one in trained:
        assert bool(one.taught.labels) == (one.change > 0) == one.trials[0].kept


def noise(*, seed: int) -> list[Lesson]:
    """Return fourteen corrected articles, five of them labelled wrongly, with vectors by chance."""
    chance = np.random.default_rng(seed)
    rows = []
    for n, row in enumerate(chance.normal(size=(14, 4))):
        given = (n % 2 == 0) == (n >= 5)
        base = {"CRM": 0.7 if given else 0.3}
        vector = (row / np.linalg.norm(row)).astype(np.float32)
        rows.append(Lesson(vector, base, frozenset(base if given else ()), {"CRM": n % 2 == 0}))
    return rows


def test_what_improves_is_told_as_json() -> None:
    """Counts are numbers that JSON knows: the command stopped wherever something was learned."""
    learned = Learned(train(lessons(6, 6), model="two-ways@1"), FILE)
    told = json.loads(json.dumps(learned.as_json()))
    assert told["trials"] == [{"label": "CRM", "asked": 12, "before": 6, "after": 0, "kept": True}]
    assert (told["before"], told["after"], told["change"], told["taught"]) == (6, 0, 0.5, ["CRM"])


def test_few_corrections_teach_nothing() -> None:
    """Two articles are no lesson."""
    assert train(lessons(2, 6), model="two-ways@1").taught.labels == {}


def test_another_encoder_learns_nothing_from_it() -> None:
    """Vectors of two models never meet."""
    taught = train(lessons(6, 6), model="another@1").taught
    assert embed_labels(CATEGORIES, TwoWays(), taught).taught.labels == {}


def test_another_curve_learns_nothing_from_it() -> None:
    """What corrects other likelihoods would mislead."""
    taught = replace(train(lessons(6, 6), model="two-ways@1").taught, base="another")
    assert embed_labels(CATEGORIES, TwoWays(), taught).taught.labels == {}


def test_what_does_not_hold_any_more_is_taken_back(small_run: Runner) -> None:
    """A later training that finds nothing leaves no curve of an earlier one behind."""
    file = small_run.settings.path(FILE)
    file.write_text(dump_taught(train(lessons(6, 6), model="two-ways@1").taught, {}))
    assert learn_labels(small_run).file == file
    assert load_taught(file.read_text(), name="labels.json").labels == {}


def test_what_was_learned_is_written_and_read() -> None:
    """The file says what it was learned from; a broken one is refused by name."""
    taught = train(lessons(6, 6), model="two-ways@1").taught
    text = dump_taught(taught, {"corrected articles": 12})
    again = load_taught(text, name="labels.json")
    assert (again.model, list(again.labels)) == ("two-ways@1", ["CRM"])
    assert json.loads(text)["corrected articles"] == 12
    with pytest.raises(ConfigError, match=r"labels\.json"):
        load_taught("{}", name="labels.json")


def test_nothing_taught_changes_nothing() -> None:
    """A label without a curve keeps its confidence."""
    assert TaughtLabels().adjust("CRM", 0.3, np.zeros(2, dtype=np.float32)) == 0.3


def test_a_corrected_article_waits_and_gets_its_labels(small_run: Runner) -> None:
    """`digest label` is obeyed by the next run, with a sentence, and undone by none."""
    article = next(iter(_classes(small_run)))
    correct_labels(small_run, article, ["PR"], actor="editor", reason="it is")
    small_run.run_all()
    given = _classes(small_run)[article].labels[0]
    assert (given.name, given.confidence) == ("PR", 1.0)
    assert given.evidence is not None
    small_run.run_all()
    assert _classes(small_run)[article].labels[0].name == "PR"
    assert learn_labels(small_run).file is None


def test_an_article_has_at_most_three_labels(small_run: Runner) -> None:
    """The fourth is refused with those there are, in one call or in several; one off, one on."""
    article = next(iter(_classes(small_run)))
    four = ["CRM", "SEO", "Email Marketing", "Print"]
    with pytest.raises(
        InputError, match=r"3 labels at most; .* 4: CRM, SEO, Email Marketing, Print"
    ):
        correct_labels(small_run, article, four, actor="editor")
    correct_labels(small_run, article, four[:2], actor="editor")
    correct_labels(small_run, article, four[1:3], actor="editor")
    with pytest.raises(InputError, match=f'take one off: digest label {article} --not "CRM"'):
        correct_labels(small_run, article, ["Print"], actor="editor")
    correct_labels(small_run, article, ["Print"], wrong=["CRM"], actor="editor")
    small_run.run_all()
    assert [one.name for one in _classes(small_run)[article].labels] == four[1:]


def test_labels_too_many_are_taken_off_one_by_one(small_run: Runner) -> None:
    """A store from before may hold five: to take one off leaves four, and is not refused."""
    article = next(iter(_classes(small_run)))
    at = small_run.clock().isoformat()
    five = ("CRM", "SEO", "Email Marketing", "Print", "PR")
    made = [Decision(name, "is-label", article, name, "editor", at) for name in five]
    with small_run.store.write() as db:
        decisions.decide(db, *made)
    correct_labels(small_run, article, [], wrong=["CRM"], actor="editor")
    with pytest.raises(InputError, match="these would be 5"):
        correct_labels(small_run, article, ["CRM"], actor="editor")


def test_of_more_than_three_labels_the_last_ones_stand() -> None:
    """A store may hold more, from before they were refused."""
    said = dict.fromkeys(("PR", "CRM", "SEO", "Print"), True)
    found = correct(Classification("a", ()), said, {}.get)
    assert [one.name for one in found.labels] == ["CRM", "SEO", "Print"]


def test_wrong_words_are_refused(small_run: Runner) -> None:
    """An unknown label has a hint, an unknown article a cure."""
    article = next(iter(_classes(small_run)))
    with pytest.raises(InputError, match='did you mean "Email Marketing"'):
        correct_labels(small_run, article, ["Email Marketting"], actor="editor")
    with pytest.raises(InputError, match="nothing is known"):
        correct_labels(small_run, "https://nowhere.example/", ["PR"], actor="editor")
    with pytest.raises(InputError, match="no label is named"):
        correct_labels(small_run, article, [], actor="editor")


def test_the_command_asks_for_an_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an article and without --train there is nothing to do."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["label"])
    assert isinstance(result.exception, InputError)


def test_the_command_says_what_it_takes_to_learn(
    small_run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One correction teaches nothing, and it is said how many do."""
    article = next(iter(_classes(small_run)))
    correct_labels(small_run, article, ["PR"], actor="editor", reason="it is")
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(app, ["label", "--train"])
    assert said.exit_code == 0
    assert "1 corrected articles, 0 labels judged" in said.output
    assert "from 3 corrected articles that have it and 3 that do not" in said.output


def _classes(runner: Runner) -> dict[str, Classification]:
    from digest.store import reading

    with runner.store.read() as db:
        return {one.id: one for one in reading.every(db, Classification)}
