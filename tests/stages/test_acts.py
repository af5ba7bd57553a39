"""What makes news one of policy, whose an authority is, and at whom policy is aimed."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.config import Settings
from digest.records import Classification, Language
from digest.stack import Stack, Tool
from digest.stages.classify import classify
from digest.stages.cues import cues_for
from digest.stages.label_vectors import embed_labels
from digest.stages.law import load_law
from digest.stages.ours import Ours
from digest.stages.taxonomy import load_knowledge
from digest.wiring import make_encoder

from .news import make_article, read

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh-Hans", "zh-Hant")

#: A product whose category, or whose buyer, is one of law.
SOLD = [
    ("en", "Acme opens its preference centre", "Acme, which makes privacy software, has launched a preference centre for consent under the GDPR. It records each consent for regulators."),
    ("en", "Consent platform Acme adds a dashboard for regulators' letters", "Acme, a consent platform, has added a dashboard that collects letters from regulators. It is available to all customers."),
    ("en", "Betasoft to buy consent vendor Acme", "Betasoft has agreed to acquire Acme, a consent management vendor from Cologne. The deal is subject to approval by the German cartel office. Privacy products stay."),
    ("de", "Acme startet Consent Edge", "Acme, Anbieter einer Einwilligungsplattform aus Köln, bringt heute Consent Edge auf den Markt, das Einwilligungen ohne Nachladen prüft. Consent Edge ist ab sofort verfügbar."),
    ("de", "Betasoft kauft Acme", "Der Hersteller Betasoft übernimmt den Kölner Einwilligungsdienst Acme. Das Bundeskartellamt muss noch zustimmen. Die Gründerin soll die Datenschutzprodukte leiten."),
    ("fr", "Acme ajoute un registre des preuves", "Acme, éditeur d'une plateforme de gestion du consentement, ajoute un registre des preuves de consentement. Il est compris dans l'abonnement."),
    ("es", "Acme presenta un panel de privacidad", "Acme, firma de software de privacidad, ha presentado un panel para el consentimiento y la protección de datos. Ya está disponible."),
    ("it", "Acme e Beta integrano banner e negozio", "Acme, piattaforma per il consenso e la privacy, annuncia un'integrazione con Beta. Il banner si attiva con un clic."),
    ("pt", "Acme lança central de preferências", "A Acme, empresa de software de privacidade, lançou uma central de consentimento para lojas. O serviço custa R$ 300 por mês."),
    ("nl", "Acme voegt rapport voor auditors toe", "Acme, een platform voor toestemmingsbeheer en privacy, heeft een rapport toegevoegd dat toezichthouders kunnen inzien."),
    ("ja", "アクメ、同意管理ツールに画面を追加", "同意管理ツールを手がけるアクメは、プライバシー担当者向けの画面を追加した。料金は据え置く。"),
    ("zh-Hans", "合信推出同意管理插件", "隐私软件厂商合信推出同意管理插件，商家可查看用户同意的记录。插件每月收费99元。"),
    ("zh-Hant", "允諾推出隱私設定中心", "隱私軟體商允諾推出設定中心，讓會員管理同意。服務每月新台幣九百元。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), SOLD)
def test_what_is_sold_for_law_is_no_policy(language: str, title: str, text: str) -> None:
    """A product's category is no act, nor is a purchase that an authority has yet to approve."""
    found = read(text, language, title=title)
    assert (found.policy, found.jurisdictions) == (False, ())


#: Language, title, text, jurisdictions, and a kind of risk.
ACTS = [
    ("en", "Photographers sue picture generator Acme", "Four photographers have sued Acme in a New York court because its generator was trained on their copyrighted photographs.", ["US-NY"], "copyright"),
    ("en", "Study finds job-ad tool shows vacancies to men more often", "A study by the University of Delft found that the ad tool Acme shows vacancies to men twice as often as to women. The bias comes from the training data.", [], "bias"),
    ("en", "Flaw in form plugin lets attackers read lists", "A security flaw in the plugin Acme lets attackers read newsletter lists. A patch is out.", [], "security"),
    ("en", "California passes law on synthetic performers in advertisements", "California has passed a law that requires advertisers to disclose synthetic performers.", ["US-CA"], "regulation"),
    ("en", "Search engine cuts clicks to publishers", "The engine Finder shows answers of a model. Its new webmaster policy lets sites opt out only if they leave the index. An alliance has complained to the European Commission.", ["EU"], "search-engine policy"),
    ("en", "Data breach at Acme", "Acme has reported a data breach of its CRM to the Data Office UK.", ["UK"], "security"),
    ("en", "Swiss data commissioner warns retailers", "The Swiss data protection commissioner has warned retailers that face recognition breaks the law.", ["CH"], "privacy"),
    ("en", "Polish regulator fines call centre", "The Polish authority UODO has fined the Munich start-up Acme for calls without consent.", ["PL"], "privacy"),
    ("de", "DSK veröffentlicht Orientierungshilfe zu KI im Marketing", "Die Datenschutzkonferenz hat eine Orientierungshilfe zu KI im Marketing veröffentlicht.", ["DE"], "privacy"),
    ("de", "Suchmaschine zeigt KI-Antworten", "Die Suchmaschine Finder zeigt Antworten eines Modells. Wer widerspricht, fällt ganz aus dem Index. Ein Verband hat sich bei der Europäischen Kommission beschwert.", ["EU"], "search-engine policy"),
    ("de", "Österreichische Datenschutzbehörde untersagt Kameras", "Die österreichische Datenschutzbehörde hat einer Kette untersagt, Gesichter zu erkennen. Das Gerät liefert ein Start-up aus Köln.", ["AT"], "privacy"),
    ("de", "Landgericht Wien: Banner war irreführend", "Das Landgericht Wien hat das Cookie-Banner eines Verlags verboten.", ["AT"], "privacy"),
    ("fr", "Une autorité belge sanctionne un courtier", "L'autorité de protection des données belge a infligé une amende à la société lyonnaise Acme pour défaut de consentement.", ["BE"], "privacy"),
    ("es", "La autoridad chilena multa a una cadena", "La Agencia de Protección de Datos Personales de Chile ha multado a una cadena por elaborar perfiles de salud.", ["CL"], "privacy"),
    ("it", "Il Garante svizzero richiama i negozi", "Il Garante svizzero ha vietato il riconoscimento facciale in tre catene. Il fornitore è di Milano.", ["CH"], "privacy"),
    ("pt", "CNPD multa operadora portuguesa", "A Comissão Nacional de Proteção de Dados multou uma operadora em 1,2 milhões por chamadas sem consentimento.", ["PT"], "privacy"),
    ("nl", "Belgische privacywaakhond legt Acme stil", "De Belgische Gegevensbeschermingsautoriteit heeft Acme uit Rotterdam verboden om profielen van kinderen te maken.", ["BE"], "privacy"),
    ("ja", "韓国当局、通販サイトに課徴金", "韓国の個人情報保護委員会は、購買履歴を無断で渡した通販サイトに課徴金を科した。", ["KR"], "privacy"),
    ("zh-Hans", "越南通过广告法案", "越南国会通过法案，要求广告平台标明人工智能生成的内容。", ["VN"], "regulation"),
    ("zh-Hant", "香港要求連鎖店停用人臉辨識", "香港個人資料私隱專員公署要求一家連鎖店停止辨識顧客面孔，並刪除影像。", ["HK"], "privacy"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "places", "risk"), ACTS)
def test_an_act_is_policy_where_its_authority_is(
    language: str, title: str, text: str, places: list[str], risk: str
) -> None:
    """Suits, findings, flaws, laws and a search engine's rules; a firm's town has no say."""
    found = read(text, language, title=title)
    assert found.policy
    assert sorted(found.jurisdictions) == places
    assert risk in found.risks
    assert found.acts


@pytest.mark.parametrize("code", ["AT", "CH", "DK", "PL", "PT", "SE", "SG", "ZA", "TR", "VN"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_every_country(language: str, code: str) -> None:
    """By the names of CLDR, beside the adjectives and authorities of the data."""
    assert len(load_law().places) > 100
    assert any(cue.weight < 1 for cue in cues_for(load_law().places[code], language))


@pytest.mark.parametrize("table", ["acts", "deeds", "offices"])
def test_acts_have_words_in_every_language(table: str) -> None:
    assert set(getattr(load_law(), table)) == set(LANGUAGES)


#: A finding, a rule or a deal, of which no record or claim is to be read.
NO_CLAIM = [
    ("en", "Researchers find racial bias in Acme", "Researchers found that the targeting algorithm of Acme discriminates by race in housing advertisements. Acme will audit its AI."),
    ("de", "Suchmaschine Findling ändert Richtlinien: KI-Texte ohne Autor verlieren", "Die Suchmaschine Wegweis hat ihre Richtlinien für Webmaster geändert. Seiten mit ungeprüften KI-Texten gelten nun als Spam. Betreiber haben bis Ende Januar Zeit."),
    ("en", "Acme buys a rival", "Acme, a chatbot builder maker from Oslo, has agreed to buy Betasoft for 20 million euros."),
    ("de", "Driftnet von Kelpra meldet echte Bewertungen als falsch", "Das Werkzeug Driftnet von Kelpra hat 230 echte Bewertungen der Hotelgruppe Solvang als falsch gemeldet. Kelpra hat die Bewertungen wiederhergestellt. Driftnet war auf Läden trainiert, nicht auf Hotels."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), NO_CLAIM)
def test_findings_rules_and_limits_are_no_claims(language: str, title: str, text: str) -> None:
    """What is found, forbidden, said aside of a buyer, or not trained on, praises nothing."""
    assert read(text, language, title=title).claims == ()


def test_a_university_and_an_adjective_are_no_vendors() -> None:
    """No study is by "Delft", no price is that of "Swiss"."""
    for _, title, text, _, _ in ACTS[1:2] + ACTS[6:7]:
        assert read(text, title=title).launches == ()


def test_what_an_authority_asks_about_changes_no_price() -> None:
    """An inquiry, told in title and opening, is no record of the firm that it is about."""
    title = "Irish Data Protection Commission opens inquiry into Kolrisly's profiling of children"
    text = "The Irish Data Protection Commission has opened an inquiry into how Kolrisly profiles children for advertisements.\n\nThe case began 11 months ago with a complaint from Norpelen in Bern. Kolrisly has 122 employees.\n\nKolrisly said that it will study the decision of Monday and may appeal. Advertisers who bought through Kolrisly should check their contracts."
    knowledge = load_knowledge()
    vectors = embed_labels(knowledge.categories, make_encoder(Settings()))
    article, language = make_article(text, title=title), Language("a", "en", 1.0)
    found = classify(article, language, knowledge=knowledge, vectors=vectors)
    assert isinstance(found, Classification)
    assert (found.policy, found.launches) == (True, ())


STACK = Stack(tools=(Tool(name="Mailbox", vendor="Acme"),))


@pytest.mark.parametrize(
    ("title", "text", "struck"),
    [
        ("Acme fined over consent", "The CNIL has fined Acme 3 million euros. Rivals watch.", True),
        ("New consent rules", "The CNIL has fined Betasoft under the GDPR. Acme sells a banner.", False),
        ("Breach at Betasoft", "Betasoft lost data in a data breach. Acme offers a CRM, too.", False),
    ],
)  # fmt: skip
def test_policy_is_ours_where_it_strikes_our_vendor(title: str, text: str, struck: bool) -> None:
    """A vendor that is only named beside it is not the one that is fined."""
    article = make_article(text, title=title)
    known = read(text, title=title)
    ours = Ours(STACK)
    assert ours.about(article, known) == frozenset({"Acme"})
    assert (ours.struck(article, known) == frozenset({"Acme"})) is struck


def test_places_for_stories_are_those_before() -> None:
    """What is known of more places changes nothing of how articles become stories."""
    assert set(load_knowledge().places) < set(load_law().places)
