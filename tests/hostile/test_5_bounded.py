"""Promise 5: no answer takes more of us than is set: memory, bytes and time are bounded."""

import gzip

from tests.crawling import Crawl
from tests.hostile import measureless, wire
from tests.hostile.conftest import Weigh
from tests.hostile.states import state_of
from tests.small_site import SmallSite

MOST_MEMORY = 400
"""MB resident."""

MOST_TAKEN = (32 + 8) * 1024 * 1024
"""Bytes of one answer: what is set, and what the system may hold in its buffers."""


def test_pages_without_measure_take_no_more_than_is_set(
    site: SmallSite, crawl: Crawl, weigh: Weigh
) -> None:
    endless = measureless.pages(site)
    status, megabytes = weigh()
    assert status == 0
    assert megabytes <= MOST_MEMORY
    assert endless.taken <= MOST_TAKEN
    assert state_of(crawl, 1) == ("failed", "too large")
    assert state_of(crawl, 2) == ("failed", "too large")
    for number in (3, 4, 5, 6):
        assert state_of(crawl, number)[0] == "stored", number
    bodies = crawl.rows("SELECT article_body FROM articles")
    assert all("Warga nomor" in body for (body,) in bodies)


def test_a_body_that_is_coded_over_and_over_is_not_undone(site: SmallSite, crawl: Crawl) -> None:
    body = site.article(1).encode()
    for _ in range(6):
        body = gzip.compress(body)
    site.answers["/berita-1/"] = wire.coded(", ".join(["gzip"] * 6), body)
    assert crawl.run(RETRY_DELAYS="0.1") == 0
    assert state_of(crawl, 1) == ("failed", "ResponseDataLossError: the body is coded 6 times × 2")


def test_lists_without_measure_take_no_more_than_is_set(
    site: SmallSite, crawl: Crawl, weigh: Weigh
) -> None:
    endless = measureless.lists(site)
    status, megabytes = weigh()
    assert status == 0
    assert megabytes <= MOST_MEMORY
    assert endless.taken <= MOST_TAKEN
    assert crawl.one("SELECT count(*) FROM articles") == 3
    sources = dict(crawl.rows("SELECT url, reason FROM urls WHERE kind = 'source'"))
    assert sources[f"{site.origin}/a.xml"] == "too large"
    # Of what inflates without end so much is read as of any other list.
    assert sources[f"{site.origin}/c.xml"] is None
    assert crawl.one("SELECT count(*) FROM shown WHERE source = 'sitemap'") == 1


def test_answers_that_take_for_ever_are_given_up_and_closed(site: SmallSite, crawl: Crawl) -> None:
    never = wire.Silence()
    never_goes_on = wire.Silence(wire.head(Content_Length=5000) + site.article(2)[:300].encode())
    dripping = wire.drip(wire.head(Content_Length=5000) + site.article(3).encode(), 0.05)
    site.numbers = [1, 2, 3, 4]
    site.answers = {
        "/berita-1/": never,
        "/berita-2/": never_goes_on,
        "/berita-3/": dripping,
    }
    assert crawl.run(DOWNLOAD_TIMEOUT=1, RETRY_DELAYS="0.1") == 0
    assert crawl.one("SELECT count(*) FROM articles") == 1
    for number in (1, 2, 3):
        state, reason = state_of(crawl, number)
        assert state == "failed"
        assert "Timeout" in reason
        assert site.paths().count(f"/berita-{number}/") == 2
    # A connection that is only forgotten would stay open until the process ends, and longer here.
    assert never.held == never_goes_on.held == 2
    assert never.closed_after < 1.5
    assert never_goes_on.closed_after < 1.5
