"""When a stored article is looked at again: soon while it is young, ever more rarely after."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An article's page, and when it was asked for last."""

    row_id: int
    born: datetime
    """When it was published, or changed last."""
    seen: datetime
    """When it answered or failed last."""


def next_visit(born: datetime, seen: datetime, ages: Sequence[float]) -> datetime:
    """When an article is due again that was seen then: at the first of these ages, in seconds
    and ascending, that it had not reached; past the last one, after as long again."""
    age = (seen - born).total_seconds()
    reached = bisect_right(ages, age)
    if reached < len(ages):
        return born + timedelta(seconds=ages[reached])
    return seen + timedelta(seconds=ages[-1])


def due(visits: Iterable[Visit], now: datetime, ages: Sequence[float], most: int) -> list[Visit]:
    """At most so many of those that are due, the ones first that are late by the largest part of
    their interval: an hour is much for a page of today, and nothing for one of last year."""
    late = []
    for visit in visits:
        at = next_visit(visit.born, visit.seen, ages)
        if at <= now:
            wait = max((at - visit.seen).total_seconds(), 1.0)
            late.append(((now - at).total_seconds() / wait, visit))
    late.sort(key=lambda pair: -pair[0])
    return [visit for _, visit in late[:most]]
