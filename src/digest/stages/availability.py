"""How far a product is, as an article states it: announced, in a test, or to be had."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from digest.stages.clean import key_of
from digest.stages.phrase_data import NOTHING, Patterns, phrases_for

if TYPE_CHECKING:
    from digest.records import Availability


def find_availability(
    evidence: str, sentences: Iterable[str], product: str, language: str
) -> Availability:
    """Return the stage that the proof states, else the first sentence that names the product.

    The sentence behind the proof may go on about it without its name: "It is available to all
    customers from Monday." "" where none states one.

    Args:
        evidence: the sentence that proves the launch.
        sentences: all sentences of the article, in order.
        product: its name; without one only the proof is read.
        language: decides which phrases count.
    """
    phrases = phrases_for("availability", language)
    if phrases is None:
        return ""
    key, told = key_of(product), list(sentences)
    behind = told[told.index(evidence) + 1 :][:1] if evidence in told else []
    about = [one for one in behind if phrases.get("goes_on", NOTHING).match(one)]
    about += [one for one in told if key and key in key_of(one)]
    return next((stage for one in (evidence, *about) if (stage := stage_of(one, phrases))), "")


def stage_of(sentence: str, phrases: Patterns) -> Availability:
    """Return the stage that a sentence states, "" where it states none."""
    if "left" in phrases and phrases["left"].search(sentence):
        return "general"
    if phrases["beta"].search(sentence):
        return "beta"
    if phrases["announced"].search(sentence):
        return "announced"
    return "general" if phrases["general"].search(sentence) else ""
