"""Words of a language are data: no stage holds a list of them, or a pattern made of them."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.localedata import locale_identifiers

import digest
from digest.stages.clean import is_common_word
from digest.stages.data_files import read_data
from digest.stages.ordinary import is_frequent
from digest.stages.phrase_data import EXACT
from digest.stages.sentences import stopwords

SOURCE = Path(digest.__file__).parent
MODULES = sorted((SOURCE / "stages").glob("*.py"))
FEWEST = 3  #: words that make a list of them
WORD = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
#: What is no word in a pattern: code points, escapes, names of groups, classes of letters, ranges.
SIGNS = re.compile(
    r"\\u[0-9a-f]{4}|\\.|\(\?[aiLmsux-]*[:)]|\(\?P[<=]\w+|[^|]-[^|]|\[[^\]\u3040-\uffff]*\]"
)
#: Kana, Chinese characters and Hangul, of which each is a word or nearly one.
WIDE = re.compile(r"[\u3040-\u30fa\u3400-\u9fff\uac00-\ud7af]")
WORDS_OF_ONE = 2  #: letters of the shortest word of a pattern
Collection = ast.List | ast.Set | ast.Tuple | ast.Dict
#: What is written like words of a language and is none of a rule, by module: why, and the words.
ALLOWED = {
    "alignment.py": ("numbers by which texts are compared", "ordered mutual titles"),
    "extract.py": ("parts of an address", "amp print mobile m single"),
    "facts.py": ("letters that may bear an accent", "a e i o u c"),
    "faults.py": ("kinds of fault", "forbidden robots private often server"),
    "fonts.py": ("languages and the fonts that show them", "ja ko ar"),
    "grounding.py": (
        "Unicode's scripts; ends of domains",
        "latin greek han com net org io ai example info app",
    ),
    "items.py": ("fragments of an address", "respond rss content main"),
    "judge.py": ("languages and their scripts", "ko he el th bn greek thai"),
    "kinds.py": ("codes of languages", "en de fr es it pt nl ja"),
    "leads.py": ("numbers by which stories are compared", "turned gap crowd"),
    "parties.py": (
        "signs that speak for a name",
        "again far often one by explained owns common firm frequent long short speaks",
    ),
    "phrases.py": ("codes of a score's parts", "stake watching proved"),
    "readable.py": ("ISO 15924's scripts", "hans kore arab"),
    "romanise.py": ("kana that are small: an alphabet", "ァ ィ ゥ ェ ォ ャ ュ ョ"),
    "wishes.py": (
        "days as RSS names them in `skipDays`",
        "monday tuesday wednesday thursday friday saturday sunday",
    ),
}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_stage_holds_no_words_of_a_language(module: Path) -> None:
    """They stand in `digest/data`, where who knows a language finds them."""
    assert list(found_in(module.read_text("utf-8"), module.name)) == []


@pytest.mark.parametrize(
    "code",
    [
        'A = {"heute", "morgen", "gestern"}',
        'A = ("Der", "Die", "Das")',
        'A = {"eins": 1, "zwei": 2, "drei": 3}',
        'A = "ahora mañana ayer".split()',
        'A = re.compile("(?:oggi|domani|ieri)")',
        'A = re.compile(rf"{B}(?:the|these|those)" "|whose")',
        'A = "一二三"',
        'A = re.compile("[月火水]曜")',
        'A = x.startswith(("pour", "avec", "sans"))',
    ],
)
def test_words_in_code_are_seen(code: str) -> None:
    """In a list, a set, a dictionary, a pattern, or a text that is split."""
    assert [line.split(": ")[0] for line in found_in(code, "some.py")] == ["some.py:1"]


@pytest.mark.parametrize(
    "code",
    [
        'A = ("launch", "feature", "integration")',
        'A = ("ja", "zh", "ko")',
        'A = "The text of a page, or nothing."',
        'A = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]|[\\u3040-\\u30ff]|\\\\d{4}")',
        'A = re.compile("[一-龥ァ-ヶー]+")',
    ],
)
def test_what_is_no_word_of_a_rule_is_let_be(code: str) -> None:
    """Kinds of event, languages, sentences and classes of letters are none."""
    assert list(found_in(code, "some.py")) == []


@pytest.mark.parametrize("file", ["function_words.toml", "numerals.toml", "dates.toml"])
def test_rows_of_words_are_patterns_without_a_repeat(file: str) -> None:
    """A group would shift those of the pattern around it; a row that stands twice was another."""
    for key, rows in _rows(read_data(file)):
        assert re.compile("|".join(rows)).groups == 0, key
        assert sorted(set(rows)) == sorted(rows), key


@pytest.mark.parametrize("file", sorted(file.name for file in (SOURCE / "data").glob("*.toml")))
def test_no_row_stands_twice_in_its_list(file: str) -> None:
    """A row that stands twice was meant to be another, or came of a merge."""
    for path, rows in _lists_in(read_data(file), ()):
        plain = [row.removeprefix("~") for row in rows]  # a cue counts in full, or by half
        if path[-1] not in EXACT:
            plain = [row.casefold() for row in plain]
        assert sorted(set(plain)) == sorted(plain), path


def _lists_in(data: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Give each list of texts of a data file, and each row of cues, with where it stands."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _lists_in(value, (*path, key))
    elif isinstance(data, list) and all(isinstance(row, str) for row in data):
        yield path, data
    elif isinstance(data, list):
        for number, row in enumerate(data):
            yield from _lists_in(row, (*path, str(number)))
    elif isinstance(data, str):
        yield path, [cue.strip() for cue in data.split(" | ")]


@pytest.mark.parametrize("module", ALLOWED)
def test_what_is_allowed_is_there(module: str) -> None:
    """An entry that nothing needs any more goes."""
    text = (SOURCE / "stages" / module).read_text("utf-8")
    assert list(found_in(text, "another.py")) != []


def _rows(tables: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for key, row in tables.items():
        if isinstance(row, list):
            yield key, row
        elif isinstance(row, dict):
            yield from _rows(row)


def found_in(code: str, name: str) -> Iterator[str]:
    """Yield file, line and words of each literal that is a list of words, or made of them."""
    tree = ast.parse(code)
    allowed = set(ALLOWED.get(name, ("", ""))[1].split())
    for node, words in (*_lists(tree), *_patterns(tree)):
        left = {word for word in words if word.casefold() not in allowed}
        if len(left) >= FEWEST:
            yield f"{name}:{node.lineno}: {' '.join(sorted(left))}"


def _lists(tree: ast.Module) -> Iterator[tuple[ast.expr, set[str]]]:
    """Yield what is a collection of words, or becomes one."""
    inner = {child for node in ast.walk(tree) for child in _collections_in(node)}
    for node in ast.walk(tree):
        if isinstance(node, Collection) and node not in inner:
            rows = list(_elements(node))
        elif isinstance(node, ast.Attribute) and node.attr == "split":
            rows = _text_of(node.value).split()
        else:
            continue
        words = {row for row in rows if WORD.fullmatch(row)}
        if not all(word.casefold() in _tags() for word in words):
            yield node, {word for word in words if _is_natural(word) and word not in _vocabulary()}


def _collections_in(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, Collection | ast.Starred):
        yield from (each for each in ast.iter_child_nodes(node) if isinstance(each, Collection))


def _elements(node: ast.AST) -> Iterator[str]:
    """Yield the texts of which a collection is made, and those of collections within it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        elif isinstance(child, Collection | ast.Starred):
            yield from _elements(child)


def _patterns(tree: ast.Module) -> Iterator[tuple[ast.expr, set[str]]]:
    """Yield texts with alternatives that are words, and those with several wide characters."""
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {
        part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(tree):
        if node in told or node in parts:
            continue  # what is said of code, and parts of what is read as one
        text = _text_of(node)
        bare = SIGNS.sub(" ", text)
        words = {word for word in WORD.findall(bare) if len(word) >= WORDS_OF_ONE}
        if "|" in text:
            yield node, {word for word in words if _is_natural(word)}  # type: ignore[misc]
        yield node, set(WIDE.findall(bare))  # type: ignore[misc]


def _text_of(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return " ".join(map(_text_of, node.values))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_natural(word: str) -> bool:
    """Return whether a word is one of a language: frequent there, or with letters of its own."""
    known = is_frequent(word) or is_common_word(word) or word.casefold() in stopwords()
    return known or not word.isascii()


@cache
def _tags() -> frozenset[str]:
    """Return what tags of languages are made of: "zh", "hant", "tw"."""
    return frozenset(part.casefold() for one in locale_identifiers() for part in one.split("_"))


@cache
def _vocabulary() -> frozenset[str]:
    """Return the project's own words: fields, kinds in `Literal`, keys of data files."""
    found: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                fields = (each for each in node.body if isinstance(each, ast.AnnAssign))
                found |= {each.target.id for each in fields if isinstance(each.target, ast.Name)}
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
                found |= set(_elements(node)) | set(_elements(node.slice))
    for file in (SOURCE / "data").glob("*.toml"):
        found |= set(_keys(tomllib.loads(file.read_text("utf-8"))))
    return frozenset(found) - _tags()


def _keys(rows: dict[str, Any]) -> Iterator[str]:
    """Yield the names of tables and lists; what names a number is a word itself."""
    for key, row in rows.items():
        if isinstance(row, list | str | dict):
            yield key
        if isinstance(row, dict):
            yield from _keys(row)
