"""A story that goes on is told by what is new in it, not by what the last edition showed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from digest.records import Language, WrittenLine
from digest.stages.ledger import Ledger, quoted_by
from digest.stages.novelty import renew
from digest.stages.retold import retold, says_more
from digest.stages.sentences import good_sentences
from digest.stages.summarise import summarise

from . import edition_sample as sample
from .news import make_article

FIRST = "Acme launched Nova on Tuesday, a tool that writes subject lines for online shops."
AGAIN = "On Tuesday Acme launched Nova, a tool that writes subject lines for online shops."
LATER = "The regulator in Bonn now examines whether the tool may read letters of customers."
PRICE = "Nova costs 40 euros a month and learns from the campaigns of the past."
LANGUAGES = {id: Language(id, "en", 1.0) for id in "ab"}


def told(*texts: str, known: tuple[str, ...] = (), words: int = 40) -> list[str]:
    articles = [make_article(text, id=id) for id, text in zip("ab", texts, strict=False)]
    made = summarise("s", articles, LANGUAGES, max_words=words, told=known)
    return [quote.text for quote in made.sentences]


def test_what_was_shown_is_left_out() -> None:
    """The sentence itself, and one that says hardly anything else."""
    assert told(f"{FIRST} {LATER}", AGAIN, words=16) == [FIRST]
    assert told(f"{FIRST} {LATER}", AGAIN, known=(FIRST,), words=40) == [LATER]


def test_what_was_shown_weighs_little() -> None:
    """Of two new sentences the one about new things comes first."""
    known = "The maker calls Nova a tool that learns from campaigns of shops in Leeds and York."
    near = "Many shops in Leeds use Nova, and the maker learns from their campaigns."
    far = "The regulator in Bonn examines letters and asks lawyers for advice."
    other = (
        "Shops in Leeds use Nova, whose maker learns from campaigns. "
        "A regulator in Bonn reads letters and some other things of the many that it gets daily."
    )
    assert told(f"{near} {far}", other, words=14) == [near]
    assert told(f"{near} {far}", other, known=(known,), words=14) == [far]


def test_where_all_was_shown_the_summary_stays() -> None:
    """An old sentence is better than none."""
    assert told(FIRST, known=(FIRST,)) == [FIRST]


def test_nothing_known_changes_nothing() -> None:
    """A new story is told as before."""
    assert told(f"{FIRST} {LATER}", AGAIN) == told(f"{FIRST} {LATER}", AGAIN, known=())


def test_articles_that_came_since_are_told_first() -> None:
    """Not what an old article said besides, but what the new one says."""
    old = make_article(f"{FIRST} {PRICE}", id="a")
    new = make_article(f"{AGAIN} {LATER}", id="b")
    (quote, *_) = summarise("s", [old], LANGUAGES, max_words=20).sentences
    given = {"told": (FIRST,), "reader": "en"}
    found = renew("s", [quote], [old, new], LANGUAGES, fresh={"b"}, **given)  # type: ignore[arg-type]
    assert [(each.article, each.text) for each in found] == [("b", LATER)]
    found = renew("s", [quote], [old], LANGUAGES, fresh=(), **given)  # type: ignore[arg-type]
    assert [each.text for each in found] == [PRICE]
    same = renew("s", [quote], [old, new], LANGUAGES, fresh={"b"}, told=(), reader="en")
    assert same == (quote,)


def test_an_article_that_the_reader_cannot_be_shown_is_not_quoted() -> None:
    """Chosen is from articles in the reader's language or in those of the summary."""
    old = make_article(FIRST, id="a")
    new = make_article("Die Behörde in Bonn prüft nun, ob das Werkzeug Briefe lesen darf.", id="b")
    quotes = summarise("s", [old], LANGUAGES, max_words=20).sentences
    spoken = LANGUAGES | {"b": Language("b", "de", 1.0)}
    found = renew("s", quotes, [old, new], spoken, fresh={"b"}, told=(FIRST,), reader="en")
    assert found == quotes


def test_an_edition_shows_what_the_last_one_did_not() -> None:
    """From the ledger to the page: a developing story, told anew, verbatim and cited."""
    corpus = sample.Corpus()
    old = sample.article("a", text=f"{FIRST} {PRICE}", published="2026-11-11T09:00:00+00:00")
    new = sample.article("b", text=f"{AGAIN} {LATER}")
    sample.add(corpus, old, new, quoted=[("a", FIRST)])
    first = corpus.compile("2026-W46")
    assert first.opening
    assert [line.text for line in first.opening.lines] == [FIRST]
    ledger = Ledger(shown={"a": frozenset({"a"})}, previous=first.id, quoted=quoted_by(first))
    second = corpus.compile("2026-W47", ledger=ledger)
    assert second.opening
    assert second.opening.status == "developing"
    assert [line.text for line in second.opening.lines] == [LATER]
    (line,) = second.opening.lines
    assert second.citations[line.citation - 1].article == "b"
    before = replace(ledger, quoted={})
    again = corpus.compile("2026-W47", ledger=before)
    assert again.opening
    assert [line.text for line in again.opening.lines] == [FIRST]


def test_of_a_draft_its_sources_count_as_shown() -> None:
    """What a reader read in other words is known as well."""
    corpus = sample.Corpus()
    article = sample.article("a", text=f"{FIRST} {PRICE}")
    sample.add(corpus, article, quoted=[("a", FIRST)])
    edition = corpus.compile("2026-W47")
    assert quoted_by(edition) == {"a": frozenset({FIRST})}
    assert edition.opening
    line = WrittenLine("Nova has a price.", (sample.quote(article, PRICE),), "tiny", (1,))
    drafted = replace(edition, opening=replace(edition.opening, written=(line,)))
    assert quoted_by(drafted) == {"a": frozenset({PRICE})}
    assert good_sentences(article)[1].text == PRICE


def test_news_in_the_readers_own_language_comes_first() -> None:
    """Of two articles that came since, the one that the reader can read."""
    old = make_article(FIRST, id="a")
    german = "Die Behörde in Bonn prüft nun die Briefe der Kunden von Acme und Nova."
    articles = [old, make_article(german, id="b"), make_article(LATER, id="c")]
    languages = {"a": Language("a", "en", 1.0), "b": Language("b", "de", 1.0)}
    languages["c"] = Language("c", "en", 1.0)
    quotes = summarise("s", [old, articles[1]], languages, max_words=40).sentences
    quotes += summarise("s", [articles[1]], languages, max_words=40).sentences
    new = renew("s", quotes, articles, languages, fresh={"b", "c"}, told={FIRST}, reader="en")
    assert [quote.text for quote in new] == [LATER]


ENGLISH = "Hackers stole data of 1.4 million accounts from the Pontiva platform, Hobbin said."
GERMAN = "Hacker haben Daten von 1,4 Millionen Konten der Plattform Pontiva gestohlen, so Hobbin."
MORE = "Die irische Datenschutzbehörde verlangt nun bis zum 12. Oktober einen Bericht von Hobbin."
MEANT = {ENGLISH: 0, GERMAN: 0, MORE: 1}  #: sentence → what it means


class Meanings:
    """An encoder that knows what some sentences mean."""

    model = "meanings-1"

    def knows(self, language: str) -> bool:
        """Two languages."""
        return language in ("en", "de")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one axis for each meaning."""
        rows = np.eye(8, dtype=np.float32)
        return np.stack([rows[MEANT.get(text, 7)] for text in texts])


def test_what_was_told_in_another_language_is_told_no_more() -> None:
    """The edition before quoted an English article; this week's German one has one new fact."""
    article = make_article(f"{GERMAN} {MORE}", id="b")
    languages = {"a": Language("a", "en", 1.0), "b": Language("b", "de", 1.0)}
    quotes = summarise("s", [article], languages, max_words=60).sentences
    assert [each.text for each in quotes] == [GERMAN, MORE]
    given = {"fresh": {"b"}, "told": {ENGLISH: "en"}, "reader": "de"}
    found = renew("s", quotes, [article], languages, encoder=Meanings(), **given)  # type: ignore[arg-type]
    assert [each.text for each in found] == [MORE]
    without = renew("s", quotes, [article], languages, **given)  # type: ignore[arg-type]
    assert without == quotes


def test_a_summary_leaves_out_what_was_told_in_another_language() -> None:
    """Where the languages of what was told are known, and there is an encoder."""
    article = make_article(f"{GERMAN} {MORE}", id="b")
    spoken = {"b": Language("b", "de", 1.0)}
    given = {"max_words": 60, "vectors": Meanings().encode}
    made = summarise("s", [article], spoken, told={ENGLISH: "en"}, **given)  # type: ignore[arg-type]
    assert [each.text for each in made.sentences] == [MORE]
    made = summarise("s", [article], spoken, told={ENGLISH: "de"}, **given)  # type: ignore[arg-type]
    assert len(made.sentences) == 2


@pytest.mark.parametrize(
    ("text", "more"),
    [
        (GERMAN, False),
        (GERMAN.replace("1,4", "1,5"), True),
        (GERMAN.replace("Hobbin", "Tarnwick"), True),
        (f"{GERMAN[:-1]} am 3. Mai.", True),
        (GERMAN.replace("Konten", "Kundenkonten"), False),
    ],
)
def test_a_number_a_name_or_a_day_is_new(text: str, more: bool) -> None:
    """However near two sentences are."""
    assert says_more(text, "de", ENGLISH, "en") is more


def test_what_lies_far_is_not_told_again() -> None:
    """Each sentence has a nearest one."""
    thanks = "Hobbin dankt den Kunden der Plattform Pontiva für die Geduld."
    (one,) = good_sentences(make_article(thanks, id="b"), language="de")
    assert retold([one], {ENGLISH: "en"}, Meanings().encode) == frozenset()
