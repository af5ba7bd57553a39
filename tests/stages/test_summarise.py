"""Summaries: whole, verbatim sentences under a ceiling, nothing twice, no boilerplate."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import itertools

import numpy as np
import pytest

from digest.records import Article, Language
from digest.stages.sentences import good_sentences, is_balanced, is_quotable
from digest.stages.story_space import make_space
from digest.stages.summarise import Aim, _worth, summarise
from digest.text import count_words, sentences, split_sentences

from .news import make_article

LAUNCH = (
    "Acme launched Nova on Tuesday, a tool that writes subject lines for online shops. "
    "Nova costs 40 euros a month and learns from past campaigns. "
    "The weather in Leeds was fine, and the guests stayed late into the evening."
)
TELLING = (
    "A new tool called Nova writes subject lines for online shops, its maker Acme says. "
    "Shops that tested Nova saw four per cent more opens. "
    "For more information, please visit the website of Acme."
)
ABOUT = "About Acme:\nAcme is the leading maker of tools for online shops in the whole of Europe."


def story(*texts: str) -> list[Article]:
    return [make_article(text, id=f"a{n}") for n, text in enumerate(texts)]


def tell(articles: list[Article], *, words: int = 60, languages=(), **options):
    spoken = dict(itertools.zip_longest((a.id for a in articles), languages, fillvalue="en"))
    known = {id: Language(id, language, 1.0) for id, language in spoken.items()}
    return summarise("s", articles, known, max_words=words, **options)


@pytest.mark.parametrize("words", [8, 20, 30, 60, 200])
def test_sentences_are_whole_verbatim_and_under_the_ceiling(words):
    """Each stands at its offsets, is one of its article's sentences, and all fit together."""
    articles = story(LAUNCH, TELLING, ABOUT)
    told = tell(articles, words=words).sentences
    texts = {article.id: article.text for article in articles}
    assert [quote.text for quote in told] == [texts[q.article][q.start : q.end] for q in told]
    assert all((q.start, q.end) in split_sentences(texts[q.article]) for q in told)
    assert sum(count_words(quote.text) for quote in told) <= words


def test_nothing_is_given_where_nothing_fits():
    """A ceiling below the shortest good sentence gives no sentence, not half of one."""
    assert tell(story(LAUNCH), words=4).sentences == ()


def test_shared_news_is_chosen_before_what_one_article_adds():
    """What both articles and the titles tell comes first."""
    articles = [
        make_article(LAUNCH, id="a", title="Acme launches Nova"),
        make_article(TELLING, id="b", title="Nova writes subject lines"),
    ]
    first = tell(articles, words=16).sentences[0].text
    assert "subject lines" in first


def test_nothing_is_said_twice():
    """The same sentence in two articles is quoted once, from the lead."""
    told = tell(story(LAUNCH, LAUNCH), words=200).sentences
    assert {"a0"} == {quote.article for quote in told}
    assert len(told) == len({quote.text for quote in told})


def test_order_is_that_of_the_articles():
    """The lead's sentences come first, each article's in the order of its text."""
    told = tell(story(LAUNCH, TELLING), words=200).sentences
    assert sorted(told, key=lambda q: (q.article, q.start)) == list(told)


@pytest.mark.parametrize(
    "line",
    [
        "For more information, please visit our website at any time you like.",
        "© 2026 Acme Corporation, all rights reserved in every country of the world.",
        "This press release contains forward-looking statements that involve many risks.",
        "Click here to read the whole story on our new and faster website.",
        "Weitere Informationen finden Sie auf der Website des Unternehmens in Köln.",
        "Alle Rechte vorbehalten, auch die der Übersetzung in andere Sprachen.",
        "Pour en savoir plus, rendez-vous sur le site de la société à Lyon.",
        "Para más información, visite la página de la empresa en Madrid.",
        "Per maggiori informazioni visitate il sito della società di Milano.",
        "詳細は公式サイトの製品ページをご覧ください。",
        "欲了解更多信息，请访问公司的官方网站。",
        "欲瞭解更多資訊，請造訪公司的官方網站。",
        "By Jane Doe, Senior Editor, The Ledger, 3 October 2026.",
        "Von Jana Meier, Redakteurin, am 3. Oktober 2026.",
        "Par Jeanne Martin, journaliste, publié le 3 octobre 2026.",
        "文：田中太郎　編集：鈴木花子　2026年10月3日。",
        "Wir verwenden Cookies, um Ihnen ein besseres Erlebnis zu bieten.",
        "Nous utilisons des cookies pour améliorer votre expérience ici.",
        "Utilizamos cookies para mejorar su experiencia en este sitio.",
        "Utilizziamo i cookie per migliorare la tua esperienza qui.",
        "当サイトではクッキーを使用しています。",
        "本网站使用Cookie来改善您的浏览体验，继续浏览即表示您同意。",
        "À lire aussi : Acme vend son imprimerie à un rival espagnol.",
        "Dieser Artikel erschien zuerst im März und wurde aktualisiert.",
        "関連記事：アクメ、印刷部門を売却へ。",
        "Six Ways to Sell More Shoes This Winter",
        "Too short.",
    ],
)
def test_boilerplate_headings_and_fragments_are_not_quotable(line):
    """Invitations, rights, statements of risk, headings and fragments tell no news."""
    assert is_quotable(line) is False


@pytest.mark.parametrize(
    "line",
    [
        "Google will let publishers use third-party data after cookies are gone.",
        "Die Aufsicht verbietet dem Händler Cookies ohne Einwilligung.",
        "By Monday, editors of four sites had left the company in Leeds.",
        "Von Montag an prüft Acme die Links in Mails vor dem Versand.",
        "Le site a retiré les cookies de ses partenaires en mai.",
        "記者会見でアクメは買収を発表した。",
    ],
)
def test_news_about_cookies_and_editors_is_quotable(line):
    """What a site says of itself is boilerplate; the same words in news are none."""
    assert is_quotable(line)


def test_what_follows_about_the_company_is_left_out():
    """Everything after such a heading is boilerplate, whatever it says."""
    article = make_article(f"{LAUNCH}\n{ABOUT}")
    assert sentences(LAUNCH) == [one.text for one in good_sentences(article)]


def test_without_vectors_other_languages_wait():
    """Repetition across languages goes unseen, so one language is told."""
    german = "Acme hat am Dienstag mit Nova ein Werkzeug für Betreffzeilen vorgestellt."
    told = tell(story(LAUNCH, german), words=200, languages=("en", "de")).sentences
    assert {"a0"} == {quote.article for quote in told}


def test_with_vectors_a_translation_is_repetition_and_news_is_not():
    """Sentences of one meaning are told once, in whatever language."""
    german = (
        "Acme hat am Dienstag mit Nova ein Werkzeug für Betreffzeilen vorgestellt. "
        "Der Betriebsrat des Händlers Weber prüft den Einsatz noch bis Ostern."
    )

    def vectors(texts):
        meanings = ["Tuesday" in text or "Dienstag" in text for text in texts]
        rows = np.eye(len(texts) + 1, dtype=np.float32)
        return np.stack([rows[-1] if same else rows[n] for n, same in enumerate(meanings)])

    told = tell(story(LAUNCH, german), words=300, languages=("en", "de"), vectors=vectors)
    assert [quote.text for quote in told.sentences if quote.article == "a1"] == [
        "Der Betriebsrat des Händlers Weber prüft den Einsatz noch bis Ostern."
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "アクメは火曜日、件名を自動で書く「ノヴァ」の提供を開始した。利用料は月額四千円で、過去の配信結果から学習する仕組みだという。"),
        ("zh-Hans", "阿克姆周二推出自动撰写邮件主题的工具“新星”。该工具每月收费四十欧元，并从以往的活动中学习。"),
        ("zh-Hant", "阿克姆週二推出自動撰寫郵件主旨的工具「新星」。該工具每月收費四十歐元，並從以往的活動中學習。"),
        ("es", "Acme lanzó el martes Nova, una herramienta que escribe asuntos. Cuesta 40 euros al mes y aprende de campañas pasadas."),
    ],
)  # fmt: skip
def test_every_language_is_told_in_its_own_words(language, text):
    """Sentences are found, weighed and quoted in each language."""
    told = tell(story(text), words=200, languages=(language,)).sentences
    assert sentences(text) == [quote.text for quote in told]


def test_single_article_is_told_by_its_opening():
    """Where nobody confirms it, what the article says first is what it is about."""
    filler = " ".join(f"The shops of street {n} sell shoes to the shops of town." for n in range(9))
    text = f"Acme launched Nova on Tuesday for all customers in Europe. {filler}"
    told = tell(story(text), words=30).sentences
    assert told[0].text == "Acme launched Nova on Tuesday for all customers in Europe."


def test_same_input_gives_the_same_summary():
    """Nothing depends on the order of a set."""
    articles = story(LAUNCH, TELLING)
    assert tell(articles) == tell(articles)


def test_no_articles_give_no_sentences():
    """An empty story is no error."""
    assert tell([]).sentences == ()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Acme", "。", "...", "\ufeff"])
def test_an_article_without_a_sentence_gives_none(text):
    """Empty, white space, marks alone: nothing to quote, and no error."""
    assert tell(story(text)).sentences == ()
    assert [quote.article for quote in tell(story(text, LAUNCH), words=200).sentences][:1] == ["a1"]


def test_an_article_of_one_sentence_is_told_by_it():
    """Whole where it fits, not at all where it does not."""
    one = "Acme launched Nova on Tuesday, a tool for online shops."
    words = count_words(one)
    assert [quote.text for quote in tell(story(one), words=words).sentences] == [one]
    assert tell(story(one), words=words - 1).sentences == ()


@pytest.mark.parametrize("words", [-1, 0, 1])
def test_a_ceiling_of_nothing_gives_nothing(words):
    """However small the ceiling, no error and no sentence over it."""
    assert tell(story(LAUNCH, TELLING), words=words).sentences == ()


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ja", "アクメは火曜日、件名を自動で書く「ノヴァ」の提供を開始した。", 13),
        ("zh-Hans", "阿克姆周二推出自动撰写邮件主题的工具“新星”，每月收费四十欧元。", 14),
        ("ja", "アクメのNovaは2026年に40ユーロで始まるサービスである。", 14),
    ],
)
def test_wide_characters_count_as_half_a_word(language, text, words):
    """A Chinese or Japanese sentence fills a ceiling as its translation would."""
    assert count_words(text) == words
    assert tell(story(text), words=words, languages=(language,)).sentences[0].text == text
    assert tell(story(text), words=words - 1, languages=(language,)).sentences == ()


def test_a_label_of_a_report_s_entry_is_never_quoted() -> None:
    """What reads "Company: Acme" names a fact and tells none; a sentence that has a colon does."""
    assert not is_quotable("Company: Acme Marketing Software of Leeds.")
    assert not is_quotable("Anbieter: Acme Marketing Software aus Leipzig.")
    assert is_quotable("The company said: Nova is for all of us.")


def spaced(texts):
    """Vectors by what a text names: shops, hotels or nothing of both."""
    named = [("shop" in text or "Laden" in text, "hotel" in text) for text in texts]
    rows = np.array([[shop + 0.1, hotel + 0.1, 0.2] for shop, hotel in named], np.float32)
    rows += np.random.default_rng(1).normal(0, 0.2, rows.shape).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_what_is_central_in_the_encoders_space_is_chosen():
    """Of two sentences of like words and places that which the other articles mean, in any tongue."""
    shops = "Every shop in town now writes letters with the new tool of spring."
    hotels = "Every hotel by the sea now sends bills with the old tool of autumn."
    german = "Jeder Laden der Stadt schreibt damit Briefe an Kunden."
    for first, second in ((shops, hotels), (hotels, shops)):
        articles = [
            make_article(first, id="a0"),
            make_article(second, id="a1"),
            make_article(german, id="a2"),
        ]
        told = tell(
            articles, words=14, languages=("en", "en", "de"), vectors=spaced, reader="en"
        ).sentences
        assert [quote.text for quote in told] == [shops]


def test_the_readers_own_language_is_quoted_where_it_is_enough():
    """A German sentence is left out where English ones fill half of the words, else it fills up."""
    german = "Der Betriebsrat des Händlers Weber prüft den Einsatz noch bis Ostern."
    articles = story(german, LAUNCH)
    options = {"languages": ("de", "en"), "vectors": lambda texts: np.eye(len(texts), dtype="f4")}
    told = tell(articles, words=60, reader="en", **options).sentences
    assert {quote.article for quote in told} == {"a1"}
    told = tell(articles, words=300, reader="en", **options).sentences
    assert {quote.article for quote in told} == {"a0", "a1"}
    told = tell(articles, words=300, reader="en", quotable={"a1"}, **options).sentences
    assert {quote.article for quote in told} == {"a1"}


def test_where_nothing_may_be_quoted_all_is():
    """A story in languages that nobody can show is told in its own words."""
    german = "Der Betriebsrat des Händlers Weber prüft den Einsatz noch bis Ostern."
    told = tell(story(german), languages=("de",), reader="en", quotable=()).sentences
    assert [quote.text for quote in told] == [german]


def test_without_vectors_the_language_that_may_be_quoted_is_told():
    """Not that of the first article, where the reader cannot be shown it."""
    german = "Der Betriebsrat des Händlers Weber prüft den Einsatz noch bis Ostern."
    told = tell(story(german, LAUNCH), languages=("de", "en"), quotable={"a1"}).sentences
    assert {quote.article for quote in told} == {"a1"}


@pytest.mark.parametrize(
    "half",
    [
        '"A review is evidence from a person of flesh and blood.',
        "“A review is evidence from a person of flesh and blood.",
        "Und niemand weiß, wer die Texte schreibt“, sagte die Leiterin.",
        "「口コミは人が書いた証拠であり、機械の文章ではないと考えています。",
    ],
)
def test_half_a_quotation_is_left_out_where_there_is_more(half: str) -> None:
    """A reader would look for its other end; alone, it is better than nothing."""
    assert not is_balanced(half)
    articles = story(f"{half}\n\n{LAUNCH}")
    assert half not in [quote.text for quote in tell(articles, words=200).sentences]
    assert [each.text for each in good_sentences(story(half)[0])] == [half]


def test_whole_quotations_of_any_language_are_kept() -> None:
    """Each mark that opens has one that closes."""
    for text in (
        'He said "no" and left.',
        "„Wir warten“, sagte sie.",
        "« Nous attendons », dit-elle.",
        "「待つ」と彼女は言った。",
        "It's the vendors' own figure.",
    ):
        assert is_balanced(text)


def test_where_one_article_is_quoted_its_opening_is():
    """Terms of two languages do not meet: what they share are names, and those name no news."""
    own = (
        "A regional authority has ordered an exchange to pay millions because its consent banner "
        "let the first bid request leave before the refusal of a visitor took effect. "
        "Oparelle data went to 218 bidders over 13 months, Mittelrhein found. "
        "The sum is small beside the 190 of Oparelle, and Mittelrhein knows it."
    )
    german = (
        "Mittelrhein nennt 218 Firmen, 13 Monate und Oparelle.",
        "Oparelle nahm 190 ein, sagt Mittelrhein über 13 Monate.",
        "Von 218 Firmen und 190 spricht Mittelrhein bei Oparelle.",
        "Bei Oparelle sind es 13 und 218, so Mittelrhein mit 190.",
    )
    told = tell(
        story(own, *german),
        words=70,
        languages=("en", "de", "de", "de", "de"),
        reader="en",
        vectors=lambda texts: np.eye(len(texts), 32, dtype=np.float32),
    ).sentences
    assert [quote.text for quote in told] == sentences(own)


def test_a_translation_is_told_once_as_encoders_see_it() -> None:
    """A small encoder puts a translation at 0.6, not at 0.9; it is the nearest both ways."""
    german = (
        "Das Werkzeug Nova kostet im Monat 40 Euro und lernt aus Kampagnen. "
        "Der Betriebsrat des Händlers Weber prüft den Einsatz noch bis Ostern."
    )

    def vectors(texts):
        rows = np.eye(len(texts) + 1, dtype=np.float32)
        places = {text: place for place, text in enumerate(texts)}
        price = next(place for text, place in places.items() if text.startswith("Nova costs"))
        found = [rows[place] for place in range(len(texts))]
        for text, place in places.items():
            if "kostet" in text:
                found[place] = 0.6 * rows[price] + 0.8 * rows[place]
        return np.stack(found)

    told = tell(story(LAUNCH, german), words=300, languages=("en", "de"), vectors=vectors).sentences
    assert sum("40 euro" in quote.text.casefold() for quote in told) == 1
    assert any("Betriebsrat" in quote.text for quote in told)


def test_the_opening_of_a_long_article_is_told() -> None:
    """Words that a long article repeats all the time do not outweigh what it opens with."""
    rest = " ".join(
        f"The market for data of agencies, brands, shops and teams has {n} more reports."
        f" Prices of video, budgets, clicks, models, mails and searches rose for {n} weeks."
        for n in range(400)
    )
    article = make_article(f"Acme bought Bolt on Friday, the company said. {rest}")
    assert tell([article], words=60).sentences[0].start == 0


def near(cosine: float):
    """Vectors of which the openings of two articles have this cosine, and no others are alike."""

    def vectors(texts):
        rows = np.eye(len(texts), dtype=np.float32)
        openings = [n for n, text in enumerate(texts) if text.startswith("Kelpra")]
        if len(openings) > 1:
            first, second = openings[:2]
            rows[second] = cosine * rows[first] + (1 - cosine**2) ** 0.5 * rows[second]
        return rows

    return vectors


KELPRA = (
    "Kelpra, a platform from Bergen, today launched Driftnet, which finds fake reviews in shops."
)
TRAINED = "Driftnet was trained on 2.1 million reviews from 90 shops. It costs 80 euros a month."
AGAIN = "Kelpra has launched Driftnet, software that hunts fake reviews in online shops."


def test_one_event_in_other_words_is_told_once_and_leaves_room_for_what_is_new():
    """The second has no name or figure of its own; what one article alone knows is told instead."""
    articles = story(f"{KELPRA} {TRAINED}", f"{AGAIN} Its price is 80 euros a month.")
    told = [q.text for q in tell(articles, words=60, vectors=near(0.64)).sentences]
    assert len({KELPRA, AGAIN} & set(told)) == 1
    assert "Driftnet was trained on 2.1 million reviews from 90 shops." in told


def test_two_sentences_near_each_other_are_both_told_where_each_has_a_figure_of_its_own():
    """As near, and of as many words that both have: a name or a figure makes it other news."""
    one = (
        "Kelpra says that Driftnet found 1,400 fake reviews in shops of the chain Fjellhus in May."
    )
    two = (
        "Kelpra put back 230 reviews of shops that Driftnet took for fake ones, hotel Solvang says."
    )
    space_of = near(0.64)
    told = [q.text for q in tell(story(one, two), words=60, vectors=space_of).sentences]
    assert told == [one, two]


@pytest.mark.parametrize(("together", "points"), [(False, 2.0 + 0.4), (True, 2.0 + 2.0 * 0.3)])
def test_an_opening_that_says_what_another_said_counts_for_less(together, points):
    """By how near it is to the other article's; what one article goes on with counts as ever."""
    second = "Kelpra brings software against invented opinions to traders in the north from today."
    articles = story(f"{KELPRA} {second}") if together else story(KELPRA, second)
    found = [s for rank, one in enumerate(articles) for s in good_sentences(one, rank=rank)]
    aim = Aim(dict.fromkeys(set().union(*(s.terms for s in found)), 0.0), 2.0, 0.3, 0.0)
    assert _worth(found, aim, make_space(found, near(0.8))) == pytest.approx(points)


def test_a_summary_begins_with_an_opening_where_it_has_one():
    """Though the lead's article comes first, its aside is told after what happened."""
    aside = "Traders in Leeds had asked for a year of grace and got four months of it."
    lead = make_article(f"{AGAIN} {aside}", id="a0")
    other = make_article(f"{KELPRA} {TRAINED}", id="a1", title="Kelpra launches Driftnet for shops")
    told = [quote.text for quote in tell([lead, other], words=70, vectors=near(0.9)).sentences]
    assert aside in told
    assert told[0] == KELPRA


WE = "On 2 August our monitoring showed that files of 214 shops were open to everybody."
THEY = "Files of 214 shops were open to everybody for days, Acme of Leeds has found out."


@pytest.mark.parametrize("order", [1, -1])
def test_what_a_vendor_says_of_us_gives_way_to_another_that_names_it(order):
    """Whichever article is the lead; where nobody else tells it, the vendor's own words stand."""
    texts = [WE, THEY][::order]
    told = tell(story(*texts), words=20).sentences
    assert [quote.text for quote in told] == [THEY]
    assert [quote.text for quote in tell(story(WE), words=20).sentences] == [WE]
