"""Manuals and release notes are told from news, and their steps from what they announce."""

from __future__ import annotations

import pytest

from digest.records.sources import Voice
from digest.stages.genre import find_genre

from .news import make_article, read

MANUALS = [
    ("en", "Open Settings. Select Sources and choose Add. Enter the key. You can now import data."),
    ("de", "Öffnen Sie die Einstellungen. Wählen Sie Quellen. Geben Sie den Schlüssel ein."),
    ("fr", "Ouvrez les paramètres. Choisissez une source. Cliquez sur Importer."),
    ("es", "Abra los ajustes. Elija una fuente. Pulse Importar y espere un minuto."),
    ("it", "Aprire le impostazioni. Scegliere una fonte. Per importare i dati serve la chiave."),
    ("ja", "設定を開いてください。「追加」をクリックします。キーを入力します。"),
    ("zh-Hans", "打开设置页面。选择数据来源。点击“添加”并保存。"),
    ("zh-Hant", "打開設定頁面。選擇資料來源。點選「新增」並儲存。"),
]


@pytest.mark.parametrize(("language", "text"), MANUALS)
def test_a_text_of_steps_is_a_manual(language: str, text: str) -> None:
    """In each language the steps of a help page are known by how they open."""
    assert find_genre(make_article(text), language).kind == "manual"


def test_news_that_addresses_its_reader_stays_news() -> None:
    """A vendor's own announcement says "you", and tells news all the same."""
    text = "Today we introduce Nova. It finds your lost customers. Prices start at 9 euros."
    assert find_genre(make_article(text, voice="vendor"), "en").kind == "news"


def test_a_manual_tells_no_launch_though_it_says_what_a_product_does() -> None:
    """What reads "Acme adds …" in a help page is what happens on a click."""
    text = (
        "Open Audiences in Acme. Select New segment. Acme adds the contacts to Nova, your CRM. "
        "Click Save. Choose a name."
    )
    assert read(text, publisher="Acme", voice="vendor").launches == ()


def test_notes_on_a_release_tell_each_new_thing() -> None:
    """A heading names what "you can now" do; a sentence of its own tells the rest."""
    text = (
        "Send windows\nYou can now limit an e-mail campaign to some hours.\n"
        "New: Acme now supports passkeys for its CRM.\n"
        "Fixed an issue with images.\nClick here to learn more."
    )
    title, voice = "Release notes 4.8", "vendor"
    found = read(text, title=title, publisher="Acme", voice=voice).launches
    assert [(one.vendor, one.product, one.event) for one in found] == [
        ("Acme", "Send windows", "feature"),
        ("Acme", "passkeys", "feature"),
    ]


def test_a_vendors_page_under_headings_is_a_manual_unless_it_announces() -> None:
    """However little it instructs; a title or an opening that announces something makes it news."""
    text = (
        "Two ways to share credit are known in the software.\n\nRule-based models\n\n"
        "First touch gives all credit to one click.\n\nChange the model\n\n"
        "Go to Settings and select one. Reports are computed overnight.\n\n"
        "Linear models share credit evenly. Nobody has to wait."
    )

    def kind(title: str, text: str, voice: Voice = "vendor") -> str:
        return find_genre(make_article(text, title=title, voice=voice), "en").kind

    assert kind("Attribution models", text) == "manual"
    assert kind("Attribution models", text, "independent") == "news"
    assert kind("Introducing attribution models", text) == "news"
    assert kind("Attribution models", f"Today we are excited. {text}") == "news"
    assert kind("Attribution models", text.replace("\n\n", " ")) == "news"
