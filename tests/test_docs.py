"""The documents say what is there: settings, commands, steps, variables, targets and links."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from digest.config import Settings, load_settings
from digest.errors import ConfigError
from digest.filter_steps import STEPS
from digest.pipeline import make_pipeline
from digest.steps import Tools
from digest.testing import NOON

ROOT = Path(__file__).parents[1]
CURE = "run `python tools/make_docs.py`, then read what it wrote"
GENERATED = {"editions", "build", "dist", "node_modules"}
DOCUMENTS = sorted(
    file
    for file in ROOT.rglob("*.md")
    if not any(
        part in GENERATED or part.startswith(".") for part in file.relative_to(ROOT).parts[:-1]
    )
)
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^ *```.*?^ *```", re.S | re.M)
VARIABLE = re.compile(r"^(DIGEST|PREFECT|ARGOS|HF|TRANSFORMERS|XDG|DO_NOT|OMP)_[A-Z_]+$")


@pytest.fixture(scope="module")
def make_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "tools/make_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_docs"] = module  # dataclasses look their module up while it loads
    spec.loader.exec_module(module)
    return module


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def keys_of(model: Any, prefix: str = "") -> Iterator[str]:
    for key, field in model.model_fields.items():
        if hasattr(field.annotation, "model_fields"):
            yield from keys_of(field.annotation, f"{prefix}{key}.")
        elif key != "root":
            yield f"{prefix}{key}"


def flat(values: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in values.items():
        inner = isinstance(value, dict)
        found |= flat(value, f"{prefix}{key}.") if inner else {f"{prefix}{key}": value}
    return found


def uncommented(text: str) -> tuple[dict[str, Any], set[str]]:
    """Return the values that a settings file's comments offer, and the keys it says are unset."""
    lines: list[str] = []
    unset: set[str] = set()
    table = ""
    for line in text.splitlines():
        heading = re.match(r"\[([\w.]+)\]", line)
        table = heading[1] if heading else table
        offer = re.match(r"# (\w+) =(.*)$", line)
        if offer and "(not set)" in offer[2]:
            unset.add(f"{table}.{offer[1]}".lstrip("."))
        elif offer or heading:
            lines.append(line.removeprefix("# "))
    return flat(tomllib.loads("\n".join(lines))), unset


def commands_in(text: str) -> Iterator[str]:
    """Yield what stands after `digest` in code: fenced lines, and spans that begin with it."""
    fenced = "\n".join(FENCE.findall(text))
    yield from re.findall(r"^\s*(?:\$ )?(?:\.venv/bin/)?digest +(.+)$", fenced, re.M)
    yield from re.findall(r"\| *digest +(.+)$", fenced, re.M)
    yield from re.findall(r"`(?:\.venv/bin/)?digest +([^`]+)`", FENCE.sub("", text))


def is_known(words: str, names: set[str], options: set[str]) -> bool:
    """Return whether what stands after `digest` begins with a command and has known options."""
    given = set(re.findall(r"(?<!\S)--[a-z][a-z-]*", words.split("|")[0]))
    rest = ["digest", *re.sub(r"--config[ =]\S+|(?<!\S)--[a-z-]+", "", words).split()]
    groups = {name.rpartition(" ")[0] for name in names}
    depth = 3 if " ".join(rest[:2]) in groups and len(rest) > 2 else 2
    return given <= options and " ".join(rest[:depth]) in names | groups


def slug(heading: str) -> str:
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#{1,6} +(.+)$", FENCE.sub("", text), re.M)
    return {slug(heading) for heading in headings}


def named_variables() -> set[str]:
    """Return the environment variables that the code names in strings of their own."""
    found: set[str] = set()
    for folder in ("src", "flows"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= {node.value} if VARIABLE.match(node.value) else set()
    return found


def test_tables_are_up_to_date(make_docs: ModuleType) -> None:
    """Settings, commands and the shipped file are told as the code has them now."""
    stale = [
        str(file.relative_to(ROOT))
        for file, text in make_docs.documents().items()
        if file.read_text("utf-8") != text
    ]
    assert stale == [], CURE


@pytest.mark.parametrize("key", sorted(keys_of(Settings)))
def test_every_setting_is_documented(key: str) -> None:
    """A setting has a row with its variable in docs/settings.md."""
    assert f"`DIGEST_{key.upper().replace('.', '__')}`" in read("docs/settings.md"), CURE


def test_every_setting_tells_what_it_does() -> None:
    """A setting without a description would be a row that says nothing."""
    silent = [
        f"{model.__name__}.{key}"
        for model in models_of(Settings)
        for key, field in model.model_fields.items()
        if not hasattr(field.annotation, "model_fields") and not field.description
    ]
    assert silent == []


def models_of(model: Any) -> Iterator[Any]:
    yield model
    for field in model.model_fields.values():
        if hasattr(field.annotation, "model_fields"):
            yield from models_of(field.annotation)


def test_every_command_and_option_is_documented(make_docs: ModuleType) -> None:
    """A command has a section, and each of its arguments and options a row there."""
    text = read("docs/commands.md")
    missing = [
        f"{command.name} {name}"
        for command in make_docs.commands()
        for name in ("", *(name for name, _ in command.parameters))
        if not re.search(
            rf"<!-- {re.escape(command.name)}: made.*{re.escape(name)}.*end of {command.name} -->",
            text,
            re.S,
        )
    ]
    assert missing == [], CURE


def test_no_document_names_a_command_that_is_not_there(make_docs: ModuleType) -> None:
    """What a reader types after `digest` exists; so does each table of docs/commands.md."""
    names = {command.name for command in make_docs.commands()}
    parameters = [name for command in make_docs.commands() for name, _ in command.parameters]
    options = {word for name in parameters for word in name.split(", ") if word.startswith("--")}
    wrong = [
        f"{file.relative_to(ROOT)}: digest {words}"
        for file in DOCUMENTS
        for words in commands_in(file.read_text("utf-8"))
        if not is_known(words, names, options | {"--help"})
    ]
    blocks = re.findall(r"<!-- (digest.*?): made by", read("docs/commands.md"))
    assert wrong == []
    assert sorted(blocks) == sorted(names)


def test_every_stage_is_documented() -> None:
    """Each step of the pipeline stands in ARCHITECTURE.md, each filter in docs/commands.md."""
    port = SimpleNamespace(version="1", model="m")
    tools = Tools(**dict.fromkeys(Tools.__slots__, port))
    steps = [stage.name for stage in make_pipeline(tools, Settings(), now=NOON)]
    architecture, commands = read("ARCHITECTURE.md"), read("docs/commands.md")
    rows = re.findall(r"^\| \d+ \| `(\w+)` \|", architecture, re.M)
    assert [name for name in rows if name in steps] == steps
    assert [name for name in STEPS if f"| `{name}` |" not in commands] == []


def test_every_variable_is_documented() -> None:
    """An environment variable that the code names is told in docs/settings.md."""
    text = read("docs/settings.md")
    assert sorted(name for name in named_variables() if f"`{name}`" not in text) == []


def test_every_make_variable_and_target_is_known() -> None:
    """What the documents tell a reader to `make` is in the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    told = {
        (str(file.relative_to(ROOT)), word)
        for file in DOCUMENTS
        for word in re.findall(r"(?:^|`)make ([a-z]+)", file.read_text("utf-8"), re.M)
    }
    assert {word for _, word in told} >= {"digest", "test"}
    assert sorted(place for place in told if place[1] not in targets) == []
    variables = re.findall(r"^([A-Z_]+) \?=", read("Makefile"), re.M)
    assert [name for name in variables if f"`{name}`" not in read("docs/settings.md")] == []


def test_readme_shows_both_commands() -> None:
    """A newcomer finds `make digest` and `make test` in a block that can be copied."""
    fenced = "\n".join(FENCE.findall(read("README.md")))
    assert re.search(r"^make digest\b", fenced, re.M)
    assert re.search(r"^make test\b", fenced, re.M)


def test_figures_come_from_the_benchmarks() -> None:
    """Each figure of the README's table stands in the file that its row links."""
    rows = re.findall(r"^\| \[[^\]]+\]\((benchmarks/[^)]+)\) \| (.+) \|$", read("README.md"), re.M)
    known = {name: re.findall(r"\d+\.\d+", read(name)) for name, _ in rows}
    told = [(name, figure) for name, words in rows for figure in re.findall(r"\d+\.\d+", words)]
    assert len(rows) >= 4
    assert [(name, figure) for name, figure in told if figure not in known[name]] == []


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_links_lead_somewhere(file: Path) -> None:
    """A relative link's file exists, and so does the heading it names."""
    targets = LINK.findall(FENCE.sub("", file.read_text("utf-8")))
    relative = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in relative if not leads(target, file)] == []


def leads(target: str, file: Path) -> bool:
    """Return whether a relative link of a document leads to a file and heading that exist."""
    path, _, anchor = target.partition("#")
    place = (file.parent / path).resolve() if path else file
    if not place.exists():
        return False
    return place.suffix != ".md" or not anchor or anchor in anchors(place.read_text("utf-8"))


def test_every_attack_of_the_document_has_its_test() -> None:
    """`docs/hostile-input.md` names tests that are there, and says which each attack has."""
    text = (ROOT / "docs" / "hostile-input.md").read_text("utf-8")
    rows = [row for row in text.splitlines() if row.startswith("| ")][2:]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", row.rpartition(" | ")[2])
        assert named, row
        for file, test in named:
            (found,) = (ROOT / "tests").rglob(file)
            assert f"def {test}(" in found.read_text("utf-8"), (file, test)


def test_the_shipped_settings_are_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    """`digest.toml` at the root loads as it is: no unknown key, no wrong value."""
    monkeypatch.setattr("os.environ", {})
    assert load_settings(ROOT / "digest.toml").sources == Path("sources.yaml")


def test_the_shipped_settings_offer_every_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking every # away gives the defaults, and no setting is left out."""
    monkeypatch.setattr("os.environ", {})
    text = read("digest.toml")
    offered, unset = uncommented(text)
    defaults = flat(Settings().model_dump(mode="json", exclude={"root"}))
    wanted = {key: value for key, value in defaults.items() if value is not None}
    known = set(offered) | unset | set(flat(tomllib.loads(text)))
    assert sorted(known) == sorted(defaults)
    assert {key: comparable(value) for key, value in offered.items()} == {
        key: comparable(value) for key, value in wanted.items() if key in offered
    }


def comparable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def test_an_unknown_key_is_found(tmp_path: Path) -> None:
    """The check above can fail: a key that is none is refused with the nearest one."""
    file = tmp_path / "digest.toml"
    file.write_text(read("digest.toml").replace("# timeout =", "timeot ="), "utf-8")
    with pytest.raises(ConfigError, match=r'unknown key "fetch.timeot".*fetch.timeout'):
        load_settings(file)


def test_the_architecture_names_what_is_there() -> None:
    """Every file that it names exists, every module stands in its tree, and it is short."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    folders = ("src", "flows", "tests", "tools", "benchmarks")
    files = {file.name for folder in folders for file in (ROOT / folder).rglob("*.py")}
    assert set(re.findall(r"\b[a-z_]+\.py\b", text)) <= files
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []
    modules = {file.name for file in (ROOT / "src" / "digest").glob("*.py")} - {"__init__.py"}
    assert [name for name in sorted(modules) if name not in text] == []
    assert len(text.splitlines()) <= 300
