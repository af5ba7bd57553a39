"""What names AI and is no claim of its vendor: findings, mishaps, deals, guesses, the past."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from .news import read

#: Others find it: courts, authorities, auditors.
FOUND = [
    ("en", "Court rules on Lumo", "The court found that Brightloom's AI generates false prices for shoppers. Brightloom must pay."),
    ("en", "Auditors find bias", "Auditors at Kestrel say Brightloom's AI scores women lower than men. Brightloom sells CRM software."),
    ("de", "Gericht rügt Brightloom", "Das Gericht stellte fest, dass die KI von Brightloom falsche Preise erzeugt. Online-Händler hatten gegen Brightloom geklagt."),
    ("fr", "La CNIL épingle Brightloom", "Selon la CNIL, l'IA de Brightloom classe les clients selon leur origine. L'éditeur de CRM conteste."),
    ("es", "La AEPD multa a Brightloom", "El organismo concluyó que la IA de Brightloom clasifica a los clientes por su origen. La AEPD multó a Brightloom."),
    ("it", "Il Garante ferma Brightloom", "Secondo il Garante l'IA di Brightloom genera profili pubblicitari senza consenso. Il Garante ha fermato Brightloom."),
    ("pt", "ANPD suspende Brightloom", "Segundo a autoridade, a IA da Brightloom gera perfis de consumidores sem consentimento. A ANPD suspendeu a Brightloom."),
    ("nl", "Toezichthouder tegen Brightloom", "Volgens de toezichthouder beoordeelt de AI van Brightloom klanten op afkomst. Zo kreeg Brightloom een boete."),
    ("ja", "ブライトルームに勧告", "個人情報保護委員会は、ブライトルームのAIが同意なく顧客を分類していると判断した。マーケティング会社ブライトルームは争う。"),
    ("zh-Hans", "网信办约谈云帆", "该机构认定，云帆科技的AI生成虚假广告。云帆科技是营销软件公司。"),
    ("zh-Hant", "主管機關處分渡雲", "主管機關認定，渡雲科技的AI生成不實廣告。渡雲科技是行銷軟體公司。"),
]  # fmt: skip

#: An outage, a leak, a suit: it befalls a product that is only described as AI.
BEFALLEN = [
    ("en", "Lumo goes dark", "A power failure took Brightloom's AI assistant offline for six hours. The AI assistant of Brightloom runs in 900 shops."),
    ("en", "Brightloom sued", "A publisher has sued Brightloom over its AI chatbot. So Brightloom faces a trial."),
    ("de", "Brightloom gestört", "Eine Störung legte den KI-Assistenten von Brightloom lahm. Für Shops war Brightloom nicht erreichbar."),
    ("fr", "Brightloom en panne", "Une panne a privé les boutiques en ligne du chatbot de Brightloom. Mardi, Brightloom s'est excusée."),
    ("es", "Brightloom se cae", "Un fallo dejó sin servicio el chatbot de Brightloom. El martes Brightloom pidió perdón."),
    ("it", "Brightloom fuori uso", "Un guasto ha bloccato il chatbot di Brightloom. Ai negozi online Brightloom ha chiesto scusa."),
    ("pt", "Brightloom fora do ar", "O chatbot da Brightloom ficou fora do ar por seis horas. Na terça, a Brightloom pediu desculpas."),
    ("nl", "Storing bij Brightloom", "Door een storing lag de chatbot van Brightloom urenlang plat. Webwinkels klaagden bij Brightloom."),
    ("zh-Hans", "云帆科技宕机", "云帆科技的智能助手宕机六小时。电商客户向云帆科技投诉。"),
    ("zh-Hant", "渡雲科技當機", "渡雲科技的智能體當機六小時。電商客戶向渡雲科技投訴。"),
]  # fmt: skip

#: A maker of AI is a firm, whatever becomes of it.
FIRMS = [
    ("en", "Brightloom has acquired Finchwork, a maker of CRM software. The AI company employs 20 people, and the chatbot maker will hire in Ghent."),
    ("de", "Brightloom hat den CRM-Anbieter Finchwork übernommen. Das KI-Start-up beschäftigt 20 Menschen."),
    ("fr", "Brightloom a racheté Finchwork, éditeur de CRM. La start-up d'IA emploie 20 personnes."),
    ("es", "Brightloom ha comprado Finchwork, un fabricante de CRM. La empresa de IA emplea a 20 personas."),
    ("it", "Brightloom ha acquisito Finchwork, produttore di CRM. L'azienda di intelligenza artificiale ha 20 dipendenti."),
    ("nl", "Brightloom heeft CRM-maker Finchwork overgenomen. Het AI-bedrijf telt 20 mensen."),
    ("ja", "ブライトルームは、AI企業のフィンチワークを買収した。CRMを手がける。"),
    ("zh-Hans", "云帆科技收购了CRM厂商雀知科技。这家人工智能公司有20名员工。"),
]  # fmt: skip

SUPPOSED = [
    ("en", "If Brightloom launched an AI assistant for newsletters, rivals would suffer. Nothing at Brightloom points to it."),
    ("en", "Brightloom could one day add an AI agent to its CRM. Nobody at Brightloom confirms it."),
    ("de", "Falls Brightloom einen KI-Assistenten ins CRM einbaute, gerieten Rivalen unter Druck. Bei Brightloom schweigt man."),
    ("fr", "Si Brightloom lançait un assistant d'IA pour les newsletters, ses rivaux souffriraient. Chez Brightloom, rien ne l'indique."),
    ("es", "Si Brightloom lanzara un asistente de IA para boletines, sus rivales sufrirían. En Brightloom nada lo indica."),
    ("it", "Se Brightloom lanciasse un assistente IA per le newsletter, i rivali soffrirebbero. Da Brightloom nulla lo indica."),
    ("pt", "A Brightloom poderia um dia lançar um assistente de IA para newsletters. Ninguém na Brightloom confirma."),
    ("nl", "Ooit zou Brightloom een AI-assistent voor nieuwsbrieven kunnen maken. Bij Brightloom zegt niemand iets."),
    ("zh-Hans", "云帆科技可能推出AI营销助手。云帆科技未回应。"),
]  # fmt: skip

PAST = [
    ("en", "In 2018 Brightloom launched an AI assistant for newsletters. Today Brightloom employs 300 people."),
    ("de", "Im Jahr 2018 brachte Brightloom einen KI-Assistenten für Newsletter heraus. Heute hat Brightloom 300 Beschäftigte."),
    ("fr", "En 2018, Brightloom a lancé un chatbot pour les boutiques en ligne. Aujourd'hui, Brightloom emploie 90 personnes."),
    ("es", "En 2018 Brightloom lanzó un asistente de IA para boletines. Hoy Brightloom tiene 300 empleados."),
    ("it", "Nel 2018 Brightloom ha lanciato un chatbot per i negozi online. Oggi Brightloom ha 90 dipendenti."),
    ("zh-Hans", "2018年，云帆科技推出了AI营销助手。如今云帆科技有300名员工。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), [*FOUND, *BEFALLEN])
def test_what_others_find_and_what_befalls_a_product_is_no_claim(
    language: str, title: str, text: str
) -> None:
    """A court, an audit, an outage or a suit tells of a vendor's AI, and its vendor claims nothing."""
    assert read(text, language, title=title).claims == ()


@pytest.mark.parametrize(("language", "text"), [*FIRMS, *SUPPOSED, *PAST])
def test_a_firm_a_guess_and_the_past_are_no_claims(language: str, text: str) -> None:
    """What a maker of AI is called, what only might be, and what an earlier year brought."""
    title = "云帆科技" if language == "zh-Hans" else "Brightloom"
    assert read(text, language, title=title).claims == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Acme today launched Nova, a CRM. Nova's AI detects outages within seconds."),
        (
            "en",
            "Acme today launched Nova, a CRM. When nobody opens a mail, Nova's AI picks another hour.",
        ),
        ("de", "Acme hat Nova vorgestellt, ein CRM. Die KI von Nova erkennt Störungen sofort."),
        ("fr", "Acme lance Nova, un CRM. L'IA de Nova détecte les pannes en une minute."),
        ("zh-Hans", "星云科技今日正式推出CRM“新星”。“新星”用AI识别故障。"),
    ],
)
def test_ai_whose_task_is_a_mishap_is_claimed(language: str, text: str) -> None:
    """What AI detects or goes on after befalls something else."""
    assert [one.quote.start > 0 for one in read(text, language).claims] == [True]


def test_an_authority_claims_nothing() -> None:
    """What a law says of AI is no claim of who issued it."""
    text = "国家互联网信息办公室发布《人工智能生成合成内容标识办法》。平台必须标识AI生成的广告。"
    assert read(text, "zh-Hans", title="国家网信办发布标识办法").claims == ()
