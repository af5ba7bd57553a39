"""Editions in a real browser: nothing sticks out on a telephone, in either direction of writing."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from digest.records import Edition, Line, Product, Quote
from digest.stages.render import render

from . import edition_sample as sample

WIDTH = 375
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
MEASURE = """<script>
for (const each of document.querySelectorAll("details")) each.open = true;
const out = [...document.querySelectorAll("body *:not(.skip)")].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width && (box.left < -1 || box.right > innerWidth + 1);
}).map(each => each.outerHTML.slice(0, 80));
const found = {width: innerWidth, needed: document.documentElement.scrollWidth, out: out,
  headings: getComputedStyle(document.querySelector("main h2")).direction};
parent.document.title = JSON.stringify(found);
</script></body>"""

#: What a reader does with the filter of products, and what stands there then.
FILTER = """<script>
const form = document.querySelector("form.filter"), out = [];
const told = () => {
  const rows = [...document.querySelectorAll("tr[data-event]")].filter(row => row.offsetHeight);
  out.push([rows.map(row => row.querySelector("strong").textContent).sort(),
    form.querySelector("output").textContent]);
};
const choose = (name, value) => {
  form.elements[name].value = value;
  form.elements[name].dispatchEvent(new Event("input", {bubbles: true}));
  told();
};
told();
choose("event", "feature"); choose("event", "");
choose("category", "CRM"); choose("category", "");
choose("text", "ORCHARD"); choose("text", "no such thing");
parent.document.title = JSON.stringify({out: out});
</script></body>"""


@pytest.fixture(scope="module")
def chromium() -> str:
    """The browser's path; without one the tests skip and say so."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("no browser (chromium) is installed")


def crowded(language: str) -> Edition:
    """A week whose headline, publisher and label are too long for a line."""
    edition = replace(sample.weekly(), language=language)
    assert edition.opening is not None
    opening = replace(edition.opening, headline=f"{LONG} {LONG}", labels=(LONG, "CRM"))
    cited = tuple(replace(each, publisher=LONG, title=LONG) for each in edition.citations[:2])
    return replace(edition, opening=opening, citations=(*cited, *edition.citations[2:]))


def measure(chromium: str, page: str, folder: Path, script: str = MEASURE) -> dict[str, object]:
    """What the browser says of a page after a script: its width, what it needs, what sticks out.

    The page stands in a frame: the windows of some browsers are never as narrow as a telephone.
    """
    file = folder / "page.html"
    inside = html.escape(POLICY.sub("", page).replace("</body>", script))
    style = f"width:{WIDTH}px;height:800px;border:0"
    frame = f'<!doctype html><title></title><iframe style="{style}" srcdoc="{inside}"></iframe>'
    file.write_text(frame, "utf-8")
    done = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", f"--user-data-dir={folder / 'profile'}",
         "--hide-scrollbars", "--window-size=800,900", "--dump-dom", file.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.S)
    assert title, done.stderr[-2000:]
    answer: dict[str, object] = json.loads(html.unescape(title[1]))
    return answer


@pytest.mark.parametrize(
    ("language", "direction"), [("de", "ltr"), ("zh-Hant", "ltr"), ("ar", "rtl")]
)
def test_nothing_sticks_out_on_a_telephone(
    chromium: str, tmp_path: Path, language: str, direction: str
) -> None:
    """At 375 pixels the page needs no scrolling sideways, its longest words are broken."""
    found = measure(chromium, str(render(crowded(language), format="html")), tmp_path)
    assert found == {"width": WIDTH, "needed": WIDTH, "out": [], "headings": direction}


def product(name: str, event: str, category: str | None) -> Product:
    """A product whose sentence is any of the sample's."""
    line = Line("It is here.", Quote("It is here.", "a", 0, 11), "en", 1, translated=False)
    return Product(
        name, "Lumora", name, event, category, "2026-11-18", "published", "", line, (1,), ("A",),
        ("en",), 0.9,
    )  # fmt: skip


def test_the_table_of_products_is_filtered(chromium: str, tmp_path: Path) -> None:
    """By kind, category and words, with the number of rows told; an empty group goes with them."""
    products = (
        product("Beacon", "launch", "CRM"),
        product("Orchard", "launch", "Customer Data Platform"),
        product("Pinfold", "feature", "Customer Data Platform"),
    )
    edition = replace(sample.quarterly(), products=products)
    page = str(render(edition, format="html"))
    every = ["Beacon", "Orchard", "Pinfold"]
    assert measure(chromium, page, tmp_path, FILTER)["out"] == [
        [every, "3 of 3"],
        [["Pinfold"], "1 of 3"],
        [every, "3 of 3"],
        [["Beacon"], "1 of 3"],
        [every, "3 of 3"],
        [["Orchard"], "1 of 3"],
        [[], "0 of 3"],
    ]
