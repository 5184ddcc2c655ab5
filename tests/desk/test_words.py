"""What is said to people is said in both languages."""

from copy import deepcopy
from datetime import date
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from borneone_crawler.cleaning.rules import load
from borneone_crawler.desk.explain.words import NO_RULE
from borneone_crawler.desk.words import LANGUAGES, language_of, tables, words_of

PONTIANAK = ZoneInfo("Asia/Pontianak")


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def assert_alike(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert list(one) == list(other)
    for key, said in one.items():
        assert type(other[key]) is type(said), key
        assert other[key], key
        if isinstance(said, str):
            assert braces(other[key]) == braces(said), key
        elif isinstance(said, dict):
            assert_alike(said, other[key])


def test_every_language_has_the_same_keys_and_fills_in_the_same() -> None:
    assert set(tables()) == set(LANGUAGES)
    first, *others = deepcopy(tables()).values()
    # In English the boilerplate rules say themselves why they are.
    reasons = first["explain"].pop("rules")
    assert list(reasons) == [*(rule.name for rule in load().all), *NO_RULE]
    for table in others:
        assert_alike(first, table)


def test_a_part_has_its_own_words_beside_those_of_all() -> None:
    words = words_of("id").of("report")
    assert (words.say("month"), words.day(date(2019, 10, 14))) == ("Bulan", "14 Oktober 2019")
    assert (words.known("kind", "typo"), words.known("kind", "other")) == ("salah ketik", "other")
    assert (words.number(1250), words.month("2019-10")) == ("1.250", "Oktober 2019")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LC_MESSAGES": "id"}, "id"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_locale_s(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


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


def test_a_table_says_what_a_word_of_the_archive_means() -> None:
    words = words_of("id").of("explain")
    assert words.meaning("flags", "no date") == "halaman ini tidak menyebut kapan ia terbit"
    assert (words.meaning("flags", "?"), words.meaning("rules", "?", "why")) == ("", "why")
