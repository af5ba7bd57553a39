"""Stories that no window holds together are linked, whoever comes first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.stores import add, judge, open_runner
from digest import nearby
from digest.backends.encoders import SentenceEncoder
from digest.records import Language, Story
from digest.runner import Runner
from digest.stages.embed import embed
from digest.stages.related import Follower
from digest.store import reading
from digest.testing import make_article
from tests.generated_news import make_news

PLAN = make_article(
    "plan",
    title="Where Quellix is going: our plan for Tarnow",
    text="By the end of September, Quellix will open Tarnow to agents of any supplier. They may "
    "plan and pause campaigns in Tarnow. A person approves what is sent. Every action is logged.",
    published="2026-04-14T08:00:00+00:00",
)
DONE = make_article(
    "done",
    title="Quellix opens Tarnow to agents of any supplier",
    text="In April, Quellix promised to open Tarnow to agents of other suppliers. Today they may "
    "plan and pause campaigns in Tarnow. A person approves what is sent. Every action is logged.",
    published="2026-09-17T08:00:00+00:00",
)
NEWS = make_news(120)[0]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder("embedded")


@pytest.fixture
def runner(tmp_path: Path, encoder: SentenceEncoder) -> Iterator[Runner]:
    with open_runner(tmp_path / "store", encoder=encoder) as opened:
        yield opened


def take(runner: Runner, *articles: object) -> None:
    languages = {one.id: Language(one.id, "en", 1.0) for one in articles}  # type: ignore[attr-defined]
    add(runner, articles, languages)  # type: ignore[arg-type]
    judge(runner, about=list(languages))


def links(runner: Runner) -> dict[str, list[str]]:
    with runner.store.read() as db:
        stories = reading.every(db, Story)
    return {one.id: [link.story for link in one.related] for one in stories if one.related}


@pytest.mark.parametrize("order", [(PLAN, DONE), (DONE, PLAN)])
def test_a_plan_and_its_fulfilment_are_linked(runner: Runner, order: tuple[object, ...]) -> None:
    """Five months lie between the two; the later one names the earlier one in any order."""
    for one in order:
        take(runner, one)
    assert links(runner) == {"done": ["plan"]}


@pytest.mark.parametrize("order", [(PLAN, DONE), (DONE, PLAN)])
def test_an_index_finds_what_is_gone_on_with(
    runner: Runner, order: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a store with a background no other article than the nearest is read."""
    monkeypatch.setattr(nearby, "LEAST", 60)
    take(runner, *NEWS)
    before = links(runner)
    for one in order:
        take(runner, one)
    assert {"done": ["plan"], **before} == links(runner)


def test_a_link_outlives_the_next_run(runner: Runner) -> None:
    """A story that is judged again, with its neighbours, keeps what lies beyond them."""
    take(runner, PLAN)
    take(runner, DONE)
    take(runner, make_article("next", title="Borsen hires", published="2026-09-18T08:00:00+00:00"))
    assert links(runner) == {"done": ["plan"]}


def test_two_that_both_lie_beyond_a_window_are_not_compared(encoder: SentenceEncoder) -> None:
    """What links others among each other is not asked for; what goes on with what is own, is."""
    articles = [PLAN, DONE]
    languages = {one.id: Language(one.id, "en", 1.0) for one in articles}
    batch = [(one, languages[one.id]) for one in articles]
    embeddings = {one.id: one for one in embed(batch, encoder=encoder)}
    follower = Follower(encoder, window_days=7.0, reach=183.0)

    def found(*own: str) -> list[tuple[str, str]]:
        pairs = follower.find(articles, languages, embeddings, own=own)
        return [(one.earlier, one.later) for one in pairs]

    assert found("plan") == found("done") == [("plan", "done")]
    assert found() == found("plan", "done") == []
