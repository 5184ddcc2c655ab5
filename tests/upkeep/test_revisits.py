"""When a stored article is looked at again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from borneone_crawler.upkeep.revisits import Visit, due, next_visit

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
HOUR, DAY = 3600.0, 86_400.0
AGES = [6 * HOUR, DAY, 3 * DAY, 30 * DAY]


def seen_at_ages(born: datetime, until: timedelta) -> list[float]:
    """The ages at which an article is looked at by a crawler that is always there."""
    seen, ages = born, []
    while (seen := next_visit(born, seen, AGES)) - born <= until:
        ages.append((seen - born).total_seconds())
    return ages


def test_an_article_is_looked_at_at_each_age_and_then_again_after_as_long() -> None:
    assert seen_at_ages(NOW, timedelta(days=95)) == [*AGES, 60 * DAY, 90 * DAY]


def test_an_old_article_that_was_just_found_waits_the_longest_interval() -> None:
    born = NOW - timedelta(days=2_000)
    assert next_visit(born, NOW, AGES) == NOW + timedelta(days=30)


def test_an_article_of_the_future_is_looked_at_when_it_has_come() -> None:
    born = NOW + timedelta(days=1)
    assert next_visit(born, NOW, AGES) == born + timedelta(hours=6)


@given(st.floats(-DAY, 5_000 * DAY), st.floats(0, 5_000 * DAY))
def test_the_next_visit_is_always_later_than_the_last(age: float, since: float) -> None:
    born = NOW - timedelta(seconds=age)
    seen = NOW - timedelta(seconds=since)
    assert next_visit(born, seen, AGES) > seen


def test_of_too_many_those_go_first_that_are_late_by_the_largest_part_of_their_interval() -> None:
    young = Visit(row_id=1, born=NOW - timedelta(hours=9), seen=NOW - timedelta(hours=9))
    old = Visit(row_id=2, born=NOW - timedelta(days=900), seen=NOW - timedelta(days=31))
    fresh = Visit(row_id=3, born=NOW - timedelta(hours=5), seen=NOW - timedelta(hours=5))
    assert [visit.row_id for visit in due([old, fresh, young], NOW, AGES, 9)] == [1, 2]
    assert [visit.row_id for visit in due([old, fresh, young], NOW, AGES, 1)] == [1]
