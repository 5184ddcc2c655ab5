"""`scrapy takedown` as it is typed, and crawls after it."""

import gzip
import os
import pty
import sqlite3
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.sqlite.lock import Lock
from borneone_crawler.commands.takedown import Command
from borneone_crawler.desk.takedown import elsewhere
from borneone_crawler.items import Reference, Removal
from borneone_crawler.statuses import Status
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.marked import MARKER, URL, store_marked
from tests.commanding import run
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, SmallSite


class Takedown:
    """The command on one archive."""

    def __init__(self, archive: Path) -> None:
        self.archive = archive
        self.out = self.err = ""

    def argv(self, *args: str) -> list[str]:
        options = ["-s", f"ARCHIVE_DB={self.archive}"]
        return [sys.executable, "-m", "scrapy", "takedown", *options, *args]

    def __call__(self, *args: str) -> int:
        done = subprocess.run(
            self.argv(*args), cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        self.out, self.err = done.stdout, done.stderr
        return done.returncode

    def bytes_with_marker(self, folder: str = "") -> int:
        """Files of the archive, or of warc/, that hold the marker, compressed or not."""
        found = 0
        for path in (self.archive.parent / folder).iterdir():
            if path.is_file():
                data = path.read_bytes()
                data = gzip.decompress(data) if path.suffix == ".gz" else data
                found += MARKER.encode() in data.lower()
        return found


@pytest.fixture
def takedown(site: SmallSite, crawl: Crawl) -> Takedown:
    """An archive of three articles; the text of the second one holds the marker."""
    body = f"<p>Pontianak &#8211; Warga {MARKER} menanam pohon di tepi sungai.</p>"
    picture = f'<img src="{site.origin}/wp-content/uploads/foto.jpg" width="800" height="600">'
    site.answers["/berita-2/"] = Answer(site.article(2, body + f"<figure>{picture}</figure>"))
    jpeg = Answer(b"\xff\xd8\xff " + MARKER.encode(), content_type="image/jpeg", length=14)
    site.answers["/wp-content/uploads/foto.jpg"] = jpeg
    assert crawl.run(CAPTURE_IMAGES="all") == 0
    assert "/wp-content/uploads/foto.jpg" in site.paths()
    return Takedown(crawl.archive)


def test_it_is_withheld_and_no_run_brings_it_back(
    site: SmallSite, crawl: Crawl, takedown: Takedown
) -> None:
    url = f"{site.origin}/berita-2/"
    assert takedown(url, "--reason", "permintaan narasumber") == 0
    assert f"taken down: {url} (article" in takedown.out
    assert takedown.err == ""
    assert takedown(url, "--reason", "sebab lain") == 0
    assert "(permintaan narasumber)\nthe reason given then stays" in takedown.out
    assert crawl.one("SELECT reason FROM takedowns") == "permintaan narasumber"
    told = history(crawl, url)
    assert told.startswith("(withheld here)\n")
    assert "withheld here, 1 state known" in told
    assert "without a date" not in told
    assert crawl.one("SELECT count(*) FROM stories") == 2
    site.asked.clear()
    assert crawl.run("-a", "deep=1", CAPTURE_IMAGES="all") == 0
    assert crawl.run("-a", f"url={url}", CAPTURE_IMAGES="all") == 0
    assert not [path for path in site.paths() if path.startswith(("/berita-2", "/wp-content"))]
    # Under another address it is asked for, since nobody can know, and not stored.
    site.answers["/alamat-baru/"] = site.answers["/berita-2/"]
    assert crawl.run("-a", f"url={site.origin}/alamat-baru/", CAPTURE_IMAGES="all") == 0
    assert (
        crawl.one("SELECT state || reason FROM urls WHERE url LIKE '%baru/'")
        == "skippedtaken down"
    )
    assert crawl.one("SELECT count(*) FROM stories") == 2
    assert "/wp-content/uploads/foto.jpg" not in site.paths()
    assert takedown(f"{url}?utm_source=wa", "--undo") == 0
    head = crawl.one(
        "SELECT n || ' entries, head ' || digest FROM ledger ORDER BY id DESC LIMIT 1"
    )
    assert takedown.out == f"put back: {url}\nledger: {head}\n"
    assert crawl.one("SELECT count(*) FROM stories") == 3
    assert crawl.one(
        "SELECT article_body LIKE '%' || ? || '%' FROM stories WHERE url = ?", MARKER, url
    )


def test_it_is_erased_from_every_byte(site: SmallSite, crawl: Crawl, takedown: Takedown) -> None:
    assert takedown.bytes_with_marker() == takedown.bytes_with_marker("warc") == 1
    url = f"{site.origin}/berita-2/"
    number = str(crawl.one("SELECT id FROM articles WHERE url = ?", url))
    assert takedown(number, "--reason", "putusan", "--erase", "--yes") == 0
    assert "2 raw captures" in takedown.out
    assert takedown.bytes_with_marker() == takedown.bytes_with_marker("warc") == 0
    (file,) = (crawl.archive.parent / "warc").iterdir()
    subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", file], check=True, capture_output=True
    )
    assert crawl.run("-a", "deep=1") == 0
    assert takedown.bytes_with_marker() == 0
    assert takedown(number, "--undo") == Status.USAGE
    assert "was erased on" in takedown.err
    assert takedown(number, "--erase", "--yes") == 0
    assert "was taken down before" in takedown.out
    assert "0 raw captures" in takedown.out
    assert history(crawl, url).startswith("(erased here)\n")


def history(crawl: Crawl, url: str) -> str:
    done = run(crawl, "history", url)
    assert done.returncode == 0
    return done.stdout


@pytest.fixture
def kept(desk: Desk) -> Iterator[Takedown]:
    """The command on an archive that no process holds."""
    store_marked(desk)
    desk.archive.close()
    yield Takedown(desk.path)
    desk.archive = desk.open()


WRONG = [
    ((), "which article"),
    ((URL, URL, "--reason", "x"), "one article at a time; 2 were given"),
    ((URL,), "why?"),
    ((URL, "--reason", "  "), "why?"),
    ((URL, "--undo"), "is not taken down"),
    ((URL, "--undo", "--erase"), "--undo goes with neither"),
    ((URL, "--undo", "--reason", "x"), "--undo goes with neither"),
    (("https://example.com/", "--reason", "x"), "no article here"),
    ((URL, "--reason", "x", "--erase"), "add --yes"),
    ((URL, "--reason", "x", "--for-ever"), "no option --for-ever"),
]


@pytest.mark.parametrize(("args", "said"), WRONG)
def test_wrong_use_is_explained_and_changes_nothing(
    kept: Takedown, args: tuple[str, ...], said: str
) -> None:
    assert kept(*args) == Status.USAGE
    assert said in kept.err
    assert kept.out == ""
    with sqlite3.connect(kept.archive) as connection:
        assert connection.execute("SELECT count(*) FROM takedowns").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (1,)
    connection.close()


def test_a_crawl_that_is_running_is_left_alone(kept: Takedown) -> None:
    lock = Lock(kept.archive)
    assert kept(URL, "--reason", "x") == Status.BUSY
    lock.release()
    assert kept(URL, "--reason", "x") == 0


def test_no_archive_is_made_by_it(tmp_path: Path) -> None:
    takedown = Takedown(tmp_path / "none.db")
    assert takedown("1", "--reason", "x") == Status.NO_ARCHIVE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "status"), [(URL + "\n", 0), ("ya\n", Status.USAGE), ("\x04", Status.INTERRUPTED)]
)
def test_on_a_terminal_the_address_is_typed_again_to_erase(
    kept: Takedown, typed: str, status: int
) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        argv = kept.argv(URL, "--reason", "putusan", "--erase")
        os.execv(argv[0], argv)
    shown = b""
    while b"for good:" not in shown:
        shown += os.read(terminal, 1024)
    os.write(terminal, typed.encode())
    try:
        while data := os.read(terminal, 1024):
            shown += data
    except OSError:
        pass  # Linux says that the other end has closed by an error
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == status
    assert (b"erased: its text" in shown) == (status == 0)
    assert (kept.bytes_with_marker() == 0) == (status == 0)


def test_copies_that_a_reader_holds_on_to_are_told_of(
    kept: Takedown, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Archive, "wipe", lambda _: "old copies are left")
    command = Command()
    command.settings = get_project_settings()
    command.settings.set("ARCHIVE_DB", str(kept.archive))
    options = Namespace(reason="x", undo=False, erase=False, yes=False)
    assert command.work([URL], options) == Status.BUSY
    assert capsys.readouterr().out.endswith("old copies are left\n")


def test_what_other_articles_have_of_it_is_named(desk: Desk) -> None:
    article_id = store_marked(desk)
    made = reading(f"{SITE}/ketiga/", post_id=3, date_published=None)
    made.article.read_also = [Reference(url=URL, text=f"Judul {MARKER}")]
    made.removals = [Removal(rule="related-posts", text=f"Rekomendasi Judul {MARKER} Isi")]
    made.article.article_body = desk.one("SELECT article_body FROM articles WHERE url = ?", URL)
    desk.settle(f"{SITE}/ketiga/", reading=made)
    assert elsewhere(desk.archive.db, article_id) == [
        f"the same text also stands at {SITE}/ketiga/",
        "its headline stays in 1 links (table outlinks) of other articles",
        "its headline stays in 1 texts that were cut off pages (table removals) of other articles",
    ]
    desk.archive.take_down(article_id, "x")
    assert elsewhere(desk.archive.db, article_id) == []


def test_a_raw_capture_that_is_not_there_is_no_success(kept: Takedown) -> None:
    (file,) = (kept.archive.parent / "warc").iterdir()
    file.rename(kept.archive.parent / "elsewhere")
    assert kept(URL, "--reason", "x", "--erase", "--yes") == Status.NO_ARCHIVE
    assert f"NOT erased: 4 captures in {file.name}" in kept.out
