"""Where and when an archive may be verified: beside a crawl, in a folder that cannot be written,
and what is too damaged for it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from borneone_crawler.archive.sqlite.database import open_database, open_readonly
from borneone_crawler.archive.sqlite.lock import Lock
from borneone_crawler.archive.verification import Verification
from borneone_crawler.archive.verification.search_index import search_index
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.verification.verifiers import STAND_ALONE, both, ours, theirs
from tests.crawling import ROOT
from tests.tampered import Tampered


def stop_on(path: Path) -> Stop:
    with pytest.raises(Stop) as caught:
        ours(path)
    return caught.value


# -- beside a crawl ----------------------------------------------------------------------------


def test_a_crawl_that_is_writing_neither_waits_nor_makes_us_wait(desk: Desk) -> None:
    desk.archive.db.execute("PRAGMA busy_timeout = 0")
    for number in range(3):
        url = f"{SITE}/berita-{number}/"
        desk.settle(url, reading=reading(url, post_id=number), capture=desk.capture(url))
    steps: list[str] = []

    def write_meanwhile(what: str, _done: int, _total: int) -> None:
        steps.append(what)
        url = f"{SITE}/sementara-{len(steps)}/"
        desk.settle(url, reading=reading(url, post_id=len(steps)), capture=desk.capture(url))

    proof = Verification(desk.path, desk.path.parent / "warc")
    assert list(proof.findings(write_meanwhile)) == []
    assert proof.checked["articles"] == 3, "the archive as it was at one moment"
    assert len(set(steps)) == 5
    desk.archive.db.execute("BEGIN IMMEDIATE")
    assert both(desk.path) == []
    desk.archive.db.execute("ROLLBACK")


def test_a_file_that_is_written_anew_meanwhile_is_looked_up_again(tampered: Tampered) -> None:
    def rewrite(what: str, done: int, _total: int) -> None:
        if what == "captures" and done == 1:
            old = tampered.warc_file
            data = old.read_bytes()
            old.with_name("anew.warc.gz").write_bytes(b"12345" + data)
            tampered.sql(
                "UPDATE captures SET warc_file = 'anew.warc.gz', warc_offset = warc_offset + 5"
            )
            old.unlink()

    assert list(Verification(tampered.path, tampered.warc).findings(rewrite)) == []
    assert both(tampered.path) == []


# -- in a folder that cannot be written --------------------------------------------------------


# Root may read and write everywhere, unless these rights are taken away from it too.
_BY_RIGHTS = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
)


def by_rights(argv: list[str]) -> subprocess.CompletedProcess[str]:
    """Run something that may do only what the modes of files and folders let it."""
    return subprocess.run([*_BY_RIGHTS, *argv], capture_output=True, text=True, cwd=ROOT)


@pytest.fixture(params=[0o644, 0o444], ids=["a file of one's own", "of somebody else's"])
def lent(tampered: Tampered, request: pytest.FixtureRequest) -> Iterator[Tampered]:
    """An archive in a folder that cannot be written."""
    folder = tampered.path.parent
    with closing(sqlite3.connect(tampered.path)) as connection:  # it leaves no log
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not tampered.path.with_name("borneone.db-shm").exists()
    tampered.path.chmod(request.param)
    folder.chmod(0o555)
    if by_rights(["touch", str(folder / "made")]).returncode == 0:
        pytest.skip("whoever runs the tests may write everywhere")
    yield tampered
    folder.chmod(0o755)


VERIFIERS = (
    ["-I", "-S", str(STAND_ALONE), "{}"],
    ["-m", "scrapy", "verify", "-s", "ARCHIVE_DB={}"],
)


@pytest.mark.parametrize("argv", VERIFIERS, ids=["archive/verify.py", "scrapy verify"])
def test_an_archive_in_a_folder_that_cannot_be_written_is_verified(
    lent: Tampered, argv: list[str]
) -> None:
    there = sorted(path.name for path in lent.path.parent.iterdir())
    command = [sys.executable, *(part.format(lent.path) for part in argv)]
    done = by_rights(command)
    assert (done.returncode, done.stderr) == (0, "")
    assert "findings: none" in done.stdout
    assert sorted(path.name for path in lent.path.parent.iterdir()) == there


@pytest.mark.parametrize("argv", VERIFIERS, ids=["archive/verify.py", "scrapy verify"])
def test_rows_that_cannot_be_read_there_are_not_passed_over(
    lent: Tampered, argv: list[str]
) -> None:
    lent.path.parent.chmod(0o755)
    log = lent.path.with_name("borneone.db-wal")
    log.unlink(missing_ok=True)
    log.write_bytes(b"newer rows")
    lent.path.with_name("borneone.db-shm").unlink(missing_ok=True)
    lent.path.parent.chmod(0o555)
    command = [sys.executable, *(part.format(lent.path) for part in argv)]
    done = by_rights(command)
    assert (done.returncode, done.stdout) == (Status.NO_ARCHIVE, "")


def test_nobody_begins_to_write_what_is_read_there(lent: Tampered) -> None:
    """What is read without SQLite's locks must not change: a reader of the owner's group."""
    lock = lent.path.with_name("borneone.db.lock")
    lent.path.parent.chmod(0o755)
    lock.touch()
    lent.path.parent.chmod(0o555)
    reads = """
import sys
from pathlib import Path
from borneone_crawler.archive.sqlite.database import open_readonly
database = open_readonly(Path(sys.argv[1]))
assert database.table("articles").count
print("reading", flush=True)
sys.stdin.read()
database.close()
print("read", flush=True)
sys.stdin.close()
"""
    argv = [*_BY_RIGHTS, sys.executable, "-c", reads, str(lent.path)]
    with subprocess.Popen(
        argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        with pytest.raises(Stop) as refused:
            Lock(lent.path)
        assert refused.value.status is Status.BUSY
        reader.stdin.close()
        assert reader.stdout.readline() == "read\n"
    lock_of_a_run = Lock(lent.path)
    done = by_rights([sys.executable, "-m", "scrapy", "runs", "-s", f"ARCHIVE_DB={lent.path}"])
    assert (done.returncode, done.stderr.count("\n")) == (Status.BUSY, 1)
    lock_of_a_run.release()


# -- what is none ------------------------------------------------------------------------------


def test_what_is_no_archive_is_66_for_both(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("Bukan basis data.\n" * 100)
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE todo (what TEXT)")
    (tmp_path / "empty.db").touch()
    for name in ("text.db", "other.db", "nothing.db", "empty.db"):
        assert stop_on(tmp_path / name).status is Status.NO_ARCHIVE
        done = theirs(tmp_path / name)
        assert (done.returncode, done.stdout) == (Status.NO_ARCHIVE, "")
        assert done.stderr.count("\n") == 1
    assert not (tmp_path / "nothing.db").exists()


def test_an_archive_that_is_cut_short_is_too_damaged(tampered: Tampered) -> None:
    with tampered.path.open("r+b") as file:
        file.truncate(60_000)
    assert stop_on(tampered.path).status is Status.NO_ARCHIVE
    assert theirs(tampered.path).returncode == Status.NO_ARCHIVE


def test_an_archive_that_lacks_a_table_is_too_damaged(tampered: Tampered) -> None:
    tampered.sql("DROP TABLE takedowns")
    stop = stop_on(tampered.path)
    assert (stop.status, "no such table" in str(stop)) == (Status.NO_ARCHIVE, True)
    assert theirs(tampered.path).returncode == Status.NO_ARCHIVE


def test_pages_that_are_damaged_are_findings_as_long_as_they_can_be_read(
    tampered: Tampered,
) -> None:
    """The first byte of an index: SQLite's own check meets it, our reading may not."""
    with closing(sqlite3.connect(tampered.path)) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'articles_first_seen'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(tampered.path.read_bytes())
    end = page * size
    data[end - 40 : end] = bytes(40)
    tampered.path.write_bytes(data)
    found = ours(tampered.path)
    assert found
    assert all(finding.what.startswith("the database file") for finding in found)


def test_an_archive_of_an_older_version_is_asked_to_be_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1")
    assert "older version" in str(stop_on(path))


def test_an_empty_archive_is_sound(desk: Desk) -> None:
    assert both(desk.path) == []


# -- the search index ---------------------------------------------------------------------------


def test_no_room_for_a_copy_of_the_index_is_said_as_such(crawled: Path, tmp_path: Path) -> None:
    shutil.copy(crawled / "borneone.db", tmp_path / "borneone.db")
    connection = open_readonly(tmp_path / "borneone.db").conn
    connection.execute("CREATE TEMP TABLE t (a)")
    connection.execute("PRAGMA temp.max_page_count = 4")
    with pytest.raises(Stop, match="SQLITE_TMPDIR") as caught:
        list(search_index(connection))
    connection.close()
    assert caught.value.status is Status.IO_ERROR
