"""Promise 4: no truncated page is ever an article, and what came of it is kept."""

import gzip
import sqlite3
from collections.abc import Callable

import pytest

from tests.crawling import Crawl
from tests.hostile import wire
from tests.hostile.states import state_of
from tests.small_site import Answer, SmallSite

Cut = Callable[[str], Answer]


def short_length(page: str) -> Answer:
    """Content-Length says more than comes."""
    body = page.encode()
    return wire.bytes_then_close(wire.head(Content_Length=len(body)) + body[:-60])


def broken_chunk(page: str) -> Answer:
    """A chunk that is shorter than it says, and the end of the connection."""
    body = page.encode()
    start = wire.head(Transfer_Encoding="chunked")
    return wire.bytes_then_close(start + b"%x\r\n%s" % (len(body), body[:-60]))


def no_last_chunk(page: str) -> Answer:
    """Whole chunks, but not the one that ends the body."""
    body = page.encode()
    start = wire.head(Transfer_Encoding="chunked")
    return wire.bytes_then_close(start + b"%x\r\n%s\r\n" % (len(body) - 60, body[:-60]))


def reset_in_mid_body(page: str) -> Answer:
    body = page.encode()
    return wire.reset(wire.head(Content_Length=len(body)) + body[:-60])


def closed_without_length(page: str) -> Answer:
    """Nothing says how long the body is, but its last tag is missing."""
    return wire.bytes_then_close(wire.head(Connection="close") + page.encode()[:-60])


def cut_gzip(page: str) -> Answer:
    """The framing is right, the gzip member is not whole."""
    return wire.cut_gzip(page, 40)


def cut_gzip_trailer(page: str) -> Answer:
    return wire.cut_gzip(page, 4)


def damaged_gzip(page: str) -> Answer:
    """Of the right length, but one byte of the text is another."""
    whole = gzip.compress(page.encode(), mtime=0)
    # Every bit: the last byte of the deflated data is zero in one page of six.
    return wire.gzipped(whole[:-9] + bytes([whole[-9] ^ 0xFF]) + whole[-8:])


CUTS: list[Cut] = [
    short_length, broken_chunk, no_last_chunk, reset_in_mid_body, closed_without_length,
    cut_gzip, cut_gzip_trailer, damaged_gzip,
]  # fmt: skip


def cut_all(site: SmallSite) -> None:
    """Article n answers as CUTS[n - 1] does, article 9 is well."""
    site.numbers = list(range(1, len(CUTS) + 2))
    for number, cut in enumerate(CUTS, start=1):
        site.answers[f"/berita-{number}/"] = cut(site.article(number))


def test_a_page_that_is_always_cut_short_has_failed_and_what_came_is_kept(
    site: SmallSite, crawl: Crawl
) -> None:
    cut_all(site)
    assert crawl.run() == 0
    assert crawl.rows("SELECT url FROM articles") == [(f"{site.origin}/berita-9/",)]
    for number, cut in enumerate(CUTS, start=1):
        state, reason = state_of(crawl, number)
        assert state == "failed", cut.__name__
        assert "cut short" in reason, cut.__name__
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
