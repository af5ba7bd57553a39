"""Verbatim sentences as an edition shows them: in the reader's language, with their proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from digest.records import Article, Line, Quote, Translated, Translation
from digest.stages.attempts import is_same_language
from digest.stages.datelines import bare, without_dateline
from digest.stages.ledger import Member, member_of
from digest.stages.material import Material, Numbers
from digest.stages.starter_lines import is_of_starter

LONGEST_HEADLINE = 140  #: code points of a headline that is made from the text


def line_of(quote: Quote, *, material: Material, numbers: Numbers, story: str = "") -> Line:
    """Return a sentence of any article as a line, with the number of its source.

    What a small starter package made of it is not shown: a quotation that stands alone, and to
    which somebody is held, is right or in its own words.
    """
    articles = material.articles
    cited = replace(quote, article=numbers.cited_as(articles[quote.article]))
    # Cited for its page is perhaps the same page reached by another way, with other text.
    proof = cited if is_verbatim(cited, articles) else quote
    story = story or material.story_of.get(quote.article, "")
    said = _translated(quote, material, story)
    if is_of_starter(said.engine):
        said = _untranslated(quote, material)
    member = member_of(articles[proof.article], material.zone)
    return Line(
        text=bare(said.target),
        original=without_dateline(proof),
        language=said.language,
        citation=numbers.cite(member, material.language_of(proof.article)),
        translated=is_translated(said, material.language),
        note=note_of(said, material.language),
        engine=said.engine,
    )


def is_verbatim(quote: Quote, articles: Mapping[str, Article]) -> bool:
    """Return whether the article says, at the quoted place, just what is quoted."""
    article = articles.get(quote.article)
    if article is None or not quote.text or not 0 <= quote.start < quote.end:
        return False
    return article.text[quote.start : quote.end] == quote.text


def at_page(quote: Quote, pages: Mapping[str, Member]) -> Quote:
    """Return the quotation in the article that is cited for its page, where it stands there too."""
    article = pages[quote.article].article
    if article.text[quote.start : quote.end] != quote.text:
        return quote
    return replace(quote, article=article.id)


def make_line(
    quote: Quote,
    pages: Mapping[str, Member],
    *,
    material: Material,
    numbers: Numbers,
    story: str,
) -> Line:
    """Return a sentence of a story as a line; `pages` are its members by article id.

    It begins after a dateline: its place in the article is that of what is shown.
    """
    said = _translated(quote, material, story)
    proof = at_page(quote, pages)
    return Line(
        text=bare(said.target),
        original=without_dateline(proof),
        language=said.language,
        citation=numbers.cite(pages[proof.article], said.language),
        translated=is_translated(said, material.language),
        note=note_of(said, material.language),
        engine=said.engine,
    )


def _translated(quote: Quote, material: Material, story: str) -> Translated:
    translation = material.translations.get(story)
    for said in (*translation.summary, *translation.text) if translation else ():
        if said.article == quote.article and said.source == quote.text and said.target.strip():
            return _with_engine(said, translation)
    for text in (quote.text, bare(quote.text)):
        if (quote.article, text) in material.said:
            return material.said[quote.article, text]
    return _untranslated(quote, material)


def _untranslated(quote: Quote, material: Material) -> Translated:
    language = material.language_of(quote.article)
    return Translated(quote.text, quote.text, False, language, quote.article)


def _with_engine(said: Translated, translation: Translation | None) -> Translated:
    """Return it with its story's packages where an older record names none of its own."""
    if not said.ok or said.engine or translation is None:
        return said
    return replace(said, engine=translation.engine)


def headline_of(article: Article, material: Material, story: str) -> Translated:
    """Return an article's headline, translated where that is known."""
    title = article.title.strip() or _first_words(article.text)
    language = material.language_of(article.id)
    translation = material.translations.get(story)
    said = translation.title if translation else None
    if said and said.article == article.id and said.source.strip() == title and said.target.strip():
        return _with_engine(said, translation)
    if (article.id, title) in material.said:
        return material.said[article.id, title]
    return Translated(title, title, False, language, article.id)


def _first_words(text: str) -> str:
    line = text.strip().split("\n")[0]
    if len(line) <= LONGEST_HEADLINE:
        return line
    return line[:LONGEST_HEADLINE].rsplit(" ", 1)[0] + " …"


def is_translated(said: Translated, language: str) -> bool:
    """Return whether it is shown in translation."""
    return said.ok and not is_same_language(said.language, language)


def note_of(said: Translated, language: str) -> str:
    """Return why it stands in its own language, "" where it does not."""
    if said.ok or is_same_language(said.language, language) or said.language == "und":
        return ""
    return said.note or "not translated"
