"""The sentences that tell a story best: whole, verbatim, in their own languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.records import Article, Language, Quote, Summary
from digest.stages.sentences import Sentence, good_sentences, terms_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = "2"  #: raised whenever the same input would give another result
Vectors = Callable[[Sequence[str]], "NDArray[np.float32]"]

#: Figures chosen by five-fold cross-validation on the 307 events of neus: benchmarks/summaries.md.
SHARED = 1.5  #: a term of n articles weighs n to this power …
ALONE = 0.1  #: … one of a single article this, since what all tell is what happened
TITLE = 0.5  #: and each title that holds it adds this share
OPENING = 2.0  #: points of an article's first sentence …
DECAY = 0.3  #: … of which each later one gets this share of the one before
#: The same where one article is all there is: nobody confirms it, and news tells the matter first.
#: Set by that judgement; no set at hand measures it.
OPENING_ALONE, DECAY_ALONE = 8.0, 0.6
LENGTH = 0.15  #: what is covered is divided by the words to this power: 0 favours long sentences
SAME = 0.86  #: cosine above which two sentences, in any two languages, say the same
OVERLAP = 0.7  #: share of a sentence's terms already told above which it is repetition
#: Weight left to a term that the last edition told. Set by judgement; no set at hand measures it.
STALE = 0.2
WIDTH = 20  #: sets of sentences that are followed up at once
MOST = 40  #: sentences that are weighed against each other
PER_ARTICLE = 40  #: sentences read of one article: news tells the matter first


def summarise(
    story_id: str,
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    *,
    max_words: int,
    vectors: Vectors | None = None,
    told: Collection[str] = (),
) -> Summary:
    """Return the story's best sentences, at most `max_words` together; none where none fits.

    Chosen, by beam search under the word budget, is the set of sentences that covers most of the
    terms that several articles and their titles share (after Lin and Bilmes, "A class of submodular
    functions for document summarization", 2011), openings first, nothing said twice.

    Args:
        story_id: the id of the summary.
        articles: the story's articles, the lead first.
        languages: their languages by id; one that is missing counts as unknown.
        max_words: ceiling, by `text.count_words`.
        vectors: gives unit vectors of sentences; without it only sentences in the language of the
            first article that has any are chosen, since repetition across languages goes unseen.
        told: sentences that the reader has seen: they and those that say the same are left out
            where there are others, and the terms that they cover weigh `STALE`.
    """
    readable = _readable(articles, languages, every_language=vectors is not None)
    aim = _aim(readable, articles, told)
    readable = _untold(readable, told)
    sentences = _promising(readable, aim, max_words)
    same = _sameness(sentences, vectors)
    chosen = _choose(sentences, aim, same, max_words)
    chosen.sort(key=lambda sentence: (sentence.rank, sentence.start))
    return Summary(story_id, tuple(Quote(s.text, s.article, s.start, s.end) for s in chosen))


def repeats(text: str, told: Collection[str], terms: Sequence[frozenset[str]]) -> bool:
    """Return whether a sentence is one of those told, or says hardly anything else.

    Args:
        text: the sentence.
        told: what was told.
        terms: of each of them.
    """
    return text in told or any(_share(terms_of(text), each) > OVERLAP for each in terms)


def _untold(sentences: list[Sentence], told: Collection[str]) -> list[Sentence]:
    if not told:
        return sentences
    terms = [terms_of(each) for each in told]
    return [each for each in sentences if not repeats(each.text, told, terms)] or sentences


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


@dataclass(frozen=True, slots=True)
class Aim:
    """What makes a set of sentences good: the terms it covers, and openings."""

    weights: Mapping[str, float]
    opening: float
    decay: float

    def worth(self, sentences: Sequence[Sentence]) -> float:
        """Return how good a set of sentences is."""
        told = frozenset[str]().union(*(sentence.terms for sentence in sentences))
        covered = sum(sorted(self.weights[term] for term in told))
        words = sum(sentence.words for sentence in sentences)
        openings = sum(self.opening * self.decay**sentence.order for sentence in sentences)
        return float(covered / max(words, 1) ** LENGTH + openings)


def _aim(
    sentences: Sequence[Sentence], articles: Sequence[Article], told: Collection[str] = ()
) -> Aim:
    """Weigh a term by how many articles use it, or sentences where there is but one article."""
    alone = len({sentence.article for sentence in sentences}) < 2
    places = {
        (term, sentence.order if alone else sentence.rank)
        for sentence in sentences
        for term in sentence.terms
    }
    counts = Counter(term for term, _ in places)
    titles = Counter(term for article in articles for term in terms_of(article.title))
    weights = {
        term: (count**SHARED if count > 1 else ALONE) * (1 + TITLE * titles[term])
        for term, count in counts.items()
    }
    for term in frozenset[str]().union(*map(terms_of, told)) & weights.keys():
        weights[term] *= STALE
    first, decay = (OPENING_ALONE, DECAY_ALONE) if alone else (OPENING, DECAY)
    return Aim(weights, first, decay)


def _promising(sentences: Sequence[Sentence], aim: Aim, max_words: int) -> list[Sentence]:
    fitting = [sentence for sentence in sentences if sentence.words <= max_words]
    best = sorted(fitting, key=lambda sentence: -aim.worth([sentence]))[:MOST]
    return sorted(best, key=lambda sentence: (sentence.rank, sentence.order))


def _sameness(sentences: Sequence[Sentence], vectors: Vectors | None) -> Callable[[int, int], bool]:
    if vectors is None or len(sentences) < 2:
        return lambda one, other: _overlap(sentences[one], sentences[other]) > OVERLAP
    matrix = vectors([sentence.text for sentence in sentences])
    close = matrix @ matrix.T
    return lambda one, other: (
        float(close[one, other]) > SAME or _overlap(sentences[one], sentences[other]) > OVERLAP
    )


def _overlap(one: Sentence, other: Sentence) -> float:
    return _share(one.terms, other.terms)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 1.0


def _choose(
    sentences: Sequence[Sentence],
    aim: Aim,
    same: Callable[[int, int], bool],
    max_words: int,
) -> list[Sentence]:
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    level: list[tuple[int, ...]] = [()]
    while level:
        grown = {
            tuple(sorted((*chosen, index)))
            for chosen in level
            for index in range(len(sentences))
            if index not in chosen
            and _fits(sentences, (*chosen, index), max_words)
            and not any(same(index, other) for other in chosen)
        }
        scored = [(aim.worth([sentences[i] for i in chosen]), chosen) for chosen in grown]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        best = max([best, *scored[:1]], key=lambda pair: pair[0])
        level = [chosen for _, chosen in scored[:WIDTH]]
    return [sentences[index] for index in best[1]]


def _fits(sentences: Sequence[Sentence], chosen: Sequence[int], max_words: int) -> bool:
    return sum(sentences[index].words for index in chosen) <= max_words
