"""When a stored article is looked at again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from borneone_crawler.upkeep.revisits import Visit, first, intervals, next_visit

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR, DAY = 3600.0, 86_400.0
AGES = [6 * HOUR, DAY, 3 * DAY, 30 * DAY]


def seen_at_ages(born: datetime, until: timedelta) -> list[float]:
    """The ages at which an article is looked at by a crawler that is always there."""
    seen, ages = born, []
    while (seen := next_visit(born, seen, AGES)[0]) - born <= until:
        ages.append((seen - born).total_seconds())
    return ages


def test_an_article_is_looked_at_at_each_age_and_then_again_after_as_long() -> None:
    assert seen_at_ages(NOW, timedelta(days=95)) == [*AGES, 60 * DAY, 90 * DAY]


def test_an_old_article_that_was_just_found_waits_the_longest_interval() -> None:
    born = NOW - timedelta(days=2_000)
    assert next_visit(born, NOW, AGES) == (NOW + timedelta(days=30), 30 * DAY)


def test_an_article_of_the_future_is_looked_at_when_it_has_come() -> None:
    born = NOW + timedelta(days=1)
    assert next_visit(born, NOW, AGES) == (born + timedelta(hours=6), 6 * HOUR)


def test_between_two_ages_it_waits_for_the_next_one() -> None:
    assert next_visit(NOW - timedelta(days=2), NOW, AGES) == (NOW + timedelta(days=1), 2 * DAY)


@given(st.floats(-DAY, 60 * DAY), st.floats(0, 2 * DAY))
def test_the_next_visit_ends_an_interval_and_is_later_than_the_last(
    age: float, since: float
) -> None:
    born = NOW - timedelta(seconds=age)
    seen = NOW - timedelta(seconds=since)
    at, after = next_visit(born, seen, AGES)
    assert at > seen
    assert after in intervals(AGES)


def test_the_intervals_lie_between_the_ages_and_after_the_last_one() -> None:
    assert intervals(AGES) == [6 * HOUR, 18 * HOUR, 2 * DAY, 27 * DAY, 30 * DAY]


def test_an_interval_of_nothing_is_late_too() -> None:
    late = Visit(row_id=2, at=NOW - timedelta(hours=1), after=DAY)
    visits = [Visit(row_id=1, at=NOW, after=0.0), late]
    assert [visit.row_id for visit in first(visits, NOW, 9)] == [2, 1]


def test_of_too_many_those_go_first_that_are_late_by_the_largest_part_of_their_interval() -> None:
    young = Visit(row_id=1, at=NOW - timedelta(hours=3), after=6 * HOUR)
    old = Visit(row_id=2, at=NOW - timedelta(days=1), after=30 * DAY)
    assert [visit.row_id for visit in first([old, young], NOW, 9)] == [1, 2]
    assert [visit.row_id for visit in first([old, young], NOW, 1)] == [1]
