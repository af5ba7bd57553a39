"""Whole runs over the sample corpus: killed, repeated, edited, raised to a new version."""

import json
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from digest import pipeline
from digest.config import load_settings
from digest.config_editions import Audience
from digest.jobs import Job
from digest.records import Article, Duplicate, Item, SourceState, Story, Translation
from digest.report import RunReport
from digest.runner import Runner
from digest.stages.health import week_of
from digest.store import reading, saving
from digest.store.saving import Maker
from digest.store.tables import TABLE_OF, drops, metadata, story_members
from digest.testing import MarkingTranslator, WordEncoder
from digest.wiring import make_runner

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
STEPS = ["download", "extract", "detect", "classify", "embed", "dedupe", "cluster"]


def write_settings(folder: Path, *, mirror: Path, sources: Path) -> Path:
    file = folder / "digest.toml"
    file.write_text(
        f"""now = 2026-10-05T06:00:00+00:00
sources = "{sources}"
[store]
url = "sqlite:///store.db"
[fetch]
mirror = "{mirror}"
retries = 0
"""
    )
    return file


def run_process(settings: Path, *until: str) -> int:
    command = [sys.executable, str(ROOT / "tests" / "one_run.py"), str(settings), *until]
    return subprocess.run(command, check=False, capture_output=True, cwd=settings.parent).returncode


def contents(settings: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a store holds, save the log of its runs and its history of attempts."""
    runner = make_runner(load_settings(settings))
    left_out = {"runs", "superseded"}
    with runner.store.read() as db:
        found = {
            table.name: sorted(tuple(row) for row in db.execute(select(table)))
            for table in metadata.sorted_tables
            if table.name not in left_out
        }
    runner.store.close()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """What the store holds after one run that nobody disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    mirror, sources = EXAMPLES / "web", EXAMPLES / "sources.yaml"
    settings = write_settings(folder, mirror=mirror, sources=sources)
    assert run_process(settings) == 0
    return contents(settings)


@pytest.mark.parametrize(
    ("step", "times"), [("poll", "7"), ("download", "2"), ("extract", "1"), ("dedupe", "1")]
)
def test_a_run_that_is_killed_is_finished_by_the_next(
    undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path, step: str, times: str
) -> None:
    """After SIGKILL anywhere and a second run the store is the same as without."""
    mirror, sources = EXAMPLES / "web", EXAMPLES / "sources.yaml"
    settings = write_settings(tmp_path, mirror=mirror, sources=sources)
    assert run_process(settings, step, times) == -signal.SIGKILL
    assert run_process(settings) == 0
    found = contents(settings)
    assert {name: len(rows) for name, rows in found.items()} == {
        name: len(rows) for name, rows in undisturbed.items()
    }
    assert found == undisturbed


@pytest.fixture
def corner(tmp_path: Path) -> Path:
    """Settings over a small web of our own that a test may edit: one feed, three pages."""
    web = tmp_path / "web" / "news.example"
    web.mkdir(parents=True)
    for name in ("one", "two", "three"):
        write_page(web / f"{name}.html", name)
    write_feed(web / "feed.xml", "one", "two")
    sources = tmp_path / "sources.yaml"
    sources.write_text(
        "sources:\n- name: news\n  kind: feed\n  url: https://news.example/feed.xml\n"
        "  publisher: News\n  voice: independent\n  language: en\n"
    )
    return write_settings(tmp_path, mirror=tmp_path / "web", sources=sources)


TEXTS = {
    "one": "Kestrivo launched Beacon, a customer data platform for online shops, on Monday. "
    "The marketing platform joins e-mail, advertising and analytics data in one profile. ",
    "two": "Regulators in Utrecht fined an advertising network for tracking without consent. "
    "The privacy authority said that marketing cookies had been set before any choice. ",
    "three": "Lumenfold published a study on how marketing teams use analytics for campaigns. "
    "Four in ten brands said that their advertising measurement had improved this year. ",
}


def write_page(file: Path, name: str, *, title: str = "", canonical: str = "") -> None:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    file.write_text(
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{title or f"Story {name}"}</title>{link}
<meta property="article:published_time" content="2026-09-30T08:00:00+00:00"></head>
<body><article><h1>{title or f"Story {name}"}</h1><p>{TEXTS[name]}</p><p>{TEXTS[name][::1]}
The company named no price, and customers will see the change from October on.</p></article>
</body></html>"""
    )


def write_feed(file: Path, *names: str, titles: dict[str, str] | None = None) -> None:
    items = "".join(
        f"<item><title>{(titles or {}).get(name, f'Story {name}')}</title>"
        f"<link>https://news.example/{name}</link>"
        f"<pubDate>Wed, 30 Sep 2026 08:00:00 GMT</pubDate></item>"
        for name in names
    )
    channel = f"<channel><title>News</title>{items}</channel>"
    file.write_text(f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>')


def open_runner(settings: Path, **tools: object) -> Runner:
    runner = make_runner(load_settings(settings))
    replaced = {"encoder": WordEncoder(), **tools}
    runner.tools = replace(runner.tools, **replaced)  # type: ignore[arg-type]
    return runner


def run(settings: Path, **tools: object) -> RunReport:
    runner = open_runner(settings, **tools)
    report = runner.run_all()
    runner.store.close()
    return report


def waited(report: RunReport) -> dict[str, int]:
    return {name: step.waited for name, step in report.steps.items() if step.waited}


def test_a_second_run_does_nothing(corner: Path) -> None:
    """What has been done is not done again, and the report says so."""
    assert not run(corner).is_idle
    again = run(corner)
    assert (again.is_idle, again.unchanged, waited(again)) == (True, 1, {})


def test_an_edited_title_makes_that_article_again(corner: Path) -> None:
    """A title edited in feed and page sends one article through, and the other stays."""
    run(corner)
    web = corner.parent / "web" / "news.example"
    write_page(web / "two.html", "two", title="An edited title")
    write_feed(web / "feed.xml", "one", "two", titles={"two": "An edited title"})
    report = run(corner)
    assert set(waited(report).values()) == {1}
    assert list(waited(report))[:5] == STEPS[:5]
    runner = open_runner(corner)
    with runner.store.read() as db:
        titles = sorted(article.title for article in reading.every(db, Article))
    assert titles == ["An edited title", "Story one"]


def test_a_member_added_makes_its_story_again(corner: Path) -> None:
    """A copy of a known article joins its story: that story is told again, the other is not."""
    run(corner)
    web = corner.parent / "web" / "news.example"
    (web / "copy.html").write_text((web / "one.html").read_text())
    write_feed(web / "feed.xml", "copy", "one", "two")
    report = run(corner)
    assert {name: waited(report)[name] for name in ("download", "dedupe", "cluster")} == {
        "download": 1,
        "dedupe": 1,
        "cluster": 1,
    }
    assert {name: waited(report)[name] for name in ("rank", "summarise", "translate")} == {
        "rank": 1,
        "summarise": 1,
        "translate": 1,
    }
    assert (report.stories, report.duplicates) == (2, 1)


def test_changed_site_rules_make_their_sources_articles_again(corner: Path) -> None:
    """The pages are kept, so nobody is asked for them; a second run does nothing."""
    run(corner)
    sources = corner.parent / "sources.yaml"
    sources.write_text(sources.read_text() + "  extract:\n    title: article p\n")
    report = run(corner)
    assert (report.steps["extract"].waited, report.steps["download"].waited) == (2, 0)
    runner = open_runner(corner)
    with runner.store.read() as db:
        titles = sorted(article.title for article in reading.every(db, Article))
    assert [title[:8] for title in titles] == ["Kestrivo", "Regulato"]
    assert waited(run(corner)) == {}


def test_a_raised_version_makes_that_step_again(
    corner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new version of one step does it again for all; equal results make nothing else wait."""
    run(corner)
    monkeypatch.setattr(pipeline.detect, "VERSION", "raised")
    report = run(corner)
    assert waited(report) == {"detect": 2}
    assert (report.step("detect").made, report.step("detect").same) == (0, 2)


def test_another_model_makes_its_vectors_again(corner: Path) -> None:
    """Vectors name their model: with another one they, and what rests on them, are made again."""
    run(corner)
    report = run(corner, encoder=WordEncoder(model="words@2"))
    steps = ("classify", "embed", "dedupe", "cluster", "summarise")
    assert waited(report) == dict.fromkeys(steps, 2)


def test_an_installed_package_translates_what_was_left(corner: Path) -> None:
    """A package that appears later makes stories wait for summary and translation, no more."""
    web = corner.parent / "web" / "news.example"
    german = (
        "Kestrivo hat am Montag in Köln eine Plattform für Kundendaten im Marketing vorgestellt. "
        "Die Software verbindet Werbung, Newsletter und Analyse in einem Profil, sagte die Firma. "
    )
    (web / "de.html").write_text(
        f'<html lang="de"><head><title>Neue Plattform</title></head><body><article>'
        f"<h1>Neue Plattform</h1><p>{german}</p><p>{german}</p></article></body></html>"
    )
    write_feed(web / "feed.xml", "de")
    first = run(corner, translator=MarkingTranslator())
    assert first.missing_packages == ["de → en"]
    report = run(corner, translator=MarkingTranslator(frozenset({("de", "en")})))
    assert waited(report) == {"summarise": 1, "translate": 1}
    assert report.missing_packages == []
    runner = open_runner(corner)
    with runner.store.read() as db:
        (made,) = reading.every(db, Translation)
    assert made.title.target == "[en] Neue Plattform"


def test_a_failing_source_stops_nothing(corner: Path) -> None:
    """One dead feed is reported with its reason; the others are read."""
    sources = corner.parent / "sources.yaml"
    sources.write_text(
        sources.read_text() + "- name: dead\n  kind: feed\n  url: https://dead.example/feed.xml\n"
        "  publisher: Dead\n  voice: vendor\n"
    )
    report = run(corner)
    assert (list(report.failed), report.articles) == (["dead"], 2)
    assert "404" in report.failed["dead"]


def test_what_goes_no_further_is_counted_by_source_and_reason(corner: Path) -> None:
    """In the run's report, and weeks later by `health`: nothing is missed silently."""
    web = corner.parent / "web" / "news.example"
    (web / "copy.html").write_text((web / "one.html").read_text())
    bread = "<p>Take flour, water and salt, knead the dough well and let it rest for an hour. </p>"
    (web / "bread.html").write_text(f"<title>Bread</title><article><h1>Bread</h1>{bread * 3}")
    (web / "list.html").write_text("<title>404 Not Found</title><h1>404 Not Found</h1>")
    feed = web / "feed.xml"
    write_feed(feed, "one", "two", "copy", "bread", "list", "gone")
    feed.write_text(feed.read_text().replace("</channel>", "<item></item></channel>"))
    runner = open_runner(corner)
    runner.run_all()
    expected = {
        ("classify", "off-topic"): 1,
        ("dedupe", "a copy of another article"): 1,
        ("download", "HTTP 404"): 1,
        ("extract", "not an article"): 1,
        ("poll", "entry without link or text"): 1,
    }
    assert runner.report.left_out == {"news": expected}
    told = runner.report.as_json()["left_out"]["news"]
    assert {(each["stage"], each["reason"]): each["count"] for each in told} == expected
    (found,) = runner.polling.health()
    assert {(each.stage, each.reason): each.count for each in found.left_out} == expected
    later = open_runner(corner)
    later.clock = lambda: runner.clock() + timedelta(weeks=5)
    assert {each.stage for each in later.polling.health()[0].left_out} == {"poll"}


def test_what_an_editions_limits_hold_back_is_counted_by_source(corner: Path) -> None:
    """One story is room for in this edition: the other is in the report, with the limit."""
    corner.write_text(f"{corner.read_text()}[rank]\ntop = 1\n")
    runner = open_runner(corner)
    runner.run_all()
    job = Job("test", runner)
    job.publish("weekly", "2026-W40")
    once = {"news": {("edition", "over the limit of the edition"): 1}}
    assert runner.report.left_out == once
    job.publish("weekly", "2026-W40", audience=Audience(name="tech"))
    assert runner.report.left_out == once  # held back of both audiences, it is one story


def test_a_page_that_is_gone_is_dropped_with_its_reason(corner: Path) -> None:
    """A feed that links to a missing page loses that entry only, and the reason is kept."""
    web = corner.parent / "web" / "news.example"
    write_feed(web / "feed.xml", "one", "missing")
    report = run(corner)
    assert (report.articles, dict(report.drops)) == (1, {("download", "HTTP 404"): 1})


def test_an_edition_is_frozen_once_and_never_changes(corner: Path) -> None:
    """What arrives after an edition closed goes into the next one, marked as late."""
    runner = open_runner(corner)
    runner.run_all()
    job = Job("test", runner)
    first = job.publish("weekly", "2026-W40", freeze=True)
    before = {file.name: file.read_bytes() for file in first.files}
    web = corner.parent / "web" / "news.example"
    write_feed(web / "feed.xml", "three", "one", "two")
    later = load_settings(corner).model_copy(update={"now": runner.clock().replace(day=12)})
    second = open_runner(corner)
    second.settings, second.clock = later, lambda: later.now  # type: ignore[assignment,return-value]
    second.run_all()
    job = Job("test", second)
    again = job.publish("weekly", "2026-W40", freeze=True)
    assert {file.name: file.read_bytes() for file in again.files} == before
    following = job.publish("weekly", "2026-W41", freeze=True).edition
    shown = [(e.headline, e.status) for s in following.sections for e in s.entries]
    shown += [(following.opening.headline, following.opening.status)] if following.opening else []
    assert shown == [("Story three", "late")]
    assert following.previous == "weekly-2026-W40-cmo"


def test_the_same_draft_built_twice_is_the_same_file(corner: Path) -> None:
    """A draft made again at another hour, with nothing new, is not touched."""
    runner = open_runner(corner)
    runner.run_all()
    first = Job("test", runner).publish("quarterly", "2026-Q3")
    before = {file.name: file.read_bytes() for file in first.files}
    later = open_runner(corner)
    later.clock = lambda: runner.clock().replace(hour=23)
    again = Job("test", later).publish("quarterly", "2026-Q3")
    assert {file.name: file.read_bytes() for file in again.files} == before


def test_every_record_of_the_sample_has_its_table(
    undisturbed: dict[str, list[tuple[object, ...]]],
) -> None:
    """The sample corpus fills every table of the pipeline."""
    empty = [table.name for table in TABLE_OF.values() if not undisturbed[table.name]]
    assert empty == []
    assert undisturbed[drops.name]
    assert len(undisturbed[story_members.name]) == len(undisturbed["duplicates"])


def test_a_url_is_one_item_however_it_is_written(corner: Path) -> None:
    """Tracking parameters and another source's feed make no second item."""
    web = corner.parent / "web" / "news.example"
    write_feed(web / "other.xml", "one")
    text = (web / "other.xml").read_text().replace("/one<", "/one?utm_source=x&amp;utm_medium=y<")
    (web / "other.xml").write_text(text)
    sources = corner.parent / "sources.yaml"
    sources.write_text(
        sources.read_text() + "- name: other\n  kind: feed\n  url: https://news.example/other.xml\n"
        "  publisher: Other\n  voice: wire\n"
    )
    run(corner)
    assert waited(run(corner)) == {}
    runner = open_runner(corner)
    with runner.store.read() as db:
        found = {item.url: item.source for item in reading.every(db, Item)}
        assert len(reading.every(db, Duplicate)) == len(reading.every(db, Story)) == 2
    assert found["https://news.example/one"] == "news"


def test_the_report_is_kept_with_its_run(corner: Path) -> None:
    """`digest status` can tell how each run ended: its report is in the store."""
    assert run_process(corner) == 0
    runner = open_runner(corner)
    from digest.store import ledger

    with runner.store.read() as db:
        (row,) = ledger.last_runs(db)
    assert (row.status, json.loads(row.report)["articles"]) == ("done", 2)
    shutil.rmtree(corner.parent / "pages")


def test_two_runs_at_once_lose_nobody(corner: Path) -> None:
    """A story that another run extends while this one judges is judged again, not overwritten."""
    run(corner)
    web = corner.parent / "web" / "news.example"
    page = (web / "one.html").read_text()
    for name in ("copy-a", "copy-b"):
        (web / f"{name}.html").write_text(page)
    write_feed(web / "feed.xml", "copy-a", "one", "two")
    slow = open_runner(corner)
    judged = slow.work

    def work_late(batch: object) -> int:
        stage = batch.stage  # type: ignore[attr-defined]
        if stage.name != "cluster":
            return judged(batch)  # type: ignore[arg-type]
        write_feed(web / "feed.xml", "copy-b", "copy-a", "one", "two")
        given = stage.run

        def run_late(inputs: object, **more: object) -> object:
            made = list(given(inputs, **more))
            if len(made) and not meanwhile:
                meanwhile.append(run(corner))
            return made

        late = type(batch)(replace(stage, run=run_late), batch.pending)  # type: ignore[attr-defined,call-arg]
        return judged(late)

    meanwhile: list[RunReport] = []
    for sources in slow.polling.batches():
        slow.polling.poll(sources)
    for stage in slow.pipeline():
        for batch in slow.batches(stage):
            work_late(batch)
    run(corner)
    with slow.store.read() as db:
        found = [story for story in reading.every(db, Story) if len(story.members) > 1]
        members = db.execute(select(story_members.c.article)).scalars().all()
        assert sorted(members) == sorted(article.id for article in reading.every(db, Article))
    assert meanwhile
    assert [len(story.members) for story in found] == [3]


def test_a_source_that_wants_to_be_left_alone_is_left_and_told_of(corner: Path) -> None:
    """By the hour and by the week; the report says whose wish was kept, and which."""
    runner = open_runner(corner)
    fetch = runner.settings.fetch.model_copy(update={"mirror": None})  # a folder has no wishes
    settings = runner.settings.model_copy(update={"fetch": fetch})
    polling = replace(runner.polling, settings=settings)
    resting = SourceState("news", not_before="2999-01-01T00:00:00+00:00")
    with runner.store.write() as db:
        saving.save_states(db, Maker("poll", "1", ""), [resting])
    assert [list(polling.batches(paced=paced)) for paced in (True, False)] == [[], []]
    why = "its server wants to be left alone until 2999-01-01 00:00 UTC"
    assert runner.report.as_json()["resting"] == {"news": why}
    runner.store.close()


def test_the_feeds_of_one_host_are_spread_over_the_batches(corner: Path) -> None:
    """A host with thirty feeds is asked a few times in each batch, not thirty times in one."""
    runner = open_runner(corner)
    (news,) = runner.sources
    crowd = [f"https://crowd.example/{number}" for number in range(30)]
    others = [f"https://host{number}.example/feed" for number in range(270)]
    runner.sources = [
        replace(news, name=f"s{n}", url=url) for n, url in enumerate([*crowd, *others])
    ]
    batches = list(runner.polling.batches())
    many = [sum("crowd" in source.url for source in batch) for batch in batches]
    assert sum(map(len, batches)) == 300
    assert many == [10, 10, 10]
    runner.store.close()


def test_a_momentary_failure_takes_no_article_back(corner: Path) -> None:
    """A title edited in the feed while the page is away: the article stays, with its last text."""
    run(corner)
    web = corner.parent / "web" / "news.example"
    (web / "two.html").unlink()
    write_feed(web / "feed.xml", "one", "two", titles={"two": "An edited title"})
    report = run(corner)
    assert (report.articles, dict(report.drops)) == (2, {("download", "HTTP 404"): 1})


def test_what_is_ready_after_its_edition_closed_is_late(corner: Path) -> None:
    """An entry seen in time whose page came only after the close is told by the next edition."""
    web = corner.parent / "web" / "news.example"
    hidden = (web / "two.html").read_text()
    (web / "two.html").unlink()
    runner = open_runner(corner)
    runner.run_all()
    Job("test", runner).publish("weekly", "2026-W40", freeze=True)
    (web / "two.html").write_text(hidden)
    write_feed(web / "feed.xml", "one", "two", titles={"two": "Story two, with its page"})
    later = open_runner(corner)
    later.clock = lambda: runner.clock().replace(day=12)
    later.run_all()
    edition = Job("test", later).publish("weekly", "2026-W41").edition
    shown = [edition.opening] if edition.opening else []
    shown += [entry for section in edition.sections for entry in section.entries]
    assert [(entry.headline, entry.status) for entry in shown] == [("Story two", "late")]


def test_a_source_that_falls_silent_is_told_of_once(corner: Path) -> None:
    """Told when it has told nothing for a month, not again with every run, and again after news."""
    runner = open_runner(corner)
    source = runner.sources[0]
    runner.run_all()
    now = runner.clock()
    told = tuple((week_of(now - timedelta(weeks=back)), 5) for back in (12, 11, 10, 9))
    last = (now - timedelta(weeks=9)).isoformat()
    with runner.store.write() as db:
        state = reading.records(db, SourceState, [source.name])[source.name]
        maker = Maker("poll", "1", now.isoformat())
        saving.save_states(db, maker, [replace(state, weeks=told, last_new=last)])
    assert [(each.source, each.verdict) for each in runner.polling.fallen_silent()] == [
        (source.name, "silent")
    ]
    silent = runner.polling.fallen_silent()
    assert [each.source for each in silent] == [source.name]  # nobody was told yet
    runner.polling.told_of(silent)
    assert runner.polling.fallen_silent() == []
    with runner.store.write() as db:
        state = reading.records(db, SourceState, [source.name])[source.name]
        saving.save_states(db, maker, [replace(state, last_new=now.isoformat())])
    assert runner.polling.fallen_silent() == []
    with runner.store.read() as db:
        assert not reading.records(db, SourceState, [source.name])[source.name].alarmed
    runner.store.close()
