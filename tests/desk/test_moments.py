"""Which moment a date means, in the newsroom's own time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from borneone_crawler.desk.moments import after, begin_of, end_of
from borneone_crawler.statuses import Status, Stop

NOW = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
PONTIANAK = ZoneInfo("Asia/Pontianak")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2019", "2019-12-31T16:59:59.999"),
        ("2019-10", "2019-10-31T16:59:59.999"),
        ("2024-02", "2024-02-29T16:59:59.999"),
        ("2019-12", "2019-12-31T16:59:59.999"),
        ("2019-10-14", "2019-10-14T16:59:59.999"),
        ("2019-10-14T10:00", "2019-10-14T03:00:59.999"),
        ("2019-10-14 10:00", "2019-10-14T03:00:59.999"),
        ("2019-10-14T10:00:02", "2019-10-14T03:00:02.999"),
        ("2019-10-14T10:00Z", "2019-10-14T10:00:59.999"),
        ("2019-10-14T10:00+09:00", "2019-10-14T01:00:59.999"),
        ("2026-03-20", "2026-03-20T08:00:00.000"),
        ("2026-03", "2026-03-20T08:00:00.000"),
        ("2026", "2026-03-20T08:00:00.000"),
    ],
)
def test_a_date_means_its_last_moment_and_now_where_it_is_not_over(text: str, meant: str) -> None:
    assert end_of(text, NOW, PONTIANAK) == f"{meant}+00:00"


@pytest.mark.parametrize(
    ("text", "begins", "is_over"),
    [
        ("2020", "2020-01-01", "2021-01-01"),
        ("2020-02", "2020-02-01", "2020-03-01"),
        ("2020-02-29", "2020-02-29", "2020-03-01"),
        ("2020-02-29T10:15", "2020-02-29T10:15:00", "2020-02-29T10:16:00"),
        ("9999", "9999-01-01", "9999-12-31T23:59:59"),
    ],
)
def test_a_span_of_publication_is_as_the_newsroom_dates(
    text: str, begins: str, is_over: str
) -> None:
    assert begin_of(text, "--from", PONTIANAK) == begins
    assert after(text, "--until", PONTIANAK) == is_over


def test_a_day_ends_by_the_clock_also_where_the_clock_is_changed() -> None:
    assert end_of("2025-03-30", NOW, ZoneInfo("Europe/Berlin")) == "2025-03-30T21:59:59.999+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "", "kemarin", "201", "20191", "2019-", "2019-13", "2019-10-32", "2019-10-14T25:00",
        "2019-10-14T10", "14-10-2019", "2019-10-14T10:00+7", "2019-10-14T10:00 WIB",
        "2019-10+07:00", "٢٠١٩-١٠",
        "2019-10\n", "2019Z", "0000", "0000-01", "0001-01-01T00:00+14:00",
    ],
)  # fmt: skip
def test_what_is_no_date_is_64_and_says_how_to_write_one(text: str) -> None:
    with pytest.raises(Stop, match=r"write a year, a month, a day or a time") as stop:
        end_of(text, NOW, PONTIANAK)
    assert stop.value.status is Status.USAGE


@pytest.mark.parametrize(
    "text", ["2027", "9999", "2026-03-21", "2026-04", "2026-03-20T15:01", "9999-12-31"]
)
def test_what_is_still_to_come_is_64(text: str) -> None:
    with pytest.raises(Stop, match="still to come") as stop:
        end_of(text, NOW, PONTIANAK)
    assert stop.value.status is Status.USAGE
