"""An article's labels as an editor has corrected them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from digest.errors import InputError
from digest.records import Classification, Decision, Label, Quote
from digest.stages.labels import MOST_LABELS

LABEL, NOT_LABEL = "is-label", "not-label"  #: kinds of `Decision` on an article
Corrections = Mapping[str, Mapping[str, bool]]  #: of each article: label → whether it is one


def read_corrections(decisions: Iterable[Decision]) -> dict[str, dict[str, bool]]:
    """Return what editors said of each article's labels; of two decisions the later one holds."""
    found: dict[str, dict[str, bool]] = {}
    for one in sorted(decisions, key=lambda one: one.at):  # of one call: in its order
        if one.kind in (LABEL, NOT_LABEL):
            found.setdefault(one.subject, {})[one.object] = one.kind == LABEL
    return found


def correct(
    found: Classification, said: Mapping[str, bool], prove: Callable[[str], Quote | None]
) -> Classification:
    """Return a classification with an editor's labels first and without those that are none.

    A label that the editor gave is certain; its proof is the one that was found, else the sentence
    that `prove` names for it. Of more than three the last ones stand.
    """
    if not said:
        return found
    proofs = {label.name: label.evidence for label in found.labels}
    given = [Label(name, 1.0, proofs.get(name) or prove(name)) for name, yes in said.items() if yes]
    rest = [label for label in found.labels if label.name not in said]
    return replace(found, labels=tuple([*given[-MOST_LABELS:], *rest][:MOST_LABELS]))


def refuse_labels(names: Sequence[str], *, cure: str) -> None:
    """Refuse more labels than an article or a story may have.

    Raises:
        InputError: with all of them named.
    """
    if len(names) > MOST_LABELS:
        told = f"{MOST_LABELS} labels at most; these would be {len(names)}: {', '.join(names)}"
        raise InputError(told, cure=cure)
