"""What vendors say that they will do, and what only sounds like it."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from .news import read

LAUNCHED = {
    "en": "Acme today launched Nova, a CRM.",
    "de": "Acme hat Nova vorgestellt, ein CRM.",
    "fr": "Acme lance Nova, un CRM.",
    "es": "Acme lanza Nova, un CRM.",
    "it": "Acme lancia Nova, un CRM.",
    "pt": "A empresa Acme lançou Nova, um CRM.",
    "nl": "Het bedrijf Acme lanceert Nova, een CRM.",
    "ja": "アクメは、CRM「ノヴァ」の提供を開始した。",
    "zh-Hans": "星云科技今日正式推出CRM“新星”。",
    "zh-Hant": "星雲科技今日正式推出CRM「新星」。",
}
PLANNED = [
    ("en", "Acme plans to open Nova to all customers in the first quarter of 2027.", "2027-03-31", "the first quarter of 2027"),
    ("en", "Acme will launch a German version by the end of the year.", "2026-12-31", "end of the year"),
    ("en", "The company intends to sell Nova in Japan.", None, ""),
    ("de", "Bis Jahresende will Acme Nova in Österreich anbieten.", "2026-12-31", "Jahresende"),
    ("de", "Das Unternehmen plant, Nova im ersten Quartal 2027 zu erweitern.", "2027-03-31", "ersten Quartal 2027"),
    ("fr", "Acme prévoit d'ouvrir Nova à tous d'ici la fin de l'année.", "2026-12-31", "la fin de l'année"),
    ("es", "Acme prevé abrir Nova a todos antes de fin de año.", "2026-12-31", "fin de año"),
    ("it", "Acme prevede di aprire Nova a tutti entro la primavera del 2027.", "2027-05-31", "la primavera del 2027"),
    ("pt", "Acme planeja abrir Nova até o fim do ano.", "2026-12-31", "fim do ano"),
    ("nl", "Acme is van plan Nova eind 2027 in België aan te bieden.", "2027-12-31", "eind 2027"),
    ("ja", "アクメは年内に英語版を提供する計画だ。", "2026-12-31", "年内"),
    ("zh-Hans", "公司计划在2026年底前推出英文版。", "2026-12-31", "2026年底"),
    ("zh-Hant", "公司預計在2026年底前加入英文版。", "2026-12-31", "2026年底"),
    # The present tense, with its time right behind the verb.
    ("de", "Acme bringt Anfang 2027 eine Version für Händler heraus.", "2027-03-31", "Anfang 2027"),
    ("nl", "Het bedrijf Acme brengt begin volgend jaar een versie voor winkels uit.", "2027-03-31", "begin volgend jaar"),
    ("fr", "Acme lance en janvier 2027 une version pour les agences.", "2027-01-31", "janvier 2027"),
    ("zh-Hans", "公司计划于明年下半年推出英文版。", "2027-12-31", "明年下半年"),
    ("zh-Hans", "公司将在明年年底前推出英文版。", "2027-12-31", "明年年底"),
    ("es", "La empresa planea abrir Nova a todos a principios del próximo año.", "2027-03-31", "principios del próximo año"),
    ("de", "Das Unternehmen will Nova Anfang des nächsten Jahres erweitern.", "2027-03-31", "Anfang des nächsten Jahres"),
    # A subject of the vendor's, or none, and a day: its plan.
    ("en", "Existing accounts are moved over by the end of March.", "2027-03-31", "the end of March"),
    ("en", "Access for everyone is planned for the first quarter.", "2027-03-31", "the first quarter"),
    ("en", "New chief executive Bea Lund wants to open Nova by mid-2027.", "2027-06-30", "mid-2027"),
    ("en", "A Spanish version is on the roadmap for early next year.", "2027-03-31", "early next year"),
    ("de", "Die Unterstützung für Fremdformate endet am 30. Juni 2027.", "2027-06-30", "30. Juni 2027"),
    ("de", "Zwei weitere Standorte sind für Anfang 2027 vorgesehen.", "2027-03-31", "Anfang 2027"),
    ("fr", "Les deux offres seront vendues ensemble à partir de juin 2027.", "2027-06-30", "juin 2027"),
    ("es", "El servicio llegará a Valencia en febrero de 2027.", "2027-02-28", "febrero de 2027"),
    ("it", "Il servizio arriva a Torino entro la primavera del 2027.", "2027-05-31", "la primavera del 2027"),
    ("pt", "A integração dos sistemas deve terminar até setembro de 2027.", "2027-09-30", "setembro de 2027"),
    ("nl", "In 2027 moeten beide systemen één inlog krijgen.", "2027-12-31", "2027"),
    ("ja", "2027年6月までに両社の製品を統合する。", "2027-06-30", "2027年6月"),
    ("ja", "旧管理画面は2027年3月31日をもって提供を終了します。", "2027-03-31", "2027年3月31日"),
    ("zh-Hans", "明年上半年将支持方言。", "2027-06-30", "明年上半年"),
    ("zh-Hant", "日文版預計明年3月前支援。", "2027-03-31", "明年3月"),
    # What comes before a time is due on the day before it; its end is its end.
    ("en", "Acme will launch a German version before March 2027.", "2027-02-28", "March 2027"),
    ("en", "Acme will launch a German version before the end of March 2027.", "2027-03-31", "March 2027"),
    ("de", "Acme will vor Juni 2027 eine Fassung für Händler anbieten.", "2027-05-31", "Juni 2027"),
    ("es", "Acme prevé abrir Nova antes de que acabe marzo de 2027.", "2027-03-31", "marzo de 2027"),
    # A vendor that says so at the end; a partner that is only named.
    ("en", "Customers will be able to export lists by March 2027, Acme said.", "2027-03-31", "March 2027"),
    ("en", "Its planner for small advertisers, Parsley, will start in March 2027.", "2027-03-31", "March 2027"),
    ("de", "Bis Ende März 2027 will das Unternehmen die Anbindung an Shopify fertigstellen.", "2027-03-31", "Ende März 2027"),
    # The present tense behind a time that opens the sentence.
    ("nl", "In maart 2027 brengt het een gratis versie uit.", "2027-03-31", "maart 2027"),
    ("de", "Im März 2027 bringt das Unternehmen eine Fassung für Händler.", "2027-03-31", "März 2027"),
    # Offices, regions and data centres; seasons, halves and years of accounts.
    ("en", "A data centre in Warsaw opens in fiscal 2027.", "2027-12-31", "fiscal 2027"),
    ("en", "They'll open an office in Oslo in H1 2027.", "2027-06-30", "H1 2027"),
    ("de", "Acme bezieht im zweiten Halbjahr 2027 ein Büro in Graz.", "2027-12-31", "zweiten Halbjahr 2027"),
    ("fr", "Acme s'implantera à Tunis au printemps 2027.", "2027-05-31", "printemps 2027"),
    ("fr", "Nous ouvrirons un bureau à Lille d'ici à l'été 2027, annonce Acme.", "2027-08-31", "l'été 2027"),
    ("es", "Acme desembarca en Italia en el primer trimestre de 2027.", "2027-03-31", "primer trimestre de 2027"),
    ("it", "Il nuovo ufficio di Acme a Praga è atteso per la primavera 2027.", "2027-05-31", "la primavera 2027"),
    ("it", "Apriremo a Madrid entro giugno 2027, dice Acme.", "2027-06-30", "giugno 2027"),
    ("pt", "A Acme inaugura um centro de dados no Recife no terceiro trimestre de 2027.", "2027-09-30", "terceiro trimestre de 2027"),
    ("nl", "Het bedrijf betreedt in boekjaar 2027 de Poolse markt.", "2027-12-31", "boekjaar 2027"),
    ("ja", "アクメは来春、名古屋にデータセンターを新設する。", "2027-05-31", "来春"),
    ("ja", "同社は2027年度中に欧州へ進出する。", "2028-03-31", "2027年度中"),
    ("zh-Hans", "公司明年夏季将在武汉开设数据中心。", "2027-08-31", "明年夏季"),
    ("zh-Hant", "公司將於2027財年進駐越南。", "2027-12-31", "2027財年"),
]  # fmt: skip
NO_PLANS = [
    ("en", "The trade fair opens in summer 2027."),
    ("it", "Apriremo la redazione a Madrid entro giugno 2027."),
    ("nl", "We openen de discussie in de zomer van 2027."),
    ("fr", "Le congrès se tiendra à Lille à l'été 2027."),
    ("zh-Hans", "展会将于2027年夏季在成都举行。"),
    ("zh-Hant", "論壇將於2027年夏季在高雄舉行。"),
    ("en", "Acme could open Nova to all customers in 2027."),
    ("en", "Acme does not plan to open Nova in 2027."),
    ("en", "Customers will pay more for Nova from January 2027."),
    ("en", "Analysts expect Acme to sell Nova in 2027."),
    ("en", "The regulator will publish a report in 2027."),
    ("en", "Will Acme open Nova in 2027?"),
    ("en", "Malory Ltd plans to buy Nova before Christmas."),
    ("en", "Acme will always care."),
    ("de", "Acme könnte Nova 2027 öffnen."),
    ("de", "Die Behörde will 2027 einen Bericht vorlegen."),
    ("fr", "Acme pourrait ouvrir Nova en 2027."),
    ("es", "Acme podría abrir Nova en 2027."),
    ("it", "Acme potrebbe aprire Nova nel 2027."),
    ("ja", "最終報告は来年3月末までに公表する予定だ。"),
    ("zh-Hans", "监管机构计划在2027年发布报告。"),
    ("de", "Acme will das ändern: Seit Dienstag ist Nova für alle Kunden da."),
    ("en", "Acme wants to change that by 2027."),
    ("es", "La empresa anunció que recurrirá en 2027."),
    ("en", "Brightco ends its own service in March 2027."),
    ("en", "The limit is set to 2 until March 2027."),
    ("en", "The firms will trade under one name once regulators have approved the deal in 2027."),
    ("de", "Der Markt wächst bis Ende 2027 um ein Zehntel."),
    ("zh-Hans", "交易预计在2027年第一季度完成。"),
    ("zh-Hans", "公司在过去60天内将价格下调。"),
    ("nl", "Het brengt sinds maart 2026 een gratis versie uit."),
    ("en", "A note thanks users and says that data of customers will be deleted in 30 days."),
    ("en", "Acme plans to challenge the ruling in court."),
    ("de", "Acme will klagen."),
    ("de", "Acme will die Entscheidung anfechten."),
    ("fr", "Acme compte contester la décision en justice."),
    ("fr", "Acme promet d'indemniser ses clients."),
    ("es", "Acme planea demandar a la agencia."),
    ("it", "Acme intende impugnare la sanzione nel 2027."),
    ("ja", "アクメは2027年3月に消費者庁を提訴する方針だ。"),
    ("zh-Hans", "星云科技计划在2027年起诉监管部门。"),
    ("en", "Acme has said it will change nothing before 2027."),
    ("en", "Jane Roe will join Acme as chief marketing officer in February 2027."),
    ("de", "Sabine Wrede wird zum 1. Februar Marketingchefin bei Acme."),
    ("de", "Ein Ergebnis soll im März vorliegen."),
    ("fr", "Jane Roe rejoindra Acme comme directrice marketing en février 2027."),
    ("es", "Jane Roe se incorporará a Acme como directora de marketing en febrero de 2027."),
    ("it", "Jane Roe entrerà in Acme come direttrice marketing a febbraio 2027."),
    ("ja", "アクメは、2027年2月に山田花子氏がCMOに就任する予定だ。"),
    ("zh-Hans", "王丽将于2027年2月出任星云科技首席营销官。"),
]


def text_of(language: str, sentence: str) -> str:
    """Return a launch with a further sentence."""
    wide = language in ("ja", "zh-Hans", "zh-Hant")
    return f"{LAUNCHED[language]}{'' if wide else ' '}{sentence}"


@pytest.mark.parametrize(("language", "sentence", "due", "words"), PLANNED)
def test_a_plan_has_its_sentence_and_its_day(
    language: str, sentence: str, due: str | None, words: str
) -> None:
    """Vendor, verbatim sentence, the last day of the time it names, and that time's words."""
    (plan,) = read(text_of(language, sentence), language).plans
    vendor = {"ja": "アクメ", "zh-Hans": "星云科技", "zh-Hant": "星雲科技"}.get(language, "Acme")
    assert (plan.vendor, plan.quote.text, plan.due) == (vendor, sentence, due)
    assert words in plan.due_words or plan.due_words in words


@pytest.mark.parametrize(("language", "sentence"), NO_PLANS)
def test_hopes_rumours_and_others_plans_are_none(language: str, sentence: str) -> None:
    """Suppositions, denials, and what customers, courts or analysts will do, give no plan."""
    assert read(text_of(language, sentence), language).plans == ()


def test_we_is_the_vendor_in_its_own_text_only() -> None:
    """An independent paper's "we" is the paper."""
    text = "Where Nova, our CRM, is going. We will open Nova to all customers by March 2027."
    own = read(text, publisher="Acme", voice="vendor").plans
    assert [plan.vendor for plan in own] == ["Acme"]
    assert read(text).plans == ()


OURS = [
    ("it", "Apriremo a Madrid entro giugno 2027.", "2027-06-30"),
    ("fr", "Nous ouvrirons un bureau à Lille d'ici à l'été 2027.", "2027-08-31"),
    ("es", "Abriremos oficina en Lisboa antes del verano de 2027.", "2027-05-31"),
    ("pt", "Abriremos um escritório no Porto até ao verão de 2027.", "2027-08-31"),
    ("de", "Wir eröffnen bis zum Sommer 2027 ein Büro in Wien.", "2027-08-31"),
    ("nl", "In het voorjaar van 2027 bouwen we een kantoor in Gent.", "2027-05-31"),
    ("ja", "当社は2027年夏頃にAPIを公開します。", "2027-08-31"),
]


@pytest.mark.parametrize(("language", "sentence", "due"), OURS)
def test_we_will_is_said_in_one_word_in_some_languages(
    language: str, sentence: str, due: str
) -> None:
    """In a vendor's own text the first person plural of a verb is its plan, and no launch."""
    vendor = {"ja": "アクメ"}.get(language, "Acme")
    found = read(text_of(language, sentence), language, publisher=vendor, voice="vendor")
    assert [(plan.vendor, plan.due) for plan in found.plans] == [(vendor, due)]
    assert [one.product for one in found.launches] == [{"ja": "ノヴァ"}.get(language, "Nova")]


def test_a_half_year_is_no_product() -> None:
    """Dutch "breidt … uit" adds something to a product; a time is none."""
    text = text_of("nl", "Acme breidt in H1 2027 uit naar Zweden.")
    assert [one.product for one in read(text, "nl").launches] == ["Nova"]


OTHERS = [
    ("en", "Havnby pauses Nova", "Havnby has switched off Nova, a CRM. Betasoft makes it. Betasoft said it would ship a check by the end of December 2026.", "Betasoft"),
    ("en", "Acme launches Nova", "Acme today launched Nova, a CRM. Betasoft is its rival. Betasoft, which is older, grew. Betasoft with Acme plans to open Nova in Japan by March 2027.", "Betasoft"),
    ("en", "Acme launches Nova", "Acme today launched Nova, a CRM. Betasoft is its rival. Acme with Betasoft plans to open Nova in Japan by March 2027.", "Acme"),
    ("de", "Acme stellt Nova vor, Betasoft zieht nach", "Acme hat Nova vorgestellt, ein CRM. Betasoft will bis Ende März 2027 ein Gegenstück anbieten.", "Betasoft"),
    ("de", "Acme stellt Nova vor, Betasoft zieht nach", "Acme hat Nova vorgestellt, ein CRM. Bis Ende März 2027 will Betasoft ein Gegenstück anbieten.", "Betasoft"),
    ("fr", "Acme lance Nova", "Acme lance Nova, un CRM. Betasoft est son rival. Betasoft prévoit d'ouvrir Orion d'ici fin mars 2027.", "Betasoft"),
    ("es", "Acme lanza Nova", "Acme lanza Nova, un CRM. Betasoft es su rival. Betasoft prevé abrir Orion antes de marzo de 2027.", "Betasoft"),
    ("it", "Acme lancia Nova", "Acme lancia Nova, un CRM. Betasoft è la rivale. Betasoft prevede di aprire Orion entro marzo 2027.", "Betasoft"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "vendor"), OTHERS)
def test_who_stands_before_the_verb_plans(
    language: str, title: str, text: str, vendor: str
) -> None:
    """Whoever the article is about: the owner is the subject, not the main vendor."""
    (plan,) = read(text, language, title=title).plans
    assert plan.vendor == vendor


def test_a_round_up_gives_nobody_anothers_plan_or_claim() -> None:
    """In a paragraph that does not name it, the one vendor that is known is not meant."""
    text = (
        "Veletta, a search service, uses artificial intelligence to count brands. It will start in "
        "Spanish by March 2027.\nAcme today launched Nova, a CRM."
    )
    found = read(text, title="In brief: news from the toolboxes")
    assert [one.vendor for one in found.launches] == ["Acme"]
    assert [one.vendor for one in (*found.claims, *found.plans) if one.vendor == "Acme"] == []
    alone = read(text.replace("Veletta, a search service,", "Acme"), title="In brief")
    assert {one.vendor for one in (*alone.claims, *alone.plans)} == {"Acme"}


def test_a_month_is_no_product() -> None:
    """A plan's time is not what it is about."""
    text = "Acme today launched Nova, a CRM. In June we meet. A trial with 80 companies starts in June."
    (plan,) = read(text, title="Nova", publisher="Acme", voice="vendor").plans
    assert plan.product == ""


def test_the_day_of_a_shutdown_is_no_plan_besides() -> None:
    """What an article on an end says of it once more belongs to that event."""
    text = "Acme is shutting down Nova, its CRM. Messages stay accessible until 31 December 2026."
    found = read(text)
    assert [launch.event for launch in found.launches] == ["shutdown"]
    assert found.plans == ()


#: Language, title, text, and the vendor whose plan it is: names in kana and Han letters that no list has.
UNKNOWN = [
    ("ja", "カザグルマ、店舗向けクーポンを計画", "カザグルマは2026年7月末までに店舗向けのクーポン機能「コヨミ」を提供する計画だ。同社は小売業にCRMを提供している。カザグルマの利用企業は約320社。", "カザグルマ"),
    ("zh-Hans", "云杉科技将推视频生成模型“松果”", "云杉科技计划于2026年8月底前推出视频生成模型“松果”。该公司为广告主提供视频广告工具。云杉科技表示，已有两百家广告主报名。", "云杉科技"),
    ("zh-Hant", "藍湖數位將推客服機器人", "藍湖數位計畫於2026年底前推出客服機器人。藍湖數位表示，機器人可用於電商網站的行銷。", "藍湖數位"),
    ("zh-Hans", "营销科技大会在上海开幕", "营销科技大会12月在上海举行，计划于2026年12月底前发布报告。营销科技大会由协会主办，公司参展。", ""),
    ("zh-Hans", "广告主转向短视频", "广告主计划在2026年底前增加短视频预算。广告主表示效果更好，公司预算上升。", ""),
    ("ja", "東京都、広告条例を改正", "東京都は2026年12月末までに屋外広告の条例を改正する方針だ。東京都は業界の意見を聞く。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "vendor"), UNKNOWN)
def test_a_name_that_title_and_text_begin_with_plans(
    language: str, title: str, text: str, vendor: str
) -> None:
    """Without spaces and lists a company is known by what is said of it; a fair or city is none."""
    found = read(text, language, title=title, published="2026-03-05").plans
    assert [plan.vendor for plan in found] == ([vendor] if vendor else [])


#: News without a launch, in which a rare name opens title and text, and the company that it is.
ALONE = [
    ("de", "Quellova will nach Polen", "Quellova verkauft Software für Marketing. Bis Sommer 2027 will das Unternehmen ein Büro in Krakau eröffnen.", "2027-08-31"),
    ("fr", "Lumigraph vise l'Espagne", "Lumigraph vend un CRM. L'éditeur ouvrira un bureau à Madrid au premier semestre 2027.", "2027-06-30"),
    ("it", "Velamare guarda alla Francia", "Velamare vende un CRM. L'azienda aprirà una sede a Lione nell'autunno 2027.", "2027-11-30"),
    ("de", "Werbung wird teurer", "Werbung kostet mehr, sagt die Branche. Bis Sommer 2027 will das Unternehmen reagieren.", None),
    ("es", "Costura estrena un CRM", "Costura estrena un CRM para tiendas. El resto de las tiendas lo tendrá en primavera.", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "due"), ALONE)
def test_a_rare_name_that_opens_title_and_text_plans(
    language: str, title: str, text: str, due: str | None
) -> None:
    """A frequent word that only opens sentences is no name, and shops are customers."""
    name = title.split()[0]
    found = [(plan.vendor, plan.due) for plan in read(text, language, title=title).plans]
    assert found == ([(name, due)] if due else [])


def test_german_and_dutch_verbs_in_two_parts_and_august_are_read() -> None:
    """What stands at the end of the clause belongs to the verb; "augustus" is no plural."""
    text = "Der CRM-Anbieter Mirelle löst im Dezember 2026 seinen alten Editor ab."
    (plan,) = read(text, "de", title="Mirelle und sein CRM", published="2026-03-05").plans
    assert plan.due == "2026-12-31"
    text = "CRM-leverancier Mirelle is van plan om in augustus 2026 een module uit te brengen."
    (plan,) = read(text, "nl", title="Mirelle en zijn CRM", published="2026-03-05").plans
    assert plan.due == "2026-08-31"


def test_notes_plan_what_they_head_as_an_end() -> None:
    """In notes on a release a removal that is planned for a day is a plan, whatever heads it."""
    text = (
        "Important notices\n\nEnd of life of Data Sources\n\n"
        "Acme plans to remove Data Sources on July 31, 2027.\n\nFixes\n\nAN-1, AN-2"
    )
    found = read(text, title="Acme Analytics release notes", publisher="Acme", voice="vendor")
    assert [(plan.vendor, plan.due) for plan in found.plans] == [("Acme", "2027-07-31")]


def test_a_manual_plans_nothing_within_days() -> None:
    """What happens within 30 days is a condition for its reader there."""
    text = (
        "Open the segment and click Edit. Your contacts will be moved within 30 days. "
        "Select Save. If you change the name, the report will follow in two weeks."
    )
    assert read(text, title="Edit a segment", publisher="Acme CRM", voice="vendor").plans == ()


#: A title and a text that begin with a vendor that no sentence sets behind a word.
OPENED = [
    ("en", "Harrowby courts developers", "Harrowby, the retail media company, met developers in Austin. It plans to open its ad interface in March 2027.", "Harrowby"),
    ("nl", "Peilstok wil groeien", "Peilstok uit Utrecht maakt CRM-software. In maart 2027 brengt het een gratis versie uit.", "Peilstok"),
    ("ja", "ネムリバ、海外進出へ", "メール配信のネムリバは、海外展開を急ぐ。2027年3月に新しい拠点を開設する計画だ。", "ネムリバ"),
    ("zh-Hans", "橙帆网络进军海外", "橙帆网络做社交电商。公司计划于2027年3月推出CRM。", "橙帆网络"),
    ("en", "Advertising grows", "Advertising grows on every CRM platform. It plans to open in March 2027.", ""),
    ("de", "Werbemarkt wächst", "Werbemarkt und CRM wachsen. Das Unternehmen plant eine Eröffnung im März 2027.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "vendor"), OPENED)
def test_a_vendor_that_only_opens_sentences_is_known(
    language: str, title: str, text: str, vendor: str
) -> None:
    """A name that is no word of a language is one wherever it stands."""
    found = read(text, language, title=title).plans
    assert [plan.vendor for plan in found] == ([vendor] if vendor else [])


def test_a_launch_that_is_still_to_come_is_a_plan() -> None:
    """Its sentence proves a launch by its words, and its day lies ahead; what is done is none."""
    text = "Acme has rebuilt its CRM. The new version, Nova 5, will be released in March 2027."
    ahead = read(text, "en", title="Acme readies its CRM")
    assert [plan.due for plan in ahead.plans] == ["2027-03-31"]
    assert not ahead.launches
    done = read("Acme has released Nova 5, a CRM that will be sold in March 2027.", "en")
    assert done.launches
    assert not done.plans
