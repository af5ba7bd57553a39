"""The translator that the settings name, and the glossary that they point to."""

from pathlib import Path

import pytest

from digest.backends.glossaries import read_glossary
from digest.backends.translators import make_translator
from digest.errors import ConfigError
from digest.stages.protect import make_glossary, protect, restore


def test_without_packages_the_version_says_so(tmp_path: Path) -> None:
    """The version changes with what is installed, so that translations wait again."""
    translator = make_translator(folder=tmp_path)
    assert translator.package("de", "en") is None
    assert getattr(translator, "version", "") == "no packages (beam 4)"


@pytest.mark.parametrize(
    ("engine", "message"),
    [
        ("libretranslate", "models.translator_url names no server"),
        ("folder", "models.translator_folder names none"),
        ("google", "argos, folder or libretranslate"),
    ],
)
def test_an_engine_that_lacks_something_is_an_error(engine: str, message: str) -> None:
    """No engine is guessed, and no host is asked that nobody named."""
    with pytest.raises(ConfigError, match=message):
        make_translator(engine)


def test_a_glossary_file_is_read(tmp_path: Path) -> None:
    """Names to keep and terms with their translations."""
    file = tmp_path / "glossary.yaml"
    file.write_text("keep: [Pfeffer]\nterms:\n  Datenraum: {en: data room}\n", "utf-8")
    assert read_glossary(file) == {"Datenraum": {"en": "data room"}, "Pfeffer": {}}
    assert read_glossary(None) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("keep: Pfeffer", '"keep" is no list'),
        ("terms: [a]", '"terms" has no term'),
        ("terms: {a: b}", '"a" has no language: translation'),
        ("other: 1", "no glossary"),
        ("keep: [", "not valid YAML"),
    ],
)
def test_a_wrong_glossary_names_its_fault(tmp_path: Path, text: str, message: str) -> None:
    """File, fault and shape wanted are in the message."""
    file = tmp_path / "glossary.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=message):
        read_glossary(file)


def test_a_missing_glossary_is_an_error(tmp_path: Path) -> None:
    """A file that the settings name has to be there."""
    with pytest.raises(ConfigError, match="no glossary"):
        read_glossary(tmp_path / "none.yaml")


def test_vendors_keep_their_names_in_the_readers_script() -> None:
    """Google stays Google; グーグル becomes Google in English and stays in Japanese."""
    glossary = make_glossary([("Google", "グーグル", "谷歌")], {"Datenraum": {"en": "data room"}})
    english = protect("グーグルとDatenraum", to="en", glossary=glossary)
    assert restore("XQ1 and XQ2", english) == "Google and data room"
    chinese = protect("Google 与 谷歌", to="zh-Hans", glossary=glossary)
    assert restore(chinese.text, chinese) == "Google 与 谷歌"
