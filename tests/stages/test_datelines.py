"""Datelines: what stands before a report's first sentence is no part of it."""

import pytest

from digest.records import Quote
from digest.stages.datelines import bare, without_dateline

#: A report's opening in the manner of many agencies, and where its sentence begins.
HEADS = [
    (
        "ROTTERDAM, 29 September 2026 – ",
        "Lumenfold, the customer data platform, today made it available.",
    ),
    ("MILANO, 8 settembre 2026 – ", "Da oggi Archivio Vivo mostra accanto a ogni immagine."),
    ("MILANO, September 8, 2026 - ", "From today, the media repository shows each image."),
    ("PARIS, Oct 3 (Newswire) — ", "Acme today announced a new product."),
    ("SAN FRANCISCO, Calif., Oct. 3, 2026 /PRNewswire/ -- ", "Acme today announced a new product."),
    ("NEW YORK--(BUSINESS WIRE)--", "Acme today announced a new product."),
    ("OSLO--(Wire Nord)--", "Acme today announced a new product."),
    ("LONDON (AP) — ", "The company said on Monday it would close."),
    ("Berlin (dpa) - ", "Die Firma hat am Montag ein Werkzeug vorgestellt."),
    ("Berlin, 3. Oktober 2026 (ots) - ", "Die Firma hat am Montag ein Werkzeug vorgestellt."),
    ("Paris, le 3 octobre 2026 – ", "La société annonce son nouvel outil."),
    ("Madrid, 3 oct (Europa Press) - ", "La compañía ha anunciado su nueva herramienta."),
    ("WASHINGTON — ", "The regulator said on Monday it would act."),
    ("La Paz, 3 de octubre de 2026 – ", "La compañía presentó su producto."),
    ("Den Haag, 3 oktober 2026 - ", "Het bedrijf lanceert een dienst."),
    ("Roma, 3 ott. 2026 – ", "La società lancia oggi un nuovo strumento."),
    ("Torino, 3 lug 2026 - ", "La società lancia oggi un nuovo strumento."),
    ("Lyon, le 3 févr. 2026 – ", "La société annonce son nouvel outil."),
    ("Nantes, 3 juil. 2026 – ", "La société annonce son nouvel outil."),
    ("Utrecht, 3 mrt 2026 - ", "Het bedrijf lanceert een dienst."),
    ("Lisboa, 3 fev 2026 – ", "A empresa lançou um novo produto."),
    ("(Reuters) - ", "Acme said on Monday it would buy Bolt."),
    ("台北，2026年8月18日——", "藍鵲數位今天推出新一代客服機器人「小鴞2」。"),
    ("杭州，2026年9月28日——", "晴舟科技今天发布直播广告调度系统“潮汐”。"),
    (
        "ロッテルダム、2026年9月29日 — ",
        "640のブランドが利用する顧客データプラットフォームの一般提供を開始した。",
    ),
    ("［東京 29日 ロイター］ - ", "アクメは新しい製品を発表した。"),
    ("（中央社記者王小明台北18日電）", "藍鵲數位今天推出新一代客服機器人。"),
    ("【東京＝共同】", "アクメは新しい製品を発表した。"),
    ("新华社北京10月3日电 ", "公司今天发布新产品。"),
    ("AUSTIN, TX, Oct. 3, 2026 (GLOBE NEWSWIRE) -- ", "Acme today announced a product."),
    ("Tokyo and London, October 3, 2026 – ", "Acme today announced a product."),
]
#: Dashes, days and capitals that are no dateline.
SENTENCES = [
    "In 2019 Acme – then a start-up – was sold to Bolt for a song.",
    "On Tuesday, 3 October 2026 – two years after the first release – Acme closed.",
    "Am 3. Oktober 2026 – zwei Jahre danach – schloss die Firma.",
    "Acme – The company behind the tool – was sold.",
    "GDPR – The law that all fear – has a new chapter.",
    "IBM – Das Unternehmen verkauft seine Sparte.",
    "Lumenfold (LMF) – the maker of Tessera – is sold.",
    "From 1 January 2027 – Prices rise by 12 per cent for all.",
    "Since 3 October 2026 - The service is closed to all.",
    "Norvane will raise the price by 12 per cent on 1 January 2027 – And customers were told.",
    "9月28日、アクメは新しい製品を発表した。",
    "2026年9月29日、ホシグモは新機能の提供を開始しました。",
    "The Office, 12 per cent of whose staff left – A record – has a head.",
    "Le 3 octobre 2026 – La société annonce son outil.",
    "«Antes de comprar – dice – averigüe quién sabe manejar lo que tiene.»",
    "Between 3 May and 5 May 2026 – The test – all was well.",
    "Its price – From 3 October 2026 – Is higher.",
    "10月3日电商平台发布新产品和服务给用户。",
    "8月18日電子報：公司今天推出新一代客服。",
    "May 3, 2026 – Acme opens to all.",
    "Tessera 3 – Das neue Modell ist da.",
]


@pytest.mark.parametrize(("head", "sentence"), HEADS)
def test_a_dateline_is_taken_off(head: str, sentence: str) -> None:
    """Place, day and agency go, in the scripts and orders in which agencies write them."""
    assert bare(head + sentence) == sentence


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_no_dateline_stays(sentence: str) -> None:
    """A parenthesis between dashes, a day that begins a sentence, an abbreviation: all of it."""
    assert bare(sentence) == sentence


def test_a_quotation_without_its_dateline_stands_where_it_says() -> None:
    """Its place in the article is that of the words that are left."""
    text = "A headline. LYON, 7 July 2026 – Acme opens a shop today. More."
    start, end = text.index("LYON"), text.index(" More.")
    quote = without_dateline(Quote(text[start:end], "a", start, end))
    assert quote.text == "Acme opens a shop today."
    assert text[quote.start : quote.end] == quote.text
    assert without_dateline(quote) == quote
