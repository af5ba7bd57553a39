"""What a small starter package may show of a story: all that is shown of it, or nothing."""

from dataclasses import replace

from digest.records import Line, Quote, Translated, Translation
from digest.stages.starter_lines import all_or_none, as_its_lines, is_by_starter, uses_starter


def line(text: str, said: str = "", *, note: str = "") -> Line:
    return Line(
        text=said or text,
        original=Quote(text, "a", 0, len(text)),
        language="de",
        citation=1,
        translated=bool(said),
        note=note,
    )


def translation(engine: str) -> Translation:
    title = Translated("T", "T", False, "de", "a")
    return Translation("s", "en", engine, title=title, summary=(), text=())


def test_a_starter_alone_or_beside_another_is_known_by_its_name() -> None:
    """An official package is none, and neither is no package at all."""
    assert uses_starter(translation("starter de→en 0.1"))
    assert uses_starter(translation("argos fr→en 1.9; starter de→en 0.1"))
    assert not uses_starter(translation("argos de→en 1.9"))
    assert not uses_starter(None)


def test_where_one_line_stays_in_its_language_all_of_them_do() -> None:
    """What was translated is shown as it was written, with the reason of the one that stays."""
    refused = line("Zwei Häuser warten.", note="translation refused: no sure answer")
    shown = all_or_none((line("Ein Haus steht leer.", "One house is empty."), refused))
    assert [each.text for each in shown] == ["Ein Haus steht leer.", "Zwei Häuser warten."]
    assert [each.translated for each in shown] == [False, False]
    assert {each.note for each in shown} == {"translation refused: no sure answer"}


def test_what_is_translated_whole_stays_translated() -> None:
    """A line in the reader's own language is no gap."""
    lines = (line("Ein Haus steht leer.", "One house is empty."), line("A house is empty."))
    assert all_or_none(lines) == lines


def test_a_headline_stays_in_its_language_where_its_lines_do() -> None:
    """What a starter made of it stands over no lines that it was refused; else it is shown."""
    headline = Translated("Ein Haus steht leer", "Edge stands empty", True, "de", "a")
    refused = line("Zwei Häuser warten.", note="translation refused: no sure answer")
    kept = as_its_lines(headline, (refused,))
    assert (kept.target, kept.ok) == ("Ein Haus steht leer", False)
    assert kept.note == "translation refused: no sure answer"
    assert as_its_lines(headline, (line("Ein Haus.", "A house."),)) == headline
    assert as_its_lines(headline, ()) == headline


def test_only_the_package_that_made_a_line_makes_it_a_starters() -> None:
    """One package of a story is a starter, the line that is shown came from the other."""
    shown = replace(line("Ein Haus.", "A house."), engine="argos de→en 1.9")
    head = Translated("Ein Haus", "Ein Haus", False, "de", "a")
    assert not is_by_starter(head, (shown,))
    assert is_by_starter(head, (replace(shown, engine="starter de→en 0.1"),))
    assert is_by_starter(Translated("Haus", "House", True, "de", "a", engine="starter de→en"), ())
