"""Whose plan it is where the title names no vendor."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from .news import read

TITLED = [
    ("en", "Surveys inside the mail", "Lanternby intends to put surveys into its e-mail platform by June 2027.", "Lanternby", "2027-06-30"),
    ("en", "", "The Cork start-up Lanternby will add surveys to its CRM in June 2027.", "Lanternby", "2027-06-30"),
    ("en", "WhatsApp arrives in the mailbox", "Lanternby plans to add WhatsApp to its e-mail platform by June 2027.", "Lanternby", "2027-06-30"),
    ("de", "Umfragen im Newsletter", "Kornblatt plant, bis Juni 2027 Umfragen in seine Newsletter-Software aufzunehmen.", "Kornblatt", "2027-06-30"),
    ("de", "", "Bis Juni 2027 will Kornblatt sein CRM um Umfragen erweitern.", "Kornblatt", "2027-06-30"),
    ("fr", "Des sondages dans le CRM", "Mirabelle Data prévoit d'ajouter des sondages à son CRM d'ici juin 2027.", "Mirabelle Data", "2027-06-30"),
    ("es", "Encuestas en el CRM", "Almendral añadirá encuestas a su CRM en junio de 2027.", "Almendral", "2027-06-30"),
    ("it", "Sondaggi nel CRM", "Castagneto prevede di aggiungere sondaggi al suo CRM entro giugno 2027.", "Castagneto", "2027-06-30"),
    ("pt", "Pesquisas no CRM", "A Jabutil planeja incluir pesquisas em seu CRM até junho de 2027.", "Jabutil", "2027-06-30"),
    ("nl", "Enquêtes in het CRM", "Beukenlaan wil in juni 2027 enquêtes aan zijn CRM toevoegen.", "Beukenlaan", "2027-06-30"),
    ("ja", "CRMにアンケート機能", "ツキノワは2027年6月にCRMへアンケート機能を追加する予定だ。", "ツキノワ", "2027-06-30"),
    ("zh-Hans", "客户管理软件将可发问卷", "栗子科技计划于2027年6月在客户管理软件中加入问卷。", "栗子科技", "2027-06-30"),
    ("zh-Hans", "栗子明年加入问卷", "客户管理平台栗子科技将于2027年6月推出问卷功能。", "栗子科技", "2027-06-30"),
    ("zh-Hant", "客戶管理軟體將可發問卷", "栗子科技計劃於2027年6月在客戶管理軟體中加入問卷。", "栗子科技", "2027-06-30"),
]  # fmt: skip
NOBODYS = [
    ("en", "The CRM market", "Retailers plan to double their CRM budgets by June 2027."),
    ("en", "The CRM market", "Lanternby is said to have its eye on a rival, and the German government plans to regulate CRM data by June 2027."),
    ("en", "The CRM market", "Anna Moor plans to leave her CRM team by June 2027."),
    ("de", "Der Markt für CRM", "Anna Moor will ihr CRM-Team bis Juni 2027 verlassen."),
    ("fr", "Le marché du CRM", "Anna Moor prévoit de quitter son équipe CRM d'ici juin 2027."),
    ("es", "El mercado del CRM", "Anna Moor prevé dejar su puesto en el equipo de CRM en junio de 2027."),
    ("it", "Il mercato del CRM", "Anna Moor prevede di lasciare la squadra del CRM entro giugno 2027."),
    ("nl", "De markt voor CRM", "Anna Moor wil haar CRM-team in juni 2027 verlaten."),
    ("ja", "CRMの市場", "ムーアは2027年6月にCRM部門を退任する予定だ。"),
    ("de", "Der Markt für CRM", "Onlinehändler wollen bis Juni 2027 ihre CRM-Budgets verdoppeln."),
    ("fr", "Le marché du CRM", "Les détaillants prévoient de doubler leurs budgets CRM d'ici juin 2027."),
    ("es", "El mercado del CRM", "Los minoristas duplicarán sus presupuestos de CRM en junio de 2027."),
    ("it", "Il mercato del CRM", "I negozianti prevedono di raddoppiare la spesa per il CRM entro giugno 2027."),
    ("pt", "O mercado de CRM", "Os varejistas planejam dobrar os gastos com CRM até junho de 2027."),
    ("nl", "De markt voor CRM", "Winkeliers willen in juni 2027 twee keer zoveel aan CRM uitgeven."),
    ("ja", "CRMの市場", "市場はCRMへの支出を2027年6月に拡大する予定だ。"),
    ("zh-Hans", "广告新规", "中国数字广告委员会周三公布规定：将于2027年6月要求广告标明人工智能。"),
    ("zh-Hans", "搜索传闻", "有消息称，栗子科技计划于2027年6月推出客户管理软件。"),
    ("zh-Hant", "搜尋傳聞", "有消息稱，栗子科技計劃於2027年6月推出客戶管理軟體。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "vendor", "due"), TITLED)
def test_a_plans_vendor_is_read_from_its_own_sentence(
    language: str, title: str, text: str, vendor: str, due: str
) -> None:
    """Under a title that names nobody, names a thing, or shortens the name."""
    plans = read(text, language, title=title).plans
    assert [(plan.vendor, plan.due) for plan in plans] == [(vendor, due)]


@pytest.mark.parametrize(("language", "title", "text"), NOBODYS)
def test_who_is_no_vendor_plans_nothing(language: str, title: str, text: str) -> None:
    """Neither shops, governments and authorities, nor whom a rumour is about."""
    assert read(text, language, title=title).plans == ()


def test_each_paragraph_of_a_round_up_has_its_own_planner() -> None:
    """Two vendors under one title, each with its plan."""
    text = (
        "Lanternby plans to add surveys to its CRM by June 2027.\n\n"
        "Osierbank will open its e-mail platform to agencies by May 2027."
    )
    plans = read(text, title="The week in brief").plans
    assert [(plan.vendor, plan.due) for plan in plans] == [
        ("Lanternby", "2027-06-30"),
        ("Osierbank", "2027-05-31"),
    ]


VAGUE = [
    ("en", "Lanternby said it would focus on schools instead."),
    ("de", "Kornblatt will sich künftig auf Schulen konzentrieren."),
    ("fr", "Mirabelle Data entend se concentrer sur les écoles."),
    ("es", "Almendral pretende centrarse en las escuelas."),
    ("it", "Castagneto intende concentrarsi sulle scuole."),
    ("pt", "A Jabutil pretende focar nas escolas."),
    ("nl", "Beukenlaan wil zich op scholen richten."),
    ("ja", "ツキノワは学校向けに注力する方針だ。"),
    ("zh-Hans", "栗子科技打算专注学校市场。"),
    ("zh-Hant", "栗子科技打算專注學校市場。"),
]


@pytest.mark.parametrize(("language", "text"), VAGUE)
def test_what_nobody_can_check_is_no_plan(language: str, text: str) -> None:
    """A plan is what a customer can ask for one day; to focus on something needs a day for that."""
    assert read(text, language, title="CRM").plans == ()


def test_a_plan_without_a_day_that_can_be_checked_stays_one() -> None:
    """Nobody says when, but anybody sees whether a tool is there."""
    (plan,) = read("Lanternby plans to open its CRM to schools.", title="CRM").plans
    assert (plan.vendor, plan.due) == ("Lanternby", None)


def test_a_name_that_only_begins_like_the_title_is_another() -> None:
    """Metabase is no longer name of Meta."""
    text = (
        "Meta is the largest seller of ads. Metabase plans to add surveys to its CRM by June 2027."
    )
    found = read(text, "en", title="Meta and the ads market")
    assert [plan.vendor for plan in found.plans] == ["Metabase"]
