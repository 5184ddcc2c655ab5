"""Which state of an article counts, today and as of a date."""

from datetime import UTC, datetime

import pytest

from borneone_crawler.desk.states import Standing, standing_of
from borneone_crawler.items import State
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk

URL = f"{SITE}/wagub/"
NOW = datetime(2026, 3, 20, tzinfo=UTC)


def standing(desk: Desk, as_of: str | None = None) -> Standing:
    return standing_of(desk.archive.db, 1, as_of, NOW)


@pytest.fixture
def edited(desk: Desk) -> Desk:
    """An article of three states, seen on 14 and 15 October 2019 and on 1 January 2020."""
    desk.store(URL)
    desk.store(URL, headline="Kedua")
    desk.store(URL, headline="Ketiga")
    for n, at in (
        (1, "2019-10-14T16:59:59.999"),
        (2, "2019-10-14T17:00:00.000"),
        (3, "2020-01-01T01:00:00.000"),
    ):
        stamped = [f"{at}+00:00", n]
        desk.archive.db.execute("UPDATE revisions SET seen_at = ? WHERE n = ?", stamped)
    desk.archive.db.execute("UPDATE articles SET first_seen_at = '2019-10-14T16:59:59.999+00:00'")
    return desk


def test_today_it_is_the_state_that_the_article_shows(edited: Desk) -> None:
    today = standing(edited)
    assert (today.article.headline, today.state.revision, today.revisions) == ("Ketiga", 3, 3)
    assert (today.as_of, today.state.until_at) == (None, None)


@pytest.mark.parametrize(
    ("as_of", "revision"),
    [
        ("2019-10-14", 1), ("2019-10-14T23:59:59", 1), ("2019-10-15T00:00", 2), ("2019-10", 2),
        ("2019-10-14T17:00Z", 2), ("2019-12-31", 2), ("2020-01-01T07:59", 2), ("2020-01-01", 3),
        ("2026-03-20", 3),
    ],
)  # fmt: skip
def test_as_of_a_date_it_is_the_newest_state_first_seen_by_then(
    edited: Desk, as_of: str, revision: int
) -> None:
    then = standing(edited, as_of)
    assert then.state.revision == revision
    ((by_query,),) = edited.rows(
        "SELECT revision FROM states WHERE from_at <= ?1 AND coalesce(until_at, '9') > ?1",
        then.as_of,
    )
    assert by_query == revision


def test_before_it_was_first_seen_nothing_is_known_of_it(edited: Desk) -> None:
    with pytest.raises(Stop, match="from before 2019-10-14 23:59:59 WIB, when it") as stop:
        standing(edited, "2019-10-13")
    assert stop.value.status is Status.USAGE


def test_what_every_sighting_brings_up_to_date_is_today_s_of_the_newest_state_alone(
    desk: Desk,
) -> None:
    desk.store(URL, comment_count=1, date_modified="2019-10-14T11:00:00+07:00")
    desk.store(URL, comment_count=5, date_modified="2019-10-14T12:00:00+07:00")
    today = standing(desk).article
    assert (today.comment_count, today.date_modified) == (5, "2019-10-14T12:00:00+07:00")
    desk.store(URL, headline="Kedua", comment_count=7)
    (first, _) = desk.rows("SELECT from_at FROM states ORDER BY from_at")
    then = standing(desk, first[0].partition(".")[0] + "Z").article
    assert then.comment_count == 1


def test_a_state_is_told_at_the_address_that_the_article_has_today(desk: Desk) -> None:
    desk.store(URL)
    desk.archive.db.execute("UPDATE articles SET url = ?", [f"{SITE}/baru/"])
    assert standing(desk, "2026-01").article.url == f"{SITE}/baru/"


def test_what_was_taken_down_is_not_told_until_it_is_put_back(desk: Desk) -> None:
    desk.store(URL)
    desk.settle(URL, state=State.GONE, http_status=404)
    desk.archive.take_down(1, "permintaan")
    for as_of in (None, "2026-01"):
        with pytest.raises(Stop, match=rf"{URL} was taken down here on 2019-10-14") as stop:
            standing(desk, as_of)
        assert stop.value.status is Status.USAGE
    desk.archive.put_back(1)
    assert standing(desk).article.headline == "Wagub Kalbar Minta Gunakan Medsos"
