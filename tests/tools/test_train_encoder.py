"""The parts that train the encoder: what is read, folded, drawn and written."""

from __future__ import annotations

import lzma
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from digest.backends.encoders import SentenceEncoder

sys.path.append(str(Path(__file__).parents[2] / "tools"))

from encoder import corpus, export, learn, measure, rows, subwords

HEADER = "kind\tsource\ten\tde\tes\tfr\tit\tja\tnl\tpt\tzh-Hans\tzh-Hant\ttags"
THINGS = {
    "en": ["the email", "the customer", "a campaign", "this report", "our platform"],
    "de": ["die E-Mail", "der Kunde", "eine Kampagne", "dieser Bericht", "unsere Plattform"],
    "zh-Hant": ["電子郵件", "客戶", "行銷活動", "這份報告", "我們的平台"],
}
DEEDS = {
    "en": ["is new", "costs money", "arrives today", "grows slowly", "was sold", "wants more"],
    "de": [
        "ist neu",
        "kostet Geld",
        "kommt heute",
        "wächst langsam",
        "wurde verkauft",
        "will mehr",
    ],
    "zh-Hant": ["是新的", "要花錢", "今天到達", "增長緩慢", "已經售出", "想要更多"],
}


def make_rows() -> list[rows.Row]:
    """Return thirty sentences in three languages, that we wrote."""
    return [
        rows.Row(
            "ours",
            {code: f"{THINGS[code][thing]} {DEEDS[code][deed]}." for code in THINGS},
            frozenset({"de"}),
        )
        for thing in range(5)
        for deed in range(6)
    ]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    texts = [text for row in make_rows() for text in row.texts.values()]
    return subwords.train_tokenizer(texts, size=105)


def test_research_only_rows_are_never_read(tmp_path: Path) -> None:
    """The WMT sets were made for research, so no shipped weight may learn from them."""
    lines = [
        HEADER,
        "docs\tAdobeDocs/x\tHello\tHallo\t\t\t\t\t\tOlá\t\t\tde:ht0 pt:ht90",
        "news\twmt-newstest2014\tNo\tNein\t\t\t\t\t\t\t\t\t",
        "news\ttico19\tYes\t\tSí\t\t\t\t\t\t\t\t",
    ]
    path = tmp_path / "parallel.tsv.xz"
    path.write_bytes(lzma.compress("\n".join(lines).encode()))

    result = rows.read_rows(path)

    assert [(row.source, row.texts) for row in result] == [
        ("AdobeDocs/x", {"en": "Hello", "de": "Hallo", "pt": "Olá"}),
        ("tico19", {"en": "Yes", "es": "Sí"}),
    ]
    assert [row.human for row in result] == [{"pt"}, {"es"}]


def test_cldr_names_places_in_all_languages() -> None:
    """News is full of countries, and every language calls them something else."""
    found = [row for row in rows.cldr_rows() if row.texts["en"] == "Germany"]

    assert [row.texts["zh-Hant"] for row in found] == ["德國"]
    assert set(found[0].texts) == set(rows.LANGUAGES)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("這份報告", "这份报告"),
        ("E-MAIL", "e mail"),
        ("ｅｍａｉｌ", "email"),
        ("wa\u0308chst", "wächst"),
        ("l’email", "l'email"),
        ("Platform…", "platform"),
    ],
)
def test_spellings_are_folded_together(tokenizer: Tokenizer, one: str, same: str) -> None:
    """What a reader takes for the same word gives the same subwords."""
    first, second = (tokenizer.encode(text, add_special_tokens=False).ids for text in (one, same))

    assert first == second
    assert 0 not in first


def test_trimming_keeps_every_character(tokenizer: Tokenizer) -> None:
    """A smaller vocabulary splits more, but still reads what the larger one reads."""
    pieces = set(tokenizer.get_vocab()) - {subwords.UNKNOWN}
    single = sum(len(piece.removeprefix("▁")) <= 1 for piece in pieces) + 1
    smaller = subwords.trim(tokenizer, size=single + 3)

    assert smaller.get_vocab_size() == single + 3
    assert 0 not in smaller.encode("這份報告 unsere Plattform", add_special_tokens=False).ids


def test_a_pair_is_the_same_rows_in_two_languages(tokenizer: Tokenizer) -> None:
    """Runs of rows are joined, and no text is compared with itself."""
    texts = make_rows() * 4
    store = corpus.make_corpus(texts, tokenizer)

    drawn = corpus.draw(store, np.random.default_rng(3), size=256)

    assert len(drawn.texts) == 512
    assert len(drawn.first) == 256
    by_ids = {}
    for number, row in enumerate(texts):
        for code, text in row.texts.items():
            ids = tuple(tokenizer.encode(text, add_special_tokens=False).ids)
            by_ids[ids] = (number % 30, code)
    singles = [unit for unit in range(256) if (drawn.unit == unit).sum() == 1]
    bags = [
        tuple(drawn.texts.ids[drawn.texts.starts[at] : drawn.texts.starts[at + 1]].tolist())
        for at in range(512)
    ]
    pairs = [(by_ids[bags[unit]], by_ids[bags[unit + 256]]) for unit in singles]
    assert len(pairs) > 50
    assert all(left[0] == right[0] and left[1] != right[1] for left, right in pairs)


def test_training_brings_translations_together(tokenizer: Tokenizer, tmp_path: Path) -> None:
    """After a short training the saved 8-bit model finds each sentence's translation."""
    texts = make_rows()
    random = np.random.default_rng(0)
    parts = random.normal(size=(11, 32)).astype(np.float32)
    taught = np.stack([parts[n // 6] + parts[5 + n % 6] for n in range(30)])
    taught /= np.linalg.norm(taught, axis=1, keepdims=True)
    taught[::7] = 0  # sentences that the teacher has not read
    store = corpus.make_corpus(texts * 4, tokenizer)
    size = tokenizer.get_vocab_size()
    student = learn.start(store, np.tile(taught, (4, 1)), size=size, seed=1)
    losses: list[float] = []

    learn.learn(
        student,
        store,
        np.tile(taught, (4, 1)),
        plan=learn.Plan(steps=60, size=256),
        report=lambda _, loss: losses.append(loss),
    )
    export.save_model(student.table(), tokenizer, tmp_path / "m")
    encoder = SentenceEncoder(str(tmp_path / "m"))
    german = encoder.encode([row.texts["de"] for row in texts])
    chinese = encoder.encode([row.texts["zh-Hant"] for row in texts])

    assert losses[-1] < losses[0]
    assert (german @ chinese.T).argmax(axis=1).tolist() == list(range(30))
    kept = corpus.make_bags(tokenizer, [row.texts["de"] for row in texts])
    exact = measure.vectors_of(student.table(), kept)
    assert (german * exact).sum(axis=1).min() > 0.999


def test_best_f1_is_that_of_the_best_threshold() -> None:
    """Taking all five, four of them true, beats the three sure ones: 8 / 9 against 6 / 7."""
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.1], dtype=np.float32)
    true = np.array([True, True, True, False, True])

    assert measure.best_f1(scores, true) == pytest.approx(8 / 9)
