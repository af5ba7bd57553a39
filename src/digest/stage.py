"""What a step of the pipeline is, and the two shapes it comes in: `each` and `together`.

A step is a plain function with a name and a version. `each` works on one record at a time, so the
runner may hand it any batch; `together` has to see a whole window at once (duplicates, stories).
Neither knows the store: they get records and give records or `Drop`s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from digest.errors import ConfigError, DigestError, FetchError, StoreError
from digest.queues import in_queues
from digest.records import Background, Drop, EditionKind


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: what it reads, what it makes, and the function that does it.

    Args:
        name: the step's name, which is also its file's and its table's.
        version: changes whenever the step would give another result for the same input: its own
            number, and the model and settings it depends on.
        reads: record types it needs, the first of which gives the id; one record of each.
        makes: the record type it gives.
        shape: "each" or "together".
        members: for a step over stories: record types it needs of every member article; `run` gets
            each as a mapping from article id to record, after the records of `reads`.
        gates: record types that must be there, though the step doesn't read them: what was dropped
            goes no further, and a change in them makes nothing wait.
        batch: how many inputs the runner should hand over at once.
        window_days: for "together": how far around the new inputs it has to see.
        best: for a step over stories: how many of each week and of each quarter it works on, those
            with the highest scores; empty for all. An edition has the rest of what it shows done.
        survey: for "together": gives the background of a whole window, which `run` then gets as
            `background`; a step without one uses what an earlier step has left.
        follower: for a step that makes stories: tells which of them go on with others beyond the
            window.
        sieve: for "together": tells which neighbours of an article may be in one group with it.
    """

    name: str
    version: str
    reads: tuple[type, ...]
    makes: type
    run: Callable[..., Iterable[Any]]
    shape: Literal["each", "together"] = "each"
    members: tuple[type, ...] = ()
    gates: tuple[type, ...] = ()
    batch: int = 100
    window_days: int = 0
    best: Mapping[EditionKind, int] = field(default_factory=dict)
    survey: Callable[[Sequence[tuple[Any, ...]]], Background | None] | None = None
    sieve: Any = None  # `digest.stages.sieve.Sieve`, which this layer cannot name
    follower: Any = None  # likewise `digest.stages.related.Follower`


def each(
    function: Callable[..., Any],
    *,
    name: str,
    threads: int = 1,
    queue: Callable[[Any], str] | None = None,
    pause: float = 0.0,
) -> Callable[..., Iterable[Any]]:
    """Return `function(*records) -> record | Drop` as one over a batch, in order.

    An error of one input becomes its `Drop`; the rest of the batch goes on. With `threads` above 1
    that many inputs are worked on at once: for steps that wait for the network. Inputs of which
    `queue` says the same of the first record (its host) are worked on one after the other, `pause`
    seconds apart.
    """

    def one(records: tuple[Any, ...]) -> Any:
        return attempt(function, *records, id=records[0].id, name=name)

    def run(batch: Sequence[tuple[Any, ...]]) -> Iterable[Any]:
        if threads == 1:
            return [one(records) for records in batch]
        return in_queues(
            one,
            batch,
            threads=threads,
            queue=lambda each: queue(each[0]) if queue else "",
            pause=pause,
        )

    return run


def alone(
    function: Callable[[Sequence[tuple[Any, ...]]], Iterable[Any]], *, name: str
) -> Callable[..., Iterable[Any]]:
    """Return a function over a batch as one that a bad input cannot fail.

    Where the batch raises, each input is tried alone, and the error of one becomes its `Drop`.
    """

    def one(records: tuple[Any, ...]) -> Any:
        def give(*_: Any) -> Any:
            (answer,) = function([records])
            return answer

        return attempt(give, *records, id=records[0].id, name=name)

    def run(batch: Sequence[tuple[Any, ...]]) -> Iterable[Any]:
        try:
            return list(function(batch))
        except (StoreError, ConfigError):
            raise
        except Exception:  # told below, by the input that it belongs to
            return [one(records) for records in batch]

    return run


def attempt(function: Callable[..., Any], *records: Any, id: str, name: str) -> Any:
    """Return `function(*records)`, or the `Drop` that its error amounts to.

    Raises:
        StoreError: the store's failure is no input's fault; the run is repeated.
        ConfigError: nor is a mistake in the settings, which every input would suffer.
    """
    try:
        return function(*records)
    except (StoreError, ConfigError):
        raise
    except DigestError as error:
        transient = isinstance(error, FetchError) and error.transient
        return Drop(id, name, reason_of(error), str(error), transient)
    except Exception as error:  # whatever one input provokes must not stop the run
        return Drop(id, name, "internal error", f"{type(error).__name__}: {error}", transient=True)


def reason_of(error: DigestError) -> str:
    """Return a short, countable reason for an error."""
    if isinstance(error, FetchError):
        return error.reason or (f"HTTP {error.status}" if error.status else "could not be fetched")
    return {"ParseError": "could not be read", "ModelError": "model missing"}.get(
        type(error).__name__, type(error).__name__
    )
