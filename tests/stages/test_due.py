"""The day at which a plan is due, where its sentence names more times than one."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from .news import read

DUE = [
    ("en", "Acme plans calendars", "Acme will put calendars into its CRM by the end of January 2027, the company said in its winter newsletter.", "2027-01-31"),
    ("en", "Acme plans calendars", "At its spring gathering Acme said it would open its CRM to agencies by 15 July 2027.", "2027-07-15"),
    ("en", "Acme plans calendars", "Acme, which meets its customers in December, plans to open its CRM to agencies by April 2027.", "2027-04-30"),
    ("en", "Acme plans calendars", "In December Acme will open its CRM to agencies, before moving to Leeds by June 2027.", "2026-12-31"),
    ("de", "Acme plant Umfragen", "Acme will sein CRM bis Ende April 2027 um Umfragen erweitern, hieß es im Dezember-Rundbrief.", "2027-04-30"),
    ("de", "Acme plant Umfragen", "Auf dem Sommer-Treff kündigte Acme an, sein CRM werde Umfragen bekommen: Bis Ende April 2027 will Acme sie anbieten.", "2027-04-30"),
    ("fr", "Acme prévoit des sondages", "À sa rencontre d'hiver, Acme a promis d'ajouter des sondages à son CRM d'ici fin avril 2027.", "2027-04-30"),
    ("es", "Acme prepara encuestas", "En su jornada de primavera, Acme anunció que incorporará encuestas a su CRM hasta finales de julio de 2027.", "2027-07-31"),
    ("it", "Acme prepara i sondaggi", "Al raduno d'inverno Acme ha detto che aggiungerà i sondaggi al suo CRM entro luglio 2027.", "2027-07-31"),
    ("pt", "Acme prepara pesquisas", "Na reunião de inverno, a Acme anunciou que incluirá pesquisas em seu CRM até julho de 2027.", "2027-07-31"),
    ("nl", "Acme plant enquêtes", "Op de winter-bijeenkomst zei Acme dat het voor eind juli 2027 enquêtes aan zijn CRM wil toevoegen.", "2027-07-31"),
    ("ja", "アクメ、アンケート機能を計画", "アクメは今冬の説明会で、2027年7月末までにCRMへアンケート機能を追加する予定だと述べた。", "2027-07-31"),
    ("zh-Hans", "星云科技计划加入问卷", "星云科技在今年冬季用户大会上表示，将于2027年7月底前在客户管理软件中加入问卷。", "2027-07-31"),
    ("zh-Hant", "星雲科技計劃加入問卷", "星雲科技在今年冬季用戶大會上表示，將於2027年7月底前在客戶管理軟體中加入問卷。", "2027-07-31"),
    # A season that is the time stays one.
    ("en", "Acme plans calendars", "Acme will put calendars into its CRM this winter.", "2027-02-28"),
    ("en", "Acme plans calendars", "Acme will put calendars into its CRM with its spring release.", "2027-05-31"),
    ("fr", "Acme prévoit des sondages", "Acme ajoutera des sondages à son CRM à la fin de l'hiver.", "2027-02-28"),
    ("es", "Acme prepara encuestas", "Acme incorporará encuestas a su CRM a finales de primavera.", "2027-05-31"),
    ("it", "Acme prepara i sondaggi", "Acme aggiungerà i sondaggi al suo CRM entro la fine della primavera.", "2027-05-31"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "due"), DUE)
def test_a_plan_is_due_at_its_verbs_own_time(
    language: str, title: str, text: str, due: str
) -> None:
    """Neither an occasion ("its winter newsletter") nor another clause's month is its day."""
    assert {plan.due for plan in read(text, language, title=title).plans} == {due}


def test_an_occasion_alone_dates_no_plan() -> None:
    """What was said at a summer event is not due in the summer."""
    text = "At its summer event Acme said it would open its CRM to agencies."
    (plan,) = read(text, title="Acme opens up").plans
    assert (plan.due, plan.due_words) == (None, "")


def test_what_a_vendor_announces_that_it_will_do_is_no_product() -> None:
    """French "a annoncé qu'il lancera un CRM" names no thing."""
    text = "Acme a annoncé qu'il lancera un CRM pour hôtels avant fin mars 2027."
    found = read(text, "fr", title="Acme prévoit un CRM")
    assert [(plan.product, plan.due) for plan in found.plans] == [("", "2027-03-31")]
    assert found.launches == ()


def test_a_vendors_quoted_name_is_not_the_thing_that_it_plans() -> None:
    """Japanese puts names in quotation marks."""
    text = "メール配信の「ツキノワ」は、2027年6月までに予約機能を追加する計画だ。"
    (plan,) = read(text, "ja", title="ツキノワ、来年の計画").plans
    assert (plan.vendor, plan.product) == ("ツキノワ", "")
