"""The taxonomy as a team wants it: labels renamed, merged, added, left out."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Mapping, Sequence
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

    First labels are added, then merged, then renamed, all at once, and last restricted; each step
    knows the names that the one before has left. No label is lost by the way.

    Raises:
        ConfigError: names a label that is not there, and the nearest one that is; two labels would
            have one name; or none would be left.
    """
    if wishes == Wishes():
        return knowledge
    labels = {one.name: one for one in knowledge.categories}
    gone: dict[str, str] = {}
    for name, row in wishes.add.items():
        _refuse_taken(labels, name, "add")
        labels[name] = _added(name, row)
    for name, parts in wishes.merge.items():
        labels = _merged(labels, name, parts, gone)
        gone |= dict.fromkeys(parts, name)
    labels = _renamed(labels, wishes.rename, gone)
    gone |= wishes.rename
    _check(labels, wishes.only, "only", gone)
    _check(labels, wishes.without, "without", gone)
    if both := [name for name in wishes.only if name in wishes.without]:
        cure = "leave it in one of the two"
        raise ConfigError(f'taxonomy: "{both[0]}" stands in only and in without', cure=cure)
    kept = [
        replace(one, name=name)
        for name, one in labels.items()
        if (not wishes.only or name in wishes.only) and name not in wishes.without
    ]
    if not kept:
        raise ConfigError("taxonomy.without: no label is left", cure="leave at least one")
    version = make_id(knowledge.version, repr(wishes))
    return replace(knowledge, categories=tuple(kept), version=version)


def _added(name: str, row: Mapping[str, Any]) -> Category:
    told: Mapping[str, str | Sequence[str]] = row.get("cues", {})
    rows = {tag: each if isinstance(each, str) else " | ".join(each) for tag, each in told.items()}
    cues = CueTable({tag: parse_cues(text, language=tag) for tag, text in rows.items()})
    return Category(name, OWN, row["description"], tuple(row.get("examples", ())), cues)


def _merged(
    labels: Mapping[str, Category], name: str, parts: Sequence[str], gone: Mapping[str, str]
) -> dict[str, Category]:
    _check(labels, parts, f'merge."{name}"', gone)
    if not parts:
        cure = "name the labels that it is made of, or leave it out"
        raise ConfigError(f'taxonomy.merge: "{name}" is made of no labels', cure=cure)
    _refuse_taken(set(labels) - set(parts), name, "merge")
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


def _renamed(
    labels: Mapping[str, Category], rename: Mapping[str, str], gone: Mapping[str, str]
) -> dict[str, Category]:
    """Return the labels by their new names; two may change theirs with one another."""
    _check(labels, rename, "rename", gone)
    renamed: dict[str, Category] = {}
    for name, one in labels.items():
        new = rename.get(name, name)
        if not new.strip():
            raise ConfigError(f'taxonomy.rename: "{name}" has no new name', cure="give it one")
        if new in renamed:
            cure = "choose another name, or make the two one under `merge`"
            raise ConfigError(f'taxonomy.rename: two labels would be called "{new}"', cure=cure)
        renamed[new] = one
    return renamed


def _refuse_taken(taken: Container[str], name: str, key: str) -> None:
    if name in taken:
        told = f'taxonomy.{key}: there is a label "{name}" already'
        raise ConfigError(told, cure="choose another name, or rename the other one")


def _joined(several: Iterable[Cues]) -> Cues:
    found: dict[str, dict[str, Cue]] = {}
    for cues in several:
        for tag, row in cues.items():
            for cue in row:
                found.setdefault(tag, {}).setdefault(cue.phrase, cue)
    return CueTable({tag: tuple(row.values()) for tag, row in found.items()})


def _check(
    labels: Mapping[str, Category], names: Iterable[str], key: str, gone: Mapping[str, str]
) -> None:
    """Refuse a label that is not there; `gone` has what others of them are called now."""
    for name in names:
        if name in labels:
            continue
        near = difflib.get_close_matches(name, labels, n=1, cutoff=0.5)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        if name in gone:
            hint = f'; it has become "{gone[name]}"'
        told = f'taxonomy.{key}: there is no label "{name}"{hint}'
        raise ConfigError(told, cure="write a label as digest/data/taxonomy.toml has it")
