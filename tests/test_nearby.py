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
from digest.testing import WordEncoder, make_article
from tests.generated_news import make_news
from tests.odd_news import make_window

NEWS, COPIES = make_news(120)
LANGUAGES = {one.id: Language(one.id, "en", 1.0) for one in NEWS}
FIRSTS = tuple(COPIES.values())[:2]
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
    for word, instead in words.items():
        title, text = title.replace(word, instead), text.replace(word, instead)
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
    copies, told = groups(runner)
    assert told[new.id] == told[far.id]
    assert copies[new.id] == new.id


def test_what_editors_joined_stays_so_and_makes_no_copies(opened: Callable[..., Runner]) -> None:
    """Two events in one story are no copies of each other, whatever comes to either later."""
    runner = opened()
    late = [next(one for one in NEWS if COPIES.get(one.id) == first) for first in FIRSTS]
    take(runner, [one for one in NEWS if one not in late])
    with runner.store.write() as db:
        decisions.decide(db, Decision("d", "must-link", FIRSTS[0], FIRSTS[1], "editor", AT))
    judge(runner)
    for copy in late:
        take(runner, [copy])
    copies, told = groups(runner)
    assert [copies[one.id] for one in late] == list(FIRSTS)
    assert len({told[id] for id in (*FIRSTS, *(one.id for one in late))}) == 1


def test_copies_that_editors_part_are_copies_no_more(opened: Callable[..., Runner]) -> None:
    """The next run sees to it, and once more where the parting is undone."""
    runner = opened()
    copy, first = next(iter(COPIES.items()))
    take(runner, NEWS)
    with runner.store.write() as db:
        decisions.decide(db, Decision("d", "cannot-link", copy, first, "editor", AT))
    judge(runner)
    copies, told = groups(runner)
    assert (copies[copy], told[copy] == told[first]) == (copy, False)
    with runner.store.write() as db:
        undo = Decision("u", "revoke", copy, "d", "editor", AT, act="u")
        decisions.revoke(db, "d", by=undo)
    judge(runner)
    copies, told = groups(runner)
    assert (copies[copy], told[copy] == told[first]) == (first, True)


def test_who_claims_an_address_is_seen_with_all_who_do(
    opened: Callable[..., Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that is wrong for one proves nothing for two others that are near the new one."""
    office = "Kettlemoor opens an office in {}. Its {} people there sell loyalty software to {}."
    lyon, turin = office.format("Lyon", 40, "hotels"), office.format("Turin", 31, "banks")
    told = {
        "cookie": "We use cookies. You may refuse them at any time in the settings of the page.",
        "lyon": lyon,
        "turin": turin,
        "both": f"{lyon} {turin}",
    }
    home = "https://kettlemoor.example/home"
    few = [
        make_article(id, title=id, text=text, url=None if id == "both" else home)
        for id, text in told.items()
    ]
    LANGUAGES.update({id: Language(id, "en", 1.0) for id in told})
    runner = opened()
    take(runner, [*NEWS, *few[:-1]])
    seen = seen_by(runner, monkeypatch)
    take(runner, few[-1:])
    assert [entry.id for entry in seen[0].pending] == sorted(told)
    assert [groups(runner)[0][id] for id in ("cookie", "lyon", "turin")] == [*told][:3]


@pytest.mark.parametrize("seed", range(2))
def test_odd_articles_stop_none_that_come_with_them(
    opened: Callable[..., Runner], seed: int
) -> None:
    """Each is answered, one by one as all at once, and ends where it would have ended."""
    odd, spoken = make_window(seed, count=9)
    few = [_writable(one, f"odd{n}") for n, one in enumerate(odd)]
    for new, one in zip(few, odd, strict=True):
        language = spoken[one.id].language if one.id in spoken else "en"
        LANGUAGES[new.id] = Language(new.id, language, 1.0)
    found = []
    for way, batches in {"alone": [[one] for one in few], "together": [few]}.items():
        runner = opened(way)
        for batch in (NEWS[:90], *batches):
            take(runner, batch)
        found.append(groups(runner))
    assert found[0] == found[1]
    assert {one.id for one in few} <= found[0][1].keys()


def _writable(one: Article, id: str) -> Article:
    """Return an article as a store can keep it: without halves of characters, of this month."""
    title, text = (part.encode("utf-8", "replace").decode() for part in (one.title, one.text))
    published = None if one.published in (None, "", "gibberish") else "2026-09-12"
    seen = "2026-09-12T00:00:00+00:00"
    return replace(
        one, id=id, title=title, text=text, published=published, first_seen=seen, content_hash=""
    )


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
