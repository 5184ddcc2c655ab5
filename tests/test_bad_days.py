"""A site on a bad day: guards, challenges, maintenance, circles. Nothing is lost for good."""

from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

ARTICLES = "SELECT count(*) FROM articles"
CHALLENGE = Answer(
    "<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript"
    "</noscript>"
    "<p>Checking your browser before accessing the site.</p></body></html>"
)
MAINTENANCE = Answer("<html><title>Maintenance</title><body><h1>Maintenance</h1></body></html>")
ONE_DAY = "0.1,86400"


def spoil(site: SmallSite, answer: Answer, numbers: range) -> None:
    site.answers |= {f"/berita-{number}/": answer for number in numbers}


@pytest.mark.parametrize("status", [401, 403])
def test_a_guard_that_shuts_us_out_ends_the_run_and_loses_nothing(
    site: SmallSite, crawl: Crawl, status: int
) -> None:
    site.numbers = list(range(1, 31))
    spoil(site, Answer("Forbidden", status=status), range(1, 26))
    assert crawl.run(LATER_DELAYS=ONE_DAY) == Status.FORBIDDEN
    assert f"answered {status}" in crawl.stderr
    assert len([path for path in site.paths() if path.startswith("/berita-")]) < 25
    site.answers.clear()
    assert crawl.run(LATER_DELAYS="0.1,0.1", NOW="2099-01-01T00:00:00+00:00") == 0
    assert crawl.one(ARTICLES) == 30


@pytest.mark.parametrize("answer", [CHALLENGE, MAINTENANCE, Answer(""), Answer("<html></html>")])
def test_pages_that_are_none_today_are_asked_for_again(
    site: SmallSite, crawl: Crawl, answer: Answer
) -> None:
    site.numbers = list(range(1, 31))
    spoil(site, answer, range(1, 26))
    assert crawl.run(LATER_DELAYS=ONE_DAY) == Status.UNEXPECTED_PAGES
    assert "no articles" in crawl.stderr
    held = crawl.one(ARTICLES)
    assert crawl.one("SELECT count(*) FROM captures WHERE url LIKE '%berita-%'") > held
    site.answers.clear()
    assert crawl.run(NOW="2099-01-01T00:00:00+00:00") == 0
    assert crawl.one(ARTICLES) == 30


@pytest.mark.parametrize("bad", [Answer(""), CHALLENGE, Answer(status=403), Answer(status=404)])
@pytest.mark.parametrize("page", ["", "page/2/"])
def test_a_bad_answer_of_a_listing_hides_nothing_for_good(
    site: SmallSite, crawl: Crawl, bad: Answer, page: str
) -> None:
    site.numbers = list(range(1, 36))
    path = f"/category/berita/{page}"
    site.answers[path] = lambda before: (
        bad if before == 0 else Answer(site.listing(2 if page else 1))
    )
    then = "2019-11-01T10:00:00+00:00"
    assert crawl.run(NOW=then) == 0
    if page and bad.status == 404:
        # Past the end of a list a 404 is the rule: only a deep run looks again.
        assert crawl.run("-a", "deep=1", NOW=then) == 0
    assert crawl.one(ARTICLES) == 35


def parts(site: SmallSite, numbers: tuple[int, ...]) -> str:
    links = "".join(
        f'<a class="post-page-numbers" href="{site.origin}/berita-1/{n}/">{n}</a>' for n in numbers
    )
    return site.article(1, body=f'<p>Halaman satu.</p><div class="page-links">1 {links}</div>')


def page_of(site: SmallSite, number: int) -> Answer:
    return Answer(site.article(1, body=f"<p>Halaman nomor {number} yang asli.</p>"))


def test_a_challenge_in_place_of_a_part_is_never_text(site: SmallSite, crawl: Crawl) -> None:
    site.answers |= {
        "/berita-1/": Answer(parts(site, (2,))),
        "/berita-1/2/": lambda before: CHALLENGE if before == 0 else page_of(site, 2),
    }
    assert crawl.run() == 0
    body = crawl.one("SELECT article_body FROM articles WHERE url LIKE '%berita-1/'")
    assert body == "Halaman satu.\n\nHalaman nomor 2 yang asli."


def test_an_article_that_loses_a_page_loses_its_text(site: SmallSite, crawl: Crawl) -> None:
    site.answers |= {f"/berita-1/{n}/": page_of(site, n) for n in (2, 3)}
    query = "SELECT article_body FROM articles WHERE url LIKE '%berita-1/'"
    site.answers["/berita-1/"] = Answer(parts(site, (2, 3)))
    assert crawl.run() == 0
    assert "nomor 3" in crawl.one(query)
    site.answers["/berita-1/"] = Answer(parts(site, (2,)))
    assert crawl.run("-a", f"url={site.origin}/berita-1/") == 0
    assert crawl.one(query) == "Halaman satu.\n\nHalaman nomor 2 yang asli."
    assert crawl.one("SELECT count(*) FROM revisions WHERE article_id = 1") >= 1


def test_a_lost_capture_is_told_and_no_fault_of_the_program(site: SmallSite, crawl: Crawl) -> None:
    site.answers |= {"/berita-1/": Answer(parts(site, (2,))), "/berita-1/2/": Answer(status=503)}
    assert crawl.run(RETRY_DELAYS=ONE_DAY) == 0
    for path in (crawl.archive.parent / "warc").iterdir():
        path.unlink()
    site.answers["/berita-1/2/"] = page_of(site, 2)
    assert crawl.run(NOW="2099-01-01T00:00:00+00:00") == Status.NO_ARCHIVE
    assert "capture" in crawl.stderr


def test_spellings_that_lead_in_a_circle_end(site: SmallSite, crawl: Crawl) -> None:
    site.answers |= {
        "/berita-1/": Answer(status=301, headers={"Location": "/berita-1"}),
        "/berita-1": Answer(status=301, headers={"Location": "/berita-1/"}),
    }
    assert crawl.run() == 0
    assert len([path for path in site.paths() if path.strip("/") == "berita-1"]) <= 5
    assert crawl.rows("SELECT state, reason FROM urls WHERE url LIKE '%berita-1/'") == [
        ("failed", "redirects in a circle")
    ]


def test_a_location_in_raw_utf_8_is_followed(site: SmallSite, crawl: Crawl) -> None:
    raw = "/kabar-é/".encode().decode("latin-1")
    site.answers |= {
        "/berita-1/": Answer(status=301, headers={"Location": raw}),
        "/kabar-%C3%A9/": Answer(site.article(1)),
    }
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 3


def test_half_a_character_in_json_ld_costs_nothing(site: SmallSite, crawl: Crawl) -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", '
        '"description": "a\\u0000b \\udc00 c", "keywords": ["k\\ud800"]}</script></head>'
    )
    site.answers["/berita-1/"] = Answer(site.article(1).replace("</head>", script))
    assert crawl.run() == 0
    assert crawl.one("SELECT description FROM articles WHERE url LIKE '%berita-1/'") == "ab � c"


def test_pages_that_are_broken_for_good_do_not_stop_the_others(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 41))
    spoil(site, Answer(status=500), range(20, 31))
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 29


@pytest.mark.parametrize("delay", ["inf", "-1", "nan", "lama"])
def test_a_delay_that_cannot_be_kept_is_refused(site: SmallSite, crawl: Crawl, delay: str) -> None:
    assert crawl.run(DOWNLOAD_DELAY=delay) == Status.MISCONFIGURED
    assert site.asked == []


def test_a_crawl_delay_beyond_patience_is_told(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 1000000\n")
    assert crawl.run() == Status.FORBIDDEN
    assert "1000000 seconds" in crawl.stderr


def test_a_section_that_does_not_exist_is_told_with_those_that_do(
    site: SmallSite, crawl: Crawl
) -> None:
    assert crawl.run("-a", "section=brita") == Status.USAGE
    assert "berita" in crawl.stderr


def test_the_archive_is_the_only_way_out(site: SmallSite, crawl: Crawl, tmp_path: Path) -> None:
    assert crawl.run("-o", str(tmp_path / "out.jsonl")) == Status.USAGE
    assert site.asked == []


@pytest.mark.parametrize("path", ["/tag/x/", "/category/berita/", "/"])
def test_an_address_that_is_no_article_s_is_told_before_anything_is_asked(
    site: SmallSite, crawl: Crawl, path: str
) -> None:
    assert crawl.run("-a", f"url={site.origin}{path}") == Status.USAGE
    assert site.asked == []
    assert not crawl.archive.exists()
