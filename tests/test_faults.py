"""Disks that fill up, folders nobody may write in, foreign locks, damage, and busy readers."""

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from borneone_crawler.archive.sqlite import database
from borneone_crawler.items import State
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk
from tests.crawling import ROOT, Crawl
from tests.small_site import SmallSite

ARTICLES = "SELECT count(*) FROM articles"


class SmallDisk:
    """A real filesystem of a few kilobytes, mounted for one test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def mount(self, options: str) -> bool:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder]
        return (
            shutil.which("mount") is not None
            and not subprocess.run(command, capture_output=True).returncode
        )

    def remount(self, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", self.folder], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    disk = SmallDisk(folder)
    if os.geteuid() != 0 or not disk.mount("size=1300k"):
        pytest.skip("a small filesystem can only be mounted by root")
    yield disk
    subprocess.run(["umount", "-l", folder], check=True)


def no_loss(crawl: Crawl, articles: int) -> None:
    """Every article once, nothing damaged, and every record on the disk has its row."""
    assert crawl.one(ARTICLES) == articles
    assert crawl.one("PRAGMA integrity_check") == "ok"
    records = 0
    for path in crawl.warc_files():
        done = subprocess.run(crawl.warcio("check", path), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
        index = subprocess.run(
            crawl.warcio("index", "-f", "warc-type", path), capture_output=True, text=True
        )
        records += index.stdout.count('"response"') + index.stdout.count('"revisit"')
    assert crawl.one("SELECT count(*) FROM captures") == records


@pytest.mark.parametrize("full", ["archive", "captures"])
def test_a_full_disk_is_told_and_the_next_run_goes_on(
    site: SmallSite, tmp_path: Path, disk: SmallDisk, full: str
) -> None:
    site.numbers = list(range(1, 61))
    roomy = tmp_path / "roomy"
    roomy.mkdir()
    crawl = Crawl(disk.folder if full == "archive" else roomy, site.origin)
    settings = {"LOG_DIR": roomy / "logs"}
    if full == "captures":
        disk.remount("size=40k")
        settings["WARC_DIR"] = crawl.warc = disk.folder / "warc"
    assert crawl.run(**settings) == Status.IO_ERROR
    assert crawl.stderr.count("\n") == 1
    assert str(disk.folder) in crawl.stderr
    assert 0 < crawl.one(ARTICLES) < 60
    disk.remount("size=50M")
    asked = len(site.asked)
    assert crawl.run(**settings) == 0
    no_loss(crawl, 60)
    articles = [path for path in site.paths() if path.startswith("/berita-")]
    assert len(articles) - len(set(articles)) <= 1, "nothing is asked for again but the last page"
    assert asked < len(site.asked)


def test_a_folder_nobody_may_write_in_is_told(site: SmallSite, disk: SmallDisk) -> None:
    disk.remount("size=50M")
    crawl = Crawl(disk.folder, site.origin)
    assert crawl.run() == 0
    disk.remount("ro")
    assert crawl.run() == Status.CANNOT_CREATE
    assert "Read-only file system" in crawl.stderr
    assert crawl.stderr.count("\n") == 1
    # Reading still works there, without a crawl beside it.
    with closing(sqlite3.connect(f"file:{crawl.archive}?immutable=1", uri=True)) as connection:
        assert connection.execute(ARTICLES).fetchone() == (3,)


def test_damage_that_is_met_ends_the_run(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    with closing(sqlite3.connect(crawl.archive)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'urls' AND type = 'table'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(crawl.archive.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    crawl.archive.write_bytes(data)
    assert crawl.run() == Status.NO_ARCHIVE
    assert "is damaged" in crawl.stderr
    assert crawl.stderr.count("\n") == 1


def test_a_foreign_lock_is_told_and_the_page_stays_due(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.archive.close()
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 50)
    desk.archive = desk.open()
    url = f"{SITE}/a/"
    due = desk.claim(url)
    capture = desk.capture(url)
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as browser:
        browser.execute("BEGIN IMMEDIATE")
        with pytest.raises(Stop, match="database browser") as caught:
            desk.archive.settle(due, desk.outcome(due, capture=capture))
        assert caught.value.status is Status.BUSY
        browser.execute("ROLLBACK")
    desk.archive.frontier.claimed.clear()
    (again,) = desk.archive.claim(10)
    assert again.url == url
    desk.archive.settle(again, desk.outcome(again, State.STORED, capture=capture))
    assert desk.one("SELECT count(*) FROM captures") == 1


@contextmanager
def reading_all_the_time(crawl: Crawl) -> Iterator[list[str]]:
    """Analysts: long queries, open transactions, and a look at each article for its parts."""
    wrong: list[str] = []
    stop = threading.Event()

    def analyst(holds_on: bool) -> None:
        looks = 0
        while not stop.is_set():
            try:
                with closing(
                    sqlite3.connect(f"file:{crawl.archive}?mode=ro", uri=True, timeout=5)
                ) as connection:
                    looks += 1
                    if holds_on:
                        connection.execute("BEGIN")
                    before = connection.execute(ARTICLES).fetchone()
                    wrong.extend(str(row) for row in connection.execute(HALF_ARTICLES))
                    if holds_on:
                        stop.wait(0.5)
                        if connection.execute(ARTICLES).fetchone() != before:
                            wrong.append("an open transaction saw another article come")
            except sqlite3.OperationalError as error:
                if "unable to open" not in str(error) and "no such table" not in str(error):
                    wrong.append(str(error))
        if not looks:
            wrong.append("an analyst never got to look")

    threads = [threading.Thread(target=analyst, args=(number < 2,)) for number in range(4)]
    for thread in threads:
        thread.start()
    yield wrong
    stop.set()
    for thread in threads:
        thread.join()


HALF_ARTICLES = """
SELECT a.url FROM articles AS a
WHERE a.revision_id IS NULL OR a.reading_id IS NULL
    OR NOT EXISTS (SELECT 1 FROM readings AS r WHERE r.id = a.reading_id
                   AND r.content_digest = a.content_digest)
    OR NOT EXISTS (SELECT 1 FROM article_sections AS x WHERE x.article_id = a.id)
    OR NOT EXISTS (SELECT 1 FROM ledger AS l WHERE l.url = a.url)
    OR NOT EXISTS (SELECT 1 FROM urls AS u WHERE u.article_id = a.id AND u.state = 'stored')
    OR NOT EXISTS (SELECT 1 FROM articles_fts('pohon') AS f WHERE f.rowid = a.id)
"""


def test_readers_neither_stop_a_crawl_nor_see_half_an_article(
    site: SmallSite, crawl: Crawl
) -> None:
    site.numbers = list(range(1, 121))
    with reading_all_the_time(crawl) as wrong:
        process = subprocess.run(crawl.argv(), cwd=ROOT, capture_output=True, text=True)
    assert (process.returncode, process.stderr) == (0, "")
    assert wrong == []
    assert crawl.one(ARTICLES) == 120
