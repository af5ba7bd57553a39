"""What an article reports is told by its words where no sentence has subject, verb and object."""

# ruff: noqa: E501  # a table of cases reads best with one case a line

from __future__ import annotations

import pytest

from digest.stages.event_cues import find_gist

from .news import make_article, read

#: Language, title, text, and what is reported: vendors and products of our invention.
GATHERED = [
    ("en", "Quorvel changes hands: takeover by Bastwick for €40m", "The takeover of Quorvel, an e-mail marketing firm, was settled on Monday. Bastwick keeps all of its staff.", "acquisition"),
    ("en", "Fresh funding for Quorvel", "Quorvel is richer by $9 million after a Series A round led by Tern Capital. The firm makes e-mail marketing software.", "funding"),
    ("de", "Mehr Gebühren bei Quorvel", "Wer bei Quorvel Werbung bucht, muss ab Mai mit einer Preiserhöhung von zehn Prozent rechnen. Das geht aus der neuen Preisliste hervor.", "pricing"),
    ("fr", "Chez Quorvel, hausse des prix en mai", "Les clients de Quorvel, logiciel de marketing, subiront une hausse des tarifs de 10 %.", "pricing"),
    ("es", "Quorvel y Bastwick, de la mano", "La alianza une el software de marketing de Quorvel con las tiendas de Bastwick. El acuerdo dura tres años.", "partnership"),
    ("zh-Hans", "广告公司夸沃获A轮融资", "夸沃获得3000万元A轮融资，由长滩资本领投。公司从事广告监测。", "funding"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text", "event"), GATHERED)
def test_title_and_opening_tell_together_what_no_sentence_does(
    language: str, title: str, text: str, event: str
) -> None:
    """The event is known by its words; the record quotes a sentence of the text all the same."""
    assert find_gist(make_article(text, title=title), language).event == event
    found = [one for one in read(text, language, title=title).launches if one.event == event]
    assert len(found) == 1
    assert text[found[0].evidence.start : found[0].evidence.end] == found[0].evidence.text


def test_the_chances_of_all_kinds_sum_to_one() -> None:
    """They are a distribution, "none" among them."""
    gist = find_gist(make_article("Nothing happened in marketing."), "en")
    assert sum(gist.chances.values()) == pytest.approx(1.0)
    assert gist.event == "none"


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Is Quorvel for sale?", "Quorvel could be bought by Bastwick, sources say. The marketing firm denied it."),
        ("en", "How to choose an e-mail tool", "Compare prices. Ask Quorvel and Bastwick for a trial. Marketing teams often regret haste."),
        ("de", "Gerüchte um Quorvel", "Quorvel könnte bald von Bastwick übernommen werden. Die Werbefirma dementiert."),
    ],
)  # fmt: skip
def test_rumour_and_advice_are_no_news(language: str, title: str, text: str) -> None:
    """Words of an event beside words of doubt make no record."""
    assert read(text, language, title=title).launches == ()
