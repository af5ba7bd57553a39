"""`digest label`: an editor corrects an article's labels, and the corrections teach."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from digest.cli.state import say, show, state
from digest.errors import InputError


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command()(label)


def label(
    article: Annotated[str | None, typer.Argument(help="Its address, or its id.")] = None,
    labels: Annotated[list[str] | None, typer.Argument(help="Labels that it has.")] = None,
    wrong: Annotated[
        list[str] | None, typer.Option("--not", help="A label that it has not; may be repeated.")
    ] = None,
    because: Annotated[str, typer.Option(help="Why, in a few words.")] = "",
    train: Annotated[
        bool, typer.Option("--train", help="Learn from all corrections, and show the change.")
    ] = False,
) -> None:
    """Correct the labels of an article; with --train, learn from all corrections."""
    from digest.labelling import correct_labels
    from digest.opening import open_known_store
    from digest.wiring import make_runner

    if article is None and not train:
        raise InputError("no article is named", cure="digest label ARTICLE LABEL…, or --train")
    settings = state.settings()
    open_known_store(settings)
    runner = make_runner(settings)
    if article is not None:
        made = correct_labels(
            runner, article, labels or [], wrong=wrong or [], actor=_user(), reason=because
        )
        for one in made:
            say(f"{one.subject}: {one.kind} {one.object}")
        show([{"article": one.subject, "kind": one.kind, "label": one.object} for one in made])
    if train:
        _train(runner)


def _train(runner: object) -> None:
    from digest.label_training import FEWEST
    from digest.labelling import learn_labels

    learned = learn_labels(runner)  # type: ignore[arg-type]
    training = learned.training
    show(learned.as_json())
    say(f"{training.articles} corrected articles, {training.asked} labels judged")
    if not training.asked and learned.file is None:
        say(
            f"a label is learned from {FEWEST} corrected articles that have it and {FEWEST}"
            " that do not: correct more of them, some with --not"
        )
        return
    for one in training.trials:
        deed = "learned" if one.kept else "not learned: no fewer mistakes"
        say(f"{one.label}: wrong {one.before} of {one.asked}, cross-validated {one.after}; {deed}")
    say(
        f"wrong before: {training.before}; with what was learned, cross-validated: {training.after}"
        f" ({training.change:+.1%} right)"
    )
    if learned.file is None:
        say("nothing was learned that helps: the labels stay as they are")
        return
    if not training.taught.labels:
        say(f"nothing helps any more: {learned.file} has no learned labels now")
        return
    say(f"learned: {', '.join(sorted(training.taught.labels))}")
    say(f'written to {learned.file}; it counts with learned = "{learned.file.name}" in [taxonomy]')


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this user, as in some containers
        return "editor"
