"""When an article is looked at again is planned once, and anew when something has changed."""

from datetime import datetime, timedelta

import pytest

from borneone_crawler.items import State
from tests.archive.conftest import SITE, Desk

URL = f"{SITE}/wagub/"
LATER = f"{SITE}/bahasa/"
AGES = [60.0, 3600.0]


class Planner:
    """A schedule by which a page is due a minute after it was seen."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.planned: list[tuple[str, str]] = []

    def plan(self, ages: list[float] = AGES) -> list[tuple[str, str]]:
        """Plan what is not planned yet. Returns from which times."""
        self.planned = []
        self._desk.archive.plan_visits(ages, self._one)
        return self.planned

    def _one(self, born: str, seen: str) -> tuple[datetime, float]:
        self.planned.append((born, seen))
        return datetime.fromisoformat(seen) + timedelta(minutes=1), 60.0


@pytest.fixture
def planner(desk: Desk) -> Planner:
    return Planner(desk)


def due(desk: Desk, most: int = 50) -> list[str]:
    rows = desk.archive.due_visits(60.0, most)
    return [desk.one("SELECT url FROM urls WHERE id = ?", row_id) for row_id, _ in rows]


def wait(desk: Desk, seconds: int = 120) -> None:
    for _ in range(seconds):
        desk.archive.clock()


def test_each_article_is_planned_once_by_when_it_was_published_and_seen(
    desk: Desk, planner: Planner
) -> None:
    desk.store(URL)
    seen = desk.one("SELECT checked_at FROM urls WHERE url = ?", URL)
    assert planner.plan() == [("2019-10-14T10:15:00+07:00", seen)]
    assert planner.plan() == []


def test_it_is_due_from_then_on_and_not_before(desk: Desk, planner: Planner) -> None:
    desk.store(URL)
    planner.plan()
    assert due(desk) == []
    wait(desk)
    assert due(desk) == [URL]


def test_those_that_wait_for_longest_come_first(desk: Desk, planner: Planner) -> None:
    desk.store(URL)
    desk.store(LATER, post_id=13)
    planner.plan()
    wait(desk)
    assert due(desk) == [URL, LATER]
    assert due(desk, most=1) == [URL]


def test_what_is_due_in_this_run_anyhow_is_left_out(desk: Desk, planner: Planner) -> None:
    desk.store(URL)
    planner.plan()
    wait(desk)
    desk.archive.make_due([row_id for row_id, _ in desk.archive.due_visits(60.0, 50)])
    assert due(desk) == []


def test_a_page_that_has_answered_is_planned_anew(desk: Desk, planner: Planner) -> None:
    desk.store(URL)
    planner.plan()
    wait(desk)
    desk.settle(URL, http_status=304)
    assert due(desk) == []
    assert planner.plan() == [
        ("2019-10-14T10:15:00+07:00", desk.one("SELECT checked_at FROM urls WHERE url = ?", URL))
    ]


def test_an_edit_is_a_birth(desk: Desk, planner: Planner) -> None:
    desk.store(URL)
    planner.plan()
    desk.store(URL, headline="Lain")
    seen_at = desk.one("SELECT seen_at FROM revisions WHERE n = 2")
    assert [born for born, _ in planner.plan()] == [seen_at]


def test_an_edit_that_was_found_in_an_older_capture_is_one_too(
    desk: Desk, planner: Planner
) -> None:
    desk.store(URL)
    planner.plan()
    desk.archive.db.execute("UPDATE revisions SET n = 2")
    assert [born for born, _ in planner.plan()] == [desk.one("SELECT seen_at FROM revisions")]


def test_what_is_gone_is_not_planned_until_it_is_back(desk: Desk, planner: Planner) -> None:
    desk.store(URL)
    planner.plan()
    desk.settle(URL, state=State.GONE, http_status=404)
    assert planner.plan() == due(desk) == []
    desk.store(URL)
    assert len(planner.plan()) == 1


def test_nor_is_what_is_marked_as_gone_though_its_page_answered(
    desk: Desk, planner: Planner
) -> None:
    desk.store(URL)
    planner.plan()
    wait(desk)
    desk.archive.db.execute("UPDATE articles SET gone_at = ?", [desk.archive.now])
    assert planner.plan() == due(desk) == []


def test_what_was_taken_down_is_not_planned(desk: Desk, planner: Planner) -> None:
    desk.store(URL)
    planner.plan()
    wait(desk)
    desk.archive.take_down(1, "asked for")
    assert planner.plan() == due(desk) == []


def test_an_article_that_moved_is_looked_at_where_it_stands(desk: Desk, planner: Planner) -> None:
    desk.store(URL)
    planner.plan()
    desk.store(LATER, canonical=LATER)
    assert desk.one("SELECT url FROM articles") == LATER
    planner.plan()
    wait(desk)
    assert due(desk) == [LATER]


def test_with_other_ages_all_are_planned_anew(desk: Desk, planner: Planner) -> None:
    desk.store(URL)
    planner.plan()
    assert len(planner.plan([60.0])) == 1
    assert planner.plan([60.0]) == []
