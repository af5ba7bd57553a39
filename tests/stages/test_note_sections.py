"""What heads a part of the notes on a release, and what a heading or a sentence calls a thing."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from .news import read

Found = list[tuple[str, str]]
TITLE = "Acme Mail release notes"


def things(text: str, *, title: str = TITLE, language: str = "en") -> Found:
    found = read(text, title=title, language=language, publisher="Acme", voice="vendor").launches
    return [(one.product, one.event) for one in found]


def test_the_title_once_more_heads_no_part() -> None:
    """It leads on to no other notes, as "Release notes" below does."""
    text = "2026 release notes\n\nThe Send window panel has been added to the editor."
    assert things(text, title="Acme Mail 2026 release notes") == [("Send window panel", "feature")]
    below = "Dark mode is now available.\n\nRelease notes\n\nAcme Pages is now available."
    assert things(below) == [("Dark mode", "feature")]


@pytest.mark.parametrize(
    ("heading", "text", "product"),
    [
        ("Single video ads", "Marketers can now run ads with one video.", "Single video ads"),
        (
            "Event tracking in forms",
            "You can now count events of a form.",
            "Event tracking in forms",
        ),
        ("New team reports", "They show what each team has sent this week.", "team reports"),
        ("Chat ads now available in Compose", "Write ads for chat windows in Compose.", "Chat ads"),
    ],
)
def test_a_heading_names_a_thing_though_it_has_the_word_of_a_part(
    heading: str, text: str, product: str
) -> None:
    """What stands below tells of one thing: the heading is its name, and heads no part."""
    assert things(f"Overview\n\n{heading}\n\n{text}") == [(product, "feature")]


@pytest.mark.parametrize("heading", ["New in Acme Mail", "Videos", "New and updated features"])
def test_a_part_is_still_a_part(heading: str) -> None:
    """A part's heading names no thing, whatever follows."""
    assert things(f"Overview\n\n{heading}\n\nHow teams send mails in our town.") == []


def test_a_line_that_leads_on_heads_no_part() -> None:
    """It ends no part of new things, nor is it a thing: "To get started, see these guides:"."""
    text = (
        "New features\n\nShared drafts\n\nTwo people may write one mail.\n\n"
        "To get started, see the following guides:\n\nWrite a mail\n\n"
        "Match keys\n\nHashed numbers are now supported as a match key."
    )
    assert things(text) == [("Shared drafts", "feature"), ("Match keys", "feature")]


def test_some_months_begin_an_entry() -> None:
    """A range of months dates what follows, names nothing, and ends a part with fixes."""
    text = (
        "Last update: April 2026.\n\nFixes for these tickets:\n\nSlow exports took minutes.\n\n"
        "July - August 2026\n\nShared drafts\n\nTwo people may write one mail."
    )
    assert things(text) == [("Shared drafts", "feature")]


def test_what_is_said_of_many_names_no_thing() -> None:
    """A label that stands before several lines says whom they are for."""
    text = (
        "Admins: Rebuild all of your lists in the editor.\n\n"
        "Admins: Replace all of your tags in the pages.\n\n"
        "Live preview: Shows a mail as its readers see it."
    )
    assert things(text) == [("Live preview", "feature")]


@pytest.mark.parametrize(
    ("language", "title", "sentence", "product"),
    [
        ("en", TITLE, "You can now edit the refresh rate of lists in the panel.", "refresh rate of lists"),
        ("en", TITLE, "When adding a list, admins can now choose from shared filters.", "shared filters"),
        ("en", TITLE, "You can now invite partners who have no account.", "invite partners"),
        ("en", TITLE, "A new key-based sign-in option has been added to the server.", "key-based sign-in option"),
        ("en", TITLE, "In the list view, Score columns are now available.", "Score columns"),
        ("en", TITLE, "Lookup Service is a new part of the store.", "Lookup Service"),
        ("en", TITLE, "A synergy matrix is available in the insights.", "synergy matrix"),
        ("de", "Acme Mail: Versionshinweise", "Sie können jetzt gemeinsame Filter für Listen anlegen.", "gemeinsame Filter"),
        ("fr", "Acme Mail : nouveautés", "Vous pouvez désormais partager les filtres enregistrés.", "filtres enregistrés"),
        ("es", "Acme Mail: novedades", "Los usuarios ya pueden compartir filtros guardados.", "filtros guardados"),
        ("it", "Acme Mail: novità", "Ora è possibile condividere i filtri salvati.", "filtri salvati"),
        ("pt", "Acme Mail: novidades", "Agora você pode compartilhar os filtros salvos.", "filtros salvos"),
        ("nl", "Acme Mail: nieuw in deze versie", "U kunt nu gedeelde filters maken.", "gedeelde filters"),
    ],
)  # fmt: skip
def test_what_can_be_done_now_is_called_by_its_object(
    language: str, title: str, sentence: str, product: str
) -> None:
    """The verb goes, save before one plain word; words with a hyphen stay whole."""
    found = things(sentence, title=title, language=language)
    assert [name for name, _ in found] == [product]


@pytest.mark.parametrize(
    "sentence",
    [
        "New features are now available in Acme Mail.",
        "The list now displays the people who were invited.",
        "The panel now shows additional details.",
        "You can now choose which of the lists is used.",
        "Which filters can you now share with your team?",
    ],
)
def test_what_names_nothing_is_no_thing(sentence: str) -> None:
    """What is shown of old things, what has no name and what is asked are none."""
    assert things(sentence) == []


def test_the_product_of_the_notes_is_launched() -> None:
    """Notes that say that their own product can be had now tell of no feature of it."""
    text = "Acme Mail is now available to customers in Canada."
    assert things(text) == [("Acme Mail", "launch")]


def test_what_can_be_done_with_a_thing_is_no_other() -> None:
    """Under its heading more is told of it; a name of its own is another thing."""
    text = (
        "Reports\n\nSend reports\n\nThey show when mails are read.\n\n"
        "You can now compare two campaigns.\n\nYou can now use Sky Panel with them."
    )
    assert [name for name, _ in things(text)] == ["Send reports", "Sky Panel"]


def test_a_number_behind_a_preposition_is_no_version() -> None:
    """Acme Press 4 is a launch, "Templates for Acme Press 4" a feature."""
    text = "Templates for Acme Press 4\n\nThey have a layout for each page of a paper."
    assert things(text) == [("Templates for Acme Press 4", "feature")]
