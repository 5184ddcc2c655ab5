"""Signs in the archive that something is wrong with the site."""

import itertools
import json
from datetime import datetime, timedelta

from borneone_crawler.items import Kind, Link, Source, SourceState, State
from borneone_crawler.statuses import Status
from tests.archive.conftest import SITE, Desk

TWO_DAYS = timedelta(days=2)


def store(desk: Desk, number: int, date: str) -> str:
    url = f"{SITE}/berita-{number}/"
    desk.store(
        url,
        post_id=number,
        date_published=f"{date}T10:15:00+07:00",
        article_body=f"Berita nomor {number}.",
    )
    return url


def feed(desk: Desk, number: int, date: str) -> None:
    """The feed answers, and shows an article of this date."""
    url, published = f"{SITE}/berita-{number}/", f"{date}T03:15:00.000+00:00"
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


def test_alarms_are_those_given_since(desk: Desk) -> None:
    end(desk, "complete, but x", **{"alarm/short texts": 1, "health/read": 9})
    since = datetime.fromisoformat(desk.archive.now)
    assert desk.archive.signs.alarmed_since(since) == set()
    assert desk.archive.signs.alarmed_since(since - timedelta(hours=1)) == {"short texts"}


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
