"""The notes on a release tell what is new by their headings, their lists and their openings."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.stages.endings import find_ending
from digest.stages.genre import find_genre

from .news import make_article, read

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


def test_a_day_heads_an_entry_of_a_log() -> None:
    """What stands below it is new, whatever the notes are titled; the day itself names nothing."""
    text = (
        "Acme API release notes\n\n9 July 2026\n\nTranscripts (beta)\n\n"
        "Calls are written down line by line.\n\n2026-06-03\n\nRate limits\n\n"
        "Limits are returned in a header."
    )
    assert things(text, title="Acme API release notes") == [
        ("Transcripts", "feature"),
        ("Rate limits", "feature"),
    ]


def test_a_line_above_one_text_names_it() -> None:
    """Two lines by themselves are a name and what it is; announcements and code are none."""
    text = (
        "New features\n\nEditor: saved rows\nRows can be saved and used in other mails.\n\n"
        "Formats\nAcme Ads: {CUSTOMIZER.Name:text}\n\n"
        "Announcements\n\nUser meeting\n\nThe yearly meeting takes place in May."
    )
    assert things(text) == [("Editor: saved rows", "feature")]


def test_a_sentence_below_its_heading_may_have_a_colon() -> None:
    """The heading names the thing, not what stands before the colon."""
    text = (
        "New features\n\nSearch by meaning\n\n"
        "The search of the shop understands synonyms: questions and products become vectors."
    )
    assert things(text) == [("Search by meaning", "feature")]


def test_what_can_be_done_names_no_pronoun() -> None:
    """A pronoun with a verb is no thing; what may be done below a heading for new things is one."""
    text = (
        "Enhancements in Sites\n\nExperience fragments can be translated from the editor.\n\n"
        "Fixes\n\nLabels can be sorted again."
    )
    assert things(text) == [("Experience fragments", "feature")]
    assert things("New features\n\n- You can now use them as attributes of ads.") == []


def test_support_for_a_thing_names_it_and_a_question_proves_nothing() -> None:
    """An item "Support for X" tells X; what a heading asks is no text below a name."""
    text = "Acme Shop\n\nWhat is new in the shop this month?\n\n- Support for Tablehouse 2.4.\n"
    assert things(f"Product releases\n\n{text}") == [("Tablehouse 2.4", "feature")]


@pytest.mark.parametrize(
    ("language", "title", "text", "product"),
    [
        ("en", "Deprecation notice: Orders API v1", "Orders API v1 will be shut down on 30 June 2027.", "Orders API v1"),
        ("en", "The classic editor is going away", "We are retiring the classic editor.", "classic editor"),
        ("de", "Abkündigung: Schnittstelle SOAP 2", "Die Schnittstelle SOAP 2 wird am 31. März 2027 abgeschaltet.", "Schnittstelle SOAP 2"),
        ("fr", "Fin de vie de l'ancien tableau de bord", "L'ancien tableau de bord ne sera plus accessible dès mars.", "ancien tableau de bord"),
        ("es", "Aviso: cierre de la API de informes", "La API de informes dejará de funcionar el 30 de junio.", "API de informes"),
        ("nl", "Einde van de oude koppeling", "De oude koppeling stopt op 1 maart 2027.", "oude koppeling"),
        ("ja", "旧APIの提供終了について", "旧APIは、2027年3月31日をもって提供を終了します。", "旧API"),
        ("zh-Hans", "旧版报表停用公告", "旧版报表将于2027年3月31日停用。", "旧版报表"),
    ],
)  # fmt: skip
def test_a_notice_tells_an_end_in_its_title(
    language: str, title: str, text: str, product: str
) -> None:
    """The sentence that names what ends is the proof; its day belongs to it and is no plan."""
    found = read(text, language, title=title, publisher="Acme CRM", voice="vendor")
    assert [(one.product, one.event) for one in found.launches] == [(product, "shutdown")]
    assert found.launches[0].evidence.text == text
    assert found.plans == ()


def test_only_a_vendor_gives_notice_of_what_its_text_names() -> None:
    """Neither another's title nor one whose thing no sentence names tells an end by itself."""
    title, text = "Deprecation notice: Orders API", "The Orders API is switched off in May."
    genre = find_genre(make_article(text, title=title, voice="vendor"), "en")
    ended = find_ending(make_article(text, title=title, voice="vendor"), genre)
    assert ended is not None
    assert (ended[0], ended[1].text) == ("Orders API", text)
    assert find_ending(make_article(text, title=title), genre) is None
    assert find_ending(make_article("It is off.", title=title, voice="vendor"), genre) is None
