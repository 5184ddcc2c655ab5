"""Dates as newsrooms write them."""

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borneone_crawler.pages.dates import _MONTHS, moment

ZONE = "Asia/Pontianak"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2019-10-14T10:30:00+07:00", "2019-10-14T10:30:00+07:00"),
        ("2019-10-13T20:15:00+00:00", "2019-10-14T03:15:00+07:00"),
        ("2019-10-13T20:15:00Z", "2019-10-14T03:15:00+07:00"),
        ("2019-10-14T10:30:00.123+0700", "2019-10-14T10:30:00+07:00"),
        ("2019-10-14T10:30:00", "2019-10-14T10:30:00+07:00"),
        ("2019-10-14 10:30:00", "2019-10-14T10:30:00+07:00"),
        ("2019-10-14", "2019-10-14"),
        ("Senin, 14 Oktober 2019 10:15 WIB", "2019-10-14T10:15:00+07:00"),
        ("Senin, 14 Okt 2019 | 10.15 WIB", "2019-10-14T10:15:00+07:00"),
        ("Senin (14/10/2019) pukul 10.15 WITA", "2019-10-14T09:15:00+07:00"),
        ("14 Oktober 2019 23:30 WIT", "2019-10-14T21:30:00+07:00"),
        ("1 Januari 2020 00:30 WITA", "2019-12-31T23:30:00+07:00"),
        ("1 Maret 2024 pukul 09:00", "2024-03-01T09:00:00+07:00"),
        ("10:15 WIB, 14/10/2019", "2019-10-14T10:15:00+07:00"),
        ("14 Oktober 2019", "2019-10-14"),
        ("14/10/2019", "2019-10-14"),
        ("14-10-2019", "2019-10-14"),
        ("14.10.2019", "2019-10-14"),
        ("17 Agustus 1945", None),
        ("17 Agts 2019", None),
        ("(14/20/2019)", None),
        ("14/20/2019 10:15 WIB", None),
        ("31 Februari 2019", None),
        ("0 Mei 2019", None),
        ("32 Mei 2019", None),
        ("14 Oktober 2019 25:15", None),
        ("2019-13-40", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("Oktober 2019", None),
        ("2019120191414", None),
        ("20191014T101500", "2019-10-14T10:15:00+07:00"),
        ("Nomor 14 tahun 2008", None),
        ("", None),
        ("kemarin", None),
    ],
)
def test_a_date_is_read_or_not_taken_for_one(raw: str, expected: str | None) -> None:
    assert moment(raw, ZONE) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2 jam lalu", "2024-06-03T07:00:00+07:00"),
        ("45 menit yang lalu", "2024-06-03T08:15:00+07:00"),
        ("sejam lalu", "2024-06-03T08:00:00+07:00"),
        ("3 hari lalu", "2024-05-31"),
    ],
)
def test_ago_counts_from_when_the_page_was_seen(raw: str, expected: str) -> None:
    assert moment(raw, ZONE, seen_at="2024-06-03T02:00:00+00:00") == expected
    assert moment(raw, ZONE) is None


@given(st.text())
def test_nothing_raises(raw: str) -> None:
    moment(raw, ZONE, seen_at="2024-06-03T02:00:00+00:00")


@given(st.datetimes(timezones=st.timezones()).filter(lambda when: 1995 < when.year < 2090))
def test_an_iso_date_keeps_its_moment(local: datetime) -> None:
    when = datetime.fromisoformat(local.isoformat(timespec="seconds"))
    read = moment(when.isoformat(), ZONE)
    assert read is not None
    assert datetime.fromisoformat(read) == when


SCRAPS = st.sampled_from(
    [
        "Senin", "14", "31", "1", "0", "2019", "2100", "1945", "20191", "10:15", "10.15", "25:61",
        "23:59:59", "Oktober", "okt", "Mei", "Mar", "desember", "WIB", "T", "Z", "/", "-", ".",
        ",", " ", " | ", "(", ")", "pukul", "jam", "lalu", "Rp 14.000", "08", "14/10/2019",
        "2019-10-14", "00", "tahun",
    ]
)  # fmt: skip


@given(st.lists(SCRAPS, max_size=9).map("".join))
def test_no_part_of_a_date_is_invented(raw: str) -> None:
    found = moment(raw, ZONE)
    if found is None:
        return
    runs = re.findall(r"\d+", raw)  # 20191014 is written in one
    pairs = {run[at : at + 2] for run in runs for at in range(0, len(run), 2)}
    numbers = set(map(int, {*runs, *(run[:4] for run in runs), *pairs}))
    months = {_MONTHS[word] for word in re.findall(r"[a-z]+", raw.lower()) if word in _MONTHS}
    written = datetime.fromisoformat(found)
    if "Z" not in raw:  # which is another zone than the newsroom's
        assert {written.year, written.day} <= numbers
        assert written.month in numbers | months
    if "T" in found:
        assert {written.minute, written.second} <= numbers | {0}
    assert moment(found, ZONE) == found
