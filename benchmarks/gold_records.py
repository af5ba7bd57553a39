"""Compares launch records, AI claims, plans and policy of a run with the gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.gold_checks import Checks
from digest.config import Settings
from digest.records import Classification, Commitment, LaunchRecord
from digest.stages.commitments import follow_up
from digest.stages.launch_records import find_records
from digest.stages.tellings import NEW
from digest.text import normalise
from digest.wiring import make_encoder

STACK = Path(__file__).parents[1] / "examples" / "stack.yaml"
OUTCOMES = {"kept": "fulfilled", "silent": "overdue", "pending": "open"}
Counts = tuple[int, int, int]  #: right, found, true
Row = dict[str, Any]


@cache
def aliases() -> dict[str, str]:
    """Return the names under which the sample's team knows its vendors."""
    stack = YAML(typ="safe", pure=True).load(STACK.read_text("utf-8"))
    rows = [*stack["tools"], *stack["watched"]]
    return {name: row["vendor"] for row in rows for name in row["aliases"]}


def records_of(checks: Checks) -> tuple[LaunchRecord, ...]:
    """Return the launch records of everything that the run read."""
    run = checks.run
    return find_records(
        run.stories.values(), run.articles, run.classes, run.languages, aliases=aliases()
    )


def commitments_of(checks: Checks) -> tuple[Commitment, ...]:
    """Return the plans of everything that the run read, with what became of them."""
    run = checks.run
    return follow_up(
        (plan for one in run.classes.values() for plan in one.plans),
        records_of(checks),
        run.articles,
        run.languages,
        now=datetime.fromisoformat(checks.gold["now"]),
        aliases=aliases(),
        encoder=make_encoder(Settings()),
    )


def count_records(checks: Checks) -> tuple[Counts, list[str]]:
    """Return how many records are right, and the errors in words.

    Right is one of the same kind of event, of an article that the gold has tell of it, with vendor
    and product as one of the gold's tellings names them. A second record of a gold record is wrong.
    """
    found, missed = list(records_of(checks)), []
    many = len(found)
    for wanted in checks.gold["records"]:
        hit = next((one for one in found if _is_record(one, wanted, checks)), None)
        if hit:
            found.remove(hit)
        else:
            missed.append(f"missed {wanted['story']}: {wanted['event']} {wanted['names'][:2]}")
    wrong = [f"wrong {one.event}: {one.vendor} | {one.product}" for one in found]
    return (many - len(found), many, len(checks.gold["records"])), [*missed, *wrong]


def _is_record(one: LaunchRecord, wanted: Row, checks: Checks) -> bool:
    told = {checks.keys.get(id) or checks.run.items[id].title for id in one.articles}
    if _family(one.event) != _family(wanted["event"]):
        return False
    if not told & {*wanted["articles"], *wanted["entries"]}:
        return False
    said = {one.vendor, *(name for name, vendor in aliases().items() if vendor == one.vendor)}
    return any(
        any(is_near(name, names["vendor"]) for name in said)
        and (not names["product"] or is_near(one.product, names["product"]))
        for names in wanted["names"]
    )


def count_members(checks: Checks) -> Counts:
    """Return of how many pairs of record and article the run has those of the gold's stories."""
    right = found = true = 0
    told = {row["key"]: row["story"] for row in checks.rows if not row["drop"]}
    for wanted in checks.gold["records"]:
        hits = [one for one in records_of(checks) if _is_record(one, wanted, checks)]
        members = {key for key, story in told.items() if story == wanted["story"]}
        alone = sum(other["story"] == wanted["story"] for other in checks.gold["records"]) == 1
        members = members | set(wanted["articles"]) if alone else set(wanted["articles"])
        mine = {checks.keys[id] for one in hits[:1] for id in one.articles if id in checks.keys}
        right, found, true = right + len(mine & members), found + len(mine), true + len(members)
    return right, found, true


def count_claims(checks: Checks) -> tuple[Counts, Counts, list[str]]:
    """Return how many claims are right, how many proofs of the right ones are, and the errors.

    A claim is right where the gold has one of the article with its vendor or product; a proof where
    its kind is the gold's, and it is the gold's sentence.
    """
    rows, errors = list(_rows(checks)), []
    right = found = proved = stated = wanted_proofs = 0
    for key, one in rows:
        wanted = [claim for claim in checks.gold["claims"] if claim["article"] == key]
        for claim in one.claims:
            found += 1
            hit = next((w for w in wanted if _same_owner(claim.vendor, claim.product, w)), None)
            if hit is None:
                errors.append(f"wrong claim {key}: {claim.quote.text[:90]}")
                continue
            wanted.remove(hit)
            right += 1
            told = {(proof.kind, proof.quote.text) for proof in claim.proofs}
            true = set(hit["proofs"].items())
            proved, stated = proved + len(told & true), stated + len(told)
            wanted_proofs += len(true)
            errors += [f"wrong proof {key}: {kind}" for kind, _ in sorted(told - true)]
            errors += [f"missed proof {key}: {kind}" for kind, _ in sorted(true - told)]
        errors += [f"missed claim {key}: {claim['sentence'][:90]}" for claim in wanted]
    total = sum(len(list(_of(checks, "claims", key))) for key, _ in rows)
    return (right, found, total), (proved, stated, wanted_proofs), errors


def count_plans(checks: Checks) -> tuple[Counts, Counts, list[str]]:
    """Return how many plans are right by their sentence, of these how many due days, and errors."""
    errors = []
    right = found = true = dated = 0
    for key, one in _rows(checks):
        wanted = {row["sentence"]: row for row in _of(checks, "plans", key)}
        told = {plan.quote.text: plan for plan in one.plans}
        both = wanted.keys() & told.keys()
        right, found, true = right + len(both), found + len(told), true + len(wanted)
        for text in both:
            same = (told[text].due or "") == str(wanted[text]["due"] or "")
            dated += same
            errors += [] if same else [f"due {key}: {told[text].due}"]
        errors += [f"missed plan {key}: {text[:90]}" for text in wanted.keys() - both]
        errors += [f"wrong plan {key}: {text[:90]}" for text in told.keys() - both]
    return (right, found, true), (dated, right, right), sorted(errors)


def count_kept(checks: Checks) -> tuple[Counts, list[str]]:
    """Return of how many of the gold's dated plans what became of them is told rightly."""
    keys, errors, right, found = checks.keys, [], 0, 0
    outcomes = {
        (row["article"], row["sentence"]): OUTCOMES[row["outcome"]] for row in checks.gold["plans"]
    }
    for one in commitments_of(checks):
        quote = one.plan.quote
        wanted = outcomes.get((keys.get(quote.article, ""), quote.text))
        if wanted:
            found, right = found + 1, right + (wanted == one.kept)
            errors += [] if wanted == one.kept else [f"{quote.text[:80]}: {one.kept}"]
    return (right, found, found), errors


def count_sets(checks: Checks, name: str) -> Counts:
    """Return how many of a set of names ("jurisdictions", "risks") are right, over all articles."""
    right = found = true = 0
    wanted = {row["key"]: set(row[name]) for row in checks.rows if not row["drop"]}
    for key, one in _rows(checks):
        told = set(getattr(one, name))
        right += len(told & wanted.get(key, set()))
        found, true = found + len(told), true + len(wanted.get(key, set()))
    return right, found, true


def _rows(checks: Checks) -> Iterator[tuple[str, Classification]]:
    """Give each gold article once with its classification."""
    for key, ids in checks.ids.items():
        id = next((id for id in ids if id in checks.run.classes), None)
        if id:
            yield key, checks.run.classes[id]


def _of(checks: Checks, name: str, key: str) -> Iterable[Row]:
    return (row for row in checks.gold[name] if row["article"] == key)


def _same_owner(vendor: str, product: str, wanted: Row) -> bool:
    return is_near(vendor, wanted["vendor"]) or is_near(product, wanted["product"])


def _family(event: str) -> str:
    return "new" if event in NEW else event


def is_near(one: str, other: str) -> bool:
    """Return whether one of two names is the other or a part of it."""
    short, long = sorted((normalise(one), normalise(other)), key=len)
    return bool(short) and short in long
