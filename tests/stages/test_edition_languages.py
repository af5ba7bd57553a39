"""Editions in the reader's language: labels, dates, direction, and text with its original."""

from __future__ import annotations

import email
import email.policy
import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from digest.backends.archives import unpack
from digest.backends.argos import ArgosTranslator
from digest.config_editions import Audience
from digest.ports import Translator
from digest.records import Decision, Edition, Part
from digest.stages.catalogues import catalogues
from digest.stages.ledger import entrants
from digest.stages.render import render
from digest.stages.sayings import Sayings
from digest.stages.sums import points_told
from digest.stages.translate import translate
from digest.stages.words import Words
from tools.make_catalogues import template

from . import edition_sample as sample

PACKAGES = Path(__file__).parents[1] / "data" / "packages"
LANGUAGES = catalogues()


def edition_in(language: str) -> Edition:
    """The sample week for a reader of a language, its title in that language's own letters."""
    return replace(sample.weekly(), language=language, title="الموجز" if language == "ar" else "W")


def page_of(edition: Edition) -> str:
    made = render(edition, format="html")
    assert isinstance(made, str)
    return made


def mail_of(edition: Edition) -> tuple[str, str, str]:
    """The subject, the text part and the HTML part."""
    made = render(edition, format="mail")
    assert isinstance(made, bytes)
    message = email.message_from_bytes(made, policy=email.policy.default)
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert page is not None
    return str(message["Subject"]), plain.get_content(), page.get_content()


def visible(page: str) -> str:
    """The words of a page, on one line, without its styles."""
    inside = re.sub(r"<style>.*?</style>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", inside)))


def plain(text: str) -> str:
    """The text with one kind of space: CLDR sets thin ones around dashes."""
    return re.sub(r"\s", " ", text)


def everything(edition: Edition) -> list[str]:
    """What a reader sees of an edition: the page, both parts of the mail, Markdown."""
    _, text, mail = mail_of(edition)
    return [visible(page_of(edition)), text, visible(mail), str(render(edition, format="md"))]


@pytest.mark.parametrize("made", [sample.weekly, sample.quarterly, sample.empty])
@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_nothing_is_left_in_english(language: str, made: Callable[[], Edition]) -> None:
    """No label of the English edition stands in another language's page, mail or Markdown."""
    labels = Words(language).labels
    english = " ".join(everything(made()))
    shown = " ".join(everything(replace(made(), language=language)))
    for message in template():
        if isinstance(message.id, str) and len(message.id) > 5 and message.id[0].isupper():
            said = (
                labels.pgettext(message.context, message.id)
                if message.context
                else labels.gettext(message.id)
            )
            if said != message.id and f" {message.id} " in english:
                assert f" {message.id} " not in shown, message.id


@pytest.mark.parametrize(
    ("language", "week", "quarter", "days", "moment"),
    [
        ("en", "Week 47, 2026", "4th quarter 2026", "16–22 November 2026",
         "23 November 2026, 06:00"),
        ("en-US", "Week 47, 2026", "4th quarter 2026", "November 16 – 22, 2026",
         "November 23, 2026, 06:00"),
        ("de", "Woche 47, 2026", "4. Quartal 2026", "16.–22. November 2026",
         "23. November 2026, 06:00"),
        ("fr", "Semaine 47, 2026", "4e trimestre 2026", "16–22 novembre 2026",
         "23 novembre 2026, 06:00"),
        ("es", "Semana 47, 2026", "4.º trimestre de 2026", "16–22 de noviembre de 2026",
         "23 de noviembre de 2026, 06:00"),
        ("ja", "2026年第47週", "2026年第4四半期", "2026年11月16日～22日", "2026年11月23日 06:00"),
        ("zh-TW", "2026年第47週", "2026年第4季", "2026年11月16日至22日", "2026年11月23日 06:00"),
        ("ar", "الأسبوع 47، 2026", "الربع الرابع 2026", "16–22 نوفمبر 2026",
         "23 نوفمبر 2026، 06:00"),
        ("sv", "Week 47, 2026", "4th quarter 2026", "16–22 November 2026",
         "23 November 2026, 06:00"),
    ],
)  # fmt: skip
def test_dates_are_written_as_the_reader_writes_them(
    language: str, week: str, quarter: str, days: str, moment: str
) -> None:
    """Weeks are ISO weeks everywhere; where labels are English, so are dates."""
    words, edition = Words(language), sample.weekly()
    assert words.period("weekly", edition.start) == week
    assert words.period("quarterly", "2026-10-01T00:00:00+00:00") == quarter
    assert plain(words.days(edition.start, edition.end)) == days
    assert words.moment(edition.compiled_at, "UTC") == f"{moment} (UTC)".replace(
        " (UTC)", "（UTC）" if language in ("ja", "zh-TW") else " (UTC)"
    )
    assert week in visible(page_of(edition_in(language)))


def test_a_range_over_months_and_years_names_what_differs() -> None:
    """The first of two months and of two years is named too."""
    german = Words("de")
    assert plain(german.days("2026-09-28", "2026-10-05")) == "28. September – 4. Oktober 2026"
    assert plain(german.days("2026-12-28", "2027-01-04")) == "28. Dezember 2026 – 3. Januar 2027"
    assert Words("fr").number(1234567) == "1\u202f234\u202f567"


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("de", ["1 Meldung", "2 Meldungen"]),
        ("fr", ["1 sujet", "2 sujets"]),
        ("ja", ["ニュース1件", "ニュース2件"]),
        ("ar", ["خبر واحد", "خبران", "3 أخبار", "11 خبرًا", "100 خبر"]),
    ],
)
def test_plurals_are_each_languages_own(language: str, counts: list[str]) -> None:
    """Arabic has six forms, Japanese one."""
    labels = Words(language).labels
    said = [
        labels.ngettext("%(num)s story", "%(num)s stories", number) % {"num": number}
        for number in (1, 2, 3, 11, 100)
    ]
    assert said[: len(counts)] == counts


@pytest.mark.parametrize(
    ("part", "german"),
    [
        (Part("publishers", 2.0, "", "told", ("A", "B")), "berichtet haben: A, B"),
        (Part("publishers", 8.0, "", "told", tuple("ABCDEF")),
         "berichtet haben: A, B, C, D und 2 weitere"),
        (Part("event", 3.0, "", "acquisition", ("Acme", "Nova")), "Übernahme: Acme – Nova"),
        (Part("relevance", 0.9, "", "about", ("Video Advertising",)), "handelt von Videowerbung"),
        (Part("date", -1.0, "", "undated"), "kein Artikel sagt, wann er erschien"),
        (Part("publishers", 2.0, "told by A, B"), "berichtet haben: A, B"),
        (Part("rest", 2.0, "liked by the editor"), "liked by the editor"),
        (Part("rest", 2.0, ""), "rest"),
    ],
)  # fmt: skip
def test_reasons_are_said_by_their_codes(part: Part, german: str) -> None:
    """Records kept before there were codes are said by their words, or shown as they are."""
    assert Words("de").reason(part) == german


@pytest.mark.parametrize(
    ("note", "german"),
    [
        ("no ja → de package", "kein Übersetzungspaket ja → de"),
        ("translation refused: repeats itself", "Übersetzung verworfen: wiederholt sich"),
        ("translation refused: lost the number 34,5",
         "Übersetzung verworfen: die Zahl 34,5 ging verloren"),
        ("the server does not answer", "the server does not answer"),
    ],
)  # fmt: skip
def test_notes_are_said_in_the_readers_language(note: str, german: str) -> None:
    """What nobody has foreseen is shown as it is."""
    assert Words("de").note(note) == german


def test_missing_packages_are_told_in_one_note() -> None:
    """Three packages that a story lacks are one line, not three."""
    notes = ["no es → de package", "the language is not known", "no en → de package"]
    said = "kein Übersetzungspaket es → de, en → de, die Sprache ist nicht bekannt"
    assert Words("de").notes(notes) == said


@dataclass
class Interpreter:
    """A translator that knows these sentences."""

    known: dict[str, str]
    pair: tuple[str, str] = ("en", "de")

    def package(self, language: str, to: str) -> str | None:
        """Return a name for its pair."""
        return "interpreter 1" if (language, to) == self.pair else None

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return what it knows; the rest as it was."""
        return [self.known.get(each, each) for each in sentences]


def translated(language: str, translator: Translator) -> Edition:
    """The sample week for a reader of `language`, translated by the translate step."""
    corpus = sample.full_corpus()
    corpus.translations = {
        story.id: translate(
            story, corpus.summaries[story.id], {id: corpus.articles[id] for id in story.members},
            corpus.languages, translator=translator, to=Audience(language=language).reads,
        )
        for story in corpus.stories
    }  # fmt: skip
    return corpus.compile("2026-W47", audience=Audience(language=language), counts={}, drops={})


ADWELL = "Adwell buys Pinfold to measure what television adds"
GERMAN = "Adwell kauft Pinfold, um zu messen, was Fernsehen bringt"


def test_a_translation_has_its_original_one_click_away() -> None:
    """A German reader reads German, and opens what the source says; mail and text show both."""
    edition = translated("de", Interpreter({ADWELL: GERMAN}))
    page = page_of(edition)
    story = next(each for each in page.split("<article") if GERMAN in each)
    details = re.search(r"<details>\s*<summary>Originalwortlaut: Englisch</summary>(.*?)</details>",
                        story, re.S)  # fmt: skip
    assert details
    assert f'<bdi lang="en">{ADWELL}</bdi>' in details[1]
    _, plain, mail = mail_of(edition)
    for text in (visible(mail), re.sub(r"\s+", " ", plain), str(render(edition, format="md"))):
        assert GERMAN in text
        assert ADWELL in text
    assert "maschinell übersetzt" in page


def test_what_no_package_translates_says_so_in_the_readers_language() -> None:
    """A Japanese story for a German reader stays Japanese, with the package that it lacks."""
    edition = translated("de", Interpreter({}))
    story = next(each for each in page_of(edition).split("<article") if "ホシモリ、" in each)
    assert "In der Originalsprache: kein Übersetzungspaket ja → de" in visible(story)
    assert "kein Übersetzungspaket ja → de" in mail_of(edition)[1]


def test_the_readers_own_headline_is_shown() -> None:
    """Where a member speaks the reader's language, its headline stands above and its page first."""
    edition = translated("de", Interpreter({}))
    opening = edition.opening
    assert opening is not None
    assert (opening.headline, opening.headline_language) == (
        "Lumora öffnet Orchard für alle Kunden", "de",
    )  # fmt: skip
    assert (opening.headline_translated, opening.headline_note) == (False, "")
    first = edition.citations[opening.citations[0] - 1]
    assert first.title == opening.headline


def test_a_translation_for_another_reader_is_not_shown() -> None:
    """English that was made for an English reader is no German; the original stands, marked."""
    german = sample.full_corpus().compile("2026-W47", audience=Audience(language="de"))
    french = next(each for each in entrants(german) if each.headline_language == "fr")
    assert french.headline == french.headline_original
    assert (french.headline_translated, french.headline_note) == (False, "not translated")
    assert not any(line.translated for line in french.lines)


def test_a_taiwanese_reader_reads_traditional_chinese() -> None:
    """An article in zh-Hant needs no translation for zh-TW, and is not said to be one."""
    edition = translated("zh-TW", Interpreter({}))
    (story,) = [each for each in entrants(edition) if each.headline_language == "zh-Hant"]
    assert (story.headline_translated, story.headline_note) == (False, "")
    assert '<html lang="zh-Hant" dir="ltr">' in page_of(edition)


def test_a_real_package_translates_a_page(tmp_path: Path) -> None:
    """The tiny package's English stands on the page, the German behind it."""
    for file in PACKAGES.glob("*.argosmodel"):
        unpack(file, tmp_path)
    corpus = sample.Corpus()
    text = "Der Umsatz von Adobe steigt um 34,5 Prozent."
    article = sample.outlet(
        "umsatz", "Marktbote", "Amara kauft HubSpot für 5 Millionen Euro.", text
    )
    sample.add(corpus, article, language="de")
    (story,) = corpus.stories
    corpus.translations[story.id] = translate(
        story, corpus.summaries[story.id], corpus.articles, corpus.languages,
        translator=ArgosTranslator(tmp_path), to="en",
    )  # fmt: skip
    page = page_of(corpus.compile("2026-W47", counts={}, drops={}))
    shown, details = page.split("<details>")[:2]
    assert "Amara buys HubSpot for 5 million euros." in shown
    assert "Revenue at Adobe rises by 34.5 percent." in shown
    assert f'<bdi lang="de">{text}</bdi>' in details


def test_an_arabic_edition_runs_from_right_to_left() -> None:
    """Page, mail and Markdown say so; foreign paragraphs keep their own direction."""
    edition = edition_in("ar")
    page, mail = page_of(edition), mail_of(edition)[2]
    assert '<html lang="ar" dir="rtl">' in page
    assert '<html lang="ar" dir="rtl">' in mail
    assert str(render(edition, format="md")).startswith('<div lang="ar" dir="rtl">\n\n# ')
    japanese = next(each for each in page.split("<article") if "ホシモリ、" in each)
    assert re.search(r'<h3 id="[^"]+" dir="ltr"><a [^>]+><bdi lang="ja">', japanese)
    assert re.search(r'<p class="lines" dir="ltr">', japanese)
    assert '<bdi lang="ja" class="name">月刊マーケ技術</bdi>' in japanese


def test_an_arabic_story_keeps_its_direction_in_an_english_edition() -> None:
    """Its headline and its sentences run from right to left; the labels around them do not."""
    page = page_of(sample.weekly())
    story = next(each for each in page.split("<article") if 'lang="ar"' in each)
    assert 'dir="rtl"><a' in story
    assert '<p class="lines" dir="rtl">' in story


@pytest.mark.parametrize(
    "name", ["edition.css", "mail.html.j2", "parts.html.j2", "edition.html.j2"]
)
def test_styles_name_no_side(name: str) -> None:
    """Start and end instead of left and right, so that a page turns with its language."""
    style = (Path(__file__).parents[2] / "src/digest/templates" / name).read_text("utf-8")
    sides = r"(?:margin|padding|border|inset)-(?:left|right)|text-align:\s*(?:left|right)|float:"
    assert re.findall(sides, style) == []


def test_json_has_codes_and_beside_them_words() -> None:
    """Codes are the same in every language; `words` says them in the reader's."""
    made = {each: json.loads(str(render(edition_in(each), format="json"))) for each in ("en", "de")}
    words = {each: made[each].pop("words") for each in made}
    for each in made.values():
        each.pop("language")
    assert made["de"] == made["en"]
    assert (words["de"]["language"], words["de"]["direction"]) == ("de", "ltr")
    assert words["de"]["labels"]["Video Advertising"] == "Videowerbung"
    assert words["de"]["statuses"]["developing"] == "Entwickelt sich weiter"
    assert words["de"]["events"]["acquisition"] == "Übernahme"
    assert words["de"]["languages"]["zh-Hant"] == "Chinesisch (traditionell)"
    assert words["de"]["sections"]["developments"] == "Was sonst noch wichtig ist"
    assert words["en"]["labels"]["Video Advertising"] == "Video Advertising"


def test_the_subject_of_a_mail_is_in_the_readers_language() -> None:
    """Name, days, headline: each language with its own marks between them."""
    headline = "Lumora takes its consent-first Orchard platform out of beta"
    assert mail_of(edition_in("de"))[0] == f"W, 16.–22. November 2026: {headline}"
    assert mail_of(edition_in("ja"))[0] == f"W　2026年11月16日～22日：{headline}"


@pytest.mark.parametrize(
    ("language", "says"), [("de", "Nichts Nennenswertes"), ("ar", "لا جديد يستحق النشر")]
)
def test_an_empty_edition_says_so_in_the_readers_language(language: str, says: str) -> None:
    """So do the page and both parts of the mail."""
    edition = replace(sample.empty(), language=language)
    assert says in page_of(edition)
    assert all(says in part for part in mail_of(edition)[1:])


def test_a_language_without_a_catalogue_gets_english_labels() -> None:
    """The page is English, its Swedish text is marked as Swedish, and nothing fails."""
    edition = edition_in("sv")
    assert '<html lang="en" dir="ltr">' in page_of(edition)
    assert "The one thing to know" in page_of(edition)


@pytest.mark.parametrize(
    ("language", "whole", "small"),
    [
        ("en", "€34,800", "€8.50"),
        ("de", "34.800 €", "8,50 €"),
        ("fr", "34 800 €", "8,50 €"),
        ("ja", "€34,800", "€8.50"),
    ],
)
def test_money_is_whole_above_a_hundred(language: str, whole: str, small: str) -> None:
    """Cents are told of small sums only, and sums look as the reader writes them."""
    words = Sayings(language)
    assert plain(words.money(34800.0, "EUR")) == whole
    assert plain(words.money(8.5, "EUR")) == small
    assert plain(words.money(141.3, "EUR")) == plain(words.money(141.0, "EUR"))
    assert "141" in words.money(141.3, "EUR")
    assert "00" not in words.money(141.3, "EUR")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "CHF\u00a048,250"), ("de", "48.250\u00a0CHF"), ("ja", "CHF\u00a048,250")],
)
def test_a_code_of_a_currency_keeps_apart_from_its_number(language: str, said: str) -> None:
    """A sign touches its number, a code does not, and neither stands on a line of its own."""
    assert Sayings(language).money(48250.0, "CHF") == said
    assert Sayings("en").money(48250.0, "GBP") == "£48,250"


def test_a_sum_in_a_remark_keeps_its_cents() -> None:
    """It is the one that a table beside it tells."""
    assert Sayings("en")._cost("84000.5 CHF") == "CHF\u00a084,000.50"
    assert Sayings("en")._cost("84000.0 CHF") == "CHF\u00a084,000"


def test_parts_of_a_score_add_up_to_what_is_told() -> None:
    """Each rounded alone, three of 5.26 make 15.9 of 15.8."""
    parts = [Part("told", points, "") for points in (5.26, 5.26, 5.26, -0.04)]
    told = [points for _, points in points_told(15.74, parts)]
    assert told == [5.3, 5.2, 5.2, 0.0]
    assert round(sum(told), 1) == 15.7
    assert [points for _, points in points_told(9.0, parts[:1])] == [5.3]
    near = points_told(sum(each.points for each in parts) + 0.3, parts)
    assert [points for _, points in near] == [round(each.points, 1) for each in parts]


def test_a_second_audience_gets_a_headline_it_can_read() -> None:
    """A member in the reader's language lends its headline, unless an editor picked the lead."""
    corpus = sample.full_corpus()
    corpus.translations.clear()
    edition = corpus.compile("2026-W47", audience=Audience(name="de", language="de"))
    assert edition.opening is not None
    assert edition.opening.headline == "Lumora öffnet Orchard für alle Kunden"
    lead = edition.opening.story
    picked = Decision("d", "lead", lead, lead, "editor", "2026-11-20T00:00:00+00:00")
    edited = corpus.compile(
        "2026-W47", audience=Audience(name="de", language="de"), decisions=[picked]
    )
    assert edited.opening is not None
    assert edited.opening.headline == corpus.articles[lead].title
