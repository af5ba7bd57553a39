"""What starter packages are judged by: lines beside their English, BLEU, what would be shown."""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tools.train_translation.card import table
from tools.train_translation.evaluate import docs_lines, measure, news_lines

KNOWN = {
    "Der Bericht ist für alle Kunden neu.": "The report is new for all the customers.",
    "Er kostet 30 Euro im Monat.": "It costs 30 euros a month.",
    "Neue Berichte für alle Kunden": "New reports for all the customers",
}


class Knowing:
    """A translator that knows three sentences by heart, and leaves all others as they are."""

    version = "knowing 1"

    def package(self, language: str, to: str) -> str | None:
        """Return its name."""
        return "knowing"

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return each sentence's English."""
        return [KNOWN.get(sentence, sentence) for sentence in sentences]


def write_rows(file: Path, rows: list[dict[str, object]]) -> Path:
    file.write_bytes(lzma.compress("\n".join(map(json.dumps, rows)).encode()))
    return file


def test_lines_stand_beside_their_english(tmp_path: Path) -> None:
    """Documents of unequal lines are left out, near-duplicates but one, equal lines all."""
    texts = {
        "a": ("Neue Berichte\n\nHubSpot\nEnde.", "New reports\nHubSpot\n\nThe end.", None),
        "b": ("Eine Zeile", "One line\nand another", None),
        "c": ("Mehr Berichte", "More reports", "g"),
        "d": ("Mehr Berichte!", "More reports!", "g"),
    }
    rows: list[dict[str, object]] = [
        {"story": story, "language": language, "text": text, "neardup_group": group}
        for story, (german, english, group) in texts.items()
        for language, text in (("de", german), ("en", english))
    ]
    found = docs_lines(write_rows(tmp_path / "docs.xz", rows), "de")
    assert found == [
        ("Neue Berichte", "New reports"),
        ("Ende.", "The end."),
        ("Mehr Berichte", "More reports"),
    ]


def test_news_stand_beside_their_english(tmp_path: Path) -> None:
    """Sentences of one story pair by their places."""
    rows: list[dict[str, object]] = [
        {"story": "a", "language": "en", "sentences": ["One.", "Two."]},
        {"story": "a", "language": "de", "sentences": ["Eins.", "Zwei."]},
        {"story": "b", "language": "de", "sentences": ["Allein."]},
    ]
    found = news_lines(write_rows(tmp_path / "news.xz", rows), "de")
    assert found == [("Eins.", "One."), ("Zwei.", "Two.")]


def test_what_is_right_scores_full_and_what_is_left_fails() -> None:
    """A line is translated by its sentences; what stays German passes no check."""
    german = [*KNOWN]
    lines = [
        (f"{german[0]} {german[1]}", f"{KNOWN[german[0]]} {KNOWN[german[1]]}"),
        (german[2], KNOWN[german[2]]),
    ]
    right = measure(Knowing(), "de", docs=lines, news=lines)
    assert (round(right.bleu), round(right.chrf), right.passing, right.plain) == (100, 100, 1, 1)
    assert (right.sentences, round(right.news_bleu or 0)) == (3, 100)
    left = [("Das bleibt leider alles so auf der Seite stehen.", "All of that stays as it is.")]
    wrong = measure(Knowing(), "de", docs=[*lines, *left])
    assert (wrong.passing, wrong.plain, wrong.news_bleu) == (0.75, 0.75, None)


def test_the_table_names_what_is_left_out() -> None:
    """Each language beside the published figure of its official package."""
    lines = [("Neue Berichte für alle Kunden", "New reports for all the customers")]
    good = measure(Knowing(), "de", docs=lines)
    assert table([good]).splitlines()[-1] == (
        "| de | 100.0 | 100.0 | 100.0% | 100.0% | – | – | – | – | 36.2 | yes |"
    )
