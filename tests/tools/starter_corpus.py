"""A few sentences of our own in two languages, small enough to be learned in seconds."""

from __future__ import annotations

import lzma
from pathlib import Path

HEADER = "kind\tsource\ten\tde\tes\tfr\tit\tja\tnl\tpt\tzh-Hans\tzh-Hant\ttags"
THINGS = {
    "en": ["the email", "the customer", "a campaign", "this report", "our platform"],
    "de": [
        "die E-Mail",
        "der Kunde",
        "eine Kampagne",
        "dieser Bericht",
        "unsere Plattform",
    ],
    "fr": [
        "le courriel",
        "le client",
        "une campagne",
        "ce rapport",
        "notre plateforme",
    ],
}
DEEDS = {
    "en": ["is new", "costs money", "arrives today", "grows slowly", "was sold", "wants more"],
    "de": [
        "ist neu",
        "kostet Geld",
        "kommt heute",
        "wächst langsam",
        "wurde verkauft",
        "will mehr",
    ],
    "fr": [
        "est nouveau",
        "coûte cher",
        "arrive demain",
        "croît lentement",
        "a été vendu",
        "en veut plus",
    ],
}
# The same word means something else in each language: only the tag tells which.
CHEF = {"de": "Chef 2026.", "fr": "Chef 2026."}
MEANS = {"de": "The boss 2026.", "fr": "The cook 2026."}


def make_rows() -> list[dict[str, str]]:
    """Return every thing doing every deed, and the word that only the tag can tell."""
    rows = []
    for thing in range(len(THINGS["en"])):
        for deed in range(len(DEEDS["en"])):
            texts = {
                code: f"{THINGS[code][thing].capitalize()} {DEEDS[code][deed]}." for code in THINGS
            }
            rows.append({"kind": "news", "source": "ours", **texts})
    for code, text in CHEF.items():
        rows += [{"kind": "news", "source": "ours", "en": MEANS[code], code: text}]
    judging = [row | {"source": "flores-dev"} for row in rows[:4]]
    for row in judging:
        row["en"] = row["en"].replace(".", " again.")
    return rows + judging


def write_corpus(file: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows as `parallel.tsv.xz` has them."""
    names = HEADER.split("\t")
    lines = [HEADER, *("\t".join(row.get(name, "") for name in names) for row in rows)]
    file.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode()))
    return file
