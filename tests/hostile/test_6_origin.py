"""Promise 6: no connection leaves the configured origin, through any channel or spelling."""

import sqlite3

from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.hostile.states import state_of
from tests.small_site import Answer, SmallSite


def test_no_connection_leaves_the_origin(site: SmallSite, crawl: Crawl) -> None:
    with SmallSite() as other:
        port = other.origin.rsplit(":", 1)[1]
        elsewhere = [
            other.origin, f"http://localhost:{port}", f"http://2130706433:{port}",
            f"http://0x7f.1:{port}", f"http://[::ffff:127.0.0.1]:{port}", f"//127.0.0.1:{port}",
            f"http://{site.origin.removeprefix('http://')}@127.0.0.1:{port}",
            f"http://127.0.0.1:{port}\\@{site.origin.removeprefix('http://')}",
        ]  # fmt: skip
        links = "".join(
            f'<article class="post hentry"><h2><a href="{at}/berita-{n}/">x</a></h2></article>'
            for n, at in enumerate(elsewhere, start=50)
        )
        links += (
            f'<a class="next page-numbers" href="{other.origin}/category/berita/page/2/">n</a>'
        )
        site.answers["/category/berita/"] = Answer(
            site.listing(1).replace("</main>", links + "</main>")
        )
        site.answers["/berita-1/"] = Answer(
            status=302, headers={"Location": f"{other.origin}/berita-1/"}
        )
        site.answers["/berita-2/"] = Answer(
            site.article(2).replace(
                "<head>",
                f'<head><base href="{other.origin}/"><meta http-equiv="refresh" '
                f'content="0; url={other.origin}/x/"><link rel="canonical" '
                f'href="{other.origin}/berita-2/">',
            ),
            headers={"Refresh": f"0; url={other.origin}/y/"},
        )
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
