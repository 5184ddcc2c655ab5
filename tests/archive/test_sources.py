"""What sources show, and when the list of everything is to be looked through."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from borneone_crawler.archive.clock import stamp
from borneone_crawler.items import Kind, Link, Source, SourceState
from borneone_crawler.statuses import COMPLETE, Status
from tests.archive.conftest import SITE, Desk


def address(number: int) -> str:
    return f"{SITE}/berita-{number}/"


def row(desk: Desk, number: int) -> int:
    found = desk.archive.want(address(number))
    assert found is not None
    return found


def show(desk: Desk, numbers: Iterable[int], source: Source, place: str = "") -> None:
    for number in numbers:
        link = Link(url=address(number), kind=Kind.ARTICLE)
        with desk.archive.db.atomic():
            desk.archive.sources.show(row(desk, number), link, source, place)


def read_whole(desk: Desk, numbers: Iterable[int], total: int | None = None) -> list[int]:
    """The REST API is read from end to end. Returns the rows that it shows no more."""
    since, numbers = desk.archive.now, list(numbers)
    show(desk, numbers, Source.REST)
    said = len(numbers) if total is None else total
    with desk.archive.db.atomic():
        desk.archive.sources.note(Source.REST, SourceState.WORKS, said)
        return desk.archive.sources.complete(Source.REST, since)


@pytest.mark.parametrize(
    ("held", "lost", "believed"),
    [(30, 20, True), (30, 21, False), (300, 30, True), (300, 31, False)],
)
def test_what_a_whole_list_shows_no_more_is_missed_unless_it_is_very_much(
    desk: Desk, held: int, lost: int, believed: bool
) -> None:
    assert read_whole(desk, range(held)) == []
    missed = read_whole(desk, range(lost, held))
    assert sorted(missed) == ([row(desk, number) for number in range(lost)] if believed else [])
    assert desk.archive.sources.is_shown_whole(row(desk, 0)) is not believed


@pytest.mark.parametrize("whole", [True, False])
def test_only_a_list_read_from_end_to_end_says_what_it_shows_no_more(
    desk: Desk, whole: bool
) -> None:
    read_whole(desk, range(3))
    desk.archive.end_run(Status.OK, COMPLETE, {})
    desk.next_run()
    desk.archive.want_source(f"{SITE}/wp-json/wp/v2/posts/")
    (due,) = desk.archive.claim(1, kind=Kind.SOURCE)
    outcome = desk.outcome(due, source=Source.REST, source_state=SourceState.WORKS, total=2)
    outcome.walk_on = whole
    outcome.links = [Link(url=address(n), kind=Kind.ARTICLE, is_entry=True) for n in (1, 2)]
    desk.archive.settle(due, outcome)
    assert desk.archive.sources.is_shown_whole(row(desk, 0)) is not whole


def test_what_a_whole_list_shows_again_is_shown(desk: Desk) -> None:
    read_whole(desk, range(30))
    assert read_whole(desk, range(1, 30)) == [row(desk, 0)]
    assert read_whole(desk, range(30)) == []
    assert desk.archive.sources.is_shown_whole(row(desk, 0))


def test_a_list_that_counts_otherwise_than_when_it_was_read_miscounts(desk: Desk) -> None:
    sources = desk.archive.sources
    read_whole(desk, range(30), total=33)
    assert not sources.miscounts(Source.REST), "posts that it counts and never shows"
    sources.note(Source.REST, SourceState.WORKS, 32)
    assert sources.miscounts(Source.REST)
    sources.note(Source.REST, SourceState.WORKS)
    assert sources.miscounts(Source.REST), "an answer without a number says nothing"


def test_a_list_cut_short_goes_on_to_miscount(desk: Desk) -> None:
    read_whole(desk, range(60))
    read_whole(desk, range(10))
    assert desk.archive.sources.miscounts(Source.REST)


def test_what_another_source_has_begun_to_show_is_looked_for_in_the_list_once(desk: Desk) -> None:
    sources = desk.archive.sources
    read_whole(desk, range(30))
    show(desk, [30], Source.LISTING, "berita")
    assert sources.miscounts(Source.REST)
    read_whole(desk, range(30))
    assert not sources.miscounts(Source.REST)


def test_sources_disagree_about_articles_that_this_run_has_met(desk: Desk) -> None:
    sources = desk.archive.sources
    began = desk.archive.now
    read_whole(desk, range(3))
    show(desk, [0, 7], Source.LISTING, "berita")
    show(desk, [8], Source.FEED)
    show(desk, [9], Source.LISTING, "berita")
    desk.archive.db.execute("UPDATE urls SET state = 'skipped' WHERE id = ?", [row(desk, 9)])
    assert sources.disagree(began) == [address(7), address(8)]
    assert sources.disagree(desk.archive.now) == []


def test_a_listing_has_listed_when_it_has_itself(desk: Desk) -> None:
    show(desk, [1], Source.LISTING, "berita")
    assert desk.archive.sources.has_listed("berita")
    assert not desk.archive.sources.has_listed("olahraga")


@pytest.mark.parametrize(
    ("number", "changed", "reads_on"),
    [
        (1, None, False),
        (2, None, True),
        (1, timedelta(0), True),
        (1, timedelta(days=9), False),
    ],
)
def test_a_list_is_read_on_while_its_pages_bring_what_is_new_or_was_changed(
    desk: Desk, number: int, changed: timedelta | None, reads_on: bool
) -> None:
    desk.store(address(1))
    now = datetime.fromisoformat(desk.archive.now)
    modified = None if changed is None else stamp(now + changed)
    pages = [f"{SITE}/wp-json/wp/v2/posts/?page={page}" for page in (1, 2)]
    desk.archive.want_source(pages[0])
    (due,) = desk.archive.claim(1, kind=Kind.SOURCE)
    link = Link(url=address(number), kind=Kind.ARTICLE, is_entry=True, modified=modified)
    desk.archive.settle(
        due, desk.outcome(due, links=[link], source=Source.REST, next_page=pages[1])
    )
    assert bool(desk.archive.claim(1, kind=Kind.SOURCE)) is reads_on
