"""What a story is tied to as its earlier one: the same matter, not the same office or institute."""

from __future__ import annotations

from functools import cache

from digest.backends.encoders import SentenceEncoder
from digest.records import Article, Language
from digest.stages.cluster import cluster
from digest.stages.dedupe import dedupe
from digest.stages.embed import embed
from digest.stages.side_by_side import together

from .likeness import article

CLICKS = article(
    "clicks",
    "Study: half of newsletters are opened by machines",
    "A study by the Lindholm Institute of 4 billion messages found that half of all newsletter "
    "opens come from machines. Marketers who steer by opens send to the wrong people, the authors "
    "say. The institute asks vendors to publish clicks instead.",
    published="2026-12-10",
)
COUPONS = article(
    "coupons",
    "Study: coupons by post beat coupons by mail in Norway",
    "A study by the Lindholm Institute found that coupons sent by post are redeemed three times as "
    "often as those by mail in Norway. The authors asked 2,400 households. Post is dearer: a "
    "redeemed coupon costs 1.90 euros.",
    published="2026-12-16",
)
GUIDANCE = article(
    "guidance",
    "Data Office UK publishes rules on AI in direct marketing",
    "The Data Office UK today published binding guidance on the use of generative AI in direct "
    "marketing. From 1 March 2027 organisations must tell people when a message was written wholly "
    "by a machine. Fines may reach £17.5 million or 4 per cent of turnover.",
    published="2026-10-20",
)
BREACH = article(
    "breach",
    "Data breach at Ostara exposes 1.2 million contacts",
    "Ostara has told customers that an attacker copied 1.2 million contact records from a test "
    "server between 21 and 29 November. The records held names, e-mail addresses and, for about "
    "40,000 people, phone numbers. The company has reported the breach to the Data Office UK.",
    published="2026-12-03",
)
STATEMENT = article(
    "statement",
    "Statement on Ostara incident",
    "The Data Office UK has received a report from Ostara about a personal data breach and is "
    "making enquiries. Organisations must report a breach within 72 hours.",
    published="2026-12-04",
)
ROAD_MAP = article(
    "plan",
    "Where Quellix is going: our plan for Tarnow",
    "By the end of September, Quellix will open Tarnow to agents of any supplier. They may plan "
    "and pause campaigns in Tarnow. A person approves what is sent. Every action is logged.",
    published="2026-04-14",
)
DONE = article(
    "done",
    "Quellix opens Tarnow to agents of any supplier",
    "In April, Quellix promised to open Tarnow to agents of other suppliers. Today they may plan "
    "and pause campaigns in Tarnow. A person approves what is sent. Every action is logged.",
    published="2026-09-17",
)


@cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder("embedded")


def links(*articles: Article) -> dict[str, list[str]]:
    """Return the links of each story that has any, by the encoder and verdicts that ship."""
    spoken = {one.id: Language(one.id, "fr" if one is SHOWN else "en", 1.0) for one in articles}
    made = embed([(one, spoken[one.id]) for one in articles], encoder=encoder())
    vectors = {one.id: one for one in made}
    copies = dedupe(articles, spoken, vectors, encoder=encoder())
    stories = cluster(articles, copies, spoken, vectors, encoder=encoder())
    return {one.id: [link.story for link in one.related] for one in stories if one.related}


def test_another_study_of_one_institute_does_not_go_on_with_the_first() -> None:
    """The institute's two words are one name; subject, figures and month are others."""
    assert links(CLICKS, COUPONS) == {}


def test_a_breach_does_not_go_on_with_what_the_same_office_published() -> None:
    """That both tell of the Data Office UK makes neither the other's earlier story."""
    assert links(GUIDANCE, BREACH, STATEMENT) == {}


def test_a_vendors_plan_is_still_what_its_launch_goes_on_with() -> None:
    """Vendor and product are two names."""
    assert links(ROAD_MAP, DONE, COUPONS, GUIDANCE) == {"done": ["plan"]}


ENTRY = article(
    "entry",
    "Archivio Vivo",
    "Describes pictures in four languages and finds them by meaning. Trained on 4 million licensed "
    "photographs. From 650 euros a month.",
    published="2026-07-05",
)
SHOWN = article(
    "shown",
    "Fioraia présente Archivio Vivo, la photothèque qui décrit les images",
    "MILAN, le 26 mai 2026 – Fioraia présente Archivio Vivo, une photothèque qui décrit les images "
    "en italien, en français, en anglais et en allemand. Elle est disponible dès aujourd'hui, à "
    "partir de 650 euros par mois. Les descriptions sont produites par un modèle entraîné sur 4 "
    "millions de photographies sous licence.",
    published="2026-05-26",
)


def test_a_thing_that_is_the_whole_title_of_a_reports_entry_ties_it() -> None:
    """Two words and one name, but nothing else that the entry could be about."""
    assert links(SHOWN, ENTRY) == {"entry": ["shown"]}


def test_words_that_always_stand_beside_each_other_are_one_name() -> None:
    """In all texts, title and beginning; a genitive or a place of its own makes two of them."""
    office = ["Data Office UK has rules\nThe Data Office UK today", "Of the Data Office UK"]
    assert together(["data", "office", "uk"], office) == [{"data", "office", "uk"}]
    for texts in (["Acme's Nova", "Acme's Nova"], ["Acme Nova", "Acme Nova, and Nova is on sale"]):
        assert sorted(map(sorted, together(["acme", "nova"], texts))) == [["acme"], ["nova"]]
