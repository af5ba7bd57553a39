"""Sentences that lean on the one before: known by how they begin, in nine languages."""

import pytest

from digest.records import Article, Language
from digest.stages.leaning import is_personal, leans
from digest.stages.summarise import summarise
from digest.testing import make_article

LEANING = [
    ("en", "This means trouble for everybody."),
    ("en", "She added that the tests went well."),
    ("en", "However, the price went up."),
    ("en", "“It works well,” he said."),
    ("en", "The Leeds company declined to give one."),
    ("en", "Its system, called Tides, went on sale."),
    ("de", "Sie richtet sich gegen Seiten mit Werbung."),
    ("de", "Allerdings kostet das mehr."),
    ("fr", "Cela change tout pour les équipes."),
    ("es", "Sin embargo, el precio sube."),
    ("it", "Inoltre il prezzo sale."),
    ("pt", "Isso muda tudo para as equipes."),
    ("nl", "Daarom stijgt de prijs."),
    ("ja", "同社は競合のCRMを使っている。"),
    ("ja", "ただ、価格は上がる。"),
    ("zh-Hans", "她已经约了两家供应商来演示，其中一家表示愿意试用。"),
    ("en", "It reported a loss last week."),
    ("zh-Hant", "這表示價格會上漲。"),
]
STANDING = [
    ("en", "This week Acme opened a shop."),
    ("en", "It is the first time that Acme opens a shop."),
    ("en", "This past week Acme opened a shop."),
    ("en", "Itself a start-up, Acme buys others."),
    ("en", "In Leeds Acme opens a shop."),
    ("en", "Thesis Labs opens a shop."),
    ("de", "Diese Woche öffnet Acme einen Laden."),
    ("de", "Sobald es geht, öffnet Acme einen Laden."),
    ("fr", "Cette semaine, Acme ouvre une boutique."),
    ("ja", "このほどアクメは新製品を発表した。"),
    ("zh-Hans", "其中一家公司表示愿意试用。"),
    ("sv", "Detta betyder mycket."),
]


@pytest.mark.parametrize(("language", "text"), LEANING)
def test_a_sentence_that_goes_on_leans(language: str, text: str) -> None:
    """Pronouns, connectors and what was said by whom was named before."""
    assert leans(text, language)


@pytest.mark.parametrize(("language", "text"), STANDING)
def test_a_sentence_that_stands_alone_does_not(language: str, text: str) -> None:
    """Times, longer words and languages without cues."""
    assert not leans(text, language)


def told(article: Article, words: int) -> list[str]:
    spoken = {article.id: Language(article.id, "en", 1.0)}
    return [each.text for each in summarise("s", [article], spoken, max_words=words).sentences]


def test_a_leaning_sentence_is_quoted_only_after_the_one_it_leans_on() -> None:
    """One whose predecessor is too short to be quoted gives way to a later one."""
    first = "Acme opens a shop for campaign software in the harbour of Leeds."
    leaning = "This sends software to eleven towns, Hull and York among them."
    after = "Brown bread and butter were there for everybody who came by."
    cut_off = make_article("a", title="Acme shop", text=f"{first} Quite so. {leaning} {after}")
    assert told(cut_off, 25) == [first, after]
    whole = make_article("a", title="Acme shop", text=f"{first} {leaning} {after}")
    assert told(whole, 25) == [first, leaning]


def test_where_every_sentence_leans_one_is_quoted_all_the_same() -> None:
    """A summary is not left empty: an article's first sentence stands as it is."""
    article = make_article("a", title="Acme shop", text="However, Acme opens a shop in Leeds.")
    assert told(article, 20) == ["However, Acme opens a shop in Leeds."]


def test_who_says_i_is_not_quoted_where_others_tell_it() -> None:
    """A reader does not know who speaks; in quotation marks a name stands beside it."""
    for language, text in (
        ("en", "Every deck I have seen this autumn has the same slide."),
        ("de", "Diesen Herbst habe ich viele solcher Folien gesehen."),
        ("fr", "Cet automne, j’ai vu beaucoup de ces diapositives."),
        ("ja", "私は同じスライドを何度も見た。"),
        ("zh-Hans", "我见过许多这样的幻灯片。"),
    ):
        assert is_personal(text, language)
    for language, text in (
        ("en", "“Every deck I have seen has the same slide,” said Jane Doe of Acme."),
        ("en", "World War I ended and Acme was founded."),
        ("pt", "A UE e a EU são a mesma coisa."),
        ("zh-Hans", "我国的平台发布新规则。"),
    ):
        assert not is_personal(text, language)
    opinion = "Every deck I have seen in Leeds shows the same shop."
    article = make_article("a", title="Acme shop", text=f"{opinion} Acme opens a shop in Leeds.")
    assert told(article, 30) == ["Acme opens a shop in Leeds."]
