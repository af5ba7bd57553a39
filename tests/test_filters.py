"""`digest stage NAME`: JSON lines in, JSON lines out, every id answered in order."""

import json
from pathlib import Path
from typing import Any

import pytest

from digest.config import Settings
from digest.config_sections import Taxonomy
from digest.errors import ConfigError, InputError
from digest.filter_steps import STEPS
from digest.filters import run_filter
from digest.stages.label_vectors import embed_labels
from digest.stages.labels import choose_labels, lay_out
from digest.stages.taxonomy import load_knowledge
from digest.wiring import make_encoder
from tests.stages.news import make_article

PAGE = """<html lang="en"><head><title>Beacon is here | News</title>
<meta property="article:published_time" content="2026-09-30T08:00:00+02:00"></head><body><article>
<h1>Beacon is here</h1><p>Kestrivo launched Beacon, a customer data platform for shops, on Monday.
It joins e-mail, advertising and analytics data in one profile for each customer.</p>
<p>The company named no price for the new platform, which three retailers have tested since May.
</p></article></body></html>"""


def ask(name: str, *values: Any) -> list[dict[str, Any]]:
    lines = [v if isinstance(v, bytes) else json.dumps(v).encode() for v in values]
    return [json.loads(line) for line in run_filter(name, lines, settings=Settings())]


def test_every_id_is_answered_in_order_as_often_as_it_came() -> None:
    """Repeated ids are answered as often; unknown fields are neither an error nor echoed."""
    found = ask(
        "detect",
        {"id": "b", "text": "Das ist ein deutscher Satz über Werbung.", "other": 1},
        {"id": "a", "text": "This is an English sentence about advertising.", "title": None},
        {"id": "b", "text": "Das ist ein deutscher Satz über Werbung."},
    )
    assert [(each["id"], each["language"]) for each in found] == [
        ("b", "de"),
        ("a", "en"),
        ("b", "de"),
    ]
    assert set(found[0]) == {"id", "language", "confidence"}


def test_a_broken_line_is_answered_with_its_number_and_the_rest_goes_on() -> None:
    """No line is lost: what cannot be read is named by its place."""
    found = ask(
        "detect",
        b"{broken",
        b"\xff\xfe",
        b"[1]",
        {"text": "no id"},
        {"id": "x", "text": 7},
        {"id": "ok", "text": "Ein Satz auf Deutsch über die Werbung."},
    )
    assert [each.get("line") for each in found] == [1, 2, 3, 4, 5, None]
    assert all(each["drop"]["stage"] == "detect" for each in found[:5])
    assert (found[4]["id"], found[5]["language"]) == ("x", "de")


def test_extract_reads_html_and_files(tmp_path: Path) -> None:
    """The page comes in the line, or from a file, compressed or not."""
    import gzip

    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    url = "https://news.example/beacon"
    inside, outside, missing = ask(
        "extract",
        {"id": "1", "url": url, "html": PAGE},
        {"id": "2", "url": url, "html_path": str(tmp_path / "page.html.gz")},
        {"id": "3", "url": url, "html_path": str(tmp_path / "none.html")},
    )
    assert inside | {"id": "2"} == outside
    assert (inside["title"], inside["published"]) == ("Beacon is here", "2026-09-30T08:00:00+02:00")
    assert inside["text"].startswith("Kestrivo launched Beacon")
    assert set(inside) == {
        "id", "title", "text", "authors", "published", "language_hint", "site", "paywalled",
    }  # fmt: skip
    assert "cannot read" in missing["drop"]["reason"]


def test_parse_answers_each_file_however_broken(tmp_path: Path) -> None:
    """A feed gives its entries; a file that is none gives a drop."""
    feed = tmp_path / "feed.xml"
    feed.write_text(
        "<rss version='2.0'><channel><item><title>A</title><link>https://n.example/a</link>"
        "</item></channel></rss>"
    )
    good, bad, missing = ask(
        "parse",
        {"id": "f", "path": str(feed), "kind": "feed"},
        {"id": "k", "path": str(feed), "kind": "fax"},
        {"id": "m", "path": str(tmp_path / "none"), "kind": "feed"},
    )
    assert [(item["url"], item["title"]) for item in good["items"]] == [
        ("https://n.example/a", "A")
    ]
    assert set(good["items"][0]) == {"url", "title", "published", "html"}
    assert "unknown kind 'fax'" in bad["drop"]["reason"]
    assert "cannot read" in missing["drop"]["reason"]


def test_summaries_are_verbatim_and_short() -> None:
    """Each sentence stands at its offsets; the ceiling holds."""
    text = (
        "Kestrivo launched Beacon on Monday. The platform joins customer data from shops. "
        "Three retailers have tested it since May. No price was named by the company so far."
    )
    articles = [{"id": "a", "title": "Beacon", "text": text, "language": "en"}]
    (found,) = ask("summarise", {"id": "s", "articles": articles, "max_words": 14})
    assert found["sentences"]
    for sentence in found["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        assert sentence["article"] == "a"
    assert sum(len(each["text"].split()) for each in found["sentences"]) <= 14


def test_a_translation_without_a_package_keeps_the_original() -> None:
    """Nothing is lost where no package is installed, and the missing one is named."""
    text = "Ein Satz.\n\nNoch ein Satz."
    (found,) = ask("translate", {"id": "t", "text": text, "language": "de", "to": "xx"})
    assert (found["text"], found["engine"]) == (text, "")
    assert [(each["source"], each["ok"]) for each in found["sentences"]] == [
        ("Ein Satz.", False),
        ("Noch ein Satz.", False),
    ]


def test_classify_gives_evidence_from_the_text() -> None:
    """Labels are names of the taxonomy, and a launch's evidence is a sentence of the article."""
    text = (
        "Kestrivo today launched Beacon, a customer data platform for online shops. "
        "It unifies customer profiles for marketing teams."
    )
    (found,) = ask("classify", {"id": "c", "title": "Beacon", "text": text, "language": "en"})
    assert "Customer Data Platform" in found["labels"]
    assert [(each["vendor"], each["event"]) for each in found["launches"]] == [
        ("Kestrivo", "launch")
    ]
    assert all(each["evidence"] in text for each in found["launches"])
    assert all(sentence in text for sentence in found["evidence"])


def test_classify_tells_what_its_limits_leave_out() -> None:
    """In words and counts, on the article's own line."""
    names = "abcdefghijklmno"
    text = " ".join(f"Acme today launched Nova{name}, a CRM for shops." for name in names)
    (found,) = ask("classify", {"id": "c", "title": "Acme", "text": text, "language": "en"})
    words = "launches over the limit of an article"
    assert found["cut"] == [{"what": "launches", "count": 3, "words": words}]


def test_a_title_alone_proves_its_labels() -> None:
    """An article without a text says what its title says, as in a run."""
    title = "Harborlane adds send-time prediction to its newsletter tool"
    (found,) = ask("classify", {"id": "a", "title": title, "text": "", "language": "en"})
    assert (found["labels"], found["evidence"]) == (["Email Marketing"], [title])


def test_classify_hears_who_speaks() -> None:
    """In a vendor's own words "we" is that vendor; a paper's "we" is nobody's launch."""
    text = "Today we are launching Nova, an email marketing service for small shops."
    line = {"id": "a", "title": "Say hello to Nova", "text": text, "publisher": "Kestrivo"}
    own, paper, odd = ask(
        "classify",
        {**line, "language": "en", "voice": "vendor"},
        {**line, "language": "en"},
        {**line, "language": "en", "voice": "vendors"},
    )
    assert [launch["vendor"] for launch in own["launches"]] == ["Kestrivo"]
    assert [launch["vendor"] for launch in paper["launches"]] == []
    assert 'no voice "vendors"; did you mean "vendor"?' in odd["drop"]["reason"]


def test_classify_asks_the_encoder_as_a_run_does() -> None:
    """The likelihoods are those of cue phrases and nearness together."""
    text = "Kestrivo's CRM keeps every deal and every contact of a customer in one record."
    (found,) = ask("classify", {"id": "c", "title": "", "text": text, "language": "en"})
    knowledge, encoder = load_knowledge(), make_encoder(Settings())
    laid = lay_out(make_article(text))
    told = choose_labels(
        laid,
        "en",
        categories=knowledge.categories,
        vectors=embed_labels(knowledge.categories, encoder),
    )
    alone = choose_labels(laid, "en", categories=knowledge.categories)
    assert found["confidences"] == [round(one.confidence, 3) for one in told]
    assert found["confidences"] != [round(one.confidence, 3) for one in alone]


def test_dedupe_and_cluster_see_the_whole_window() -> None:
    """A copy names the earliest, never a chain; a story is its founding article's id."""
    text = (
        "Kestrivo launched Beacon, a customer data platform for online shops, on Monday. "
        "It joins e-mail, advertising and analytics data in one profile for each customer. "
        "Three retailers have tested the platform since May."
    )
    other = (
        "A privacy regulator fined the advertising network Tracklane 4 million euros. "
        "Cookies had been set before any consent was given, the authority said on Friday."
    )
    window = [
        {"id": "late", "title": "Beacon", "text": text, "published": "2026-09-30"},
        {"id": "first", "title": "Beacon", "text": text, "published": "2026-09-29"},
        {"id": "other", "title": "Fine", "text": other, "published": "2026-09-30"},
        {"id": "late", "title": "Beacon", "text": text, "published": "2026-09-30"},
    ]
    copies = [(each["id"], each["duplicate_of"]) for each in ask("dedupe", *window)]
    assert copies == [("late", "first"), ("first", None), ("other", None), ("late", "first")]
    stories = [(each["id"], each["story"]) for each in ask("cluster", *window)]
    assert stories == [
        ("late", "first"),
        ("first", "first"),
        ("other", "other"),
        ("late", "first"),
    ]


def test_embed_gives_one_model_and_unit_vectors() -> None:
    """The vector names its model and has length 1."""
    (found,) = ask("embed", {"id": "e", "title": "Beacon", "text": "A platform."})
    assert found["model"]
    assert sum(x * x for x in found["vector"]) == pytest.approx(1.0, abs=1e-3)


def test_an_empty_input_gives_an_empty_output() -> None:
    """No line in, no line out, for every stage."""
    assert {name: ask(name) for name in STEPS} == {name: [] for name in STEPS}


@pytest.mark.parametrize("stage", ["classify", "embed"])
def test_wrong_settings_end_a_stage(stage: str) -> None:
    """They are no article's fault: a drop a line, and an exit code of 0, would hide them."""
    settings = Settings(taxonomy=Taxonomy(rename={"CMR": "Customers"}))
    line = json.dumps({"id": "a", "title": "Beacon", "text": "A CRM.", "language": "en"}).encode()
    with pytest.raises(ConfigError, match='no label "CMR"; did you mean "CRM"'):
        list(run_filter(stage, [line], settings=settings))


def test_an_unknown_stage_is_named_with_those_there_are() -> None:
    """The message lists the stages."""
    with pytest.raises(InputError, match="no stage called 'fold' \\(one of parse, extract"):
        list(run_filter("fold", [], settings=Settings()))
