"""The version of what the classifier knows: a changed rule classifies articles again."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import digest
from digest.stages.taxonomy import FILES

SOURCE = Path(digest.__file__).parent
#: What summaries and drafts alone are read by; it stands in modules from which words are taken.
ELSEWHERE = {"boilerplate.toml", "leaning.toml"}


def _modules(name: str, seen: set[str]) -> Iterator[Path]:
    """Give a module and all of Digest's that it imports."""
    file = SOURCE / f"{name.removeprefix('digest.').replace('.', '/')}.py"
    if name in seen or not file.exists():
        return
    seen.add(name)
    yield file
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("digest"):
            yield from _modules(str(node.module), seen)
            for one in node.names:
                yield from _modules(f"{node.module}.{one.name}", seen)


def _read() -> set[str]:
    """Return the data files that modules of the classifier name."""
    shipped = {file.name for file in (SOURCE / "data").iterdir()}
    return {
        node.value
        for file in _modules("digest.stages.classify", set())
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in shipped and isinstance(node.value, str)
    }


def test_all_that_the_classifier_reads_is_in_its_version() -> None:
    """Whoever changes a row or a word sees it in the articles of the week, not only in new ones."""
    read = _read()
    assert {"topics.toml", "common_words.tsv", "stopwords.txt", "labels.npz"} <= read
    assert read - ELSEWHERE == set(FILES)
