"""Labels with their proof, policy, mentions; and what is none of ours."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from digest.records import Classification, Drop, Language
from digest.stages.classify import classify
from digest.stages.cues import _pattern, parse_cues, tag_of
from digest.stages.taxonomy import load_knowledge, make_vendor
from digest.testing import make_article
from digest.text import split_sentences

from .news import answer, read

LANGUAGES = {"en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans", "zh-Hant"}
ABOUT = [
    ("en", "The customer data platform joins all profiles.", "Customer Data Platform"),
    ("de", "Die Kundendatenplattform führt alle Profile zusammen.", "Customer Data Platform"),
    ("fr", "La plateforme de données clients réunit tous les profils.", "Customer Data Platform"),
    ("es", "La plataforma de datos de clientes une los perfiles.", "Customer Data Platform"),
    ("it", "La piattaforma di dati dei clienti unisce i profili.", "Customer Data Platform"),
    ("pt", "A plataforma de dados de clientes une os perfis.", "Customer Data Platform"),
    ("nl", "Het klantdataplatform voegt alle profielen samen.", "Customer Data Platform"),
    ("ja", "顧客データ基盤がすべてのプロファイルを統合する。", "Customer Data Platform"),
    ("zh-Hans", "客户数据平台把所有档案合并在一起。", "Customer Data Platform"),
    ("zh-Hant", "客戶資料平台把所有檔案合併在一起。", "Customer Data Platform"),
    ("en", "Deliverability suffers when subject lines mislead.", "Email Marketing"),
    ("de", "Ohne gute Betreffzeilen leidet die Zustellbarkeit.", "Email Marketing"),
    ("ja", "インフルエンサーマーケティングの市場が伸びている。", "Influencers"),
    ("zh-Hans", "程序化广告的需求方平台正在整合。", "Display & Programmatic Advertising"),
]


@pytest.mark.parametrize(("language", "text", "expected"), ABOUT, ids=[r[0] + r[1][:20] for r in ABOUT])  # fmt: skip
def test_cue_phrases_label_an_article_in_its_own_language(language, text, expected):
    """No translation is needed."""
    assert expected == read(text, language).labels[0].name


def test_label_quotes_the_sentence_that_speaks_for_it():
    """The proof is verbatim, whole, and holds the cue."""
    text = "Spring is here. The customer data platform of the shop was replaced. All are glad."
    (label,) = read(text).labels
    assert label.evidence is not None
    assert label.evidence.text == "The customer data platform of the shop was replaced."
    assert (label.evidence.start, label.evidence.end) in split_sentences(text)


def test_at_most_three_labels_best_first():
    """A text about everything gets its three clearest labels."""
    text = (
        "Email marketing and deliverability. Influencers in the creator economy. SEO and backlinks. "
        "Affiliate marketing. Webinars. Chatbots and live chat. A CRM."
    )
    labels = read(text).labels
    assert len(labels) == 3
    assert sorted((label.confidence for label in labels), reverse=True) == [
        label.confidence for label in labels
    ]
    assert all(0 <= label.confidence <= 1 for label in labels)


def test_nothing_clear_is_unclassified_and_kept():
    """Advertising in general is ours, and has no label."""
    assert read("Brands wonder what the winter will bring to their customers.").labels == ()


OFF_TOPIC = [
    ("en", "The home side won two to one on Saturday, and the town danced."),
    ("de", "Der Heimverein gewann am Samstag zwei zu eins, und die Stadt tanzte."),
    ("fr", "Le village a dansé samedi soir après la victoire de son équipe."),
    ("es", "El pueblo bailó el sábado tras la victoria de su equipo."),
    ("it", "Il paese ha ballato sabato dopo la vittoria della squadra."),
    ("ja", "土曜日の試合は二対一で地元が勝ち、町は祭りになった。"),
    ("zh-Hans", "周六的比赛主队二比一获胜，小镇一片欢腾。"),
]


@pytest.mark.parametrize(("language", "text"), OFF_TOPIC, ids=[row[0] for row in OFF_TOPIC])
def test_what_is_none_of_ours_is_dropped_with_a_reason(language, text):
    """Football is not marketing, in any language."""
    result = answer(text, language, title="Football")
    assert isinstance(result, Drop)
    assert (result.stage, result.reason, result.transient) == ("classify", "off-topic", False)


@pytest.mark.parametrize(
    ("language", "title", "text", "kept"),
    [
        ("en", "A data centre for the weather", "The data centre opens. It forecasts rain.", False),
        ("en", "Twenty buses", "The data from the old buses showed that a depot is needed.", False),
        ("es", "El tren no circula", "Los autobuses lo sustituyen cada media hora.", False),
        ("it", "Il treno è fermo", "La data della ripresa non è nota.", False),
        ("de", "Wetterdienst", "Die Daten zeigen, dass es morgen regnet.", False),
        ("en", "Rules for media", "The media have to say where their data come from.", True),
    ],
)
def test_a_word_of_every_trade_keeps_no_article(
    language: str, title: str, text: str, kept: bool
) -> None:
    """Data alone are no matter of marketing, nor is a word that looks English; two are."""
    assert isinstance(answer(text, language, title=title), Classification) == kept


def test_a_label_of_the_trade_keeps_an_article():
    """Words that only a label's cue phrases know are a matter of the digest, too."""
    text = "Grandval s'empare d'Adipso, spécialiste des notifications push."
    assert isinstance(answer(text, "fr", title="Adipso change de mains"), Classification)


def test_known_vendor_keeps_an_article():
    """Whatever a vendor of the gazetteer does may matter."""
    assert read("Salesforce moved its offices to the river.").mentions == ("Salesforce",)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The journalist and the reporters wait for an answer of the town.", True),
        ("The journalist waits for an answer of the town. It has none to give so far.", False),
    ],
)
def test_several_weak_cues_of_one_label_keep_an_article(text: str, kept: bool) -> None:
    """One weak cue alone speaks for nothing."""
    assert isinstance(answer(text, "en", title="Waiting"), Classification) == kept


def test_language_without_cues_is_never_off_topic():
    """Silence proves nothing where we do not know the words."""
    assert read("Hjemmelaget vant to til en på lørdag.", "nb").labels == ()


def test_mentions_are_whole_words_with_their_case():
    """A word that holds a vendor's name is not that vendor."""
    assert read("Metadata of a campaign, adobe walls and the salesforce of a brand.").mentions == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The data protection authority fined an ad network over consent."),
        ("de", "Die Aufsichtsbehörde verhängt ein Bußgeld gegen ein Werbenetz."),
        ("fr", "La CNIL inflige une amende à une régie publicitaire."),
        ("es", "La AEPD multa a una red de publicidad por los datos."),
        ("it", "Il Garante sanziona una rete di pubblicità per i dati."),
        ("ja", "個人情報保護委員会が広告会社に課徴金を命じた。"),
        ("zh-Hans", "监管机构对广告平台处以罚款。"),
        ("zh-Hant", "主管機關對廣告平台處以罰款。"),
    ],
)
def test_regulation_is_flagged_as_policy(language, text):
    """A fine by an authority is policy in every language."""
    assert read(text, language).policy is True


RULES = [
    ("en", "A bill tabled in Ottawa sets penalties for adverts. The draft law goes to the Senate."),
    ("en", "Hackers took stolen data of 40 publishers; a security researcher found the leak."),
    ("de", "Die Datenschutzaufsicht rügt eine App. Sie spricht ein Verbot der Weitergabe aus."),
    ("fr", "Trois éditeurs sont mis en demeure. La CNIL leur laisse deux mois."),
    ("es", "El Senado aprobó una ley de publicidad. La normativa obliga a señalar los anuncios."),
    ("it", "Il Garante avvia un'istruttoria. Vieta l'invio di mail senza consenso."),
    ("pt", "A ANPD multa uma empresa por um vazamento de dados."),
    ("nl", "De toezichthouder heeft een webwinkel beboet. De wet verbiedt reclame per sms."),
    ("ja", "消費者庁は広告の表示に措置命令を出した。景品表示法の違反にあたる。"),
    ("zh-Hans", "监管部门通报五起虚假宣传案，责令平台整改广告。"),
    ("zh-Hant", "公平會開罰一家電商，要求限期改善不實廣告。"),
]


@pytest.mark.parametrize(("language", "text"), RULES, ids=[row[0] for row in RULES])
def test_acts_orders_and_leaks_are_policy(language: str, text: str) -> None:
    """A bill, a reprimand, an order, a leak: told without the words of the first list."""
    assert read(text, language).policy


def test_what_only_sounds_like_a_law_is_no_policy() -> None:
    """Italian "si legge" reads, German "gesetzt" sets, and a Chinese survey investigates nobody."""
    assert not read("Una newsletter che si legge. La newsletter si legge di sera.", "it").policy
    assert not read("Die Kampagne ist gesetzt. Das Feld muss gesetzt werden.", "de").policy
    assert not read("調查：四成廣告主減少預算。調查訪問了620位行銷主管。", "zh-Hant").policy


def test_a_manual_is_policy_only_by_its_title() -> None:
    """Every page of a manual tells of consent; its subject stands in the title."""
    text = "Visitors give consent. GDPR applies. Personal data is deleted under the privacy law."
    fields = {"publisher": "Acme", "voice": "vendor"}
    assert not read(text, title="Set up a segment", **fields).policy
    assert read(text, title="Consent and data protection", **fields).policy


def test_product_news_is_not_policy():
    """A launch that names no law is none."""
    assert read("Acme launched Nova, a customer data platform.").policy is False


def test_taxonomy_has_all_labels_described_in_ten_languages():
    """49 labels, each with a description, examples and cues in each language of the encoder."""
    categories = load_knowledge().categories
    assert len({category.name for category in categories}) == 49
    assert len({category.group for category in categories}) == 6
    assert all(category.description and category.examples for category in categories)
    assert all(set(category.cues) == LANGUAGES for category in categories)
    assert all(category.cues[language] for category in categories for language in LANGUAGES)


@pytest.mark.parametrize("row", ["CDP", "ad server*", "email marketing", "L'entreprise"])
def test_cue_finds_itself(row):
    """Every way of writing a cue finds its own words, and no part of another word."""
    (cue,) = parse_cues(row)
    text = cue.phrase.replace("*", "s")
    assert [(1, 1 + len(text))] == list(cue.spans(f" {text} ", f" {text.lower()} "))
    glued = f"x{text}x"
    assert list(cue.spans(glued, glued.lower())) == []


ODD_TEXTS = (
    "Email emails; e-mail EMAILS, remail email",
    "Ad servers, ad-server ADSERVER ad\u2013servers",
    "L'entreprise l\u2019ENTREPRISE, entreprise",
    "\u0130stanbul email, ema\u0131l \u212bemail emails\u212a",
    "\u5e83\u544aemail\u5e83\u544a\u914d\u4fe1",
    "\u03a3email email\u03c2 DAM dam DAMs",
)


@pytest.mark.parametrize(
    "row", ["email", "email*", "ad server*", "L'entreprise", "DAM", "広告", "広告配信"]
)
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_cue_is_met_where_its_pattern_matches(row, text):
    """Words are met without a pattern, letters that lower case changes included."""
    (cue,) = parse_cues(row)
    expected = [match.span() for match in _pattern(cue.phrase, cue.exact).finditer(text)]
    found = list(cue.spans(text, text.lower()))
    assert found == (expected if cue.needle in text.lower() else [])


def test_capitals_are_met_in_capitals_only():
    """A "dam" is not a DAM."""
    (cue,) = parse_cues("DAM")
    assert list(cue.spans("a dam", "a dam")) == []
    assert list(cue.spans("a DAMs", "a dams")) == [(2, 6)]


def test_weak_cue_is_worth_half():
    """A tilde marks what may mean something else."""
    assert [cue.weight for cue in parse_cues("~email* | DSP | ad exchange*")] == [0.5, 1.0, 1.3]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de-AT", "de"), ("zh-TW", "zh-Hant"), ("zh", "zh-Hans"), ("zh-Hant-HK", "zh-Hant"), ("nb", None)],
)  # fmt: skip
def test_regions_fall_back_to_their_language(language, expected):
    """Taiwan writes traditional characters, whatever the tag."""
    assert expected == tag_of(language, LANGUAGES)


def test_vendor_is_found_under_each_of_its_names():
    """Names in any script, whole words only."""
    vendor = make_vendor("Acme | Acme Inc. | アクメ")
    assert all(
        vendor.pattern.search(text) for text in ("by Acme.", "Acme Inc. says", "株式会社アクメは")
    )
    assert vendor.pattern.search("Acmeology") is None


def test_empty_article_is_not_off_topic():
    """Silence proves nothing."""
    assert read("").labels == ()


def test_a_reports_entry_is_never_off_topic() -> None:
    """Two sentences about a product in an innovation report name no topic, and belong all the same."""
    text = "Shelfsight counts what lies in a fridge. It tells the branch by radio."
    entry = make_article(title="Shelfsight", text=text, publisher="X", site="", source="x")
    language = Language(entry.id, "en", 1.0)
    knowledge = load_knowledge()
    assert isinstance(classify(entry, language, knowledge=knowledge), Drop)
    of_report = replace(entry, published_from="report")
    assert isinstance(classify(of_report, language, knowledge=knowledge), Classification)


@pytest.mark.parametrize("sign", [".", "-", "AI-", "a.b.", "\n\nAcme 7 AI assistant"])
def test_a_long_text_of_one_sign_is_soon_read(sign):
    """What a search from every place would take hours over."""
    text = sign * (60_000 // len(sign))
    begun = time.process_time()
    read(text, title="About the AI assistant", publisher="Acme", voice="vendor")
    assert time.process_time() - begun < 10


def test_thousands_of_launches_in_one_text_are_soon_read() -> None:
    """A list that nobody reads out holds up no run; the first are told."""
    text = " ".join(f"Acme launched Nova{n:04} today." for n in range(2_000))
    begun = time.process_time()
    found = read(text, title="Acme and its tools", publisher="Herald")
    assert time.process_time() - begun < 20
    assert len(found.launches) == 12
