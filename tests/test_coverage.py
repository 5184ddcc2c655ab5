"""`scrapy coverage`: what the site shows and what is held, by the real command."""

import json
import subprocess
from typing import Any

import pytest

from borneone_crawler.statuses import Status
from tests.commanding import run
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

DAY = "2026-11-02T10:00:00+00:00"
DEAF = Answer("User-agent: *\nDisallow: /berita-5/\n", content_type="text/plain")


def told(crawl: Crawl) -> dict[str, Any]:
    done = run(crawl, "coverage", "--json")
    said: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if said["all_accounted_for"] else Status.FOUND)
    assert done.stderr == ""
    return said


@pytest.fixture
def trouble(site: SmallSite) -> SmallSite:
    """Twelve articles; one is forbidden, one breaks, one is a static page, one leads home."""
    site.numbers = list(range(1, 13))
    site.has_rest = True
    site.answers |= {
        "/robots.txt": DEAF,
        "/berita-6/": Answer(site.html("Tentang Kami", "page-template-default page")),
        "/berita-7/": Answer(status=500),
        "/berita-8/": Answer(status=302, headers={"Location": "/"}),
    }
    return site


def test_each_missing_article_is_named_with_its_reason(trouble: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=DAY) == 0
    done = run(crawl, "coverage")
    assert (done.returncode, done.stderr) == (Status.FOUND, "")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["section", "month", "shown", "held", "explained", "missing"]
    assert lines[1].split() == ["Berita", "2019-10", "12", "8", "3", "1"]
    assert lines[2] == ("all in all, each page once: 12 shown, 8 held, 3 explained, 1 missing")
    assert "1 robots.txt" in lines[3]
    assert "1 not an article: static page" in lines[3]
    assert "1 leads elsewhere" in lines[3]
    (rest,) = [line for line in lines if line.startswith("rest:")]
    assert rest.startswith("rest: works; says 12 articles, has shown 12; asked 2026-11-02 17:00:0")
    missing = lines[lines.index("missing:") + 1 :]
    assert len(missing) == 1
    assert missing[0].startswith(
        f"  {trouble.origin}/berita-7/  failed: 500 × 3; known since 2026-11-02 17:00:0"
    )
    assert missing[0].endswith(" WIB; shown by listing, rest (Berita)")
    # Nothing of it is written down.
    assert crawl.one("SELECT count(*) FROM runs") == 1


def test_when_all_is_accounted_for_it_ends_with_0(trouble: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=DAY) == 0
    del trouble.answers["/berita-7/"]
    assert crawl.run("-a", "deep=1", NOW="2026-11-03T10:00:00+00:00", REVISITS=0) == 0
    done = run(crawl, "coverage")
    assert done.returncode == 0
    assert "missing:" not in done.stdout
    assert f"{trouble.origin}/berita-5/" not in done.stdout
    all_of_it = run(crawl, "coverage", "--all").stdout
    assert f"  {trouble.origin}/berita-5/  robots.txt; known since" in all_of_it
    assert told(crawl)["missing"] == []


def test_what_a_budget_left_over_is_pending_and_so_is_the_listing(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 31))
    assert crawl.run(NOW=DAY, MAX_REQUESTS=8) == 0
    said = told(crawl)
    assert {row["reason"] for row in said["missing"]} == {"pending"}
    assert said["held"] + len(said["missing"]) == said["shown"] >= 10
    assert all(row["sources"] == ["listing"] for row in said["missing"])
    while crawl.one("SELECT count(*) FROM urls WHERE next_at IS NOT NULL"):
        assert crawl.run(NOW=DAY, MAX_REQUESTS=20) == 0
    said = told(crawl)
    assert (said["held"], said["missing"], said["listings_not_read"]) == (30, [], [])


def test_a_listing_that_cannot_be_read_leaves_coverage_open(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 31))
    site.answers["/category/berita/page/2/"] = Answer(status=500)
    assert crawl.run(NOW=DAY) == 0
    said = told(crawl)
    assert said["missing"] == []
    ((url, reason),) = [(row["url"], row["reason"]) for row in said["listings_not_read"]]
    assert (url, reason) == (f"{site.origin}/category/berita/page/2/", "failed: 500 × 3")
    assert not said["all_accounted_for"]
    text = run(crawl, "coverage").stdout
    assert "listings that were not read, what stands on them is not known:" in text
    assert f"  {url}  failed: 500 × 3; known since " in text


def test_months_in_which_nothing_is_missing_are_told_as_one(
    trouble: SmallSite, crawl: Crawl
) -> None:
    for number, date in ((1, "2018-03"), (2, "2018-05"), (3, "2019-01")):
        page = trouble.article(number).replace(f"2019-10-{number + 1:02d}", f"{date}-04")
        trouble.answers[f"/berita-{number}/"] = Answer(page)
    assert crawl.run(NOW=DAY) == 0
    rows = [line.split() for line in run(crawl, "coverage").stdout.splitlines()[1:3]]
    assert rows == [
        ["Berita", "2018-03", "to", "2019-01", "3", "3", "0", "0"],
        ["Berita", "2019-10", "9", "5", "3", "1"],
    ]
    every = run(crawl, "coverage", "--all").stdout.splitlines()[1:5]
    assert [line.split()[1] for line in every] == ["2018-03", "2018-05", "2019-01", "2019-10"]


def test_forms_that_are_never_asked_for_are_counted_in_one_line(
    site: SmallSite, crawl: Crawl
) -> None:
    tagged = site.listing(1).replace("</main>", '<a href="/tag/banjir/">banjir</a></main>')
    site.answers["/category/berita/"] = Answer(tagged)
    assert crawl.run(NOW=DAY) == 0
    (line,) = [
        line for line in run(crawl, "coverage").stdout.splitlines() if line.startswith("links of")
    ]
    assert line == "links of forms that are never asked for: tag archive 1"
    assert told(crawl)["never_asked"] == {"tag archive": 1}


def test_what_was_taken_down_is_counted_and_not_named(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(NOW=DAY) == 0
    assert run(crawl, "takedown", f"{site.origin}/berita-2/", "--reason", "x").returncode == 0
    done = run(crawl, "coverage", "--all")
    assert done.returncode == 0
    assert "explained: 1 taken down\n" in done.stdout
    assert "  (not named)  taken down; known since" in done.stdout
    assert "berita-2" not in done.stdout


def test_it_reads_beside_a_running_crawl(site: SmallSite, crawl: Crawl) -> None:
    site.numbers = list(range(1, 31))
    running = subprocess.Popen(crawl.argv(DOWNLOAD_DELAY=0.3))
    try:
        while len(site.asked) < 8:
            assert running.poll() is None
        done = run(crawl, "coverage")
        assert running.poll() is None
        assert done.returncode == Status.FOUND
        assert "pending; known since" in done.stdout
    finally:
        running.terminate()
        running.wait(30)


def test_words_that_it_does_not_know_are_64(crawl: Crawl) -> None:
    assert run(crawl, "coverage", "berita").returncode == Status.USAGE
    assert run(crawl, "coverage", "--section").returncode == Status.USAGE
    assert run(crawl, "coverage").returncode == Status.NO_ARCHIVE
