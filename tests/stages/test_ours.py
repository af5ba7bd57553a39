"""Whose news it is: by the names of the stack, and not by words that are written like them."""

from __future__ import annotations

import pytest

from digest.stack import Stack, Tool, WatchedVendor
from digest.stages.our_names import is_word
from digest.stages.ours import Ours

from .news import make_article

OURS = Ours(
    Stack(
        tools=(
            Tool(name="Segment", vendor="Twilio", aliases=("Twilio Segment",)),
            Tool(name="CRM", vendor="monday.com", aliases=("Monday",)),
        ),
        watched=(
            WatchedVendor(vendor="Notion"),
            WatchedVendor(vendor="Slack"),
            WatchedVendor(vendor="Contentful GmbH"),
            WatchedVendor(vendor="Sprinklr, Inc."),
            WatchedVendor(vendor="株式会社プレイド"),
            WatchedVendor(vendor="メタ"),
            WatchedVendor(vendor="神策数据"),
            WatchedVendor(vendor="Canva"),
        ),
    )
)
#: So many words that tell how capitals are used.
ENGLISH = "Analysts expect that the year to come will be a strong one for retail media in Europe."


def about(title: str, text: str) -> list[str]:
    return sorted(OURS.about(make_article(text, title=title)))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("The Fastest-Growing Segment", f"Segment by segment, retail media grows. {ENGLISH}"),
        ("Retail media grows", f"It is the Segment to be in. {ENGLISH}"),
        ("Das Segment wächst", "Im Segment der Händler wächst laut Umfrage der Kammer der Handel."),
        ("Tags close on Monday", f"The company said on Monday that tags close. {ENGLISH}"),
        ("The Notion That Mail Is Dead", f"The notion is old, and wrong. {ENGLISH}"),
        ("Cutting Slack", f"Teams need some slack in their plans. {ENGLISH}"),
        ("Which CRM to buy", f"A new CRM is a large purchase. {ENGLISH}"),
        ("メタデータの活用", "メタデータを活用する方法を説明する。"),
        ("Canvas 2 is out", f"Canvas draws charts. {ENGLISH}"),
    ],
)
def test_a_word_is_no_vendor(title: str, text: str) -> None:
    """A vendor may be called by a common word; the word alone makes no news of it."""
    assert about(title, text) == []


@pytest.mark.parametrize(
    ("title", "text", "vendor"),
    [
        (
            "Segment cuts prices",
            f"Users of Segment pay less now. {ENGLISH}",
            "Twilio",
        ),
        ("Segment cuts prices", f"Twilio said that prices fall. {ENGLISH}", "Twilio"),
        ("Segment senkt Preise", "Twilio Segment senkt die Preise für Kunden im Handel.", "Twilio"),
        (
            "Monday buys a rival",
            f"The firm monday.com buys one. {ENGLISH}",
            "monday.com",
        ),
        ("Notion was fined", f"Notion was fined by a court. {ENGLISH}", "Notion"),
        ("Slack adds a search", f"Users of Slack can search now. {ENGLISH}", "Slack"),
        ("Contentful wächst", "Contentful wächst in Berlin weiter.", "Contentful GmbH"),
        ("Contentfuls neue Chefin", "Die neue Chefin kommt aus Bonn.", "Contentful GmbH"),
        ("SPRINKLR BUYS A RIVAL", "The price was not disclosed.", "Sprinklr, Inc."),
        ("プレイドが新機能", "プレイドは新機能を発表した。", "株式会社プレイド"),
        ("メタが新機能", "メタは新機能を発表した。", "メタ"),
        ("神策数据发布新品", "神策数据今日发布新品。", "神策数据"),
    ],
)
def test_a_name_is_told_by_how_the_article_writes_it(title: str, text: str, vendor: str) -> None:
    """By another name of the vendor, by a capital within a sentence, by a verb behind it."""
    assert about(title, text) == [vendor]


def test_a_legal_form_is_no_part_of_a_name() -> None:
    """Records of "Sprinklr" and of "Sprinklr Inc." are the vendor's that the stack calls so."""
    assert {OURS.vendor_of(name) for name in ("Sprinklr", "sprinklr Inc.", "Sprinklr, Inc.")} == {
        "Sprinklr, Inc."
    }
    assert OURS.vendor_of("Acme Ltd.") == "Acme Ltd."
    assert OURS.aliases["プレイド"] == "株式会社プレイド"


def test_known_vendors_are_no_words() -> None:
    """Lists of common words have them, too; "Adobe" is a vendor all the same."""
    assert [is_word(name) for name in ("Adobe", "Segment", "Monday", "HubSpot", "6sense")] == [
        False,
        True,
        True,
        False,
        False,
    ]
