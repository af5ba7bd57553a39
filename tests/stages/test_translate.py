"""What is translated of a story and of a text, and what becomes of a sentence that fails."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from digest.errors import ModelError, StoreError
from digest.records import Article, Drop, Language, Quote, Story, Summary, Translation
from digest.stage import alone
from digest.stages.attempts import is_same_language, split_smaller
from digest.stages.protect import Glossary
from digest.stages.translate import LONGEST_TEXT, translate, translate_batch, translate_text
from digest.testing import make_article

GERMAN = {
    "Neue Plattform gestartet": "New platform started",
    "Die Plattform hilft 200 Kunden.": "The platform helps 200 customers.",
    "Sie kostet 5 Euro.": "It costs 5 euros.",
    "XQ1 kauft XQ2.": "XQ1 buys XQ2.",
}


@dataclass
class Dictionary:
    """A translator that knows whole sentences; what it doesn't know comes back as it was."""

    known: dict[str, str] = field(default_factory=lambda: dict(GERMAN))
    pairs: tuple[tuple[str, str], ...] = (("de", "en"),)
    calls: list[list[str]] = field(default_factory=list)
    change: Callable[[str], str] = lambda text: text

    def package(self, language: str, to: str) -> str | None:
        """Return a name for the pairs that it knows."""
        return f"words {language}→{to} 1" if (language, to) in self.pairs else None

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return what the dictionary says, or the sentence changed."""
        self.calls.append(list(sentences))
        return [self.known.get(each, self.change(each)) for each in sentences]


class Broken(Dictionary):
    """A translator whose package is broken."""

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Raise what a broken package raises."""
        raise ModelError("the package de → en is broken", cure="install it again")


def story_of(
    *articles: tuple[str, str, str], lead: str = "a1", text: str = "Die Plattform hilft 200 Kunden."
) -> tuple[Story, Summary, dict[str, Article], dict[str, Language]]:
    """A story of (id, language, title) members that all say `text`, and its summary."""
    members = {id: make_article(id, title=title, text=text) for id, _, title in articles}
    known = {id: Language(id, language, 1.0) for id, language, _ in articles}
    story = Story(lead, tuple(members), lead, ("P",), None, None)
    return story, Summary(lead, (Quote(text, lead, 0, len(text)),)), members, known


def test_headline_summary_and_lead_are_translated() -> None:
    """The lead's title, the chosen sentences and the lead's text come in the reader's language."""
    given = story_of(("a1", "de", "Neue Plattform gestartet"))
    made = translate(*given, translator=Dictionary(), to="en")
    assert (made.title.target, made.title.ok) == ("New platform started", True)
    assert [each.target for each in made.summary] == ["The platform helps 200 customers."]
    assert [(each.source, each.target) for each in made.text] == [
        ("Die Plattform hilft 200 Kunden.", "The platform helps 200 customers.")
    ]
    assert (made.engine, made.missing) == ("words de→en 1", ())


def test_a_story_in_the_readers_language_costs_nothing() -> None:
    """An English story for an English reader is not touched, and no package is missed."""
    translator = Dictionary(pairs=())
    made = translate(*story_of(("a1", "en", "New platform")), translator=translator, to="en")
    assert (made.title.target, made.title.ok, made.text) == ("New platform", True, ())
    assert (translator.calls, made.missing, made.engine) == ([], (), "")


def test_a_member_in_the_readers_language_spares_the_lead() -> None:
    """Where an English member says the same, its headline stands and no article is translated."""
    given = story_of(("a1", "de", "Neue Plattform gestartet"), ("a2", "en", "A platform starts"))
    made = translate(*given, translator=Dictionary(), to="en")
    assert (made.title.target, made.title.article, made.text) == ("A platform starts", "a2", ())


def test_a_notice_in_the_readers_language_spares_nothing() -> None:
    """A member of a few words does not say what the lead says."""
    story, _, articles, languages = story_of(
        ("a1", "de", "Neue Plattform gestartet"), ("a2", "en", "A platform starts")
    )
    articles["a1"] = make_article("a1", title="Neue Plattform gestartet", text="Sie kostet. " * 40)
    made = translate(
        story, Summary("a1", ()), articles, languages, translator=Dictionary(), to="en"
    )
    assert (made.title.article, len(made.text)) == ("a1", 40)


def test_mode_all_takes_every_member_and_none_takes_nothing() -> None:
    """`all` translates the other members too; `none` asks nobody and marks what is foreign."""
    given = story_of(("a1", "de", "Neue Plattform gestartet"), ("a2", "de", "Zweite"))
    every = translate(*given, translator=Dictionary(), to="en", mode="all")
    assert [each.article for each in every.text] == ["a1", "a2"]
    translator = Dictionary()
    none = translate(*given, translator=translator, to="en", mode="none")
    assert (none.title.ok, none.title.note, none.text) == (False, "translation is off", ())
    assert translator.calls == []


def test_a_missing_package_is_named_and_the_original_kept() -> None:
    """Without a package everything stays in its language, marked with what would translate it."""
    given = story_of(("a1", "fr", "Une plateforme est lancée"))
    made = translate(*given, translator=Dictionary(), to="en")
    assert (made.title.target, made.title.ok) == ("Une plateforme est lancée", False)
    assert (made.title.note, made.missing) == ("no fr → en package", ("fr → en",))


def test_a_broken_package_loses_no_story() -> None:
    """A model's error leaves the originals, each with the error and its cure."""
    given = story_of(("a1", "de", "Neue Plattform gestartet"))
    made = translate(*given, translator=Broken(), to="en")
    assert made.title.target == "Neue Plattform gestartet"
    assert made.title.note == "the package de → en is broken (install it again)"
    assert (made.engine, [each.ok for each in made.summary]) == ("", [False])


class Away(Dictionary):
    """A translator on a server that does not answer."""

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Raise what a server that is down raises."""
        raise ModelError("the server does not answer", transient=True)


def test_a_server_that_is_away_is_asked_again() -> None:
    """A foreign story is put off to the next run; one that needs no translation is not."""
    german = story_of(("a1", "de", "Neue Plattform gestartet"))
    english = story_of(("b1", "en", "New platform"), lead="b1")
    put_off, made = translate_batch([german, english], translator=Away(), to="en")
    assert put_off == Drop(
        "a1", "translate", "the translator did not answer", "the server does not answer", True
    )
    assert isinstance(made, Translation)


class Full(Dictionary):
    """A translator whose memory cannot be written."""

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Raise what a full disk raises."""
        raise StoreError("the store failed: disk full")


def test_a_store_that_fails_is_no_storys_fault() -> None:
    """No story is dropped for a full disk or a lock: the run says so and is repeated."""
    given = story_of(("a1", "de", "Neue Plattform gestartet"))
    step = alone(lambda batch: translate_batch(batch, translator=Full(), to="en"), name="translate")
    with pytest.raises(StoreError, match="disk full"):
        step([given])


def test_sentences_of_many_stories_go_in_one_call_each_once() -> None:
    """A batch asks once for all stories, and never twice for the same sentence."""
    translator = Dictionary()
    given = [story_of((f"s{n}", "de", "Neue Plattform gestartet"), lead=f"s{n}") for n in range(9)]
    made = translate_batch(given, translator=translator, to="en")
    assert [each.id for each in made] == [f"s{n}" for n in range(9)]
    assert translator.calls == [["Neue Plattform gestartet", "Die Plattform hilft 200 Kunden."]]


def test_a_story_without_its_lead_is_dropped_and_the_others_go_on() -> None:
    """One broken story becomes a drop with its reason."""
    good = story_of(("a1", "de", "Neue Plattform gestartet"))
    bad = (Story("b", ("b",), "b", (), None, None), Summary("b", ()), {}, {})
    made = translate_batch([bad, good], translator=Dictionary(), to="en")
    assert isinstance(made[0], Drop)
    assert (made[0].id, made[0].detail) == ("b", "story b: its lead b is not among its articles")
    assert isinstance(made[1], Translation)


@pytest.mark.parametrize(
    ("source", "answers", "target", "note"),
    [
        # the first attempt is masked, and good
        ("Tiktoon kauft HubSpot.", {"Tiktoon kauft XQ1.": "Tiktoon buys XQ1."},
         "Tiktoon buys HubSpot.", ""),
        # the mask is lost, the sentence without masks is good
        ("Die Firma kauft HubSpot.",
         {"Die Firma kauft XQ1.": "The company buys it.",
          "Die Firma kauft HubSpot.": "The company buys HubSpot."},
         "The company buys HubSpot.", ""),
        # the number is lost until it is masked as well
        ("Die Firma entlässt 300 Leute.",
         {"Die Firma entlässt 300 Leute.": "The company lays off people.",
          "Die Firma entlässt XQ1 Leute.": "The company lays off XQ1 people."},
         "The company lays off 300 people.", ""),
        # in one piece it loops, in two it does not
        ("Die Firma kauft heute den Laden, sie zahlt morgen den Preis.",
         {"Die Firma kauft heute den Laden, sie zahlt morgen den Preis.": "the the the the the",
          "Die Firma kauft heute den Laden,": "The company buys the shop today,",
          "sie zahlt morgen den Preis.": "it pays the price tomorrow."},
         "The company buys the shop today, it pays the price tomorrow.", ""),
        # nothing helps
        ("Die Firma kauft heute den Laden.", {}, "Die Firma kauft heute den Laden.",
         "translation refused: left in the source language"),
    ],
)  # fmt: skip
def test_what_fails_is_tried_another_way(
    source: str, answers: dict[str, str], target: str, note: str
) -> None:
    """Masked, plain, numbers masked, in pieces; then the original with the reason."""
    made = translate_text("x", source, language="de", to="en", translator=Dictionary(known=answers))
    sentence = made.sentences[0]
    assert (sentence.target, sentence.ok, sentence.note) == (target, not note, note)


def test_names_of_the_glossary_survive() -> None:
    """A name that a model would translate is masked, and stands in the translation."""
    made = translate_text(
        "x",
        "Pfeffer kauft Salz.",
        language="de",
        to="en",
        translator=Dictionary(),
        glossary=Glossary(frozenset({"Pfeffer", "Salz"})),
    )
    assert made.text == "Pfeffer buys Salz."


def test_a_text_keeps_its_paragraphs() -> None:
    """Line breaks, blank lines and indents of the original stand in the translation."""
    text = "  Sie kostet 5 Euro. Die Plattform hilft 200 Kunden.\n\n\tSie kostet 5 Euro.\n"
    made = translate_text("x", text, language="de", to="en", translator=Dictionary())
    assert made.text == (
        "  It costs 5 euros. The platform helps 200 customers.\n\n\tIt costs 5 euros.\n"
    )
    assert [each.source for each in made.sentences] == [
        "Sie kostet 5 Euro.",
        "Die Plattform hilft 200 Kunden.",
        "Sie kostet 5 Euro.",
    ]


def test_spaces_are_those_of_the_new_language() -> None:
    """Chinese puts no space between sentences, English does."""
    to_english = Dictionary(
        {"价格上涨了。": "The price went up.", "客户离开了。": "Customers left."},
        (("zh-Hans", "en"),),
    )
    made = translate_text(
        "x", "价格上涨了。客户离开了。", language="zh-Hans", to="en", translator=to_english
    )
    assert made.text == "The price went up. Customers left."
    to_chinese = Dictionary(
        {"The price went up.": "价格上涨了。", "Customers left.": "客户离开了。"},
        (("en", "zh-Hans"),),
    )
    back = translate_text("x", made.text, language="en", to="zh-Hans", translator=to_chinese)
    assert back.text == "价格上涨了。客户离开了。"


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "12 345", "🎉🎉", "…", "\x00\x07"])
def test_a_text_without_words_stays_as_it_is(text: str) -> None:
    """Where there are no letters nobody is asked."""
    translator = Dictionary()
    made = translate_text("x", text, language="de", to="en", translator=translator)
    assert (made.text, made.engine, translator.calls) == (text, "", [])
    assert all(each.ok for each in made.sentences)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🎉🎉 Sie kostet 5 Euro.", "🎉🎉 It costs 5 euros."),
        ("• Sie kostet 5 Euro. ✅", "• It costs 5 euros. ✅"),
        ("Sie\x07kostet\x005 Euro.", "It costs 5 euros."),
        ("https://a.example/b", "https://a.example/b"),
        ("HubSpot", "HubSpot"),
    ],
)
def test_signs_stay_outside_the_translation(text: str, shown: str) -> None:
    """Emoji and bullets keep their places, control characters are spaces, names alone stay."""
    made = translate_text("x", text, language="de", to="en", translator=Dictionary())
    assert made.text == shown
    assert all(each.ok for each in made.sentences)


def test_an_endless_word_takes_no_time() -> None:
    """No pattern goes over a word of a hundred thousand letters again and again."""
    started = time.process_time()
    translate_text("x", "x" * 1_000_000, language="de", to="en", translator=Dictionary())
    assert time.process_time() - started < 5


def test_a_word_of_ten_thousand_letters_is_kept() -> None:
    """A word that no model can read goes through untouched; the rest is translated."""
    word = "ü" * 10_000
    translator = Dictionary({"Er sagt XQ1 heute.": "He says XQ1 today."})
    made = translate_text(
        "x", f"Er sagt {word} heute.", language="de", to="en", translator=translator
    )
    assert made.text == f"He says {word} today."


def test_beyond_the_limit_the_original_is_kept_and_marked() -> None:
    """A million characters end in a clear mark, not in hours of work."""
    text = "Sie kostet 5 Euro.\n" * 60_000
    made = translate_text("x", text, language="de", to="en", translator=Dictionary())
    assert made.text.startswith("It costs 5 euros.\nIt costs")
    assert made.text.endswith("Sie kostet 5 Euro.\n")
    assert made.sentences[-1].note == f"beyond {LONGEST_TEXT:,} characters nothing is translated"


def test_an_unknown_language_is_said_so() -> None:
    """A text whose language nobody could tell is kept, with that reason."""
    made = translate_text("x", "Abc def ghi.", language="und", to="en", translator=Dictionary())
    assert made.sentences[0].note == "the language is not known"
    assert made.missing == ()


@pytest.mark.parametrize(
    ("language", "to", "same"),
    [
        ("en-GB", "en", True),
        ("pt-BR", "pt", True),
        ("nb", "nn", True),
        ("zh", "zh-Hans", True),
        ("zh-TW", "zh-Hant", True),
        ("zh-Hans", "zh-Hant", False),
        ("de", "nl", False),
    ],
)
def test_readers_of_one_language(language: str, to: str, same: bool) -> None:
    """Regions and Norway's two forms read each other; the Chinese scripts are kept apart."""
    assert is_same_language(language, to) is same


def test_pieces_are_cut_where_a_reader_pauses() -> None:
    """Cuts fall after clauses, then after words, and only then inside a word."""
    assert split_smaller("Der Preis steigt; der Kunde geht weg.", 24) == (
        "Der Preis steigt;",
        "der Kunde geht weg.",
    )
    assert split_smaller("eins zwei drei vier", 10) == ("eins zwei", "drei vier")
    assert split_smaller("a" * 25, 10) == ("a" * 10, "a" * 10, "a" * 5)
    assert split_smaller("", 10) == ()


def test_what_is_not_translated_stays_as_it_was_spaced() -> None:
    """Between two originals nothing is spaced anew; beside a translation the new language rules."""
    text = "你好吗。我很好。再见。"
    translator = Dictionary({}, pairs=())
    made = translate_text("x", text, language="zh-Hans", to="en", translator=translator)
    assert made.text == text
    translator = Dictionary({"再见。": "Goodbye."}, pairs=(("zh-Hans", "en"),))
    made = translate_text("x", text, language="zh-Hans", to="en", translator=translator)
    assert made.text == "你好吗。我很好。 Goodbye."
