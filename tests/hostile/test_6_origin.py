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


def test_no_list_and_no_picture_leads_off_the_origin(site: SmallSite, crawl: Crawl) -> None:
    with SmallSite() as other:
        away = other.origin
        xml = f"<url><loc>{away}/berita-1/</loc></url>"
        outside = f'<!DOCTYPE urlset SYSTEM "{away}/x.dtd" [<!ENTITY x SYSTEM "{away}/x">]>'
        picture = (
            f'<figure><img src="{away}/a.jpg" srcset="{away}/b.jpg 2x, {away}/c.jpg 3x" '
            f'data-src="{away}/d.jpg"></figure><picture><source srcset="{away}/e.webp"></picture>'
            f'<iframe src="{away}/f/"></iframe><video poster="{away}/g.jpg" src="{away}/h.mp4">'
        )
        site.answers = {
            "/robots.txt": Answer(
                f"User-agent: *\nSitemap: {away}/sitemap.xml\nSitemap: {site.origin}/s.xml\n",
                content_type="text/plain",
            ),
            "/s.xml": Answer(
                f"{outside}<urlset>{xml}<url><loc>&x;</loc></url></urlset>",
                content_type="application/xml",
            ),
            "/feed/": Answer(
                f'<?xml version="1.0"?><rss version="2.0"><channel><item><link>{away}/berita-1/'
                f'</link><guid>{away}/?p=1</guid><enclosure url="{away}/i.mp3"/></item></channel>'
                "</rss>",
                content_type="application/rss+xml",
            ),
            "/wp-json/wp/v2/posts?_fields=id,link,date_gmt,modified_gmt&orderby=id&order=asc"
            "&per_page=100&page=1": Answer(
                f'[{{"id": 1, "link": "{away}/berita-1/", "date_gmt": "2019-10-02T03:15:00"}}]',
                headers={
                    "X-WP-Total": "1",
                    "X-WP-TotalPages": "1",
                    "Link": f'<{away}/>; rel="next"',
                },
                content_type="application/json",
            ),
            "/berita-3/": Answer(
                site.article(3, site.text(3) + picture).replace(
                    "<head>", f'<head><meta property="og:image" content="{away}/j.jpg">'
                )
            ),
        }
        assert crawl.run(CAPTURE_IMAGES="all") == 0
        assert other.asked == []
    assert crawl.one("SELECT count(*) FROM articles") == 3
    assert {"/s.xml", "/feed/"} <= set(site.paths())
    assert any(path.startswith("/wp-json/") for path in site.paths())
    assert all(site.origin in url for (url,) in crawl.rows("SELECT url FROM captures"))


def test_no_spelling_of_another_host_is_taken_for_the_site(site: SmallSite, crawl: Crawl) -> None:
    with SmallSite() as other:
        port = other.origin.rsplit(":", 1)[1]
        spelled = [
            f"http://127\u3002 0\u30020\u30021:{port}".replace(" ", ""), f"http://\uff11\uff12\uff17.0.0.1:{port}",
            f"http://\u24db\u24de\u24d2alhost:{port}", f"http://0177.0.0.1:{port}", f"http://127.1:{port}",
            f"http://017700000001:{port}", f"http:\\\\127.0.0.1:{port}", f"/\\127.0.0.1:{port}",
            f"///127.0.0.1:{port}", f"ht\ttp://127.0.0.1:{port}", f"http:127.0.0.1:{port}",
            f"{site.origin}@127.0.0.1:{port}", f"{site.origin}:80@127.0.0.1:{port}",
            f"{site.origin}\\@127.0.0.1:{port}", f"{site.origin}#@127.0.0.1:{port}",
        ]  # fmt: skip
        links = "".join(
            f'<article class="post hentry"><h2><a href="{at}/berita-{n}/">x</a></h2></article>'
            for n, at in enumerate(spelled, start=50)
        )
        site.answers["/category/berita/"] = Answer(
            site.listing(1).replace("</main>", links + "</main>")
        )
        for number, at in enumerate(spelled, start=1):
            site.numbers.append(number + 100)
            site.answers[f"/berita-{number + 100}/"] = Answer(
                status=302,
                headers={"Location": f"{at}/berita-{number + 100}/".encode().decode("latin-1")},
            )
        crawl.run()
        assert other.asked == []
