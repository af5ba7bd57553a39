"""Ends that are none: denied, put off, or of a plan; and what an earlier sentence dates."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from .news import read

NO_ENDS = [
    # A plan is given up.
    ("en", "Lanternby drops its survey idea", "Lanternby has shelved its plan for a survey tool in its CRM."),
    ("de", "Kornblatt begräbt Umfrage-Pläne", "Kornblatt hat die Pläne für ein Umfrage-Modul in seinem CRM aufgegeben."),
    ("fr", "Mirabelle Data renonce aux sondages", "Mirabelle Data enterre son projet de sondages dans son CRM."),
    ("es", "Almendral renuncia a las encuestas", "Almendral ha descartado el proyecto de encuestas para su CRM."),
    ("it", "Castagneto rinuncia ai sondaggi", "Castagneto ha accantonato il progetto di sondaggi per il suo CRM."),
    ("pt", "Jabutil desiste das pesquisas", "A Jabutil engavetou o projeto de pesquisas para seu CRM."),
    ("nl", "Beukenlaan schrapt enquêteplannen", "Beukenlaan heeft het plan voor enquêtes in zijn CRM laten vallen."),
    ("ja", "ツキノワ、アンケートを断念", "ツキノワはCRM向けアンケート機能の開発計画を中止した。"),
    ("zh-Hans", "栗子科技放弃问卷", "栗子科技搁置了在客户管理软件中加入问卷的计划。"),
    ("zh-Hant", "栗子科技放棄問卷", "栗子科技擱置了在客戶管理軟體中加入問卷的計劃。"),
    # An end is put off.
    ("en", "Lanternby delays the end of Wick", "Lanternby has pushed back the retirement of Wick, its e-mail marketing tool, to June."),
    ("de", "Kornblatt verschiebt das Aus von Halm", "Kornblatt verschiebt die Einstellung seines Newsletter-Dienstes Halm auf Juni."),
    ("fr", "Mirabelle Data reporte la fermeture de Noyau", "Mirabelle Data a repoussé à juin l'arrêt de Noyau, son outil d'e-mailing."),
    ("es", "Almendral retrasa el cierre de Hueso", "Almendral pospone hasta junio el cierre de Hueso, su herramienta de email marketing."),
    ("it", "Castagneto rinvia la chiusura di Riccio", "Castagneto ha rinviato a giugno la chiusura di Riccio, lo strumento di email marketing."),
    ("pt", "Jabutil adia o fim do Casco", "A Jabutil adiou para junho o encerramento do Casco, ferramenta de email marketing."),
    ("nl", "Beukenlaan stelt einde van Twijg uit", "Beukenlaan heeft de sluiting van Twijg, zijn e-mailmarketingtool, uitgesteld tot juni."),
    ("ja", "ツキノワ、「カゲ」終了を先送り", "ツキノワはメール配信ツール「カゲ」の提供終了を6月に先送りした。"),
    ("zh-Hans", "栗子科技推迟关停“毛刺”", "栗子科技推迟关停邮件营销工具“毛刺”，新的时间为六月。"),
    ("zh-Hant", "栗子科技延後關閉「毛刺」", "栗子科技延後關閉電子報工具「毛刺」，新的時間為六月。"),
    # An end is denied.
    ("en", "Lanternby: Wick will stay", "Lanternby has no plans to discontinue Wick, its e-mail marketing tool."),
    ("en", "Lanternby dismisses talk of Wick's end", "\"Wick is here to stay,\" Lanternby told users of the e-mail marketing tool. It isn't closing anything."),
    ("de", "Kornblatt: Halm bleibt", "Kornblatt wird seinen Newsletter-Dienst Halm nicht abschalten."),
    ("fr", "Mirabelle Data rassure", "Mirabelle Data ne fermera pas Noyau, son outil d'e-mailing."),
    ("es", "Almendral tranquiliza", "Almendral no retirará Hueso, su herramienta de email marketing."),
    ("it", "Castagneto rassicura", "Castagneto non spegnerà Riccio, il suo strumento di email marketing."),
    ("pt", "Jabutil tranquiliza", "A Jabutil não encerrará o Casco, sua ferramenta de email marketing."),
    ("nl", "Beukenlaan stelt gerust", "Beukenlaan stopt niet met Twijg, zijn e-mailmarketingtool."),
    ("ja", "ツキノワ、「カゲ」を継続", "ツキノワはメール配信ツール「カゲ」を廃止する計画はないと説明した。"),
    ("zh-Hans", "栗子科技澄清", "栗子科技表示，不会关停邮件营销工具“毛刺”。"),
    ("zh-Hant", "栗子科技澄清", "栗子科技表示，不會關閉電子報工具「毛刺」。"),
]  # fmt: skip
ENDS = [
    ("en", "Lanternby closes Wick", "Lanternby has dropped its plans for surveys and is shutting down Wick, its e-mail marketing tool.", "Wick"),
    ("de", "Kornblatt stellt Halm ein", "Kornblatt stellt seinen Newsletter-Dienst Halm zum 31. März ein.", "Halm"),
    ("fr", "Mirabelle Data ferme Noyau", "Mirabelle Data arrête Noyau, son outil d'e-mailing, le 31 mars.", "Noyau"),
    ("it", "Castagneto chiude Riccio", "Castagneto chiude Riccio, il suo strumento di email marketing, il 31 marzo.", "Riccio"),
    ("nl", "Beukenlaan stopt met Twijg", "Beukenlaan stopt op 31 maart met Twijg, zijn e-mailmarketingtool.", "Twijg"),
    ("ja", "ツキノワ、「カゲ」を終了", "ツキノワはメール配信ツール「カゲ」の提供を3月に終了し、その後は利用できない。", "カゲ"),
    ("zh-Hans", "栗子科技关停“毛刺”", "栗子科技宣布，未来三个月内将关停邮件营销工具“毛刺”。", "毛刺"),
    ("zh-Hant", "栗子科技關閉「毛刺」", "栗子科技宣布關閉電子報工具「毛刺」。", "毛刺"),
]  # fmt: skip
LONG_AGO = [
    ("en", "How Lanternby grew", "In 2018 Lanternby opened in Cork. Two years later it bought Wick, an e-mail marketing tool."),
    ("de", "Wie Kornblatt wuchs", "2018 wurde Kornblatt gegründet. Zwei Jahre später kaufte Kornblatt den Newsletter-Dienst Halm."),
    ("fr", "L'histoire de Mirabelle Data", "Mirabelle Data naît en 2018. Deux ans plus tard, Mirabelle Data rachète Noyau, un outil d'e-mailing."),
    ("es", "La historia de Almendral", "Almendral nació en 2018. Dos años después, Almendral compró Hueso, una herramienta de email marketing."),
    ("it", "La storia di Castagneto", "Castagneto è nata nel 2018. Due anni dopo Castagneto acquista Riccio, uno strumento di email marketing."),
    ("pt", "A história da Jabutil", "A Jabutil nasceu em 2018. Dois anos depois, a Jabutil comprou o Casco, ferramenta de email marketing."),
    ("nl", "De geschiedenis van Beukenlaan", "Beukenlaan begon in 2018. Twee jaar later kocht Beukenlaan de e-mailmarketingtool Twijg."),
    ("ja", "ツキノワの歩み", "ツキノワは2018年に創業した。2年後、ツキノワはメール配信のカゲを買収した。"),
    ("zh-Hans", "栗子科技八年", "栗子科技成立于2018年。两年后，它收购了邮件营销公司毛刺。"),
    ("zh-Hant", "栗子科技八年", "栗子科技成立於2018年。兩年後，它收購了電子報公司毛刺。"),
    ("en", "Why we left Wick", "We used Wick, the e-mail marketing tool that Lanternby launched three years ago, and we left."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), NO_ENDS)
def test_an_end_that_is_none_is_no_record(language: str, title: str, text: str) -> None:
    """Neither a plan given up, nor an end put off, nor one denied shuts anything down."""
    assert read(text, language, title=title).launches == ()


GIVEN_UP = [
    *NO_ENDS[:10],
    ("en", "Lanternby scraps surveys", "Lanternby has scrapped its plan to add surveys to its CRM."),
    ("es", "Almendral sin encuestas", "Almendral abandona su plan de añadir encuestas a su CRM."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), GIVEN_UP)
def test_a_plan_that_is_given_up_is_no_plan_either(language: str, title: str, text: str) -> None:
    """The sentence that gives it up states none."""
    assert read(text, language, title=title).plans == ()


@pytest.mark.parametrize(("language", "title", "text", "product"), ENDS)
def test_an_end_stays_one_beside_words_like_these(
    language: str, title: str, text: str, product: str
) -> None:
    """What does end is a shutdown, whatever else the sentence takes back."""
    found = read(text, language, title=title).launches
    assert [(one.product, one.event) for one in found] == [(product, "shutdown")]


@pytest.mark.parametrize(("language", "title", "text"), LONG_AGO)
def test_two_years_after_a_past_year_is_past(language: str, title: str, text: str) -> None:
    """A sentence goes on in the time of the one before; and "three years ago" dates its clause."""
    assert read(text, language, title=title).launches == ()


def test_two_years_later_may_be_now() -> None:
    """What comes so long after a year that it falls into the article's own is news."""
    text = "Lanternby showed a draft of it in 2024. Two years later, Lanternby has launched Wick, a CRM."
    found = read(text, title="The long way to a CRM").launches
    assert [(one.vendor, one.product) for one in found] == [("Lanternby", "Wick")]


SAID = [
    ("en", "Lanternby said it would shut down Wick, its e-mail marketing tool, on 28 February.", "Lanternby", "Wick"),
    ("de", "Kornblatt stellt den Newsletter-Dienst Halm zum 28. Februar ein.", "Kornblatt", "Halm"),
    ("fr", "Mirabelle Data a indiqué qu'elle fermera Noyau, son outil d'e-mailing, le 28 février.", "Mirabelle Data", "Noyau"),
    ("es", "Almendral confirmó que cerrará Hueso, su herramienta de email marketing, el 28 de febrero.", "Almendral", "Hueso"),
    ("it", "Castagneto ha confermato che chiuderà Riccio, lo strumento di email marketing, il 28 febbraio.", "Castagneto", "Riccio"),
    ("pt", "A Jabutil anunciou que encerrará o Casco, ferramenta de email marketing, em 28 de fevereiro.", "Jabutil", "Casco"),
    ("nl", "Beukenlaan stopt op 28 februari met Twijg, zijn e-mailmarketingtool.", "Beukenlaan", "Twijg"),
    ("ja", "ツキノワはメール配信ツール「カゲ」の提供を2月28日に終了する。", "ツキノワ", "カゲ"),
    ("zh-Hans", "栗子科技宣布，将于2月28日关停邮件营销工具“毛刺”。", "栗子科技", "毛刺"),
    ("zh-Hant", "栗子科技宣布，將於2月28日關閉電子報工具「毛刺」。", "栗子科技", "毛刺"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "vendor", "product"), SAID)
def test_an_end_that_a_vendor_says_is_to_come_is_announced(
    language: str, text: str, vendor: str, product: str
) -> None:
    """Told in reported speech or not, it is an end and no plan."""
    found = read(text, language, title="News")
    told = [(one.vendor, one.product, one.event, one.availability) for one in found.launches]
    assert told == [(vendor, product, "shutdown", "announced")]
    assert found.plans == ()


def test_a_launch_that_a_vendor_says_is_to_come_stays_a_plan() -> None:
    """Reported speech makes no news of it."""
    found = read("Lanternby said it would launch Wick, a CRM, on 28 February.", title="News")
    assert found.launches == ()
    assert [(plan.vendor, plan.due) for plan in found.plans] == [("Lanternby", "2027-02-28")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lanternby has shut down Wick, its e-mail marketing tool, on Friday, November 6."),
        ("de", "Kornblatt hat den Newsletter-Dienst Halm am Montag vom Netz genommen."),
    ],
)
def test_an_end_of_late_is_not_to_come(language: str, text: str) -> None:
    """A weekday, or a day without its year, is the last one that had the name."""
    (found,) = read(text, language, title="News").launches
    assert (found.event, found.availability) == ("shutdown", "")
