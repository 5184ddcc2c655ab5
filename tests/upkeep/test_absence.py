"""When a page that says it is not there is believed to be gone."""

from datetime import UTC, datetime, timedelta

import pytest

from borneone_crawler.upkeep.absence import next_check

NOW = datetime(2026, 3, 5, tzinfo=UTC)
DELAYS = [6 * 3600, 24 * 3600, 48 * 3600]
DAYS = timedelta(seconds=sum(DELAYS))


def since(ago: timedelta) -> str:
    return (NOW - ago).isoformat()


@pytest.mark.parametrize(("absences", "delay"), [(1, 6), (2, 24), (3, 48), (4, 48), (50, 48)])
def test_however_often_it_is_asked_for_within_an_hour_it_is_not_gone(
    absences: int, delay: int
) -> None:
    began = since(timedelta(hours=1)) if absences > 1 else None
    assert next_check(absences, began, NOW, DELAYS) == delay * 3600


@pytest.mark.parametrize(("absences", "gone"), [(1, False), (3, False), (4, True), (9, True)])
def test_however_long_it_is_it_takes_a_check_after_every_delay(absences: int, gone: bool) -> None:
    assert (next_check(absences, since(DAYS * 9), NOW, DELAYS) is None) is gone


def test_a_run_from_cron_may_come_a_little_early() -> None:
    assert next_check(4, since(DAYS * 0.95), NOW, DELAYS) is None
    assert next_check(4, since(DAYS * 0.5), NOW, DELAYS) == 48 * 3600


def test_without_delays_one_absence_is_enough() -> None:
    assert next_check(1, None, NOW, []) is None
