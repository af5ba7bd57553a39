"""A phrase without the times in it: what is left names or describes a thing."""

from __future__ import annotations

import re
from datetime import date

from digest.stages.times import find_times

ANY_DAY = date(2000, 1, 1)  #: only where the times stand is asked for
#: Kinds of times that are no part of a name, as a year is of "Report 2026".
KINDS = ("day", "month", "weekday", "today", "yesterday", "year_end", "next_month", "next_week")
LEADING = re.compile(r"(?:^|(?<=\s))(?:[a-zà-ÿ]{1,4}\s){1,2}$")  #: "am", "a partir del", "on the"


def without_times(phrase: str, language: str) -> str:
    """Return a phrase without days, months and weekdays, and the small words before them.

    "its service on 31 March" is "its service"; "am 4. Mai Nova" is "Nova"; a month before another
    name is part of it ("March Madness").
    """
    kept, place = "", 0
    for time in find_times(phrase, language, ANY_DAY):
        names = time.kind == "month" and phrase[time.end :].lstrip()[:1].isupper()
        if time.kind in KINDS and time.start >= place and not names:
            kept += LEADING.sub("", phrase[place : time.start])
            place = time.end
    return (kept + phrase[place:]).strip() if place else phrase
