"""Signs that something is wrong with the site, asked of an archive."""

from datetime import date, timedelta

import pytest

from tests.archive.conftest import SITE, Desk

MONDAY = date(2019, 10, 14)


def publish(desk: Desk, day: date, count: int) -> list[str]:
    """Have so many articles of a day be met. Returns their addresses."""
    first = desk.one("SELECT count(*) FROM articles") + 1
    urls = [f"{SITE}/berita-{number}/" for number in range(first, first + count)]
    for number, url in enumerate(urls, first):
        # At one in the morning: the day before, in UTC.
        moment = f"{day}T01:00:00+07:00"
        desk.store(url, post_id=number, date_published=moment, article_body=f"Teks {number}.")
    return urls


@pytest.fixture
def weeks(desk: Desk) -> Desk:
    """Nine weeks with two articles every Monday, nine on every Tuesday."""
    for week in range(1, 10):
        publish(desk, MONDAY - timedelta(weeks=week), 2)
        publish(desk, MONDAY + timedelta(days=1) - timedelta(weeks=week), 9)
    desk.next_run()
    return desk


def test_a_day_with_far_more_articles_than_are_usual_on_it_is_a_flood(weeks: Desk) -> None:
    publish(weeks, MONDAY, 21)
    began = weeks.archive.runs.began_at
    assert weeks.archive.signs.flood(began) is None
    urls = publish(weeks, MONDAY, 1)
    flood = weeks.archive.signs.flood(began)
    assert flood is not None
    assert (flood.day, flood.articles, flood.most) == (MONDAY, 22, 2)
    assert flood.urls[-1:] == urls
    assert weeks.archive.signs.flood(weeks.archive.now) is None, "nothing new in it"


def test_each_day_of_the_week_has_a_measure_of_its_own(weeks: Desk) -> None:
    publish(weeks, MONDAY + timedelta(days=1), 44)
    assert weeks.archive.signs.flood(weeks.archive.runs.began_at) is None


def test_an_archive_that_goes_back_a_few_weeks_has_nothing_to_compare_with(desk: Desk) -> None:
    for week in range(1, 8):
        publish(desk, MONDAY - timedelta(weeks=week), 2)
    publish(desk, MONDAY, 60)
    assert desk.archive.signs.flood("2000") is None
