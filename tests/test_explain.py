"""`scrapy explain`: how a page was read, by the real command."""

import json
import sys
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.commanding import run
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, SmallSite
from tests.terminal import Terminal

SEED = ROOT / "fixtures/article_page/seed-article/input.html"
DUMP = ROOT / "fixtures/text_dump/seed_article/input.txt"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """An archive with articles, one of two revisions, one of two pages, and one page that is
    none."""
    with SmallSite() as site:
        crawl = Crawl(tmp_path_factory.mktemp("kept"), site.origin)
        two = site.article(2, extra='<div class="page-links"><a href="/berita-2/2/">2</a></div>')
        site.answers["/berita-2/"] = Answer(two)
        site.answers["/berita-2/2/"] = Answer(
            site.article(2, "<p>Halaman kedua.</p>").replace(
                "single-post", "single-post single-paged-2"
            )
        )
        site.answers["/berita-3/"] = Answer(site.article(3).replace("single-post", "archive"))
        for number in (1, 2, 3):
            assert crawl.run("-a", f"url={site.origin}/berita-{number}/") == 0
        edited = site.article(1).replace("menanam pohon", "menebang pohon")
        site.answers["/berita-1/"] = Answer(edited)
        assert crawl.run("-a", f"url={site.origin}/berita-1/") == 0
    return crawl


def test_every_spelling_of_an_article_explains_the_same(kept: Crawl) -> None:
    (number,) = kept.rows("SELECT id FROM articles WHERE url LIKE '%/berita-1/'")[0]
    done = run(kept, "explain", str(number))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Berita nomor 1\n{kept.origin}/berita-1/\n")
    assert f"article {number}, revision 2 of 2, captured " in done.stdout
    assert " WIB; layout " in done.stdout
    for address in ("berita-1", f"{kept.origin}/berita-1/amp/?fbclid=x#y", f"{kept.origin}/?p=1"):
        assert run(kept, "explain", address).stdout == done.stdout, address


def test_a_page_takes_the_place_of_a_page_and_of_nothing_else(kept: Crawl, tmp_path: Path) -> None:
    page, notes = tmp_path / "page.html", tmp_path / "notes.md"
    notes.write_text("Catatan.\n", "utf-8")
    for _ in range(2):
        assert run(kept, "explain", "berita-1", "--html", str(page)).returncode == 0
    done = run(kept, "explain", "berita-1", "--html", str(notes))
    assert (done.returncode, notes.read_text("utf-8")) == (Status.USAGE, "Catatan.\n")
    assert "notes.md is there, and is no page of ours" in done.stderr


def test_a_file_that_is_not_there_is_no_article_s_name(kept: Crawl) -> None:
    done = run(kept, "explain", "nosuch.html")
    assert (done.returncode, done.stdout) == (Status.USAGE, "")
    assert "there is no file nosuch.html" in done.stderr


def test_a_dump_that_names_sections_nobody_knows_is_explained(kept: Crawl, tmp_path: Path) -> None:
    dump = tmp_path / "dump.txt"
    dump.write_text("BeritaKota Entah\n\nJudul berita\n×\nJudul berita\nIsi berita.\n", "utf-8")
    done = run(kept, "explain", str(dump))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Judul berita\n")
    assert "sections-not-known" in done.stdout
    assert "no names of sections that are known here" in done.stdout


def test_what_was_removed_is_counted_alike_on_a_terminal_and_as_json(kept: Crawl) -> None:
    told = json.loads(run(kept, "explain", "berita-1", "--json").stdout)
    removed = [one["in_text"] for one in told["removals"]]
    said = f"{sum(removed)} removed in the text, {removed.count(False)} removed around it"
    assert said in run(kept, "explain", "berita-1").stdout


def test_an_earlier_revision_is_explained_as_today_s_reader_reads_it(kept: Crawl) -> None:
    for n, words in ((1, "menanam pohon"), (2, "menebang pohon")):
        told = json.loads(run(kept, "explain", "berita-1", "--revision", str(n), "--json").stdout)
        assert told["revision"] == n
        assert words in told["article"]["article_body"]
        shown = [block for block in told["pages"][0]["blocks"] if words in block["text"]]
        assert [block["fate"] for block in shown] == ["kept"]
    done = run(kept, "explain", "berita-1", "--revision", "3")
    assert (done.returncode, done.stdout) == (Status.USAGE, "")
    assert "has no revision 3" in done.stderr


def test_all_pages_of_an_article_are_explained_in_order(kept: Crawl) -> None:
    told = json.loads(run(kept, "explain", "berita-2", "--json").stdout)
    assert [page["url"] for page in told["pages"]] == [
        f"{kept.origin}/berita-2/", f"{kept.origin}/berita-2/2/",
    ]  # fmt: skip
    kept_blocks = [b["text"] for b in told["pages"][1]["blocks"] if b["fate"] == "kept"]
    assert kept_blocks == ["Halaman kedua."]


def test_a_page_that_is_no_article_is_explained_by_the_reason(kept: Crawl) -> None:
    done = run(kept, "explain", "berita-3")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("no article: listing\na page that lists articles")
    assert "classes of body" in done.stdout


def test_what_is_not_held_or_was_taken_down_is_64(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run("-a", f"url={site.origin}/berita-1/") == 0
    for argv in (["berita-9"], ["1", "2"], ["1", "--json", "--html", "x.html"]):
        done = run(crawl, "explain", *argv)
        assert (done.returncode, done.stdout) == (Status.USAGE, ""), argv
        assert done.stderr.count("\n") == 1
    assert run(crawl, "takedown", "1", "--reason", "permintaan").returncode == 0
    done = run(crawl, "explain", "1")
    assert (done.returncode, done.stdout) == (Status.USAGE, "")
    assert "taken down" in done.stderr


def test_a_saved_page_needs_no_archive(tmp_path: Path) -> None:
    nowhere = Crawl(tmp_path, "https://borneonetv.com")
    done = run(nowhere, "explain", str(SEED))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Wagub Kalbar Minta Gunakan Medsos")
    assert "file input.html; layout wpberita-newer" in done.stdout
    said = run(nowhere, "explain", str(DUMP), "--sections", "Berita, Kota Pontianak,Lifestyle")
    assert said.stdout.startswith("Wagub Kalbar Minta Gunakan Medsos")
    assert "Berita; Kota Pontianak; Lifestyle" in said.stdout
    assert not list(tmp_path.iterdir())


def test_the_page_is_written_and_never_over_what_it_explains(tmp_path: Path) -> None:
    nowhere = Crawl(tmp_path, "https://borneonetv.com")
    saved = tmp_path / "saved.html"
    saved.write_bytes(SEED.read_bytes())
    done = run(nowhere, "explain", str(saved), "--html", str(tmp_path / "why.html"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "removed by <code>sharing</code>" in (tmp_path / "why.html").read_text("utf-8")
    argv = ["explain", str(saved), "--lang", "id"]
    assert run(nowhere, *argv, "--html", str(tmp_path / "why.html")).returncode == 0
    assert "dibuang oleh <code>sharing</code>" in (tmp_path / "why.html").read_text("utf-8")
    assert "--lang is for the page" in run(nowhere, *argv).stderr
    done = run(nowhere, "explain", str(saved), "--html", str(saved))
    assert done.returncode == Status.USAGE
    assert saved.read_bytes() == SEED.read_bytes()
    done = run(nowhere, "explain", str(saved), "--html", str(tmp_path / "none/why.html"))
    assert done.returncode == Status.CANNOT_CREATE
    assert done.stderr.count("\n") == 1


def test_a_terminal_gets_colours_and_a_pipe_none(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "scrapy", "explain", str(SEED), "-s", f"ARCHIVE_DB={tmp_path}/x"]
    terminal = Terminal(120)
    assert terminal.run(argv) == 0
    assert "\x1b[31msharing" in terminal.text
    assert "\x1b" not in run(Crawl(tmp_path, ""), "explain", str(SEED)).stdout
