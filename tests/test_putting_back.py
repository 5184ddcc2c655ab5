"""A backup put in the place of an archive whose last run was killed, its log still there."""

import errno
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from borneone_crawler.archive.sqlite.database import open_database, open_readonly
from borneone_crawler.archive.sqlite.stale_log import put_stale_log_aside
from borneone_crawler.statuses import Status, Stop
from tests.crawling import ROOT, Crawl
from tests.small_site import SmallSite
from tests.typed import run

_KILLED_WRITER = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA wal_autocheckpoint = 0")
db.execute("UPDATE archive SET quiet_until = '2000-01-01'")
db.execute("UPDATE articles SET headline = headline || ' Baru'")
db.execute("CREATE TABLE more AS SELECT * FROM articles")
os._exit(9)
"""


@pytest.fixture
def put_back(site: SmallSite, crawl: Crawl, tmp_path: Path) -> Crawl:
    """A backup over the archive, beside it the log of one whose writer was killed."""
    assert crawl.run() == 0
    made = run(crawl.archive, "backup", tmp_path / "b.db")
    assert made.returncode == 0
    assert f"rm -f {crawl.archive}-wal {crawl.archive}-shm && cp {tmp_path}/b.db" in made.stdout
    killed = subprocess.run([sys.executable, "-c", _KILLED_WRITER, crawl.archive])
    assert killed.returncode == 9
    assert log_of(crawl.archive).stat().st_size > 0
    shutil.copyfile(tmp_path / "b.db", crawl.archive)
    return crawl


def log_of(archive: Path) -> Path:
    return archive.with_name(archive.name + "-wal")


def is_sound(archive: Path) -> bool:
    with closing(sqlite3.connect(archive)) as connection:
        (new,) = connection.execute(
            "SELECT count(*) FROM articles WHERE headline LIKE '%Baru'"
        ).fetchone()
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not new


@pytest.mark.parametrize("argv", [["verify"], ["history", "1"], ["reparse", "--all"], ["crawl"]])
def test_the_log_of_the_replaced_file_is_put_aside(put_back: Crawl, argv: list[str]) -> None:
    log, aside = log_of(put_back.archive), put_back.archive.with_name("borneone.db-wal.stale")
    of_another = log.read_bytes()
    if argv == ["crawl"]:
        assert put_back.run() == 0
        stderr = put_back.stderr
        assert "borneone.db-wal.stale" in put_back.log
    else:
        done = run(put_back.archive, *argv)
        assert done.returncode == 0, done.stdout + done.stderr
        stderr = done.stderr
    assert stderr.count("\n") == 1
    assert "borneone.db-wal.stale" in stderr
    assert aside.read_bytes() == of_another
    assert is_sound(put_back.archive)
    again = run(put_back.archive, "verify")
    assert (again.returncode, again.stderr) == (0, "")


def test_the_verifier_without_us_reads_past_it(put_back: Crawl) -> None:
    before = put_back.archive.read_bytes(), log_of(put_back.archive).read_bytes()
    argv = [sys.executable, str(ROOT / "archive/verify.py"), str(put_back.archive)]
    done = subprocess.run(argv, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "borneone.db-wal is of another file" in done.stdout
    assert before == (put_back.archive.read_bytes(), log_of(put_back.archive).read_bytes())


def test_one_that_was_put_aside_before_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "borneone.db"
    without_log(path)
    log_of(path).write_bytes(b"second")
    (tmp_path / "borneone.db-wal.stale").write_bytes(b"first")
    open_readonly(path).close()
    assert (tmp_path / "borneone.db-wal.stale").read_bytes() == b"first"
    assert (tmp_path / "borneone.db-wal.stale1").read_bytes() == b"second"


def test_the_log_of_a_killed_run_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "borneone.db"
    database = open_database(path)
    database.execute("INSERT INTO never_asked VALUES ('x', 1, '[]', '2026')")
    for suffix in ("", "-wal"):  # as a kill leaves them
        shutil.copy(f"{path}{suffix}", f"{tmp_path / 'killed.db'}{suffix}")
    database.close()
    with closing(open_readonly(tmp_path / "killed.db")) as killed:
        assert killed.table("never_asked").count == 1


def test_where_it_cannot_be_renamed_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    path = tmp_path / "borneone.db"
    without_log(path)
    log_of(path).write_bytes(b"log")
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(Stop, match="move it away") as caught:
        put_stale_log_aside(path)
    assert caught.value.status is Status.NO_ARCHIVE


def without_log(path: Path) -> None:
    """An archive as a backup is, which nobody has opened yet."""
    made = path.with_name("made.db")
    open_database(made).close()
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    made.rename(path)
