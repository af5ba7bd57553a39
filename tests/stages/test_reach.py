"""What was missed: every listed source of which nothing was read, and why."""

from __future__ import annotations

from dataclasses import replace

from digest.records import Missed, Source, SourceState
from digest.stages.reach import find_missed
from digest.stages.render import render

from . import edition_sample as sample


def source(name: str, *, paused: bool = False) -> Source:
    url = f"https://{name}.example/feed"
    return Source(name, "feed", url, name.title(), "vendor", None, paused=paused)


def test_what_is_missed_has_a_reason_and_what_spoke_is_not_missed() -> None:
    """Failed before silent before paused; a paused source that spoke before its pause spoke."""
    sources = [source("quiet"), source("spoke"), source("broken"), source("held", paused=True)]
    states = {"broken": SourceState("broken", failures=3, error="HTTP 503")}
    assert find_missed(sources, states, {"spoke"}) == (
        Missed("broken", "Broken", "failed", "HTTP 503"),
        Missed("quiet", "Quiet", "silent"),
        Missed("held", "Held", "paused"),
    )


def test_every_format_names_what_was_read_and_missed() -> None:
    """Page, mail and Markdown name the sources that failed, with the reason."""
    missed = (Missed("broken", "Broken & Co", "failed", "HTTP 503"),)
    edition = replace(sample.weekly(), missed=missed, sources=(("The Ledger", 7),))
    for format in ("html", "md"):
        shown = str(render(edition, format=format)).replace("\\", "").replace("<bdi>", "")
        assert "could not be read when last asked: Broken" in shown
        assert "The Ledger" in shown
    assert b"Broken & Co (HTTP 503)" in bytes(render(edition, format="mail"))  # type: ignore[arg-type]
