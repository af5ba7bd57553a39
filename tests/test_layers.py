"""The layers of ARCHITECTURE.md hold: imports only point down."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "digest"
FLOWS = Path(__file__).parents[1] / "flows"
WORDS = {
    "records", "errors", "text", "cores", "config", "config_sections", "config_editions",
    "config_delivery", "data_files", "ports", "stage", "queues", "sources", "source_checks", "opml",
    "stack", "stack_file", "stack_mistakes", "stack_sense", "periods", "progress", "report",
    "testing",
}  # fmt: skip
SIBLINGS = {"stages", "backends", "store"}
DOORS = {"cli", "web", "flows"}


def layer(module: str) -> int:
    if module in WORDS:
        return 0
    if module in SIBLINGS:
        return 1
    return 3 if module in DOORS else 2


def part(file: Path) -> str:
    if file.is_relative_to(FLOWS):
        return "flows"
    return file.relative_to(SRC).with_suffix("").parts[0]


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "digest":
            names = [f"digest.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            parts = name.split(".")
            if parts[0] == "flows":
                yield "flows"
            elif parts[0] == "digest" and len(parts) > 1 and parts[1] != "__version__":
                yield parts[1]


FILES = [
    file
    for folder in (SRC, FLOWS)
    for file in sorted(folder.rglob("*.py"))
    if file != SRC / "__init__.py"
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SRC.parents[1])))
def test_imports_point_down(file: Path) -> None:
    """A file imports its own layer or a lower one, and siblings never import one another."""
    mine = part(file)
    for other in imported(file):
        assert layer(other) <= layer(mine), f"{mine} imports {other}"
        if mine in SIBLINGS and other in SIBLINGS:
            assert other == mine, f"the sibling {mine} imports {other}"


def test_only_wiring_names_backends() -> None:
    """Above the backends, one file knows which there are."""
    known = {
        file.name
        for file in FILES
        if part(file) != "backends" and "backends" in set(imported(file))
    }
    assert known == {"wiring.py"}


def test_importing_digest_imports_no_prefect() -> None:
    """The library can be used without Prefect: only the flows import it."""
    outside = [file for file in FILES if not file.is_relative_to(FLOWS)]
    for file in outside:
        tree = ast.parse(file.read_text("utf-8"))
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "prefect" for name in names), file
