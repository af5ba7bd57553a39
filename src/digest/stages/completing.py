"""What else a text says of what it tells: the plan whose price it is, and whose a thing is."""

from __future__ import annotations

import re
from dataclasses import replace

from digest.records import Article
from digest.stages.clean import key_of
from digest.stages.grammar import Grammar
from digest.stages.owners import owner_of_ware, owner_told
from digest.stages.priced import plan_of
from digest.stages.studies import title_of
from digest.stages.taxonomy import Knowledge
from digest.stages.told import ONE_THING, PART, Told
from digest.stages.whose import known_name

VERSION = re.compile(r"[^\W\d]\s?\d{1,2}$")  #: a product's whole-numbered version: "Acme Pages 5"
OF_WARES = (*ONE_THING, PART, "pricing")  #: what a thing is said to do, and its maker does


def completed(one: Told, article: Article, grammar: Grammar, knowledge: Knowledge) -> Told:
    """Return what is told with what else the text says of it: the plan, or whose it is.

    "Acme's chatbot Nova now integrates with Beta" is told of Acme.
    """
    one = _with_maker(one, grammar, knowledge)
    if one.event == "study" and one.product:
        return replace(
            one, product=title_of(one.product, f"{article.title}\n{article.text}", grammar)
        )
    versioned = VERSION.search(one.product) and not grammar.cut.search(one.product, 1)
    if one.event == "feature" and versioned:  # not "custom models on Acme Image 4"
        return replace(one, event="launch")
    if one.event == "pricing" and key_of(one.product) in ("", key_of(one.vendor)):
        plan = plan_of(article, one.proof, one.vendor, grammar)
        return replace(one, product=plan or one.product)
    if one.event == "shutdown" and key_of(one.vendor) == key_of(one.product):
        owner = owner_of_ware(one.product, one.proof.text, grammar) if grammar.wide else ""
        return replace(one, vendor=owner or owner_told(one.product, article, grammar) or one.vendor)
    return one


def _with_maker(one: Told, grammar: Grammar, knowledge: Knowledge) -> Told:
    """Return what is told of a ware as its maker's, where the proof says whose it is."""
    if one.event not in OF_WARES or one.vendor in knowledge.vendors.named:
        return one
    owner = owner_of_ware(one.vendor, one.proof.text, grammar)
    if not owner or key_of(owner) in (key_of(one.vendor), key_of(one.product)):
        return one
    thing = one.product or one.vendor  # of a price: of the ware that costs it
    return replace(one, vendor=known_name(owner, knowledge), product=thing)
