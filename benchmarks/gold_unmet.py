"""Lists what a run over the sample does not do yet, as `corpus/judgements.yaml` has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from benchmarks.gold_checks import Checks
from benchmarks.gold_ranking import better_orders


def unmet(checks: Checks) -> Iterator[str]:
    """Yield the lines of the list, each case with its known reason, or an empty one to be filled.

    An empty reason fails the test: somebody has to say why.
    """
    known = checks.gold["unmet"]
    yield "unmet:"
    for name in ("duplicates", "stories"):
        whys = {group["group"]: group.get("why", "") for group in checks.gold[name]}
        cases = {
            group: {"apart": keys, "why": whys[group]} for group, keys in checks.apart(name).items()
        }
        yield from _mapping(name, cases)
    yield "  merged:"
    for name in ("duplicates", "stories"):
        yield from _merged(checks, name)
    for name, found in (("drops", checks.wrong_drops()), ("reports", checks.wrong_reports())):
        yield from _mapping(name, {key: known[name].get(key, "") for key in found})
    beaten = {name: _better(checks, name) for name in checks.run.editions}
    yield from _mapping("orders", {name: better for name, better in beaten.items() if better})
    shown = {name: _missing(checks, name) for name in checks.run.editions}
    yield from _mapping("editions", {name: missing for name, missing in shown.items() if missing})


def _merged(checks: Checks, name: str) -> Iterator[str]:
    noted = checks.gold["unmet"]["merged"][name]
    whys = {tuple(sorted(pair["articles"])): pair["why"] for pair in noted}
    pairs = checks.merged(name)
    yield f"    {name}:" + ("" if pairs else " []")
    for pair in pairs:
        yield f"    - {_flow({'articles': list(pair), 'why': whys.get(pair, '')})}"


def _better(checks: Checks, edition: str) -> dict[str, str]:
    known = checks.gold["unmet"]["orders"].get(edition, {})
    return {order: known.get(order, "") for order in better_orders(checks, edition)}


def _missing(checks: Checks, edition: str) -> dict[str, str]:
    known = checks.gold["unmet"]["editions"].get(edition, {})
    return {story: known.get(story, "") for story in checks.missing(edition)}


def _mapping(name: str, cases: dict[str, Any]) -> Iterator[str]:
    yield f"  {name}:" + ("" if cases else " {}")
    for key, case in cases.items():
        yield f"    {json.dumps(key, ensure_ascii=False)}: {_flow(case)}"


def _flow(case: Any) -> str:
    """Return a case on one line: JSON is YAML."""
    return json.dumps(case, ensure_ascii=False)
