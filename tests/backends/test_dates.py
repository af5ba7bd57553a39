from __future__ import annotations

import pytest

from digest.backends.dates import parse_date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("05.10.2026", "2026-10-05"),
        ("5. 10. 2026", "2026-10-05"),
        ("05.10.2026, 08:30 Uhr", "2026-10-05T08:30:00+00:00"),
        ("05.10.2026 - 8.30", "2026-10-05T08:30:00+00:00"),
        ("1790000000", "2026-09-21T14:13:20+00:00"),
        ("1790000000000", "2026-09-21T14:13:20+00:00"),
        ("32.10.2026", None),
        ("2026", None),
        ("12345", None),
    ],
)
def test_numbers_alone_are_dates_where_they_can_be_nothing_else(
    written: str, meant: str | None
) -> None:
    """With dots the day goes first; ten digits are seconds since 1970; no date is made up."""
    assert parse_date(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mo, 05 Okt 2026 10:00:00 +0200", "2026-10-05T10:00:00+02:00"),
        ("Mon, 05 Oct 2026 10:00:00 PDT", "2026-10-05T10:00:00-07:00"),
        ("2026/10/05 10:00", "2026-10-05T10:00:00+00:00"),
        ("2026-10-05T10:00Z", "2026-10-05T10:00:00+00:00"),
    ],
)
def test_dates_are_read_as_feeds_write_them(written: str, meant: str) -> None:
    """In the standard's form, and in those that are none."""
    assert parse_date(written) == meant
