"""Promise 6: no connection leaves the configured origin, through any channel or spelling."""

import sqlite3

from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.hostile import elsewhere
from tests.hostile.states import state_of
from tests.small_site import Answer, SmallSite


def test_no_connection_leaves_the_origin(site: SmallSite, crawl: Crawl) -> None:
    with SmallSite() as other:
        elsewhere.lead_away(site, other.origin)
        assert crawl.run() == 0
        assert other.asked == []
    state, reason = state_of(crawl, 1)
    assert state == "skipped"
    assert reason.startswith("redirects off the site")
    assert crawl.rows("SELECT url FROM articles WHERE headline LIKE '%2'") == [
        (f"{site.origin}/berita-2/",)
    ]


def test_a_home_page_that_redirects_away_is_told(site: SmallSite, crawl: Crawl) -> None:
    with SmallSite() as other:
        site.answers["/"] = Answer(status=301, headers={"Location": f"{other.origin}/"})
        assert crawl.run() == Status.MISCONFIGURED
        assert other.asked == []
    assert not crawl.archive.exists()


def test_even_a_row_that_names_another_origin_is_not_asked_for(
    site: SmallSite, crawl: Crawl
) -> None:
    assert crawl.run() == 0
    with SmallSite() as other:
        with sqlite3.connect(crawl.archive) as connection:
            connection.execute(
                "UPDATE urls SET ask_as = ?, next_at = '2019' WHERE url LIKE '%berita-1/'",
                [f"{other.origin}/berita-1/"],
            )
        connection.close()
        assert crawl.run() == 0
        assert other.asked == []
    assert state_of(crawl, 1) == ("skipped", "off the site")


def test_no_list_and_no_picture_leads_off_the_origin(site: SmallSite, crawl: Crawl) -> None:
    with SmallSite() as other:
        elsewhere.show_things_elsewhere(site, other.origin)
        assert crawl.run(CAPTURE_IMAGES="all") == 0
        assert other.asked == []
    assert crawl.one("SELECT count(*) FROM articles") == 3
    assert {"/s.xml", "/feed/"} <= set(site.paths())
    assert any(path.startswith("/wp-json/") for path in site.paths())
    assert all(site.origin in url for (url,) in crawl.rows("SELECT url FROM captures"))


def test_no_spelling_of_another_host_is_taken_for_the_site(site: SmallSite, crawl: Crawl) -> None:
    with SmallSite() as other:
        elsewhere.spell_another_host(site, other.origin)
        crawl.run()
        assert other.asked == []
