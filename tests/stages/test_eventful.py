"""A story's lines begin with its event, where one of the chosen sentences proves it."""

from __future__ import annotations

from digest.records import Launch, Quote
from digest.stages.eventful import event_first

DATA = Quote("Chief executive Ines Varga said the company will not sell user data.", "a", 90, 158)
PLANS = Quote("Smaller plans keep their price until March 2027.", "a", 160, 208)
PRICE = Quote("The platform Lumora is raising prices by 12 percent from 1 December.", "b", 0, 68)
MEANS = Quote("This means that teams pay more.", "b", 69, 100)


def launch(event: str, proof: Quote) -> Launch:
    return Launch("Lumora", "Lumora", event, None, proof)


def first(*quotes: Quote, launches: tuple[Launch, ...]) -> list[Quote]:
    return list(event_first(quotes, launches, lambda article: "en"))


def test_the_sentence_that_proves_the_event_comes_first() -> None:
    """The others keep their order."""
    raised = launch("pricing", PRICE)
    assert first(DATA, PLANS, PRICE, launches=(raised,)) == [PRICE, DATA, PLANS]
    assert first(PRICE, DATA, launches=(raised,)) == [PRICE, DATA]


def test_what_leans_on_a_sentence_goes_with_it() -> None:
    """Nobody knows what "this" is without it."""
    found = first(DATA, PRICE, MEANS, launches=(launch("pricing", PRICE),))
    assert found == [PRICE, MEANS, DATA]


def test_another_articles_proof_of_the_same_event_counts() -> None:
    """The lead's own sentence need not be among those chosen."""
    other = Quote("Lumora raised its prices.", "a", 0, 25)
    told = (launch("pricing", other), launch("launch", DATA), launch("pricing", PRICE))
    assert first(DATA, PRICE, launches=told) == [PRICE, DATA]


def test_without_its_proof_the_order_stays() -> None:
    """A title proves no sentence, and another event is not the story's."""
    title = Quote("Lumora raises prices", "b", 0, 20)
    assert first(DATA, PRICE, launches=()) == [DATA, PRICE]
    assert first(DATA, PRICE, launches=(launch("pricing", title),)) == [DATA, PRICE]
    told = (launch("pricing", title), launch("launch", PRICE))
    assert first(DATA, PRICE, launches=told) == [DATA, PRICE]
    assert first(launches=()) == []
