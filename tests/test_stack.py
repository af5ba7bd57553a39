"""`stack.yaml`: what is right is read, and every mistake is named with its line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from digest.cli.app import app
from digest.config import load_settings
from digest.doctor import examine
from digest.errors import ConfigError
from digest.knowing import load_ours
from digest.stack import Stack, Tool, load_stack
from digest.stages.sayings import Sayings

ROOT = Path(__file__).parents[1]
GOOD = """\
currency: EUR
marketing_budget: 1000
customers_won: 10
custom_fields: {data_location: where our data lie}
tools:
- name: Beacon
  vendor: Acme Cloud
  aliases: [Acme]
  category: CRM
  cost: 100
  utilisation: 0.5
  renewal: 2026-12-31
  custom: {data_location: Zurich}
watched:
- {vendor: Gantrel, category: CRM}
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "stack.yaml"
    file.write_text(text, "utf-8")
    return file


def test_the_sample_is_right() -> None:
    """The shipped example names four tools and ten vendors, each under all its names."""
    stack = load_stack(ROOT / "examples/stack.yaml")
    assert (len(stack.tools), len(stack.watched)) == (4, 10)
    assert stack.aliases["Sendwell"] == "Brindlemail"
    assert [tool.name for tool in stack.owned("Norvane")] == ["Cadenza"]


def test_sums_are_made_of_what_is_given(tmp_path: Path) -> None:
    """A customer costs the budget by the customers won, unless the team says what one costs."""
    stack = load_stack(write(tmp_path, GOOD))
    assert stack.customer_cost == 100
    assert stack.model_copy(update={"acquisition_cost": 80.0}).customer_cost == 80
    assert Stack(tools=(Tool(name="A", vendor="B"),)).customer_cost is None


MISTAKES = [
    ("utilisation: 0.5", "utilisaton: 0.5", 'line 11: Beacon: unknown key "utilisaton"; did'),
    ("utilisation: 0.5", "utilisation: 50", 'line 11: Beacon: "utilisation" is 50'),
    ("renewal: 2026-12-31", "renewal: soon", 'line 12: Beacon: "renewal" is "soon"'),
    ("  vendor: Acme Cloud\n", "", 'Beacon: "vendor" is missing; add it'),
    ("category: CRM\n  cost", "category: CRN\n  cost", 'Beacon: no category "CRN"; did you mean'),
    ("{data_location: Zurich}", "{place: Zurich}", '"place" is no declared custom field'),
    ("currency: EUR", "currency: euros", "line 1:"),
    (
        "cost: 100",
        "cost: 100 USD",
        "has to be a number of 0 or more without a currency or a sign for thousands",
    ),
    ("cost: 100", "cost: .inf", '"cost" is inf: has to be a number'),
    ("[Acme]", "Acme", '"aliases" is "Acme": has to be a list: [Acme, Acme Cloud]'),
    (
        "[Acme]",
        "[Acme, '']",
        '"aliases", no. 2 is "": a name has letters or digits; leave it out',
    ),
    ("[Acme]", "[gantrel]", '"Gantrel" stands for Acme Cloud and for Gantrel; leave it to one'),
    (
        "vendor: Gantrel",
        "vendor: ACME CLOUD",
        '"Acme Cloud" and "ACME CLOUD" are one vendor in two',
    ),
    (
        "2026-12-31",
        "2026-02-30",
        'line 12: Beacon: "renewal" is "2026-02-30": the calendar has no such day; has',
    ),
    ("2026-12-31", "31.12.2026", '"renewal" is "31.12.2026": has to be a day: 2026-12-31'),
    ("currency: EUR", "currency: EUS", 'ISO 4217 knows no "EUS"; write EUR'),
    ("category: CRM\n  cost", "category: crm\n  cost", 'no category "crm"; did you mean "CRM"?'),
    ("- {vendor: Gantrel, category: CRM}", "- Gantrel", 'watched, no. 1: "Gantrel" is no list of'),
    ("  cost: 100\n", "  cost: 1\n  cost: 2\n", "leave one of the two lines"),
    ("tools:\n", "tolls:\n", 'unknown key "tolls"; did you mean "tools"?'),
    ("2026-12-31", "1026-12-31", "has to be a day: 2026-12-31"),
    ("[Acme]", "[Acme, Acme]", 'line 8: Beacon: the alias "Acme" stands there twice'),
    ("[Acme]", "[gantrel]", 'line 15: "Gantrel" stands for'),
    ("vendor: Gantrel", "vendor: ＡＣＭＥ　CLOUD", "are one vendor in two spellings"),
    ("{data_location: Zurich}", "{place: Zurich}", "line 13: Beacon:"),
    ("cost: 100", "cost: true", 'Beacon: "cost" is true: has to be a number of 0 or more'),
    ("customers_won: 10", "customers_won: yes", '"customers_won" is "yes": has to be a whole'),
    ("2026-12-31", "2026-12-31 10:00:00", '"renewal" is 2026-12-31 10:00:00: has to be a day'),
    ("[Acme]", "{a: [Acme]}", '"aliases" is {a: ["Acme"]}: has to be a list'),
    ("cost: 100", "colour: red", 'Beacon: unknown key "colour"; known are name, vendor, aliases'),
    ("cost: 100", "colour: red", "a field of your own stands under custom"),
    ("utilisation: 0.5", 'utilisation: "0.5"', "in quotes it is a text; has to be a share from 0"),
    ("cost: 100", "cost: '100'", 'line 10: Beacon: "cost" is "100": in quotes it is a text; has'),
    ("2026-12-31", "1999-01-01", '"renewal" is 1999-01-01: before 2000; has to be a day: 2026'),
    ("name: Beacon", "name: ''", '"name" is "": a name has letters or digits; write one'),
    (GOOD, "- name: A\n", "is no list of keys and values; write tools: and below it - name: Acme"),
    ("watched:", "- {name: beacon, vendor: B}\nwatched:", 'the tool "beacon" stands there as "Bea'),
    ("where our data lie}", "'date: since when'}", 'write "day"; known are number, day, yes or no'),
    (
        "where our data lie}",
        "5}",
        'line 4: custom_fields: "data_location" is 5; write what it means',
    ),
    (
        "where our data lie}",
        "}",
        'custom_fields: "data_location" has no meaning; write what it means',
    ),
    ("tools:\n", "tools: []\ntools:\n", 'found duplicate key "tools" (leave one'),
    ("cost: 100", "cost: 61.700", 'line 10: Beacon: "cost" is 61.7: has to be a number of 0 or'),
    ("currency: EUR", "currency: EUS", 'line 1: "currency": ISO 4217 knows no "EUS"'),
    ("category: CRM\n  cost", "category: Xyzzy\n  cost", "write a label of the taxonomy, or leave"),
    ("name: Beacon", "name: 2026-01-01", "has to be a text: put it in quotes"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    """File, line, place, key and the nearest key that is known stand in one message."""
    assert right in GOOD
    file = write(tmp_path, GOOD.replace(right, wrong))
    with pytest.raises(ConfigError) as caught:
        load_stack(file, categories=("CRM", "SEO"))
    assert str(file) in str(caught.value)
    assert said in str(caught.value)


def test_no_mistake_hides_another(tmp_path: Path) -> None:
    """An unknown key, a sum, a day and a category: all of them in one message, in order."""
    text = GOOD.replace("cost: 100", "cost: much").replace("aliases", "aliasses")
    text = text.replace("2026-12-31", "soon").replace("category: CRM}", "category: CRN}")
    with pytest.raises(ConfigError) as caught:
        load_stack(write(tmp_path, text), categories=("CRM", "SEO"))
    lines = str(caught.value).splitlines()
    assert lines[0].endswith("4 problems")
    assert [line.split(": ")[1] for line in lines[1:]] == ["Beacon", "Beacon", "Beacon", "Gantrel"]


def test_mistakes_of_every_kind_are_told_at_once(tmp_path: Path) -> None:
    """Neither a day, nor an undeclared field, nor a wrong structure hides what is beside it."""
    text = GOOD.replace("2026-12-31", "2026-02-30").replace("lie}", "lie, seats: number}")
    text = text.replace("{data_location: Zurich}", "{place: Zurich, seats: many}")
    text = text.replace("watched:", "- {name: beacon, vendor: B, cost: free}\n- name: C\nwatched:")
    with pytest.raises(ConfigError) as caught:
        load_stack(write(tmp_path, text), categories=("CRM", "SEO"))
    lines = "\n".join(sorted(line.strip() for line in str(caught.value).splitlines()[1:]))
    assert [line.split(":")[0] for line in lines.splitlines()] == [
        *("line 12", "line 13", "line 13", "line 14", "line 14", "line 14", "line 15"),
    ]
    for said in (
        "the calendar has no such day",
        '"place" is no declared custom field',
        '"seats" is "many": has to be a number: 12',
        'the tool "beacon" stands there as "Beacon", too; keep one of them',
        '"beacon" stands for Acme Cloud and for B; leave it to one of them',
        '"cost" is "free"',
        '"vendor" is missing',
    ):
        assert said in lines


def test_what_is_right_and_perhaps_not_meant_is_noted(tmp_path: Path) -> None:
    """A number as a name, and a vendor that is watched though a tool of theirs is owned."""
    (tmp_path / "digest.toml").write_text("now = 2026-10-05T06:00:00+00:00\nstack = 'stack.yaml'\n")
    watched = "- {vendor: Acme Cloud}\n- {vendor: Gantrel"
    write(tmp_path, GOOD.replace("name: Beacon", "name: 5").replace("- {vendor: Gantrel", watched))
    config = str(tmp_path / "digest.toml")
    said = CliRunner().invoke(app, ["--config", config, "stack", "check"])
    assert said.exit_code == 0, said.output
    assert 'note: name 5: a number, read as a text; write "5"' in said.output
    assert "note: Acme Cloud: also under watched; the vendor of a tool is" in said.output


def test_own_fields_are_told_in_the_readers_language(tmp_path: Path) -> None:
    """Yes is yes however the file writes it, and a day is no row of figures."""
    text = GOOD.replace("where our data lie}", "where, sso: yes or no, signed: day}")
    text = text.replace(
        "{data_location: Zurich}", "{sso: YES, signed: 2024-02-01, data_location: yes}"
    )
    stack = load_stack(write(tmp_path, text))
    fields = stack.own_fields(stack.tools[0])
    assert fields == {"sso": "true", "signed": "2024-02-01", "data_location": "yes"}
    assert [Sayings("de").own(value) for value in fields.values()] == [
        "ja",
        "1. Februar 2024",
        "yes",
    ]
    assert Sayings("en").own("2024-02-31") == "2024-02-31"


@pytest.mark.parametrize(
    ("meaning", "value", "wanted"),
    [
        ("number", "12", ""),
        ("number", "twelve", "a number: 12"),
        ("'number: seats paid for'", "many", "a number: 12"),
        ("day", "2026-05-01", ""),
        ("day", "May", "a day: 2026-12-31"),
        ("yes or no", "true", ""),
        ("yes or no", "yes", ""),
        ("'yes or no: single sign-on'", "No", ""),
        ("day", "2026-02-30", "a day: 2026-12-31"),
        ("yes or no", "perhaps", "yes or no"),
        ("number of seats", "many", ""),
    ],
)
def test_a_field_of_ones_own_may_have_a_type(
    tmp_path: Path, meaning: str, value: str, wanted: str
) -> None:
    """Its meaning begins with one; any other meaning takes any text."""
    text = GOOD.replace("where our data lie", meaning).replace("Zurich", value)
    file = write(tmp_path, text)
    if not wanted:
        assert load_stack(file).tools[0].custom == {"data_location": value}
        return
    told = f'line 13: Beacon: "data_location" is "{value}": has to be {wanted}'
    with pytest.raises(ConfigError, match=told):
        load_stack(file)


def test_a_renewal_that_has_passed_is_told(tmp_path: Path) -> None:
    """The file is right, and yet nothing would be told of the next one."""
    (tmp_path / "digest.toml").write_text("now = 2026-10-05T06:00:00+00:00\nstack = 'stack.yaml'\n")
    config = str(tmp_path / "digest.toml")
    write(tmp_path, GOOD.replace("2026-12-31", "2016-12-31"))
    said = CliRunner().invoke(app, ["--config", config, "stack", "check"]).output
    assert "note: Beacon: its renewal, 2016-12-31, has passed; write the next one" in said
    notes = [one.found for one in examine(Path(config)) if one.what == "stack"]
    assert notes[1:] == ["Beacon: its renewal, 2016-12-31, has passed"]
    write(tmp_path, GOOD.replace("2026-12-31", "2016-12-31").replace("Beacon", "Beacon; Suite"))
    notes = [one.found for one in examine(Path(config)) if one.what == "stack"]
    assert notes[1:] == ["Beacon; Suite: its renewal, 2016-12-31, has passed"]
    write(tmp_path, GOOD)
    assert (
        "has passed" not in CliRunner().invoke(app, ["--config", config, "stack", "check"]).output
    )


def test_numbers_and_days_are_texts_where_a_text_is_wanted(tmp_path: Path) -> None:
    """A team writes its own fields as it likes, and some vendors are called by a number."""
    text = GOOD.replace("custom: {data_location: Zurich}", "custom: {data_location: 2026-05-01}")
    stack = load_stack(write(tmp_path, text.replace("[Acme]", "[Acme, 360]")))
    assert stack.tools[0].custom == {"data_location": "2026-05-01"}
    assert stack.aliases["360"] == "Acme Cloud"


def test_a_key_without_a_value_is_left_out(tmp_path: Path) -> None:
    """Whoever leaves a line of the form empty has not made a mistake."""
    text = GOOD.replace("cost: 100", "cost:").replace("aliases: [Acme]", "aliases:")
    (tool,) = load_stack(write(tmp_path, text)).tools
    assert (tool.cost, tool.aliases) == (None, ())


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    """Neither a traceback nor an empty stack."""
    with pytest.raises(ConfigError, match=r"no stack file .*docs/stack\.md"):
        load_stack(tmp_path / "none.yaml")


def test_a_broken_file_names_its_line(tmp_path: Path) -> None:
    """YAML's own words come with file and line."""
    with pytest.raises(ConfigError, match="line 3: not valid YAML"):
        load_stack(write(tmp_path, "currency: EUR\ntools: [\n"))


def test_a_category_may_be_a_label_of_the_teams_own(tmp_path: Path) -> None:
    """The check and the editions know the labels that the settings want, and no others."""
    config = tmp_path / "digest.toml"
    known, wanted = "Customer Data Platform", "Customer Data"
    config.write_text(f'stack = "stack.yaml"\n[taxonomy.rename]\n"{known}" = "{wanted}"\n', "utf-8")
    (tmp_path / "stack.yaml").write_text(
        f"tools:\n  - {{name: Beacon, vendor: Acme Cloud, category: {wanted}}}\n", "utf-8"
    )
    found = CliRunner().invoke(app, ["--config", str(config), "stack", "check"])
    assert (found.exit_code, "Beacon" in found.output) == (0, True), found.output
    assert load_ours(load_settings(config)).stack.tools[0].category == wanted
    (tmp_path / "stack.yaml").write_text(
        f"tools:\n  - {{name: Beacon, vendor: Acme Cloud, category: {known}}}\n", "utf-8"
    )
    with pytest.raises(ConfigError, match=wanted):
        load_ours(load_settings(config))


def test_a_file_that_is_a_list_is_told_what_a_file_is(tmp_path: Path) -> None:
    """Its tools stand below a key, and not at the top."""
    with pytest.raises(ConfigError, match="write tools: and below it - name: Acme"):
        load_stack(write(tmp_path, "- name: Beacon\n  vendor: Acme\n"))


def test_a_share_may_have_three_decimals(tmp_path: Path) -> None:
    """A sum may not, since "61.700" was meant as 61,700; cents are no thousands."""
    tool = "tools:\n- name: Beacon\n  vendor: Acme\n  utilisation: 0.625\n  cost: 61.75\n"
    (made,) = load_stack(write(tmp_path, tool)).tools
    assert (made.utilisation, made.cost) == (0.625, 61.75)
