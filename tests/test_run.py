"""One run of the real command: what it stores, how it ends, what it says."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from borneone_crawler.discovery.sitemaps import DEFAULT_PATH
from borneone_crawler.statuses import Status
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, Gate, SmallSite

ARTICLES = "SELECT count(*) FROM articles"


def test_a_first_run_stores_every_article_and_a_second_one_nothing(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 26))
    assert crawl.run() == 0
    assert crawl.stderr == ""
    assert crawl.one(ARTICLES) == 25
    first = len(site.asked)
    before = crawl.rows("SELECT * FROM articles ORDER BY id")
    assert crawl.run() == 0
    assert crawl.rows("SELECT * FROM articles ORDER BY id") == before
    # robots.txt, home page, first page of the one listing: nothing new, so no further.
    assert site.paths()[first:] == ["/robots.txt", "/", "/category/berita/"]
    assert crawl.rows("SELECT status, reason FROM runs") == [(0, "complete")] * 2


def test_what_is_new_is_found_over_several_pages_of_a_listing(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 31))
    assert crawl.run() == 0
    site.numbers = list(range(1, 46))
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 45
    assert "/category/berita/page/2/" in site.paths()


def test_a_deep_run_walks_every_listing_to_its_end(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 36))
    assert crawl.run() == 0
    site.asked.clear()
    assert crawl.run("-a", "deep=1") == 0
    assert [path for path in site.paths() if "category" in path] == [
        "/category/berita/", *(f"/category/berita/page/{n}/" for n in (2, 3, 4)),
    ]  # fmt: skip


def test_every_response_is_captured_and_readable(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM captures") == len(site.asked)
    for path in (crawl.archive.parent / "warc").iterdir():
        subprocess.run(
            [Path(sys.executable).with_name("warcio"), "check", path],
            check=True,
            capture_output=True,
        )


def test_a_category_that_only_the_sitemap_names_is_walked(site: SmallSite, crawl: Crawl) -> None:
    xml = "application/xml; charset=UTF-8"
    site.answers |= {
        "/robots.txt": Answer(f"Sitemap: {site.origin}/wp-sitemap.xml"),
        "/": Answer(site.html("BorneOneTV", "home")),
        "/wp-sitemap.xml": Answer(
            f"<sitemapindex><sitemap><loc>{site.origin}/wp-sitemap-posts-post-1.xml</loc></sitemap>"
            f"<sitemap><loc>{site.origin}/wp-sitemap-taxonomies-category-1.xml</loc></sitemap>"
            "<sitemap><loc>https://lain.example/category-sitemap.xml</loc></sitemap>"
            "</sitemapindex>",
            content_type=xml,
        ),
        "/wp-sitemap-taxonomies-category-1.xml": Answer(
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>'
            f"{site.origin}/category/berita/</loc></url></urlset>",
            content_type=xml,
        ),
    }
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 3
    site.asked.clear()
    assert crawl.run() == 0
    assert "/wp-sitemap-taxonomies-category-1.xml" not in site.paths()


@pytest.mark.parametrize("path", ["/wp-sitemap.xml", "/peta-situs.xml"])
def test_a_sitemap_is_asked_for_where_robots_txt_or_else_wordpress_has_it(
    site: SmallSite, crawl: Crawl, path: str
) -> None:
    if path != DEFAULT_PATH:
        site.answers["/robots.txt"] = Answer(f"Sitemap: {site.origin}{path}")
    site.answers |= {
        path: Answer(f"<urlset><url><loc>{site.origin}/berita-4/</loc></url></urlset>"),
        "/berita-4/": Answer(site.article(4)),
    }
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 4


def test_one_listing_under_several_addresses_is_walked_once(site: SmallSite, crawl: Crawl) -> None:
    more = "".join(
        f'<a href="{site.origin}/category/{path}/">Berita</a>'
        for path in ("utama/berita", "daerah/berita", "berita/page/1")
    )
    site.answers["/"] = Answer(site.home().replace("</nav>", f"{more}</nav>"))
    assert crawl.run() == 0
    assert len([path for path in site.paths() if "category" in path]) == 1
    assert crawl.one("SELECT count(*) FROM urls WHERE kind = 'listing' AND same_as IS NULL") == 1


def test_one_url_alone_can_be_archived(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run("-a", f"url={site.origin}/berita-2?utm_source=wa") == 0
    assert crawl.rows("SELECT url FROM articles") == [(f"{site.origin}/berita-2/",)]
    assert not any("category" in path for path in site.paths())
    assert crawl.run("-a", "url=https://lain.example/x/") == Status.USAGE


def test_one_section_alone_can_be_looked_through(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/"] = Answer(
        site.home().replace("</nav>", f'<a href="{site.origin}/category/lain/">Lain</a></nav>')
    )
    assert crawl.run("-a", "section=berita") == 0
    assert crawl.one(ARTICLES) == 3
    assert not any("lain" in path for path in site.paths())


def test_a_deep_run_tries_again_what_was_given_up(site: SmallSite, crawl: Crawl) -> None:
    site.answers |= {
        "/robots.txt": Answer("User-agent: *\nDisallow: /berita-3/\n"),
        "/berita-1/": Answer(status=500),
        "/berita-2/": Answer(status=404),
    }
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 0
    assert crawl.run(NOW="2099-01-01T00:00:00+00:00", ABSENCE_DELAYS="0.1") == 0
    site.answers.clear()
    assert crawl.run(NOW="2099-01-01T12:00:00+00:00") == 0
    assert crawl.one(ARTICLES) == 0
    assert crawl.run("-a", "deep=1", NOW="2099-01-01T13:00:00+00:00") == 0
    assert crawl.one(ARTICLES) == 3


# -- the wrong start ---------------------------------------------------------------------------


def test_a_home_page_that_is_not_the_newsroom_stops_the_run(site: SmallSite, crawl: Crawl) -> None:
    for_sale = site.html("borneonetv.com is for sale", "parked").replace(" &#8211; BorneOneTV", "")
    site.answers["/"] = Answer(for_sale)
    assert crawl.run() == Status.MISCONFIGURED
    assert crawl.stderr.count("\n") == 1
    assert site.origin in crawl.stderr
    assert "is for sale" in crawl.stderr
    assert "base_url in archive/local.toml" in crawl.stderr
    assert not crawl.archive.exists()
    assert not (crawl.archive.parent / "warc").exists()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/feed/", Answer("<rss><channel><title>BorneOneTV</title></channel></rss>")),
        ("/wp-json/", Answer('{"name": "BorneOneTV"}', content_type="application/json")),
        ("/", Answer('<html><head><meta property="og:site_name" content="BorneOneTV"></head>')),
        (
            "/",
            Answer(
                '<html><head><script type="application/ld+json">{"@graph": [{"@type": '
                '"Organization", "name": "BorneOneTV"}]}</script></head>'
            ),
        ),
    ],
)
def test_the_outlet_may_be_named_in_any_of_the_known_places(
    site: SmallSite, crawl: Crawl, path: str, answer: Answer
) -> None:
    site.answers["/"] = Answer("<html><title>Beranda</title></html>")
    site.answers[path] = answer
    assert crawl.run() == 0


def test_an_archive_that_exists_keeps_what_it_has_when_the_site_is_another(
    site: SmallSite, crawl: Crawl
) -> None:
    assert crawl.run() == 0
    captures = crawl.one("SELECT count(*) FROM captures")
    site.answers["/"] = Answer("<html><title>Toko Obat</title></html>")
    assert crawl.run() == Status.UNEXPECTED_PAGES
    assert "Toko Obat" in crawl.stderr
    assert crawl.one(ARTICLES) == 3
    assert crawl.one("SELECT count(*) FROM captures") == captures
    assert crawl.one("SELECT status FROM runs ORDER BY id DESC LIMIT 1") == Status.UNEXPECTED_PAGES


def test_no_server_is_told_and_the_right_address_then_works(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(BASE_URL="http://127.0.0.1:1") == Status.UNREACHABLE
    assert "cannot reach 127.0.0.1:1" in crawl.stderr
    assert crawl.run() == 0
    assert crawl.one("SELECT base_url FROM archive") == site.origin


def test_an_archive_of_another_site_is_refused(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    with SmallSite() as other:
        assert crawl.run(BASE_URL=other.origin) == Status.MISCONFIGURED
        assert other.asked == []
    assert site.origin in crawl.stderr


@pytest.mark.parametrize(
    ("more", "settings", "status", "said"),
    [
        (["-a", "deap=1"], {}, Status.USAGE, "deap"),
        (["-a", "deep=yes"], {}, Status.USAGE, "deep=1"),
        (["-a", "url="], {}, Status.USAGE, "-a url= says nothing"),
        (["-a", "section="], {}, Status.USAGE, "-a section= says nothing"),
        (["extra"], {}, Status.USAGE, "which newsroom"),
        ([], {"BASE_URL": "borneonetv.com"}, Status.MISCONFIGURED, "base_url"),
        ([], {"NOW": "yesterday"}, Status.MISCONFIGURED, "NOW"),
        ([], {"MAX_REQUESTS": "0.5"}, Status.MISCONFIGURED, "a whole number"),
        ([], {"REVISITS": "many"}, Status.MISCONFIGURED, "a whole number"),
        ([], {"READ_PATIENCE": "soon"}, Status.MISCONFIGURED, "a number of seconds"),
        ([], {"READ_PATIENCE": -1}, Status.MISCONFIGURED, "a number of seconds"),
        ([], {"REVISIT_AGES": ""}, Status.MISCONFIGURED, "REVISIT_AGES is numbers of"),
        ([], {"REVISIT_AGES": "60,60"}, Status.MISCONFIGURED, "more than the one before"),
        ([], {"REVISIT_AGES": "0,60"}, Status.MISCONFIGURED, "not '0,60'"),
        ([], {"RETRY_DELAYS": "1,soon"}, Status.MISCONFIGURED, "RETRY_DELAYS is numbers"),
        ([], {"LATER_DELAYS": "nan"}, Status.MISCONFIGURED, "LATER_DELAYS is numbers"),
        ([], {"ABSENCE_DELAYS": "-1"}, Status.MISCONFIGURED, "ABSENCE_DELAYS is numbers"),
        ([], {"ARCHIVE_DB": "/proc/no/b.db"}, Status.CANNOT_CREATE, "/proc/no"),
        ([], {"LOCAL_ERROR": "local.toml: perhaps"}, Status.MISCONFIGURED, "perhaps"),
    ],
)
def test_a_wrong_start_is_one_clear_line(
    site: SmallSite,
    crawl: Crawl,
    more: list[str],
    settings: dict[str, str],
    status: Status,
    said: str,
) -> None:
    assert crawl.run(*more, **settings) == status
    assert said in crawl.stderr
    assert crawl.stderr.count("\n") == 1
    assert site.asked == []
    assert not crawl.archive.exists()


def test_a_file_that_is_no_archive_is_refused_and_kept(site: SmallSite, crawl: Crawl) -> None:
    crawl.archive.write_text("catatan penting\n" * 100)
    assert crawl.run() == Status.NO_ARCHIVE
    assert crawl.archive.read_text().startswith("catatan")
    assert site.asked == []


def test_a_second_run_beside_the_first_is_turned_away_in_silence(
    site: SmallSite, crawl: Crawl
) -> None:
    site.answers["/"] = gate = Gate(Answer(site.home()))
    first = subprocess.Popen(crawl.argv(), cwd=ROOT)
    while "/" not in site.paths():
        time.sleep(0.05)
    assert crawl.run() == Status.BUSY
    assert crawl.stderr == ""
    gate.open()
    assert first.wait() == 0


# -- on the way --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, Status.TERMINATED), (signal.SIGINT, Status.INTERRUPTED)],
)
def test_a_signal_ends_the_run_in_order_and_the_next_one_goes_on(
    site: SmallSite, crawl: Crawl, number: signal.Signals, status: Status
) -> None:
    site.numbers = list(range(1, 31))
    process = subprocess.Popen(
        crawl.argv(DOWNLOAD_DELAY=0.1), cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    while len(site.asked) < 12:
        time.sleep(0.02)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=20)
    assert process.returncode == status
    assert stderr == ""
    assert crawl.rows("SELECT status FROM runs") == [(int(status),)]
    held = crawl.one(ARTICLES)
    assert 0 < held < 30
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 30
    asked = [path for path in site.paths() if path.startswith("/berita-")]
    assert len(asked) - len(set(asked)) <= 1


def test_a_signal_ends_a_run_that_waits_because_the_site_asked_it_to(
    site: SmallSite, crawl: Crawl
) -> None:
    site.answers["/berita-1/"] = Answer(status=429, headers={"Retry-After": "60"})
    process = subprocess.Popen(crawl.argv(), cwd=ROOT)
    while "/berita-1/" not in site.paths():
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    try:
        assert process.wait(20) == Status.TERMINATED
    finally:
        process.kill()
    assert site.paths()[-1] == "/berita-1/"


def test_a_page_that_fails_is_tried_again_and_then_reported(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(status=500)
    site.answers["/berita-2/"] = lambda before: (
        Answer(status=503) if before == 0 else Answer(site.article(2))
    )
    assert crawl.run() == 0
    assert site.paths().count("/berita-1/") == 3
    assert crawl.one(ARTICLES) == 2
    assert crawl.rows("SELECT state, reason FROM urls WHERE url LIKE '%berita-1/'") == [
        ("failed", "500 × 3")
    ]


def test_a_page_our_code_cannot_read_is_captured_and_reported(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    (tmp_path / "broken.py").write_text(
        "class Broken:\n    def process_item(self, item):\n"
        "        if 'berita-2' in item.due.url: raise RuntimeError('aduh')\n"
        "        return item\n"
    )
    pipelines = {
        "broken.Broken": 50,
        "borneone_crawler.pipelines.WriteBody": 700,
        "borneone_crawler.pipelines.StoreArticle": 900,
    }
    done = subprocess.run(
        crawl.argv(ITEM_PIPELINES=json.dumps(pipelines)), cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == Status.BUG
    assert "aduh" in done.stderr
    assert crawl.one(ARTICLES) == 2
    ((state, reason, capture),) = crawl.rows(
        "SELECT state, reason, capture_id FROM urls WHERE url LIKE '%berita-2/'"
    )
    assert (state, reason) == ("failed", "a fault of this program: RuntimeError: aduh")
    assert capture is not None


def test_an_item_that_a_foreign_pipeline_drops_is_reported(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    (tmp_path / "picky.py").write_text(
        "from scrapy.exceptions import DropItem\n"
        "class Picky:\n    def process_item(self, item):\n"
        "        if 'berita-2' in item.due.url: raise DropItem('tidak suka')\n"
        "        return item\n"
    )
    pipelines = {"picky.Picky": 50, "borneone_crawler.pipelines.StoreArticle": 900}
    done = subprocess.run(
        crawl.argv(ITEM_PIPELINES=json.dumps(pipelines)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == Status.BUG
    assert crawl.rows("SELECT state, reason FROM urls WHERE url LIKE '%berita-2/'") == [
        ("failed", "a fault of this program: DropItem: tidak suka")
    ]
    assert crawl.one(ARTICLES) == 2


def test_a_request_that_the_scheduler_drops_is_reported(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(status=503)
    status = crawl.run(DUPEFILTER_CLASS="scrapy.dupefilters.RFPDupeFilter")
    assert status == Status.BUG
    assert crawl.rows("SELECT state, reason FROM urls WHERE url LIKE '%berita-1/'") == [
        ("failed", "a fault of this program: RuntimeError: the scheduler dropped it")
    ]


def test_what_is_not_an_article_is_recorded_with_its_reason(site: SmallSite, crawl: Crawl) -> None:
    page = (
        '<article class="page type-page"><h1>Redaksi</h1><div class="entry-content">'
        "<p>Kami.</p></div></article>"
    )
    site.answers["/berita-1/"] = Answer(
        site.html("Redaksi", "page-template-default page page-id-1", page)
    )
    site.answers["/berita-2/"] = Answer(b"%PDF-1.4", content_type="application/pdf")
    site.answers["/berita-3/"] = Answer(status=404)
    assert crawl.run() == 0
    assert crawl.one(ARTICLES) == 0
    assert crawl.rows(
        "SELECT state, reason FROM urls WHERE kind = 'article' AND same_as IS NULL ORDER BY url"
    ) == [
        ("skipped", "not an article: static page"),
        ("skipped", "not an article: not html × 3"),
        ("pending", "404, absence 1"),
    ]


def test_a_terminal_gets_a_summary(site: SmallSite, crawl: Crawl) -> None:
    leader, follower = pty.openpty()
    done = subprocess.run(crawl.argv(), cwd=ROOT, stdout=follower, stderr=follower)
    os.close(follower)
    with os.fdopen(leader, "rb", closefd=True) as terminal:
        text = terminal.read1(65536).decode()
    assert done.returncode == 0
    assert "3 new, 0 changed, 0 unchanged, 3 held in all" in text


def test_the_user_agent_names_the_project_and_the_contact(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(CONTACT="redaksi@example.org") == 0
    agents = {asked.headers["User-Agent"] for asked in site.asked}
    assert len(agents) == 1
    (agent,) = agents
    assert agent.startswith("borneone_crawler/")
    assert agent.endswith("+redaksi@example.org")
    assert {asked.headers["Accept-Encoding"] for asked in site.asked} == {"gzip"}
    assert not any("Cookie" in asked.headers for asked in site.asked)
