"""Another encoder merges nothing on vectors until its user has calibrated it, and a run says so."""

import json
import random
import shutil
from pathlib import Path

import pytest

from digest.calibrated import say_uncalibrated
from digest.config import Settings
from digest.stages.verdict import uncalibrated
from digest.wiring import make_encoder
from tests.test_cli import Shell, prefect_home
from tests.test_runs import corner, write_feed, write_page

__all__ = ["corner", "prefect_home"]  # fixtures

SHIPPED = Path(__file__).parents[1] / "src/digest/models/digest-static-1"
#: The page `two`, rewritten: too little of its wording is left for a certainty.
AGAIN = (
    "Regulators in Utrecht have fined an advertising network for tracking people without consent. "
    "Marketing cookies were set before any choice, the privacy authority said on Monday. "
)
VOCABULARY = """
    retailer launch platform campaign privacy regulator fine profile consent network analytics
    study brand budget search video audience loyalty checkout basket newsletter webinar price
    contract merger founder office revenue quarter forecast agency pitch client award feature
    release update outage recall warranty factory truck harbour bridge festival orchestra museum
    novel kitchen garden weather river mountain hospital school
"""


def write_pairs(path: Path) -> None:
    """Write labelled pairs: a text with a third of its words replaced, and two texts."""
    draw, vocabulary = random.Random(7), VOCABULARY.split()
    texts = [[draw.choice(vocabulary) for _ in range(30)] for _ in range(60)]
    with path.open("w", encoding="utf-8") as file:
        for n, words in enumerate(texts):
            copy = [word if draw.random() > 0.33 else draw.choice(vocabulary) for word in words]
            for other, same in ((copy, True), (texts[n - 1], False)):
                pair = {"a": {"text": " ".join(words)}, "b": {"text": " ".join(other)}}
                file.write(json.dumps(pair | {"same": same}) + "\n")


@pytest.fixture
def digest(digest_command: list[str], corner: Path, prefect_home: Path) -> Shell:
    """The command over a small web with a rewritten copy; its encoder is a model of the user's."""
    shutil.copytree(SHIPPED, corner.parent / "mine")
    from tests import test_runs

    test_runs.TEXTS["again"] = AGAIN
    write_page(corner.parent / "web/news.example/again.html", "again", title="A fine")
    del test_runs.TEXTS["again"]
    write_feed(corner.parent / "web/news.example/feed.xml", "two", "again")
    corner.write_text(f'{corner.read_text()}[models]\nencoder = "mine"\nsecond = ""\n')
    return Shell(digest_command, corner, prefect_home)


def reasons(digest: Shell) -> dict[str, list[str]]:
    """What a run has kept of `dedupe`, of each of the two pages."""
    found = {}
    for name in ("two", "again"):
        why = digest.json("why", f"https://news.example/{name}")
        assert isinstance(why, dict)
        (step,) = [step for step in why["steps"] if step["stage"] == "dedupe"]
        found[name] = [step["words"], *step["details"]]
    return found


def test_a_run_merges_on_vectors_only_after_calibration(digest: Shell) -> None:
    """Settings, a run that says what it does not do, `digest calibrate`, a run that does it."""
    first = digest("run", "weekly")
    assert first.returncode == 0, first.stderr
    said = " ".join(first.stdout.split())
    assert "is not calibrated: dedupe finds no copies by its vectors" in said
    assert "digest calibrate PAIRS.jsonl --task dedupe --verdicts verdicts.json" in said
    alone = ["no copy of an earlier article"]
    assert reasons(digest) == {"two": alone, "again": alone}

    write_pairs(digest.settings.parent / "pairs.jsonl")
    for task in ("dedupe", "cluster"):
        done = digest("calibrate", "pairs.jsonl", "--task", task, "--verdicts", "verdicts.json")
        assert done.returncode == 0, done.stderr
    settings = digest.settings.read_text()
    digest.settings.write_text(f'{settings}verdicts = "verdicts.json"\n')

    again = digest("run", "weekly")
    assert again.returncode == 0, again.stderr
    assert "not calibrated" not in again.stdout
    ((_, said, *_),) = [each for each in reasons(digest).values() if each != alone]
    assert said.startswith("cosine")


def test_only_the_shipped_model_ships_with_verdicts() -> None:
    """MiniLM from its package is another model: it has none, the embedded one has both."""
    named = {name: make_encoder(Settings(models={"encoder": name})).model for name in MODELS}
    assert {name: uncalibrated(model) for name, model in named.items()} == MODELS
    assert say_uncalibrated(named["embedded"], None) == []


MODELS = {"embedded": [], "minilm": ["dedupe", "cluster"]}


def test_what_is_missing_is_said_with_its_cure(tmp_path: Path) -> None:
    """The sentence names the steps that lack a verdict, the command, and the setting if unset."""
    file = tmp_path / "mine.json"
    verdict = {"floor": 0.2, "first": {"intercept": 0.0, "weights": {"cosine": 1.0}}}
    file.write_text(json.dumps({"dedupe": {"m@1": verdict}}))

    (said,) = say_uncalibrated("m@1", file)
    assert "cluster finds no events by its vectors" in said
    assert "dedupe" not in said
    assert said.endswith("digest calibrate PAIRS.jsonl --task cluster --verdicts mine.json")
    assert say_uncalibrated("m@1", file, steps=["dedupe", "embed"]) == []
    (alone,) = say_uncalibrated("m@1", None, steps=["dedupe"])
    assert alone.endswith('then [models] verdicts = "verdicts.json"')
