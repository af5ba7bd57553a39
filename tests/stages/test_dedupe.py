from __future__ import annotations

import random
from typing import Any

import pytest

from digest.records import Article, Duplicate
from digest.stages.dedupe import dedupe
from digest.stages.verdict import Logistic, Verdict

from .likeness import WordEncoder, article, embedded, spoken

RELEASE = (
    "Harbor Analytics today released Tidewatch, a dashboard that shows marketing teams which "
    "campaigns lose money while they still run. The product reads spend from 14 advertising "
    "platforms every 15 minutes and compares it with orders from the shop. In a trial with 38 "
    "retailers, wasted spend fell by 21 percent within two months. Tidewatch costs 490 euros a "
    "month and is available in Germany, France and Spain from the first of October."
)


def run(*articles: Article, languages: dict[str, str] | None = None, **options: Any) -> list[Any]:
    encoder = WordEncoder()
    return dedupe(
        articles,
        spoken(articles, **(languages or {})),
        embedded(articles, encoder),
        encoder=encoder,
        **options,
    )


def originals(found: list[Duplicate]) -> list[str | None]:
    return [one.duplicate_of for one in found]


def test_an_article_alone_is_an_original() -> None:
    """One article has nothing to be a duplicate of."""
    found = run(article("a", "Tidewatch released", RELEASE))
    assert [Duplicate("a", None, True)] == found


def test_the_same_text_is_a_duplicate_of_the_earliest() -> None:
    """The first member is the earliest by date, whatever the ids and the order."""
    late = article("a", "Tidewatch released", RELEASE, published="2026-10-02")
    early = article("z", "Tidewatch released", RELEASE, published="2026-10-01T08:00:00+02:00")
    assert originals(run(late, early)) == ["z", None]
    assert run(late, early)[0].because == "same title and text"


def test_of_undated_copies_the_smallest_id_comes_first() -> None:
    """Without dates the id decides, and a dated article comes before an undated one."""
    same = [article(id, "Tidewatch released", RELEASE) for id in "cab"]
    assert originals(run(*same)) == ["a", None, "a"]
    dated = article("z", "Tidewatch released", RELEASE, published="2026-10-01")
    assert originals(run(*same, dated)) == ["z", "z", "z", None]


def test_one_address_in_two_writings_is_one_article() -> None:
    """Tracking parameters, `www.` and the scheme don't make another article."""
    one = article(
        "a", "Tidewatch", RELEASE, url="https://www.harbor.example/tidewatch?utm_source=x"
    )
    other = article(
        "b", "Tidewatch sees waste", RELEASE[:300], url="http://harbor.example/tidewatch/"
    )
    assert originals(run(one, other)) == [None, "a"]


def test_entries_of_one_release_page_stay_apart() -> None:
    """A vendor's page of release notes holds many articles at one address."""
    url = "https://harbor.example/releases"
    one = article("a", "Tidewatch 3.1", RELEASE, url=url)
    other = article(
        "b",
        "Lighthouse 2.0",
        "Lighthouse 2.0 lets sales teams plan their visits by region. It draws on the calendar, "
        "on open offers and on the weather, and it proposes a route for each day of the week. "
        "Administrators can now limit who sees the notes of a visit and for how many days.",
        url=url,
    )
    assert originals(run(one, other)) == [None, None]


def test_hreflang_joins_translations_of_any_language() -> None:
    """A page that names another as its translation is the same article, without any vector."""
    one = article("a", "Tidewatch", RELEASE, alternates=("https://harbor.example/fi/tidewatch",))
    other = article(
        "b", "Vuorovahti", "Harbor julkaisi tuotteen.", url="https://harbor.example/fi/tidewatch"
    )
    found = run(one, other, languages={"b": "fi"})
    assert originals(found) == [None, "a"]
    assert [one.language_supported for one in found] == [True, False]
    assert "hreflang" in found[1].because


def test_a_copy_with_another_title_and_a_dropped_sentence_is_a_duplicate() -> None:
    """Syndication changes the title and cuts the end."""
    copy = RELEASE.rsplit(". ", 1)[0] + "."
    found = run(
        article("a", "Tidewatch released", RELEASE), article("b", "Stop losing money", copy)
    )
    assert originals(found) == [None, "a"]


def test_the_same_template_with_other_facts_stays_apart() -> None:
    """Two launches from one template are two, however alike their wording."""
    other = (
        RELEASE.replace("Tidewatch", "Moorings").replace("14", "9").replace("38", "112")
        .replace("21 percent", "6 percent").replace("490", "1,250")
    )  # fmt: skip
    found = run(
        article("a", "Tidewatch released", RELEASE), article("b", "Moorings released", other)
    )
    assert originals(found) == [None, None]


def test_a_garbled_number_is_still_a_copy() -> None:
    """A re-post that garbles one figure tells no other event."""
    copy = RELEASE.replace("38 retailers", "83 retailers")
    found = run(article("a", "Tidewatch out", RELEASE), article("b", "Tidewatch out", copy))
    assert originals(found) == [None, "a"]


def test_articles_of_different_languages_need_a_certainty() -> None:
    """Numbers and names alone join nothing where the encoder doesn't know the language."""
    german = article("b", "Tidewatch", "Harbor Analytics: Tidewatch 14, 15, 38, 21, 490.")
    found = run(article("a", "Tidewatch", RELEASE), german, languages={"b": "de"})
    assert originals(found) == [None, None]


@pytest.mark.parametrize("title", ["", "Weekly update"])
def test_empty_and_generic_items_join_nothing(title: str) -> None:
    """The same short title is not the same article."""
    assert originals(run(article("a", title), article("b", title))) == [None, None]


def test_what_an_editor_keeps_apart_is_no_copy() -> None:
    """A cannot-link wins over verdicts and certainties; one with an article elsewhere is idle."""
    one, copy = article("a", "Tidewatch", RELEASE), article("b", "Tidewatch", RELEASE)
    assert originals(run(one, copy, cannot=[("b", "a"), ("gone", "a")])) == [None, None]


def test_the_order_of_the_articles_changes_nothing() -> None:
    """Each article gets the same answer in any order."""
    words = RELEASE.split()
    draw = random.Random(7)
    articles = [
        article(
            f"{n:02}",
            f"Tidewatch {n % 5}",
            " ".join(w if draw.random() > 0.04 else f"w{n}" for w in words[n % 7 :]),
            published=f"2026-10-{1 + n % 9:02}",
        )
        for n in range(40)
    ]
    expected = {one.id: one for one in run(*articles)}
    draw.shuffle(articles)
    assert expected == {one.id: one for one in run(*articles)}


def test_no_duplicate_of_a_duplicate() -> None:
    """Whoever is named as the original is one."""
    words = RELEASE.split()
    chain = [article(f"{n:02}", "T", " ".join(words[n : n + 50])) for n in range(0, 20, 2)]
    found = {one.id: one.duplicate_of for one in run(*chain)}
    assert {None} == {found[first] for first in found.values() if first}


def test_a_repeated_id_is_answered_each_time() -> None:
    """A line that comes twice gets its answer twice, and isn't its own duplicate."""
    one = article("a", "Tidewatch", RELEASE)
    assert originals(run(one, one)) == [None, None]


def test_an_unknown_language_is_never_merged_on_its_vector(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict that merges everything still merges only what the encoder knows, and not briefs."""
    merges_all = Verdict("words@1", 0.0, Logistic(8.0, {}), None)
    judged = "digest.stages.dedupe.load_verdict"
    monkeypatch.setattr(judged, lambda task, model, own=None: merges_all)
    other = " ".join(f"{word}x" for word in RELEASE.split())
    pair = (article("a", "Tidewatch", RELEASE), article("b", "Moorings", f"{other} {RELEASE[:80]}"))
    assert originals(run(*pair)) == [None, "a"]
    assert originals(run(*pair, languages={"b": "fi"})) == [None, None]
    briefs = (article("a", "Tidewatch", RELEASE[:90]), article("b", "Moorings", RELEASE[:80]))
    assert originals(run(*briefs)) == [None, None]


def test_a_brief_text_needs_more_to_be_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of under forty words the verdict has to be surer, and under twenty it has no say."""
    texts = {
        words: [" ".join(f"{name}{n}" for n in range(words)) for name in ("a", "b")]
        for words in (19, 30, 45)
    }

    def joined(words: int, *, odds: float) -> bool:
        verdict = Verdict("words@1", -1.0, Logistic(odds, {}), None)
        judged = "digest.stages.dedupe.load_verdict"
        monkeypatch.setattr(judged, lambda task, model, own=None: verdict)
        one, other = (article(text[0], "", text) for text in texts[words])
        return originals(run(one, other)) == [None, "a"]

    assert {words: joined(words, odds=1.0) for words in texts} == {19: False, 30: False, 45: True}
    assert {words: joined(words, odds=3.0) for words in texts} == {19: False, 30: True, 45: True}


def sentences_of(*numbers: int) -> str:
    """Return sentences of nine words each, without names, that have nothing in common."""
    letters = {n: "".join(chr(97 + int(digit)) for digit in f"{n:02}") for n in numbers}
    words = {n: [f"{letters[n]}{chr(97 + k)}ish" for k in range(8)] for n in numbers}
    return " ".join(f"So {' '.join(words[n])}." for n in numbers)


BODY = sentences_of(*range(1, 11))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{sentences_of(21)} {sentences_of(*range(1, 8))} {sentences_of(23, 24)}", True),
        (sentences_of(1, 2, 3, 31, 5, 6, 7, 32, 9, 10), True),
        (f"{sentences_of(21, 22, 23)} {sentences_of(*range(4, 11))}", False),
        (f"{sentences_of(1, 2, 3, 4)} {sentences_of(*range(21, 27))}", False),
    ],
    ids=["cut, between others", "two reworded", "common tail", "common opening alone"],
)
def test_a_text_between_sentences_of_who_posts_it_is_a_copy(text: str, found: bool) -> None:
    """An opening and most of the wording are proof, in any language; a common tail is none."""
    one = article("a", "Marlow opens a shop", BODY)
    other = article("b", "They did it again", text)
    (_, copy) = run(one, other, languages={"a": "fi", "b": "fi"})
    assert copy.duplicate_of == ("a" if found else None)
    assert copy.because.startswith("its opening and") == found


def test_one_text_with_other_facts_within_is_no_copy() -> None:
    """What each of two counts instead of the other, amid the same wording, keeps them apart."""
    said = f"{sentences_of(1, 2)} The fee is {{}} euros, {{}} more than before now. {{}}"
    rest = sentences_of(*range(3, 9))
    one = article("a", "", said.format(120, 15, rest))
    other = article("b", "", said.format(340, 90, f"{rest} {sentences_of(40, 41, 42)}"))
    assert originals(run(one, other)) == [None, None]


def test_a_template_that_ends_otherwise_is_no_copy() -> None:
    """Other facts in a last sentence of the same form are no closing of whoever posts it."""
    said = f"{sentences_of(*range(1, 8))} The fee is {{}} euros, {{}} more than before now."
    one, other = (
        article("a", "", f"{said.format(120, 15)} {sentences_of(21)}"),
        article("b", "", f"{said.format(340, 90)} {sentences_of(31, 32)}"),
    )
    assert originals(run(one, other, languages={"a": "fi", "b": "fi"})) == [None, None]
