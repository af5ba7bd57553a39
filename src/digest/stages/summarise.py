"""The sentences that tell a story best: whole, verbatim, in their own languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from digest.records import Article, Language, Quote, Summary
from digest.stages.sentences import Sentence, good_sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = "1"  #: raised whenever the same input would give another result
Vectors = Callable[[Sequence[str]], "NDArray[np.float32]"]

POSITION = 0.6  #: how much an article's opening counts beside what the sentence covers
DECAY = 0.55  #: each later place in an article is worth this share of the one before
LENGTH = 0.5  #: a gain is divided by words to this power: 0 favours long, 1 short sentences
SAME = 0.86  #: cosine above which two sentences, in any two languages, say the same
OVERLAP = 0.6  #: share of a sentence's terms already told above which it is repetition
PER_ARTICLE = 40  #: sentences read of one article: news tells the matter first


def summarise(
    story_id: str,
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    *,
    max_words: int,
    vectors: Vectors | None = None,
) -> Summary:
    """Return the story's best sentences, at most `max_words` together; none where none fits.

    Greedy choice under a word budget of what covers most of the terms that several articles share
    (after Lin and Bilmes, "A class of submodular functions for document summarization", 2011),
    openings first, nothing said twice.

    Args:
        story_id: the id of the summary.
        articles: the story's articles, the lead first.
        languages: their languages by id; one that is missing counts as unknown.
        max_words: ceiling, by `text.count_words`.
        vectors: gives unit vectors of sentences; without it only sentences in the language of the
            first article that has any are chosen, since repetition across languages goes unseen.
    """
    sentences = _readable(articles, languages, every_language=vectors is not None)
    weights = _weights(sentences)
    same = _sameness(sentences, vectors)
    chosen = _choose(sentences, weights, same, max_words)
    chosen.sort(key=lambda sentence: (sentence.rank, sentence.start))
    return Summary(story_id, tuple(Quote(s.text, s.article, s.start, s.end) for s in chosen))


def _readable(
    articles: Sequence[Article], languages: Mapping[str, Language], *, every_language: bool
) -> list[Sentence]:
    found: list[Sentence] = []
    for rank, article in enumerate(articles):
        known = languages.get(article.id)
        language = known.language if known else "und"
        found += good_sentences(article, rank=rank, language=language)[:PER_ARTICLE]
    if every_language or not found:
        return found
    return [sentence for sentence in found if sentence.language == found[0].language]


def _weights(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Weigh a term by how many articles use it: what all tell is what happened."""
    articles = {(term, sentence.article) for sentence in sentences for term in sentence.terms}
    counts = Counter(term for term, _ in articles)
    return {term: float(count) for term, count in counts.items()}


def _sameness(sentences: Sequence[Sentence], vectors: Vectors | None) -> Callable[[int, int], bool]:
    if vectors is None or len(sentences) < 2:
        return lambda one, other: _overlap(sentences[one], sentences[other]) > OVERLAP
    matrix = vectors([sentence.text for sentence in sentences])
    close = matrix @ matrix.T
    return lambda one, other: (
        float(close[one, other]) > SAME or _overlap(sentences[one], sentences[other]) > OVERLAP
    )


def _overlap(one: Sentence, other: Sentence) -> float:
    smaller = min(len(one.terms), len(other.terms))
    return len(one.terms & other.terms) / smaller if smaller else 1.0


def _choose(
    sentences: Sequence[Sentence],
    weights: Mapping[str, float],
    same: Callable[[int, int], bool],
    max_words: int,
) -> list[Sentence]:
    chosen: list[int] = []
    told: set[str] = set()
    left = max_words
    waiting = list(range(len(sentences)))
    while waiting := [
        index
        for index in waiting
        if sentences[index].words <= left and not any(same(index, other) for other in chosen)
    ]:
        best = max(waiting, key=lambda index: (_gain(sentences[index], weights, told), -index))
        chosen.append(best)
        told |= sentences[best].terms
        left -= sentences[best].words
        waiting.remove(best)
    return [sentences[index] for index in chosen]


def _gain(sentence: Sentence, weights: Mapping[str, float], told: set[str]) -> float:
    covered = sum(weights[term] for term in sentence.terms - told)
    opening = 1 + POSITION * DECAY**sentence.order / (1 - POSITION)
    return covered * opening / float(max(sentence.words, 1) ** LENGTH)
