"""Drafts in an edition, end to end: store, server, check, page; and every way to have none."""

import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from typer.testing import CliRunner

from digest.backends import openai_compatible
from digest.cli.app import app
from digest.config import load_settings
from digest.config_editions import Rank
from digest.errors import ConfigError
from digest.jobs import Job
from digest.records import Article, Classification, Edition, Label, Language, Quote
from digest.runner import Runner
from digest.stages.ledger import entrants
from digest.stages.printing import why_not
from digest.stages.proofs import check_citations
from digest.stages.render import render
from digest.stages.telling import make_story
from digest.store import drafts, reading, saving
from digest.store.saving import Maker, Result
from digest.testing import WordEncoder, make_article
from digest.tracing import trace
from digest.wiring import make_runner, make_writer
from digest.writing import FAILURES
from tests.chat_server import ChatServer, serving

MAKER = Maker("test", "1", "2026-10-05T06:00:00+00:00")
TEXT = (
    "Kestrivo presented Beacon {n} for {m} euros to the shops of Leeds on Tuesday. "
    "The software joins advertising and analysis for customers, the maker says. "
    "Customers pay a higher price from the next month on for what it does."
)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    """A server whose model repeats the first words of the first sentence; nobody waits."""
    monkeypatch.setattr(openai_compatible, "PAUSE", 0.01)
    with serving(ChatServer(answer=honest)) as state:
        yield state


def said(*rows: tuple[str, list[str]]) -> str:
    return json.dumps({"sentences": [{"text": text, "ids": ids} for text, ids in rows]})


def honest(sentences: dict[str, str]) -> str:
    """What a good model says: the first sentence without its end."""
    id = next(id for id, text in sentences.items() if "presented" in text)
    return said((sentences[id].removesuffix(" on Tuesday.") + ".", [id]))


def lying(sentences: dict[str, str]) -> str:
    """What a bad model says."""
    return said(("Google bought Kestrivo for 7 billion dollars.", [next(iter(sentences))]))


def open_runner(folder: Path, url: str, more: str = "") -> Runner:
    """A runner over an empty store, with a writer."""
    file = folder / "digest.toml"
    file.write_text(
        "now = 2026-10-05T06:00:00+00:00\n[rank]\ntop = 3\n[audience]\nlanguage = 'en'\n"
        f"[writer]\nengine = 'openai-compatible'\nurl = '{url}'\nmodel = 'tiny'\n{more}"
    )
    runner = make_runner(load_settings(file))
    runner.tools = replace(runner.tools, encoder=WordEncoder())
    return runner


def fill(runner: Runner, many: int = 3) -> None:
    """Keep stories of one article each and run the last steps."""
    for n in range(many):
        article = make_article(
            f"s{n}", text=TEXT.format(n=n + 2, m=40 + n), source=f"source-{n}", title=f"Beacon {n}"
        )
        _add(runner, article)
    for name in ("rank", "summarise", "translate"):
        for batch in runner.batches(runner.stage(name)):
            runner.work(batch)


def _add(runner: Runner, article: Article) -> None:
    language = Language(article.id, "en", 1.0)
    labels = (Label("Email Marketing", 0.9, _quote(article)),)
    story = make_story(
        [article], copies=(), languages={article.id: language}, language="en", evidence=()
    )
    with runner.store.write() as db:
        saving.save(db, MAKER, Article, [Result(article.id, "", article)])
        saving.save(db, MAKER, Language, [Result(article.id, "", language)])
        kept = Classification(article.id, labels, ())
        saving.save(db, MAKER, Classification, [Result(article.id, "", kept)])
        saving.save_stories(db, MAKER, [story], {article.id: ""})


def _quote(article: Article) -> Quote:
    return Quote(article.text[:8], article.id, 0, 8)


def publish(runner: Runner, **options: object) -> Edition:
    return Job("test", runner).publish("weekly", "2026-W40", **options).edition  # type: ignore[arg-type]


def written(edition: Edition) -> list[str]:
    return [line.text for each in entrants(edition) for line in each.written]


def test_drafts_are_shown_marked_with_their_sources(tmp_path: Path, server: ChatServer) -> None:
    """Page, mail, Markdown and JSON name the model, and the originals stand in reach."""
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    edition = publish(runner)
    assert len(written(edition)) == 3
    assert written(edition)[0].startswith("Kestrivo presented Beacon")
    assert {line.model for each in entrants(edition) for line in each.written} == {"tiny"}
    for format in ("html", "md", "mail", "json"):
        shown = render(edition, format=format)
        text = shown if isinstance(shown, str) else shown.decode()
        assert "tiny" in text
        assert ('"written"' if format == "json" else "Original sentences") in text
    page = str(render(edition, format="html"))
    assert "Generated draft by <bdi>tiny</bdi>: names, numbers, units and denials" in page
    assert "checked against the sentences cited, not its meaning" in page
    assert "to the shops of Leeds on Tuesday." in page


def test_a_printed_draft_has_its_originals(tmp_path: Path, server: ChatServer) -> None:
    """On paper nothing can be opened: what a draft rests on stands below it, with its mark."""
    if problem := why_not():
        pytest.skip(f"no PDF can be made: {problem}")
    runner = open_runner(tmp_path, server.url)
    fill(runner, many=1)
    pdf = render(publish(runner), format="pdf")
    assert isinstance(pdf, bytes)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        read = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    assert "Generated draft by tiny" in read
    assert "Original sentences" in read
    assert "to the shops of Leeds on Tuesday." in read


def test_what_a_draft_rests_on_is_checked_letter_by_letter(
    tmp_path: Path, server: ChatServer
) -> None:
    """The sentences behind a draft are quotations like any other."""
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    edition = publish(runner)
    with runner.store.read() as db:
        articles = reading.records(db, Article, [each.article for each in edition.citations])
    texts = {id: article.text for id, article in articles.items()}
    assert check_citations(edition, texts) == []
    opening = edition.opening
    assert opening
    (line,) = opening.written
    moved = replace(line, rests_on=(replace(line.rests_on[0], start=1),))
    broken = replace(edition, opening=replace(opening, written=(moved,)))
    assert "draft" in check_citations(broken, texts)[0]


def test_a_second_run_asks_nothing_and_gives_the_same_files(
    tmp_path: Path, server: ChatServer
) -> None:
    """Drafts are remembered; the edition comes out the same, letter by letter."""
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    first = publish(runner)
    asked = len(server.asked)
    again = open_runner(tmp_path, server.url)
    second = publish(again)
    assert (asked, len(server.asked)) == (3, 3)
    assert render(first, format="html") == render(second, format="html")


def test_an_answer_that_did_not_hold_is_not_asked_for_again(
    tmp_path: Path, server: ChatServer
) -> None:
    """The quoted sentences stand; what was refused is kept with its reason."""
    server.answer = lying
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    edition = publish(runner)
    assert written(edition) == []
    assert all(each.lines for each in entrants(edition))
    assert "Google" not in str(render(edition, format="html"))
    publish(runner)
    assert len(server.asked) == 3
    with runner.store.read() as db:
        (draft,) = drafts.drafts_of(db, "s0")
    assert draft.refused[0].text.startswith("Google bought")
    told = next(each for each in trace(runner.store, "s0") if each.stage == "write")
    assert told.words == "0 of 1 generated sentences held, by tiny"
    assert "Google bought Kestrivo" in told.details[0]


def test_another_model_or_limit_is_another_question(tmp_path: Path, server: ChatServer) -> None:
    """What an answer depends on is part of what is remembered."""
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    publish(runner)
    publish(open_runner(tmp_path, server.url, "max_words = 40\n"))
    assert len(server.asked) == 6


def test_off_is_the_default(tmp_path: Path, server: ChatServer) -> None:
    """Without the setting no writer is made and nobody is asked."""
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    runner.tools = replace(runner.tools, writer=None)
    assert written(publish(runner)) == []
    assert server.asked == []
    (tmp_path / "empty.toml").write_text("")
    assert make_writer(load_settings(tmp_path / "empty.toml")) is None


@pytest.mark.parametrize(("what", "many"), [("opening", 1), ("summary", 2), ("both", 3)])
def test_opening_and_summaries_are_chosen_apart(
    tmp_path: Path, server: ChatServer, what: str, many: int
) -> None:
    """The one thing to know, the other stories, or all."""
    runner = open_runner(tmp_path, server.url, f"what = '{what}'\n")
    fill(runner)
    edition = publish(runner)
    assert len(written(edition)) == many
    assert edition.opening
    assert bool(edition.opening.written) == (what != "summary")


def test_only_shown_stories_are_asked_about(tmp_path: Path, server: ChatServer) -> None:
    """Of many stories the few that an edition shows."""
    runner = open_runner(tmp_path, server.url)
    fill(runner, 8)
    publish(runner)
    assert len(server.asked) == 3


def test_a_server_that_is_down_stops_no_edition_and_is_noted_once(tmp_path: Path) -> None:
    """After two silent answers nothing more is asked; the quotes stand."""
    runner = open_runner(tmp_path, "http://127.0.0.1:9", "timeout = 1\n")
    fill(runner)
    edition = publish(runner)
    publish(runner)
    assert written(edition) == []
    assert all(each.lines for each in entrants(edition))
    notes = [note for note in runner.report.notes if note.startswith("writer:")]
    assert len(notes) == 1
    assert "3 of 3 stories without draft" in notes[0]
    assert "is the server running" in notes[0]


def test_a_server_that_fails_now_and_then_is_left_alone_in_the_end(
    tmp_path: Path, server: ChatServer
) -> None:
    """An edition waits for so many failures, not for each of its stories."""
    runner = open_runner(tmp_path, server.url)
    runner.settings = runner.settings.model_copy(
        update={"rank": Rank(top=20, per_vendor=20, per_source=20, per_section=20)}
    )
    fill(runner, 14)
    empty = json.dumps({"choices": [{"message": {"content": said()}}]})
    server.failures = [(401, {}, ""), (200, {}, empty)] * 20
    publish(runner)
    assert len(server.asked) == 2 * FAILURES - 1


def test_the_command_tells_what_failed(tmp_path: Path) -> None:
    """`digest edition` says it as `digest run` does: it wrote quotes and said nothing."""
    runner = open_runner(tmp_path, "http://127.0.0.1:9", "timeout = 1\n")
    fill(runner)
    runner.store.close()
    config = str(tmp_path / "digest.toml")
    found = CliRunner().invoke(app, ["--config", config, "edition", "weekly", "2026-W40"])
    assert "3 of 3 stories without draft" in " ".join(found.output.split())


def test_a_server_that_comes_back_is_asked_again(tmp_path: Path, server: ChatServer) -> None:
    """What failed is not remembered, and a failure in between spoils only its own story."""
    server.failures = [(401, {}, "")]
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    assert len(written(publish(runner))) == 2
    assert len(written(publish(runner))) == 3
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "no",
        "{",
        "[]",
        said(("Kestrivo presented Beacon 9.", ["s1"])),
        said(("Kestrivo.", ["x"])),
    ],
)
def test_whatever_the_server_says_the_edition_comes_out(
    tmp_path: Path, server: ChatServer, answer: str
) -> None:
    """Empty, another form, changed numbers, invented ids: the quotes stand."""
    server.answer = answer
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    edition = publish(runner)
    assert written(edition) == []
    assert all(each.lines for each in entrants(edition))


def test_a_published_edition_keeps_its_drafts_and_asks_nobody(
    tmp_path: Path, server: ChatServer
) -> None:
    """Frozen is frozen, also when the store forgets its drafts or another model is set."""
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    first = publish(runner, freeze=True)
    again = open_runner(tmp_path, "http://127.0.0.1:9", "max_words = 40\n")
    assert publish(again) == first
    assert len(server.asked) == 3


def test_a_text_that_has_changed_is_asked_about_again(tmp_path: Path, server: ChatServer) -> None:
    """The same sentence at another place is another proof."""
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    publish(runner)
    _add(runner, make_article("s0", text=f"Leeds. {TEXT.format(n=2, m=40)}", title="Beacon 0"))
    for batch in runner.batches(runner.stage("summarise")):
        runner.work(batch)
    edition = publish(runner)
    assert len(server.asked) == 4
    assert len(written(edition)) == 3


def test_a_language_whose_names_cannot_be_told_gets_no_drafts(
    tmp_path: Path, server: ChatServer
) -> None:
    """What cannot be checked is not written."""
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    runner.settings = runner.settings.model_copy(
        update={"audience": runner.settings.audience.model_copy(update={"language": "ar"})}
    )
    assert written(publish(runner)) == []
    assert server.asked == []
    assert "writer: no drafts in ar: names cannot be told there" in runner.report.notes


def test_the_key_and_the_articles_stay_out_of_the_notes(
    tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key comes from the environment, goes to the named server, and is told nowhere."""
    monkeypatch.setenv("DIGEST_WRITER__KEY", "sesame")
    server.key = "another"
    runner = open_runner(tmp_path, server.url)
    fill(runner)
    publish(runner)
    assert server.heard[0]["authorization"] == "Bearer sesame"
    assert "set writer.key" in str(runner.report.notes)
    assert "sesame" not in str(runner.report.notes) + repr(runner.settings)
    with sqlite3.connect(tmp_path / "digest.db") as db:
        assert "sesame" not in "\n".join(db.iterdump())


@pytest.mark.parametrize("missing", ["url", "model"])
def test_an_engine_needs_a_server_and_a_model(tmp_path: Path, missing: str) -> None:
    """Half a setting is an error at once, not an edition without drafts."""
    values = {"engine": "openai-compatible", "url": "http://localhost:11434", "model": "tiny"}
    del values[missing]
    lines = "\n".join(f'{key} = "{value}"' for key, value in values.items())
    (tmp_path / "digest.toml").write_text(f"[writer]\n{lines}\n")
    with pytest.raises(ConfigError, match=r"writer\.url and writer\.model"):
        make_writer(load_settings(tmp_path / "digest.toml"))


@pytest.mark.parametrize("line", ['url = "localhost:11434"', 'engine = "openai"', "timeout = 0"])
def test_a_wrong_setting_is_told(tmp_path: Path, line: str) -> None:
    """An address without its scheme, an engine that is none, a time that is none."""
    (tmp_path / "digest.toml").write_text(f"[writer]\n{line}\n")
    with pytest.raises(ConfigError, match=r'"writer\.'):
        load_settings(tmp_path / "digest.toml")
