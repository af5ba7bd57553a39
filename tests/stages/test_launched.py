"""Launches under a story: each thing once, with who tells of it."""

from __future__ import annotations

from dataclasses import replace

from digest.records import Classification, Edition, Launch
from digest.stages.findings import Known
from digest.stages.launch_records import find_records
from digest.stages.proofs import check_citations
from digest.stages.render import render

from .edition_sample import Corpus, full_corpus, quote

NAMES = {"ルモラ": "Lumora"}


def told_thrice() -> Corpus:
    """Return the sample in which the vendor, the press and a wire each tell of one launch."""
    corpus = full_corpus()
    for id, vendor, sentence in (
        ("lumora-blog", "Lumora", "Lumora opened its Orchard customer data platform to every "
         "customer on Tuesday."),
        ("wire-de", "ルモラ", "Lumora hat seine Kundendatenplattform Orchard für alle Kunden "
         "geöffnet."),
    ):  # fmt: skip
        article = corpus.articles[id]
        launch = Launch(vendor, "Orchard", "launch", None, quote(article, sentence))
        corpus.classifications[id] = Classification(id, (), (launch,))
    return corpus


def compiled(corpus: Corpus) -> Edition:
    records = find_records(
        corpus.stories,
        corpus.articles,
        corpus.classifications,
        corpus.languages,
        aliases=NAMES,
    )
    return corpus.compile("2026-W47", known=Known(records=records))


def test_one_product_told_by_three_is_one_line() -> None:
    """Whatever they call its vendor: with their number, and a source number for each of them."""
    edition = compiled(told_thrice())
    assert edition.opening is not None
    (launched,) = edition.opening.launches
    assert (launched.vendor, launched.product, launched.publishers) == ("Lumora", "Orchard", 3)
    told = {each.article for each in edition.citations if each.number in launched.citations}
    assert told == {"lumora-blog", "martech-weekly", "wire-de"}
    numbers = {each.article: each.number for each in edition.citations}
    assert launched.citations[0] == numbers[launched.evidence.article]


def test_every_format_tells_it_once() -> None:
    """The page and Markdown have one line of it; its publishers are counted with the story."""
    edition = compiled(told_thrice())
    said = "(Customer Data Platform), 17 November 2026"
    for format in ("html", "md"):
        shown = str(render(edition, format=format)).replace("</span>", "")
        assert shown.count(said) == 1
        assert f"{said} ·" not in shown


def test_its_proof_stands_in_an_article_of_the_story() -> None:
    """The quoted sentence is read again like all others."""
    corpus = told_thrice()
    edition = compiled(corpus)
    texts = {id: each.text for id, each in corpus.articles.items()}
    assert check_citations(edition, texts) == []
    assert edition.opening is not None
    (launched,) = edition.opening.launches
    wrong = replace(launched, evidence=replace(launched.evidence, text="No such words."))
    broken = replace(edition, opening=replace(edition.opening, launches=(wrong,)))
    assert check_citations(broken, texts) != []


def test_what_an_editor_rejects_is_not_told() -> None:
    """The story stays, without the launch that is none."""
    corpus = told_thrice()
    records = find_records(
        corpus.stories, corpus.articles, corpus.classifications, corpus.languages, aliases=NAMES
    )
    rejected = tuple(
        replace(each, review="rejected") if each.product == "Orchard" else each for each in records
    )
    edition = corpus.compile("2026-W47", known=Known(records=rejected))
    assert edition.opening is not None
    assert (edition.opening.story, edition.opening.launches) == ("martech-weekly", ())
