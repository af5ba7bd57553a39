"""The language of our own short texts, in many languages and shapes."""

from __future__ import annotations

import json
import lzma
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from digest.backends.detectors import LangdetectDetector, sample
from digest.backends.frequent import MOST, frequent_words
from digest.backends.norwegian import which_norwegian
from digest.backends.profiles import ngrams, profiles, words_of
from digest.backends.scripts import count_scripts, han_variant, main_script

DATA = Path(__file__).parents[2] / "../shared/data"
DETECTOR = LangdetectDetector()
TEXTS = {
    "en": "The vendor said on Tuesday that the new assistant writes subject lines by itself.",
    "de": "Der Anbieter teilte am Dienstag mit, dass der neue Assistent Betreffzeilen schreibt.",
    "fr": "L'éditeur a annoncé mardi que le nouvel assistant rédige lui-même les objets.",
    "es": "El proveedor anunció el martes que el nuevo asistente redacta los asuntos él solo.",
    "it": "Il fornitore ha annunciato martedì che il nuovo assistente scrive da solo gli oggetti.",
    "nl": "De leverancier zei dinsdag dat de nieuwe assistent zelf onderwerpregels schrijft.",
    "pt": "O fornecedor anunciou na terça-feira que o novo assistente escreve os assuntos sozinho.",
    "pl": "Dostawca ogłosił we wtorek, że nowy asystent sam pisze tematy wiadomości.",
    "sv": "Leverantören sade på tisdagen att den nya assistenten själv skriver ämnesrader.",
    "da": "Leverandøren sagde tirsdag, at den nye assistent selv skriver emnelinjer til kunderne.",
    "nb": "Leverandøren sa tirsdag at den nye assistenten selv skriver emner, og ikke bare det.",
    "nn": "Leverandøren sa tysdag at den nye assistenten sjølv skriv emne, men ikkje berre det.",
    "fi": "Toimittaja kertoi tiistaina, että uusi avustaja kirjoittaa otsikot itse.",
    "tr": "Sağlayıcı salı günü yeni asistanın konu satırlarını kendisinin yazdığını söyledi.",
    "cs": "Dodavatel v úterý oznámil, že nový asistent píše předměty zpráv sám.",
    "hu": "A szállító kedden közölte, hogy az új asszisztens maga írja a tárgysorokat.",
    "ro": "Furnizorul a anunțat marți că noul asistent scrie singur subiectele mesajelor.",
    "vi": "Nhà cung cấp cho biết hôm thứ Ba rằng trợ lý mới tự viết tiêu đề thư.",
    "id": "Penyedia mengatakan pada hari Selasa bahwa asisten baru menulis sendiri baris subjek.",
    "ru": "Поставщик сообщил во вторник, что новый помощник сам пишет темы писем.",
    "uk": "Постачальник повідомив у вівторок, що новий помічник сам пише теми листів.",
    "bg": "Доставчикът съобщи във вторник, че новият помощник сам пише заглавията.",
    "be": "Пастаўшчык паведаміў у аўторак, што новы памочнік сам піша тэмы лістоў.",
    "ar": "قال المورد يوم الثلاثاء إن المساعد الجديد يكتب عناوين الرسائل بنفسه.",
    "fa": "ارائه‌دهنده روز سه‌شنبه گفت که دستیار جدید خودش موضوع نامه‌ها را می‌نویسد.",
    "hi": "कंपनी ने मंगलवार को कहा कि नया सहायक विषय पंक्तियाँ स्वयं लिखता है।",
    "ja": "提供元は火曜日、新しいアシスタントが件名を自動で書くと発表した。",
    "ko": "공급업체는 화요일 새 도우미가 제목을 스스로 작성한다고 밝혔다.",
    "zh-Hans": "供应商周二表示，新助手会自动撰写邮件标题，营销人员对此意见不一。",
    "zh-Hant": "供應商週二表示，新助理會自動撰寫郵件標題，行銷人員對此意見不一。",
    "el": "Ο προμηθευτής είπε την Τρίτη ότι ο νέος βοηθός γράφει μόνος του τα θέματα.",
    "he": "הספק אמר ביום שלישי שהעוזר החדש כותב את שורות הנושא בעצמו.",
    "th": "ผู้ให้บริการกล่าวเมื่อวันอังคารว่าผู้ช่วยใหม่เขียนหัวเรื่องเอง",
    "is": "Fyrirtækið sagði á þriðjudag að nýi aðstoðarmaðurinn skrifi efnislínur sjálfur.",
    "ka": "კომპანიამ სამშაბათს განაცხადა, რომ ახალი თანაშემწე თავად წერს სათაურებს.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_is_known(language: str) -> None:
    """One sentence of news is enough, with a confidence to match."""
    found, confidence = DETECTOR.detect(TEXTS[language])
    assert (found, confidence > 0.5) == (language, True)


@pytest.mark.parametrize("text", ["", "   ", "123 456", "😀 🎉 !!!", "\u0000\u200b"])
def test_only_without_letters_nothing_is_known(text: str) -> None:
    """The answer "und" says that there is nothing to judge."""
    assert DETECTOR.detect(text) == ("und", 0.0)


@pytest.mark.parametrize("text", ["https://x.example/a", "@somebody", "x" * 10_000])
def test_letters_that_say_nothing_give_a_doubtful_guess(text: str) -> None:
    """An address, a letter over and over: some language, and little confidence."""
    language, confidence = DETECTOR.detect(text)
    assert language != "und"
    assert confidence < 0.5


def test_a_word_over_and_over_is_evidence_once() -> None:
    """Otherwise the sum would grow sure of itself."""
    assert DETECTOR.detect("das " * 99) == DETECTOR.detect("das " * 9)


def test_what_is_traditional_alone_decides_a_draw() -> None:
    """台 stands in both scripts, 灣 in one."""
    assert DETECTOR.detect("台灣")[0] == "zh-Hant"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Salesforce Einstein GPT 発表", "ja"),
        ("OpenAI 发布 GPT-5", "zh-Hans"),
        ("Google Ads 업데이트", "ko"),
        ("Google запускает AI Overviews", "ru"),
        ("HUBSPOT KAUFT EIN UNTERNEHMEN FÜR WERBUNG", "de"),
    ],
)
def test_brand_names_do_not_turn_a_headline(text: str, language: str) -> None:
    """Names in Latin letters are in every language's headlines."""
    assert DETECTOR.detect(text)[0] == language


def test_title_and_body_are_judged_together() -> None:
    """A title that could be anything takes the language of its body, and the other way round."""
    assert DETECTOR.detect(TEXTS["fr"], title="Adobe Summit 2026")[0] == "fr"
    assert DETECTOR.detect("Adobe", title=TEXTS["it"])[0] == "it"


def test_quotes_and_boilerplate_do_not_turn_an_article() -> None:
    """Two sentences of another language, or its cookie banner, leave an article what it is."""
    german = " ".join([TEXTS["de"]] * 5)
    quoted = f"{german}\n“{TEXTS['en']}”\n{german}\n“{TEXTS['en']}”"
    assert [DETECTOR.detect(text)[0] for text in (quoted, f"{TEXTS['en']}\n{german}")] == [
        "de",
        "de",
    ]


@pytest.mark.parametrize("language", ["de", "fr", "es", "pl", "ru", "ja", "zh-Hans", "ar"])
def test_a_third_in_english_does_not_turn_an_article(language: str) -> None:
    """An English title, cookie banner, quotations and company lines around it: it stays itself."""
    own = [TEXTS[language]] * 6
    banner = "We use cookies and similar technologies. Accept all. Manage your preferences."
    quoted = [own[0], f"“{TEXTS['en']}”", *own[1:4], f"“{TEXTS['en']}”", *own[4:]]
    text = "\n".join([banner, *quoted, "About the company. All rights reserved. Read more."])
    found, _ = DETECTOR.detect(text, title="Introducing the new assistant")
    assert found == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kommt später", "de"),
        ("to explain", "en"),
        ("para nosotros", "es"),
        ("nos clients", "fr"),
        ("nella città", "it"),
        ("onze klanten", "nl"),
        ("nossa empresa", "pt"),
        ("nasza firma", "pl"),
        ("наша команда", "ru"),
        ("наша компанія", "uk"),
        ("新機能を", "ja"),
        ("软件更新", "zh-Hans"),
    ],
)
def test_two_words_are_known_by_being_common(text: str, language: str) -> None:
    """Two ordinary words are enough, where n-grams alone often take a neighbour's language."""
    assert DETECTOR.detect(text)[0] == language


def test_common_words_speak_for_their_language() -> None:
    """The commonest word says most; words that no list has say nothing; many count as four."""
    words, languages = frequent_words(), ("de", "en", "mr")
    german, english, marathi = words.vote("und nicht", languages)
    assert german > marathi > english
    assert words.vote("Kestrivo Lumenfold", languages).tolist() == [0.0, 0.0, 0.0]
    few, many = (words.vote("und " * count, languages)[0] for count in (MOST, 40))
    assert few == pytest.approx(many)


def test_a_hint_decides_where_the_text_does_not() -> None:
    """One word that two languages share follows the hint; a clear text does not."""
    assert [DETECTOR.detect("Video", hints=(hint,))[0] for hint in ("de", "nl-NL", "it")] == [
        "de",
        "nl",
        "it",
    ]
    assert DETECTOR.detect(TEXTS["es"], hints=("de-DE",))[0] == "es"


@pytest.mark.parametrize(
    ("hint", "language"),
    [("ja", "ja"), ("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hant"), ("en", "zh-Hant")],
)
def test_two_han_characters_are_japanese_only_if_told(hint: str, language: str) -> None:
    """Tokyo is written alike in Japanese and Traditional Chinese: the answer says it is unsure."""
    found, confidence = DETECTOR.detect("東京", hints=(hint,))
    assert (found, confidence < 0.9) == (language, True)


def test_short_texts_are_less_sure() -> None:
    """Two words are the best guess, with less confidence than a sentence."""
    short, long = DETECTOR.detect("la casa"), DETECTOR.detect(TEXTS["es"])
    assert short[1] < long[1]


def test_the_same_text_has_the_same_answer_in_many_threads() -> None:
    """No dice: order, threads and repetition change nothing."""
    texts = [text[:25] for text in TEXTS.values()] * 4
    expected = [LangdetectDetector().detect(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(DETECTOR.detect, texts)) == expected


@pytest.mark.parametrize(
    "text", ["word " * 200_000, "x" * 10_000, "é" * 10_000, "\ud800abc", "a\u0301" * 1000, "ᚠᚢᚦ"]
)
def test_strange_texts_get_an_answer(text: str) -> None:
    """A million characters, one endless word, half characters: a guess, no crash."""
    language, confidence = DETECTOR.detect(text)
    assert (language != "und", 0 <= confidence <= 1) == (True, True)


def test_a_long_text_is_sampled_from_beginning_to_end() -> None:
    """The pieces reach both ends, so that no quoted beginning decides."""
    text = "A" * 3000 + "B" * 3000 + "C" * 3000
    assert set(sample(text)) - {"\n"} == {"A", "B", "C"}


def test_scripts_are_counted_and_weighed() -> None:
    """Digits and signs count for nothing; kana makes Japanese of Han."""
    assert count_scripts("Hi 世界, 12 мир") == {"Latin": 2, "Han": 2, "Cyrillic": 3}
    assert main_script(count_scripts("新機能を発表")) == ("Kana", 1.0)
    assert main_script({}) == ("", 0.0)


def test_chinese_is_told_by_its_characters() -> None:
    """OpenCC's tables tell Simplified, Traditional and Japan's own forms apart."""
    found = [han_variant(text)[0] for text in ("软件发布", "軟體發佈", "読売駅前")]
    assert found == ["zh-Hans", "zh-Hant", "ja"]


def test_norwegian_is_told_by_its_small_words() -> None:
    """Words of only one standard decide; without any it is Bokmål."""
    texts = ("ikkje berre eg", "ikke bare jeg", "mat")
    assert [which_norwegian(text) for text in texts] == ["nn", "nb", "nb"]


def test_profiles_agree_with_langdetect() -> None:
    """The sum over all n-grams finds what langdetect finds by drawing some."""
    import langdetect

    langdetect.DetectorFactory.seed = 0
    for language in ("en", "de", "fr", "es", "pl", "tr", "ru"):
        scores, _ = profiles().score(TEXTS[language])
        assert profiles().languages[int(scores.argmax())] == langdetect.detect(TEXTS[language])


def test_profiles_are_langdetects_own_numbers() -> None:
    """What is read from langdetect's files is what its factory makes of them."""
    from langdetect import detector_factory

    detector_factory.init_factory()
    factory = detector_factory._factory
    place = profiles().languages.index("de")
    for gram in ("sch", " un", "ß", "zzz"):
        known = factory.word_lang_prob_map.get(gram)
        row = profiles()._rows.get(gram)
        assert (known is None) == (row is None)
        if known:
            share = known[factory.langlist.index("de")]
            assert profiles()._logs[row, place] == pytest.approx(math.log(share + 5e-5), abs=1e-4)


def test_ngrams_are_langdetects() -> None:
    """One to three characters, with the blanks around a word; words in capitals say nothing."""
    assert words_of("ab XYZ 12 https://x.example/cd") == ["ab"]
    assert sorted(ngrams("ab")) == sorted(["a", "b", " a", "ab", "b ", " ab", "ab "])


def test_documents_of_26_languages_are_known() -> None:
    """NTREX, where it is there: every eighth document, all of them right."""
    path = DATA / "crosslingual" / "ntrex.jsonl.xz"
    if not path.exists():
        pytest.skip(f"the shared data is not there: {path}")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines][::8]
    wrong = [
        (document["id"], found)
        for document in documents
        if (found := DETECTOR.detect(document["text"], title=document["title"])[0])
        != document["language"]
    ]
    assert wrong == []
