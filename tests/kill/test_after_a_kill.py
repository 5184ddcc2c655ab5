"""What the next run makes of one kill, and what others see in between."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest

from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.statuses import Status
from tests.crawling import ROOT, Crawl
from tests.kill import child
from tests.kill.compare import faults
from tests.small_site import Answer, SmallSite

THEN = "2019-11-01T10:00:00+00:00"
"""When the articles of the small site are new."""


def die(crawl: Crawl, point: str, nth: int, *more: str, **settings: Any) -> None:
    """A run that dies the nth time that it comes to a point."""
    argv = crawl.argv(*more, **settings)
    argv = [sys.executable, "-m", "tests.kill.child", point, str(nth), "0.5", *argv[3:]]
    assert subprocess.run(argv, cwd=ROOT).returncode == -signal.SIGKILL


def test_a_killed_archive_is_read_at_once_and_whole(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 21))
    die(crawl, child.COMMIT_BEFORE, 30)
    with closing(open_readonly(crawl.archive)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        held = database.execute("SELECT count(*) FROM articles").fetchone()[0]
    assert 0 < held < 20
    with closing(sqlite3.connect(crawl.archive)) as connection:
        assert connection.execute("SELECT count(*) FROM stories").fetchone()[0] == held
    assert crawl.rows("SELECT finished_at, status FROM runs") == [(None, None)]


def test_a_page_that_was_captured_is_not_asked_for_again(site: SmallSite, crawl: Crawl) -> None:
    # robots.txt, home page, three sources that are not there, listing; then the articles, of which
    # what the second one was to be told of is lost.
    die(crawl, child.WARC_AFTER, 8)
    asked = site.paths()
    assert asked[-1].startswith("/berita-")
    # The newsroom has changed it since: what was captured is what it was.
    number = int(asked[-1].strip("/").removeprefix("berita-"))
    site.answers[asked[-1]] = Answer(site.article(number, "<p>Lain sekali.</p>"))
    assert crawl.run() == 0
    assert site.paths().count(asked[-1]) == 1
    assert crawl.one("SELECT count(*) FROM articles") == 3
    assert "Lain sekali" not in crawl.one(
        "SELECT article_body FROM articles WHERE url LIKE '%' || ?", asked[-1]
    )
    assert crawl.one("SELECT count(*) FROM captures WHERE waiting = 1") == 0


def test_a_page_that_robots_txt_forbids_since_is_kept_and_not_read(
    site: SmallSite, crawl: Crawl
) -> None:
    die(crawl, child.WARC_AFTER, 8)
    forbidden = site.paths()[-1]
    site.answers["/robots.txt"] = Answer(f"User-agent: *\nDisallow: {forbidden}\n")
    assert crawl.run() == 0
    assert crawl.rows("SELECT state, reason FROM urls WHERE url LIKE '%' || ?", forbidden) == [
        ("skipped", "robots.txt")
    ]
    assert crawl.one("SELECT count(*) FROM captures WHERE url LIKE '%' || ?", forbidden) == 1
    assert crawl.one("SELECT count(*) FROM articles") == 2


@pytest.mark.parametrize("nth", [2, 3])
def test_a_first_run_killed_before_it_settled_anything_leaves_no_capture_without_a_row(
    site: SmallSite, crawl: Crawl, nth: int
) -> None:
    die(crawl, child.WARC_AFTER, nth)
    assert crawl.run() == 0
    assert len(crawl.warc_files()) == 1
    assert faults(crawl.archive) == []


def test_what_a_killed_update_had_begun_is_brought_to_its_end(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 12))
    assert crawl.run(NOW=THEN) == 0
    site.numbers = list(range(1, 37))
    # robots.txt, home page, pages 1 and 2 of the listing: then it is over; the sources that were
    # not there are not asked again.
    die(crawl, child.WARC_BEFORE, 5, NOW=THEN)
    assert crawl.run(NOW=THEN) == 0
    assert crawl.one("SELECT count(*) FROM articles") == 36


def test_a_run_that_cannot_read_its_captures_asks_for_nothing(
    site: SmallSite, crawl: Crawl
) -> None:
    assert crawl.run() == 0
    asked = len(site.asked)
    (path,) = crawl.warc_files()
    path.with_name(path.name.replace("-00000.", "-00001.")).mkdir()
    assert crawl.run() == Status.IO_ERROR
    assert "cannot read captures" in crawl.stderr
    assert crawl.stderr.count("\n") == 1
    assert len(site.asked) == asked
