"""Reads the hand-written corpus: sites and articles, as frozen records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Site:
    """A fictional publisher."""

    key: str
    host: str
    name: str
    voice: str
    language: str | None
    layout: str
    feed: dict[str, Any]
    why: str

    @property
    def feed_url(self) -> str:
        """Address of the site's feed."""
        return f"https://{self.host}{self.feed['path']}"


@dataclass(frozen=True)
class Text:
    """One article as written, with what the gold file says of it."""

    key: str
    site: Site
    path: str
    language: str
    date: datetime | None
    title: str
    text: str
    story: str
    authors: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)  #: gold: labels, launches, claims, …

    @property
    def url(self) -> str:
        """The article's canonical address."""
        return f"https://{self.site.host}{self.path}"

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's paragraphs, each on one line."""
        return tuple(" ".join(part.split("\n")) for part in self.text.strip().split("\n\n"))

    @property
    def teaser(self) -> str:
        """The first paragraph, cut at about 160 characters as feeds do."""
        first = self.paragraphs[0]
        return first if len(first) <= 160 else f"{first[:160].rstrip()}…"

    @property
    def guid(self) -> str:
        """An id that stays when the address changes."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:12]

    @property
    def moment(self) -> datetime:
        """The date for sorting; undated articles come last."""
        return self.date or EPOCH


def load_sites(folder: Path) -> dict[str, Site]:
    """Return the sites of `sites.yaml` by key."""
    sites = _yaml(folder / "sites.yaml")["sites"]
    return {key: Site(key=key, **fields) for key, fields in sites.items()}


def load_texts(folder: Path, sites: dict[str, Site]) -> list[Text]:
    """Return the articles of `articles/*.yaml`, file by file.

    Raises:
        ValueError: where a key occurs twice, or a copy has no original.
    """
    blocks = [
        block
        for file in sorted((folder / "articles").glob("*.yaml"))
        for block in _yaml(file)["articles"]
    ]
    by_key = {block["key"]: block for block in blocks}
    if len(by_key) < len(blocks):
        raise ValueError("a key occurs twice in the corpus")
    return [_text(block, by_key, sites) for block in blocks]


def _text(block: dict[str, Any], by_key: dict[str, Any], sites: dict[str, Site]) -> Text:
    own = ("key", "path", "language", "title", "story")
    taken = {*own, "site", "date", "text", "authors"}
    return Text(
        **{name: block[name] for name in own},
        site=sites[block["site"]],
        date=_moment(block["date"]),
        text=block.get("text") or by_key[block["copy_of"]]["text"],
        authors=tuple(block.get("authors", ())),
        facts={name: value for name, value in block.items() if name not in taken},
    )


def _moment(value: Any) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def load_yaml(file: Path) -> Any:
    """Return the content of a hand-written file; times stay as written."""
    return _yaml(file)


class _Loader(yaml.SafeLoader):
    """Keeps times as written, since YAML's own reading loses their offset."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _yaml(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader=_Loader)
