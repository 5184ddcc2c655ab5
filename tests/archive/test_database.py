"""Opening: what is an archive, what is not, and who may write."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from borneone_crawler.archive.sqlite.database import (
    SCHEMA_VERSION,
    open_database,
    open_readonly,
    statements,
)
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk


def stop_on(path: Path) -> Stop:
    with pytest.raises(Stop) as caught:
        open_database(path)
    return caught.value


def test_a_new_archive_has_the_promised_settings(desk: Desk) -> None:
    for pragma, value in (
        ("journal_mode", "wal"), ("foreign_keys", 1), ("user_version", SCHEMA_VERSION),
        ("synchronous", 1),
    ):  # fmt: skip
        assert desk.one(f"PRAGMA {pragma}") == value
    tables = desk.rows(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main' "
        "AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlite%' AND name NOT LIKE '%_fts%'"
    )
    assert len(tables) > 15
    assert all(strict for _, strict in tables)


def test_the_url_of_an_article_is_unique_and_not_null(desk: Desk) -> None:
    (url,) = (column for column in desk.archive.db["articles"].columns if column.name == "url")
    assert url.notnull
    assert ["url"] in [
        index.columns for index in desk.archive.db["articles"].indexes if index.unique
    ]


def test_a_second_opening_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    before = path.read_bytes()
    open_database(path).close()
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_text("Bukan basis data.\n" * 100)
    assert stop_on(path).status is Status.NO_ARCHIVE
    assert path.read_text().startswith("Bukan")


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    other = Database(path)
    other["todo"].insert({"what": "milk"})
    other.close()
    stop = stop_on(path)
    assert stop.status is Status.NO_ARCHIVE
    assert "something else" in str(stop)


def test_an_archive_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    stop = stop_on(path)
    assert stop.status is Status.NO_ARCHIVE
    assert "newer version" in str(stop)


def test_a_truncated_archive_is_called_damaged_or_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    path.write_bytes(path.read_bytes()[:5000])
    assert stop_on(path).status is Status.NO_ARCHIVE


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    stop = stop_on(tmp_path / "file" / "a.db")
    assert stop.status is Status.CANNOT_CREATE
    assert "cannot" in str(stop)


def test_reading_an_archive_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        open_readonly(tmp_path / "a.db")
    assert caught.value.status is Status.NO_ARCHIVE
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Stop, match="is a folder") as caught:
        open_readonly(tmp_path)
    assert caught.value.status is Status.NO_ARCHIVE


def test_a_second_writer_is_turned_away_while_the_first_lives(desk: Desk) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from borneone_crawler.archive.sqlite.lock import Lock\n"
        "from borneone_crawler.statuses import Stop\n"
        "try: Lock(Path(sys.argv[1]))\n"
        "except Stop as stop: sys.exit(int(stop.status))\n"
    )
    argv = [sys.executable, "-c", code, str(desk.path)]
    assert subprocess.run(argv).returncode == Status.BUSY
    desk.archive.close()
    assert subprocess.run(argv).returncode == 0
    desk.archive = desk.open()


def test_an_archive_of_another_site_is_refused(desk: Desk) -> None:
    desk.settle(f"{SITE}/a/", capture=desk.capture(f"{SITE}/a/"))
    desk.archive.close()
    with pytest.raises(Stop) as caught:
        desk.open(replace(BORNEONETV, base_url="https://lain.example"))
    assert caught.value.status is Status.MISCONFIGURED
    assert SITE in str(caught.value)
    desk.archive = desk.open()


def test_an_archive_without_captures_keeps_its_name_once_it_has_a_ledger(desk: Desk) -> None:
    desk.store(f"{SITE}/a/")
    desk.next_run()
    desk.store(f"{SITE}/b/", post_id=13)
    assert desk.rows("SELECT n FROM ledger WHERE chain = (SELECT uuid FROM archive)") == [
        (1,), (2,),
    ]  # fmt: skip


def test_an_archive_that_is_taken_back_leaves_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "sub" / "a.db")
    desk.archive.take_back()
    assert list((tmp_path / "sub").iterdir()) == []


def test_views_follow_the_files(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    connection = sqlite3.connect(path)
    connection.execute("DROP VIEW stories")
    connection.execute("CREATE VIEW stale AS SELECT 1 AS one")
    connection.commit()
    connection.close()
    database = open_database(path)
    assert "stories" in database.view_names()
    assert "stale" not in database.view_names()
    database.close()


def test_a_script_is_cut_into_statements() -> None:
    sql = "-- one;\nCREATE TABLE a (b TEXT); -- two\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n"
    sql += "DELETE FROM a; DELETE FROM a;\nEND;\n-- the end\n"
    table, trigger = statements(sql)
    assert "CREATE TABLE a (b TEXT);" in table
    assert trigger.endswith("END;")
    with pytest.raises(ValueError, match="unfinished"):
        list(statements("CREATE TABLE a (b TEXT)"))
