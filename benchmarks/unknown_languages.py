"""What is merged in languages that the encoder does not know, and by which evidence.

    python -m benchmarks.unknown_languages

News documents in sixteen languages outside the ten go through the stages (`detect`, `embed`,
`dedupe`) beside their versions in the ten, with what is made of them: re-posted and rewritten
copies, other news in the same words, and pages that name a translation (`hreflang`), rightly and
wrongly. Nothing may be merged on a vector; what is merged has to rest on a certainty.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from digest.backends.encoders import SentenceEncoder
from digest.records import Article, Duplicate
from digest.stages.dedupe import dedupe
from digest.text import sentences

from .cache import CachedEncoder
from .corpora import LANGUAGES, Corpus, documents, read_lines
from .measures import Rows, codes, share_of
from .staged import Staged, stage_corpus
from .variants import add_article, by_story, english_names, refill, rewrite, spoken_in, word_pool

KINDS = {
    "again": "re-posted, another title and a sentence less: found",
    "copy": "rewritten, 10–30 % of the words: found",
    "other": "other news in the same words: merged",
}
#: What a certainty is called by, and what the verdict begins with.
EVIDENCE = (
    ("wording", re.compile(r"\d+% of the wording is the same")),
    ("opening and wording", re.compile("its opening and")),
    ("same text", re.compile("same title and text")),
    ("hreflang", re.compile("its page names")),
    ("vector", re.compile("cosine")),
)


def main() -> None:
    """Print the table."""
    outside = sorted({row["language"] for row in read_lines("crosslingual/ntrex.jsonl.xz")})
    outside = [one for one in outside if one not in LANGUAGES]
    corpus = documents("ntrex", languages=(*LANGUAGES, *outside))
    encoder = CachedEncoder(SentenceEncoder("embedded"))
    unknown = {id for id, one in corpus.languages.items() if one.language in outside}
    print(f"{len(outside)} languages: {', '.join(outside)}\n")
    print("| measure | figure |\n| --- | --- |")
    tell_articles(stage_corpus(vary(corpus, outside), encoder), unknown)
    for right in (True, False):
        tell_pages(stage_corpus(name_versions(corpus, outside, right=right), encoder), right=right)


def vary(corpus: Corpus, outside: Sequence[str]) -> Corpus:
    """Return a corpus with, for each story, copies and near-misses in languages outside the ten."""
    draw = random.Random("unknown languages")
    grown = replace(corpus, articles=[], languages={}, stories=[], ignored=[])
    pools = {one: word_pool(spoken_in(corpus, one)) for one in outside}
    for story, members in by_story(corpus).items():
        for one in members:
            add_article(grown, one, like=one, of=corpus, story=story, near=None)
        strange = [one for one in members if corpus.languages[one.id].language in outside]
        named = english_names(corpus, members)
        for one in draw.sample(strange, 4):
            pool = pools[corpus.languages[one.id].language]
            copy = rewrite(one, seed=0, words=draw.choice((0.1, 0.2, 0.3)), pool=pool)
            other = refill(one, story=story, seed=0, mentions=named)
            for made in (repost(one, draw), copy):
                add_article(grown, made, like=one, of=corpus, story=story, near=None)
            if other:
                add_article(grown, other, like=one, of=corpus, story=f"{story}~other", near=None)
    return grown


def repost(article: Article, draw: random.Random) -> Article:
    """Return a copy with a sentence of its text for a title, and one sentence less."""
    told = sentences(article.text or "")
    title = told.pop(draw.randrange(len(told)))
    return replace(
        article, id=f"{article.id}~again", title=title, text="\n".join(told), content_hash=""
    )


def name_versions(corpus: Corpus, outside: Sequence[str], *, right: bool) -> Corpus:
    """Return a corpus in which pages outside the ten name an English version.

    Of each story one page does, rightly its own or wrongly another document's.
    """
    draw = random.Random("versions")
    stories = by_story(corpus)
    others = dict(zip(stories, [*list(stories)[1:], *list(stories)[:1]], strict=True))
    grown = replace(corpus, articles=[], languages={}, stories=[], ignored=[])
    for story, members in stories.items():
        strange = [one for one in members if corpus.languages[one.id].language in outside]
        target = _address(f"{story if right else others[story]}.en")
        page = replace(draw.choice(strange), alternates=(target,))
        (english,) = (one for one in members if corpus.languages[one.id].language == "en")
        for one in (page, english):
            made = replace(one, url=_address(one.id))
            add_article(grown, made, like=one, of=corpus, story=story, near=None)
    return grown


def _address(id: str) -> str:
    return f"https://news.example/{id}"


def judge(staged: Staged) -> dict[str, Duplicate]:
    """Return what the stage makes of a corpus, with the verdict that ships."""
    corpus, encoder = staged.corpus, staged.encoder
    found = dedupe(corpus.articles, staged.languages, staged.embeddings, encoder=encoder)
    return {each.id: each for each in found}


def tell_articles(staged: Staged, unknown: set[str]) -> None:
    """Print what becomes of articles in unknown languages, of their copies and near-misses."""
    found = judge(staged)
    group = {id: one.duplicate_of or id for id, one in found.items()}
    said = _rows([(id, not found[id].language_supported) for id in sorted(unknown)])
    print(f"| `language_supported: false`, of {len(unknown)} articles | {share_of(said)} |")
    pairs = [
        (one, other)
        for members in by_story(staged.corpus).values()
        for one, other in combinations([each.id for each in members if "~" not in each.id], 2)
        if one in unknown or other in unknown
    ]
    hits = _rows([(one, group[one] == group[other]) for one, other in pairs])
    print(f"| translations merged, of {len(pairs)} pairs | {share_of(hits)} |")
    for kind, words in KINDS.items():
        made = [id for id in group if f"~{kind}" in id]
        hits = _rows([(id, group[id] == group[id.split("~")[0]]) for id in made])
        print(f"| {words}, of {len(made)} | {share_of(hits)} |")
    varied = {id for id in group if "~" in id}
    _tell_evidence(found, group, unknown | varied)


def tell_pages(staged: Staged, *, right: bool) -> None:
    """Print what becomes of pages that name an English version."""
    group = {id: one.duplicate_of or id for id, one in judge(staged).items()}
    of = {_address(one.id): one.id for one in staged.corpus.articles}
    named = {one.id: of[one.alternates[0]] for one in staged.corpus.articles if one.alternates}
    hits = _rows([(id, group[id] == group[other]) for id, other in named.items()])
    words = "its own" if right else "another document's"
    print(
        f"| page that names {words} English version: merged, of {len(named)} | {share_of(hits)} |"
    )


def _tell_evidence(found: dict[str, Duplicate], group: dict[str, str], among: set[str]) -> None:
    """Print by which evidence articles in unknown languages were merged, and how many wrongly."""
    counts: Counter[tuple[str, bool]] = Counter()
    for id in sorted(among):
        why = found[id].because
        if why:
            kind = next((name for name, form in EVIDENCE if form.search(why)), "a group's")
            counts[kind, _base(id) == _base(group[id])] += 1
    for kind in dict.fromkeys([name for name, _ in EVIDENCE] + [kind for kind, _ in counts]):
        right, wrong = counts[kind, True], counts[kind, False]
        print(f"| merged by {kind}: rightly, wrongly | {right}, {wrong} |")


def _base(id: str) -> str:
    """Return the document that an article is made of; other news is none of its copies."""
    document = id.split("~")[0].rsplit(".", 1)[0]
    return f"{document}~other" if "~other" in id else document


def _rows(cases: Sequence[tuple[str, bool]]) -> Rows:
    """Return hits and cases of each story."""
    place = codes([_base(id) for id, _ in cases])
    rows = np.zeros((place.max() + 1, 2))
    for row, (_, hit) in zip(place, cases, strict=True):
        rows[row] += (hit, 1)
    return rows


if __name__ == "__main__":
    main()
