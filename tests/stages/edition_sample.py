"""A week and a quarter about fictional vendors, compiled as the pipeline compiles them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from digest.config_editions import Audience, Rank
from digest.periods import parse_period
from digest.records import (
    Article,
    Classification,
    Edition,
    Label,
    Language,
    Launch,
    Part,
    Quote,
    Score,
    Story,
    Summary,
    Translated,
    Translation,
    Via,
    Voice,
)
from digest.stages.compile import compile_edition
from digest.stages.ledger import Ledger

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
SEEN = "2026-11-18T06:00:00+00:00"


@dataclass
class Corpus:
    """Records by kind, filled by `add`."""

    stories: list[Story] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)
    languages: dict[str, Language] = field(default_factory=dict)
    classifications: dict[str, Classification] = field(default_factory=dict)
    scores: dict[str, Score] = field(default_factory=dict)
    summaries: dict[str, Summary] = field(default_factory=dict)
    translations: dict[str, Translation] = field(default_factory=dict)

    def compile(self, period: str, **more: Any) -> Edition:
        """Return the edition of a period over everything that was added."""
        given: dict[str, Any] = {"audience": Audience(), "caps": Rank(), "now": NOW, **more}
        return compile_edition(parse_period(period, given.pop("tz", "UTC")), **vars(self), **given)


def article(id: str, **changes: Any) -> Article:
    """Return an article of the sample week."""
    values: dict[str, Any] = {
        "source": f"source-{id}",
        "url": f"https://news.example/{id}",
        "title": f"Title of {id}",
        "text": f"First sentence of {id}. Second sentence of {id}.",
        "authors": (),
        "published": "2026-11-18T09:00:00+00:00",
        "published_from": "page",
        "first_seen": SEEN,
        "language_hint": None,
        "site": "news.example",
        "publisher": f"Publisher {id}",
        "voice": "independent",
    }
    return Article(id=id, **(values | changes))


def quote(article: Article, text: str) -> Quote:
    """Return the place of `text` in an article."""
    start = article.text.index(text)
    return Quote(text, article.id, start, start + len(text))


def add(
    corpus: Corpus,
    *members: Article,
    language: str = "en",
    score: float = 5.0,
    label: str = "",
    launch: tuple[str, str, str, str] | None = None,
    policy: bool = False,
    quoted: Sequence[tuple[str, str]] = (),
    english: Sequence[str] = (),
    missing: Sequence[str] = (),
    languages: Mapping[str, str] | None = None,
) -> None:
    """Add a story; `quoted` is (article id, sentence), `english` its headline and sentences."""
    lead = members[0]
    for each in members:
        corpus.articles[each.id] = each
        tag = (languages or {}).get(each.id, language)
        corpus.languages[each.id] = Language(each.id, tag, 0.99)
    quotes = tuple(quote(corpus.articles[id], text) for id, text in quoted) or (
        quote(lead, lead.text.split(". ")[0] + "." if ". " in lead.text else lead.text),
    )
    launches = (Launch(*launch[:4], evidence=quotes[0]),) if launch else ()
    labels = (Label(label, 0.8, quotes[0]),) if label else ()
    corpus.classifications[lead.id] = Classification(lead.id, labels, launches, policy=policy)
    publishers = tuple(sorted({each.publisher for each in members}))
    ids = tuple(each.id for each in members)
    corpus.stories.append(
        Story(lead.id, ids, lead.id, publishers, lead.published, members[-1].published)
    )
    corpus.scores[lead.id] = Score(
        lead.id,
        score,
        (
            Part("publishers", 2.0 * (len(publishers) - 1), f"told by {', '.join(publishers)}"),
            Part("voice", 1.0, "an independent voice"),
            Part("rest", round(score - 2.0 * (len(publishers) - 1) - 1.0, 2), f"about {label}"),
        ),
    )
    corpus.summaries[lead.id] = Summary(lead.id, quotes)
    if english or missing:
        corpus.translations[lead.id] = _translation(
            lead, quotes, corpus=corpus, english=english, missing=missing
        )


def _translation(
    lead: Article,
    quotes: Sequence[Quote],
    *,
    corpus: Corpus,
    english: Sequence[str],
    missing: Sequence[str],
) -> Translation:
    def said(text: str, target: str, article: str) -> Translated:
        tag = corpus.languages[article].language
        note = "" if target else f"no {tag} → en package"
        return Translated(text, target or text, bool(target), tag, article, note)

    targets = [*english, *([""] * (len(quotes) + 1 - len(english)))]
    return Translation(
        lead.id,
        "en",
        "argos" if english else "",
        said(lead.title, targets[0], lead.id),
        tuple(
            said(each.text, target, each.article)
            for each, target in zip(quotes, targets[1:], strict=True)
        ),
        (),
        tuple(missing),
    )


def outlet(id: str, publisher: str, title: str, text: str, **more: Any) -> Article:
    """Return an article with what a page shows of it."""
    return article(id, publisher=publisher, title=title, text=text, source=publisher, **more)


def full_corpus() -> Corpus:
    """Return a week as it comes: eight languages, launches, law, a deal, hostile text."""
    corpus = Corpus()
    _add_english(corpus)
    _add_foreign(corpus)
    _add_odd(corpus)
    return corpus


def _add_english(corpus: Corpus) -> None:
    told = (
        "Lumora opened its Orchard customer data platform to every customer on Tuesday. "
        "Orchard keeps consent beside each profile and refuses exports that lack it. "
        "The company named two retailers that moved 40 million profiles in nine days."
    )
    vendor = outlet(
        "lumora-blog", "Lumora", "Orchard is here for everyone", told, voice=_voice("vendor")
    )
    press = outlet(
        "martech-weekly",
        "Martech Post",
        "Lumora takes its consent-first Orchard platform out of beta",
        "Lumora has taken Orchard, its customer data platform, out of beta. "
        "Two retailers confirmed the move; a third, Kestrel & Sons, is still on its old system.",
    )
    wire = outlet(
        "wire-de",
        "Marktbote",
        "Lumora öffnet Orchard für alle Kunden",
        "Lumora hat seine Kundendatenplattform Orchard für alle Kunden geöffnet. "
        "Ein Umzug dauert laut Anbieter neun Tage.",
        published="2026-11-17T10:30:00+01:00",
        via=Via("<n47@brief.example>", "Der Montagsbrief, Nr. 47"),
    )
    add(
        corpus,
        press,
        vendor,
        wire,
        score=11.5,
        label="Customer Data Platform",
        launch=("Lumora", "Orchard", "launch", "Customer Data Platform"),
        quoted=[
            (
                "martech-weekly",
                "Lumora has taken Orchard, its customer data platform, out of beta.",
            ),
            (
                "lumora-blog",
                "Orchard keeps consent beside each profile and refuses exports that lack it.",
            ),
            ("wire-de", "Ein Umzug dauert laut Anbieter neun Tage."),
        ],
        english=[
            "Lumora takes its consent-first Orchard platform out of beta",
            "Lumora has taken Orchard, its customer data platform, out of beta.",
            "Orchard keeps consent beside each profile and refuses exports that lack it.",
            "According to the provider, a move takes nine days.",
        ],
        languages={"wire-de": "de"},
    )
    add(
        corpus,
        outlet(
            "adwell",
            "The Brand Ledger",
            "Adwell buys Pinfold to measure what television adds",
            "Adwell has agreed to buy Pinfold, which measures what television adds to web sales. "
            "Neither side gave a price.",
        ),
        score=6.0,
        label="Marketing Analytics, Performance & Attribution",
        launch=("Adwell", "Pinfold", "acquisition", "Video Advertising"),
    )
    add(
        corpus,
        outlet(
            "study",
            "Institute for Marketing Machines",
            "Six in ten chiefs cannot say what data their models learn from",
            "Six in ten marketing chiefs cannot say which data their suppliers' models learn from.",
            voice=_voice("independent"),
        ),
        score=4.0,
        label="Governance, Compliance and Privacy",
        launch=("Institute for Marketing Machines", "", "study", ""),
    )


def _add_foreign(corpus: Corpus) -> None:
    add(
        corpus,
        outlet(
            "cnil",
            "Autorité des données",
            "Publicité ciblée : l’autorité précise le consentement",
            "L’autorité précise que le refus doit être aussi simple que l’accord. "
            "Les éditeurs ont jusqu’au 1er mars pour s’y conformer.",
            voice=_voice("regulator"),
        ),
        language="fr",
        score=8.25,
        label="Governance, Compliance and Privacy",
        policy=True,
        quoted=[
            ("cnil", "L’autorité précise que le refus doit être aussi simple que l’accord."),
            ("cnil", "Les éditeurs ont jusqu’au 1er mars pour s’y conformer."),
        ],
        english=[
            "Targeted advertising: the authority spells out consent",
            "The authority states that refusing must be as simple as agreeing.",
            "Publishers have until 1 March to comply.",
        ],
    )
    add(
        corpus,
        outlet(
            "hoshi",
            "月刊マーケ技術",
            "ホシモリ、広告文を自動で試す「ことのは」を公開",
            "ホシモリは広告文を自動で比較する「ことのは」を公開した。料金は月額三万円からとなる。",
        ),
        language="ja",
        score=7.0,
        label="Optimization, Personalization & Testing",
        launch=("ホシモリ", "ことのは", "launch", "Optimization, Personalization & Testing"),
        quoted=[("hoshi", "ホシモリは広告文を自動で比較する「ことのは」を公開した。")],
        missing=["ja → en"],
    )
    add(
        corpus,
        outlet(
            "qinghe",
            "营销科技观察",
            "青禾云发布门店数据连接器",
            "青禾云发布了面向门店的数据连接器。首批支持十二种收银系统。",
            voice=_voice("vendor"),
        ),
        language="zh-Hans",
        score=5.5,
        label="iPaaS, Cloud/Data Integration & Tag Management",
        launch=("青禾云", "门店数据连接器", "integration", ""),
        quoted=[("qinghe", "首批支持十二种收银系统。")],
        english=["Qinghe Cloud releases a data connector for shops", "It supports twelve tills."],
    )
    add(
        corpus,
        outlet(
            "taibei",
            "數位行銷報",
            "廣告平台調整歸因期間",
            "廣告平台將歸因期間由三十天改為十四天。",
            published=None,
        ),
        language="zh-Hant",
        score=3.0,
        label="Search & Social Advertising",
        quoted=[("taibei", "廣告平台將歸因期間由三十天改為十四天。")],
        missing=["zh-Hant → en"],
    )


def _add_odd(corpus: Corpus) -> None:
    add(
        corpus,
        outlet(
            "arabic",
            "نشرة التسويق",
            "منصة جديدة لقياس الحملات",
            "أطلقت الشركة منصة جديدة لقياس الحملات الإعلانية.",
        ),
        language="ar",
        score=2.5,
        label="Mobile & Web Analytics",
        quoted=[("arabic", "أطلقت الشركة منصة جديدة لقياس الحملات الإعلانية.")],
        missing=["ar → en"],
    )
    add(
        corpus,
        outlet(
            "hostile",
            'Eve"><b>',
            "<script>alert(1)</script> & *bold* [x](javascript:alert(1))",
            'A sentence with <img src=x onerror="alert(1)"> in it.',
            url="javascript:alert(1)",
        ),
        score=2.0,
    )
    old = outlet(
        "zephyr-1",
        "Stack Gazette",
        "Zephyr Mail says its outage is over",
        "Zephyr Mail was down for five hours.",
        published="2026-11-12T08:00:00Z",
    )
    new = outlet(
        "zephyr-2",
        "Mail Matters",
        "Zephyr Mail explains what failed and pays a month back",
        "A certificate that nobody owned had expired, Zephyr Mail says. "
        "Customers get a month's fee back.",
        published="2026-11-19",
    )
    add(
        corpus,
        old,
        new,
        score=6.5,
        label="Email Marketing",
        quoted=[("zephyr-2", "A certificate that nobody owned had expired, Zephyr Mail says.")],
    )
    add(
        corpus,
        outlet(
            "late",
            "Handelsblick",
            "Kassenbon wird zur Werbefläche",
            "Ein Händler druckt nun Anzeigen auf den Kassenbon.",
            published="2026-11-13T12:00:00+01:00",
            first_seen="2026-11-17T05:00:00+00:00",
        ),
        language="de",
        score=3.5,
        label="Retail, Proximity & IoT Marketing",
        english=["The receipt becomes advertising space", "A retailer prints ads on receipts."],
    )


def _voice(voice: Voice) -> Voice:
    return voice


def ledger() -> Ledger:
    """Return what the week before showed."""
    closed = datetime(2026, 11, 16, 6, tzinfo=UTC)
    return Ledger({"zephyr-1": frozenset({"zephyr-1"})}, "weekly-2026-W46-cmo", closed)


COUNTS = {"sources read": 31, "articles read": 1428, "duplicates merged": 212}
DROPS = {"not an article": 96, "HTTP 403": 14, "off topic": 402, "dated in the future": 2}


def weekly(**more: Any) -> Edition:
    """Return the sample week."""
    given: dict[str, Any] = {"ledger": ledger(), "counts": COUNTS, "drops": DROPS} | more
    return full_corpus().compile("2026-W47", **given)


def quarterly() -> Edition:
    """Return the sample quarter, with enough stories for every section."""
    corpus = full_corpus()
    kinds = ("launch", "feature", "acquisition", "study", "")
    for n in range(24):
        event = kinds[n % len(kinds)]
        category = ("Customer Data Platform", "SEO", "CRM")[n % 3]
        add(
            corpus,
            article(f"q{n:02}", published=f"2026-{10 + n % 2}-{1 + n % 20:02}T09:00:00Z"),
            score=4.0 - n / 10,
            label=category,
            launch=(f"Vendor {n}", f"Product {n}", event, category) if event else None,
            policy=n == 4,
        )
    return corpus.compile("2026-Q4", counts=COUNTS, drops=DROPS)


def empty() -> Edition:
    """Return a week in which nothing qualified."""
    return Corpus().compile(
        "2026-W47", counts=COUNTS | {"articles read": 3}, drops={"off topic": 3}
    )
