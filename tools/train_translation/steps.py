"""The steps of the whole work, each from the work folder into the work folder."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import torch

# Training needs little; what measures, converts and packs is imported where it is used, so that a
# machine with a GPU and nothing but PyTorch can train.
from tools.train_translation import checkpoints, gate, vocab
from tools.train_translation.carry import coarsen, join, shrink, split, squeeze, unsqueeze, widen
from tools.train_translation.corpus import Corpus, load_corpus
from tools.train_translation.languages import TARGET
from tools.train_translation.learn import Run
from tools.train_translation.model import Shape, Transformer
from tools.train_translation.plan import Plan

if TYPE_CHECKING:
    from digest.backends.argos import ArgosTranslator

CORPUS, HELD, FACTS = "corpus.npz", "held.npz", "facts.json"
RUN, MODEL, FIGURES, PACKAGES, WEIGHTS = "run", "model", "figures.json", "packages", "averaged.pt"
Telling = Callable[[str], None]


def train(work: Path, *, shape: Shape, plan: Plan, tell: Telling = print) -> None:
    """Learn, and write the averaged weights."""
    vocabulary = vocab.load(work / vocab.FILE)
    torch.manual_seed(plan.seed)
    model = Transformer(vocabulary.vocab_size(), shape)
    tell(f"{sum(p.numel() for p in model.parameters()):,} weights, {shape}")
    corpus, held = _load(work / CORPUS), _load(work / HELD)
    Run(model, plan, work / RUN, tell=tell).train(corpus, held)
    weights = {name: each.cpu() for name, each in model.state_dict().items()}
    checkpoints.save({"weights": weights, "shape": asdict(shape)}, work / WEIGHTS)
    tell(f"{work / WEIGHTS} is written")


def send(work: Path, to: Path, *, tell: Telling = print) -> None:
    """Write what `train` needs, packed, into a folder that serves as its work folder elsewhere."""
    to.mkdir(parents=True, exist_ok=True)
    for name in (vocab.FILE, FACTS):
        shutil.copy(work / name, to / name)
    for name in (CORPUS, HELD):
        squeeze(load_corpus(work / name), _packed(to / name))
    tell(f"{to}: {sum(file.stat().st_size for file in to.iterdir()):,} bytes")


def give(work: Path, to: Path, *, tell: Telling = print) -> None:
    """Write the averaged weights in eight bits, in parts that `take` joins."""
    state = checkpoints.load(work / WEIGHTS)
    files = split(state | {"weights": shrink(state["weights"])}, to)
    tell(f"{to}: {sum(file.stat().st_size for file in files):,} bytes in {len(files)} parts")


def take(work: Path, parts: Path) -> None:
    """Join what `give` wrote into the work folder's weights."""
    state = join(parts)
    checkpoints.save(state | {"weights": widen(state["weights"])}, work / WEIGHTS)


def _load(file: Path) -> Corpus:
    packed = _packed(file)
    return load_corpus(file) if file.exists() or not packed.exists() else unsqueeze(packed)


def _packed(file: Path) -> Path:
    return file.with_suffix(".xz")


def convert(work: Path, *, bits: int = 8) -> None:
    """Write the averaged weights as CTranslate2 runs them, coarser where `bits` says so."""
    from tools.train_translation.convert import save_ctranslate2

    state = checkpoints.load(work / WEIGHTS)
    vocabulary = vocab.load(work / vocab.FILE)
    model = Transformer(vocabulary.vocab_size(), Shape(**state["shape"]))
    weights = state["weights"] if bits >= 8 else coarsen(state["weights"], bits=bits)
    model.load_state_dict(weights)
    shutil.rmtree(work / MODEL, ignore_errors=True)
    save_ctranslate2(model, vocab.pieces_of(vocabulary), work / MODEL)


def measure(
    work: Path,
    *,
    languages: Sequence[str],
    martech: Path | None,
    ntrex: Path | None = None,
    most: int | None = None,
    tell: Telling = print,
) -> list[gate.Figures]:
    """Measure every language's package, and keep the figures."""
    if martech is None:
        tell("nothing is measured without --martech: nothing passes the gate")
        return []
    from tools.train_translation import evaluate
    from tools.train_translation.sure import spread

    measured = []
    with tempfile.TemporaryDirectory() as temporary:
        translator = _installed(work, languages, Path(temporary))
        for language in languages:
            docs = spread(evaluate.docs_lines(martech, language), most)
            news = spread(evaluate.news_lines(ntrex, language), most) if ntrex else None
            measured.append(evaluate.measure(translator, language, docs=docs, news=news))
            tell(f"{measured[-1]}: {'; '.join(gate.refusals(measured[-1])) or 'passes'}")
    gate.write_figures(measured, work / FIGURES)
    return measured


def guard(
    work: Path,
    data: Path,
    *,
    martech: Path,
    ntrex: Path,
    most: int | None = None,
    tell: Telling = print,
) -> None:
    """Find below which sureness each measured package withholds its answer; keep it and its cost.

    Args:
        work: has the figures of `measure`.
        data: `parallel.tsv.xz`, whose held-out pairs judge.
        martech: `martech-docs.jsonl.xz`.
        ntrex: `ntrex.jsonl.xz`.
        most: lines of each of these two that are looked at.
        tell: is told how it goes.
    """
    from tools.train_translation import evaluate, sure
    from tools.train_translation.rows import read_judges

    measured = gate.read_figures(work / FIGURES)
    judges = read_judges(data)
    with tempfile.TemporaryDirectory() as temporary:
        translator = _installed(work, [each.language for each in measured], Path(temporary))
        for number, each in enumerate(measured):
            model = translator.model(each.language, TARGET)
            assert model is not None, each.language
            measured[number] = sure.guarded(
                each,
                model,
                sure.mixed(judges[each.language]),
                docs=sure.spread(evaluate.docs_lines(martech, each.language), most),
                news=sure.spread(evaluate.news_lines(ntrex, each.language), most),
            )
            tell(str(measured[number]))
            gate.write_figures(measured, work / FIGURES)


def pack(
    work: Path, to: Path, *, everything: Sequence[str] = (), tell: Telling = print
) -> list[Path]:
    """Write the packages of the languages that pass the gate; `everything` goes in unasked."""
    from tools.train_translation import pack as packing

    file = work / FIGURES
    measured = gate.read_figures(file) if file.is_file() else []
    for each in measured:
        if why := gate.refusals(each):
            tell(f"{each.language} fails the gate: {'; '.join(why)}")
    languages = list(everything) or [each.language for each in gate.shipped(measured)]
    if not languages:
        tell("no language is packed")
        return []
    place = _write(work, to, languages, {each.language: each for each in measured})
    files = packing.write_packages(place, work / PACKAGES)
    tell(f"{to}: {packing.size_of(to):,} bytes for {', '.join(languages)}")
    return files


def try_packages(work: Path) -> str:
    """Return what the first package says to a word, installed as a user would."""
    from digest.backends.archives import unpack
    from digest.backends.argos import ArgosTranslator

    file = sorted((work / PACKAGES).glob("*.argosmodel"))[0]
    with tempfile.TemporaryDirectory() as temporary:
        unpack(file, Path(temporary) / "packages")
        language = file.name.split("-")[1].split("_")[0]
        translator = ArgosTranslator(Path(temporary) / "packages")
        said = translator.translate(["Marketing 2026"], language=language, to=TARGET)
        return f"{translator.package(language, TARGET)} says {said[0]!r}"


def _installed(work: Path, languages: Sequence[str], folder: Path) -> ArgosTranslator:
    from digest.backends.archives import unpack
    from digest.backends.argos import ArgosTranslator
    from tools.train_translation import pack as packing

    place = _write(work, folder / "starter", languages, {})
    for file in packing.write_packages(place, folder / "files"):
        unpack(file, folder / "packages")
    return ArgosTranslator(folder / "packages")


def _write(
    work: Path, to: Path, languages: Sequence[str], figures: dict[str, gate.Figures]
) -> Path:
    from tools.train_translation import pack as packing

    return packing.write_starters(
        work / MODEL,
        work / vocab.FILE,
        to,
        languages=languages,
        figures=figures,
        facts=json.loads((work / FACTS).read_text("utf-8")),
    )
