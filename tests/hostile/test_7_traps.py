"""Promise 7: traps end, and are named in the report of the run."""

import pytest

from tests import typed
from tests.crawling import Crawl
from tests.hostile.traps import TRAPS, Trap, calendar
from tests.small_site import Answer, SmallSite


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.set.__name__)
def test_a_trap_ends_and_is_named(site: SmallSite, crawl: Crawl, trap: Trap) -> None:
    trap.set(site)
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == len(site.numbers)
    assert len(site.asked) <= trap.most
    report = typed.run(crawl.archive, "runs").stdout
    assert "a trap was left alone: " in report
    assert trap.named in report
    # What was not asked for is no work that is left, and the next run does not begin anew.
    assert crawl.one("SELECT count(*) FROM urls WHERE next_at <= datetime('now')") == 0
    before = len(site.asked)
    assert crawl.run() == 0
    assert len(site.asked) - before <= trap.most


def test_a_redirect_that_turns_in_a_circle_ends(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(status=301, headers={"Location": "/berita-2/"})
    site.answers["/berita-2/"] = Answer(status=301, headers={"Location": "/berita-1/"})
    site.answers["/berita-3/"] = Answer(status=301, headers={"Location": "/berita-3"})
    site.answers["/berita-3"] = Answer(status=301, headers={"Location": "/berita-3"})
    assert crawl.run() == 0
    assert site.paths().count("/berita-1/") == 1
    assert site.paths().count("/berita-3") == 1


def test_a_deep_run_looks_into_a_trap_once_more(site: SmallSite, crawl: Crawl) -> None:
    calendar(site)
    assert crawl.run() == 0
    given_up = "SELECT count(*) FROM urls WHERE reason LIKE 'a trap: %'"
    left, asked = crawl.one(given_up), len(site.asked)
    assert crawl.run("-a", "deep=1") == 0
    again = len(site.asked) - asked
    assert 100 <= again <= 2 * 230
    assert crawl.one(given_up) < left
