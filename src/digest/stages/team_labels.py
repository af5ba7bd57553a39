"""The taxonomy as a team wants it: labels renamed, merged, added, left out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from digest.errors import ConfigError
from digest.stages.cues import Cue, Cues, CueTable, parse_cues
from digest.stages.taxonomy import Category, Knowledge
from digest.text import make_id

OWN = "Own"  #: group of the labels that a team adds


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a team wants otherwise; see the settings table `[taxonomy]`."""

    rename: Mapping[str, str] = field(default_factory=dict)
    merge: Mapping[str, Sequence[str]] = field(default_factory=dict)
    add: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    only: Sequence[str] = ()
    without: Sequence[str] = ()


def adapt(knowledge: Knowledge, wishes: Wishes) -> Knowledge:
    """Return the knowledge with the labels that a team wants; the same where it wants none other.

    First labels are added, then merged, then renamed, and last restricted; each step knows the
    names that the one before has left.

    Raises:
        ConfigError: names a label that is not there, and the nearest one that is.
    """
    if wishes == Wishes():
        return knowledge
    labels = {one.name: one for one in knowledge.categories}
    labels |= {name: _added(name, row) for name, row in wishes.add.items()}
    for name, parts in wishes.merge.items():
        labels = _merged(labels, name, parts)
    for old, new in wishes.rename.items():
        _check(labels, [old], "rename")
        labels = {new if name == old else name: one for name, one in labels.items()}
    _check(labels, wishes.only, "only")
    _check(labels, wishes.without, "without")
    kept = [
        replace(one, name=name)
        for name, one in labels.items()
        if (not wishes.only or name in wishes.only) and name not in wishes.without
    ]
    version = make_id(knowledge.version, repr(wishes))
    return replace(knowledge, categories=tuple(kept), version=version)


def _added(name: str, row: Mapping[str, Any]) -> Category:
    told = row.get("cues", {})
    cues = CueTable({tag: parse_cues(text, language=tag) for tag, text in told.items()})
    return Category(name, OWN, row["description"], tuple(row.get("examples", ())), cues)


def _merged(labels: Mapping[str, Category], name: str, parts: Sequence[str]) -> dict[str, Category]:
    _check(labels, parts, f'merge."{name}"')
    several = [labels[part] for part in parts]
    whole = Category(
        name=name,
        group=several[0].group,
        description=" ".join(one.description for one in several),
        examples=tuple(example for one in several for example in one.examples),
        cues=_joined([one.cues for one in several]),
    )
    rest = {key: one for key, one in labels.items() if key not in parts}
    return rest | {name: whole}


def _joined(several: Iterable[Cues]) -> Cues:
    found: dict[str, dict[str, Cue]] = {}
    for cues in several:
        for tag, row in cues.items():
            for cue in row:
                found.setdefault(tag, {}).setdefault(cue.phrase, cue)
    return CueTable({tag: tuple(row.values()) for tag, row in found.items()})


def _check(labels: Mapping[str, Category], names: Iterable[str], key: str) -> None:
    for name in names:
        if name not in labels:
            near = difflib.get_close_matches(name, labels, n=1, cutoff=0.5)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            raise ConfigError(f'taxonomy.{key}: there is no label "{name}"{hint}')
