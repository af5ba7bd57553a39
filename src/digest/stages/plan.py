"""What of a story is to be translated, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from digest.errors import InputError
from digest.ports import Splitter, Translator
from digest.records import Article, Language, Story, Summary
from digest.stages.attempts import Sentence, is_same_language
from digest.text import count_words, split_sentences

Mode = Literal["least", "all", "none"]

# A member in the reader's language "says the same" when it is at least this part as long as the
# lead: a one-line notice of the same event is no replacement for the report.
SAYS_THE_SAME = 0.3
LONGEST_TEXT = 100_000  #: characters of one text that are translated; the rest is kept as it is


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a story that is to be shown."""

    article: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Plan:
    """What of a story is to be shown in the reader's language."""

    id: str
    title: Part
    summary: tuple[Part, ...]
    text: tuple[Part, ...]
    whole: str = ""  #: the lead whose article is wanted whole

    def parts(self) -> Iterable[Part]:
        """Return all parts, in the order of reading."""
        return (self.title, *self.summary, *self.text)


def make_plan(
    story: Story,
    summary: Summary,
    articles: Mapping[str, Article],
    languages: Mapping[str, Language],
    *,
    translator: Translator,
    to: str,
    mode: Mode,
    whole: bool = True,
) -> Plan:
    """Return what of the story is to be shown, sentence by sentence; the lead whole on request.

    Headline and chosen sentences are taken as they are quoted; a whole article is split as the
    translator likes it.

    Raises:
        InputError: where the story's lead is not among the articles.
    """
    lead = articles.get(story.lead)
    if lead is None:
        raise InputError(f"story {story.id}: its lead {story.lead} is not among its articles")
    known = {id: languages[id].language if id in languages else "und" for id in articles}
    head = _member_in(story, articles, known, to=to) or lead
    shown = [lead] if mode == "all" or (mode == "least" and whole and head is lead) else []
    if mode == "all":
        shown += [articles[id] for id in story.members if id in articles and id != lead.id]
    summed = [
        Part(q.article, Sentence(q.text, known.get(q.article, "und"))) for q in summary.sentences
    ]
    return Plan(
        story.id,
        Part(head.id, Sentence(head.title.strip(), known[head.id])),
        tuple(summed),
        tuple(
            Part(article.id, Sentence(text, known[article.id]))
            for article in shown
            if not is_same_language(known[article.id], to)
            for start, end in spans_of(
                article.text, translator=translator, language=known[article.id], to=to
            )
            for text in [article.text[start:end]]
        ),
        lead.id if whole or mode == "all" else "",
    )


def _member_in(
    story: Story, articles: Mapping[str, Article], known: Mapping[str, str], *, to: str
) -> Article | None:
    """Return the member in the reader's language that says what the lead says, the lead first."""
    enough = SAYS_THE_SAME * count_words(articles[story.lead].text)
    for id in (story.lead, *story.members):
        article = articles.get(id)
        if (
            article
            and is_same_language(known[id], to)
            and (id == story.lead or (article.title and count_words(article.text) >= enough))
        ):
            return article
    return None


def spans_of(text: str, *, translator: Translator, language: str, to: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of the sentences of a text, as far as it is translated.

    The translator's own splitter is asked where it has one, else ours.
    """
    text = text[:LONGEST_TEXT]
    spans = None
    if isinstance(translator, Splitter) and not is_same_language(language, to):
        spans = translator.split(text, language=language, to=to)
    return split_sentences(text) if spans is None else spans


def one_line(text: str) -> str:
    """Return a headline without its line breaks."""
    return " ".join(text.split())
