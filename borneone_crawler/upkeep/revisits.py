"""When a stored article is looked at again: soon while it is young, ever more rarely after."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An article's page, and when it is to be asked for again."""

    row_id: int
    at: datetime
    after: float
    """Seconds of the interval that ends then."""


def next_visit(born: datetime, seen: datetime, ages: Sequence[float]) -> tuple[datetime, float]:
    """When an article is due again that was seen then: at the first of these ages, in seconds
    and ascending, that it had not reached; past the last one, after as long again. And which of
    the `intervals` ends then."""
    age = (seen - born).total_seconds()
    reached = bisect_right(ages, age)
    if reached < len(ages):
        before = ages[reached - 1] if reached else 0.0
        return born + timedelta(seconds=ages[reached]), ages[reached] - before
    return seen + timedelta(seconds=ages[-1]), ages[-1]


def intervals(ages: Sequence[float]) -> list[float]:
    """The seconds from each of these ages to the next, and from the last one on."""
    steps = (age - before for age, before in zip(ages, [0.0, *ages], strict=False))
    return list(dict.fromkeys([*steps, ages[-1]]))


def first(visits: Iterable[Visit], now: datetime, most: int) -> list[Visit]:
    """At most so many of those that are due, the ones first that are late by the largest part of
    their interval: an hour is much for a page of today, and nothing for one of last year."""
    late = sorted(
        visits, key=lambda visit: (visit.at - now).total_seconds() / max(visit.after, 1.0)
    )
    return late[:most]
