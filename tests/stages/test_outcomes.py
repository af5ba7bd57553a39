"""What a sentence of later news says of a thing that was planned."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

from datetime import date

import pytest

from digest.stages.outcomes import Outcome, falls_short, find_outcome

DAY = date(2026, 6, 25)
CASES = [
    ('en', 'Mirelle now sends messages through five carriers.', 'done', False),
    ('en', 'The report builder went live on Monday.', 'done', False),
    ('en', "Mirelle's report builder has been available to all customers since Monday.", 'done', False),
    ('en', 'The vendor has quietly shelved its voice product.', 'cancelled', False),
    ('en', 'There will be no voice product, the vendor said.', 'cancelled', False),
    ('en', 'Mirelle needs another six months for its report builder.', 'moved', False),
    ('en', 'The report builder will come in spring instead, Mirelle said.', 'moved', False),
    ('en', 'Customers will have to wait until March 2027 for the report builder.', 'moved', False),
    ('en', 'Mirelle has pushed the launch of its report builder to March 2027.', 'moved', False),
    ('en', 'Mirelle missed the deadline for its report builder and names March as the new one.', 'moved', False),
    ('en', 'Only two of the six connectors are ready.', 'done', True),
    ('en', 'Mirelle has released the first two connectors; four more are to follow.', 'done', True),
    ('en', 'Mirelle has not cancelled its report builder.', '', False),
    ('en', 'Mirelle denies that the report builder is delayed.', '', False),
    ('en', 'Mirelle will release the report builder on time, it says.', '', False),
    ('de', 'Der Berichtsbaukasten ist seit Montag für alle Kunden verfügbar.', 'done', False),
    ('de', 'Der Start des Berichtsbaukastens verzögert sich bis März 2027.', 'moved', False),
    ('de', 'Mirelle legt den Berichtsbaukasten auf Eis.', 'cancelled', False),
    ('de', 'Den Berichtsbaukasten wird es nicht geben, sagt Mirelle.', 'cancelled', False),
    ('de', 'Mirelle hat zwei der sechs Anbindungen veröffentlicht, die übrigen folgen.', 'done', True),
    ('de', 'Kunden müssen bis März auf den Berichtsbaukasten warten.', 'moved', False),
    ('de', 'Mirelle stellt die Arbeit am Berichtsbaukasten ein, noch bevor er gestartet ist.', 'cancelled', False),
    ('de', 'Geplant ist jetzt der Oktober.', 'moved', False),
    ('de', 'Mirelle hat einen Berichtsbaukasten herausgebracht.', 'done', False),
    ('en', 'Mirelle has begun to sell its report builder.', 'done', False),
    ('en', 'Mirelle has put off its report builder.', 'moved', False),
    ('en', 'The report builder will not start this month as planned.', 'moved', False),
    ('en', 'Mirelle will not open an office in Bern after all.', 'cancelled', False),
    ('fr', 'Le générateur est désormais attendu en septembre.', 'moved', False),
    ('fr', 'Mirelle propose désormais un générateur de rapports.', 'done', False),
    ('ja', 'ミレルはレポート作成機能を全店舗に開放した。', 'done', False),
    ('zh-Hant', '米蕾爾據點昨天揭幕。', 'done', False),
    ('fr', 'Le générateur de rapports est en ligne depuis lundi.', 'done', False),
    ('fr', 'La sortie du générateur de rapports est décalée à mars 2027.', 'moved', False),
    ('fr', "Mirelle jette l'éponge sur son générateur de rapports.", 'cancelled', False),
    ('fr', 'Seuls deux des six connecteurs sont disponibles.', 'done', True),
    ('fr', 'Les clients devront attendre mars 2027.', 'moved', False),
    ('es', 'El generador de informes ya funciona en todas las cuentas.', 'done', False),
    ('es', 'Mirelle retrasa a marzo de 2027 su generador de informes.', 'moved', False),
    ('es', 'Mirelle entierra su generador de informes.', 'cancelled', False),
    ('es', 'Mirelle publicó dos de los seis conectores prometidos.', 'done', True),
    ('es', 'Los clientes tendrán que esperar hasta marzo.', 'moved', False),
    ('it', 'Il generatore di report è in linea da lunedì.', 'done', False),
    ('it', "L'uscita del generatore di report slitta a marzo 2027.", 'moved', False),
    ('it', 'Mirelle mette da parte il generatore di report.', 'cancelled', False),
    ('it', 'Sono pronti solo due dei sei connettori promessi.', 'done', True),
    ('pt', 'O gerador de relatórios já está no ar.', 'done', False),
    ('pt', 'O lançamento do gerador de relatórios ficou para março de 2027.', 'moved', False),
    ('pt', 'A Mirelle engavetou o gerador de relatórios.', 'cancelled', False),
    ('pt', 'Só dois dos seis conectores prometidos estão prontos.', 'done', True),
    ('nl', 'De rapportbouwer is sinds maandag live.', 'done', False),
    ('nl', 'De rapportbouwer komt pas in maart 2027.', 'moved', False),
    ('nl', 'Mirelle trekt de stekker uit de rapportbouwer.', 'cancelled', False),
    ('nl', 'Twee van de zes beloofde koppelingen zijn klaar.', 'done', True),
    ('ja', 'レポート作成機能は月曜日から全顧客が使えるようになった。', 'done', False),
    ('ja', 'レポート作成機能の公開は2027年3月にずれ込む見通しだ。', 'moved', False),
    ('ja', 'ミレルはレポート作成機能の開発を打ち切った。', 'cancelled', False),
    ('ja', '約束した6つの接続のうち、公開したのは2つにとどまる。', 'done', True),
    ('zh-Hans', '报表生成器周一起向所有客户开放。', 'done', False),
    ('zh-Hans', '报表生成器要到2027年3月才能上线。', 'moved', False),
    ('zh-Hans', '该公司砍掉了报表生成器项目。', 'cancelled', False),
    ('zh-Hans', '六个连接器中目前只上线了两个，其余将稍后推出。', 'done', True),
    ('zh-Hant', '報表產生器週一起向所有客戶開放。', 'done', False),
    ('zh-Hant', '報表產生器延到2027年3月才上線。', 'moved', False),
    ('zh-Hant', '該公司決定不做報表產生器了。', 'cancelled', False),
    ('zh-Hant', '六個連接器目前只上線兩個，其餘將稍後推出。', 'done', True),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "turn", "partly"), CASES)
def test_a_sentence_says_what_became_of_a_thing(
    language: str, text: str, turn: str, partly: bool
) -> None:
    """It is there, in part, later or never; what is denied or only told again says nothing."""
    found = find_outcome(text, language, DAY)
    assert (found.turn, found.partly) == (turn, partly)


def test_what_is_moved_names_its_new_day() -> None:
    """The later of two days is the new one; without a day there is none."""
    moved = find_outcome("Mirelle verschiebt den Start von August auf Dezember 2026.", "de", DAY)
    assert moved == Outcome("moved", until=date(2026, 12, 31))
    assert find_outcome("Mirelle has postponed it.", "en", DAY) == Outcome("moved")


def test_the_main_verb_of_a_sentence_counts() -> None:
    """What was put off before and is there now is there; in Japanese the verb comes last."""
    late = "After postponing it twice, Mirelle has launched its report builder."
    assert find_outcome(late, "en", DAY).turn == "done"
    assert find_outcome("延期していたレポート機能の提供を開始した。", "ja", DAY).turn == "done"
    assert find_outcome("3月に公開した機能の拡大を延期した。", "ja", DAY).turn == "moved"
    assert (
        find_outcome("Mirelle has cancelled what it launched in May.", "en", DAY).turn
        == "cancelled"
    )


def test_a_language_without_phrases_says_nothing() -> None:
    """No guess is made where nobody has written the words."""
    assert find_outcome("Mirelle on julkaissut raportit.", "fi", DAY) == Outcome("")


@pytest.mark.parametrize(
    ("told", "language", "short"),
    [
        ("Mirelle Voice ist ab sofort in drei Sprachen erhältlich.", "de", True),
        ("Mirelle Voice ist ab sofort in acht Sprachen erhältlich.", "de", False),
        ("Mirelle Voice está disponible en nueve idiomas.", "es", False),
        ("ミレル・ボイスは3言語で提供を開始した。", "ja", True),
        ("Mirelle Voice is available, with three months of delay.", "en", False),
        ("Mirelle Voice is available in 3 languages and 40 countries.", "en", False),
    ],
)
def test_less_than_was_planned_falls_short(told: str, language: str, short: bool) -> None:
    """Three languages instead of eight; how long it took and a second number say nothing."""
    plan = "plans to release Mirelle Voice in eight languages by"
    assert falls_short(plan, "en", told, language, DAY) is short
