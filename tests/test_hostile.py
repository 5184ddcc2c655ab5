"""Safe and polite from the first live contact on: each point against a server that misbehaves."""

import gzip
import itertools
import sqlite3
import time
from email.utils import formatdate

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

ARTICLES = "SELECT count(*) FROM articles"


def state_of(crawl: Crawl, number: int) -> tuple[str, str]:
    ((state, reason),) = crawl.rows(
        "SELECT state, reason FROM urls WHERE url LIKE ? AND same_as IS NULL",
        f"%/berita-{number}/",
    )
    return state, reason


# -- robots.txt (RFC 9309) ---------------------------------------------------------------------


def test_what_robots_txt_disallows_is_not_asked_for(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /berita-2/\n")
    assert crawl.run() == 0
    assert "/berita-2/" not in site.paths()
    assert state_of(crawl, 2) == ("skipped", "robots.txt")
    assert site.paths()[0] == "/robots.txt"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_no_page_is_asked_for_while_robots_txt_cannot_be_had(
    site: SmallSite, crawl: Crawl, status: int
) -> None:
    site.answers["/robots.txt"] = Answer(status=status)
    assert crawl.run() == Status.UNREACHABLE
    assert site.paths() == ["/robots.txt"]
    assert crawl.one("SELECT count(*) FROM captures") == 0
    assert crawl.rows("SELECT status FROM runs") == [(int(Status.UNREACHABLE),)]


def test_a_site_without_robots_txt_is_free(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer(status=404)
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 3


def test_a_redirect_of_robots_txt_is_followed(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer(status=301, headers={"Location": "/r.txt"})
    site.answers["/r.txt"] = Answer("User-agent: *\nDisallow: /berita-1/\n")
    assert crawl.run() == 0
    assert "/berita-1/" not in site.paths()


def test_a_site_closed_to_robots_is_left_alone(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /\n")
    assert crawl.run() == Status.FORBIDDEN
    assert site.paths() == ["/robots.txt"]
    assert "robots.txt forbids" in crawl.stderr


def test_a_home_page_that_lets_nobody_in_is_told(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/"] = Answer("Forbidden", status=403)
    assert crawl.run() == Status.FORBIDDEN


# -- pace --------------------------------------------------------------------------------------


def test_one_request_at_a_time_with_the_promised_gap(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 9))
    assert crawl.run(DOWNLOAD_DELAY=0.3) == 0
    assert site.most_in_flight == 1
    gaps = [b.at - a.at for a, b in itertools.pairwise(site.asked)]
    assert min(gaps) >= 0.29


def test_the_gap_is_kept_after_an_answer_that_took_long(site: SmallSite, crawl: Crawl) -> None:
    def slow(_before: int) -> Answer:
        time.sleep(0.5)
        return Answer(site.article(2))

    site.answers["/berita-2/"] = slow
    assert crawl.run(DOWNLOAD_DELAY=0.4) == 0
    began = site.paths().index("/berita-2/")
    assert site.asked[began + 1].at - site.asked[began].at >= 0.89


def test_the_gap_is_kept_after_a_request_without_an_answer(site: SmallSite, crawl: Crawl) -> None:
    def silent(_before: int) -> Answer:
        time.sleep(4)
        return Answer()

    site.answers["/berita-2/"] = silent
    assert crawl.run(DOWNLOAD_DELAY=0.5, DOWNLOAD_TIMEOUT=2, RETRY_DELAYS="86400") == 0
    began = site.paths().index("/berita-2/")
    assert site.asked[began + 1].at - site.asked[began].at >= 2.3


def test_crawl_delay_widens_the_gap(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.5\n")
    assert crawl.run() == 0
    gaps = [b.at - a.at for a, b in itertools.pairwise(site.asked)]
    assert min(gaps) >= 0.49


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
    assert crawl.one(ARTICLES) == 3
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


# -- nothing off the site ----------------------------------------------------------------------


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


# -- truncated and oversized answers -----------------------------------------------------------


def test_a_cut_gzip_body_is_never_an_article(site: SmallSite, crawl: Crawl) -> None:
    whole = gzip.compress(site.article(2).encode())
    # Every bit: the last byte of the deflated data is zero in one page of six.
    damaged = whole[:-9] + bytes([whole[-9] ^ 0xFF]) + whole[-8:]
    for number, body in ((1, whole[:-40]), (2, whole[:-4]), (3, damaged)):
        site.answers[f"/berita-{number}/"] = Answer(
            body, headers={"Content-Encoding": "gzip"}, length=len(body)
        )
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 0
    for number in (1, 2, 3):
        state, reason = state_of(crawl, number)
        assert state == "failed"
        assert "gzip body is cut short" in reason
    assert crawl.one("SELECT count(*) FROM captures WHERE url LIKE '%berita%'") >= 9


def test_a_short_body_is_never_an_article(site: SmallSite, crawl: Crawl) -> None:
    text = site.article(1)
    site.answers["/berita-1/"] = Answer(text[:400], length=len(text.encode()))
    site.answers["/berita-2/"] = lambda before: (
        Answer(site.article(2)[:300], length=5000) if before == 0 else Answer(site.article(2))
    )
    assert crawl.run() == 0
    assert state_of(crawl, 1)[0] == "failed"
    assert crawl.one(ARTICLES) == 2
    bodies = crawl.rows("SELECT article_body FROM articles")
    assert all(body.endswith("[Lay]") for (body,) in bodies)


def test_an_answer_beyond_the_limit_is_given_up(site: SmallSite, crawl: Crawl) -> None:
    bomb = gzip.compress(b"<p>" + b"A" * 40_000_000, 9)
    site.answers["/berita-1/"] = Answer(
        bomb, headers={"Content-Encoding": "gzip"}, length=len(bomb)
    )
    site.answers["/berita-2/"] = Answer(b"A" * 34_000_000, length=34_000_000)
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 1
    assert state_of(crawl, 1)[0] in ("failed", "skipped")
    assert state_of(crawl, 2)[0] == "failed"
    assert crawl.one("SELECT stats ->> '$.\"memusage/max\"' FROM runs") < 400_000_000


def test_a_server_that_never_answers_is_given_up(site: SmallSite, crawl: Crawl) -> None:
    def never(_: int) -> Answer:
        time.sleep(8)
        return Answer(site.article(1))

    site.answers["/berita-1/"] = never
    assert crawl.run(DOWNLOAD_TIMEOUT=1) == 0
    state, reason = state_of(crawl, 1)
    assert state == "failed"
    assert "Timeout" in reason
    assert crawl.one(ARTICLES) == 2


# -- text that is hostile ----------------------------------------------------------------------


def test_text_is_kept_as_published_and_its_html_is_inert(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(
        site.article(
            1,
            body="<p>'); DROP TABLE articles; -- &lt;script&gt;alert(1)&lt;/script&gt; "
            "\x08\u202e</p>"
            '<p onclick="x()">Warga <b>menanam</b> <a href="javascript:alert(1)">pohon</a>.'
            '<script>alert(1)</script><img src=x onerror="alert(1)"></p>',
        )
    )
    assert crawl.run() == 0
    ((text, html),) = crawl.rows(
        "SELECT article_body, article_body_html FROM articles WHERE url LIKE '%berita-1/'"
    )
    assert text.startswith("'); DROP TABLE articles; -- <script>alert(1)</script>")
    assert "Warga menanam pohon." in text
    for word in ("onclick", "onerror", "javascript:", "<script"):
        assert word not in html
    assert crawl.one(ARTICLES) == 3


def test_bytes_that_are_no_text_break_nothing(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(bytes(range(256)) * 40)
    site.answers["/berita-2/"] = Answer(b"")
    site.answers["/berita-3/"] = Answer("<div>" * 50_000)
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 0
    assert all(state_of(crawl, number)[0] == "skipped" for number in (1, 2, 3))


def test_a_redirect_that_turns_in_a_circle_ends(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(status=301, headers={"Location": "/berita-2/"})
    site.answers["/berita-2/"] = Answer(status=301, headers={"Location": "/berita-1/"})
    site.answers["/berita-3/"] = Answer(status=301, headers={"Location": "/berita-3"})
    site.answers["/berita-3"] = Answer(status=301, headers={"Location": "/berita-3"})
    assert crawl.run() == 0
    assert site.paths().count("/berita-1/") == 1
    assert site.paths().count("/berita-3") == 1


def test_an_endless_pagination_that_repeats_itself_ends(site: SmallSite, crawl: Crawl) -> None:
    def page(number: int) -> Answer:
        next_page = f'<a class="next page-numbers" href="/category/berita/page/{number}/">n</a>'
        return Answer(site.html("Berita", "archive category", site.entries([1, 2, 3]) + next_page))

    for number in range(1, 400):
        path = "/category/berita/" if number == 1 else f"/category/berita/page/{number}/"
        site.answers[path] = page(number + 1)
    assert crawl.run() == 0
    assert len([path for path in site.paths() if "category" in path]) < 30


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
