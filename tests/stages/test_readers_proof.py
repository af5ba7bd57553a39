"""Proofs stand in the reader's own language wherever an article of the same story has one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.config_editions import Audience
from digest.records import Classification, Edition, Launch, LaunchRecord
from digest.stack import Stack, WatchedVendor
from digest.stages.findings import Known
from digest.stages.ours import Ours
from digest.stages.proofs import check_citations

from .edition_sample import Corpus, add, article, quote

FRENCH = "Quintal annonce l'acquisition de Velmio pour 180 millions d'euros."
ENGLISH = "Quintal has agreed to acquire Velmio, a consent vendor, for €180 million."
GERMAN = "Der Hersteller Quintal übernimmt Velmio für 180 Millionen Euro."
INTERFACE = "星河向全部客户开放了智能体接口。"
STACK = Stack(watched=(WatchedVendor(vendor="Velmio"), WatchedVendor(vendor="星河")))


def bought(*, told: bool = True) -> tuple[Corpus, LaunchRecord]:
    """Return a takeover in three languages; the French sentence is what the record keeps."""
    corpus = Corpus()
    texts = {"a-fr": FRENCH, "b-en": ENGLISH, "c-de": GERMAN}
    members = [article(id, title=f"Quintal: {id}", text=f"{t} {t}!") for id, t in texts.items()]
    add(corpus, *members, languages={id: id[2:] for id in texts})
    for each in members:
        found = Launch("Quintal", "Velmio", "acquisition", None, quote(each, texts[each.id]))
        other = Launch(
            "Brightloom", "Halden", "acquisition", None, quote(each, f"{texts[each.id]}!")
        )
        launches = (other, found) if told or each.id == "a-fr" else ()
        corpus.classifications[each.id] = Classification(each.id, (), launches)
    return corpus, made(corpus, "Quintal", "Velmio", "acquisition", FRENCH, tuple(texts))


def made(
    corpus: Corpus, vendor: str, product: str, event: str, sentence: str, ids: tuple[str, ...]
) -> LaunchRecord:
    return LaunchRecord(
        id="r",
        vendor=vendor,
        product=product,
        event=event,
        category="CRM",
        announced="2026-11-18",
        announced_from="published",
        availability="announced",
        evidence=quote(corpus.articles[ids[0]], sentence),
        stories=(ids[0],),
        articles=ids,
        publishers=("x",),
        languages=("en", "fr"),
        confidence=0.9,
    )


def compiled(corpus: Corpus, record: LaunchRecord, language: str = "en") -> Edition:
    edition = corpus.compile(
        "2026-Q4",
        known=Known(records=(record,)),
        ours=Ours(STACK),
        audience=Audience(language=language),
    )
    assert check_citations(edition, {id: one.text for id, one in corpus.articles.items()}) == []
    return edition


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize(("language", "said"), [("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH)])
def test_a_takeover_is_proved_in_the_readers_language(language: str, said: str, told: bool) -> None:
    """In the watch of who is bought, too, and whether or not that article's launch was found."""
    corpus, record = bought(told=told)
    edition = compiled(corpus, record, language)
    (product,) = edition.products
    (deed,) = next(each.deeds for each in edition.watch if each.vendor == "Velmio")
    assert (deed.kind, deed.product) == ("acquired", "Quintal")
    assert [line.original.text for line in (product.line, deed.line)] == [said, said]
    assert edition.pack is not None
    asked = [each.line for row in edition.pack.questions for each in row.questions]
    assert [line.original.text for line in asked if line] == [said]


def test_what_the_headline_says_is_proved_by_the_sentence_that_bears_it_out() -> None:
    """An article that names the product in no sentence, since its name is in other letters."""
    corpus = Corpus()
    said = "In April we promised an open interface through which agents can work in Cadenza."
    chinese = article("a-zh", title="星河开放智能体接口", text=f"{INTERFACE}公司已有两千名客户。")
    own = article("b-en", title="Cadenza's open agent interface", text=f"It rained. {said} Enough.")
    add(corpus, chinese, own, languages={"a-zh": "zh-Hans", "b-en": "en"})
    record = made(corpus, "星河", "智能体接口", "feature", INTERFACE, ("a-zh", "b-en"))
    assert compiled(corpus, record).products[0].line.original.text == said
    assert compiled(corpus, record, "zh-Hans").products[0].line.original.text == INTERFACE


def test_where_nothing_bears_it_out_the_record_keeps_its_own_sentence() -> None:
    """An article in the reader's language that tells of something else proves nothing."""
    corpus, record = bought(told=False)
    other = replace(
        corpus.articles["b-en"], title="Rain in Leeds", text="The sun is out. So it is."
    )
    corpus.articles["b-en"] = other
    assert compiled(corpus, record).products[0].line.original.text == FRENCH


def test_another_deed_of_the_same_article_proves_nothing() -> None:
    """Of two takeovers that one article tells of, the record's own is quoted."""
    corpus, record = bought()
    text = f"Brightloom buys Halden for €5 million. {ENGLISH}"
    one = replace(corpus.articles["b-en"], text=text)
    corpus.articles["b-en"] = one
    corpus.classifications["b-en"] = Classification(
        "b-en",
        (),
        (
            Launch(
                "Brightloom", "Halden", "acquisition", None, quote(one, text.split("n. ")[0] + "n.")
            ),
            Launch("Quintal", "Velmio", "acquisition", None, quote(one, ENGLISH)),
        ),
    )
    assert compiled(corpus, record).products[0].line.original.text == ENGLISH


@pytest.mark.parametrize("product", ["Nova", ""])
def test_a_part_of_a_word_and_a_title_on_something_else_prove_nothing(product: str) -> None:
    """A word that has its letters names no product; a title on something else proves no launch."""
    corpus = Corpus()
    french = "Quintal lance Nova, un agent pour le CRM."
    first, second = "Cork showed innovation last week.", "Quintal launched a CRM agent called Nova."
    members = [
        article("a-fr", title="Quintal lance Nova", text=f"{french} {french}!"),
        article("b-en", title="Innovation week in Cork", text=f"{first} {second}"),
    ]
    add(corpus, *members, languages={"a-fr": "fr", "b-en": "en"})
    corpus.classifications["b-en"] = Classification("b-en", ())
    record = made(corpus, "Quintal", product, "launch", french, ("a-fr", "b-en"))
    (shown,) = compiled(corpus, record).products
    assert shown.line.text != first
    assert shown.line.text == (second if product else french)
