"""Signs in the archive that something is wrong with the site."""

import itertools
import json
from datetime import date, datetime, timedelta

import pytest

from borneone_crawler.items import Kind, Link, Source, SourceState, State
from borneone_crawler.statuses import Status
from tests.archive.conftest import SITE, Desk

TWO_DAYS = timedelta(days=2)
MONDAY = date(2019, 10, 14)


def store(desk: Desk, number: int, day: str) -> str:
    url = f"{SITE}/berita-{number}/"
    desk.store(
        url,
        post_id=number,
        date_published=f"{day}T10:15:00+07:00",
        article_body=f"Berita nomor {number}.",
    )
    return url


def feed(desk: Desk, number: int, day: str) -> None:
    """The feed answers, and shows an article of this date."""
    url, published = f"{SITE}/berita-{number}/", f"{day}T03:15:00.000+00:00"
    row = desk.archive.want(url)
    assert row is not None
    link = Link(url=url, kind=Kind.ARTICLE, published=published)
    with desk.archive.db.atomic():
        desk.archive.sources.show(row, link, Source.FEED, "")
        desk.archive.sources.note(Source.FEED, SourceState.WORKS)


def end(desk: Desk, reason: str, **stats: int) -> None:
    desk.archive.end_run(Status.OK, reason, stats)
    desk.next_run()


def test_what_is_new_and_dated_long_ago_is_back_dated(desk: Desk) -> None:
    store(desk, 1, "2018-01-01")
    since = desk.archive.now
    store(desk, 2, "2019-10-01")
    planted = store(desk, 3, "2019-09-01")
    assert desk.archive.signs.back_dated(since) == [planted]


def test_a_feed_is_late_when_the_newest_article_is_by_so_much(desk: Desk) -> None:
    signs = desk.archive.signs
    store(desk, 1, "2019-10-01")
    feed(desk, 1, "2019-10-01")
    day_after = store(desk, 2, "2019-10-02")
    assert signs.later_than_the_feed(TWO_DAYS) == []
    newest = store(desk, 3, "2019-10-03")
    assert signs.later_than_the_feed(TWO_DAYS) == [newest, day_after]
    desk.archive.sources.note(Source.FEED, SourceState.FAILING)
    assert signs.later_than_the_feed(TWO_DAYS) == [], "how it fails is known anyhow"


def test_a_feed_need_not_show_what_is_gone(desk: Desk) -> None:
    store(desk, 1, "2019-10-01")
    feed(desk, 1, "2019-10-01")
    desk.settle(store(desk, 2, "2019-10-05"), state=State.GONE, http_status=404)
    assert desk.archive.signs.later_than_the_feed(TWO_DAYS) == []


def test_a_feed_that_falls_back_to_an_old_state_is_late(desk: Desk) -> None:
    urls = [store(desk, number, f"2019-10-0{number}") for number in (1, 5)]
    feed(desk, 1, "2019-10-01")
    feed(desk, 5, "2019-10-05")
    assert desk.archive.signs.later_than_the_feed(TWO_DAYS) == []
    desk.time = itertools.count(next(desk.time) + 86_400)
    feed(desk, 1, "2019-10-01")
    assert desk.archive.signs.later_than_the_feed(TWO_DAYS) == [urls[1]]


def test_a_run_is_compared_with_the_last_good_ones(desk: Desk) -> None:
    for number in range(5):
        end(desk, "complete", number=number)
        end(desk, "complete, but 9 of 9 new pages are no articles", number=99)
    numbers = [json.loads(text)["number"] for text in desk.archive.signs.past_counts(3)]
    assert numbers == [2, 3, 4]


def test_alarms_are_those_told_since(desk: Desk) -> None:
    end(desk, "complete, but x", **{"alarm/short texts": 1, "alarm/errors": 0, "health/read": 9})
    since = datetime.fromisoformat(desk.archive.now)
    assert desk.archive.signs.told_since(since) == set()
    assert desk.archive.signs.told_since(since - timedelta(hours=1)) == {"short texts"}


def test_the_newest_articles_of_a_run_are_those_it_stored_under_a_number(desk: Desk) -> None:
    store(desk, 1, "2019-10-09")
    desk.next_run()
    for number in (2, 4, 3):
        store(desk, number, f"2019-10-0{number}")
    desk.store(f"{SITE}/tanpa-nomor/", post_id=None, article_body="Tanpa nomor.")
    newest = desk.archive.signs.newest_read(desk.archive.run_id, 2)
    assert [(number, url) for number, url, _ in newest] == [
        (number, f"{SITE}/berita-{number}/") for number in (4, 3)
    ]


# -- days with far more articles than usual -------------------------------------------------------


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
