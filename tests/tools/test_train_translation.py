"""The parts that make starter packages: what is read, cleaned, batched, averaged, judged."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import ctranslate2
import numpy as np
import pytest
import sentencepiece
import torch

sys.path.insert(0, str(Path(__file__).parents[2]))

from starter_corpus import make_rows, write_corpus

from tools.train_translation import batches, checkpoints, corpus, gate, plan, rate, vocab
from tools.train_translation.cleaning import clean, why_not
from tools.train_translation.convert import save_ctranslate2, tagged_config
from tools.train_translation.languages import LANGUAGES, TAGS
from tools.train_translation.model import Shape, Transformer, greedy
from tools.train_translation.rows import Pair, read_pairs
from tools.train_translation.variants import fragments, headline, joined, lower, masked

SMALL = Shape(width=32, heads=4, inner=64, encoder=2, decoder=2, dropout=0.0)


def test_research_only_rows_are_never_read(tmp_path: Path) -> None:
    """Of the WMT sets no weight may learn; FLORES judges, with all its languages."""
    rows = make_rows()
    rows += [{"kind": "news", "source": "wmt-newstest2018", "en": "No.", "de": "Nein."}]
    pairs = list(read_pairs(write_corpus(tmp_path / "p.tsv.xz", rows)))
    assert "Nein." not in {pair.source for pair in pairs}
    assert {pair.held for pair in pairs if pair.target.endswith("again.")} == {True}
    assert {pair.language for pair in pairs} == {"de", "fr"}


def test_work_of_people_is_learned_more_often(tmp_path: Path) -> None:
    """Tags tell how much of a page people translated; everyday sentences count least."""
    docs = {"kind": "docs", "source": "ours", "en": "A.", "de": "Ein.", "fr": "Un."}
    rows = [
        docs | {"tags": "de:human fr:ht0"},
        docs | {"tags": "de:ht90 fr:ht50"},
        {"kind": "news", "source": "tatoeba-test", "en": "A.", "de": "Ein."},
    ]
    pairs = list(read_pairs(write_corpus(tmp_path / "p.tsv.xz", rows)))
    assert [pair.weight for pair in pairs] == [2.0, 0.7, 2.0, 1.0, 0.7]


@pytest.mark.parametrize(
    ("language", "source", "target", "reason"),
    [
        ("de", "Der Bericht kostet 30 Euro.", "The report costs 30 euros.", ""),
        ("de", "  ", "Nothing.", "empty"),
        ("de", "Marketing", "marketing", "copy"),
        ("de", "Siehe <b>hier</b>.", "See <b>here</b>.", "markup"),
        ("de", "Так не пойдёт.", "That will not do.", "another script"),
        ("ja", "This is not Japanese.", "That is not English.", "another script"),
        ("ja", "营销平台发布了新的分析报告功能。", "The platform is new.", "another script"),
        ("zh-Hans", "平台发布了新的报告功能。", "The platform has a new report feature.", ""),
        ("de", "Der Bericht kostet 30 Euro.", "The report costs 40 euros.", "lost the number"),
        ("de", "Ja, das ist es.", "Yes " + "and that is it, " * 12, "repeats itself"),
        ("de", "Der Kunde kauft bei HubSpot ein.", "The customer buys there.", "lost"),
        ("de", "x" * 700, "y", "too long"),
    ],
)  # fmt: skip
def test_bad_pairs_are_refused_with_a_reason(
    language: str, source: str, target: str, reason: str
) -> None:
    """What the product would refuse to show is not learned either."""
    assert why_not(Pair(language, source, target)) == reason


def test_pairs_are_kept_once_and_never_beside_what_judges() -> None:
    """A sentence that is held out is learned nowhere, also not from another page."""
    same = Pair("de", "Der Kunde will mehr.", "The customer wants more.")
    judging = Pair("de", "Der Laden ist neu.", "The shop is new.", held=True)
    beside = Pair("fr", "La boutique est nouvelle.", "The  Shop is new.")
    kept, reasons = clean([same, same, beside, judging])
    assert kept == [same, judging]
    assert reasons == {"kept": 2, "seen": 1, "held out": 1}


def test_other_forms_of_a_pair() -> None:
    """Headlines have no stop, fragments are halves of both sides, masks are Digest's own."""
    pair = Pair("de", "Neu bei HubSpot: ein Bericht.", "New at HubSpot: a report.")
    assert lower(pair).source == "neu bei hubspot: ein bericht."
    assert [(each.source, each.target) for each in headline(pair)] == [
        ("Neu bei HubSpot: ein Bericht", "New at HubSpot: a report")
    ]
    assert [(each.source, each.target) for each in fragments(pair)] == [
        ("Neu bei HubSpot", "New at HubSpot"),
        ("ein Bericht.", "a report."),
    ]
    (hidden,) = masked(pair, random.Random(1))
    assert hidden.source.replace("HubSpot", "") == hidden.source
    assert hidden.source.split()[2].rstrip(":") == hidden.target.split()[2].rstrip(":")
    (two,) = joined(pair, replace(pair, source="Das ist gut.", target="That is good."))
    assert two.source == "Neu bei HubSpot: ein Bericht. Das ist gut."
    assert list(joined(pair, replace(pair, page=7))) == []


def test_unequal_halves_are_no_translations() -> None:
    """Where a colon stands elsewhere on the other side, the halves say different things."""
    pair = Pair(
        "de", "Neu: ein Bericht über alle Kunden", "A report about all customers: it is new"
    )
    assert list(fragments(pair)) == []


@pytest.fixture(scope="module")
def vocabulary() -> bytes:
    rows = make_rows()
    return vocab.train_vocabulary([Pair("de", row["de"], row["en"]) for row in rows if "de" in row])


def test_a_text_cannot_hold_a_tag(vocabulary: bytes) -> None:
    """Tags stand at fixed numbers; letters that look like one stay letters, and come back."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=vocabulary)
    pieces = vocab.pieces_of(processor)
    assert pieces[vocab.FIRST_TAG : vocab.FIRST_TAG + len(TAGS)] == list(TAGS)
    numbers = processor.encode("Der <de> Kunde 界")
    assert vocab.FIRST_TAG not in numbers
    assert vocab.UNK not in numbers
    assert processor.decode(numbers) == "Der <de> Kunde 界"


def test_a_vocabulary_is_the_same_again(vocabulary: bytes) -> None:
    """The same pairs and seed give the same file."""
    rows = make_rows()
    pairs = [Pair("de", row["de"], row["en"]) for row in rows if "de" in row]
    assert vocab.train_vocabulary(pairs) == vocabulary


def make_small_corpus(vocabulary: bytes, weights: tuple[float, ...] = (1.0,)) -> corpus.Corpus:
    rows = [row for row in make_rows() if "de" in row]
    pairs = [
        Pair("de", row["de"] * (1 + number % 3), row["en"], weights[number % len(weights)])
        for number, row in enumerate(rows)
    ]
    return corpus.make_corpus(pairs, vocabulary)


def test_a_corpus_survives_its_file(vocabulary: bytes, tmp_path: Path) -> None:
    """What is read back is what was written; sources begin with their tag."""
    made = make_small_corpus(vocabulary)
    made.save(tmp_path / "corpus.npz")
    found = corpus.load_corpus(tmp_path / "corpus.npz")
    assert np.array_equal(found.source.ids, made.source.ids)
    assert np.array_equal(found.target.starts, made.target.starts)
    firsts = made.source.ids[made.source.starts[:-1]]
    assert set(firsts) == {vocab.FIRST_TAG + LANGUAGES.index("de")}


def test_batches_hold_every_pair_and_no_more_than_their_budget(vocabulary: bytes) -> None:
    """Each pair of weight 1 is there once; what is given and what is wanted are one step apart."""
    made = make_small_corpus(vocabulary)
    epoch = batches.plan_epoch(made, tokens=300, seed=1, epoch=0)
    assert sorted(np.concatenate(epoch)) == list(range(len(made)))
    for batch in batches.iterate(made, epoch, workers=0):
        assert max(batch.source.numel(), batch.wanted.numel()) <= 300
        assert batch.source.shape[1] % batches.STEP == 0
        assert set(batch.given[:, 0].tolist()) == {vocab.BOS}
        ends = (batch.wanted == vocab.EOS).int().argmax(1)
        for row, end in enumerate(ends.tolist()):
            assert torch.equal(batch.given[row, 1 : end + 1], batch.wanted[row, :end])
            assert set(batch.wanted[row, end + 1 :].tolist()) <= {vocab.PAD}


def test_batches_made_ahead_are_the_same(vocabulary: bytes) -> None:
    """Workers change nothing but the time; an epoch can be entered in its middle."""
    made = make_small_corpus(vocabulary)
    alone = batches.endless(made, tokens=300, seed=1)
    ahead = batches.endless(made, tokens=300, seed=1, skip=5, workers=2)
    wanted = [next(alone).source for _ in range(12)][5:]
    assert all(torch.equal(next(ahead).source, each) for each in wanted)


def test_weights_are_how_often(vocabulary: bytes) -> None:
    """A pair of three times the weight is drawn three times as often over some epochs."""
    made = make_small_corpus(vocabulary, weights=(1.0, 3.0))
    drawn = np.concatenate(
        [
            pairs
            for epoch in range(40)
            for pairs in batches.plan_epoch(made, tokens=300, seed=1, epoch=epoch)
        ]
    )
    counts = np.bincount(drawn, minlength=len(made))
    assert counts[1::2].mean() / counts[::2].mean() == pytest.approx(3.0, rel=0.1)


def test_the_average_is_the_mean() -> None:
    """Weights are averaged number by number."""
    states = [{"a": torch.tensor([1.0, 4.0])}, {"a": torch.tensor([3.0, 0.0])}]
    assert torch.equal(checkpoints.average(states)["a"], torch.tensor([2.0, 2.0]))
    with pytest.raises(ValueError, match="no weights"):
        checkpoints.average([])


def test_the_best_look_and_those_before_it_are_averaged() -> None:
    """What came after the best look is no part of it, and stops the run after a while."""
    losses = [3.0, 2.0, 1.5, 1.6, 1.7]
    assert plan.averaged_looks(losses, 2) == [1, 2]
    assert plan.averaged_looks(losses, 9) == [0, 1, 2]
    assert plan.is_stuck(losses, 2)
    assert not plan.is_stuck(losses, 3)


def test_the_rate_warms_up_and_ends_at_nothing() -> None:
    """Also where the clock ends the run: the cool-down follows the share that is done."""
    timed = replace(plan.Plan(), minutes=20.0, warmup=100, rate=1.0, cooldown=0.25)
    rates = [plan.rate_at(timed, step=step, done=0.0) for step in (0, 49, 99, 399)]
    assert rates == pytest.approx([0.01, 0.5, 1.0, 0.5])
    assert plan.progress(timed, step=10, seconds=600) == 0.5
    assert plan.rate_at(timed, step=99, done=0.875) == pytest.approx(0.5)
    assert plan.rate_at(timed, step=99, done=1.0) == 0.0


def test_work_is_counted_by_weights() -> None:
    """Six operations a weight and place: the full-size model needs about 0.3 GFLOP a piece."""
    model = Transformer(100, SMALL)
    weights = sum(p.numel() for p in model.parameters())
    counted = rate.operations(model, source=1, target=1) / 6
    assert counted == pytest.approx(weights, rel=0.02)  # but for the last norms and the bias


@pytest.mark.parametrize("first", [True, False])
def test_ctranslate2_says_what_pytorch_says(first: bool, tmp_path: Path) -> None:
    """With random weights and inputs, piece for piece, norms before or behind, padded or not."""
    torch.manual_seed(3)
    model = Transformer(60, replace(SMALL, first=first)).eval()
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(torch.randn_like(weight) * 0.3)
    pieces = ["<unk>", "<s>", "</s>", "<pad>", "<de>", "<fr>", *(f"p{n}" for n in range(54))]
    save_ctranslate2(model, pieces, tmp_path / "model", quantisation=None)
    config = tmp_path / "model" / "config.json"
    plain, rng = config.read_text(), random.Random(5)
    texts = [[rng.randrange(6, 60) for _ in range(rng.randint(1, 12))] for _ in range(24)]
    answers = {}
    for tag in ("<de>", "<fr>"):
        config.write_text(tagged_config(plain, tag))
        translator = ctranslate2.Translator(str(tmp_path / "model"), compute_type="float32")
        said = translator.translate_batch(
            [[pieces[number] for number in text] for text in texts],
            beam_size=1,
            max_decoding_length=15,
        )
        answers[tag] = [result.hypotheses[0] for result in said]
        source = torch.full((len(texts), 16), vocab.PAD)
        for row, text in enumerate(texts):
            source[row, : len(text) + 1] = torch.tensor([pieces.index(tag), *text])
        wanted = greedy(model, source, bos=vocab.BOS, eos=vocab.EOS, most=15)
        assert answers[tag] == [[pieces[number] for number in row] for row in wanted]
    assert answers["<de>"] != answers["<fr>"]


FIGURES = gate.Figures("de", bleu=25.0, chrf=50.0, passing=0.85, plain=0.8, sentences=100)


@pytest.mark.parametrize(
    ("figures", "reasons"),
    [
        (FIGURES, []),
        (replace(FIGURES, bleu=24.9), ["BLEU 24.9 on martech-docs, not 25"]),
        (replace(FIGURES, passing=0.8), ["80.0% of its sentences pass the checks, not 85%"]),
        (replace(FIGURES, bleu=float("nan")), ["BLEU nan on martech-docs, not 25"]),
    ],
)
def test_the_gate(figures: gate.Figures, reasons: list[str]) -> None:
    """Both bars count, and nothing that was not measured passes."""
    assert gate.refusals(figures) == reasons
    assert gate.shipped([figures]) == ([] if reasons else [figures])


def test_figures_survive_their_file(tmp_path: Path) -> None:
    """What was measured is read back as it was."""
    gate.write_figures([FIGURES, replace(FIGURES, news_bleu=12.5)], tmp_path / "figures.json")
    assert gate.read_figures(tmp_path / "figures.json")[1].news_bleu == 12.5
