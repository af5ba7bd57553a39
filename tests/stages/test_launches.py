"""Launch records: what is news in each language, and what only looks like it."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.text import split_sentences

from .news import read

NEWS = [
    ("en", "Acme today launched Nova, a customer data platform.", ("Acme", "Nova", "launch")),
    ("en", "Berlin-based vendor Acme, the CRM specialist, has unveiled Nova Flow for retailers.", ("Acme", "Nova Flow", "launch")),
    ("en", "LEEDS, 4 November 2026 – Acme, the e-mail platform, today launched Nova, a CRM.", ("Acme", "Nova", "launch")),
    ("en", "Acme acquired CRM vendor Betasoft for $20 million.", ("Acme", "Betasoft", "acquisition")),
    ("en", "Acme today announced a definitive agreement to acquire Betasoft, a CRM.", ("Acme", "Betasoft", "acquisition")),
    ("en", "Acme has raised $12 million in Series A funding for its CRM.", ("Acme", "", "funding")),
    ("en", "Acme launched an integration with Shopify for email marketing.", ("Acme", "Shopify", "integration")),
    ("en", "Acme is shutting down its CRM product Orion in March.", ("Acme", "Orion", "shutdown")),
    ("en", "Acme raises prices for Nova, its CRM, by 10 percent.", ("Acme", "Nova", "pricing")),
    ("en", "Acme teams up with Betasoft on retail media.", ("Acme", "Betasoft", "partnership")),
    ("en", "Nova was launched today by Acme, a maker of CRM software.", ("Acme", "Nova", "launch")),
    ("en", "Acme today made Nova 3 generally available to CRM customers.", ("Acme", "Nova 3", "launch")),
    ("de", "Das Münchner Unternehmen Acme hat Nova vorgestellt, eine Kundendatenplattform.", ("Acme", "Nova", "launch")),
    ("de", "Mit Nova bringt Acme eine neue Kundendatenplattform auf den Markt.", ("Acme", "Nova", "launch")),
    ("de", "Acme stellt heute die Kundendatenplattform Nova vor.", ("Acme", "Nova", "launch")),
    ("de", "Heute hat Acme die neue Version von Nova veröffentlicht, ein CRM.", ("Acme", "Nova", "launch")),
    ("de", "Die Werbebörse Acme hat Nova vorgestellt, ein Werkzeug für Gebote.", ("Acme", "Nova", "launch")),
    ("de", "Die Suchmaschine Acme stellt heute Nova vor, ein Werkzeug für Anzeigen.", ("Acme", "Nova", "launch")),
    ("de", "Acme stellt heute Nova vor, ein Werkzeug für Anzeigen im Marketing.", ("Acme", "Nova", "launch")),
    ("de", "Acme stellt Nova ab sofort allen Kunden seines CRM bereit.", ("Acme", "Nova", "launch")),
    ("de", "Acme stellt sein CRM Orion zum 1. März ein, teilte die Firma mit.", ("Acme", "Orion", "shutdown")),
    ("de", "Acme schaltet das CRM Orion Ende März ab und erstattet die Gebühren.", ("Acme", "Orion", "shutdown")),
    ("de", "Der Anbieter Acme aus Graz stellt Nova vor, ein CRM.", ("Acme", "Nova", "launch")),
    ("nl", "Het bedrijf Acme uit Utrecht lanceert Nova, een CRM.", ("Acme", "Nova", "launch")),
    ("en", "Acme of Leeds today launched Nova, a CRM.", ("Acme", "Nova", "launch")),
    ("de", "Acme übernimmt den CRM-Anbieter Betasoft.", ("Acme", "Betasoft", "acquisition")),
    ("fr", "L'éditeur lyonnais Acme lance Nova, une plateforme de données client.", ("Acme", "Nova", "launch")),
    ("fr", "Acme vient de lancer Nova, un CRM.", ("Acme", "Nova", "launch")),
    ("fr", "Acme a racheté le spécialiste Betasoft, un CRM.", ("Acme", "Betasoft", "acquisition")),
    ("es", "La empresa madrileña Acme ha lanzado Nova, una plataforma de datos de clientes.", ("Acme", "Nova", "launch")),
    ("es", "Acme adquiere Betasoft, un CRM.", ("Acme", "Betasoft", "acquisition")),
    ("it", "La startup milanese Acme lancia Nova, una piattaforma di dati dei clienti.", ("Acme", "Nova", "launch")),
    ("it", "Acme ha acquisito Betasoft, un CRM.", ("Acme", "Betasoft", "acquisition")),
    ("pt", "A empresa paulista Acme lançou Nova, uma plataforma de dados de clientes.", ("Acme", "Nova", "launch")),
    ("nl", "Het Utrechtse bedrijf Acme lanceert Nova, een klantdataplatform.", ("Acme", "Nova", "launch")),
    ("ja", "株式会社アクメは、顧客データ基盤「ノヴァ」の提供を開始した。", ("アクメ", "ノヴァ", "launch")),
    ("ja", "マーケティングツールを手がけるアクメ（本社：東京）は11月10日、CRM「ノヴァ」を発表した。", ("アクメ", "ノヴァ", "launch")),
    ("zh-Hans", "营销科技公司星云科技今日正式推出客户数据平台“新星”。", ("星云科技", "新星", "launch")),
    ("zh-Hans", "杭州，2026年11月9日——星云科技今天推出广告工具“新星”。", ("星云科技", "新星", "launch")),
    ("zh-Hant", "行銷科技公司星雲科技今日正式推出客戶數據平台「新星」。", ("星雲科技", "新星", "launch")),
    ("en", "Acme and Betasoft have signed a three-year partnership on e-mail marketing.", ("Acme", "Betasoft", "partnership")),
    ("en", "Retailers get Nova, a CRM that Acme unveiled on Thursday.", ("Acme", "Nova", "launch")),
    ("en", "Acme has begun testing Nova, an e-mail assistant.", ("Acme", "Nova", "launch")),
    ("en", "Acme has agreed to merge with Betasoft, a CRM.", ("Acme", "Betasoft", "acquisition")),
    ("en", "Acme's e-mail clean room is generally available.", ("Acme", "e-mail clean room", "launch")),
    ("en", "Acme is sunsetting Nova, the CRM it bought in 2017.", ("Acme", "Nova", "shutdown")),
    ("en", "Acme has scrapped the monthly fee of its CRM.", ("Acme", "", "pricing")),
    ("de", "Acme hat sich den CRM-Spezialisten Betasoft einverleibt.", ("Acme", "Betasoft", "acquisition")),
    ("de", "Acme bietet ab sofort ein CRM an. Das Werkzeug heißt Nova.", ("Acme", "Nova", "launch")),
    ("fr", "Acme s'empare de Betasoft, un CRM.", ("Acme", "Betasoft", "acquisition")),
    ("es", "Acme y Betasoft han firmado un acuerdo sobre CRM.", ("Acme", "Betasoft", "partnership")),
    ("it", "Acme ha attivato Nova, un CRM.", ("Acme", "Nova", "launch")),
]  # fmt: skip

NO_NEWS = [
    ("en", "Acme could launch Nova, a customer data platform."),
    ("en", "Acme may acquire Betasoft, a CRM."),
    ("en", "Acme plans to launch Nova in spring, a CRM."),
    ("en", "Acme will launch Nova, a CRM, next year."),
    ("en", "Acme is expected to launch Nova, a CRM."),
    ("en", "Acme has not launched Nova, its CRM."),
    ("en", "In 2019, Acme launched Nova, a CRM."),
    ("en", "Acme launched Nova, its CRM, three years ago."),
    ("en", "Acme acquired Betasoft last year, and its CRM with it."),
    ("en", "If Acme launched Nova, CRM buyers would be glad."),
    ("en", "Has Acme launched Nova, the CRM?"),
    ("en", "Acme, which launched Nova, said its CRM sells well."),
    ("en", "Acme announced that CRM sales rose."),
    ("de", "Acme könnte im Frühjahr Nova vorstellen, ein CRM."),
    ("de", "Acme will Nova im Frühjahr vorstellen, ein CRM."),
    ("de", "2019 hatte Acme Nova vorgestellt, ein CRM."),
    ("de", "Acme hat Nova noch nicht vorgestellt, sein CRM."),
    ("de", "Im Jahr 2019 hat Acme Nova vorgestellt, ein CRM."),
    ("de", "Wenn Acme Nova auf den Markt bringt, ändert sich das CRM."),
    ("fr", "Acme pourrait lancer Nova, un CRM."),
    ("fr", "Acme prévoit de lancer Nova, un CRM."),
    ("fr", "En 2019, Acme a lancé Nova, un CRM."),
    ("fr", "Acme n'a pas lancé Nova, son CRM."),
    ("es", "Acme podría lanzar Nova, un CRM."),
    ("es", "En 2019, Acme lanzó Nova, un CRM."),
    ("es", "Acme no ha lanzado Nova, su CRM."),
    ("it", "Acme potrebbe lanciare Nova, un CRM."),
    ("it", "Nel 2019 Acme ha lanciato Nova, un CRM."),
    ("it", "Acme non ha lanciato Nova, il suo CRM."),
    ("ja", "アクメはCRM「ノヴァ」を来春に発表する予定だ。"),
    ("ja", "アクメはCRM「ノヴァ」の発表を検討している。"),
    ("ja", "アクメは2019年にCRM「ノヴァ」を発表した。"),
    ("ja", "アクメはCRM「ノヴァ」をまだ発表していない。"),
    ("zh-Hans", "星云科技计划明年推出CRM“新星”。"),
    ("zh-Hans", "星云科技可能推出CRM“新星”。"),
    ("zh-Hans", "星云科技去年推出CRM“新星”。"),
    ("zh-Hans", "星云科技尚未推出CRM“新星”。"),
    ("zh-Hant", "星雲科技計畫明年推出CRM「新星」。"),
    ("zh-Hant", "星雲科技去年推出CRM「新星」。"),
    ("en", "Fixed an issue in which Acme added a contact to the CRM twice."),
    ("en", "Learn how Acme launched Nova, its CRM."),
    ("en", "Pages made by software without added value count as spam for a CMS."),
    ("de", "Die Datenschutzkonferenz hat ein Musterschreiben für Werbung veröffentlicht."),
]  # fmt: skip


def found(text: str, language: str, **fields: str) -> list[tuple[str, str, str]]:
    launches = read(text, language, **fields).launches
    return [(one.vendor, one.product, one.event) for one in launches]


@pytest.mark.parametrize(("language", "text", "expected"), NEWS, ids=[row[1][:40] for row in NEWS])
def test_sentence_of_news_gives_vendor_product_and_event(language, text, expected):
    """Vendors are of our invention: no gazetteer knows them."""
    assert [expected] == found(text, language)


@pytest.mark.parametrize(("language", "text"), NO_NEWS, ids=[row[1][:40] for row in NO_NEWS])
def test_hope_plan_denial_supposition_and_past_give_nothing(language, text):
    """What did not happen now is no record."""
    assert found(text, language) == []


def test_proof_is_the_verbatim_sentence():
    """Each record quotes one whole sentence of its article."""
    text = "Shops wait. Acme today launched Nova, a CRM. It costs nothing.\nAcme acquired Betasoft."
    launches = read(text).launches
    quotes = [one.evidence for one in launches]
    assert [text[quote.start : quote.end] for quote in quotes] == [quote.text for quote in quotes]
    assert all((quote.start, quote.end) in split_sentences(text) for quote in quotes)
    assert [one.event for one in launches] == ["launch", "acquisition"]


def test_title_tells_what_the_text_bears_out():
    """A headline's event is proved by the sentence that names the product."""
    text = "Teams that sell shoes may cheer. With Nova they see each customer once, in one CRM."
    (launch,) = read(text, title="Acme launches Nova, a CRM").launches
    assert (
        launch.vendor,
        launch.product,
        launch.evidence.text,
    ) == ("Acme", "Nova", "With Nova they see each customer once, in one CRM.")


def test_title_that_no_sentence_bears_out_gives_nothing():
    """No record without its proof."""
    assert found("The CRM world is watching.", "en", title="Acme launches Nova") == []


def test_company_stands_for_the_vendor_named_before():
    """Who is called "the company" is who was last said to have done something."""
    text = "Acme today launched Nova, a CRM. The company also unveiled Orion, a mail tool."
    assert found(text, "en") == [("Acme", "Nova", "launch"), ("Acme", "Orion", "launch")]


def test_we_is_the_publisher_only_where_a_vendor_speaks():
    """A paper's "we" launches nothing."""
    text = "Today we launched Nova, a CRM."
    vendor = {"publisher": "Acme", "voice": "vendor"}
    assert found(text, "en", **vendor) == [("Acme", "Nova", "launch")]
    assert found(text, "en", publisher="The Ledger", voice="independent") == []


def test_known_vendor_gets_its_usual_name():
    """The gazetteer's name stands for all the ways to write it."""
    assert found("ハブスポットはCRM「ノヴァ」を発表した。", "ja") == [
        ("HubSpot", "ノヴァ", "launch")
    ]


def test_one_thing_told_twice_is_one_record():
    """Title, opening and body tell one launch."""
    text = "Acme today launched Nova, a CRM. Acme launched Nova after two years of work."
    assert len(read(text, title="Acme launches Nova").launches) == 1


def test_the_year_of_the_article_is_not_the_past():
    """A thing of "2026" is news in 2026 and background in 2028."""
    text = "In 2026, Acme launched Nova, a CRM."
    assert found(text, "en", published="2026-11-10") == [("Acme", "Nova", "launch")]
    assert found(text, "en", published="2028-01-10") == []


def test_language_without_phrases_gives_no_records():
    """An unknown language is no error."""
    assert found("Acme lanserte i dag Nova, et CRM for butikker.", "nb") == []


def test_endless_sentence_is_passed_over_quickly():
    """A page without full stops is a table or a list, and gives no record."""
    assert found("星云科技推出新星" * 5000, "zh-Hans") == []


def test_a_list_that_counts_tells_who_acts_by_the_quoted_name() -> None:
    """In a round-up "first" acts for nobody: the quoted name before the verb does."""
    found = read(
        "第一，直播工具“开播吧”推出“多机位”。第二，天气转凉。", language="zh-Hans"
    ).launches
    assert [(one.vendor, one.product) for one in found] == [("开播吧", "多机位")]


def test_a_day_of_the_month_is_no_product() -> None:
    """The last day of a service is told in every language's words for the months."""
    found = read("Acme, il CRM di Milano, chiude il 31 dicembre.", language="it").launches
    assert all("dicembre" not in one.product for one in found)


#: Language, text, and the vendor and product that it tells of.
HEADED = [
    ("zh-Hans", "9月3日，云讯科技宣布收购营销平台“信鸽通”。", "云讯科技", "信鸽通"),
    ("zh-Hans", "9月3日，腾讯宣布收购营销平台“信鸽通”。", "Tencent", "信鸽通"),
    ("zh-Hant", "9月3日電通宣布收購行銷平台「信鴿通」。", "電通", "信鴿通"),
    (
        "en",
        "Acme, a CRM vendor, has acquired Betasoft (Leeds) – its third deal this year.",
        "Acme",
        "Betasoft",
    ),
    ("en", "PARIS, Nov 3 (Newswire) – Acme has acquired Betasoft.", "Acme", "Betasoft"),
]


@pytest.mark.parametrize(("language", "text", "vendor", "product"), HEADED)
def test_only_a_dateline_is_cut_off(language: str, text: str, vendor: str, product: str) -> None:
    """A day before a name and a bracket before a dash are none; the proof stays the text's own."""
    (found,) = read(f"{text} CRM", language).launches
    assert (found.vendor, found.product, found.event) == (vendor, product, "acquisition")
    proof = found.evidence
    assert proof.text == text == f"{text} CRM"[proof.start : proof.end]


def test_a_dateline_gives_the_day() -> None:
    """What is cut off still says when the sentence was written."""
    head = "PARIS, November 3, 2026 (Newswire) – "
    (found,) = read(f"{head}Acme has acquired Betasoft.").launches
    assert (found.announced, found.announced_from) == ("2026-11-03", "dateline")


#: Language, the day on which it was published, text, the day it gives and where that comes from.
YEARLESS = [
    ("en", "2026-11-10", "PARIS, Nov 3 (Newswire) – Acme has launched Nova, a CRM.", "2026-11-03", "dateline"),
    ("en", "2027-01-03", "CHICAGO, Dec. 30 – Acme has launched Nova, a CRM.", "2026-12-30", "dateline"),
    ("en", "2026-11-10", "DUBLIN (Nov. 5) – Acme has launched Nova, a CRM.", "2026-11-05", "dateline"),
    ("en", "2026-11-10", "On Nov 3, Acme launched Nova, a CRM.", "2026-11-03", "sentence"),
    ("en", "2026-11-10", "Acme has launched Nova, a CRM, and may set 3 records.", "2026-11-10", "published"),
    ("de", "2026-11-10", "Köln, 06.11. – Acme hat Nova vorgestellt, ein CRM.", "2026-11-06", "dateline"),
    ("de", "2026-11-10", "Wien, 6. Nov. – Acme hat Nova vorgestellt, ein CRM.", "2026-11-06", "dateline"),
    ("fr", "2026-02-10", "Lyon, le 6 févr. – Acme lance Nova, un CRM.", "2026-02-06", "dateline"),
    ("es", "2026-09-10", "Sevilla, 7 sept. (Agencia Sur) – Acme lanza Nova, un CRM.", "2026-09-07", "dateline"),
    ("it", "2026-09-10", "Torino, 7 set. – Acme lancia Nova, un CRM.", "2026-09-07", "dateline"),
    ("pt", "2026-10-10", "Porto, 7 out. – A empresa Acme lançou Nova, um CRM.", "2026-10-07", "dateline"),
    ("nl", "2026-03-10", "Gent, 7 mrt. – Het bedrijf Acme lanceert Nova, een CRM.", "2026-03-07", "dateline"),
    ("ja", "2026-11-10", "【大阪＝11月7日】アクメは、CRM「ノヴァ」の提供を開始した。", "2026-11-07", "dateline"),
    ("zh-Hans", "2026-11-10", "【上海11月7日】星云科技今日正式推出CRM“新星”。", "2026-11-07", "dateline"),
    ("zh-Hans", "2026-11-10", "11月7日讯，星云科技今日正式推出CRM“新星”。", "2026-11-07", "dateline"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "published", "text", "day", "source"), YEARLESS)
def test_a_day_without_a_year_is_the_last_one_before_the_article(
    language: str, published: str, text: str, day: str, source: str
) -> None:
    """Short months and days in figures are read as each language writes them."""
    (found,) = read(text, language, published=published).launches
    assert (found.announced, found.announced_from) == (day, source)
