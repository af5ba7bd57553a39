"""The sentences that tell a story best: whole, verbatim, in their own languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from digest.records import Article, Language, Quote, Summary
from digest.stages.attempts import is_same_language
from digest.stages.retold import retold
from digest.stages.sentences import Sentence, good_sentences, terms_of
from digest.stages.story_space import OVERLAP, Space, Vectors, make_space, share

VERSION = "7"  #: raised whenever the same input would give another result

#: Figures chosen by five-fold cross-validation on the 307 events of neus: benchmarks/summaries.md.
SHARED = 1.5  #: a term of n articles weighs n to this power …
ALONE = 0.1  #: … one of a single article this, since what all tell is what happened
#: … or this where there are but two: what one of them leaves out is no aside. Of pairs of neus's
#: articles it makes summaries neither better nor worse, and fuller.
ALONE_OF_TWO = 1.0
TITLE = 0.5  #: and each title that holds it adds this share
OPENING = 2.0  #: points of an article's first sentence …
DECAY = 0.3  #: … of which each later one gets this share of the one before
#: The same where one article alone may be quoted: no other confirms it in the same words, and news
#: tells the matter first. Set by that judgement; no set at hand measures it.
OPENING_ALONE, DECAY_ALONE = 8.0, 0.6
#: … and at least this share of what its best sentence covers, since terms weigh the more the longer
#: the article: else the opening of a long one counts for nothing.
OPENING_SHARE = 0.5
LENGTH = 0.15  #: what is covered is divided by the words to this power: 0 favours long sentences
#: Share of all terms' weight that a summary gets which lies at the centre of the articles in the
#: encoder's space.
CENTRAL = 0.05
#: Weight left to a term that the last edition told. Set by judgement; no set at hand measures it.
STALE = 0.2
#: Share left of what a sentence counts for that speaks of "us", as a vendor's notice does: a reader
#: who sees it alone takes it for the digest's own. Set by judgement; no set at hand measures it.
OURS = 0.5
WIDTH = 20  #: sets of sentences that are followed up at once
MOST = 40  #: sentences that are weighed against each other
#: Share of the words that the reader's own language has to fill before others are left out.
ENOUGH = 0.5
PER_ARTICLE = 40  #: sentences read of one article: news tells the matter first


def summarise(
    story_id: str,
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    *,
    max_words: int,
    vectors: Vectors | None = None,
    told: Collection[str] = (),
    reader: str = "",
    quotable: Collection[str] | None = None,
) -> Summary:
    """Return the story's best sentences, at most `max_words` together; none where none fits.

    In the order of the articles and their texts, those first of which the opening is quoted.

    Chosen, by beam search under the word budget, is the set of sentences that covers most of the
    terms that several articles and their titles share (after Lin and Bilmes, "A class of submodular
    functions for document summarization", 2011) and lies nearest to the story's centre in the
    encoder's space (after Radev et al., "Centroid-based summarization", 2004), openings first,
    nothing said twice. All articles tell what is central, in whatever language.

    Args:
        story_id: the id of the summary.
        articles: the story's articles, the lead first.
        languages: their languages by id; one that is missing counts as unknown.
        max_words: ceiling, by `text.count_words`.
        vectors: gives unit vectors of sentences; without it only sentences in the language of the
            first article that has any are chosen, since repetition across languages goes unseen.
        told: sentences that the reader has seen: they and those that say the same are left out
            where there are others, and the terms that they cover weigh `STALE`. With their
            languages, sentence → BCP-47, and `vectors` also what says the same in another one.
        reader: BCP-47; where sentences in this language fill `ENOUGH` of the words, no others are
            quoted.
        quotable: ids of the articles that may be quoted where nothing in the reader's language is
            to be had; all of them where left out or where they have no sentence.
    """
    readable = _readable(articles, languages, every_language=vectors is not None, quotable=quotable)
    if vectors and isinstance(told, Mapping):
        told = {*told, *retold(readable, told, vectors)}
    space = make_space(readable, vectors)
    shown = _shown(_untold(readable, told), reader, quotable, max_words)
    aim = _aim(readable, articles, told, alone=len({each.article for each in shown}) < 2)
    sentences = _promising(shown, aim, max_words)
    chosen = _choose(sentences, aim, space, max_words)
    begun = {sentence.rank for sentence in chosen if sentence.order == 0}
    chosen.sort(key=lambda each: (each.rank not in begun, each.rank, each.start))
    return Summary(story_id, tuple(Quote(s.text, s.article, s.start, s.end) for s in chosen))


def repeats(text: str, told: Collection[str], terms: Sequence[frozenset[str]]) -> bool:
    """Return whether a sentence is one of those told, or says hardly anything else.

    Args:
        text: the sentence.
        told: what was told.
        terms: of each of them.
    """
    return text in told or any(share(terms_of(text), each) > OVERLAP for each in terms)


def _untold(sentences: list[Sentence], told: Collection[str]) -> list[Sentence]:
    if not told:
        return sentences
    terms = [terms_of(each) for each in told]
    return [each for each in sentences if not repeats(each.text, told, terms)] or sentences


def _shown(
    sentences: list[Sentence], reader: str, quotable: Collection[str] | None, max_words: int
) -> list[Sentence]:
    """Return the sentences that may be quoted: the reader's own where there are enough of them."""
    own = [each for each in sentences if reader and is_same_language(each.language, reader)]
    if sum(each.words for each in own) >= ENOUGH * max_words and own:
        return own
    if quotable is None:
        return sentences
    return [each for each in sentences if each in own or each.article in quotable] or sentences


def _readable(
    articles: Sequence[Article],
    languages: Mapping[str, Language],
    *,
    every_language: bool,
    quotable: Collection[str] | None,
) -> list[Sentence]:
    found: list[Sentence] = []
    for rank, article in enumerate(articles):
        known = languages.get(article.id)
        language = known.language if known else "und"
        found += good_sentences(article, rank=rank, language=language)[:PER_ARTICLE]
    if every_language or not found:
        return found
    may = [sentence for sentence in found if quotable is None or sentence.article in quotable]
    spoken = (may or found)[0].language
    return [sentence for sentence in found if sentence.language == spoken]


@dataclass(frozen=True, slots=True)
class Aim:
    """What makes a set of sentences good: the terms it covers, openings, and being central."""

    weights: Mapping[str, float]
    opening: float
    decay: float
    central: float

    def worth(self, sentences: Sequence[Sentence], nearness: float = 0.0) -> float:
        """Return how good a set of sentences is, so near to the centre of the story."""
        told = _terms(sentence for sentence in sentences if not sentence.says_we)
        ours = _terms(sentence for sentence in sentences if sentence.says_we) - told
        covered = self._covered(told) + OURS * self._covered(ours)
        words = sum(sentence.words for sentence in sentences)
        openings = sum(map(self.opening_of, sentences))
        return float(covered / max(words, 1) ** LENGTH + openings + self.central * nearness)

    def opening_of(self, sentence: Sentence) -> float:
        """Return the points for how near to its article's beginning a sentence stands."""
        whole = self.opening * self.decay**sentence.order
        return float(OURS * whole if sentence.says_we else whole)

    def _covered(self, terms: Collection[str]) -> float:
        return sum(sorted(self.weights[term] for term in terms))


def _terms(sentences: Iterable[Sentence]) -> frozenset[str]:
    return frozenset[str]().union(*(sentence.terms for sentence in sentences))


def _aim(
    sentences: Sequence[Sentence],
    articles: Sequence[Article],
    told: Collection[str] = (),
    *,
    alone: bool,
) -> Aim:
    """Weigh a term by how many articles use it, or sentences where there is but one article.

    Openings weigh more where one article `alone` is quoted.
    """
    single = len({sentence.article for sentence in sentences}) < 2
    places = {
        (term, sentence.order if single else sentence.rank)
        for sentence in sentences
        for term in sentence.terms
    }
    counts = Counter(term for term, _ in places)
    alone_in = ALONE_OF_TWO if len({sentence.rank for sentence in sentences}) == 2 else ALONE
    titles = Counter(term for article in articles for term in terms_of(article.title))
    weights = {
        term: (count**SHARED if count > 1 else alone_in) * (1 + TITLE * titles[term])
        for term, count in counts.items()
    }
    for term in frozenset[str]().union(*map(terms_of, told)) & weights.keys():
        weights[term] *= STALE
    central = CENTRAL * sum(sorted(weights.values()))
    if not alone:
        return Aim(weights, OPENING, DECAY, central)
    bare = Aim(weights, 0.0, DECAY_ALONE, central)
    best = max((bare.worth([sentence]) for sentence in sentences), default=0.0)
    return replace(bare, opening=max(OPENING_ALONE, OPENING_SHARE * best))


def _promising(sentences: Sequence[Sentence], aim: Aim, max_words: int) -> list[Sentence]:
    fitting = [sentence for sentence in sentences if sentence.words <= max_words]
    best = sorted(fitting, key=lambda sentence: -aim.worth([sentence]))[:MOST]
    return sorted(best, key=lambda sentence: (sentence.rank, sentence.order))


def _choose(
    sentences: Sequence[Sentence], aim: Aim, space: Space, max_words: int
) -> list[Sentence]:
    many = range(len(sentences))
    same = {
        (one, other)
        for one in many
        for other in many
        if one != other and space.is_same(sentences[one], sentences[other])
    }
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    last: tuple[float, tuple[int, ...]] = (0.0, ())  # where every set leans on what it has not
    level: list[tuple[int, ...]] = [()]
    while level:
        grown = {
            tuple(sorted((*chosen, index)))
            for chosen in level
            for index in many
            if index not in chosen
            and _fits(sentences, (*chosen, index), max_words)
            and not any((index, other) in same for other in chosen)
        }
        scored = [(_worth([sentences[i] for i in chosen], aim, space), chosen) for chosen in grown]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        last = max([last, *scored[:1]], key=lambda pair: pair[0])
        whole = (pair for pair in scored if _stands([sentences[i] for i in pair[1]]))
        best = max([best, *islice(whole, 1)], key=lambda pair: pair[0])
        level = [chosen for _, chosen in scored[:WIDTH]]
    return [sentences[index] for index in (best if best[1] else last)[1]]


def _stands(chosen: Sequence[Sentence]) -> bool:
    """Return whether each sentence that goes on with another has it right before it."""
    places = {(each.article, each.start) for each in chosen}
    return all(each.leans_on is None or (each.article, each.leans_on) in places for each in chosen)


def _worth(sentences: Sequence[Sentence], aim: Aim, space: Space) -> float:
    """Return how good a set is: an opening counts the less the nearer one of another article is."""
    again = (
        aim.opening_of(each) * _nearest(each, sentences[:place], space)
        for place, each in enumerate(sentences)
    )
    return aim.worth(sentences, space.nearness(sentences)) - sum(again)


def _nearest(sentence: Sentence, before: Sequence[Sentence], space: Space) -> float:
    others = (each for each in before if each.article != sentence.article)
    return max((space.likeness(sentence, each) for each in others), default=0.0)


def _fits(sentences: Sequence[Sentence], chosen: Sequence[int], max_words: int) -> bool:
    return sum(sentences[index].words for index in chosen) <= max_words
