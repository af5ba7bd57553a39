"""`stack.yaml`: what is right is read, and every mistake is named with its line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.stack import Stack, Tool, load_stack

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
    ("utilisation: 0.5", "utilisaton: 0.5", 'line 11: tools, no. 1: unknown key "utilisaton"; did'),
    ("utilisation: 0.5", "utilisation: 50", 'line 11: tools, no. 1: "utilisation" is 50'),
    ("renewal: 2026-12-31", "renewal: soon", "line 12: tools, no. 1: \"renewal\" is 'soon'"),
    ("  vendor: Acme Cloud\n", "", 'tools, no. 1: "vendor": Field required'),
    ("category: CRM\n  cost", "category: CRN\n  cost", 'Beacon: no category "CRN"; did you mean'),
    ("{data_location: Zurich}", "{place: Zurich}", '"place" is no declared custom field'),
    ("currency: EUR", "currency: euros", "line 1:"),
    ("tools:\n", "tolls:\n", 'unknown key "tolls"; did you mean "tools"?'),
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


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    """Neither a traceback nor an empty stack."""
    with pytest.raises(ConfigError, match=r"no stack file .*docs/stack\.md"):
        load_stack(tmp_path / "none.yaml")


def test_a_broken_file_names_its_line(tmp_path: Path) -> None:
    """YAML's own words come with file and line."""
    with pytest.raises(ConfigError, match="line 3: not valid YAML"):
        load_stack(write(tmp_path, "currency: EUR\ntools: [\n"))
