"""`scrapy backup`: one checked file, whatever else is at work, or none at all."""

import json
import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from borneone_crawler.archive.sqlite.backup import take_backup
from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk
from tests.archive.marked import MARKER, store_marked
from tests.crawling import ROOT, Crawl
from tests.small_site import Answer, Gate, SmallSite
from tests.test_faults import SmallDisk, disk  # noqa: F401 - a fixture
from tests.typed import run


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def value(path: Path, sql: str) -> object:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchone()[0]


def now() -> datetime:
    return datetime(2026, 3, 1, 4, 5, 6, tzinfo=UTC)


def test_a_backup_taken_in_the_middle_of_a_crawl_is_whole(
    site: SmallSite,
    crawl: Crawl,
    disk: SmallDisk,  # noqa: F811
) -> None:
    disk.remount("size=20M")
    site.numbers = list(range(1, 41))
    # Half of the articles are there before this one, from whichever end they are asked for.
    site.answers["/berita-20/"] = gate = Gate(Answer(site.article(20)))
    argv = crawl.argv()
    with subprocess.Popen(
        argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as at_work:
        while not any(asked.path == "/berita-20/" for asked in site.asked):
            time.sleep(0.05)
        done = run(crawl.archive, "backup", disk.folder / "b.db", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        gate.open()
        assert at_work.wait(60) == 0
    made = json.loads(done.stdout)
    assert 0 < made["articles"] < 40
    assert crawl.one("SELECT count(*) FROM articles") == 40
    assert names(disk.folder) == ["b.db", "b.db.sha256"]
    disk.remount("ro")
    copy = disk.folder / "b.db"
    assert value(copy, "PRAGMA integrity_check") == "ok"
    assert value(copy, "SELECT count(*) FROM stories") == made["articles"]
    assert value(copy, "SELECT count(*) FROM articles_fts('pohon')") == made["articles"]
    assert value(copy, "SELECT max(n) FROM ledger") == made["head"]["n"]
    assert names(disk.folder) == ["b.db", "b.db.sha256"]
    open_readonly(copy).close()
    # What the copy knows is part of what the archive knows now.
    assert crawl.one("SELECT n FROM ledger WHERE digest = ?", made["head"]["digest"])


def test_a_folder_gets_a_dated_name_and_a_digest_that_others_can_check(
    site: SmallSite, crawl: Crawl, tmp_path: Path
) -> None:
    assert crawl.run() == 0
    shared = tmp_path / "shared folder"
    shared.mkdir()
    done = run(crawl.archive, "backup", shared, NOW="2026-03-01T12:05:06+08:00")
    assert (done.returncode, done.stderr) == (0, "")
    (name, digest_name) = names(shared)
    assert name.startswith("borneone-20260301T0405")
    assert name.endswith("Z.db")
    check = subprocess.run(["sha256sum", "-c", digest_name], cwd=shared, capture_output=True)
    assert check.returncode == 0
    assert f"rsync -a {crawl.warc}/ '{shared}/warc/'" in done.stdout
    assert "3 articles" in done.stdout
    assert str(crawl.one("SELECT digest FROM ledger ORDER BY n DESC LIMIT 1")) in done.stdout


def test_a_full_disk_leaves_no_half_file(site: SmallSite, crawl: Crawl, disk: SmallDisk) -> None:  # noqa: F811
    assert crawl.run() == 0
    disk.remount("size=200k")
    done = run(crawl.archive, "backup", disk.folder)
    assert (done.returncode, done.stdout) == (Status.IO_ERROR, "")
    assert done.stderr.count("\n") == 1
    assert "full" in done.stderr
    assert names(disk.folder) == []


def test_only_an_earlier_backup_of_the_same_archive_is_replaced(
    desk: Desk, tmp_path: Path
) -> None:
    desk.store(f"{SITE}/a/")
    copy = tmp_path / "b.db"
    first = take_backup(desk.path, copy, clock=now)
    desk.store(f"{SITE}/b/", post_id=13)
    before = copy.read_bytes()
    with pytest.raises(Stop, match="earlier backup of this archive") as caught:
        take_backup(desk.path, copy, clock=now)
    assert caught.value.status is Status.CANNOT_CREATE
    assert copy.read_bytes() == before
    second = take_backup(desk.path, copy, clock=now, replace=True)
    assert (first.articles, second.articles) == (1, 2)
    assert value(copy, "SELECT count(*) FROM articles") == 2

    before = copy.read_bytes()
    newer = tmp_path / "newer.db"
    shutil.copy(copy, newer)
    desk.archive.close()
    desk.path.unlink()
    desk.archive = desk.open()
    desk.settle(f"{SITE}/a/", capture=desk.capture(f"{SITE}/a/"))
    (tmp_path / "text.db").write_text("Catatan.")
    (tmp_path / "raw.db").write_bytes(b"")
    for target, words in (
        (desk.path, "the archive itself"),
        (tmp_path / "borneone.db-wal", "the archive itself"),
        (copy, "no backup of this archive"),
        (tmp_path / "text.db", "no backup of this archive"),
        (tmp_path / "raw.db", "no backup of this archive"),
        (tmp_path / "none" / "b.db", "there is no folder"),
    ):
        with pytest.raises(Stop, match=words) as caught:
            take_backup(desk.path, target, clock=now)
        assert caught.value.status is Status.CANNOT_CREATE
    assert copy.read_bytes() == before
    assert (tmp_path / "text.db").read_text() == "Catatan."


def test_two_backups_of_one_second_have_two_names(desk: Desk, tmp_path: Path) -> None:
    desk.store(f"{SITE}/a/")
    (tmp_path / "shared").mkdir()
    first = take_backup(desk.path, tmp_path / "shared", clock=now)
    desk.store(f"{SITE}/b/", post_id=13)
    second = take_backup(desk.path, tmp_path / "shared", clock=now)
    assert [first.path.name, second.path.name] == [
        "borneone-20260301T040506Z.db", "borneone-20260301T040506Z-2.db",
    ]  # fmt: skip
    assert [value(one.path, "SELECT count(*) FROM articles") for one in (first, second)] == [1, 2]


def test_a_raw_copy_is_never_taken_for_a_backup(desk: Desk, tmp_path: Path) -> None:
    """It may be an archive at work: somebody restored it there."""
    desk.store(f"{SITE}/a/")
    desk.archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copy(desk.path, tmp_path / "raw.db")
    with pytest.raises(Stop, match="no backup of this archive"):
        take_backup(desk.path, tmp_path / "raw.db", clock=now)


def test_a_backup_that_knows_more_is_never_replaced(desk: Desk, tmp_path: Path) -> None:
    desk.store(f"{SITE}/a/")
    desk.archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copy(desk.path, tmp_path / "older.db")
    desk.store(f"{SITE}/b/", post_id=13)
    copy = tmp_path / "b.db"
    take_backup(desk.path, copy, clock=now)
    with pytest.raises(Stop, match="knows what this archive does not"):
        take_backup(tmp_path / "older.db", copy, clock=now)
    assert value(copy, "SELECT count(*) FROM articles") == 2


def test_what_was_deleted_does_not_travel_with_a_copy(desk: Desk, tmp_path: Path) -> None:
    secret = "Teks yang ditarik kembali"
    desk.archive.db.execute("PRAGMA secure_delete = OFF")  # Debian's SQLite has it on
    desk.archive.db.execute("INSERT INTO never_asked VALUES ('x', 1, ?, '2026')", [secret])
    desk.archive.db.execute("DELETE FROM never_asked")
    desk.archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert secret.encode() in desk.path.read_bytes(), "the file itself still holds it"
    take_backup(desk.path, tmp_path / "b.db", clock=now)
    assert secret.encode() not in (tmp_path / "b.db").read_bytes()


def test_a_copy_for_others_has_no_byte_of_what_is_withheld(desk: Desk, tmp_path: Path) -> None:
    article_id = store_marked(desk)
    reason = "permintaan keluarga korban"
    desk.archive.take_down(article_id, reason)
    desk.archive.wipe()
    whole, copy = tmp_path / "whole.db", tmp_path / "copy.db"
    done = run(desk.path, "backup", whole)
    assert "In it, withheld, are the texts of what was taken down (1)" in done.stdout
    assert MARKER.encode() in whole.read_bytes()
    done = run(desk.path, "backup", copy, "--without-withheld")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Left out are the texts of what was taken down (1)" in done.stdout
    assert "To put it back" not in done.stdout
    for word in (MARKER, reason):
        assert word.encode() not in copy.read_bytes()
    assert value(copy, "SELECT count(*) FROM takedowns") == 1
    assert value(copy, "SELECT count(*) FROM stories") == 1
    assert MARKER.encode() in desk.path.read_bytes(), "the archive keeps it"
    done = run(desk.path, "backup", copy, "--replace", "--without-withheld", "--json")
    made = json.loads(done.stdout)
    assert (made["articles"], made["withheld"], made["withheld_left_out"]) == (2, 0, 1)


def test_what_a_copy_has_not_is_not_put_back_from_it(desk: Desk, tmp_path: Path) -> None:
    article_id = store_marked(desk)
    desk.archive.take_down(article_id, "permintaan")
    copy = tmp_path / "copy.db"
    take_backup(desk.path, copy, clock=now, without_withheld=True)
    done = run(copy, "takedown", str(article_id), "--undo")
    assert (done.returncode, done.stdout) == (Status.USAGE, "")
    assert "left out of the copy" in done.stderr
    assert value(copy, "SELECT count(*) FROM takedowns") == 1


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("INSERT INTO articles_fts (articles_fts, rowid, headline) VALUES ('delete', 1, 'Wagub')",
         "index of words"),
        ("UPDATE articles SET reading_id = 99", "refers to nothing"),
    ],
)  # fmt: skip
def test_a_damaged_archive_makes_no_backup(
    desk: Desk, tmp_path: Path, damage: str, words: str
) -> None:
    desk.store(f"{SITE}/a/")
    desk.archive.db.execute("PRAGMA foreign_keys = OFF")
    desk.archive.db.execute(damage)
    (tmp_path / "shared").mkdir()
    with pytest.raises(Stop, match=words) as caught:
        take_backup(desk.path, tmp_path / "shared", clock=now)
    assert caught.value.status is Status.NO_ARCHIVE
    assert names(tmp_path / "shared") == []


@pytest.mark.parametrize("phase", ["copying", "checking"])
def test_a_signal_ends_a_backup_with_nothing_left(desk: Desk, tmp_path: Path, phase: str) -> None:
    for number in range(150):
        desk.store(f"{SITE}/{number}/", post_id=number)
    (tmp_path / "shared").mkdir()

    looks = []

    def watch(doing: str, _share: float | None) -> None:
        looks.append(doing)
        if looks.count(phase) == 2:  # not at its beginning: SQLite is at work now
            raise Stop(Status.TERMINATED, "stopped")

    with pytest.raises(Stop) as caught:
        take_backup(desk.path, tmp_path / "shared", clock=now, watch=watch)
    assert caught.value.status is Status.TERMINATED
    assert names(tmp_path / "shared") == []


def test_wrong_arguments_are_told(tmp_path: Path) -> None:
    done = run(tmp_path / "no.db", "backup")
    assert done.returncode == Status.USAGE
    assert run(tmp_path / "no.db", "backup", tmp_path / "b.db").returncode == Status.NO_ARCHIVE
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_a_folder_that_is_not_there_never_becomes_a_file(desk: Desk, tmp_path: Path) -> None:
    desk.store(f"{SITE}/a/")
    done = run(desk.path, "backup", f"{tmp_path}/shared/")
    assert (done.returncode, done.stdout) == (Status.CANNOT_CREATE, "")
    assert "there is no folder" in done.stderr
    assert not (tmp_path / "shared").exists()


def test_the_command_replaces_a_backup_only_when_told_to(desk: Desk, tmp_path: Path) -> None:
    desk.store(f"{SITE}/a/")
    assert run(desk.path, "backup", tmp_path / "b.db").returncode == 0
    refused = run(desk.path, "backup", tmp_path / "b.db")
    assert (refused.returncode, refused.stdout) == (Status.CANNOT_CREATE, "")
    assert "--replace" in refused.stderr
    assert run(desk.path, "backup", tmp_path / "b.db", "--replace").returncode == 0
