"""Somebody's own SQL is answered, and does nothing else."""

import sqlite3

import pytest

from borneone_crawler.archive.questions.asking import asked
from borneone_crawler.archive.questions.closed import CLOSED_COLUMNS, CLOSED_TABLES
from borneone_crawler.archive.sqlite.database import open_readonly
from borneone_crawler.statuses import Status, Stop
from tests.archive.conftest import SITE, Desk

COUNTED = """
WITH RECURSIVE t (n) AS (SELECT 1 UNION SELECT n + 1 FROM t LIMIT 3) SELECT sum(n) FROM t
"""
HIGHLIGHTED = """
SELECT rowid, highlight(articles_fts, 0, '[', ']') FROM articles_fts('banjir') ORDER BY rank
"""
SECRET = "alamat rumah narasumber"


@pytest.fixture
def down(desk: Desk) -> Desk:
    """An archive of two articles, one of which was taken down."""
    desk.store(f"{SITE}/a/", headline="Banjir di Pontianak")
    desk.store(f"{SITE}/b/", post_id=13, article_body=f"Pontianak – {SECRET}.")
    desk.archive.take_down(2, f"memuat {SECRET}")
    return desk


def answer(desk: Desk, sql: str) -> list[tuple[object, ...]]:
    database = open_readonly(desk.path)
    try:
        with asked(database, sql) as found:
            return list(found.rows())
    finally:
        database.close()


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT id, headline FROM stories", [(1, "Banjir di Pontianak")]),
        ("SELECT article_id FROM states ORDER BY 1;", [(1,)]),
        ("SELECT count(*) FROM takedowns WHERE article_id = 2 -- whether, not why", [(1,)]),
        (COUNTED, [(6,)]),
        (HIGHLIGHTED, [(1, "[Banjir] di Pontianak")]),
        ("SELECT value FROM articles, json_each(flags)", []),
        ("VALUES (1), (2)", [(1,), (2,)]),
    ],
)
def test_a_question_is_answered(down: Desk, sql: str, rows: list[tuple[object, ...]]) -> None:
    assert answer(down, sql) == rows


def test_every_view_may_be_asked(down: Desk) -> None:
    for view in down.archive.db.view_names():
        answer(down, f"SELECT * FROM {view}")
        answer(down, f"SELECT count(*) FROM {view}")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT reason FROM takedowns",
        "SELECT * FROM main.takedowns",
        "SELECT article FROM WithHeld",
        "SELECT rowid FROM withheld",
        # a name that the views have, for what reads in their place
        "WITH stories AS (SELECT reason FROM takedowns) SELECT * FROM stories",
        "SELECT (SELECT reason FROM takedowns) FROM stories",
        "SELECT id FROM stories UNION SELECT reason FROM takedowns",
        "SELECT data FROM sqlite_dbpage",
    ],
)
def test_what_is_not_for_readers_stays_unread(down: Desk, sql: str) -> None:
    with pytest.raises(Stop, match=r"is not for readers|no such table: sqlite_dbpage") as caught:
        answer(down, sql)
    assert caught.value.status is Status.USAGE
    assert SECRET not in str(caught.value)


def test_a_closed_column_is_empty(down: Desk) -> None:
    down.archive.db.execute(
        """INSERT INTO dumps (sha256, name, encoding, withheld, headline_key, run_id, added_at)
           VALUES ('', 'a.txt', 'utf-8', ?, '', 1, '')""",
        [SECRET.encode()],
    )
    assert answer(down, "SELECT name, withheld FROM dumps") == [("a.txt", None)]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM articles",
        "UPDATE articles SET headline = ''",
        "INSERT INTO articles_fts (articles_fts) VALUES ('optimize')",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "DROP VIEW stories",
        "ATTACH ':memory:' AS other",
        "PRAGMA writable_schema = ON",
        "PRAGMA table_info(articles)",
        "UPDATE sqlite_master SET sql = ''",
        "BEGIN",
        "ROLLBACK",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
        "SELECT 1; DROP VIEW stories",
        "SELECT nothing FROM stories",
        "SELECT ?",
        "SELEKSI",
        "SELECT id, id FROM stories",
        "SELECT json('{') FROM stories",
        "SELECT CAST(x'ff' AS TEXT)",
        "",
        "-- nothing",
    ],
)
def test_anything_else_is_one_line_and_does_nothing(down: Desk, sql: str) -> None:
    before = down.rows("SELECT * FROM sqlite_master"), down.rows("SELECT * FROM articles")
    with pytest.raises(Stop, match=r"^--sql: .+[^\n]$") as caught:
        answer(down, sql)
    assert caught.value.status is Status.USAGE
    assert (
        down.rows("SELECT * FROM sqlite_master"),
        down.rows("SELECT * FROM articles"),
    ) == before


def test_afterwards_the_connection_is_free_again(down: Desk) -> None:
    database = open_readonly(down.path)
    with pytest.raises(Stop), asked(database, "SELECT * FROM withheld"):
        pass
    assert database.execute("SELECT count(*) FROM withheld").fetchone() == (1,)
    database.close()


def test_an_answer_can_be_gone_through_again(down: Desk) -> None:
    database = open_readonly(down.path)
    with asked(database, "SELECT id FROM stories") as found:
        assert (found.columns, list(found.rows()), list(found.rows())) == (["id"], [(1,)], [(1,)])
    database.close()


def test_every_closed_table_and_column_is_one_of_the_archive(down: Desk) -> None:
    for table, columns in CLOSED_TABLES.items():
        if not table.startswith("sqlite_"):
            assert columns - {""} <= set(down.archive.db.table(table).columns_dict)
    for table, column in CLOSED_COLUMNS:
        assert column in down.archive.db.table(table).columns_dict


def test_a_fault_of_the_file_is_not_one_of_the_question(down: Desk) -> None:
    down.archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with down.path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * (down.path.stat().st_size - 4096 * 3))
    with pytest.raises(sqlite3.DatabaseError):
        answer(down, "SELECT * FROM articles")
