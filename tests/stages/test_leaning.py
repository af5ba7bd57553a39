"""Sentences that lean on the one before: known by how they begin, in ten languages."""

import pytest

from digest.records import Article, Language
from digest.stages.leaning import is_personal, leans, says_we
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
    ("en", "The next one is due on 27 November."),
    ("en", "Two of them run in Leeds."),
    ("de", "Die nächste ist am 27. November."),
    ("fr", "La prochaine est le 27 novembre."),
    ("es", "El próximo será el 27 de noviembre."),
    ("it", "Il prossimo è il 27 novembre."),
    ("pt", "A próxima será em 27 de novembro."),
    ("nl", "De volgende is op 27 november."),
    ("pl", "Następna będzie 27 listopada."),
    ("ja", "次は11月27日に開く。"),
    ("zh-Hans", "下一次是11月27日。"),
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
    ("en", "The next version of Nova is due on 27 November."),
    ("de", "Die nächste Messe ist am 27. November."),
    ("fr", "La prochaine réunion est le 27 novembre."),
    ("es", "El próximo congreso será el 27 de noviembre."),
    ("it", "Il prossimo incontro è il 27 novembre."),
    ("pt", "A próxima feira será em 27 de novembro."),
    ("nl", "De volgende beurs is op 27 november."),
    ("pl", "Następna konferencja będzie 27 listopada."),
    ("ja", "次世代の製品をアクメが発表した。"),
    ("zh-Hans", "下一代产品将免费提供。"),
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


OWN = [
    ("en", "On 2 August our monitoring showed that files were open."),
    ("en", "We've told all customers."),
    ("de", "Betroffen sind 214 unserer Kunden."),
    ("fr", "Nous avons informé 214 de nos clients."),
    ("es", "El 2 de agosto nuestro sistema avisó."),
    ("it", "I file erano di 214 dei nostri clienti."),
    ("pt", "Os arquivos eram de 214 dos nossos clientes."),
    ("nl", "De bestanden waren van 214 van onze klanten."),
    ("pl", "Pliki należały do 214 naszych klientów."),
    ("ja", "当社の顧客214社が影響を受けた。"),
    ("zh-Hans", "我们已通知214家客户。"),
]
OTHERS = [
    ("en", "“Our customers asked for it,” said Jane Doe of Acme."),
    ("en", "Acme sells in the US, the hour of its launch is known."),
    ("de", "„Unsere Kunden fragen danach“, sagt Jane Doe."),
    ("fr", "« Nous avons informé nos clients », dit Jane Doe."),
    ("ja", "「当社の顧客は無事だ」とアクメは説明した。"),
]


@pytest.mark.parametrize(("language", "text"), OWN)
def test_who_speaks_of_us_is_known(language: str, text: str) -> None:
    """Whom a summary does not name: a vendor in its own notice."""
    assert says_we(text, language)


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_what_is_quoted_is_said_by_somebody_who_is_named(language: str, text: str) -> None:
    """In quotation marks of any language; and the United States are not us."""
    assert not says_we(text, language)
