"""Which article of a story is shown first."""

import pytest

from digest.records import Language, Via
from digest.stages.telling import choose_lead
from digest.testing import make_article

SPOKEN = {"ja": "ja", "fr": "fr", "en": "en", "hans": "zh-Hans"}


@pytest.mark.parametrize(
    ("reader", "members", "lead"),
    [
        ("de", "ja fr en hans", "en"),
        ("fr", "ja en fr", "fr"),
        ("zh-Hant", "ja en hans", "hans"),
        ("de", "ja fr hans", "ja"),
        ("en", "ja fr hans", "ja"),
        ("en", "ja fr en", "en"),
    ],
)
def test_what_can_be_read_or_translated_leads(reader: str, members: str, lead: str) -> None:
    """The reader's language, then Chinese in the other script, then English, then any other."""
    articles = [make_article(id) for id in members.split()]
    languages = {id: Language(id, SPOKEN[id], 1.0) for id in members.split()}
    found = choose_lead(articles, copies=(), languages=languages, language=reader)
    assert found.id == lead


def test_what_must_be_paid_for_does_not_lead_for_its_language() -> None:
    """A stub in English is behind a whole text in French."""
    articles = [make_article("en", paywalled=True), make_article("fr")]
    languages = {id: Language(id, id, 1.0) for id in ("en", "fr")}
    assert choose_lead(articles, copies=(), languages=languages, language="de").id == "fr"


def test_an_article_leads_before_the_line_of_a_report() -> None:
    """A product's name and a sentence in English are no headline for a story told in Japanese."""
    line = make_article("en", title="Nova", text="A coupon for each.", via=Via("r", "R"))
    whole = make_article("ja", text="新しい機能を提供します。" * 20)
    languages = {id: Language(id, id, 1.0) for id in ("en", "ja")}
    assert choose_lead([line, whole], copies=(), languages=languages, language="en").id == "ja"
