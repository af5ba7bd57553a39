"""What became of a plan."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from digest.config import Settings
from digest.ports import Encoder
from digest.records import (
    Article,
    Classification,
    Commitment,
    Language,
    LaunchRecord,
    Quote,
    Story,
)
from digest.stages.classify import classify
from digest.stages.commitments import follow_up
from digest.stages.fulfilment import find_fulfilling
from digest.stages.later_news import find_later
from digest.stages.launch_records import find_records
from digest.stages.objects import is_beside
from digest.stages.outcomes import find_outcome
from digest.stages.taxonomy import load_knowledge
from digest.wiring import make_encoder

from .news import make_article

PLAN = make_article(
    "By the end of September 2026, Cadenza will have an open interface for agents of any supplier. "
    "We also plan to move customers to other data centres by the end of June 2026.",
    id="plan", title="Where Cadenza is going", published="2026-04-14",
    publisher="Norvane", voice="vendor",
)  # fmt: skip
KEPT = make_article(
    "Norvane today opened the interface of its CRM. Norvane has launched Cadenza Agents, the open "
    "interface for agents of any supplier in Cadenza.",
    id="kept", title="Norvane launches Cadenza Agents", published="2026-09-17",
)  # fmt: skip


def followed(*articles: Article, now: datetime) -> tuple[Commitment, ...]:
    """Return what became of the plans of some English articles, each its own story."""
    classes = {}
    languages = {one.id: Language(one.id, "en", 1.0) for one in articles}
    for one in articles:
        found = classify(one, languages[one.id], knowledge=load_knowledge())
        assert isinstance(found, Classification)
        classes[one.id] = found
    by_id = {one.id: one for one in articles}
    stories = [Story(id, (id,), id, (), None, None) for id in by_id]
    records = find_records(stories, by_id, classes, languages)
    plans = [plan for one in classes.values() for plan in one.plans]
    return follow_up(plans, records, by_id, languages, now=now)


def test_later_news_fulfils_a_plan_and_silence_is_told() -> None:
    """The plan that the launch repeats is fulfilled by its sentence; the other one is overdue."""
    agents, centres = followed(PLAN, KEPT, now=datetime(2026, 10, 5, tzinfo=UTC))
    assert (agents.kept, agents.stated) == ("fulfilled", "2026-04-14")
    assert agents.by
    assert "open interface for agents of any supplier" in agents.by.text.replace("\n", " ")
    assert (centres.kept, centres.by) == ("overdue", None)


def test_before_its_day_a_plan_is_open() -> None:
    """Nobody is late before the named time has passed."""
    found = followed(PLAN, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert [one.kept for one in found] == ["open", "open"]


def test_a_plan_does_not_fulfil_itself() -> None:
    """What was said on the same day, or before, is no later news."""
    early = make_article(KEPT.text, id="early", title=KEPT.title, published="2026-04-14")
    found = followed(PLAN, early, now=datetime(2026, 10, 5, tzinfo=UTC))
    assert [one.kept for one in found] == ["overdue", "overdue"]


def test_a_plan_told_twice_is_one() -> None:
    """The vendor's own words go before a paper's."""
    retold = make_article(
        "By the end of September 2026 Cadenza will have an open interface for marketing.",
        id="again", title="Norvane opens up", published="2026-04-14",
        publisher="Norvane", voice="wire",
    )  # fmt: skip
    found = followed(retold, PLAN, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert [one.plan.quote.article for one in found] == ["plan", "plan"]


ABROAD = [
    ("de", "Über die offene Schnittstelle können Agenten aller Anbieter in Cadenza jetzt arbeiten."),
    ("fr", "Cadenza a maintenant une interface ouverte pour les agents de tous les fournisseurs."),
    ("es", "Cadenza tiene ahora una interfaz abierta para los agentes de cualquier proveedor."),
    ("it", "Cadenza ha ora un'interfaccia aperta per gli agenti di tutti i fornitori."),
    ("ja", "Cadenzaは、あらゆる提供会社のエージェント向けにオープンなインターフェースを備えた。"),
    ("zh-Hans", "Cadenza现在有一个面向所有供应商智能体的开放接口。"),
]  # fmt: skip


def kept_by(text: str, language: str, encoder: Encoder | None) -> list[bool]:
    """Return which of the plans the news of a record in some language keeps."""
    news = make_article(text, id="abroad", published="2026-09-17")
    record = LaunchRecord(
        "r", "Norvane", "Cadenza", "feature", None, None, "", "", Quote(text, "abroad", 0, 1),
        (), ("abroad",), (), (), 1.0,
    )  # fmt: skip
    languages = {"abroad": Language("abroad", language, 1.0)}
    stated = classify(PLAN, Language("plan", "en", 1.0), knowledge=load_knowledge())
    assert isinstance(stated, Classification)
    later = find_later([record], {"abroad": news}, languages, {})["norvane"]
    day = date(2026, 4, 14)
    return [find_fulfilling(p, day, later, "en", encoder) is not None for p in stated.plans]


@pytest.mark.parametrize(("language", "text"), ABROAD)
def test_news_in_another_language_fulfils_a_plan(language: str, text: str) -> None:
    """It shares the product's name and says the same; the plan about data centres stays unkept."""
    assert kept_by(text, language, make_encoder(Settings())) == [True, False]
    assert kept_by(text, language, None) == [False, False]


@pytest.mark.parametrize(
    "text",
    [
        "Cadenza kostet ab Januar zwölf Prozent mehr.",
        "Cadenza wird bis Ende März 2027 eine offene Schnittstelle für Agenten aller Anbieter haben.",
        "Eine offene Schnittstelle für Agenten aller Anbieter hat jetzt ein anderes Haus.",
    ],
)
def test_other_news_in_another_language_fulfils_nothing(text: str) -> None:
    """A name in common is not enough, nor another plan, nor the same of something else."""
    assert kept_by(text, "de", make_encoder(Settings())) == [False, False]


def test_a_number_that_is_nearly_the_same_counts() -> None:
    """Of a trial with about 80 companies one with 85 is told; one with 800 would be another."""
    plan = make_article(
        "A trial of our CRM with about 80 companies starts in June.",
        id="plan", title="Cadenza", published="2026-04-14", publisher="Norvane", voice="vendor",
    )  # fmt: skip
    told = "Norvane has launched Cadenza Agents, a CRM. During the trial, 85 companies sent 12,600 orders."
    late = datetime(2026, 10, 5, tzinfo=UTC)
    for text, kept in ((told, "fulfilled"), (told.replace("85", "800"), "overdue")):
        news = make_article(text, id="news", title="Cadenza Agents", published="2026-09-17")
        assert [one.kept for one in followed(plan, news, now=late)] == [kept]


#: A vendor's plan in one language, and what later news in another one says of it. No article but
#: the last is about a launch.
TURNS = [
    ("kept abroad, told by no launch", "fulfilled", None,
     ("en", "Quorlith plans to open a data clean room for retailers in the EU by the end of August 2026. Quorlith sells a CRM.", "2026-02-10"),
     ("de", "Quorlith hat heute seinen Data Clean Room für Händler in der EU eröffnet. Quorlith ist Anbieter eines CRM.", "2026-08-20")),
    ("kept, late", "late", None,
     ("en", "Quorlith plans to bring SMS journeys to 12 countries by the end of June 2026. Quorlith sells a CRM.", "2026-02-24"),
     ("fr", "Quorlith a lancé ses parcours SMS dans 12 pays, avec plus de deux mois de retard. Quorlith édite un CRM.", "2026-09-09")),
    ("kept in part", "partly", None,
     ("en", "Quorlith plans to release its voice assistant in eight languages by the end of July 2026. Quorlith sells a CRM.", "2026-03-03"),
     ("es", "Quorlith ha lanzado su asistente de voz en tres de los ocho idiomas prometidos. Quorlith vende un CRM.", "2026-07-29")),
    ("moved", "moved", "2026-12-31",
     ("en", "Quorlith plans to launch its attribution agent Compass by the end of June 2026. Quorlith sells a CRM.", "2026-03-17"),
     ("it", "Quorlith ha rinviato il lancio del suo agente di attribuzione Compass a dicembre 2026. Quorlith vende un CRM.", "2026-06-25")),
    ("moved, in its own language", "moved", "2026-11-30",
     ("nl", "Quorlith is van plan om in augustus 2026 een biedmodule voor buitenreclame uit te brengen. Quorlith verkoopt een CRM.", "2026-04-21"),
     ("nl", "Quorlith stelt de biedmodule voor buitenreclame uit tot november 2026. Quorlith verkoopt een CRM.", "2026-08-18")),
    ("moved, and that day has passed", "overdue", "2026-08-31",
     ("en", "Quorlith plans to launch its attribution agent Compass by the end of June 2026. Quorlith sells a CRM.", "2026-03-17"),
     ("de", "Quorlith verschiebt den Start seines Agenten Compass für Attribution auf August 2026. Quorlith verkauft ein CRM.", "2026-06-25")),
    ("moved without a new day", "moved", None,
     ("en", "Quorlith plans to launch its attribution agent Compass by the end of June 2026. Quorlith sells a CRM.", "2026-03-17"),
     ("en", "Quorlith has postponed the launch of its attribution agent Compass indefinitely. Quorlith sells a CRM.", "2026-06-25")),
    ("cancelled", "cancelled", None,
     ("en", "Quorlith plans to add a sales forecasting module to its CRM by the end of August 2026.", "2026-02-03"),
     ("en", "Quorlith has dropped its plan for a sales forecasting module in its CRM.", "2026-09-01")),
    ("another thing moved", "overdue", None,
     ("en", "Quorlith plans to launch its attribution agent Compass by the end of June 2026. Quorlith sells a CRM.", "2026-03-17"),
     ("it", "Quorlith ha rinviato la conferenza dei clienti a dicembre 2026. Quorlith vende un CRM.", "2026-06-25")),
    ("told again, not done", "overdue", None,
     ("en", "Quorlith plans to launch its attribution agent Compass by the end of June 2026. Quorlith sells a CRM.", "2026-03-17"),
     ("en", "Quorlith has not launched its attribution agent Compass. Quorlith sells a CRM.", "2026-08-01")),
    ("who it is between commas is not compared", "moved", "2027-03-31",
     ("es", "Quorlith, proveedor de CRM, planea abrir un centro de datos en Madrid antes de junio de 2026. Quorlith tiene 300 clientes.", "2026-01-10"),
     ("en", "Quorlith's data centre in Madrid will open in March 2027, nine months later than planned. Quorlith sells a CRM.", "2026-06-01")),
    ("another thing of a vendor of the same kind", "overdue", None,
     ("fr", "Quorlith, éditeur de CRM, prévoit de lancer un connecteur pour les caisses de magasin d'ici fin mai 2026. Quorlith équipe 300 enseignes.", "2026-02-01"),
     ("en", "Quorlith has postponed the price rise for its CRM to January 2027.", "2026-06-01")),
    ("fewer than planned", "partly", None,
     ("en", "Quorlith plans to connect its product feed tool with ten marketplaces by June 2026. Quorlith sells a PIM.", "2026-01-10"),
     ("en", "Quorlith has connected its product feed tool with seven marketplaces. Quorlith sells a PIM.", "2026-06-20")),
    ("promised, and not come", "overdue", None,
     ("en", "Quorlith plans to add Slovak to its e-mail editor by May 2026. Quorlith sells e-mail marketing software.", "2026-02-01"),
     ("en", "Quorlith had promised Slovak for its e-mail editor by May. Customers of Quorlith complain that it has not come.", "2026-07-01")),
    ("the rest is told next", "partly", None,
     ("en", "Quorlith plans to release Murmel for iOS and Android by the end of August 2026. Quorlith sells a CRM.", "2026-04-07"),
     ("de", "Quorlith hat Murmel für iOS veröffentlicht. Die Fassung für Android ist noch nicht fertig. Quorlith verkauft ein CRM.", "2026-08-27")),
    ("the new day is told next", "moved", "2026-12-31",
     ("en", "Quorlith plans to launch its attribution agent Compass by the end of June 2026. Quorlith sells a CRM.", "2026-03-17"),
     ("en", "Quorlith has put off its attribution agent Compass. It is now due in December. Quorlith sells a CRM.", "2026-06-25")),
    ("another product of the same kind", "overdue", None,
     ("en", "Quorlith plans to launch its attribution agent Compass by the end of June 2026. Quorlith sells a CRM.", "2026-03-17"),
     ("en", "Quorlith has launched its attribution agent Sextant. Quorlith sells a CRM.", "2026-06-25")),
    ("not yet due", "open", None,
     ("pt", "A Quorlith planeja abrir um data center em São Paulo até março de 2027. A Quorlith vende um CRM.", "2026-05-12"),
     ("pt", "A Quorlith abriu um escritório no Porto. A Quorlith vende um CRM.", "2026-08-01")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "moved_to", "stated", "told"),
    [row[1:] for row in TURNS],
    ids=[row[0] for row in TURNS],
)
def test_later_news_says_what_became_of_a_plan(
    kept: str, moved_to: str | None, stated: tuple[str, str, str], told: tuple[str, str, str]
) -> None:
    """In whatever language, and whether or not it tells of a launch."""
    articles = {
        id: make_article(text, id=id, title="Quorlith", published=day)
        for id, (_, text, day) in (("plan", stated), ("news", told))
    }
    languages = {id: Language(id, row[0], 1.0) for id, row in (("plan", stated), ("news", told))}
    found = classify(articles["plan"], languages["plan"], knowledge=load_knowledge())
    assert isinstance(found, Classification)
    (made,) = follow_up(
        found.plans, [], articles, languages,
        now=datetime(2026, 10, 5, tzinfo=UTC), encoder=make_encoder(Settings()),
    )  # fmt: skip
    assert (made.kept, made.moved_to) == (kept, moved_to)
    assert (made.by is None) == (kept in ("open", "overdue") and moved_to is None)
    if made.by:
        assert articles["news"].text.startswith(made.by.text)


#: A plan by language, then what is said of a thing beside it and of itself.
PLANNED = {
    "en": "Quorlith plans to launch its report builder by the end of August 2026. Quorlith sells a CRM.",
    "de": "Quorlith plant, bis Ende August 2026 einen Berichtsbaukasten für Händler einzuführen. Quorlith verkauft ein CRM.",
    "fr": "Quorlith prévoit de lancer son générateur de rapports d'ici fin août 2026. Quorlith édite un CRM.",
    "es": "Quorlith planea lanzar su generador de informes antes de finales de agosto de 2026. Quorlith vende un CRM.",
    "it": "Quorlith prevede di lanciare il suo generatore di report entro la fine di agosto 2026. Quorlith vende un CRM.",
}
BESIDE = [
    ("en", "overdue", "Quorlith has cancelled the fee for its report builder."),
    ("en", "overdue", "Quorlith has scrapped the launch party for its report builder."),
    ("en", "overdue", "Quorlith has postponed the webinar on its report builder to December 2026."),
    ("en", "overdue", "The fee for Quorlith's report builder has been cancelled."),
    ("en", "moved", "Quorlith has moved its report builder forward to December 2026."),
    ("en", "moved", "Quorlith has brought the launch of its report builder forward to December 2026."),
    ("en", "moved", "Quorlith has pushed the release of its report builder back to December 2026."),
    ("en", "cancelled", "Quorlith has scrapped its plans for a report builder."),
    ("en", "cancelled", "The launch of Quorlith's report builder has been cancelled."),
    ("de", "overdue", "Quorlith hat die Gebühr für den Berichtsbaukasten für Händler gestrichen."),
    ("de", "overdue", "Quorlith verschiebt das Webinar zum Berichtsbaukasten für Händler auf Dezember 2026."),
    ("de", "cancelled", "Quorlith hat den Berichtsbaukasten für Händler gestrichen."),
    ("de", "moved", "Quorlith verschiebt den Start des Berichtsbaukasten für Händler auf Dezember 2026."),
    ("fr", "overdue", "Quorlith a annulé la fête de lancement de son générateur de rapports."),
    ("fr", "cancelled", "Quorlith a annulé le lancement de son générateur de rapports."),
    ("es", "overdue", "Quorlith ha cancelado la cuota de su generador de informes."),
    ("es", "cancelled", "Quorlith ha cancelado su generador de informes."),
    ("it", "overdue", "Quorlith ha rinviato il seminario sul generatore di report a dicembre 2026."),
    ("it", "moved", "Quorlith ha rinviato il lancio del generatore di report a dicembre 2026."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "kept", "told"), BESIDE)
def test_what_becomes_of_a_thing_beside_a_plan_is_not_the_plans(
    language: str, kept: str, told: str
) -> None:
    """Its fee, party or webinar may go; the thing itself and its coming count."""
    articles = {
        "plan": make_article(
            PLANNED[language], id="plan", title="Quorlith", published="2026-02-10"
        ),
        "news": make_article(told, id="news", title="Quorlith", published="2026-06-25"),
    }
    languages = {id: Language(id, language, 1.0) for id in articles}
    found = classify(articles["plan"], languages["plan"], knowledge=load_knowledge())
    assert isinstance(found, Classification)
    (made,) = follow_up(
        found.plans, [], articles, languages,
        now=datetime(2026, 10, 5, tzinfo=UTC), encoder=make_encoder(Settings()),
    )  # fmt: skip
    assert made.kept == kept


OBJECTS = [
    ("ja", "レポート作成機能を公開する", "レポート作成機能の料金を中止した。", True),
    ("ja", "レポート作成機能を公開する", "レポート作成機能の公開イベントを延期した。", True),
    ("ja", "レポート作成機能を公開する", "レポート作成機能の公開を延期した。", False),
    ("ja", "レポート作成機能を公開する", "レポート作成機能を断念した。", False),
    ("zh-Hans", "推出报表生成器", "公司取消了报表生成器的费用。", True),
    ("zh-Hans", "推出报表生成器", "公司取消了原定的报表生成器。", False),
    ("zh-Hans", "推出报表生成器", "报表生成器的上线推迟了。", False),
    ("zh-Hant", "推出報表產生器", "公司取消了報表產生器的費用。", True),
    ("zh-Hant", "推出報表產生器", "公司推遲報表產生器的上線。", False),
    ("nl", "een biedmodule voor buitenreclame", "Quorlith heeft het webinar over de biedmodule geannuleerd.", True),
    ("nl", "een biedmodule voor buitenreclame", "Quorlith heeft de biedmodule geannuleerd.", False),
    ("pt", "lançar o gerador de relatórios", "A empresa cancelou a taxa do gerador de relatórios.", True),
    ("pt", "lançar o gerador de relatórios", "A empresa cancelou o lançamento do gerador de relatórios.", False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "plan", "told", "beside"), OBJECTS)
def test_the_first_thing_beside_the_verb_is_what_it_moves(
    language: str, plan: str, told: str, beside: bool
) -> None:
    """In Japanese and Chinese the thing stands behind the word for "of"."""
    outcome = find_outcome(told, language, date(2026, 6, 25))
    assert outcome.turn in ("moved", "cancelled")
    text = told.replace("Quorlith", " " * 8)
    assert is_beside(plan, text, language, outcome) is beside


class Counting:
    """An encoder that remembers what it was given; to it all texts are the same."""

    model = "counting"

    def __init__(self) -> None:
        self.given: list[str] = []

    def knows(self, language: str) -> bool:
        """Return that it knows every language."""
        return bool(language)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the same row for each text."""
        self.given += texts
        return np.ones((len(texts), 1), dtype=np.float32)


def test_only_sentences_that_can_count_are_encoded() -> None:
    """Of a launch's sentences one shares a name with the plan; the others are not compared."""
    encoder = Counting()
    told = "Cadenza hat eine Schnittstelle. Der Himmel ist blau. Das Wetter bleibt warm."
    assert kept_by(told, "de", encoder)[0]
    assert any("Cadenza" in text for text in encoder.given)
    assert not any("Himmel" in text or "Wetter" in text for text in encoder.given)
