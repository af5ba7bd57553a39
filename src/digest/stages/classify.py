"""What an article is about: labels with their proof, launches, vendors, policy; or off-topic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.records import Article, Claim, Classification, Drop, Language, Launch, Plan
from digest.stages.acts import Policy, find_policy
from digest.stages.announced import day_of
from digest.stages.authorities import is_authority, is_vendor, without_authorities
from digest.stages.cast import COMING, DEALS, Cast, find_cast
from digest.stages.claims import find_claims
from digest.stages.cues import cues_for, tag_of
from digest.stages.cuts import Cuts, cuts_of
from digest.stages.described import find_described, is_described
from digest.stages.event_cues import find_gist
from digest.stages.label_vectors import LabelVectors
from digest.stages.labels import (
    MANAGEMENT,
    Hit,
    Scored,
    Text,
    choose_labels,
    find_hits,
    lay_out,
    make_label,
)
from digest.stages.launches import find_launches
from digest.stages.orders import orders_in
from digest.stages.ours import OFFERS
from digest.stages.planners import with_planners
from digest.stages.plans import find_plans
from digest.stages.policy import find_jurisdictions, find_risks
from digest.stages.report_entries import is_report_entry
from digest.stages.signs import plain_title
from digest.stages.taxonomy import Knowledge
from digest.stages.team_labels import OWN
from digest.text import count_words

VERSION = "19"  #: raised whenever the same input would give another result
TELLING = 40  #: words after which a text that names nothing of ours is about something else
#: Score from which weak cues of one label name the trade: one in the title and one more.
SEVERAL = 1.5
TWO = 2  #: places of weak cues, one of them of the domain, that make an article a matter of ours


def classify(
    article: Article,
    language: Language,
    *,
    knowledge: Knowledge,
    vectors: LabelVectors | None = None,
) -> Classification | Drop:
    """Return what an article is about, or why it is none of ours.

    At most three labels, best first, each with the sentence that speaks for it; none where nothing
    is clear. Off-topic only where neither title, text, site nor
    publisher names anything of marketing, advertising, AI, privacy, commerce or analytics.

    Args:
        article: the article, in its own language; of its title only words are read.
        language: its language; decides which cues count, beside the English ones.
        knowledge: from `load_knowledge`.
        vectors: from `embed_labels`; without them cue phrases decide alone.
    """
    article = replace(article, title=plain_title(article.title))
    text = lay_out(article)
    mentions = find_vendors(text.full, knowledge)
    chosen = choose_labels(
        text, language.language, categories=knowledge.categories, vectors=vectors
    )
    ours = mentions or _ours(chosen, knowledge)
    if not ours and is_off_topic(article, text, language.language, knowledge):
        detail = f"nothing of marketing in {article.title[:80]!r}"
        return Drop(article.id, "classify", "off-topic", detail)
    spoken = language.language
    labels = tuple(make_label(article, text, one, spoken, vectors) for one in chosen)
    encoder = vectors.encoder if vectors else None
    cuts = Cuts({"orders": len(orders_in(article.text))})
    told = find_launches(
        article, spoken, knowledge=knowledge, labels=labels, encoder=encoder, cuts=cuts
    )
    offered = without_authorities(told, article, spoken, knowledge, policy=True)
    rules = find_policy(article, text, spoken, knowledge, launches=offered)
    policy = rules.is_one
    kept = [one for one in told if not (policy and _is_act(one, rules))]
    launches = without_authorities(kept, article, spoken, knowledge, policy=policy)
    grounds = (
        find_jurisdictions(article, text, spoken, knowledge, acts=rules.places) if policy else ()
    )
    cast = find_cast(article, spoken, launches, mentions)
    claims = _claims(article, cast, spoken, knowledge, rules=rules, cuts=cuts)
    plans = _plans(article, cast, spoken, knowledge, policy=policy, cuts=cuts)
    return Classification(
        id=article.id,
        labels=labels,
        launches=tuple(one for one in launches if not _is_planned(one, plans)),
        mentions=mentions,
        policy=policy,
        claims=claims,
        plans=plans,
        jurisdictions=tuple(one.place for one in grounds),
        risks=find_risks(
            text,
            spoken,
            knowledge,
            policy=policy,
            only_studies=cast.only_studies,
            launches=launches,
        ),
        grounds=tuple(one.quote for one in grounds),
        acts=rules.quotes,
        cut=cuts_of(cuts),
    )


def _claims(
    article: Article, cast: Cast, language: str, knowledge: Knowledge, *, rules: Policy, cuts: Cuts
) -> tuple[Claim, ...]:
    """Return what vendors claim; in news of policy a sentence that tells an act claims nothing."""
    if is_described(article, cast, language):
        return find_described(article, cast, language, cuts=cuts)
    acts = rules.quotes if rules.is_one and article.voice != "vendor" else ()
    return tuple(
        one
        for one in find_claims(cast, language, cuts=cuts)
        if one.quote not in acts and _is_vendors(one, article, language, knowledge, rules.is_one)
    )


def _is_act(launch: Launch, rules: Policy) -> bool:
    """Return whether an act proves a product's event or price: what is fined changes no price."""
    return launch.event in (*OFFERS, "pricing") and launch.evidence in rules.quotes


def _is_planned(launch: Launch, plans: Iterable[Plan]) -> bool:
    """Return whether the sentence that proves a launch says that it is still to come."""
    dated = {plan.quote.start for plan in plans if plan.due}
    return launch.event in COMING and launch.evidence.start in dated


def _plans(
    article: Article, cast: Cast, language: str, knowledge: Knowledge, *, policy: bool, cuts: Cuts
) -> tuple[Plan, ...]:
    now = day_of(article)
    if now is None:
        return ()
    cast = with_planners(cast, article, language, knowledge, now=now)
    found = find_plans(cast, language, now=now, cuts=cuts)
    return tuple(one for one in found if _is_vendors(one, article, language, knowledge, policy))


def _is_vendors(
    one: Claim | Plan, article: Article, language: str, knowledge: Knowledge, policy: bool
) -> bool:
    """Return whether a claim or plan is a vendor's, and none of an authority, a court or a law."""
    if is_vendor(one.vendor, article, policy=policy):
        return True
    return not is_authority(one.vendor, one.quote.text, language, knowledge, policy=policy)


def _ours(chosen: Iterable[Scored], knowledge: Knowledge) -> bool:
    """Tell labels of the trade from those of management, and what is said from what is near.

    A label that the team has added is one of ours, whatever speaks for it.
    """
    group = {item.name: item.group for item in knowledge.categories}
    return any(
        group[one.name] == OWN or (group[one.name] != MANAGEMENT and (one.strong or one.taught))
        for one in chosen
    )


def find_vendors(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the known vendors that a text names, in order of the gazetteer."""
    return tuple(
        vendor.name for vendor in knowledge.vendors.near(text) if vendor.pattern.search(text)
    )


def _trade_hits(text: Text, language: str, knowledge: Knowledge) -> list[list[Hit]]:
    """Return the cues of each label of the trade that a text has."""
    found = (
        find_hits(text, cues_for(category.cues, language))
        for category in knowledge.categories
        if category.group != MANAGEMENT
    )
    return [hits for hits in found if hits]


def _names_trade(labels: Iterable[Sequence[Hit]]) -> bool:
    """Return whether a label of the trade has a cue that is no weak one, or several weak ones."""
    return any(
        any(hit.weight >= 1 for hit in hits) or sum(hit.points for hit in hits) >= SEVERAL
        for hits in labels
    )


def is_off_topic(article: Article, text: Text, language: str, knowledge: Knowledge) -> bool:
    """Return whether nothing in the article or its source is a matter of the digest.

    Words that any trade uses speak in pairs only ("platform" stands in news of a swimming pool,
    too), save that firms buy one another, join or are paid for: then one will do. A source's name
    speaks for a short text only: a trade paper writes of the town's feast too. An entry of an
    innovation report was chosen by its editors and is never off-topic.
    """
    if is_report_entry(article):
        return False
    if not text.full.strip() or tag_of(language, knowledge.domain) is None:
        return False  # no text, or no cues in this language: silence proves nothing
    cues = cues_for(knowledge.domain, language)
    hits = find_hits(text, cues)
    if any(hit.weight >= 1 for hit in hits):
        return False
    labels = _trade_hits(text, language, knowledge)
    weak = {hit.place for found in (hits, *labels) for hit in found}
    if _names_trade(labels) or (hits and len(weak) >= TWO):
        return False
    if weak and find_gist(article, language).event in DEALS:
        return False
    source = f"{article.publisher}\n{article.site}\n{article.source.replace('-', ' ')}"
    lower = source.lower()
    named = any(True for cue in cues.present_in(lower) for _ in cue.spans(source, lower))
    return not named or count_words(article.text) >= TELLING
