"""Retry-After, and the waits between tries."""

from datetime import UTC, datetime

import pytest

from borneone_crawler.pace import LONGEST, delay_before, retry_after

NOW = datetime(2019, 10, 14, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Mon, 14 Oct 2019 03:16:30 GMT", 90.0),
        ("Mon, 14 Oct 2019 03:00:00 GMT", 0.0),
        ("Monday, 14-Oct-19 03:15:05 GMT", 5.0),
        ("9" * 400, LONGEST),
        ("Mon, 14 Oct 2999 03:15:00 GMT", LONGEST),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("١٢", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_number_or_date(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_tries_are_used_up() -> None:
    assert [delay_before(attempt, [10, 60]) for attempt in (1, 2, 3)] == [10, 60, None]
