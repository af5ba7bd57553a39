"""Plans of vendors as an edition shows them: each once, in the reader's language if it can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from digest.periods import Period
from digest.records import Commitment, Kept, Plan, Promise
from digest.stages.attempts import is_same_language
from digest.stages.material import Material, Numbers
from digest.stages.products import is_of
from digest.stages.quoting import is_verbatim, line_of

STANDING = ("open", "moved", "overdue")  #: what is told until something becomes of it


def promises_of(
    commitments: Iterable[Commitment], period: Period, material: Material
) -> list[Commitment]:
    """Return the plans to show, with our names of vendors, the next due first.

    Their sentences stand in their articles. That one was kept or cancelled is told in the period in
    which it was. What a story's articles plan in several languages is one: the reader's own is
    shown.
    """
    groups: dict[tuple[str, str, str], list[Commitment]] = {}
    for each in _proved(commitments, period, material):
        if each.kept in STANDING or (each.by and is_of(each.by.article, period, material)):
            plan = each.plan
            story = material.story_of.get(plan.quote.article, plan.quote.article)
            groups.setdefault((plan.vendor, story, plan.due or ""), []).append(each)
    kept: dict[str, Commitment] = {}
    for told in groups.values():
        for each in _in_one_language(told, material):
            made = replace(each, plan=_for_reader(each.plan, material))
            kept.setdefault(made.plan.quote.text, made)
    return sorted(kept.values(), key=lambda each: (each.plan.due or "9999", each.plan.vendor))


def _proved(
    commitments: Iterable[Commitment], period: Period, material: Material
) -> Iterable[Commitment]:
    """Give what can be quoted: the plan, and the sentence that says what became of it.

    Where that sentence stands in its article no more, a plan that was read to be kept or given up
    is not told, for it is neither open nor overdue; of one that was moved its own day alone is
    known, and whether that has passed.
    """
    for each in commitments:
        if not is_verbatim(each.plan.quote, material.articles):
            continue
        plan = replace(each.plan, vendor=material.ours.vendor_of(each.plan.vendor))
        if each.by is None or is_verbatim(each.by, material.articles):
            yield replace(each, plan=plan)
        elif each.kept in STANDING:
            is_past = plan.due is not None and plan.due < period.end.date().isoformat()
            kept: Kept = "overdue" if is_past else "open"
            yield replace(each, plan=plan, by=None, kept=kept, moved_to=None)


def _in_one_language(told: list[Commitment], material: Material) -> list[Commitment]:
    tags = [material.language_of(each.plan.quote.article) for each in told]
    own = [tag for tag in tags if is_same_language(tag, material.language)]
    shown = (own or tags)[0]
    return [each for each, tag in zip(told, tags, strict=True) if tag == shown]


def _for_reader(plan: Plan, material: Material) -> Plan:
    """Return the same plan as an article in the reader's language has it, where its story has one.

    Plans of one vendor for one day are the same, see `digest.stages.commitments`.
    """
    story = material.stories.get(material.story_of.get(plan.quote.article, ""))
    if not (plan.due and story) or _is_own(plan.quote.article, material):
        return plan
    others = (
        other
        for id in story.members
        if id in material.classifications and _is_own(id, material)
        for other in material.classifications[id].plans
        if other.due == plan.due and material.ours.vendor_of(other.vendor) == plan.vendor
    )
    found = next((each for each in others if is_verbatim(each.quote, material.articles)), plan)
    return replace(found, vendor=plan.vendor)


def _is_own(article: str, material: Material) -> bool:
    return is_same_language(material.language_of(article), material.language)


def make_promise(commitment: Commitment, material: Material, numbers: Numbers) -> Promise:
    """Return a plan as an edition shows it."""
    plan, by = commitment.plan, commitment.by
    return Promise(
        vendor=plan.vendor,
        product=plan.product,
        line=line_of(plan.quote, material=material, numbers=numbers),
        stated=commitment.stated,
        due=plan.due,
        due_words=plan.due_words,
        kept=commitment.kept,
        by=line_of(by, material=material, numbers=numbers) if by else None,
        relation=material.ours.relation(plan.vendor),
        moved_to=commitment.moved_to,
    )
