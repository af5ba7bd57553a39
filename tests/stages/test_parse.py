from __future__ import annotations

from collections.abc import Iterable

import pytest

from digest.errors import InputError
from digest.records import Entry
from digest.stages.parse import parse


class Reader:
    """Says which reader it is, and of what type the body is said to be."""

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, body: bytes, *, url: str, media_type: str = "") -> Iterable[Entry]:
        """Return one entry that tells."""
        return [Entry(None, f"{self.name} {body.decode()} {media_type}".strip(), None, "")]


READERS = {kind: Reader(kind) for kind in ("feed", "newsletter", "report", "page")}


@pytest.mark.parametrize(
    ("kind", "path", "title"),
    [
        ("feed", "a.xml", "feed x"),
        ("mail", "a.eml", "newsletter x"),
        ("report", "Q3.PDF", "report x application/pdf"),
        ("report", "q3.html", "report x"),
        ("page", "", "page x"),
    ],
)
def test_each_kind_has_its_reader(kind: str, path: str, title: str) -> None:
    """The command's words lead to the readers of the sources."""
    assert [one.title for one in parse(kind, b"x", path=path, readers=READERS)] == [title]


def test_an_unknown_kind_is_refused() -> None:
    """The cure names those that are known."""
    with pytest.raises(InputError, match="feed, mail, report, page"):
        parse("fed", b"x", readers=READERS)
