"""Facts that are no code are read in one place, which says what is wrong with them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import digest
from digest import data_files
from digest.errors import ConfigError

SOURCE = Path(digest.__file__).parent
#: What reads a file of the user's own with `tomllib`.
OWN = {"config.py"}


def test_every_data_file_is_read_where_a_broken_one_is_named() -> None:
    """A row that somebody broke ends in an error that names its file, not in a stack trace."""
    readers = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import) and any(one.name == "tomllib" for one in node.names)
    }
    assert readers - OWN == {"data_files.py"}


def test_a_broken_data_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what its reader could not read."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "broken.toml").write_text("rows = [", "utf-8")
    monkeypatch.setattr(data_files.resources, "files", lambda _: tmp_path)
    with pytest.raises(ConfigError, match=r"data/broken\.toml: not valid TOML"):
        data_files.read_data("broken.toml")
