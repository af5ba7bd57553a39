"""The sample corpus is what its sources say, and holds what is promised."""

from __future__ import annotations

import mailbox
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml

from digest.config import load_settings
from digest.records import Source
from digest.text import canonical_url, count_words

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
LANGUAGES = {"en", "de", "fr", "es", "it", "ja", "zh-Hans", "zh-Hant"}
EVENTS = {"launch", "feature", "integration", "acquisition", "funding", "partnership"}
EVENTS |= {"pricing", "shutdown", "study"}
RENDERED = ("web", "mail", "sources.yaml", "gold.yaml")


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    return yaml.safe_load((EXAMPLES / "gold.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def sources() -> list[dict[str, Any]]:
    return yaml.safe_load((EXAMPLES / "sources.yaml").read_text("utf-8"))["sources"]


@pytest.fixture(scope="module")
def written() -> dict[str, dict[str, Any]]:
    files = sorted((EXAMPLES / "corpus" / "articles").glob("*.yaml"))
    blocks = [
        block for file in files for block in yaml.safe_load(file.read_text("utf-8"))["articles"]
    ]
    texts = {block["key"]: block.get("text") for block in blocks}
    return {
        block["key"]: {**block, "text": block.get("text") or texts[block["copy_of"]]}
        for block in blocks
    }


def rendered(folder: Path) -> dict[str, bytes]:
    files = [file for name in RENDERED for file in [folder / name, *(folder / name).rglob("*")]]
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in files if file.is_file()
    }


def answer(url: str) -> Path | None:
    """Return the file that answers `url`, by the rule of `examples/README.md`."""
    path = canonical_url(url).removeprefix("https://").split("?")[0].rstrip("/")
    names = (path, f"{path}.html", f"{path}/index.html", f"{path}.redirect")
    files = [EXAMPLES / "web" / name for name in names]
    return next((file for file in files if file.is_file()), None)


def test_rendering_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """What is committed is what the tool makes of the sources, PDF and mails included."""
    command = [sys.executable, str(ROOT / "tools" / "make_corpus.py"), "--into", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    again, kept = rendered(tmp_path), rendered(EXAMPLES)
    assert sorted(again) == sorted(kept)
    assert [name for name in kept if kept[name] != again[name]] == []


def test_every_language_is_well_represented(gold: dict[str, Any]) -> None:
    """At least 70 articles, and at least eight in each of the eight languages."""
    counts = Counter(article["language"] for article in gold["articles"])
    assert set(counts) == LANGUAGES
    assert min(counts.values()) >= 8
    assert counts.total() >= 70


def test_both_quarters_and_a_dense_last_week(gold: dict[str, Any]) -> None:
    """Articles of the second and third quarter of 2026, at least 20 of them in the last week."""
    months = Counter(
        article["published"][5:7] for article in gold["articles"] if article["published"]
    )
    assert sum(months[month] for month in ("04", "05", "06")) >= 20
    assert sum(months[month] for month in ("07", "08", "09")) >= 20
    week = [article for article in gold["articles"] if article["weekly"]]
    assert len(week) >= 20
    assert {article["language"] for article in week} == LANGUAGES


def test_articles_are_of_newspaper_length(written: dict[str, dict[str, Any]]) -> None:
    """A text has 90 to 250 words, save the stub that is there to be dropped."""
    lengths = {key: count_words(text["text"]) for key, text in written.items()}
    assert {key for key, words in lengths.items() if not 90 <= words <= 250} == {"stub"}


def test_every_promised_kind_is_there(gold: dict[str, Any], sources: list[dict[str, Any]]) -> None:
    """All events, claims with and without evidence, plans of each outcome, voices and drops."""
    assert {launch["event"] for launch in gold["launches"]} == EVENTS
    assert {bool(claim["proofs"]) for claim in gold["claims"]} == {True, False}
    assert {plan["outcome"] for plan in gold["plans"]} == {"kept", "silent", "pending"}
    assert {source["kind"] for source in sources} == {"feed", "page", "newsletter", "report"}
    assert {s["voice"] for s in sources} == {"independent", "vendor", "wire", "regulator"}
    drops = {entry.get("drop") for entry in [*gold["articles"], *gold["others"]]}
    assert drops == {None, "not fetched", "not an article", "too short", "off-topic"}


def test_claims_and_plans_are_quoted_verbatim(
    gold: dict[str, Any], written: dict[str, dict[str, Any]]
) -> None:
    """The proof of a claim or plan is a sentence of its article."""
    said = [(p["article"], p["sentence"]) for p in (*gold["claims"], *gold["plans"])]
    said += [(p["article"], each) for p in gold["claims"] for each in p["proofs"].values()]
    assert [pair for pair in said if pair[1] not in written[pair[0]]["text"]] == []


def test_plans_are_judged_by_their_dates(gold: dict[str, Any]) -> None:
    """A silent plan was due before the corpus's now, a pending one is later, a kept one proved."""
    keys = {article["key"] for article in gold["articles"]}
    now = date(2026, 10, 5)
    for plan in gold["plans"]:
        due = date.fromisoformat(str(plan["due"])) if plan["due"] else date.max
        assert (plan["outcome"] == "pending") == (due > now)
        assert plan["outcome"] != "kept" or plan["by"] in keys


def test_gold_names_only_what_exists(gold: dict[str, Any]) -> None:
    """Groups, near-misses, follow-ups and top tens point to articles and stories of the corpus."""
    keys = {article["key"] for article in gold["articles"]}
    stories = {article["story"] for article in gold["articles"]}
    named = {key for group in [*gold["duplicates"], *gold["stories"]] for key in group["members"]}
    assert named | {key for pair in gold["near_misses"] for key in pair["articles"]} <= keys
    assert {story for pair in gold["follows"] for story in pair.values()} <= stories
    for edition in gold["editions"].values():
        ranked = [entry["story"] for entry in edition["must"]]
        assert len(set(ranked)) == len(ranked) == 10
        assert set(ranked) <= stories


def test_top_tens_lie_in_their_periods(gold: dict[str, Any]) -> None:
    """Every story that an edition must show has an article of the edition's period."""
    for name, flag in (("weekly-2026-W40", "weekly"), ("quarterly-2026-Q3", "quarterly")):
        inside = {article["story"] for article in gold["articles"] if article[flag]}
        assert {entry["story"] for entry in gold["editions"][name]["must"]} <= inside


def test_near_misses_are_two_stories(gold: dict[str, Any]) -> None:
    """The articles of a near-miss belong to different stories and are no copies."""
    story = {article["key"]: article["story"] for article in gold["articles"]}
    assert [
        pair for pair in gold["near_misses"] if len({story[k] for k in pair["articles"]}) < 2
    ] == []


def test_duplicates_stay_within_a_story(gold: dict[str, Any]) -> None:
    """Copies of one article tell one story."""
    story = {article["key"]: article["story"] for article in gold["articles"]}
    assert all(len({story[key] for key in group["members"]}) == 1 for group in gold["duplicates"])


def test_every_address_is_answered(gold: dict[str, Any], sources: list[dict[str, Any]]) -> None:
    """Pages, feeds and reports lie where they are asked for; the two 404s do not."""
    web = [source["url"] for source in sources if source["kind"] != "newsletter"]
    others = [entry for entry in gold["others"] if entry["url"]]
    there = {entry["url"]: answer(entry["url"]) is not None for entry in others}
    gone = {entry["url"] for entry in others if entry.get("drop") == "not fetched"}
    assert [url for url in web if answer(url) is None] == []
    assert [a["url"] for a in gold["articles"] if answer(a["url"]) is None] == []
    assert {url for url, found in there.items() if not found} == gone


def test_sources_have_the_fields_of_the_record(sources: list[dict[str, Any]]) -> None:
    """Each block makes a `Source`, with a name of its own; mail folders exist."""
    records = [Source(**block) for block in sources]
    assert len({record.name for record in records}) == len(records)
    mails = [record.url for record in records if record.kind == "newsletter"]
    assert [place for place in mails if not (EXAMPLES / place).exists()] == []


def test_feeds_are_read_and_one_is_broken(sources: list[dict[str, Any]]) -> None:
    """No XML feed gives feedparser cause to complain, save the one made to be broken."""
    feeds = {s["name"]: answer(s["url"]) for s in sources if s["kind"] == "feed"}
    parsed = {
        name: feedparser.parse(file.read_bytes())
        for name, file in feeds.items()
        if file and file.suffix != ".json"
    }
    assert {name for name, feed in parsed.items() if feed.bozo} == {"nimbuspost"}
    assert all(feed.entries for feed in parsed.values())


def test_newsletters_are_mails() -> None:
    """Two folders of mails and one mailbox, each with a subject, a date and an id."""
    box = mailbox.mbox(EXAMPLES / "mail" / "signal-et-bruit.mbox", create=False)
    messages = list(box)
    assert len(messages) == 2
    assert all(
        message["Subject"] and message["Date"] and message["Message-ID"] for message in messages
    )
    box.close()
    names = [file.parent.name for file in (EXAMPLES / "mail").glob("*/*.eml")]
    assert Counter(names) == {"monday-stack": 3, "ki-postfach": 2}


def test_reports_are_pdfs_with_links(gold: dict[str, Any]) -> None:
    """Each report names every product of the gold, with its link."""
    import pdfplumber

    for url in sorted({entry["report"] for entry in gold["reports"]}):
        with pdfplumber.open(answer(url)) as pdf:
            text = "\n".join(page.extract_text() for page in pdf.pages)
            links = {link["uri"] for page in pdf.pages for link in page.hyperlinks}
        entries = [entry for entry in gold["reports"] if entry["report"] == url]
        assert [entry["name"] for entry in entries if entry["name"] not in text] == []
        assert {entry["url"] for entry in entries} == links


def test_settings_fix_the_present() -> None:
    """The sample's settings load, and its now is the Monday after the last week."""
    settings = load_settings(EXAMPLES / "digest.toml")
    assert settings.now is not None
    assert settings.now.isoformat() == "2026-10-05T06:00:00+00:00"


def test_labels_are_of_the_taxonomy_and_at_most_three(gold: dict[str, Any]) -> None:
    """Labels are the package's own; no article has more than three, and dropped ones have none."""
    file = ROOT / "src" / "digest" / "data" / "taxonomy.toml"
    known = {label["name"] for label in tomllib.loads(file.read_text("utf-8"))["label"]}
    named = {name for article in gold["articles"] for name in article["labels"]}
    assert named | {launch["category"] for launch in gold["launches"]} <= known
    assert all(len(article["labels"]) <= 3 for article in gold["articles"])
    assert all(not a["labels"] for a in gold["articles"] if a["drop"])
