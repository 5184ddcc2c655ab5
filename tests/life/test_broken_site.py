"""What breaks a newsroom's site is named by the first run that meets it, and spoils nothing."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.life.breakages import Breakage, breakages
from tests.life.comparing import expected, held
from tests.life.newsroom import BEGIN, tell
from tests.life.server import LifeServer

GOOD_DAYS = 5
MOMENTS = [BEGIN + timedelta(days=day, hours=12) for day in range(GOOD_DAYS + 2)]

SHORT = ("redesign", "paywall", "hacked")
"""Those that `make test` tries; `make long` tries all."""

SAYS = {
    "redesign": "read worse than before",
    "paywall": "read worse than before",
    "parked": "does not name BorneOneTV any more",
    "soft_404": "say they are not there",
    "silent_feed": "the feed lacks",
    "hacked": "new articles are dated long ago",
    "empty_listing": "show no article any more",
    "wrong_charset": "declares a wrong charset",
}


@pytest.fixture(scope="module")
def site() -> Iterator[LifeServer]:
    with LifeServer(tell(days=GOOD_DAYS + 2, stock=40)) as server:
        yield server


@pytest.fixture(scope="module")
def good(site: LifeServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive that has seen some good days."""
    folder = tmp_path_factory.mktemp("good")
    for moment in MOMENTS[:GOOD_DAYS]:
        site.now = moment
        assert run(Crawl(folder, site.origin), site) == 0
    return folder


def run(crawl: Crawl, site: LifeServer) -> int:
    return crawl.run(NOW=site.now.isoformat(), CAPTURE_IMAGES="none")


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in SHORT else pytest.mark.long) for name in SAYS],
)
def test_a_breakage_is_named_at_once_and_spoils_nothing(
    site: LifeServer, good: Path, tmp_path: Path, name: str
) -> None:
    folder = shutil.copytree(good, tmp_path / "archive")
    crawl = Crawl(folder, site.origin)
    before = held(crawl)

    site.now, site.breakage = MOMENTS[GOOD_DAYS], breakages(MOMENTS[GOOD_DAYS])[name]
    try:
        assert run(crawl, site) == Status.UNEXPECTED_PAGES
        assert SAYS[name] in crawl.stderr
        assert f"{site.origin}/" in crawl.stderr, "an address to look at"
        assert crawl.stderr.count("\n") == 1
        after = held(crawl)
        well = expected(site.story, MOMENTS[: GOOD_DAYS + 1])
        for number, states in before.items():
            assert after[number] in (states, well[number]), "what was held is as it was"

        # An hour later nothing is new about it, and nobody is told again.
        site.now += timedelta(hours=1)
        run(crawl, site)
        if name not in ("parked", "silent_feed"):
            assert crawl.stderr == ""
    finally:
        site.breakage = Breakage()

    site.now = MOMENTS[GOOD_DAYS + 1]
    assert run(crawl, site) == 0
    there = {post.id for post in site.story.at(site.now).listed}
    marked = {row[0] for row in crawl.rows("SELECT post_id FROM stories WHERE is_back_dated")}
    planted = held(crawl).keys() - there - before.keys()
    assert there <= held(crawl).keys()
    assert len(planted) == (300 if name == "hacked" else 0)
    assert len(marked & planted) >= len(planted) * 0.9
