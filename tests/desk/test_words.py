"""What is said to people is said in both languages."""

from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from borneone_crawler.desk.words import LANGUAGES, tables, words_of

PONTIANAK = ZoneInfo("Asia/Pontianak")


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_language_has_the_same_keys_and_fills_in_the_same() -> None:
    assert set(tables()) == set(LANGUAGES)
    first, *others = tables().values()
    for table in others:
        assert list(table) == list(first)
        for key, said in first.items():
            assert type(table[key]) is type(said), key
            assert table[key], key
            if isinstance(said, str):
                assert braces(table[key]) == braces(said), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_has_seven_days_and_a_year_twelve_months(language: str) -> None:
    table = tables()[language]
    assert len(set(table["days"])) == 7
    assert len(set(table["months"])) == 12


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("id", "2019-10-14T10:05:00+07:00", "Senin, 14 Oktober 2019 pukul 10.05 WIB (UTC+07:00)"),
        ("id-ID", "2017-05-07", "Minggu, 7 Mei 2017"),
        ("en-US", "2019-10-14T20:05:00Z", "Tuesday, 15 October 2019, 03:05 WIB (UTC+07:00)"),
        ("id", "2019-10-14T20:05:00", "Senin, 14 Oktober 2019 pukul 20.05 WIB (UTC+07:00)"),
        ("fr", "2020-02-29", "Sabtu, 29 Februari 2020"),
        (None, "kemarin", "kemarin"),
    ],
)
def test_a_date_of_the_newsroom_in_words(language: str | None, text: str, said: str) -> None:
    assert words_of(language).published(text, PONTIANAK) == said


def test_a_time_of_the_archive_in_the_newsroom_s_own() -> None:
    at = "2026-03-01T20:00:00.000+00:00"
    assert words_of("id").time(at, PONTIANAK) == "2 Maret 2026 pukul 03.00 WIB"
    assert words_of("en").time(at, PONTIANAK) == "2 March 2026, 03:00 WIB"
