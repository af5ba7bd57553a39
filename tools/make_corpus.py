"""Renders `examples/corpus/` into the pages, feeds, mails, reports and gold that the sample uses.

    python tools/make_corpus.py [--into FOLDER]

The result is the same, byte for byte, each time: it is kept in the repository, and a test compares.
"""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from corpus.feeds import make_feed
from corpus.gold import make_gold
from corpus.mails import Letter, make_mails, make_redirects
from corpus.pages import make_environment, make_page
from corpus.report import make_report
from corpus.texts import Site, Text, load_sites, load_texts, load_yaml

EXAMPLES = Path(__file__).parents[1] / "examples"
SOURCE = EXAMPLES / "corpus"
RENDERED = ("web", "mail", "sources.yaml", "gold.yaml")  #: what a run replaces
NOTICE = "# Made by tools/make_corpus.py from examples/corpus/: edit there.\n"


def make_corpus() -> dict[str, bytes]:
    """Return path below `examples/` and bytes of every rendered file."""
    sites = load_sites(SOURCE)
    texts = load_texts(SOURCE, sites)
    letters, reports = _letters(), load_yaml(SOURCE / "reports.yaml")["reports"]
    judged = load_yaml(SOURCE / "judgements.yaml")
    files = _web(texts, sites) | _mail(letters, texts) | _raw()
    files |= {f"web/{_path_of(report['url'])}": make_report(report) for report in reports}
    files["sources.yaml"] = _dump({"sources": _sources(sites, letters, reports)})
    entries = _entries(reports)
    files["gold.yaml"] = _dump(make_gold(texts, judged, entries) | {"reports": entries})
    return files


def _web(texts: list[Text], sites: dict[str, Site]) -> dict[str, bytes]:
    environment = make_environment()
    pages = {
        f"web/{text.site.host}{text.path}.html": make_page(text, texts, environment=environment)
        for text in texts
    }
    feeds = {
        f"web/{site.host}{site.feed['path']}": make_feed(site, texts, environment=environment)
        for site in sites.values()
        if site.feed["format"] != "raw"
    }
    return {path: content.encode() for path, content in {**pages, **feeds}.items()}


def _mail(letters: list[Letter], texts: list[Text]) -> dict[str, bytes]:
    by_key = {text.key: text for text in texts}
    files: dict[str, bytes] = {}
    for letter in letters:
        files |= {f"mail/{path}": raw for path, raw in make_mails(letter, by_key).items()}
        for path, target in make_redirects(letter, by_key).items():
            files[f"web/{path}"] = f"{target}\n".encode()
    return files


def _raw() -> dict[str, bytes]:
    folder = SOURCE / "raw"
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {f"web/{file.relative_to(folder).as_posix()}": file.read_bytes() for file in files}


def _letters() -> list[Letter]:
    blocks = load_yaml(SOURCE / "mails.yaml")["letters"]
    return [replace(Letter(**block), mails=tuple(block["mails"])) for block in blocks]


def _path_of(url: str) -> str:
    return url.removeprefix("https://")


def _sources(
    sites: dict[str, Site], letters: list[Letter], reports: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    blocks = [
        _block(site.key, "feed", site.feed_url, site.name, site.voice, site.language, site.why)
        for site in sites.values()
    ]
    page, why = "https://sabliere.example/produits/", "A page that lists a vendor's products."
    blocks.append(_block("sabliere-products", "page", page, "Sablière", "vendor", "fr", why))
    for letter in letters:
        place = f"mail/{letter.key}.mbox" if letter.as_mbox else f"mail/{letter.key}"
        why = "A newsletter that lists links."
        blocks.append(
            _block(
                letter.key, "newsletter", place, letter.name, "independent", letter.language, why
            )
        )
    for report in reports:
        why = "A quarterly list of new products, by category."
        name, who = report["name"], report["publisher"]
        blocks.append(_block(name, "report", report["url"], who, "independent", "en", why))
    return blocks


def _block(
    name: str, kind: str, url: str, publisher: str, voice: str, language: str | None, why: str
) -> dict[str, Any]:
    block = {"name": name, "kind": kind, "url": url, "publisher": publisher, "voice": voice}
    if language:
        block["language"] = language
    return block | {
        "why": why,
        "seen_in": "sample corpus, written for Digest",
        "verified": "2026-10-05",
    }


def _entries(reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"report": report["url"], "published": report["date"], "category": group["name"], **product}
        for report in reports
        for group in report["categories"]
        for product in group["products"]
    ]


def _dump(data: Any) -> bytes:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    return (NOTICE + text).encode()


def write_corpus(files: dict[str, bytes], folder: Path) -> None:
    """Replace what was rendered before in `folder` by `files`."""
    for name in RENDERED:
        old = folder / name
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def main() -> None:
    """Render the corpus and say how many files were written."""
    parser = argparse.ArgumentParser(description="Render the sample corpus.")
    parser.add_argument("--into", type=Path, default=EXAMPLES, help="folder to write into")
    folder = parser.parse_args().into
    files = make_corpus()
    write_corpus(files, folder)
    print(f"{len(files)} files written to {folder}")


if __name__ == "__main__":
    main()
