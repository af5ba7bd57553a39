"""What a vendor's documentation says that artificial intelligence does in its products.

A manual does not announce: it tells what a feature does, in the second person, in an instruction
("let the assistant write"), or of a model under the feature's heading. Limits, costs, switches and
rights that come with AI claim nothing, nor does a step that only takes its reader there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digest.records import Article, Claim, Quote
from digest.stages.at_work import named_models
from digest.stages.cast import Cast, is_spoken
from digest.stages.clean import key_of
from digest.stages.cuts import Cuts
from digest.stages.features import find_feature
from digest.stages.genre import Genre, find_genre
from digest.stages.names import head_of
from digest.stages.passages import Passage, is_named, passages_of, thing_of
from digest.stages.phrase_data import phrases_for
from digest.stages.stated import find_proofs, is_concrete
from digest.stages.wits import MEANS, WORKS, Wits, is_artificial
from digest.text import count_words, split_sentences

LONGEST = 60  #: words; a longer "sentence" is a list
LONGEST_NAME = 7  #: words of a heading that is a name, and no sentence
MOST = 6  #: claims of one page, each of another thing
LEAST = 0.6  #: weight from which a sentence claims something
FIRST = 3  #: sentences at the top of a page, which tell what it is about
#: What adds to a sentence's weight: kinds of data, the thing's name, the word AI, the page's top.
CONCRETE, NAMED, SAID, TOP = 0.35, 0.2, 0.2, 0.1
BESIDE = 0.7  #: what costs, limits and switches take away, and a mere algorithm


@dataclass(frozen=True, slots=True)
class Page:
    """A page of documentation."""

    cast: Cast
    genre: Genre
    wits: Wits
    thing: str  #: what it is about, "" for notes on a release and where its title names nothing
    notes: bool  #: whether each heading names a thing of its own


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that claims something."""

    passage: Passage
    thing: str  #: what it tells of, "" where it is not named
    own: bool  #: whether that is another thing than the page's
    strength: float  #: how clearly it says what AI does
    weight: float


def is_described(article: Article, cast: Cast, language: str) -> bool:
    """Return whether a vendor's text describes rather than announces.

    A manual or notes on a release, or a text that tells of no event at all.
    """
    if article.voice != "vendor" or phrases_for("manuals", language) is None:
        return False
    return not cast.proofs or find_genre(article, language).kind != "news"


def find_described(
    article: Article, cast: Cast, language: str, *, cuts: Cuts | None = None
) -> tuple[Claim, ...]:
    """Return the claims of a page of documentation: one of the page, one of each thing in it.

    Args:
        article: a vendor's.
        cast: whom it is about.
        language: decides which phrases count.
        cuts: where claims over the limit are counted.
    """
    claims, manual = phrases_for("claims", language), phrases_for("manuals", language)
    if claims is None or manual is None or cast.grammar is None or not cast.vendor:
        return ()
    genre = find_genre(article, language)
    wits = Wits(claims, manual, cast.grammar)
    notes = genre.kind == "notes"
    found = list(passages_of(article, genre))
    page = Page(cast, genre, wits, "" if notes else _subject(article, wits, genre), notes)
    told = [
        read
        for place, passage in enumerate(found)
        if (read := _read(passage, page, first=place < FIRST))
    ]
    return tuple(
        Claim(
            cast.vendor,
            one.thing,
            one.passage.quote,
            find_proofs(one.thing, _around(one, found), cast, claims, manual=manual),
        )
        for one in _chosen(told, cuts)
    )


def _subject(article: Article, wits: Wits, genre: Genre) -> str:
    """Return the thing that a page is about; a title like a step is one if a sentence has it."""
    title, text = article.title.strip(), article.text
    if title and genre.is_step(title):
        told = [text[start:end] for start, end in split_sentences(text)]
        if any(one.startswith(title) and one != title for one in told):
            return title
    return thing_of(title, wits.manual, genre)


def _around(told: Told, found: Iterable[Passage]) -> list[Quote]:
    """Return the sentences that may state evidence: a page's, or those under the same heading."""
    heading = told.passage.heading
    return [one.quote for one in found if not told.own or one.heading == heading]


def _chosen(told: Iterable[Told], cuts: Cuts | None) -> list[Told]:
    """Return the weightiest sentence of the page and of each thing in it, in the text's order."""
    best: dict[str, Told] = {}
    for one in told:
        key = key_of(one.thing) if one.own else ""
        if key not in best or one.weight > best[key].weight:
            best[key] = one
    own = sum(one.own for one in best.values())
    if own > 1 and "" in best and best[""].strength < WORKS:
        del best[""]  # a page about several things, of which each tells more
    rows = sorted(best.values(), key=lambda one: -one.weight)
    if cuts is not None:
        cuts["claims"] += max(0, len(rows) - MOST)
    rows = rows[:MOST]
    return sorted(rows, key=lambda one: one.passage.quote.start)


def _read(passage: Passage, page: Page, *, first: bool) -> Told | None:
    """Return what a sentence claims, None where it claims nothing."""
    text, wits = passage.text, page.wits
    if text.endswith(("?", "？")) or count_words(text) > LONGEST or is_spoken(text):
        return None
    heading = thing_of(passage.heading, wits.manual, page.genre)
    heading = heading if count_words(heading) <= LONGEST_NAME else ""
    names = [name for name in (passage.label, heading, page.thing) if name]
    strength = wits.strength(text, names=names, before=passage.before, step=passage.step)
    if not strength:
        return None
    thing, own = _thing(passage, heading, page, clear=strength >= MEANS)
    weight = (
        strength
        + CONCRETE * is_concrete(text, wits.claims, wits.manual)
        + NAMED * is_named(thing, text)
    )
    weight += SAID * bool(wits.claims["ai"].search(text)) + TOP * first
    weight -= BESIDE * bool(wits.manual["about"].search(text))
    weight -= BESIDE * (wits.is_weak(text) and not any(is_artificial(one, wits) for one in names))
    return Told(passage, thing, own, strength, weight) if weight >= LEAST else None


def _thing(passage: Passage, heading: str, page: Page, *, clear: bool) -> tuple[str, bool]:
    """Return what a sentence tells of, and whether that is another thing than the page's.

    What its label names; else an artificial thing that it opens with or stands under, the page.
    """
    text, label, wits = passage.text, passage.label, page.wits
    named = label and not wits.manual["plain"].fullmatch(label)
    if named and (page.notes or clear or is_artificial(label, wits)):
        return label, not _is_same(label, page.thing)
    opening = "" if passage.step else _opening(text, page)
    if opening and (is_artificial(opening, wits) or wits.is_part(opening)):
        return opening, not _is_same(opening, page.thing)
    if heading and (page.notes or is_artificial(heading, wits)):
        return heading, not _is_same(heading, page.thing)
    helper = wits.manual["helper"].search(text)
    thing = page.thing or opening or find_feature(text, page.cast)
    thing = thing or _artificial_in(page.cast.title, page)
    return thing or (helper[0] if helper else ""), False


def _artificial_in(title: str, page: Page) -> str:
    """Return what a title that names no thing calls artificial: "Ask the AI search for a file"."""
    grammar, spans = page.cast.grammar, page.wits.minds(title)
    if grammar is None or grammar.wide or not spans:
        return ""
    name = head_of(title[spans[0][0] :], grammar)
    return name if count_words(name) > 1 else ""


def _opening(text: str, page: Page) -> str:
    """Return the name that opens a sentence, or its main clause; neither a model's nor a verb."""
    name = find_feature(text, page.cast, opens=True)
    if not name:
        name = find_feature(text.partition(", ")[2], page.cast, opens=True)
    verbs = (page.wits.claims["does"], page.wits.claims["by"])
    plain = any(pattern.match(name) for pattern in verbs) and not is_artificial(name, page.wits)
    return "" if plain or named_models().search(name) else name


def _is_same(name: str, thing: str) -> bool:
    return is_named(name, thing) or is_named(thing, name)
