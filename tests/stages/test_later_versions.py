"""What a vendor's own text says will end, or come with a later version, is its plan."""

# a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from .news import read

COMING = [
    ("en", "The legacy screen will be deprecated after the move."),
    ("en", "Self-service setup will be added in a future release."),
    ("en", "The old column will be removed in the future."),
    ("en", "Starting with version 8.6, the desktop client will no longer run on old systems."),
    ("en", "Starting 8.6, Acme Mail stops supporting old systems."),
    ("en", "We are phasing out our export jobs."),
    ("en", "Given these numbers, we've decided to deprecate this field."),
    ("de", "Die alte Ansicht wird nach dem Umzug eingestellt."),
    ("de", "Die Einrichtung wird in einer künftigen Version ergänzt."),
    ("fr", "L'ancien écran sera abandonné après la migration."),
    ("fr", "Cette option sera ajoutée dans une prochaine version."),
    ("es", "La pantalla antigua será retirada tras la migración."),
    ("es", "Esta opción se añadirá en una próxima versión."),
    ("it", "La vecchia schermata sarà dismessa dopo la migrazione."),
    ("it", "Questa opzione sarà aggiunta in una prossima versione."),
    ("pt", "A tela antiga será descontinuada após a migração."),
    ("pt", "Esta opção será adicionada em uma próxima versão."),
    ("nl", "Het oude scherm wordt na de overgang uitgefaseerd."),
    ("nl", "Deze optie wordt toegevoegd in een toekomstige versie."),
    ("ja", "この機能は今後のリリースで追加されます。"),
    ("zh-Hans", "该功能将在未来版本中提供。"),
    ("zh-Hant", "舊版介面將被淘汰。"),
]


@pytest.mark.parametrize(("language", "sentence"), COMING)
def test_an_end_or_a_later_version_needs_no_day(language: str, sentence: str) -> None:
    """In each language, where the vendor itself says it."""
    found = read(sentence, language, title="CRM", publisher="Acme", voice="vendor").plans
    assert [(plan.vendor, plan.quote.text) for plan in found] == [("Acme", sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The person will be removed from the segment.",
        "If you delete a value, it will be retired from all reports.",
        "Report data will no longer be available for the value.",
        "The export was deprecated in 2022.",
    ],
)
def test_what_a_step_brings_about_is_no_plan(sentence: str) -> None:
    """A manual says what happens to a thing, and what ended long ago."""
    text = f"Open the list.\n\n{sentence}\n\nSelect Save."
    assert read(text, title="Edit a CRM list", publisher="Acme", voice="vendor").plans == ()


def test_what_a_paper_says_needs_a_day_still() -> None:
    """Only of its own things a vendor knows without a day."""
    text = "Acme launched Nova, a CRM. The old editor will be deprecated after the move."
    assert read(text, title="Acme launches Nova").plans == ()
