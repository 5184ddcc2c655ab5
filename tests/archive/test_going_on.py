"""A run goes on with what the runs before it, as many as broke off in a row, had begun."""

import itertools
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.archive.sqlite.database import open_database, open_readonly
from borneone_crawler.items import Kind, Link, State
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk

LISTING = f"{SITE}/category/berita/"
PAGES = [LISTING, *(f"{LISTING}page/{n}/" for n in range(2, 6))]


def complete(desk: Desk) -> None:
    desk.archive.end_run(Status.OK, "complete", {})
    desk.next_run()


def listed(desk: Desk, page: int, *names: str, **outcome: Any) -> None:
    """A page of the listing is read, with these articles and a page after it."""
    (due,) = [due for due in desk.archive.claim(99) if due.url == PAGES[page - 1]]
    for other in list(desk.archive.frontier.claimed - {due.id}):
        desk.archive.frontier.claimed.discard(other)
    links = [Link(url=f"{SITE}/{name}/", kind=Kind.ARTICLE, is_entry=True) for name in names]
    desk.archive.settle(
        due,
        desk.outcome(
            due, capture=desk.capture(due.url), links=links, next_page=PAGES[page], **outcome
        ),
    )


def due_pages(desk: Desk) -> list[int]:
    """Numbers of the listing's pages that are due."""
    found = desk.rows(
        "SELECT url FROM urls WHERE kind = 'listing' AND next_at IS NOT NULL ORDER BY id"
    )
    return sorted(PAGES.index(url) + 1 for (url,) in found)


def store_all(desk: Desk) -> None:
    desk.archive.db.execute(
        "UPDATE urls SET state = 'stored', next_at = NULL WHERE kind = 'article'"
    )


@pytest.fixture
def walked(desk: Desk) -> Desk:
    """An archive that knows four pages of a listing, all of them read and stored."""
    desk.settle(f"{SITE}/x/", links=[Link(url=LISTING, kind=Kind.LISTING)])
    for page in range(1, 5):
        listed(desk, page, f"{page}-a", f"{page}-b")
    store_all(desk)
    desk.archive.db.execute("UPDATE urls SET next_at = NULL")
    complete(desk)
    return desk


def test_pages_of_a_listing_read_before_a_kill_are_not_read_again(desk: Desk) -> None:
    desk.settle(f"{SITE}/x/", links=[Link(url=LISTING, kind=Kind.LISTING)])
    listed(desk, 1, "a", "b")
    listed(desk, 2, "c")
    desk.next_run()
    desk.archive.refresh_listings()
    assert due_pages(desk) == [3]
    # What every run reads leads to page 2, and what it lists is still pending.
    entry = Link(url=f"{SITE}/a/", kind=Kind.ARTICLE, is_entry=True)
    desk.settle(f"{SITE}/x/", links=[entry], next_page=PAGES[1])
    assert due_pages(desk) == [3]


def test_a_page_asked_for_before_a_kill_is_asked_for_again_if_something_came_since(
    desk: Desk,
) -> None:
    desk.settle(f"{SITE}/x/", links=[Link(url=LISTING, kind=Kind.LISTING)])
    listed(desk, 1, "a", "b")
    listed(desk, 2, "c", "d")
    desk.next_run()
    desk.archive.refresh_listings()
    ((row_id,),) = desk.rows("SELECT id FROM urls WHERE url = ?", LISTING)
    desk.archive.frontier.make_due([row_id])
    listed(desk, 1, "a", "b")
    assert due_pages(desk) == [3], "nothing new"
    desk.archive.frontier.make_due([row_id])
    listed(desk, 1, "new", "a")
    assert due_pages(desk) == [2, 3], "b is on page 2 now"


def test_a_walk_that_was_killed_goes_as_far_as_one_left_alone(walked: Desk) -> None:
    walked.archive.refresh_listings()
    listed(walked, 1, "new-1", "new-2")
    # Another listing brings what stands on page 2 before the kill, and it is stored.
    walked.settle(
        f"{SITE}/y/", links=[Link(url=f"{SITE}/new-3/", kind=Kind.ARTICLE, is_entry=True)]
    )
    store_all(walked)
    walked.next_run()
    walked.archive.refresh_listings()
    assert due_pages(walked) == [2]
    listed(walked, 2, "new-3", "1-a")
    assert due_pages(walked) == [3], "new to the run that was killed is new to this one"
    listed(walked, 3, "2-a", "2-b")
    assert due_pages(walked) == []


def test_after_a_complete_run_every_listing_is_looked_at_again(walked: Desk) -> None:
    walked.archive.refresh_listings()
    assert due_pages(walked) == [1]
    listed(walked, 1, "1-a", "1-b")
    assert due_pages(walked) == [], "nothing new: no further"


def test_a_run_with_other_arguments_goes_on_with_nothing(walked: Desk) -> None:
    walked.archive.refresh_listings()
    listed(walked, 1, "1-a", "1-b")
    walked.archive.begin_run("crawl", {"deep": "1"})
    walked.archive.refresh_listings()
    assert due_pages(walked) == [1]
    listed(walked, 1, "1-a", "1-b", walk_on=True)
    assert due_pages(walked) == [2]


def test_after_some_hours_listings_are_looked_at_again_though_the_run_broke_off(
    walked: Desk,
) -> None:
    walked.archive.refresh_listings()
    listed(walked, 1, "new-1", "1-a")
    listed(walked, 2, "1-b", "2-a")
    store_all(walked)
    later = int(timedelta(hours=7).total_seconds())
    walked.time = itertools.count(next(walked.time) + later)
    walked.next_run()
    walked.archive.refresh_listings()
    assert due_pages(walked) == [1]
    listed(walked, 1, "new-1", "1-a")
    assert due_pages(walked) == [], "what the first run had read it need not read again"


def test_a_clock_that_was_ahead_stops_no_listing(walked: Desk) -> None:
    walked.archive.db.execute("UPDATE urls SET checked_at = '2036-01-01T00:00:00.000+00:00'")
    complete(walked)
    walked.archive.refresh_listings()
    assert due_pages(walked) == [1]


def test_a_section_that_answers_404_is_not_given_up_sooner_for_kills(walked: Desk) -> None:
    walked.archive.refresh_listings()
    later = {"state": State.PENDING, "reason": "404", "retry_after": 21_600.0}
    (due,) = walked.archive.claim(9)
    walked.archive.settle(due, walked.outcome(due, http_status=404, **later))
    for _ in range(5):
        walked.next_run()
        walked.archive.refresh_listings()
        assert walked.archive.claim(9) == []


def test_articles_that_moved_on_by_a_page_do_not_end_a_walk(desk: Desk) -> None:
    desk.settle(f"{SITE}/x/", links=[Link(url=LISTING, kind=Kind.LISTING)])
    listed(desk, 1, "a", "b")
    listed(desk, 2, "c", "d")
    desk.next_run()
    # As many as a page holds were published before the restart.
    listed(desk, 3, "c", "d")
    assert due_pages(desk) == [4]
    listed(desk, 4, "c", "d")
    assert due_pages(desk) == [], "within one run it is a pagination without end"


def test_two_listings_that_begin_alike_are_both_walked(desk: Desk) -> None:
    other = f"{SITE}/category/daerah/"
    links = [Link(url=url, kind=Kind.LISTING) for url in (LISTING, other)]
    desk.settle(f"{SITE}/x/", links=links)
    listed(desk, 1, "a", "b")
    (due,) = [due for due in desk.archive.claim(99) if due.url == other]
    entries = [Link(url=f"{SITE}/{name}/", kind=Kind.ARTICLE, is_entry=True) for name in "ab"]
    outcome = desk.outcome(due, capture=desk.capture(other), links=entries)
    outcome.next_page = f"{other}page/2/"
    desk.archive.settle(due, outcome)
    following = desk.rows("SELECT next_at IS NOT NULL FROM urls WHERE url = ?", outcome.next_page)
    assert following == [(1,)]


# -- the beginning of an archive ---------------------------------------------------------------


def test_an_archive_keeps_its_name_from_the_first_moment(desk: Desk) -> None:
    uuid = desk.one("SELECT uuid FROM archive")
    desk.capture(f"{SITE}/robots.txt")
    desk.next_run()
    assert desk.one("SELECT uuid FROM archive") == uuid
    assert desk.one("SELECT count(*) FROM captures") == 1


def test_an_archive_that_holds_nothing_may_still_change_its_site(desk: Desk) -> None:
    uuid = desk.one("SELECT uuid FROM archive")
    other = replace(BORNEONETV, base_url="https://borneonetv.example")
    desk.archive.close()
    desk.archive = desk.open(other)
    assert desk.rows("SELECT uuid, base_url FROM archive") == [(uuid, other.base_url)]


def test_a_file_that_a_first_run_left_empty_is_made_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "borneone.db"
    path.touch()
    with pytest.raises(Stop, match="run the crawl first") as caught:
        open_readonly(path)
    assert caught.value.status is Status.NO_ARCHIVE
    open_database(path).close()
    open_readonly(path).close()
