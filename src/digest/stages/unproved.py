"""Which figure of a sentence no proof has: as much, of the same, a month or a user."""

from __future__ import annotations

from digest.stages.figures import DATE_UNIT, PERCENT_UNIT, Figure, Figures, plain_number


def unproved(said: Figures, proofs: Figures) -> str:
    """Return the first figure that no proof has, in words; "" where all are borne out."""
    for each in said.amounts:
        alike = [
            one for one in proofs.amounts if plain_number(one.value) == plain_number(each.value)
        ]
        if not _is_borne_out(each, alike, known=said.known and proofs.known):
            return each.said.strip()
    counted = {f"{each.value}th" for each in proofs.amounts}
    extra = (
        *sorted(said.units - proofs.units),
        *sorted(said.names - proofs.names - counted),
        *(f"day {day}" for day in sorted(said.days - proofs.days)),
        *(f"month {month}" for month in sorted(said.months - proofs.months)),
        *(f"weekday {day + 1}" for day in sorted(said.weekdays - proofs.weekdays)),
    )
    return next(iter(extra), "")


def _is_borne_out(one: Figure, alike: list[Figure], *, known: bool) -> bool:
    """Return whether a proof has a figure: as much of the same, a month or a user."""
    if not known:
        classed = one.unit == PERCENT_UNIT or one.unit.isupper()
        return bool(alike) and (not classed or one.unit in {each.unit for each in alike})
    if one.unit == DATE_UNIT:
        return bool(alike)  # the day itself is compared apart
    return any(each.unit == one.unit and each.rates == one.rates for each in alike)
