"""Promise 3: robots.txt is obeyed as RFC 9309 says, above all when it cannot be had."""

from datetime import UTC, datetime, timedelta

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.hostile.robots import UNREACHABLE
from tests.hostile.states import state_of
from tests.small_site import Answer, SmallSite


def test_what_robots_txt_disallows_is_not_asked_for(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /berita-2/\n")
    assert crawl.run() == 0
    assert "/berita-2/" not in site.paths()
    assert state_of(crawl, 2) == ("skipped", "robots.txt")
    assert site.paths()[0] == "/robots.txt"


@pytest.mark.parametrize("answer", UNREACHABLE.values(), ids=UNREACHABLE)
def test_no_page_is_asked_for_while_robots_txt_cannot_be_had(
    site: SmallSite, crawl: Crawl, answer: Answer
) -> None:
    site.answers["/robots.txt"] = answer
    assert crawl.run(DOWNLOAD_TIMEOUT=1) == Status.UNREACHABLE
    assert set(site.paths()) == {"/robots.txt"}
    assert crawl.one("SELECT count(*) FROM captures") == 0
    assert crawl.rows("SELECT status FROM runs") == [(int(Status.UNREACHABLE),)]
    assert crawl.one("SELECT count(*) FROM urls") == 0


def test_a_site_without_robots_txt_is_free(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer(status=404)
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3


def test_a_redirect_of_robots_txt_is_followed(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer(status=301, headers={"Location": "/r.txt"})
    site.answers["/r.txt"] = Answer("User-agent: *\nDisallow: /berita-1/\n")
    assert crawl.run() == 0
    assert "/berita-1/" not in site.paths()


def test_a_site_closed_to_robots_is_left_alone(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /\n")
    assert crawl.run() == Status.FORBIDDEN
    assert site.paths() == ["/robots.txt"]
    assert "robots.txt forbids" in crawl.stderr


def test_a_home_page_that_lets_nobody_in_is_told(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/"] = Answer("Forbidden", status=403)
    assert crawl.run() == Status.FORBIDDEN


@pytest.mark.parametrize(("hours", "status"), [(23, 0), (25, Status.UNREACHABLE)])
def test_a_copy_younger_than_a_day_stands_in(
    site: SmallSite, crawl: Crawl, hours: int, status: int
) -> None:
    began = datetime(2026, 11, 2, 6, tzinfo=UTC)
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /berita-2/\n")
    assert crawl.run(NOW=began.isoformat()) == 0
    site.answers["/robots.txt"] = Answer(status=503)
    site.numbers.append(4)
    later = began + timedelta(hours=hours)
    assert crawl.run(NOW=later.isoformat(), RETRY_AFTER_PATIENCE=0) == status
    assert crawl.one("SELECT count(*) FROM articles") == (3 if status == 0 else 2)
    assert "/berita-2/" not in site.paths()


RULES = "User-agent: *\nDisallow: /berita-2/\n"


@pytest.mark.parametrize(
    "body",
    [
        RULES.encode("utf-8-sig"),
        RULES.replace("\n", "\r\n").encode(),
        RULES.replace("\n", "\r").encode(),
        RULES.encode() + b"# padding\n" * 100_000,
    ],
    ids=["BOM", "CRLF", "CR", "a megabyte"],
)
def test_rules_are_obeyed_however_they_are_written(
    site: SmallSite, crawl: Crawl, body: bytes
) -> None:
    site.answers["/robots.txt"] = Answer(body, content_type="text/plain")
    assert crawl.run() == 0
    assert "/berita-2/" not in site.paths()


def test_a_page_in_place_of_robots_txt_forbids_nothing(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer(site.home())
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3
