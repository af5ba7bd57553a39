"""Windows of odd articles for tests: what a feed may hold, and what nobody should write."""

from __future__ import annotations

import random

from digest.records import Article, Language
from digest.testing import make_article

#: An announcement as ten languages begin one, and as six outside the ten do.
SENTENCES = {
    "en": "{vendor} launches {product}, a platform for {many} shops. It costs {price} dollars.",
    "de": "{vendor} bringt {product}, eine Plattform für {many} Läden. Sie kostet {price} Dollar.",
    "fr": "{vendor} lance {product}, un outil pour {many} boutiques. Il coûte {price} dollars.",
    "es": "{vendor} lanza {product}, una plataforma para {many} tiendas. Cuesta {price} dólares.",
    "it": "{vendor} lancia {product}, una piattaforma per {many} negozi. Costa {price} dollari.",
    "pt": "A {vendor} lança {product}, uma plataforma para {many} lojas. Custa {price} dólares.",
    "nl": "{vendor} brengt {product} uit, een tool voor {many} winkels. Het kost {price} dollar.",
    "ja": "{vendor}は{many}店舗向けのデータ基盤「{product}」を発表した。月額{price}ドル。",
    "zh-Hans": "{vendor}发布{product}，面向{many}家商店的数据平台。每月{price}美元。",
    "zh-Hant": "{vendor}發布{product}，面向{many}家商店的資料平台。每月{price}美元。",
    "ru": "{vendor} выпустила {product}, платформу для {many} магазинов. Цена {price} долларов.",
    "ko": "{vendor}가 {many}개 매장을 위한 플랫폼 {product}를 출시했다. 월 {price}달러이다.",
    "ar": "أطلقت {vendor} منصة {product} لعدد {many} متجرا. التكلفة {price} دولارا.",
    "pl": "{vendor} wprowadza {product}, usługę dla {many} sklepów. Kosztuje {price} dolarów.",
    "tr": "{vendor}, {many} mağaza için {product} platformunu tanıttı. Aylık {price} dolar.",
    "sv": "{vendor} lanserar {product}, ett verktyg för {many} butiker. Den kostar {price} dollar.",
}  # fmt: skip
VENDORS = ("Kestrivo", "Ördek", "Чайка", "潮汐", "アクメ", "الواحة", "카카나")
PRODUCTS = ("Beacon", "Nova 3.2", "Маяк", "画卷", "ミラー", "نور")
ODD = (
    "", " ", "\n\n", "😀 🚀", "🇩🇪🏳️\u200d🌈", "x", "7", "0", "1e999", "1 2 3 4 5 6 7 8",
    "1" * 5_000,
    "٩" * 5_000, "1,000,000,000,000,000,000,000", "½ ² ①②③ Ⅻ 〇", "０１２３", "१२३", "v1.2.3.4.5",
    "twenty-five thousand million", "二千零二十六", "万", "1.2兆 $3k 100 Mio.", "5月32日 13月1日",
    "31/31/31 2026-13-45", "may march monday", "\u200f\u202eabc\u202c", "\ud800", "a\udfffb c d",
    "\x00", "\ufeff", "\u2028\u2029", "....", "。。。", "「」", "$$$", "ﷺ", "ﬁ ß ẞ İ ı", "\u0301",
    "About Us", "About X.\nX", "http://a.example/b?c=d#e", "<b>x</b> &amp;", "ภาษาไทยไม่มีช่องว่าง",
)  # fmt: skip
WHEN = (
    None, "", "gibberish", "2026-09-01", "2026-09-02T10:00:00", "2026-09-05T10:00:00+09:00",
    "2026-10-20", "0001-01-01", "9999-12-31T23:59:59-14:00",
)  # fmt: skip
WHERE = (
    None, "", "https://a.example/x", "http://www.a.example/x/?utm_source=y", "https://b.example/y",
    "ftp://z", "http://[::1", "https://ünï.example/ä", "https://a.example:99999/x",
)  # fmt: skip


def make_window(seed: int, *, count: int = 12) -> tuple[list[Article], dict[str, Language]]:
    """Return odd articles, some of them again, with languages that may be wrong or missing."""
    draw = random.Random(seed)
    found: list[Article] = []
    spoken: dict[str, Language] = {}
    for number in range(count):
        language = draw.choice(list(SENTENCES))
        title, text = _told(draw, language, found)
        id = draw.choice([f"a{number}", f"é {number}", f"\ud800{number}"])
        alternates = tuple(str(url) for url in draw.sample(WHERE, draw.choice([0, 0, 1, 2])))
        one = make_article(id, title=title, text=text, published=draw.choice(WHEN),
                           url=draw.choice(WHERE), alternates=alternates)  # fmt: skip
        found.append(one)
        if draw.random() < 0.9:
            named = draw.choice([language, language, "und", "en", "xx", ""])
            spoken[id] = Language(id, named, draw.random())
    return found, spoken


def _told(draw: random.Random, language: str, before: list[Article]) -> tuple[str, str]:
    said = SENTENCES[language].format(
        vendor=draw.choice(VENDORS),
        product=draw.choice(PRODUCTS),
        many=draw.randint(1, 999),
        price=draw.choice([12, 99, 1_200]),
    )
    again = draw.choice(before) if before else None
    return draw.choice(
        [
            (said[:40], said * draw.choice([1, 1, 9])),
            (draw.choice(ODD), said),
            (draw.choice(ODD), draw.choice(ODD)),
            (draw.choice(ODD), "\n".join(draw.choices(ODD, k=9))),
            (draw.choice(ODD), "".join(chr(draw.randrange(0x11000)) for _ in range(99))),
            (again.title, again.text) if again else ("", ""),
        ]
    )
