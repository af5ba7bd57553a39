"""The catalogues of labels: complete, sound, and chosen for the reader."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from digest.doctor import examine
from digest.stages import phrases
from digest.stages.catalogues import catalogues, is_rtl, load_catalogue, nearest_catalogue
from tools.make_catalogues import catalogue_file, languages, renewed, template

SRC = Path(__file__).parents[2] / "src" / "digest"
WANTED = {"ar", "de", "en", "es", "fr", "it", "ja", "nl", "pt", "zh-Hans", "zh-Hant"}


def catalogue(language: str) -> Catalog:
    return read_po(BytesIO(catalogue_file(language).read_bytes()), locale=language)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", text))


def test_the_languages_of_the_digest_have_labels() -> None:
    """One language that is written from right to left is among them."""
    assert set(catalogues()) >= WANTED
    assert any(is_rtl(each) for each in catalogues())


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_says_all_that_the_code_says(language: str) -> None:
    """No message id lacks a translation, none is left over, none is a guess."""
    said = catalogue(language)
    for message in template():
        if message.id:
            found = said.get(message.id, context=message.context)
            assert found is not None, f"run tools/make_catalogues.py: {message.id}"
            assert all(forms(found)), message.id
            assert not found.fuzzy
    assert len(said) == len(template())


@pytest.mark.parametrize("language", languages("room"))
def test_the_room_says_all_in_the_languages_it_has(language: str) -> None:
    """Each of its messages is translated, with its places; the tool would change nothing."""
    text, missing = renewed(language, "room")
    assert missing == 0
    assert text == catalogue_file(language, "room").read_text("utf-8")
    for message in read_po(BytesIO(text.encode()), locale=language):
        if message.id:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            wanted = set().union(*map(placeholders, ids))
            assert all(placeholders(each) == wanted for each in forms(message)), message.id


@pytest.mark.parametrize("language", languages())
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    """What is filled in is the same in every language; a plural form may leave its number out."""
    said = catalogue(language)
    assert said.num_plurals == Catalog(locale=language).num_plurals
    for message in said:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = set().union(*map(placeholders, ids))
        for each in forms(message):
            left_out = {"%(num)s"} if len(ids) == 2 else set()
            assert wanted - left_out <= placeholders(each) <= wanted, each
        assert len(forms(message)) == (1 if isinstance(message.id, str) else said.num_plurals)


@pytest.mark.parametrize("language", languages())
def test_the_catalogues_are_as_the_tool_writes_them(language: str) -> None:
    """`python tools/make_catalogues.py` would change nothing."""
    text, missing = renewed(language)
    assert missing == 0
    assert text == catalogue_file(language).read_text("utf-8")


@pytest.mark.parametrize(
    ("reader", "labels"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("pt-BR", "pt"),
        ("en-GB", "en"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("ar-EG", "ar"),
        ("sv", ""),
        ("und", ""),
    ],
)
def test_a_reader_gets_the_nearest_labels(reader: str, labels: str) -> None:
    """A region has its language's labels, Chinese those of its script, the rest none."""
    assert nearest_catalogue(reader) == labels


def test_without_a_catalogue_labels_are_english() -> None:
    """Nothing fails for a language that nobody has translated."""
    assert load_catalogue("").gettext("Sources") == "Sources"


def calls(name: str, folder: Path = SRC) -> Iterator[ast.Call]:
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == name
            ):
                yield node


def returned(file: str, function: str) -> set[str]:
    tree = ast.parse((SRC / file).read_text("utf-8"))
    (found,) = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == function
    ]
    values = [node.value for node in ast.walk(found) if isinstance(node, ast.Return)]
    return {each.value for each in values if isinstance(each, ast.Constant) and each.value}


def test_every_reason_of_a_drop_can_be_said() -> None:
    """A new reason has to stand in `phrases.DROPS`, or readers get English for it."""
    reasons = {
        call.args[2].value
        for call in calls("Drop")
        if len(call.args) > 2 and isinstance(call.args[2], ast.Constant)
    }
    reasons |= returned("stages/download.py", "_refusal")
    assert reasons <= set(phrases.DROPS)


def in_words(node: ast.expr) -> str:
    """Return a constant or f-string with something in its places."""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "17" for part in node.values
        )
    return str(node.value) if isinstance(node, ast.Constant) else ""


def test_every_note_on_a_translation_can_be_said() -> None:
    """Why a text stands in its own language is told in the reader's."""
    notes = {in_words(word.value) for call in calls("Outcome") for word in call.keywords
             if word.arg == "note"}  # fmt: skip
    for note in filter(None, notes):
        assert phrases.match_phrase(note, phrases.NOTES)[0] in phrases.NOTES, note


def test_every_refusal_of_a_translation_can_be_said() -> None:
    """So are the judge's words."""
    tree = ast.parse((SRC / "stages" / "judge.py").read_text("utf-8"))
    said = {in_words(node.value) for node in ast.walk(tree)
            if isinstance(node, ast.Return) and node.value}  # fmt: skip
    for refusal in (each for each in said if " " in each):
        assert phrases.match_phrase(refusal, phrases.REFUSALS)[0] in phrases.REFUSALS, refusal


def test_every_event_has_a_name_and_a_reason() -> None:
    """What vendors do is known in every language."""
    from digest.stages.rank import EVENT_SHARE
    from digest.stages.taxonomy import load_knowledge

    found = {event for each in load_knowledge().launches.values() for event in each["events"]}
    assert found | set(EVENT_SHARE) <= set(phrases.EVENTS) & set(phrases.REASONS)


@pytest.mark.parametrize(("language", "state"), [("de", "ok"), ("zh-TW", "ok"), ("sv", "note")])
def test_doctor_says_what_labels_there_are(tmp_path: Path, language: str, state: str) -> None:
    """A reader whose labels will be English is told so, with the cure."""
    settings = tmp_path / "digest.toml"
    settings.write_text(f'[audience]\nlanguage = "{language}"\n')
    (found,) = [each for each in examine(settings) if each.what == "labels"]
    assert found.state == state
    assert bool(found.cure) is (state == "note")


def test_doctor_names_a_missing_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For what is read in its own letters as well as for what readers are told in."""
    from digest.stages import fonts

    settings = tmp_path / "digest.toml"
    settings.write_text('[audience]\nlanguage = "ar"\n', "utf-8")
    blocks = "".join(
        f"  - {{name: s{n}, kind: feed, url: 'https://s{n}.example/feed', publisher: S, "
        f"voice: independent, language: {language}}}\n"
        for n, language in enumerate(("ja", "zh-TW", "de"))
    )
    (tmp_path / "sources.yaml").write_text(f"sources:\n{blocks}", "utf-8")
    monkeypatch.setattr(fonts, "_installed", lambda: frozenset({"DejaVu Serif"}))
    found = {each.found: each.cure for each in examine(settings) if each.what == "fonts"}
    assert set(found) == {
        "charts and PDFs cannot write ar",
        "a PDF cannot quote ja",
        "a PDF cannot quote zh-Hant",
    }
    assert "Noto Sans CJK JP" in found["a PDF cannot quote ja"]
    monkeypatch.setattr(fonts, "_installed", lambda: frozenset({"Noto Sans CJK JP", "DejaVu Sans"}))
    found = {each.found: each.cure for each in examine(settings) if each.what == "fonts"}
    assert set(found) == {"a PDF cannot quote zh-Hant"}


def said_in(*languages: str) -> Iterator[tuple[str, str]]:
    """Every translated form of an edition and of the room, with its language."""
    for language in languages:
        for domain in ("digest", "room"):
            file = catalogue_file(language, domain)
            for message in read_po(BytesIO(file.read_bytes()), locale=language.replace("-", "_")):
                if message.id:
                    yield from ((language, form) for form in forms(message))


def test_french_marks_keep_their_space() -> None:
    """No line begins with a colon, a question mark or the end of a quotation."""
    loose = re.compile(r" [:;?!»]|« |[^\s\u00a0\u202f\d%][;?!](?:\s|$)")
    assert [form for _, form in said_in("fr") if loose.search(form)] == []


def test_chinese_and_japanese_have_marks_as_wide_as_their_letters() -> None:
    """A comma, a colon or a bracket beside a Han letter or a kana is full-width."""
    wide = r"[\u3040-\u30ff\u3400-\u9fff]"
    narrow = re.compile(rf"{wide} ?[,:;?!(]|[,:;?!)] ?{wide}")
    found = [pair for pair in said_in("ja", "zh-Hans", "zh-Hant") if narrow.search(pair[1])]
    assert found == []


def test_names_have_no_spaces_of_the_catalogue_in_chinese() -> None:
    """A name may be Chinese itself: "关注 晴舟科技 的" has gaps that nobody writes."""
    name = r"%\((?:names|vendor|tool|tools|product|category|title|day)\)s"
    gap = re.compile(rf" {name}|{name} (?!%)")
    found = [form for _, form in said_in("zh-Hans", "zh-Hant") if gap.search(form)]
    assert found == []
