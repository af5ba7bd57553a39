"""Windows of odd articles: no text, date or address stops the judging of the others."""

import random
import time

import pytest

from digest.backends.encoders import SentenceEncoder
from digest.records import Article, Duplicate, Language, Story
from digest.stages.cluster import cluster
from digest.stages.dedupe import dedupe
from digest.stages.embed import embed
from digest.stages.gist import gist_of
from digest.stages.sketch import make_sketch
from digest.testing import make_article
from digest.text import split_sentences
from tests.odd_news import make_window

Judged = tuple[dict[str, Duplicate], dict[str, Story]]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder("embedded")


def judge(
    articles: list[Article], languages: dict[str, Language], encoder: SentenceEncoder
) -> Judged:
    nobody = Language("", "und", 0.0)
    made = {one.id: one for one in embed([(one, nobody) for one in articles], encoder=encoder)}
    copies = dedupe(articles, languages, made, encoder=encoder)
    stories = cluster(articles, copies, languages, made, encoder=encoder)
    return {one.id: one for one in copies}, {one.id: one for one in stories}


@pytest.mark.parametrize("seed", range(40))
def test_every_article_is_answered_in_any_order(seed: int, encoder: SentenceEncoder) -> None:
    """Each is in one story, and the articles' order changes nothing of it."""
    articles, languages = make_window(seed)
    copies, stories = judge(articles, languages, encoder)
    ids = sorted(one.id for one in articles)
    assert sorted(copies) == ids
    assert sorted(member for story in stories.values() for member in story.members) == ids
    shuffled = random.Random(seed).sample(articles, len(articles))
    assert judge(shuffled, languages, encoder) == (copies, stories)


@pytest.mark.parametrize("sign", [".", "\n", "\n \t", "٩", "1", "\nAbout X\n", "A’", "。」"])
def test_a_long_text_of_one_sign_takes_no_time(sign: str) -> None:
    """Twice the text takes twice the time, whatever a page is full of: not four times."""
    text = sign * (60_000 // len(sign))
    begun = time.process_time()
    gist_of(make_sketch(make_article("a", title=text[:99], text=text), None))
    split_sentences(text)
    assert time.process_time() - begun < 3
