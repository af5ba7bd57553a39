"""Articles that come one by one end where they would have ended with all the others."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks.stores import AT, add, judge, open_runner
from digest import nearby
from digest.backends.encoders import SentenceEncoder
from digest.nearby import View
from digest.records import Article, Decision, Drop, Embedding, Language
from digest.runner import Runner
from digest.stages.cluster import cluster
from digest.stages.dedupe import dedupe
from digest.store import decisions, reading, saving
from digest.store.background import load_background, note_written, standing
from digest.store.saving import Maker, Result
from digest.store.tables import duplicates, near_keys, near_places, story_members
from digest.testing import WordEncoder
from tests.generated_news import make_news

NEWS, COPIES = make_news(120)
LANGUAGES = {one.id: Language(one.id, "en", 1.0) for one in NEWS}
KNOWN = 100  # articles of the background; the others come afterwards
Groups = dict[str, str]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred articles make a background, so that the tests are quick."""
    monkeypatch.setattr(nearby, "LEAST", 60)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder("embedded")


@pytest.fixture
def opened(tmp_path: Path, encoder: SentenceEncoder) -> Iterator[Callable[..., Runner]]:
    """Opens runners over stores of their own."""
    contexts = []

    def open_(name: str = "store", **more: object) -> Runner:
        ports = {"encoder": encoder, **more}
        context = open_runner(tmp_path / name, **ports)  # type: ignore[arg-type]  # of any port
        contexts.append(context)
        return context.__enter__()

    yield open_
    for context in contexts:
        context.__exit__(None, None, None)


def take(runner: Runner, articles: Sequence[Article]) -> None:
    add(runner, articles, LANGUAGES)
    judge(runner, about=[one.id for one in articles])


def groups(runner: Runner) -> tuple[Groups, Groups]:
    with runner.store.read() as db:
        copies = db.execute(select(duplicates.c.id, duplicates.c.duplicate_of)).all()
        members = db.execute(select(story_members.c.article, story_members.c.story)).all()
    return {id: first or id for id, first in copies}, dict(map(tuple, members))


def judged_whole(runner: Runner) -> tuple[Groups, Groups]:
    """The groups of all news at once, judged by the background that a store has."""
    with runner.store.read() as db:
        background = load_background(db)
        embeddings = {one.id: one for one in reading.every(db, Embedding)}
    given = {"encoder": runner.tools.encoder, "background": background}
    copies = dedupe(NEWS, LANGUAGES, embeddings, **given)  # type: ignore[arg-type]
    stories = cluster(NEWS, copies, LANGUAGES, embeddings, **given)  # type: ignore[arg-type]
    firsts = {one.id: one.duplicate_of or one.id for one in copies}
    return firsts, {member: one.id for one in stories for member in one.members}


def seen_by(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> list[View]:
    """What the runner's steps see from now on."""
    seen: list[View] = []
    look = runner.nearby.look

    def looking(*arguments: object) -> View:
        seen.append(look(*arguments))  # type: ignore[arg-type]
        return seen[-1]

    monkeypatch.setattr(runner.nearby, "look", looking)
    return seen


def test_the_order_and_the_size_of_batches_change_nothing(
    opened: Callable[..., Runner],
) -> None:
    """One by one, backwards, in fours shuffled: the groups of all judged by the same background."""
    first, rest = NEWS[:KNOWN], NEWS[KNOWN:]
    shuffled = random.Random(3).sample(rest, len(rest))
    ways = {
        "one by one": [first, *([one] for one in rest)],
        "backwards": [first, *([one] for one in reversed(rest))],
        "in fours": [first, *(shuffled[n : n + 4] for n in range(0, len(rest), 4))],
    }
    found: dict[str, tuple[Groups, Groups]] = {}
    for way, batches in ways.items():
        runner = opened(way)
        for batch in batches:
            take(runner, batch)
        found[way] = groups(runner)
    whole = judged_whole(runner)
    assert {way: groups == whole for way, groups in found.items()} == dict.fromkeys(ways, True)
    assert {id: whole[0][id] for id in COPIES} == COPIES


def test_one_article_is_judged_with_its_neighbours_alone(
    opened: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy of a stored article is found without looking at all the others."""
    runner = opened()
    copy = next(one for one in NEWS if one.id in COPIES)
    take(runner, [one for one in NEWS if one.id != copy.id])
    seen = seen_by(runner, monkeypatch)
    take(runner, [copy])
    assert [(view.near, [entry.id for entry in view.pending]) for view in seen] == [
        (True, sorted([copy.id, COPIES[copy.id]]))
    ] * 2
    assert groups(runner)[0][copy.id] == COPIES[copy.id]


def test_a_neighbour_of_another_name_is_read_in_full(opened: Callable[..., Runner]) -> None:
    """What a stored article names is compared in its own spelling: the index keeps numbers only."""
    runner = opened()
    first = next(one for one in NEWS if one.id not in COPIES and one.id not in COPIES.values())
    take(runner, NEWS)
    vendor = first.title.split()[0]
    words = {vendor: "Quillbrooke", "launched": "withdrew"}
    title, text = first.title, first.text
    for word, other in words.items():
        title, text = title.replace(word, other), text.replace(word, other)
    other = replace(first, id="other", title=title, text=text, url=None, content_hash="")
    add(runner, [other], LANGUAGES | {"other": Language("other", "en", 1.0)})
    judge(runner, about=["other"])
    assert "other" in groups(runner)[0]


def test_a_copy_in_an_unknown_language_is_found_by_its_text_address_or_hreflang(
    opened: Callable[..., Runner],
) -> None:
    """Certainties need no vector that means anything: each has its key in the index."""
    runner = opened(encoder=WordEncoder(languages=frozenset({"nobody's"})))
    take(runner, NEWS)
    one = NEWS[0]
    text = "Kokoro to kotoba wa chigau mono desu ga, onaji hanashi o shimasu."
    far = replace(one, title="T", text=text)
    news = {
        "same-address": replace(one, url=f"{one.url}/?utm_source=x", title="Otherwise"),
        "same-text": replace(one, url="https://other.example/same"),
        "named": replace(far, url="https://other.example/de", alternates=(str(one.url),)),
    }  # fmt: skip
    for id, changed in news.items():
        LANGUAGES[id] = Language(id, "ja" if id == "named" else "en", 1.0)
        take(runner, [replace(changed, id=id, published="2026-09-25", content_hash="")])
    assert {id: groups(runner)[0][id] for id in news} == dict.fromkeys(news, one.id)


def test_an_edited_article_is_found_by_what_it_says_now(opened: Callable[..., Runner]) -> None:
    """The index has an article once, with its last text, address and vector."""
    runner = opened()
    take(runner, NEWS)
    edited, one = NEWS[1], NEWS[0]
    take(runner, [replace(one, id=edited.id, url=edited.url, published=edited.published)])
    first = min((one.published, one.id), (edited.published, edited.id))[1]
    assert {groups(runner)[0][id] for id in (one.id, edited.id)} == {first}
    with runner.store.read() as db:
        places = db.execute(select(near_places.c.article)).scalars().all()
    assert sorted(places) == sorted(article.id for article in NEWS)


def test_a_background_grows_old(
    opened: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When as many have come as it was made of, the whole window is judged and makes a new one."""
    runner = opened()
    take(runner, NEWS[:70])
    with runner.store.write() as db:
        note_written(db, added=70)
    seen = seen_by(runner, monkeypatch)
    take(runner, NEWS[70:71])
    take(runner, NEWS[71:72])
    again = [(False, True)]  # the whole window is looked at once more under the lock
    assert [(view.near, view.fresh) for view in seen] == [
        (False, True),
        *again,
        *[(True, False)] * 3,
    ]
    with runner.store.read() as db:
        stands = standing(db)
    assert stands is not None
    assert (stands.articles, stands.added) == (71, 1)


def test_many_at_once_are_judged_as_a_window(
    opened: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a tenth of what is indexed is judged together with the whole window."""
    runner = opened()
    take(runner, NEWS[:KNOWN])
    seen = seen_by(runner, monkeypatch)
    take(runner, NEWS[KNOWN : KNOWN + 11])
    assert seen[0].near is False


def test_vectors_of_another_model_are_not_looked_at(
    opened: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A background names its model; with another encoder the window is judged anew."""
    take(opened(encoder=WordEncoder()), NEWS)
    other = opened(encoder=WordEncoder(model="words@2"))
    seen = seen_by(other, monkeypatch)
    add(other, NEWS, LANGUAGES)
    judge(other)
    assert (seen[0].near, seen[0].fresh) == (False, True)


def test_what_editors_joined_is_seen_together(opened: Callable[..., Runner]) -> None:
    """A must-link to an article that is not near at all holds for one that comes alone."""
    runner = opened()
    new, far = NEWS[-1], NEWS[0]
    take(runner, NEWS[:-1])
    with runner.store.write() as db:
        decisions.decide(db, Decision("d", "must-link", new.id, far.id, "editor", AT))
    take(runner, [new])
    told = groups(runner)[1]
    assert told[new.id] == told[far.id]


def test_a_run_may_keep_to_some_articles(opened: Callable[..., Runner]) -> None:
    """What waits beside them waits on, for whoever comes next."""
    runner = opened()
    one, other = NEWS[:2]
    add(runner, [one, other], LANGUAGES)
    stage = runner.stage("dedupe")
    (every,) = runner.batches(stage)
    runner.keep_to([one.id])
    (batch,) = runner.batches(stage)
    assert [entry.id for entry in every.pending] == sorted([one.id, other.id])
    assert [entry.id for entry in batch.pending] == [one.id]


def test_an_article_that_is_dropped_leaves_the_index(opened: Callable[..., Runner]) -> None:
    """Nobody finds it any more, by vector or by key."""
    runner = opened()
    take(runner, NEWS)
    gone = NEWS[0].id
    with runner.store.write() as db:
        result = Result(gone, "", Drop(gone, "extract", "not an article"))
        saving.save(db, Maker("extract", "1", AT), Article, [result])
    with runner.store.read() as db:
        places = db.execute(select(near_places.c.article)).scalars().all()
        keys = db.execute(select(near_keys.c.article)).scalars().all()
    assert (gone in places, gone in keys, len(places)) == (False, False, len(NEWS) - 1)


def test_two_who_add_at_once_see_each_other(
    opened: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another run adds while this one judges is judged again, together."""
    copy = next(one for one in NEWS if one.id in COPIES)
    first = next(one for one in NEWS if one.id == COPIES[copy.id])
    runner, other = opened("one"), opened("one")
    take(runner, [one for one in NEWS if one not in (copy, first)])
    add(runner, [copy, first], LANGUAGES)
    stage = runner.stage("dedupe")
    runner.keep_to([copy.id])
    (batch,) = runner.batches(stage)
    times: list[str] = []

    def run_late(inputs: Sequence[tuple[object, ...]], **more: object) -> Iterable[object]:
        if not times:
            judge(other, about=[first.id])
        times.append("again")
        return stage.run(inputs, **more)

    batch.stage = replace(stage, run=run_late)
    runner.work(batch)
    assert len(times) == 2
    assert groups(runner)[0][copy.id] == first.id
