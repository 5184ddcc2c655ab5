"""Promise 4: no truncated page is ever an article, and what came of it is kept."""

import gzip
import sqlite3
import zlib
from collections.abc import Callable

import brotli
import pytest

from tests.commanding import run
from tests.crawling import Crawl
from tests.hostile import wire
from tests.hostile.cuts import CUTS, Cut, cut_all, damaged_gzip, short_length
from tests.hostile.states import state_of
from tests.small_site import Answer, SmallSite


def test_a_page_that_is_always_cut_short_has_failed_and_what_came_is_kept(
    site: SmallSite, crawl: Crawl
) -> None:
    cut_all(site)
    assert crawl.run() == 65, "so many that the run raises an alarm"
    assert crawl.rows("SELECT url FROM articles") == [(f"{site.origin}/berita-{len(CUTS) + 1}/",)]
    for number, cut in enumerate(CUTS, start=1):
        state, reason = state_of(crawl, number)
        assert state == "failed", cut.__name__
        # What a damaged byte says depends on which it is.
        assert "cut short" in reason or (cut is damaged_gzip and "not readable" in reason), reason
        assert reason.endswith("× 3"), "tried again, and again"
        captures = crawl.one(
            "SELECT count(*) FROM captures WHERE url LIKE ?", f"%/berita-{number}/"
        )
        assert captures == 3, cut.__name__


def test_a_capture_that_is_cut_short_says_so(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = short_length(site.article(1))
    assert crawl.run() == 0
    ((file, offset),) = crawl.rows(
        "SELECT warc_file, warc_offset FROM captures WHERE url LIKE '%/berita-1/' LIMIT 1"
    )
    record = gzip.decompress((crawl.warc / file).read_bytes()[offset:])
    assert b"\r\nWARC-Truncated: disconnect\r\n" in record
    assert site.article(1).encode()[:-60] in record


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.__name__)
def test_a_page_that_comes_whole_the_second_time_is_stored(
    site: SmallSite, crawl: Crawl, cut: Cut
) -> None:
    site.answers["/berita-1/"] = lambda before: (
        Answer(site.article(1)) if before else cut(site.article(1))
    )
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3
    assert crawl.one("SELECT article_body FROM articles WHERE url LIKE '%-1/'").endswith("[Lay]")


def test_a_body_that_only_the_connection_ends_is_whole_with_its_last_tag(
    site: SmallSite, crawl: Crawl
) -> None:
    site.answers["/berita-1/"] = wire.bytes_then_close(
        wire.head(Connection="close") + site.article(1).encode()
    )
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3


@pytest.mark.parametrize("coding", ["utf-8", "identity"])
def test_a_body_that_only_the_connection_ends_is_no_whole_one_for_being_called_coded(
    site: SmallSite, crawl: Crawl, coding: str
) -> None:
    start = wire.head(Connection="close", Content_Encoding=coding)
    site.answers["/berita-1/"] = wire.bytes_then_close(start + site.article(1).encode()[:-60])
    assert crawl.run() == 0
    assert state_of(crawl, 1)[0] == "failed"


def test_a_redirect_that_only_the_connection_ends_is_followed(
    site: SmallSite, crawl: Crawl
) -> None:
    site.answers["/berita-1/"] = wire.bytes_then_close(
        wire.head(301, Location=f"{site.origin}/berita-satu/", Connection="close")
    )
    site.answers["/berita-satu/"] = Answer(site.article(1))
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3


def test_what_is_cut_short_is_not_read_out_of_its_capture(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = short_length(site.article(1))
    assert crawl.run() == 0
    del site.answers["/berita-1/"]
    # As a kill leaves it between the capture and what became of it.
    with sqlite3.connect(crawl.archive) as connection:
        connection.executescript(
            """UPDATE captures SET waiting = 1 WHERE id = (
                   SELECT max(id) FROM captures WHERE url LIKE '%/berita-1/');
               UPDATE urls SET state = 'pending', next_at = '2019' WHERE url LIKE '%/berita-1/'"""
        )
    connection.close()
    asked = site.paths().count("/berita-1/")
    assert crawl.run() == 0
    assert site.paths().count("/berita-1/") == asked + 1
    assert crawl.one("SELECT article_body FROM articles WHERE url LIKE '%-1/'").endswith("[Lay]")


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("GZIP", gzip.compress),
        ("gzip, gzip", lambda body: gzip.compress(gzip.compress(body))),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("identity", bytes),
        ("utf-8", bytes),  # some servers call the charset a coding; browsers leave it alone
        ("utf-8, gzip", gzip.compress),
    ],
)
def test_a_page_in_a_coding_that_was_not_asked_for_is_read_and_read_again(
    site: SmallSite, crawl: Crawl, coding: str, encode: Callable[[bytes], bytes]
) -> None:
    site.answers["/berita-1/"] = wire.coded(coding, encode(site.article(1).encode()))
    assert crawl.run() == 0
    assert crawl.one("SELECT article_body FROM articles WHERE url LIKE '%-1/'").endswith("[Lay]")
    done = run(crawl, "reparse", "--all", "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
