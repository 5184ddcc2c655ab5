"""`scrapy cite`: an article as it is cited, by the real command."""

import json
from collections.abc import Iterator

import pytest

from borneone_crawler.statuses import Status
from tests.commanding import run
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """An archive with an article that was seen on 2 March 2026, and otherwise on 3 March."""
    with SmallSite() as site:
        crawl = Crawl(tmp_path_factory.mktemp("edited"), site.origin)
        ask(crawl, "2026-03-01T20:00:00Z")
        site.answers["/berita-1/"] = Answer(
            site.article(1).replace('title">Berita nomor 1<', 'title">Berita nomor satu<')
        )
        ask(crawl, "2026-03-03T08:00:00Z")
        yield crawl


def ask(crawl: Crawl, now: str) -> None:
    assert crawl.run("-a", f"url={crawl.origin}/berita-1/", NOW=now) == 0


def test_a_line_in_either_language_as_it_stands_and_as_of_a_date(edited: Crawl) -> None:
    url = f"{edited.origin}/berita-1/"
    first, second = (
        digest[:12]
        for (digest,) in edited.rows("SELECT content_digest FROM states ORDER BY from_at")
    )
    done = run(edited, "cite", "berita-1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"Lay, “Berita nomor satu”, BorneOneTV, 2 Oktober 2019, {url} (diarsipkan 3 Maret 2026 "
        f"pukul 15.00 WIB; revisi 2 dari 2; SHA-256 {second}…).\n"
    )
    done = run(edited, "cite", url, "--lang", "en", "--as-of", "2026-03-02")
    assert done.stdout == (
        f"Lay, “Berita nomor 1”, BorneOneTV, 2 October 2019, {url} (archived 2 March 2026, "
        f"03:00 WIB; revision 1 of 2; SHA-256 {first}…).\n"
    )


def test_csl_json_names_the_capture_that_stands_in_the_warc_file(edited: Crawl) -> None:
    done = run(edited, "cite", "1", "--json", "--as-of", "2026-03-02")
    assert (done.returncode, done.stderr) == (0, "")
    (item,) = json.loads(done.stdout)
    assert item["title"] == "Berita nomor 1"
    assert item["custom"]["as_of"].startswith("2026-03-02T16:59:59")
    (capture,) = item["custom"]["captures"]
    held = (edited.warc / capture["warc_file"]).read_bytes()
    member = held[capture["warc_offset"] :][: capture["warc_length"]]
    assert member[:2] == b"\x1f\x8b"
    sealed = edited.rows("SELECT content_digest, capture_digests FROM ledger WHERE n = 1")
    assert sealed == [(item["custom"]["content_digest"], capture["digest"])]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["1", "--as-of", "2026-03-01"], "nothing is known"),
        (["1", "--lang", "fr"], "invalid choice"),
        (["/berita-9/"], "no article"),
        ([], "which article"),
    ],
)
def test_what_cannot_be_cited_is_64(edited: Crawl, argv: list[str], said: str) -> None:
    done = run(edited, "cite", *argv)
    assert (done.returncode, done.stdout) == (Status.USAGE, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_was_taken_down_is_not_cited(site: SmallSite, crawl: Crawl) -> None:
    ask(crawl, "2026-03-01T20:00:00Z")
    assert run(crawl, "takedown", "1", "--reason", "permintaan").returncode == 0
    for more in ([], ["--json"], ["--as-of", "2026-03-02"]):
        done = run(crawl, "cite", f"{site.origin}/berita-1/", *more)
        assert (done.returncode, done.stdout) == (Status.USAGE, "")
        assert "was taken down here" in done.stderr
        assert "nomor 1" not in done.stderr
