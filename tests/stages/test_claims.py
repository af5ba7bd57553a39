"""What is said of AI in a product, and which evidence is stated for it."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from digest.records import Claim

from .news import read

CLAIMED = [
    ("en", "Acme today launched Nova, a CRM. Nova uses artificial intelligence to lift opens."),
    ("de", "Acme hat Nova vorgestellt, ein CRM. Nova nutzt künstliche Intelligenz für Betreffzeilen."),
    ("fr", "Acme lance Nova, un CRM. Nova utilise l'intelligence artificielle pour les objets."),
    ("es", "Acme lanza Nova, un CRM. Nova usa inteligencia artificial para los asuntos."),
    ("it", "Acme lancia Nova, un CRM. Nova usa l'intelligenza artificiale per gli oggetti."),
    ("pt", "A empresa Acme lançou Nova, um CRM. Nova usa inteligência artificial para os assuntos."),
    ("nl", "Het bedrijf Acme lanceert Nova, een CRM. Nova gebruikt kunstmatige intelligentie voor onderwerpregels."),
    ("ja", "アクメは、CRM「ノヴァ」の提供を開始した。ノヴァは生成AIで件名を書く。"),
    ("zh-Hans", "星云科技今日正式推出CRM“新星”。“新星”由大模型驱动，可以写标题。"),
    ("zh-Hant", "星雲科技今日正式推出CRM「新星」。「新星」由大型模型驅動，可以寫標題。"),
]  # fmt: skip

PROVED = [
    ("en", "Nova's model was trained on 4 million e-mails from 46 customers.", "data"),
    ("en", "Nova's AI runs on GPT-5 in the vendor's cloud.", "model"),
    ("en", "In a ten-week pilot with the chain Havnby, the time fell from 3.5 hours to 22 minutes.", "result"),
    ("en", "In a ten-week pilot with the chain Havnby, the time fell from 3.5 hours to 22 minutes.", "customer"),
    ("en", "Nova writes the subject instead of an editor.", "change"),
    ("de", "Das Modell von Nova wurde mit 4 Millionen Mails trainiert.", "data"),
    ("de", "In einem Pilotprojekt mit der Möbelkette Havnby sank die Zeit von 35 auf 22 Minuten.", "result"),
    ("fr", "Le modèle de Nova a été entraîné sur 4 millions de pages.", "data"),
    ("es", "El modelo de Nova se entrenó con 4 millones de correos.", "data"),
    ("it", "Il modello di Nova è stato addestrato su 4 milioni di pagine.", "data"),
    ("ja", "ノヴァは過去13か月の購買履歴を学習した。", "data"),
    ("ja", "先行して導入したあおば薬品では、3か月間の比較で利用率が4.1％から6.8％に上がった。", "result"),
    ("zh-Hans", "“新星”用260万张商品图训练。", "data"),
    ("zh-Hant", "在三家超市為期八週的測試中，比例由52%提高到71%。", "result"),
    ("en", "It learned from 600 million swipes of 4,000 brands.", "data"),
    ("de", "Gelernt hat sie aus 600 Millionen Wischgesten.", "data"),
    ("fr", "Elle a appris sur 600 millions de gestes.", "data"),
    ("es", "Aprendió de 600 millones de gestos.", "data"),
    ("it", "Ha imparato da 600 milioni di gesti.", "data"),
    ("pt", "Aprendeu com 600 milhões de gestos.", "data"),
    ("nl", "Ze leerde van 600 miljoen veegbewegingen.", "data"),
    ("en", "Shoe retailer Calzanova has been using it in its 120 shops since June.", "customer"),
    ("en", "Calzanova relies on Nova in 120 shops.", "customer"),
    ("en", "At the moment Carrefour uses the tool in Spain.", "customer"),
    ("de", "Auch der Versender Otto nutzt das Werkzeug.", "customer"),
    ("it", "La banca Sella lo usa da marzo.", "customer"),
    ("de", "Der Schuhhändler Calzanova nutzt sie seit Juni in 120 Filialen.", "customer"),
    ("fr", "Le chausseur Calzanova l'emploie depuis juin dans ses 120 boutiques.", "customer"),
    ("es", "La zapatería Calzanova la utiliza desde junio en sus 120 tiendas.", "customer"),
    ("it", "Il calzaturificio Calzanova la utilizza da giugno nei suoi 120 negozi.", "customer"),
    ("pt", "A sapataria Calzanova usa-a em 120 lojas.", "customer"),
    ("nl", "Schoenenketen Calzanova gebruikt het sinds juni in 120 winkels.", "customer"),
    ("ja", "靴チェーンのカルツァノーバが6月から全120店で使っている。", "customer"),
    ("zh-Hans", "鞋类零售商步云自6月起在120家门店使用。", "customer"),
    ("zh-Hant", "鞋類零售商步雲自6月起在120家門市使用。", "customer"),
    ("en", "A plan that used to take a week is now ready in an hour.", "change"),
    ("de", "Ein Plan, der eine Woche dauerte, steht nun in einer Stunde.", "change"),
    ("fr", "Un plan qui prenait une semaine est désormais prêt en une heure.", "change"),
    ("es", "Un plan que tardaba una semana ahora está listo en una hora.", "change"),
    ("it", "Un piano che richiedeva una settimana ora è pronto in un'ora.", "change"),
    ("pt", "Um plano que levava uma semana agora fica pronto em uma hora.", "change"),
    ("nl", "Een plan dat een week kostte, is nu in een uur klaar.", "change"),
    ("ja", "以前は1週間かかった計画が、今は1時間で仕上がる。", "change"),
    ("zh-Hans", "过去需要一周的方案，现在一小时即可完成。", "change"),
    ("zh-Hant", "過去需要一週的方案，現在一小時即可完成。", "change"),
    ("de", "In einem Test über acht Wochen stiegen die Klicks um 9 Prozent.", "result"),
    ("nl", "In een proef van acht weken stegen de kliks met 9 procent.", "result"),
    ("en", "The AI cut the time to write a mail by 30 percent at the retailer Calzanova.", "result"),
]  # fmt: skip


#: Sentences that go on without the vendor's name: AI acts, is the means, or stands in a noun phrase.
AT_WORK = [
    ("en", "Subject lines are written by a neural network."),
    ("en", "Behind the scenes, a small language model suggests the next step."),
    ("en", "AI-powered segments are built from a plain sentence."),
    ("de", "KI-gestützte Betreffzeilen entstehen aus dem Text der Mail."),
    ("de", "Für jede Mail bewertet die KI den besten Zeitpunkt."),
    ("fr", "Les objets sont rédigés par l'IA avant chaque envoi."),
    ("fr", "Basée sur l'IA générative, la relecture signale les fautes."),
    ("es", "El aviso, basado en IA, se actualiza cada noche."),
    ("it", "Gli oggetti vengono scritti dall'IA prima dell'invio."),
    ("pt", "As respostas são escritas por uma IA a cada manhã."),
    ("nl", "Voorgestelde onderwerpregels worden door AI geschreven."),
    ("ja", "件名の候補を生成AIが提案する。"),
    ("zh-Hans", "每个标题都由大模型生成。"),
    ("zh-Hant", "標題由AI判讀後改寫。"),
]  # fmt: skip

#: AI is what is talked about, not what the product works with.
TOPICS = [
    ("en", "AI search sends fewer visitors to shops."),
    ("en", "Marketers use AI to write more mails."),
    ("en", "It labels pictures that were made with AI."),
    ("en", "The AI cannot send a mail on its own."),
    ("de", "Die KI-Verordnung gilt ab August."),
    ("fr", "Le règlement sur l'IA entre en vigueur en août."),
    ("ja", "AI規制への関心が高まっている。"),
    ("zh-Hans", "AI搜索带来的访客减少了。"),
]  # fmt: skip


def claims_of(language: str, more: str = "") -> tuple[Claim, ...]:
    """Return the claims of a language's text with a further sentence."""
    text = next(text for tag, text in CLAIMED if tag == language)
    wide = language in ("ja", "zh-Hans", "zh-Hant")
    return read(f"{text}{'' if wide else ' '}{more}", language).claims


@pytest.mark.parametrize(("language", "text"), CLAIMED)
def test_a_claim_without_evidence_says_so(language: str, text: str) -> None:
    """One claim, the sentence that makes it, and no proof: none is stated."""
    (claim,) = read(text, language).claims
    assert claim.quote.text == text[claim.quote.start : claim.quote.end]
    assert "AI" in claim.quote.text or claim.quote.start > 0
    assert claim.proofs == ()


@pytest.mark.parametrize(("language", "sentence", "kind"), PROVED)
def test_evidence_is_a_quoted_sentence(language: str, sentence: str, kind: str) -> None:
    """Data, model, result, customer, change: each with the sentence that states it."""
    found = {proof.kind: proof.quote.text for one in claims_of(language, sentence) for proof in one.proofs}  # fmt: skip
    assert found.get(kind) == sentence  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acquisition costs fall by 40 per cent on average.",
        "The design is new and customers love it.",
        "“Nova cut our costs in half,” said nobody.",
        "Many retailers use it every day, Acme says.",
        "Acme uses Nova in 120 shops of its own.",
        "Our Email Studio uses it for previews.",
        "Teams use it to plan.",
        "It will cut costs by 30 percent at retailers within six weeks.",
        "The trial takes two weeks and is now open for a month.",
    ],
)
def test_a_figure_without_a_measurement_is_no_evidence(sentence: str) -> None:
    """Who measured what, or how, has to be said with the figure."""
    assert all(one.proofs == () for one in claims_of("en", sentence))


def test_ai_of_no_vendor_is_no_claim() -> None:
    """A study of AI, a law on it, a question: nobody claims anything for a product."""
    text = "Six in ten marketing chiefs cannot say on which data their AI works. Will AI help?"
    assert read(text).claims == ()


def test_what_happened_without_ai_is_no_claim() -> None:
    """A launch that names no AI claims none."""
    assert read("Acme today launched Nova, a CRM. Nova sorts lists.").claims == ()


def test_what_goes_without_ai_and_what_is_only_called_so_is_no_claim() -> None:
    """Neither "without an algorithm" nor a product's name says what AI does."""
    assert (
        read("Acme today launched Nova, a CRM. Nova sorts contacts without an algorithm.").claims
        == ()
    )
    assert read("Acme today launched Nova AI, a CRM.").claims == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Salesforce has added an AI assistant to its CRM. The company calls it a turning point.",
        ),
        (
            "de",
            "Acme hat Nova vorgestellt, einen KI-Assistenten fürs CRM. Acme spricht von einem Meilenstein.",
        ),
        (
            "fr",
            "Acme a ajouté un assistant d'IA à son outil d'e-mailing. Ce mardi, Acme parle d'un tournant.",
        ),
        ("es", "Acme lanza un asistente de IA para su CRM. El martes Acme habló de un hito."),
        (
            "it",
            "Acme ha aggiunto un assistente IA al suo CRM. Martedì Acme ha parlato di una svolta.",
        ),
        (
            "nl",
            "Acme heeft een AI-assistent aan zijn CRM toegevoegd. Dinsdag sprak Acme van een mijlpaal.",
        ),
        ("ja", "アクメは、CRMにAIアシスタントを追加した。同社は節目だとしている。"),
        ("zh-Hans", "星云科技推出了面向邮件营销的AI助手。公司称这是重要一步。"),
        ("zh-Hant", "星雲科技推出了CRM的AI助理。公司稱這是里程碑。"),
    ],
)
def test_a_product_that_is_called_by_what_it_is_makes_a_claim(language: str, text: str) -> None:
    """The plainest announcement, "has added an AI assistant", claims AI and states no evidence."""
    assert [one.proofs for one in read(text, language, title="Acme").claims] == [()]


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Brightloom's AI scores leads", "Every morning Brightloom's AI scores leads."),
        ("de", "Brightlooms KI schreibt Betreffzeilen", "Die KI von Brightloom schreibt Betreffzeilen für Newsletter."),
        ("nl", "Brightlooms AI schrijft onderwerpregels", "De AI van Brightloom schrijft onderwerpregels voor nieuwsbrieven."),
    ],
)  # fmt: skip
def test_a_title_names_whose_ai_it_is(language: str, title: str, text: str) -> None:
    """The owner is the vendor, with an apostrophe or without, and neither AI nor what it writes."""
    assert [one.vendor for one in read(text, language, title=title).claims] == ["Brightloom"]


def test_a_part_that_may_be_ai_makes_no_claim_by_its_name() -> None:
    """What is called "image recognition" is told to be there, and nothing of how."""
    text = "Acme hat die Bilderkennung seines Medienarchivs Nova auf 1.200 Begriffe erweitert."
    assert read(text, "de", title="Acme erweitert die Bilderkennung").claims == ()


def test_a_takeover_names_no_customer() -> None:
    """Whom a vendor buys uses nothing of it."""
    text = "Acme today launched Nova, a CRM with AI. Acme has agreed to buy the software maker Finchwork."
    assert [one.proofs for one in read(text).claims] == [()]


def test_a_study_of_ai_claims_nothing_of_its_publisher() -> None:
    """Who counts how marketers use AI sells none by it."""
    text = "Acme published a survey of 500 marketers. A third of Acme's marketers use AI every day."
    assert read(text).claims == ()


def test_the_model_itself_may_be_the_subject() -> None:
    """A sentence as "Un algorithme répartit …" goes on about the product that was named before."""
    text = (
        "Acme lance Nova, un service publicitaire. "
        "Un algorithme répartit le budget à partir des ventes de l'année."
    )
    (claim,) = read(text, "fr").claims
    assert (claim.vendor, claim.product) == ("Acme", "Nova")


def test_a_model_by_its_name_goes_on_about_the_vendor() -> None:
    """Of a text about one vendor, a sentence that only names the model is that vendor's claim."""
    text = "アクメは、CRM「ノヴァ」の提供を開始した。音声認識にはWhisperを使う。"
    assert [one.quote.text for one in read(text, "ja").claims] == ["音声認識にはWhisperを使う。"]


@pytest.mark.parametrize(("language", "sentence"), AT_WORK)
def test_ai_at_work_needs_no_vendor_beside_it(language: str, sentence: str) -> None:
    """The passive, an adjective, AI as the subject: a claim of the vendor that the text is about."""
    opening = next(text for tag, text in CLAIMED if tag == language)
    ends = re.compile(r"(?<=[。.]) ?")
    first = ends.split(opening)[0]
    text = f"{first}{'' if language[:2] in ('ja', 'zh') else ' '}{sentence}"
    assert [one.quote.text for one in read(text, language).claims] == [sentence]


@pytest.mark.parametrize(("language", "sentence"), TOPICS)
def test_ai_as_a_topic_is_no_claim(language: str, sentence: str) -> None:
    """Search, laws, what others do and what AI does not do say nothing of a product."""
    first = re.split(r"(?<=[。.]) ?", next(text for tag, text in CLAIMED if tag == language))[0]
    text = f"{first}{'' if language[:2] in ('ja', 'zh') else ' '}{sentence}"
    assert read(text, language).claims == ()


def test_a_manual_claims_what_ai_does() -> None:
    """Under its page's name; what its reader is told to do with AI is none, nor a mere mention."""
    page = (
        "The Route Node splits a journey. As a person reaches the Route Node, the AI evaluates the "
        "latest signals. Working with AI takes practice. The Route Node has a default path. Select "
        "the Route Node and describe the AI task."
    )
    claims = read(page, title="Route Node", publisher="Acme", voice="vendor").claims
    assert [(one.vendor, one.product) for one in claims] == [("Acme", "Route Node")]
    assert claims[0].quote.text.startswith("As a person reaches")


def test_what_an_agent_does_is_a_claim() -> None:
    """A product that is called an agent, in a text that tells of AI."""
    page = "Find resources for AI agents. Journey Agent streamlines planning with guided setup."
    claims = read(page, title="AI resources", publisher="Acme", voice="vendor").claims
    assert [one.product for one in claims] == ["Journey Agent"]


def test_no_phrase_holds_a_control_character() -> None:
    """In a TOML string in double quotes a word edge would be a backspace, and would never match."""
    data = resources.files("digest") / "data"
    for file in (each for each in data.iterdir() if each.name.endswith(".toml")):
        told = repr(tomllib.loads(file.read_text("utf-8")))
        assert "\\x08" not in told, file.name
