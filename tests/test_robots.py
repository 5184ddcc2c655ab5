"""robots.txt by RFC 9309."""

import tracemalloc

import pytest
from scrapy import Request

from borneone_crawler.middlewares.robots import ObeyRobots
from borneone_crawler.middlewares.verdicts import Refused
from borneone_crawler.robots import Robots

URL = "https://borneonetv.com/wagub/"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_file_means_everything_is_allowed(status: int) -> None:
    robots = Robots.from_answer(status, b"User-agent: *\nDisallow: /")
    assert robots is not None
    assert robots.allows(URL)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 301, 304])
def test_a_file_that_cannot_be_had_means_nothing_is_allowed(status: int) -> None:
    assert Robots.from_answer(status, b"") is None


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: *\nDisallow: /wp-admin/\n",
        b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /wp-admin/\r\n",
        b"User-agent: other\nDisallow: /\n\nUser-agent: borneone_crawler\nDisallow: /wp-admin/\n",
    ],
)
def test_rules_are_obeyed(body: bytes) -> None:
    robots = Robots.from_answer(200, body)
    assert robots is not None
    assert robots.allows(URL)
    assert not robots.allows("https://borneonetv.com/wp-admin/x")
    assert robots.allows("https://borneonetv.com/robots.txt")


def test_our_own_group_wins_over_the_star() -> None:
    body = b"User-agent: *\nAllow: /\n\nUser-agent: borneone_crawler\nDisallow: /\n"
    robots = Robots.from_answer(200, body)
    assert robots is not None
    assert not robots.allows(URL)


@pytest.mark.parametrize("body", [b"<html><body>Halo</body></html>", b"", b"\x00\xff\xfe binary"])
def test_a_file_of_something_else_forbids_nothing(body: bytes) -> None:
    robots = Robots.from_answer(200, body)
    assert robots is not None
    assert robots.allows(URL)


def test_only_the_first_half_megabyte_counts() -> None:
    body = b"# " + b"x" * 600_000 + b"\nUser-agent: *\nDisallow: /\n"
    robots = Robots.from_answer(200, body)
    assert robots is not None
    assert robots.allows(URL)


def test_a_file_of_many_names_and_many_rules_is_read_in_little_memory() -> None:
    names = b"".join(b"User-agent: bot%d\n" % n for n in range(2_000))
    rules = b"".join(b"Disallow: /%d/\n" % n for n in range(2_000))
    tracemalloc.start()
    robots = Robots.from_answer(200, names + b"User-agent: *\n" + rules)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert robots is not None
    assert not robots.allows("https://borneonetv.com/7/")


def test_crawl_delay_is_read() -> None:
    robots = Robots.from_answer(200, b"User-agent: *\nCrawl-delay: 2.5\nDisallow: /x/\n")
    assert robots is not None
    assert robots.crawl_delay == 2.5


def test_nothing_else_is_asked_for_before_the_file_is_known() -> None:
    obey = ObeyRobots()
    obey.process_request(Request("https://borneonetv.com/robots.txt"))
    with pytest.raises(Refused, match="not known"):
        obey.process_request(Request(URL))
