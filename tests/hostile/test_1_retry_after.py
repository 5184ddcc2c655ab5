"""Promise 1: Retry-After is obeyed for the whole host, and what a site refuses for a while is
complete all the same in the end."""

import itertools
import time
from email.utils import formatdate

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.hostile import wire
from tests.hostile.states import state_of
from tests.hostile.windows import Window
from tests.small_site import Answer, SmallSite

ARTICLES = 40


@pytest.mark.parametrize("as_date", [False, True], ids=["seconds", "date"])
def test_a_window_of_429_is_waited_for_by_the_whole_host(
    site: SmallSite, crawl: Crawl, as_date: bool
) -> None:
    site.numbers = list(range(1, ARTICLES + 1))
    until = time.monotonic() + 8
    date = formatdate(time.time() + 8, usegmt=True)  # in whole seconds
    refusal = Answer(status=429, headers={"Retry-After": date if as_date else "3"})
    site.invented = window = Window(site, refusal, 2.5, begins=10)
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == ARTICLES
    # One request met the window and opened it, and nobody asked again before its time.
    assert window.opened is not None
    later = min(one.at for one in site.asked if one.at > window.opened)
    assert later >= (until - 1.1 if as_date else window.opened + 2.99)


@pytest.mark.parametrize("kind", ["reset", "503"])
def test_an_outage_of_six_seconds_is_waited_for(site: SmallSite, crawl: Crawl, kind: str) -> None:
    site.numbers = list(range(1, ARTICLES + 1))
    otherwise = wire.reset() if kind == "reset" else Answer(status=503)
    site.invented = window = Window(site, otherwise, 6, begins=10)
    assert crawl.run(OUTAGE_PATIENCE=30, RETRY_DELAYS="1,5,10") == 0
    assert crawl.one("SELECT count(*) FROM articles") == ARTICLES
    assert window.opened is not None
    during = [one.at for one in site.asked if window.opened <= one.at < window.opened + 6]
    # Eight pages in a row, then looks at the home page that grow rare, with a page beside each.
    assert len(during) <= 16
    assert max(b - a for a, b in itertools.pairwise(during)) >= 1.9


def test_a_site_that_stays_down_ends_the_run(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, ARTICLES + 1))
    site.invented = Window(site, Answer(status=502), 60, begins=10)
    began = time.monotonic()
    assert crawl.run(OUTAGE_PATIENCE=3) == Status.UNREACHABLE
    assert "pages failed in a row" in crawl.stderr
    assert time.monotonic() - began >= 3
    assert crawl.one("SELECT count(*) FROM urls WHERE state = 'failed'") == 0


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_holds_the_whole_host(site: SmallSite, crawl: Crawl, as_date: bool) -> None:
    until: list[float] = []

    def busy(before: int) -> Answer:
        if before:
            return Answer(site.article(2))
        until.append(time.time() + 3)
        value = formatdate(until[0], usegmt=True) if as_date else "3"
        return Answer(status=429, headers={"Retry-After": value})

    site.numbers.append(4)
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /berita-3/\n")
    site.answers["/berita-2/"] = busy
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3
    asked = next(one for one in site.asked if one.path == "/berita-2/")
    later = [one.at - asked.at for one in site.asked if one.at > asked.at]
    assert min(later) >= (2.0 if as_date else 2.99)


def test_a_retry_after_beyond_patience_ends_the_run(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-2/"] = Answer(status=503, headers={"Retry-After": "86400"})
    assert crawl.run() == Status.UNREACHABLE
    assert "86400" in crawl.stderr
    state, _ = state_of(crawl, 2)
    assert state == "pending"
    assert crawl.one("SELECT next_at > datetime('now', '+20 hours') FROM urls WHERE attempts = 1")


def test_a_site_that_goes_down_is_left_alone(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 41))
    for number in range(1, 31):
        site.answers[f"/berita-{number}/"] = Answer(status=502)
    site.answers["/"] = lambda before: Answer(status=502) if before else Answer(site.home())
    assert crawl.run() == Status.UNREACHABLE
    failing = [path for path in site.paths() if path.startswith("/berita-")]
    assert len(failing) <= 22
    assert "pages failed in a row" in crawl.stderr
