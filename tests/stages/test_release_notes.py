"""The notes on a release tell what is new by their headings, their lists and their openings."""

from __future__ import annotations

import pytest

from .news import read

Found = list[tuple[str, str]]


def things(text: str, *, title: str = "Acme Mail – Release notes", language: str = "en") -> Found:
    found = read(text, title=title, language=language, publisher="Acme", voice="vendor").launches
    assert all(one.vendor == "Acme" for one in found)
    return [(one.product, one.event) for one in found]


def test_a_heading_over_a_text_names_a_new_thing() -> None:
    """Product, date and section headings name none; the text is the proof."""
    text = (
        "Acme Mail\n\nRelease date: 3 November 2026\n\nNew features\n\nSend windows\n\n"
        "Lets teams limit a campaign to some hours. Off by default.\n\n"
        "Fixes\n\nSlow exports\n\nExports of large lists took minutes.\n\n"
        "New tutorials\n\nFirst steps\n\nA tour of the editor in ten minutes."
    )
    assert things(text) == [("Send windows", "feature")]
    proof = read(text, title="Release notes", publisher="Acme", voice="vendor").launches[0].evidence
    assert proof.text == "Lets teams limit a campaign to some hours."
    assert text[proof.start : proof.end] == proof.text


def test_a_list_of_new_things_is_read_item_by_item() -> None:
    """An item is a name, a name with what it does, or a sentence that says what can be done now."""
    text = (
        "What's new\n- Dark mode\n- Send windows: limit a campaign to some hours of the day.\n"
        "- The editor now supports tables.\n- Fixed an issue with images.\n"
        "- (3 November) A new “Opens by hour” report shows when mails are read.\n"
        "Known issues\n- Slow exports: large lists take minutes to load."
    )
    assert [name for name, _ in things(text)] == [
        "Dark mode",
        "Send windows",
        "tables",
        "Opens by hour",
    ]


def test_links_to_more_notes_are_no_new_things() -> None:
    """A line that only leads on, teaches or names a bare version tells nothing new."""
    text = (
        "Get the latest updates for Acme Mail.\n\nLatest product releases\n\n"
        "Acme Mail 8.5.2: Release notes\nControl panel: Release notes | Documentation\n\n"
        "Learn how to sort contacts in the new editor. See all guides."
    )
    assert things(text) == []


def test_the_end_of_a_service_is_told_by_its_heading() -> None:
    """Whatever section it stands in, the end of a thing with users is a shutdown."""
    text = (
        "Important notices\n\nEnd-of-life for the Classic API\n\n"
        "On 30 November 2026 the Classic API is switched off for all accounts."
    )
    assert things(text) == [("Classic API", "shutdown")]


@pytest.mark.parametrize(
    ("language", "title", "line", "product"),
    [
        ("de", "Neu in Acme", "- Sie können jetzt Listen teilen.", "Listen teilen"),
        ("fr", "Nouveautés", "- Le CRM prend désormais en charge les tris.", "tris"),
        ("es", "Acme 8.2: novedades", "Novedad: paneles compartidos.", "paneles compartidos"),
        ("it", "Novità", "- Ora è possibile condividere le liste.", "condividere le liste"),
        ("pt", "Novidades", "- Agora é possível partilhar listas.", "partilhar listas"),
        ("nl", "Nieuw in Acme", "- U kunt nu lijsten delen.", "lijsten delen"),
        ("ja", "11月のアップデート", "予約配信が設定できるようになりました。", "予約配信"),
        ("zh-Hans", "Acme更新日志", "新增：短信模板审批。", "短信模板审批"),
        ("zh-Hant", "Acme更新日誌", "新增：簡訊範本審核。", "簡訊範本審核"),
    ],
)
def test_notes_are_read_in_every_language(
    language: str, title: str, line: str, product: str
) -> None:
    """How notes say that a thing is new is data of each language."""
    found = things(line, title=f"{title} – CRM", language=language)
    assert product in found[0][0]
