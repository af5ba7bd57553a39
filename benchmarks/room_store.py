"""A store of made-up articles, as the steps would have written it: for `room.py`, `history.py`."""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import insert

from digest.records import (
    Article,
    Claim,
    Classification,
    Embedding,
    Item,
    Label,
    Language,
    Launch,
    Part,
    Plan,
    Quote,
    Score,
    Story,
    Summary,
)
from digest.stages.taxonomy import load_knowledge
from digest.store import Store, accounts, inbox, search
from digest.store.accounts import User
from digest.store.codec import to_columns
from digest.store.tables import TABLE_OF, story_members
from digest.text import make_id, split_sentences
from digest.web.security import hash_password

ARTICLES = 50_000
EDITORS = 10
NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
WORDS = {
    "en": "customer platform launches campaign consent agent pricing email vendor data",
    "de": "Werbung Einwilligung Plattform Kampagne Anbieter Preise Datenschutz Einführung",
    "fr": "publicité plateforme consentement campagne éditeur données lancement prix",
    "ja": "広告 配信 顧客 新機能 発表 個人情報 価格 連携",
    "zh-Hant": "廣告 平台 客戶 行銷 推出 價格 個資 整合",
}
PASSWORD = "correct horse battery"


def fill(
    store: Store, model: str, *, articles: int = ARTICLES, days: int = 95, tells: bool = False
) -> None:
    """Write articles of so many days, in stories of one to six, as the steps would.

    Args:
        store: where to.
        model: the encoder's name.
        articles: how many, at least.
        days: that they lie in.
        tells: whether some of them tell launches, claims and plans.
    """
    chance = random.Random(6)
    vectors = np.random.default_rng(6)
    labels = [each.name for each in load_knowledge().categories]
    vendors = [each.name for each in load_knowledge().vendors]
    made = 0
    with store.write() as db:
        for name in ("ada", *(f"editor{n}" for n in range(EDITORS))):
            role = "admin" if name == "ada" else "editor"
            accounts.put_user(db, User(name, role, hash_password(PASSWORD), made_at="now"))
    while made < articles:
        rows = defaultdict(list)
        while len(rows[Article]) < 2_000:
            size = min(6, 1 + int(chance.expovariate(0.9)))
            _add_story(
                rows, chance, vectors, size=size, labels=labels, vendors=vendors, model=model,
                days=days, tells=tells,
            )  # fmt: skip
        made += len(rows[Article])
        with store.write() as db:
            for kind, records in rows.items():
                if kind is tuple:
                    db.execute(insert(story_members), records)
                    continue
                values = [_row(each) for each in records]
                db.execute(insert(TABLE_OF[kind]), values)
        sys.stderr.write(f"\r{made} articles")
    sys.stderr.write("\n")
    _catch_up(store)
    store.close()


def _add_story(  # type: ignore[no-untyped-def]
    rows, chance, vectors, *, size, labels, vendors, model, days, tells
) -> None:
    start = NOW - timedelta(days=days + 1)
    day = start + timedelta(seconds=chance.uniform(0, days * 86_400))
    language = chance.choice(list(WORDS))
    vendor = chance.choice(vendors)
    ids = []
    for _ in range(size):
        id = make_id("bench", str(chance.random()))
        ids.append(id)
        words = WORDS[chance.choice([language, language, "en"])].split()
        sentence = "。" if language in ("ja", "zh-Hant") else ". "
        text = sentence.join(
            " ".join(chance.choices(words, k=12)) + f" {vendor} {chance.randint(1, 9999)}"
            for _ in range(22)
        )
        at = (day + timedelta(hours=chance.uniform(0, 40))).isoformat()
        source = f"source-{chance.randint(1, 300)}"
        title = f"{vendor} {' '.join(chance.choices(words, k=6))}"
        rows[Item].append(
            Item(id, source, f"https://x.example/{id}", title, at, "", at, source, "independent")
        )
        rows[Article].append(
            Article(id, source, f"https://x.example/{id}", title, text, (), at, "page", at, None,
                    source, source, "independent")
        )  # fmt: skip
        rows[Language].append(Language(id, language, 0.99))
        chosen = tuple(Label(each, 0.8, None) for each in chance.sample(labels, 2))
        told = _told(chance, id, text, vendor) if tells else {}
        rows[Classification].append(Classification(id, chosen, mentions=(vendor,), **told))
        vector = vectors.standard_normal(384).astype(np.float32)
        rows[Embedding].append(Embedding(id, model, vector / np.linalg.norm(vector)))
        rows[tuple].append({"article": id, "story": ids[0], "version": "b", "fingerprint": "b"})
    first = rows[Article][-size]
    end = first.text.index(" ", 60)
    quote = Quote(first.text[:end], first.id, 0, end)
    story = ids[0]
    points = round(chance.uniform(0.5, 16), 2)
    rows[Story].append(
        Story(story, tuple(ids), story, (first.publisher,), first.published, first.published)
    )
    rows[Summary].append(Summary(story, (quote,)))
    rows[Score].append(Score(story, points, (Part("about", points, f"about {vendor}"),)))


def _told(chance, id, text, vendor):  # type: ignore[no-untyped-def]
    """Return a launch in every tenth article, a claim and a plan in every twentieth."""
    start, end = split_sentences(text)[0]
    quote = Quote(text[start:end], id, start, end)
    product = f"Product {chance.randint(1, 400)}"
    launch = Launch(vendor, product, "launch", None, quote, confidence=0.8)
    found = {"launches": (launch,)} if chance.random() < 0.1 else {}
    if chance.random() < 0.05:
        found |= {"claims": (Claim(vendor, product, quote),)}
        found |= {"plans": (Plan(vendor, product, quote, "2026-12-31", "by the year's end"),)}
    return found


def _row(record):  # type: ignore[no-untyped-def]
    made = {"id": record.id, "version": "b", "fingerprint": "b", "made_at": NOW.isoformat()}
    return made | to_columns(record)


def _catch_up(store: Store) -> None:
    """Make list and index as the room does in the background."""
    started, spent = time.monotonic(), time.process_time()
    many = 1
    while many:
        with store.write() as db:
            many = inbox.refresh(db)
    while True:
        with store.write() as db:
            texts = search.unindexed(db)
            search.index(db, texts)
        if not texts:
            break
    spent, took = time.process_time() - spent, time.monotonic() - started
    sys.stderr.write(f"list and index: {took:.0f} s, {spent:.0f} s of processor time\n")
