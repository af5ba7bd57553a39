"""An editor corrects labels, and has them learned: `digest label`."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from digest.errors import InputError
from digest.label_training import Training, make_lessons, train
from digest.records import Article, Decision, Language
from digest.runner import Runner
from digest.stages.corrections import LABEL, NOT_LABEL, read_corrections, refuse_labels
from digest.stages.label_vectors import embed_labels
from digest.stages.labels import MOST_LABELS
from digest.stages.taught import dump_taught
from digest.store import decisions, reading
from digest.text import make_id
from digest.tracing import find_ids

FILE = Path("labels.json")  #: where `--train` writes if the settings name no file


@dataclass(frozen=True, slots=True)
class Learned:
    """What training came to, and where it was written."""

    training: Training
    file: Path | None  #: None where nothing was learned that helps

    def as_json(self) -> dict[str, object]:
        """Return it as JSON values."""
        training = self.training
        return {
            "articles": training.articles,
            "asked": training.asked,
            "before": training.before,
            "after": training.after,
            "change": round(training.change, 4),
            "trials": [asdict(one) for one in training.trials],
            "taught": sorted(training.taught.labels),
            "file": str(self.file) if self.file else None,
        }


def correct_labels(
    runner: Runner,
    address: str,
    labels: Sequence[str],
    *,
    wrong: Sequence[str] = (),
    actor: str,
    reason: str = "",
) -> list[Decision]:
    """Keep what an editor says of an article's labels, and let the article wait for its labels.

    Args:
        runner: knows store, settings and taxonomy.
        address: the article's address or id.
        labels: labels that it has.
        wrong: labels that it has not.
        actor: who says so.
        reason: why, in words.

    Raises:
        InputError: nothing is known of the address, a label is none, none is named, or the article
            would have more than three.
    """
    ids = find_ids(runner.store, address)
    if not ids:
        cure = f"read it with `digest ingest {address}`, or see `digest status`"
        raise InputError(f"nothing is known of {address}", cure=cure)
    _check(runner, [*labels, *wrong])
    if not labels and not wrong:
        raise InputError("no label is named", cure="digest label ARTICLE LABEL… [--not LABEL]")
    if both := sorted(set(labels) & set(wrong)):
        raise InputError(f"{both[0]} cannot be right and wrong")
    at = runner.clock().isoformat()
    said = [(name, LABEL) for name in labels] + [(name, NOT_LABEL) for name in wrong]
    made = [
        Decision(make_id(kind, id, name, at), kind, id, name, actor, at, reason)
        for id in ids
        for name, kind in said
    ]
    with runner.store.write() as db:
        decisions.lock(db)
        before = decisions.standing(db, decisions.ON_LABELS)
        if labels:  # one that has more from earlier may lose them one by one
            _refuse_more([*before, *made], ids, address)
        decisions.decide(db, *made)
    return made


def _refuse_more(said: Sequence[Decision], ids: Sequence[str], address: str) -> None:
    """Refuse labels beyond those that an article may have, with the earlier ones told."""
    corrections = read_corrections(said)
    for id in ids:
        given = [name for name, yes in corrections.get(id, {}).items() if yes]
        if len(given) > MOST_LABELS:
            refuse_labels(given, cure=f'take one off: digest label {address} --not "{given[0]}"')


def _check(runner: Runner, names: Sequence[str]) -> None:
    known = [one.name for one in runner.tools.knowledge.categories]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            raise InputError(f'there is no label "{name}"{hint}')


def learn_labels(runner: Runner) -> Learned:
    """Learn from all corrections, and write what helps to the settings' file.

    Where nothing helps, nothing is written, save that what an earlier training wrote is taken back.
    """
    with runner.store.read() as db:
        corrections = read_corrections(decisions.standing(db, decisions.ON_LABELS))
        articles = reading.records(db, Article, sorted(corrections))
        languages = reading.records(db, Language, sorted(corrections))
    categories, encoder = runner.tools.knowledge.categories, runner.tools.encoder
    vectors = embed_labels(categories, encoder)
    lessons = make_lessons(corrections, articles, languages, categories=categories, vectors=vectors)
    training = train(lessons, model=encoder.model)
    file = runner.settings.path(runner.settings.taxonomy.learned or FILE)
    if not training.taught.labels and not file.exists():
        return Learned(training, None)
    told = {
        "corrected articles": training.articles,
        "labels judged": training.asked,
        "wrong before": training.before,
        "wrong after, cross-validated": training.after,
    }
    text = dump_taught(training.taught, told)
    json.loads(text)  # what is written can be read again
    file.write_text(text, "utf-8")
    return Learned(training, file)
