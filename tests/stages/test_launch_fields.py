"""The fields of a launch record on sentences that say them plainly: vendor, product, stage."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.records import Classification, Language, Story
from digest.stages.grammar import grammar_for
from digest.stages.launch_records import find_records
from digest.stages.launches import find_launches
from digest.stages.spaced import events_of
from digest.stages.taxonomy import load_knowledge
from digest.stages.wide import wide_events_of

from .news import make_article, read

DATED = [
    ("en", "On 8 September Acme launched Nova, a chatbot.", ("Acme", "Nova", "launch")),
    ("en", "On October 4 Acme launched Nova, a chatbot.", ("Acme", "Nova", "launch")),
    ("en", "Acme yesterday launched Nova.", ("Acme", "Nova", "launch")),
    ("en", "Acme this week launched Nova.", ("Acme", "Nova", "launch")),
    ("en", "Acme earlier this month launched Nova.", ("Acme", "Nova", "launch")),
    ("en", "Acme on Tuesday acquired Monday.com.", ("Acme", "Monday.com", "acquisition")),
    ("ja", "月曜アクメは「ノヴァ」を発売した。", ("アクメ", "ノヴァ", "launch")),
    ("ja", "昨日アクメは「ノヴァ」を発売した。", ("アクメ", "ノヴァ", "launch")),
    ("zh-Hans", "翎标周二推出聊天机器人“帕利”。", ("翎标", "帕利", "launch")),
    ("zh-Hans", "星期五翎标推出聊天机器人“帕利”。", ("翎标", "帕利", "launch")),
    ("zh-Hant", "翎標週二推出聊天機器人「帕利」。", ("翎標", "帕利", "launch")),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), DATED)
def test_a_day_is_no_part_of_a_name(
    language: str, sentence: str, expected: tuple[str, str, str]
) -> None:
    """Whether it stands before a vendor or between the vendor and its verb."""
    grammar = grammar_for(language)
    assert grammar
    read = wide_events_of if grammar.wide else events_of
    assert read(sentence, grammar, "2026") == [expected]


OWNED = [
    ("en", "Acme's chatbot Nova now integrates with Shopify."),
    ("de", "Der Chatbot Nova von Acme lässt sich jetzt in Shopify einbinden."),
    ("fr", "Le chatbot Nova d'Acme s'intègre désormais à Shopify."),
    ("es", "El chatbot Nova de Acme ya se integra con Shopify."),
    ("it", "Il chatbot Nova di Acme ora si integra con Shopify."),
    ("pt", "O chatbot Nova da Acme agora se integra à Shopify."),
    ("nl", "De chatbot Nova van Acme integreert nu met Shopify."),
    ("ja", "アクメのチャットボット「ノヴァ」がShopifyとの連携に対応した。"),
    ("zh-Hans", "翎标的聊天机器人“帕利”现在支持与Shopify集成。"),
]


@pytest.mark.parametrize(("language", "text"), OWNED)
def test_what_a_ware_does_is_told_of_its_maker(language: str, text: str) -> None:
    """The vendor is whose the chatbot is, not the chatbot."""
    name = {"ja": "「ノヴァ」がShopifyと連携", "zh-Hans": "“帕利”接入Shopify"}
    title = name.get(language, "Nova + Shopify")
    maker = {"ja": "アクメ", "zh-Hans": "翎标"}.get(language, "Acme")
    assert told(language, text, title) == [(maker, "Shopify", "integration")]


def test_a_price_is_of_the_ware_that_a_vendor_takes() -> None:
    """In Chinese a vendor and its ware are joined by what takes an object."""
    text = "翎标将聊天机器人“帕利”的月费从49欧元上调至69欧元。新价格10月起生效。"
    assert told("zh-Hans", text, "“帕利”涨价") == [("翎标", "帕利", "pricing")]


def test_what_stands_between_two_quoted_names_is_none() -> None:
    """The mark behind a quoted name closes it and opens no other."""
    text = "翎标推出聊天机器人“帕利2”，可读取店铺的商品目录。“帕利2”即日起上线。"
    assert told("zh-Hans", text) == [("翎标", "帕利2", "launch")]
    text = 'Acme today launched the chatbot "Parley 2", which reads lists. "Parley 2" is new.'
    assert told("en", text) == [("Acme", "Parley 2", "launch")]


def test_a_developer_is_bought_by_its_name() -> None:
    """What it develops stands before it."""
    text = "翎标宣布以4000万美元收购聊天机器人开发商鸽尾实验室。交易预计11月完成。"
    assert told("zh-Hans", text) == [("翎标", "鸽尾实验室", "acquisition")]


def test_a_rival_owns_nothing() -> None:
    """Only words for wares stand between a maker and its thing."""
    text = "Acme's rival Betasoft now integrates with Shopify."
    assert told("en", text) == [("Betasoft", "Shopify", "integration")]


THINGS = [
    ("de", "Acme hat seinen Chatbot Nova um ein Gedächtnis erweitert.", "Nova"),
    ("de", "Am 8. September hat Acme den Chatbot Nova vorgestellt.", "Nova"),
    ("es", "Acme ha incorporado a su chatbot Nova una memoria de conversaciones.", "Nova"),
    ("it", "Acme ha aggiunto al suo chatbot Nova una memoria.", "Nova"),
    ("it", "Acme ha aggiunto al suo servizio di email marketing l'editor Vela.", "Vela"),
    ("es", "Acme ha añadido a su servicio de email marketing una predicción.", "predicción"),
]


@pytest.mark.parametrize(("language", "sentence", "product"), THINGS)
def test_a_thing_is_called_by_its_name(language: str, sentence: str, product: str) -> None:
    """Neither by what it is, nor by what it is added to where that has no name."""
    grammar = grammar_for(language)
    assert grammar
    assert [found[:2] for found in events_of(sentence, grammar, "2026")] == [("Acme", product)]


def told(language: str, text: str, title: str = "") -> list[tuple[str, str, str]]:
    """Return vendor, product and event of what an article tells."""
    article = make_article(text, title=title)
    found = find_launches(article, language, knowledge=load_knowledge(), labels=())
    return [(one.vendor, one.product, one.event) for one in found]


COMING = [
    ("en", "Acme will release Parley 2 by the end of March 2027.", "Parley 2"),
    ("en", "Acme plans to launch Parley in Germany in March 2027.", "Parley"),
    ("en", "Acme plans to open an office in Berlin by the end of March 2027.", ""),
    ("en", "Acme plans to launch in Berlin in March 2027.", ""),
    ("de", "Acme will Parley 2 bis Ende März 2027 veröffentlichen.", "Parley 2"),
    ("de", "Acme will bis Ende März 2027 einen Editor veröffentlichen.", ""),
    ("fr", "Acme sortira Parley 2 d'ici fin mars 2027.", "Parley 2"),
    ("es", "Acme lanzará Parley 2 antes de finales de marzo de 2027.", "Parley 2"),
    ("it", "Acme lancerà Parley 2 entro la fine di marzo 2027.", "Parley 2"),
    ("pt", "A Acme lançará o Parley 2 até o fim de março de 2027.", "Parley 2"),
    ("nl", "Acme zal Parley 2 in maart 2027 uitbrengen.", "Parley 2"),
    ("ja", "クイルマークは2027年3月までに「ノヴァ」を欧州で提供開始する計画だ。", "ノヴァ"),
    ("zh-Hans", "翎标科技计划于2027年3月推出邮件营销工具“帕利”。", "帕利"),
]


@pytest.mark.parametrize(("language", "sentence", "product"), COMING)
def test_a_plan_has_the_product_that_it_names(language: str, sentence: str, product: str) -> None:
    """What is to be released, and neither a place nor a noun."""
    titles = {"ja": "クイルマーク、来年に新版", "zh-Hans": "翎标科技发布路线图"}
    mail = {"ja": "メールマーケティングの機能も加える。", "zh-Hans": "公司提供邮件营销工具。"}
    text = f"{sentence} {mail.get(language, 'Email marketing newsletter campaign.')}"
    (plan,) = read(text, language, title=titles.get(language, "Acme")).plans
    assert plan.product == product


CITED = [
    ("en", "Sixty per cent of shoppers like bots after 10 p.m., according to a survey by Acme of 2,000 shoppers."),
    ("en", "A survey by Acme found that shoppers like bots."),
    ("en", "An Acme survey of 2,000 shoppers found that they like bots."),
    ("en", "Acme surveyed 2,000 shoppers: they like bots."),
    ("en", "Acme has published a study of 2,000 shoppers."),
    ("de", "Käufer mögen Bots, wie eine Umfrage von Acme unter 2.000 Käufern ergab."),
    ("de", "Acme hat 2.000 Käufer befragt."),
    ("de", "Acme hat eine Studie unter 2.000 Käufern veröffentlicht."),
    ("fr", "Les acheteurs aiment les bots, selon une enquête d'Acme menée auprès de 2 000 acheteurs."),
    ("fr", "Acme publie une étude menée auprès de 2 000 acheteurs."),
    ("es", "Gustan los bots, según una encuesta de Acme a 2.000 compradores."),
    ("es", "Una encuesta de Acme revela que gustan los bots."),
    ("it", "Piacciono i bot, secondo un sondaggio di Acme su 2.000 acquirenti."),
    ("pt", "Uma pesquisa da Acme mostra que compradores preferem bots."),
    ("nl", "Kopers willen bots, volgens een onderzoek van Acme onder 2.000 kopers."),
    ("ja", "アクメが買い物客2000人を対象に行った調査によると、60%がボットを好む。"),
    ("ja", "アクメは買い物客2000人の調査結果を公表した。"),
    ("zh-Hans", "翎标对2000名买家的调查显示，60%的人更喜欢机器人。"),
    ("zh-Hant", "翎標的一項調查顯示，六成買家更喜歡機器人。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence"), CITED)
def test_a_study_is_told_by_who_made_it(language: str, sentence: str) -> None:
    """In whatever words a sentence says so; without a title it has no product."""
    maker = {"ja": "アクメ", "zh-Hans": "翎标", "zh-Hant": "翎標"}.get(language, "Acme")
    assert told(language, sentence) == [(maker, "", "study")]


def test_a_study_has_its_title() -> None:
    """A quoted one, one with a year, or what it is about."""
    assert told("en", 'Acme has published its report "Night Chats".') == [
        ("Acme", "Night Chats", "study")
    ]
    assert told("en", "Acme has published a survey on consent banners.") == [
        ("Acme", "survey on consent banners", "study")
    ]


def test_a_study_cited_later_is_no_news() -> None:
    """Only the first sentence of an article may cite the study that it is about."""
    lead = "Betasoft today launched Parley, a chatbot for shops. It costs €9 a month."
    text = f"{lead} A survey by Acme found that shoppers like bots."
    assert told("en", text, "Betasoft launches Parley") == [("Betasoft", "Parley", "launch")]


def test_two_untitled_studies_of_one_vendor_are_two_records() -> None:
    """In two stories they stay apart; in one they are one."""
    texts = ("A survey by Acme found that shoppers like bots.", "A survey by Acme found few ads.")
    articles = {id: make_article(text, id=id) for id, text in zip("ab", texts, strict=True)}
    spoken = {id: Language(id, "en", 1.0) for id in articles}
    found = {
        id: Classification(id, (), find_launches(one, "en", knowledge=load_knowledge(), labels=()))
        for id, one in articles.items()
    }
    apart = [Story(id, (id,), id, (), None, None) for id in "ab"]
    joined = [Story("s", ("a", "b"), "a", (), None, None)]
    assert len(find_records(apart, articles, found, spoken)) == 2
    assert len(find_records(joined, articles, found, spoken)) == 1


TITLES = [
    ("es", "La consultora Acme ha presentado el Informe de Tendencias Digitales 2026.", "Informe de Tendencias Digitales 2026"),
    ("fr", "Acme publie le Baromètre de la Publicité 2026, une étude de 900 annonceurs.", "Baromètre de la Publicité 2026"),
    ("it", "La società Acme ha pubblicato il Rapporto sul Retail Media 2026.", "Rapporto sul Retail Media 2026"),
    ("pt", "A consultoria Acme publicou o Relatório de Publicidade 2026.", "Relatório de Publicidade 2026"),
    ("es", "Acme publicó su Informe en Madrid el 3 de enero de 2026.", "Informe"),
    ("ja", "アクメは、「AIと買い物に関する調査2026」の結果を公表した。", "AIと買い物に関する調査2026"),
    ("ja", "アクメは「SNS広告に関する調査」の結果を発表した。", "SNS広告に関する調査"),
    ("ja", "アクメは『EC白書2026』を公開した。", "EC白書2026"),
    ("ja", "アクメは「通販に関する実態調査 2026年版」の結果を公表した。", "通販に関する実態調査 2026年版"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "title"), TITLES)
def test_a_study_is_told_by_its_whole_title(language: str, text: str, title: str) -> None:
    """What stands up to the year, or between quotation marks, is its title: no "AI", no "Informe"."""
    maker = "アクメ" if language == "ja" else "Acme"
    assert told(language, text) == [(maker, title, "study")]


TARIFFS = [
    ("Der Tarif Profi kostet künftig 49 Euro.", "Profi"),
    ("Der Tarif kostet künftig 49 Euro.", ""),
    ("Der Basistarif kostet künftig 49 Euro.", "Basistarif"),
]


@pytest.mark.parametrize(("sentence", "plan"), TARIFFS)
def test_a_german_plan_is_named_behind_its_kind(sentence: str, plan: str) -> None:
    """In "der Tarif Profi" the plan is Profi; a tariff without a name has none."""
    text = f"Acme erhöht die Preise für seinen Newsletter-Dienst. {sentence}"
    assert told("de", text, "Acme erhöht die Preise") == [("Acme", plan, "pricing")]


@pytest.mark.parametrize("kind", ["Marktforschungsinstitut", "Umfrageinstitut", "Planungsbüro"])
def test_a_german_institute_is_called_by_its_name(kind: str) -> None:
    """What kind of firm it is stands before the name and is no part of it."""
    text = f"Das {kind} Acme hat die Studie „Handel 2026“ veröffentlicht."
    assert told("de", text) == [("Acme", "Handel 2026", "study")]


BODIES = [
    ("en", "The Institute of Retail Marketing has published the study “Shelf 2026”.", "Institute of Retail Marketing", "Shelf 2026"),
    ("de", "Das Institut für Handelsforschung hat die Studie „Werbung 2026“ veröffentlicht.", "Institut für Handelsforschung", "Werbung 2026"),
    ("fr", "L'Institut de la Publicité a publié l'étude « Écrans 2026 ».", "Institut de la Publicité", "Écrans 2026"),
    ("fr", "L'Institut d'Études Publicitaires a publié l'étude « Écrans 2026 ».", "Institut d'Études Publicitaires", "Écrans 2026"),
    ("es", "El Instituto de Publicidad ha publicado el estudio «Pantallas 2026».", "Instituto de Publicidad", "Pantallas 2026"),
    ("it", "L'Osservatorio della Pubblicità ha pubblicato lo studio «Schermi 2026».", "Osservatorio della Pubblicità", "Schermi 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "maker", "title"), BODIES)
def test_an_institute_is_called_by_what_it_is_for(
    language: str, text: str, maker: str, title: str
) -> None:
    """The kind of body and what it is for are one name; half of it is nobody's."""
    assert told(language, text) == [(maker, title, "study")]


def test_a_german_bot_and_hoster_are_called_by_their_names() -> None:
    """What kind of thing or firm it is stands before the name and is no part of it."""
    text = "Die Firma Acme hat den Sprachbot Lisa vorgestellt. Lisa ist ein Chatbot am Telefon."
    assert told("de", text) == [("Acme", "Lisa", "launch")]
    pact = "Acme und der Hoster Betawald haben eine Partnerschaft vereinbart, um CRM zu vertreiben."
    assert told("de", pact) == [("Acme", "Betawald", "partnership")]


def test_a_quoted_title_is_told_without_the_word_before_it() -> None:
    """Of "la ricerca «Schermi aperti»" the title is what stands between the marks."""
    text = "Il 48% accetta la pubblicità. Lo rivela la ricerca «Schermi aperti» di Acme."
    assert told("it", text, "Ricerca: la pubblicità") == [("Acme", "Schermi aperti", "study")]


OWNED = [
    ("zh-Hans", "海盐科技宣布，旗下社交媒体管理工具“麦田”将于12月31日停止服务。", "shutdown"),
    ("zh-Hans", "海盐科技旗下社交媒体管理工具“麦田”停止服务。", "shutdown"),
    ("zh-Hans", "海盐科技旗下CRM“麦田”接入微信。", "integration"),
    ("zh-Hant", "海鹽科技旗下行銷工具「麥田」接入LINE。", "integration"),
]


@pytest.mark.parametrize(("language", "text", "event"), OWNED)
def test_what_is_a_chinese_companys_own_is_told_of_it(language: str, text: str, event: str) -> None:
    """Before 旗下 stands whose the thing is; the thing itself is no vendor."""
    maker = {"zh-Hans": "海盐科技", "zh-Hant": "海鹽科技"}[language]
    found = told(language, text, text.strip("。"))
    assert [(vendor, kind) for vendor, _, kind in found] == [(maker, event)]
