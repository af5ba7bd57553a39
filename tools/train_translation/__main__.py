"""Trains the starter translation packages; `README.md` in this folder says how.

    python -m tools.train_translation smoke DATA --work WORK    # 60 s: proves the whole path
    python -m tools.train_translation all DATA --work WORK --minutes 20 --martech … --ntrex …

`all` is `prepare`, `train`, `convert`, `measure`, `guard` and `pack` in turn; each can be called
alone, and `train` goes on where it was cut. For a machine with a GPU that holds little and to which
little goes: `send` packs what `train` needs, `give` packs the weights there, `take` unpacks them.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tools.train_translation import steps
from tools.train_translation.languages import LANGUAGES
from tools.train_translation.model import Shape
from tools.train_translation.plan import Plan
from tools.train_translation.vocab import SIZE

STARTED = time.monotonic()
Command = Callable[[argparse.Namespace], None]


def say(text: str) -> None:
    """Print a line with the seconds since the start."""
    print(f"{time.monotonic() - STARTED:7.1f} s  {text}", flush=True)


def _prepare(given: argparse.Namespace) -> None:
    from tools.train_translation.prepare import prepare

    prepare(
        given.data,
        given.work,
        languages=tuple(given.languages),
        size=given.pieces,
        every=given.every,
        seed=given.seed,
        workers=given.workers,
        tell=say,
    )


def _train(given: argparse.Namespace) -> None:
    steps.train(given.work, shape=_shape(given), plan=_plan(given), tell=say)


def _send(given: argparse.Namespace) -> None:
    steps.send(given.work, _place(given), tell=say)


def _give(given: argparse.Namespace) -> None:
    steps.give(given.work, _place(given), tell=say)


def _take(given: argparse.Namespace) -> None:
    steps.take(given.work, given.data)


def _place(given: argparse.Namespace) -> Path:
    if not given.to:
        raise SystemExit(f"{given.command} needs --to: the folder that it writes")
    return Path(given.to)


def _convert(given: argparse.Namespace) -> None:
    steps.convert(given.work, bits=given.bits)


def _measure(given: argparse.Namespace) -> None:
    steps.measure(
        given.work,
        languages=given.languages,
        martech=given.martech,
        ntrex=given.ntrex,
        most=given.lines,
        tell=say,
    )


def _guard(given: argparse.Namespace) -> None:
    if not (given.martech and given.ntrex):
        raise SystemExit("guard needs --martech and --ntrex: what it costs is measured on them")
    steps.guard(
        given.work,
        given.data,
        martech=given.martech,
        ntrex=given.ntrex,
        most=given.lines,
        tell=say,
    )


def _pack(given: argparse.Namespace) -> None:
    everything = given.languages if given.ship_all else ()
    steps.pack(given.work, given.to or given.work / "starter", everything=everything, tell=say)


def _all(given: argparse.Namespace) -> None:
    for command in (_prepare, _train, _convert, _measure, _guard, _pack):
        command(given)


def _smoke(given: argparse.Namespace) -> None:
    """Do all of it with a twentieth of the data, 20 s of training and two languages' packages."""
    given.every, given.minutes, given.check = 20, given.minutes or 0.35, 20
    given.pieces, given.warmup, given.lines = min(given.pieces, 8_000), 50, 20
    given.ship_all = True
    for command in (_prepare, _train, _convert):
        command(given)
    given.languages = given.languages[:2]
    _measure(given)
    _pack(given)
    say(f"the packages translate: {steps.try_packages(given.work)}")


COMMANDS: dict[str, Command] = {
    "prepare": _prepare,
    "send": _send,
    "train": _train,
    "give": _give,
    "take": _take,
    "convert": _convert,
    "measure": _measure,
    "guard": _guard,
    "pack": _pack,
    "all": _all,
    "smoke": _smoke,
}


def _shape(given: argparse.Namespace) -> Shape:
    return Shape(
        width=given.width,
        heads=given.width // 64,
        inner=4 * given.width,
        encoder=given.encoder,
        decoder=given.decoder,
        first=not given.post_norm,
        dropout=given.dropout,
    )


def _plan(given: argparse.Namespace) -> Plan:
    names = ("minutes", "tokens", "accumulate", "rate", "warmup", "check", "patience", "seed")
    plan = replace(Plan(), **{name: getattr(given, name) for name in names})
    return replace(plan, workers=min(given.workers, 8), compile=given.compile)


def _arguments() -> argparse.Namespace:
    plan, shape = Plan(), Shape()
    parser = argparse.ArgumentParser(
        prog="python -m tools.train_translation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument(
        "data",
        type=Path,
        nargs="?",
        help="parallel.tsv.xz (prepare, all, smoke), or the folder of `give` (take)",
    )
    parser.add_argument("--work", type=Path, required=True, help="keeps what is made")
    parser.add_argument("--to", type=Path, help="where the packages go (WORK/starter)")
    parser.add_argument("--martech", type=Path, help="martech-docs.jsonl.xz, for measuring")
    parser.add_argument("--ntrex", type=Path, help="ntrex.jsonl.xz, for measuring")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--pieces", type=int, default=SIZE)
    parser.add_argument("--every", type=int, default=1, help="read every so many pages only")
    parser.add_argument("--lines", type=int, help="measure on the first so many lines only")
    parser.add_argument("--minutes", type=float, help="wall time of the training")
    for name in ("tokens", "accumulate", "warmup", "check", "patience", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(plan, name))
    parser.add_argument("--rate", type=float, default=plan.rate)
    for name in ("width", "encoder", "decoder"):
        parser.add_argument(f"--{name}", type=int, default=getattr(shape, name))
    parser.add_argument("--dropout", type=float, default=shape.dropout)
    parser.add_argument("--bits", type=int, default=6, help="of a number that is shipped")
    parser.add_argument("--post-norm", action="store_true")
    parser.add_argument("--compile", action="store_true", help="compile layers and loss first")
    parser.add_argument("--ship-all", action="store_true", help="pack also what fails the gate")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def main() -> None:
    """Do what the command line names."""
    given = _arguments()
    if given.command in ("prepare", "all", "smoke", "take", "guard") and not given.data:
        what = "the folder of `give`" if given.command == "take" else "the data: parallel.tsv.xz"
        raise SystemExit(f"{given.command} needs {what}")
    COMMANDS[given.command](given)


if __name__ == "__main__":
    main()
