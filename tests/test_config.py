"""The settings: read, checked, and wrong ones named with their cure."""

from pathlib import Path

import pytest

from digest.config import Settings, load_settings
from digest.errors import ConfigError


def load(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "digest.toml"
    file.write_text(text)
    return load_settings(file)


def test_an_empty_file_is_valid(tmp_path: Path) -> None:
    """Every setting has a default, and relative paths start at the file."""
    settings = load(tmp_path, "")
    assert settings.path(settings.sources) == tmp_path / "sources.yaml"
    assert settings.schedule.timezone == "UTC"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[store]\nulr = "x"', r'line 2: unknown key "store\.ulr"; did you mean "store\.url"\?'),
        ("[shedule]\n", r'line 1: unknown key "shedule"; did you mean "schedule"\?'),
        (
            "[delivery.smtp]\nprot = 1",
            r'"delivery\.smtp\.prot"; did you mean "delivery\.smtp\.port"',
        ),
        ('[schedule]\ntimezone = "Europe/Berln"', r'timezone".*did you mean "Europe/Berlin"\?'),
        ('[audience]\nlanguage = "klingon!!"', r'"audience\.language".*BCP-47'),
        ('[schedule]\nweekly = "06:00"', r'"schedule\.weekly".*like "Monday 06:00"'),
        ('[schedule]\nweekly = "Blursday 06:00"', r'"schedule\.weekly".*like "Monday 06:00"'),
        ("[delivery.smtp]\npassword = 12345", r'"delivery\.smtp\.password" is \(not shown\)'),
        ("[fetch]\ntimeout = -1", r'line 2: "fetch\.timeout" is -1'),
        ("now = 2026-10-05T06:00:00", r'"now".*needs an offset'),
        ("[store\n", r"not valid TOML"),
        ('root = "/"', r'unknown key "root"'),
    ],
)
def test_a_wrong_file_says_where_and_how_to_cure_it(
    tmp_path: Path, text: str, message: str
) -> None:
    """File, line, key, and the nearest known key."""
    with pytest.raises(ConfigError, match=message):
        load(tmp_path, text)


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password need not stand in a file."""
    monkeypatch.setenv("DIGEST_DELIVERY__SMTP__PASSWORD", "s3same")
    monkeypatch.setenv("DIGEST_STORE__URL", "sqlite:///env.db")
    settings = load(tmp_path, '[store]\nurl = "sqlite:///file.db"')
    assert settings.store.url == "sqlite:///env.db"
    assert settings.delivery.smtp.password.get_secret_value() == "s3same"
    assert "s3same" not in repr(settings)


def test_an_unknown_variable_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt variable would otherwise be ignored in silence."""
    monkeypatch.setenv("DIGEST_STORE__ULR", "x")
    with pytest.raises(ConfigError, match='"DIGEST_STORE__ULR"; did you mean "DIGEST_STORE__URL"'):
        load(tmp_path, "")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """A file that was asked for by name has to be there."""
    with pytest.raises(ConfigError, match="no settings file"):
        load_settings(tmp_path / "none.toml")


def test_a_list_in_the_environment_is_written_as_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bare address where a list is wanted is named with the way to write it."""
    monkeypatch.setenv("DIGEST_DELIVERY__TO", "cmo@acme.example")
    with pytest.raises(ConfigError, match="write lists and tables as JSON"):
        load(tmp_path, "")
    monkeypatch.setenv("DIGEST_DELIVERY__TO", '["cmo@acme.example"]')
    assert load(tmp_path, "").delivery.to == ("cmo@acme.example",)
