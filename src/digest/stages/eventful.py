"""The sentence that tells a story's event before those that tell what else there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from digest.records import Launch, Quote
from digest.stages.leaning import leans


def event_first(
    quotes: Sequence[Quote], launches: Sequence[Launch], language_of: Callable[[str], str]
) -> tuple[Quote, ...]:
    """Return a story's sentences, the one first that proves its event, if one of them does.

    What leans on the sentence before it stays behind that. The others keep their order.

    Args:
        quotes: the sentences, in order.
        launches: what vendors did, by all articles of the story, the lead's first: the first one
            is the story's event.
        language_of: the language of an article, by id.
    """
    blocks: list[list[Quote]] = []
    for quote in quotes:
        on = blocks and blocks[-1][-1].article == quote.article
        if on and leans(quote.text, language_of(quote.article)):
            blocks[-1].append(quote)
        else:
            blocks.append([quote])
    proofs = [each.evidence for each in launches if each.event == launches[0].event]
    found = (
        place
        for proof in proofs
        for place, block in enumerate(blocks)
        if any(_holds(quote, proof) for quote in block)
    )
    first = next(found, 0)
    ordered = [*blocks[first : first + 1], *blocks[:first], *blocks[first + 1 :]]
    return tuple(quote for block in ordered for quote in block)


def _holds(quote: Quote, proof: Quote) -> bool:
    """Return whether a sentence is what proves an event, or a part of it, or holds it."""
    return quote.article == proof.article and (proof.text in quote.text or quote.text in proof.text)
