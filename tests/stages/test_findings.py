"""What an edition tells besides its stories: made of records, each sentence with its proof."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from html import unescape
from xml.etree import ElementTree

import pytest

from digest.config_editions import Audience, Rank
from digest.periods import parse_period
from digest.records import (
    Article,
    Claim,
    Classification,
    Commitment,
    Edition,
    Fact,
    Kept,
    Launch,
    LaunchRecord,
    Part,
    Plan,
    Product,
    Proof,
    QuarterCounts,
    Quote,
    Trend,
    Trends,
)
from digest.shown import said_beside
from digest.stack import Stack, Tool, WatchedVendor
from digest.stages.atom import entry_of, make_feed
from digest.stages.charts import KINDS, charts_of
from digest.stages.classify import classify
from digest.stages.findings import Known
from digest.stages.ledger import entrants
from digest.stages.our_stack import look_at_stack
from digest.stages.ours import Ours
from digest.stages.proofs import check_citations
from digest.stages.protect import Glossary
from digest.stages.quoted import lines_beside
from digest.stages.render import render
from digest.stages.sayings import Sayings
from digest.stages.taxonomy import load_knowledge
from digest.stages.view import make_view, products_of, told_elsewhere

from .edition_sample import Corpus, add, full_corpus, outlet, quote

STACK = Stack(
    marketing_budget=1000.0,
    customers_won=10,
    tools=(
        Tool(
            name="Orchard",
            vendor="Lumora",
            owner="Data team",
            category="Customer Data Platform",
            cost=100.0,
            renewal=date(2026, 12, 31),
            utilisation=0.4,
        ),
        Tool(name="Quiet Tool", vendor="Silent & Co", owner="Web team", category="CRM", cost=50.0),
        Tool(name="Second CRM", vendor="Silent & Co", owner="Web team", category="CRM"),
    ),
    watched=(WatchedVendor(vendor="Adwell"),),
)


def record(article: Article, sentence: str, **changes: object) -> LaunchRecord:
    values: dict[str, object] = {
        "id": f"r-{article.id}",
        "vendor": "Lumora",
        "product": "Orchard",
        "event": "launch",
        "category": "Customer Data Platform",
        "announced": "2026-11-18",
        "announced_from": "published",
        "availability": "general",
        "evidence": quote(article, sentence),
        "stories": (article.id,),
        "articles": (article.id,),
        "publishers": (article.publisher,),
        "languages": ("en",),
        "confidence": 0.9,
    }
    return LaunchRecord(**(values | changes))  # type: ignore[arg-type]


def known(corpus: Corpus) -> Known:
    """Return records, plans and quarters about the sample's vendors."""
    press, vendor = corpus.articles["martech-weekly"], corpus.articles["lumora-blog"]
    deal = corpus.articles["adwell"]
    said = "Orchard keeps consent beside each profile and refuses exports that lack it."
    moved = "The company named two retailers that moved 40 million profiles in nine days."
    claims = (
        Claim("Lumora", "Orchard", quote(vendor, said), (Proof("data", quote(vendor, moved)),)),
        Claim("Lumora", "Orchard", quote(vendor, moved)),
    )
    launched = record(
        press, "Lumora has taken Orchard, its customer data platform, out of beta.", claims=claims
    )
    bought = record(
        deal,
        "Adwell has agreed to buy Pinfold, which measures what television adds to web sales.",
        vendor="Adwell",
        product="=Pinfold",
        event="acquisition",
        category="Video Advertising",
    )
    plan = Plan("Lumora", "Orchard", quote(vendor, said), "2026-09-30", "by the end of September")
    counts = [
        QuarterCounts(
            name, (("a",),), (40,), (Fact("label", "CRM", 0, n), Fact("label", "SEO", 0, 8))
        )
        for name, n in (("2026-Q3", 4), ("2026-Q4", 30))
    ]
    return Known(
        records=(launched, bought),
        commitments=(Commitment(plan, "2026-05-01", "overdue"),),
        quarters=tuple(counts),
    )


def compiled(period: str = "2026-Q4", **more: object) -> tuple[Edition, Corpus]:
    corpus = full_corpus()
    given = {"known": known(corpus), "ours": Ours(STACK), "caps": Rank(), **more}
    return corpus.compile(period, **given), corpus


@pytest.fixture(scope="module")
def quarterly() -> Edition:
    return compiled()[0]


@pytest.mark.parametrize("period", ["2026-W47", "2026-Q4"])
def test_every_quoted_sentence_stands_in_its_article(period: str) -> None:
    """Products, claims, evidence, plans, deeds and questions: all of them are read again."""
    edition, corpus = compiled(period)
    texts = {id: each.text for id, each in corpus.articles.items()}
    assert len(list(lines_beside(edition))) > 5
    assert check_citations(edition, texts) == []
    texts["lumora-blog"] = texts["lumora-blog"].replace("Orchard", "Orchid")
    assert check_citations(edition, texts) != []


def test_a_sentence_that_is_not_there_is_not_told() -> None:
    """A record whose proof its article does not have is left out."""
    corpus = full_corpus()
    found = known(corpus)
    wrong = replace(found.records[0].evidence, text="Lumora has stopped Orchard for ever, so it is")
    broken = replace(found, records=(replace(found.records[0], evidence=wrong),))
    assert corpus.compile("2026-Q4", known=broken, ours=Ours(STACK)).products == ()


def test_claims_show_their_evidence_or_that_there_is_none(quarterly: Edition) -> None:
    """No verdict: sentences with the kind of evidence, or the note that none is stated."""
    assert [[backing.kind for backing in claim.backing] for claim in quarterly.claims] == [
        ["data"],
        [],
    ]
    assert "claimed, no evidence stated" in str(render(quarterly, format="html"))


def test_markdown_beside_the_stories_is_escaped_once(quarterly: Edition) -> None:
    """No name, sentence or number of products, claims, plans or the pack is escaped twice."""
    source = str(render(quarterly, format="md"))
    assert r"\\" not in source
    assert re.search(r"” \\\[\d+\\\]", source)


def _mail(edition: Edition) -> tuple[str, str]:
    mail = message_from_bytes(bytes(render(edition, format="mail")))  # type: ignore[arg-type]
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in mail.walk()}
    return str(parts["text/plain"], "utf-8"), str(parts["text/html"], "utf-8")  # type: ignore[arg-type]


def test_every_format_tells_why_and_for_whom() -> None:
    """Developments say in plain sentences why they matter, what they are to us first."""
    edition, _ = compiled("2026-W47")
    opening = edition.opening
    assert opening is not None
    parts = (
        Part("publishers", 2.0, "", "told", ("Martech Post",)),
        Part("ours", 2.0, "", "owned", ("Lumora",)),
        Part("voice", 1.0, "", "independent", ("Martech Post",)),
        Part("relevance", 1.0, "", "about", ("CRM",)),
        Part("evidence", -0.5, "", "unproved"),
    )
    edition = replace(edition, opening=replace(opening, why=parts))
    page = str(render(edition, format="html"))
    every = [page, str(render(edition, format="md")), *_mail(edition)]
    for shown in (re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\*", "", each)) for each in every):
        why = re.search(r"Why it matters:? ?(.*?)For whom:? ?(.{9})", shown)
        assert why is not None
        assert why[1].strip() == (
            "We already own Orchard: check whether this is included or costs extra. "
            "So far only its vendor says so."
        )
        assert why[2] == "Data team"


def test_every_format_names_a_storys_jurisdictions(quarterly: Edition) -> None:
    """Where a rule holds stands beside the story, on the page as in Markdown and the mail."""
    opening = quarterly.opening
    assert opening is not None
    edition = replace(quarterly, opening=replace(opening, jurisdictions=("EU", "FR")))
    every = [*(str(render(edition, format=each)) for each in ("html", "md")), *_mail(edition)]
    for shown in every:
        story = shown[shown.index("The one thing to know") :]
        assert "European Union, France" in story[: story.index("has taken Orchard")]


def test_silence_is_reported(quarterly: Edition) -> None:
    """A vendor with no news is listed, and so is a plan whose day has passed without a word."""
    watch = {each.vendor: each for each in quarterly.watch}
    assert watch["Silent & Co"].is_silent
    assert [each.kept for each in watch["Lumora"].promises] == ["overdue"]
    assert "Nothing was read about: Silent" in str(render(quarterly, format="md"))


def test_a_story_whose_headline_alone_names_a_vendor_is_news_of_it() -> None:
    """It is told by the first sentence of its article; the vendor is not called silent."""
    corpus = full_corpus()
    told = outlet(
        "silent", "Martech Post", "Silent & Co ends its free plan", "Note. It ends in May for all."
    )
    add(corpus, told)
    edition = corpus.compile("2026-W47", known=known(corpus), ours=Ours(STACK))
    watch = {each.vendor: each for each in edition.watch}["Silent & Co"]
    assert watch.stories == 1
    assert [each.line.original.text for each in watch.deeds] == ["It ends in May for all."]
    assert "Nothing was read about: Silent" not in str(render(edition, format="md"))


def test_one_sentence_is_one_deed() -> None:
    """A purchase that touches a policy, too, is not told a second time by the same sentence."""
    corpus = full_corpus()
    deal = corpus.classifications["adwell"]
    corpus.classifications["adwell"] = replace(deal, policy=True)
    edition = corpus.compile("2026-W47", known=known(corpus), ours=Ours(STACK))
    watch = {each.vendor: each for each in edition.watch}["Adwell"]
    assert [each.kind for each in watch.deeds] == ["acquisition"]


def test_a_halt_is_an_incident_of_its_vendor() -> None:
    """As the classifier reads it, without any law: whose tool was switched off is told."""
    corpus = full_corpus()
    text = "The shop has switched off the CRM that Silent & Co sells, after a wrong mailing."
    halted = outlet("halted", "Martech Post", "Shop pauses the CRM of Silent & Co", text)
    add(corpus, halted)
    found = classify(halted, corpus.languages["halted"], knowledge=load_knowledge())
    assert isinstance(found, Classification)
    corpus.classifications["halted"] = found
    edition = corpus.compile("2026-W47", known=known(corpus), ours=Ours(STACK))
    watch = {each.vendor: each for each in edition.watch}["Silent & Co"]
    assert (found.policy, [each.kind for each in watch.deeds]) == (False, ["incident"])


def test_a_claim_in_two_languages_is_counted_once() -> None:
    """The watch counts what the section of claims shows: the reader's own language."""
    corpus = full_corpus()
    wire = corpus.articles["wire-de"]
    said = Claim("Lumora", "Orchard", quote(wire, "Ein Umzug dauert laut Anbieter neun Tage."))
    corpus.classifications[wire.id] = Classification(wire.id, (), claims=(said,))
    edition = corpus.compile("2026-W47", known=known(corpus), ours=Ours(STACK))
    watch = {each.vendor: each for each in edition.watch}["Lumora"]
    assert dict(watch.now)["claim"] == len(edition.claims) == 2


def test_a_claim_that_is_told_in_other_words_is_one() -> None:
    """The vendor's own words are shown, not those of a site that has written them anew."""
    corpus = full_corpus()
    vendor, press = corpus.articles["lumora-blog"], corpus.articles["martech-weekly"]
    again = "Orchard keeps the consent beside each profile and refuses all exports that lack it."
    corpus.articles[press.id] = press = replace(press, text=f"{press.text} {again}")
    said = "Orchard keeps consent beside each profile and refuses exports that lack it."
    for article, sentence in ((press, again), (vendor, said)):
        claim = Claim("Lumora", "Orchard", quote(article, sentence))
        known_of = Classification(article.id, (), claims=(claim,))
        corpus.classifications[article.id] = known_of
    edition = corpus.compile("2026-W47", ours=Ours(STACK))
    assert [claim.line.original.text for claim in edition.claims] == [said]


def planned(corpus: Corpus, id: str, sentence: str, due: str | None) -> Plan:
    """Return a plan of Lumora's, which its article's classification has, too."""
    plan = Plan("Lumora", "Orchard", quote(corpus.articles[id], sentence), due, "")
    before = corpus.classifications.get(id, Classification(id, ()))
    corpus.classifications[id] = replace(before, plans=(*before.plans, plan))
    return plan


def test_a_plan_is_shown_once_in_the_readers_language() -> None:
    """The German that stated it first has its English where the story has it for the same day."""
    corpus = full_corpus()
    german = planned(corpus, "wire-de", "Ein Umzug dauert laut Anbieter neun Tage.", "2026-12-31")
    said = "Orchard keeps consent beside each profile and refuses exports that lack it."
    planned(corpus, "lumora-blog", said, "2026-12-31")
    found = Known(commitments=(Commitment(german, "2026-11-17", "open"),))
    for language, expected in (("en", said), ("de", german.quote.text)):
        edition = corpus.compile(
            "2026-W47", known=found, ours=Ours(STACK), audience=Audience(language=language)
        )
        watch = {each.vendor: each for each in edition.watch}["Lumora"]
        assert [each.line.original.text for each in watch.promises] == [expected]


def test_undated_plans_of_one_story_are_told_in_one_language() -> None:
    """A plan that two languages tell is not listed twice."""
    corpus = full_corpus()
    german = planned(corpus, "wire-de", "Ein Umzug dauert laut Anbieter neun Tage.", None)
    said = "The company named two retailers that moved 40 million profiles in nine days."
    english = planned(corpus, "lumora-blog", said, None)
    found = tuple(Commitment(each, "2026-11-17", "open") for each in (german, english))
    edition = corpus.compile("2026-W47", known=Known(commitments=found), ours=Ours(STACK))
    watch = {each.vendor: each for each in edition.watch}["Lumora"]
    assert [each.line.original.text for each in watch.promises] == [said]


def test_a_vendor_in_the_news_is_counted_as_such() -> None:
    """What no record tells is no "nothing of note"."""
    edition = full_corpus().compile("2026-W47", ours=Ours(STACK))
    watch = {each.vendor: each for each in edition.watch}["Lumora"]
    assert dict(watch.now) == {"mention": 1}


def test_the_agenda_has_plans_that_are_overdue_or_soon_due() -> None:
    """One that is due in two years waits; so does one that names no day."""
    corpus = full_corpus()
    said = "Orchard keeps consent beside each profile and refuses exports that lack it."
    for due, told in (("2027-03-31", True), ("2028-12-31", False), (None, False)):
        plan = Plan("Lumora", "Orchard", quote(corpus.articles["lumora-blog"], said), due, "")
        found = Known(commitments=(Commitment(plan, "2026-11-17", "open"),))
        edition = corpus.compile("2026-Q4", known=found, ours=Ours(STACK))
        assert edition.pack is not None
        assert ("agenda-plans" in {each.code for each in edition.pack.agenda}) is told


def test_what_befell_our_tool_is_one_decision() -> None:
    """An incident at a vendor of ours asks what to do, and not who checks a law as well."""
    corpus = full_corpus()
    before = corpus.classifications["martech-weekly"]
    risky = replace(before, launches=(), policy=True, risks=("incident",))
    corpus.classifications["martech-weekly"] = risky
    edition = corpus.compile("2026-Q4", ours=Ours(STACK))
    assert edition.pack is not None
    codes = [each.code for each in edition.pack.decisions]
    assert codes.count("decide-incident") == 1
    about = [dict(each.values).get("headline", "") for each in edition.pack.decisions]
    assert corpus.articles["martech-weekly"].title not in about
    (risks,) = (each for each in edition.pack.agenda if each.code.startswith("agenda-risks"))
    assert ("topics", "incident") in risks.values
    assert "Incident" in Sayings("en").remark(risks)


def test_the_contents_count_what_the_policy_section_tells() -> None:
    """Stories that stand in other sections are listed there, and counted."""
    edition = full_corpus().compile("2026-Q4", ours=Ours(STACK))
    (block,) = (each for each in make_view(edition).blocks if each.name == "policy")
    assert told_elsewhere(edition)
    assert block.size == len(block.entries) + len(told_elsewhere(edition))


def test_our_stack_is_told_in_figures(quarterly: Edition) -> None:
    """Spend by category with its shares, renewals near, overlaps, and tools with news."""
    stack = quarterly.stack
    assert stack is not None
    assert (stack.total, stack.customer_cost) == (150.0, 100.0)
    first = stack.spend[0]
    assert (first.category, first.of_budget, first.per_customer, first.of_customer_cost) == (
        "Customer Data Platform",
        0.1,
        10.0,
        0.1,
    )
    assert stack.renewals == ("Orchard",) or stack.renewals == ()
    assert [each.tools for each in stack.overlaps] == [("Quiet Tool", "Second CRM")]
    assert stack.tools[0].stories == ("martech-weekly",)


def test_a_product_makes_no_gap_of_its_own(quarterly: Edition) -> None:
    """Of Nova, and of what Nova "launched", one thing is told: no category moves by it."""
    known = quarterly.products[0]
    told = replace(known, vendor="Acme", product="Nova", event="launch", category="CMS")
    own = replace(told, vendor="Nova", product="14 languages")
    stack = Stack(tools=(Tool(name="Quill", vendor="Pen"),))

    def gaps(*products: Product) -> list[tuple[str, ...]]:
        period = parse_period("2026-Q4")
        found = look_at_stack(
            stack, period, products=products, watch=(), stories=(), renewal_days=9
        )
        return [each.vendors for each in found.gaps] if found else []

    assert gaps(told, own) == []
    assert gaps(told, replace(own, vendor="Beta")) == [("Acme", "Beta")]


@pytest.mark.parametrize(
    ("day", "renewals", "renewed"),
    [
        (date(2026, 11, 15), (), ("Orchard",)),
        (date(2026, 10, 1), (), ("Orchard",)),
        (date(2026, 9, 30), (), ()),
        (date(2026, 12, 31), ("Orchard",), ()),
        (date(2027, 1, 9), ("Orchard",), ()),
    ],
)
def test_a_renewal_within_the_period_is_told(
    day: date, renewals: tuple[str, ...], renewed: tuple[str, ...]
) -> None:
    """It has passed when the quarter is read: the meeting hears what was agreed."""
    tools = (STACK.tools[0].model_copy(update={"renewal": day}), *STACK.tools[1:])
    stack = STACK.model_copy(update={"tools": tools})
    edition = full_corpus().compile("2026-Q4", ours=Ours(stack), caps=Rank())
    assert edition.stack
    assert edition.pack
    assert (edition.stack.renewals, edition.stack.renewed) == (renewals, renewed)
    codes = {one.code for one in (*edition.pack.agenda, *edition.pack.decisions)}
    assert {"agenda-renewed", "decide-renewed"} & codes == (
        {"agenda-renewed", "decide-renewed"} if renewed else set()
    )
    if day == date(2026, 11, 15):
        page = str(render(edition, format="html"))
        assert "Contracts whose renewal fell within the period: " in page
        assert "<strong>15 November 2026</strong>" in page


def test_the_pack_asks_by_the_records(quarterly: Edition) -> None:
    """What is overdue, claimed without evidence or idle becomes a question with its source."""
    pack = quarterly.pack
    assert pack is not None
    asked = {row.vendor: [each.code for each in row.questions] for row in pack.questions}
    assert {"ask-overdue", "ask-evidence", "ask-product", "ask-use"} <= set(asked["Lumora"])
    assert asked["Silent & Co"] == ["ask-strategy"]
    every = [*pack.decisions, *(each for row in pack.questions for each in row.questions)]
    assert all(each.citations or each.from_stack for each in every)


def test_an_idle_tool_is_asked_about_before_open_plans() -> None:
    """Many plans do not cut off the question of how little of what is paid for is used."""
    corpus = full_corpus()
    found = known(corpus)
    plan = found.commitments[0].plan
    plans = tuple(
        Commitment(replace(plan, due=f"2027-0{month}-01"), "2026-05-01", "open")
        for month in range(1, 9)
    )
    edition = corpus.compile("2026-Q4", known=replace(found, commitments=plans), ours=Ours(STACK))
    assert edition.pack is not None
    asked = {row.vendor: [each.code for each in row.questions] for row in edition.pack.questions}
    assert {"ask-use", "ask-open"} <= set(asked["Lumora"])


def test_trends_have_a_chart_in_words_and_numbers(quarterly: Edition) -> None:
    """The page has a picture with its words and a table; the mail has the same picture as PNG."""
    page = str(render(quarterly, format="html"))
    assert 'aria-label="Categories, 4th quarter 2026 / 3rd quarter 2026: CRM 30 / 4' in page
    assert "more than chance explains" in page
    mail = message_from_bytes(bytes(render(quarterly, format="mail")))  # type: ignore[arg-type]
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == page.count("<figure>") > 0
    assert {part.get_payload(decode=True)[:4] for part in pictures} == {b"\x89PNG"}  # type: ignore[index]


def test_trends_count_the_sources_that_they_compare(quarterly: Edition) -> None:
    """Counts, shares and the reading of a row are of the same sources, in every format."""
    row = Trend("label", "CRM", (90, 130), 30, 4, 0.75, 0.1, 0.4, 0.8, "up", 6.5)
    new = Trend("label", "Print", (0, 9), 0, 0, 0.0, 0.0, -0.1, 0.1, "few")
    trends = Trends(("2026-Q3", "2026-Q4"), (200, 300), 40, 40, 1, ("b",), (), (row, new))
    edition = replace(quarterly, trends=trends)
    told = "CRM: 4 (10%) → 30 (75%), +650%, rising, more than chance explains"
    for lines in (str(render(edition, format="md")), _mail(edition)[0]):
        assert told in lines.replace("\\", "")
        assert "Stories in all: 40 (3rd quarter 2026) · 40 (4th quarter 2026)" in lines
        assert "Print:" not in lines
    page = re.sub(r"\s*<[^>]+>\s*", " ", str(render(edition, format="html")))
    assert re.search(r"CRM +4 +\(10%\) +30 +\(75%\) +\+650% ", page)
    assert not re.search(r"CRM +90 +130", page)
    arabic = str(render(replace(edition, language="ar"), format="md")).replace("\\", "")
    assert re.search(r": 4 \(10\S*\) ← 30", arabic)  # an arrow that points as its reader reads
    alone = replace(trends, quarters=("2026-Q4",), stories=(300,), now=0, before=0, sources=0)
    alone = replace(alone, rows=(replace(row, counts=(130,), direction="alone", growth=None),))
    shown = str(render(replace(quarterly, trends=alone), format="md"))
    assert "CRM: 130\n" in shown.replace("\\", "")
    assert "there is nothing yet to compare with" in shown


def test_what_cannot_be_compared_is_said_once(quarterly: Edition) -> None:
    """In sixty rows the same words would hide what is told."""
    row = Trend("label", "CRM", (4, 9), 0, 0, 0.0, 0.0, 0.0, 0.0, "alone")
    rows = tuple(replace(row, name=name) for name in ("CRM", "Print", "SEO"))
    trends = Trends(("2026-Q3", "2026-Q4"), (20, 30), 0, 0, 0, ("b",), ("c",), rows)
    edition = replace(quarterly, trends=trends)
    for format in ("html", "md"):
        shown = str(render(edition, format=format)).replace("\\", "")
        assert shown.count("nothing to compare with") == 1
    for shown in _mail(edition):
        assert shown.count("nothing to compare with") == 1
    assert "CRM: 4 → 9, –" in str(render(edition, format="md")).replace("\\", "")


def test_every_chart_has_a_table_of_its_own_numbers(quarterly: Edition) -> None:
    """Also of kinds of events, and where too few stories are told to name a growth."""
    rows = tuple(
        Trend(kind, name, (9, now), now, 1, 0.1, 0.1, -0.1, 0.1, "few")
        for kind in KINDS
        for now, name in ((2, "launch"), (3, "funding"))
    )
    trends = Trends(("2026-Q3", "2026-Q4"), (20, 30), 20, 20, 1, ("b",), (), rows)
    edition = replace(quarterly, trends=trends)
    page = str(render(edition, format="html"))
    figures = re.findall(r"<figure>.*?</figure>", page, re.DOTALL)
    charts = charts_of(edition, Sayings("en"))
    assert [chart.kind for chart in charts] == ["label", "vendor", "event", "topic"]
    for figure, chart in zip(figures, charts, strict=True):
        told = [int(number) for number in re.findall(r"<td[^>]*>(\d+)</td>", figure)]
        assert told == [number for row in chart.rows for number in (row.before, row.now)]
        assert f"<summary>Data table: {chart.title}</summary>" in figure
    mail = re.sub(r"<[^>]+>", "", _mail(edition)[1])
    assert mail.count("too few to tell: ") == len(charts)


def test_the_counts_of_a_trend_stay_on_one_line(quarterly: Edition) -> None:
    row = Trend("label", "Print", (0, 2), 2, 0, 0.1, 0.0, -0.1, 0.1, "few")
    trends = Trends(("2026-Q3", "2026-Q4"), (20, 30), 20, 20, 1, ("b",), (), (row,))
    edition = replace(quarterly, trends=trends)
    for lines in (str(render(edition, format="html")), str(render(edition, format="md"))):
        assert "too few to tell: Print\u00a00\u00a0→\u00a02" in lines


def test_rows_of_money_add_up_to_their_sum(quarterly: Edition) -> None:
    """Where one has cents, all show them: rounded, three rows made a sum that was one off."""
    assert quarterly.stack is not None
    first, *others = quarterly.stack.tools
    whole = [replace(each, cost=1000.0) for each in others]
    tools = (replace(first, cost=48250.5, owner=""), *whole)
    spend = tuple(replace(each, cost=48250.5) for each in quarterly.stack.spend[:1])
    stack = replace(quarterly.stack, currency="CHF", tools=tools, spend=spend, total=50250.5)
    for format in ("html", "md"):
        shown = str(render(replace(quarterly, stack=stack), format=format)).replace("\\", "")
        assert "CHF\u00a048,250.50" in shown
        assert "CHF\u00a050,250.50" in shown
        assert "CHF\u00a01,000.00" in shown
        assert "48,250<" not in shown
        assert format == "md" or 'data-of="Owner: ">–</td>' in shown


def test_a_long_mail_keeps_its_sections(quarterly: Edition) -> None:
    """It tells fewer stories in full, down to one, before it leaves vendors and charts out."""
    assert quarterly.opening is not None
    lines = quarterly.opening.lines * 20
    long = tuple(replace(quarterly.opening, story=f"s{n}", lines=lines) for n in range(12))
    short = quarterly.watch[0]
    assert short.deeds
    watch = tuple(replace(short, vendor=f"Vendor {n}") for n in range(9))
    section = replace(quarterly.sections[0], entries=long)
    _, page = _mail(replace(quarterly, sections=(section,), watch=watch))
    assert len(page.encode()) < 95_000
    assert "shortened" in page
    assert "Vendor 8" in page
    assert "cid:chart-label" in page


def test_charts_have_glyphs_of_every_script() -> None:
    """A font for Japanese is taken where one is there; where none is, the doctor names one."""
    from digest.stages.fonts import fonts_for, missing_font

    missing = missing_font("ja")
    assert missing == "" or missing == "Noto Sans CJK JP"
    if not missing:
        assert any("CJK" in name or "Hiragino" in name or "Yu" in name for name in fonts_for("ja"))


def test_sections_are_what_the_settings_say() -> None:
    """A section that is left out is not made; the order is the layout's."""
    edition, _ = compiled(layout=("opening", "stack", "other", "sources"))
    assert edition.claims == ()
    assert edition.pack is None
    assert edition.stack is not None
    page = str(render(edition, format="html"))
    places = [page.index(f'id="{name}"') for name in ("opening", "stack", "other", "sources")]
    assert sorted(places) == places


@pytest.mark.parametrize(
    ("event", "section"), [("acquisition", "market"), ("study", "research"), ("launch", "products")]
)
def test_a_story_stands_where_any_of_its_articles_says(event: str, section: str) -> None:
    """A lead of whose words no event was made does not hide what another article tells."""
    corpus = full_corpus()
    lead = outlet("lead", "Martech Post", "Gantrel and Mothwick", "They are one from May on.")
    other = outlet("other-paper", "The Brand Ledger", "Gantrel buys", "Gantrel buys Mothwick.")
    add(corpus, lead, other)
    launch = Launch("Gantrel", "Mothwick", event, None, quote(other, other.text))
    corpus.classifications[other.id] = Classification(other.id, (), (launch,))
    edition = corpus.compile("2026-W47")
    places = {each.story: row.name for row in edition.sections for each in row.entries}
    assert places["lead"] == section


@pytest.mark.parametrize(
    ("period", "event", "section"),
    [
        ("2026-W47", "pricing", "products"),
        ("2026-Q4", "pricing", "market"),
        ("2026-Q4", "shutdown", "market"),
        ("2026-Q4", "partnership", "market"),
        ("2026-Q4", "feature", "products"),
    ],
)
def test_new_products_are_new(period: str, event: str, section: str) -> None:
    """A dearer price, an end or a pact is product news of a week, and no new product."""
    corpus = full_corpus()
    lead = outlet("lead", "Martech Post", "Gantrel and Mothwick", "Gantrel tells of Mothwick.")
    add(corpus, lead, launch=("Gantrel", "Mothwick", event, ""))
    told = record(lead, lead.text, vendor="Gantrel", product="Mothwick", event=event)
    layout = ("products", "market", "research", "other")
    edition = corpus.compile(period, known=Known(records=(told,)), layout=layout)
    places = {each.story: row.name for row in edition.sections for each in row.entries}
    assert places["lead"] == section
    listed = {each.vendor for each in products_of(edition)}
    assert listed == ({"Gantrel"} if event == "feature" else set())


def test_what_readers_prefer_moves_up() -> None:
    """Two audiences of one collection see the same stories in another order."""
    plain, _ = compiled("2026-W47")
    lawyers = Audience(name="law", prefers=("policy",))
    moved, _ = compiled("2026-W47", audience=lawyers, caps=Rank(preferred=50.0))
    assert plain.opening is not None
    assert moved.opening is not None
    assert (plain.opening.story, moved.opening.story) == ("martech-weekly", "cnil")
    assert [p.code for p in moved.opening.why if p.name == "audience"] == ["preferred"]


def test_past_choices_weigh() -> None:
    """What editors always leave out sinks; the reason is told."""
    edition, _ = compiled(
        "2026-W47",
        choices={("label", "Customer Data Platform"): -1.0},
        caps=Rank(chosen=50.0),
    )
    assert edition.opening is not None
    assert edition.opening.story != "martech-weekly"


def test_the_table_has_names_as_written_and_as_the_page_calls_them(quarterly: Edition) -> None:
    """A spreadsheet can be searched by either."""
    first = quarterly.products[0]
    named = replace(quarterly, readable=((first.vendor, "Readable"), (first.product, "Nova")))
    table = str(render(named, format="csv")).removeprefix("\ufeff")
    rows = csv.DictReader(io.StringIO(table))
    row = next(each for each in rows if each["record"] == first.record)
    assert (row["vendor"], row["product"]) == (first.vendor, first.product)
    assert (row["vendor_for_reader"], row["product_for_reader"]) == ("Readable", "Nova")


def test_records_are_a_safe_table(quarterly: Edition) -> None:
    """One line a record; a name that a spreadsheet would run is none of its formulas."""
    table = str(render(quarterly, format="csv"))
    assert table.startswith("\ufeffrecord,")  # what spreadsheets know UTF-8 by
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert {row["vendor"] for row in rows} == {"Lumora", "Adwell"}
    assert "'=Pinfold" in {row["product"] for row in rows}


def test_the_page_filters_by_one_allowed_script(quarterly: Edition) -> None:
    """The policy allows the script by its hash and nothing else; without it all rows are there."""
    page = str(render(quarterly, format="html"))
    assert page.count("<script>") == 1
    assert "script-src 'sha256-" in unescape(page)
    assert '<form class="filter" hidden>' in page


def test_a_feed_lists_the_editions(quarterly: Edition) -> None:
    """Atom: newest first, ids that last, links relative to the folder."""
    feed = ElementTree.fromstring(make_feed([entry_of(quarterly)], title="Digest"))
    space = "{http://www.w3.org/2005/Atom}"
    entry = feed.find(f"{space}entry")
    assert entry is not None
    link = entry.find(f"{space}link")
    assert link is not None
    assert link.get("href") == f"{quarterly.id}/index.html"
    assert (entry.findtext(f"{space}id") or "").endswith(quarterly.id)


def test_a_page_is_printed() -> None:
    """The PDF has pages and is the same twice; without the system's library the test says so."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"no PDF here: {error}")
    edition, _ = compiled("2026-W47", layout=("opening", "claims", "stack", "sources"))
    first = render(edition, format="pdf")
    assert bytes(first)[:5] == b"%PDF-"  # type: ignore[arg-type]
    assert first == render(edition, format="pdf")


class Marking:
    """A translator into German that sets each sentence apart: what it gives passes every check."""

    version = "marking 1"

    def package(self, language: str, to: str) -> str | None:
        """Return a name for English into German."""
        return "marking en→de 1" if (language, to) == ("en", "de") else None

    def translate(self, sentences: Sequence[str], *, language: str, to: str) -> list[str]:
        """Return the sentences with their small words turned round."""
        turn = re.compile(r"\b[a-zäöü]+\b")
        return [turn.sub(lambda match: match[0][::-1], each) for each in sentences]


def test_what_each_section_quotes_is_translated() -> None:
    """Products, claims with evidence, plans, deeds and the pack's lines, for a reader of German."""
    reader = Audience(language="de")
    corpus = full_corpus()
    bare = corpus.compile("2026-Q4", known=known(corpus), ours=Ours(STACK), audience=reader)
    said = said_beside(bare, translator=Marking(), glossary=Glossary(), to="de")
    told = replace(known(corpus), said=said)
    edition = corpus.compile("2026-Q4", known=told, ours=Ours(STACK), audience=reader)
    lines = list(lines_beside(edition))
    assert {place.split(" ")[0] for place, _ in lines} >= {"product", "claim", "evidence", "plan"}
    foreign = [line for _, line in lines if line.language == "en"]
    assert foreign
    assert [line.original.text for line in foreign if not line.translated] == []
    assert all(line.text != line.original.text for line in foreign)
    assert check_citations(edition, {id: each.text for id, each in corpus.articles.items()}) == []


class Small(Marking):
    """The same, as a starter package."""

    version = "starter en→de 0.1"

    def package(self, language: str, to: str) -> str | None:
        """Return a starter's name for English into German."""
        return self.version if (language, to) == ("en", "de") else None


def test_a_starter_puts_no_words_into_a_vendors_mouth() -> None:
    """What is quoted outside the stories stands as it was said, where nothing better translates."""
    reader = Audience(language="de")
    corpus = full_corpus()
    bare = corpus.compile("2026-Q4", known=known(corpus), ours=Ours(STACK), audience=reader)
    said = said_beside(bare, translator=Small(), glossary=Glossary(), to="de")
    told = replace(known(corpus), said=said)
    edition = corpus.compile("2026-Q4", known=told, ours=Ours(STACK), audience=reader)
    own = {line.original.text for each in entrants(edition) for line in each.lines}
    foreign = [line for _, line in lines_beside(edition) if line.language == "en"]
    assert foreign
    assert all(not each.translated for each in foreign if each.original.text not in own)


def _with_news(corpus: Corpus, id: str, title: str, text: str) -> Classification:
    """Add an article as the classifier reads it, and return what that found."""
    told = outlet(id, "Martech Post", title, text)
    add(corpus, told)
    found = classify(told, corpus.languages[id], knowledge=load_knowledge())
    assert isinstance(found, Classification)
    corpus.classifications[id] = found
    return found


def _deeds(corpus: Corpus, vendor: str, given: Known | None = None) -> list[tuple[str, str]]:
    edition = corpus.compile("2026-W47", known=given or known(corpus), ours=Ours(STACK))
    watch = {each.vendor: each for each in edition.watch}[vendor]
    return [(each.kind, each.product) for each in watch.deeds]


def test_a_watched_vendor_that_is_bought_is_told_with_its_buyer() -> None:
    """It is a deed of both: of the buyer with what it bought, of the bought one with its buyer."""
    corpus = full_corpus()
    said = "Adwell has bought Silent & Co, the maker of a CRM, for 40 million dollars in cash."
    _with_news(corpus, "bought", "Adwell buys Silent & Co", said)
    bought = record(
        corpus.articles["bought"], said, vendor="Adwell", product="Silent & Co", event="acquisition"
    )
    given = replace(known(corpus), records=(bought,))
    assert _deeds(corpus, "Silent & Co", given) == [("acquired", "Adwell")]
    assert ("acquisition", "Silent & Co") in _deeds(corpus, "Adwell", given)
    edition = corpus.compile("2026-W47", known=given, ours=Ours(STACK))
    assert "Bought by" in str(render(edition, format="html"))


def test_what_another_article_of_its_story_tells_is_no_deed_of_a_vendor() -> None:
    """Two things that were put into one story by mistake are told of their own vendors alone."""
    corpus = full_corpus()
    _with_news(
        corpus, "down", "Outage: the CRM of Silent & Co goes down",
        "The CRM of Silent & Co went down for nine hours. Its maker says an update had failed.",
    )  # fmt: skip
    _with_news(
        corpus, "other", "Adwell opens an office",
        "Adwell, which sells a CRM to shops in Ghent, has opened a second office in Lyon.",
    )  # fmt: skip
    apart = [each for each in corpus.stories if each.id not in ("down", "other")]
    (founding,) = (each for each in corpus.stories if each.id == "down")
    corpus.stories[:] = [*apart, replace(founding, members=("down", "other"))]
    assert _deeds(corpus, "Silent & Co") == [("incident", "")]
    assert ("mention", "") in _deeds(corpus, "Adwell")
    assert "incident" not in dict(_deeds(corpus, "Adwell"))


def test_a_study_of_outages_and_a_lawsuit_are_told_for_what_they_are() -> None:
    """Research about incidents is none; being sued is policy."""
    corpus = full_corpus()
    found = _with_news(
        corpus, "study", "Study: outages cost nine hours a quarter",
        "Silent & Co today published a study on outages and data breaches of the CRM. Silent & Co "
        "asked 300 teams how often their CRM was down.",
    )  # fmt: skip
    assert [launch.event for launch in found.launches] == ["study"]
    assert "incident" not in dict(_deeds(corpus, "Silent & Co"))
    _with_news(
        corpus, "sued", "Publisher sues Silent & Co over its CRM",
        "The publisher Northgate has sued Silent & Co in a court in Milan over its CRM contracts.",
    )  # fmt: skip
    assert "policy" in dict(_deeds(corpus, "Silent & Co"))


def test_a_deeds_day_has_no_time() -> None:
    """Whether a record or an article tells it, the day is written in one way."""
    corpus = full_corpus()
    _with_news(
        corpus, "news", "Silent & Co ends its free plan", "Silent & Co ends its free CRM plan."
    )
    edition = corpus.compile("2026-W47", known=known(corpus), ours=Ours(STACK))
    days = [deed.day for each in edition.watch for deed in each.deeds]
    assert days
    assert all(day is None or date.fromisoformat(day) for day in days)
    assert all(len(day) == len("2026-11-18") for day in days if day)


@pytest.mark.parametrize(
    ("kept", "due", "moved_to", "told"),
    [
        ("overdue", "2026-06-30", "2026-09-30", [("overdue", None)]),
        ("moved", "2026-06-30", "2027-03-31", [("overdue", None)]),
        ("moved", "2027-01-31", "2027-03-31", [("open", None)]),
        ("moved", None, None, [("open", None)]),
        ("fulfilled", "2026-06-30", None, []),
        ("cancelled", "2027-01-31", None, []),
    ],
)
def test_a_plan_whose_proof_is_gone_is_told_by_its_day(
    kept: Kept, due: str | None, moved_to: str | None, told: list[tuple[str, str | None]]
) -> None:
    """What moved it can't be quoted: its own day counts; what was kept is not told as open."""
    corpus = full_corpus()
    found = known(corpus)
    gone = Quote("Lumora says it is so.", "martech-weekly", 0, 21)
    (first, *_) = found.commitments
    made = replace(first, plan=replace(first.plan, due=due), kept=kept, by=gone, moved_to=moved_to)
    edition = corpus.compile("2026-Q4", known=replace(found, commitments=(made,)), ours=Ours(STACK))
    watch = {each.vendor: each for each in edition.watch}["Lumora"]
    assert [(each.kept, each.moved_to) for each in watch.promises] == told
    assert [each.by for each in watch.promises] == [None for _ in told]


@pytest.mark.parametrize(
    ("kept", "moved_to", "said"),
    [
        ("late", None, "fulfilled, later than stated"),
        ("partly", None, "fulfilled in part"),
        ("moved", "2026-12-31", "now due 31 December 2026"),
        ("cancelled", None, "cancelled"),
    ],
)
def test_every_format_says_what_became_of_a_plan(
    kept: str, moved_to: str | None, said: str
) -> None:
    """Kept late or in part, put off or given up; a plan that was put off has its new day."""
    corpus = full_corpus()
    found = known(corpus)
    by = quote(
        corpus.articles["martech-weekly"],
        "Lumora has taken Orchard, its customer data platform, out of beta.",
    )
    made = replace(found.commitments[0], kept=kept, by=by, moved_to=moved_to)  # type: ignore[arg-type]
    edition = corpus.compile("2026-Q4", known=replace(found, commitments=(made,)), ours=Ours(STACK))
    (promise,) = {each.vendor: each for each in edition.watch}["Lumora"].promises
    assert (promise.kept, promise.moved_to) == (kept, moved_to)
    for shown in (str(render(edition, format="html")), str(render(edition, format="md"))):
        assert said in re.sub(r"\s+", " ", unescape(shown))
    assert check_citations(edition, {id: a.text for id, a in corpus.articles.items()}) == []


@pytest.mark.parametrize(
    ("due", "words", "said"),
    [
        ("2027-11-30", "autumn 2027", "due 30 November 2027 (autumn 2027)"),
        (
            "2027-06-30",
            "the second quarter of 2027",
            "due 30 June 2027 (the second quarter of 2027)",
        ),
        ("2027-11-30", "30 November", "due 30 November 2027"),
        ("2027-11-30", "the end of November 2027", "due 30 November 2027"),
        ("2027-11-30", "", "due 30 November 2027"),
        ("2027-08-31", "autumn 2027", "due 31 August 2027"),  # "before autumn 2027"
        ("2027-12-31", "2028", "due 31 December 2027"),
        ("2026-11-22", "next week", "due 22 November 2026"),
        ("2026-12-31", "the end of the year", "due 31 December 2026"),
    ],
)
def test_a_plans_day_stands_beside_the_words_that_mean_it(due: str, words: str, said: str) -> None:
    """Nobody said "30 November" who said "autumn"; a day that was said is not told twice."""
    corpus = full_corpus()
    found = known(corpus)
    plan = replace(found.commitments[0].plan, due=due, due_words=words)
    made = replace(found.commitments[0], plan=plan, kept="open", by=None)
    edition = corpus.compile("2026-Q4", known=replace(found, commitments=(made,)), ours=Ours(STACK))
    for shown in (str(render(edition, format="html")), str(render(edition, format="md"))):
        text = re.sub(r"\s+", " ", unescape(shown))
        assert said in text
        assert f"{said} (" not in text


def test_no_two_things_on_a_page_have_one_id(quarterly: Edition) -> None:
    """Charts draw the same letters, each under an id of its own chart."""
    assert quarterly.trends is not None
    rows = [
        Trend(kind, f"Acme {n}", (3, 4), 4, 3, 0.1, 0.1, -0.1, 0.1, "steady")
        for kind in ("vendor", "topic")
        for n in range(3)
    ]
    trends = replace(quarterly.trends, quarters=("2026-Q3", "2026-Q4"), rows=tuple(rows))
    page = str(render(replace(quarterly, trends=trends), format="html"))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sum(id.startswith("chart-topic-") for id in ids) > 5
    assert [id for id in set(ids) if ids.count(id) > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
