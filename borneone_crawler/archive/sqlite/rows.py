"""Inserts and fetches rows, where there are many of them.

Plainly: sqlite-utils asks a table what it is before each row, and guards each question by a
savepoint, which takes longer than the row.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database


def insert(database: Database, table: str, row: Mapping[str, object]) -> int:
    """Insert into a table with an INTEGER PRIMARY KEY. Returns the new row's id."""
    row_id = database.execute(_insert(table, row), list(row.values())).lastrowid
    assert row_id is not None
    return row_id


def insert_all(
    database: Database, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Insert rows of these columns. A transaction must be open."""
    # sqlite3 would begin one by itself, and nobody would end it.
    assert database.conn.in_transaction
    if rows:
        database.conn.executemany(_insert(table, columns), rows)


def _insert(table: str, columns: Iterable[str]) -> str:
    names = list(columns)
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own words


def fetch(database: Database, sql: str, values: Sequence[object]) -> list[dict[str, Any]]:
    """The rows that a SELECT brings, by column."""
    cursor = database.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def copied(database: Database, table: str, other_id: int, **changes: object) -> int:
    """Copy a row of the attached database `other`, but for its id and what `changes` say. Returns
    the new row's id."""
    names = [column.name for column in database.table(table).columns if column.name != "id"]
    values = ", ".join(f":{name}" if name in changes else f'"{name}"' for name in names)
    cursor = database.execute(
        f"""INSERT INTO main.{table} ({", ".join(f'"{name}"' for name in names)})
            SELECT {values} FROM other.{table} WHERE id = :other_id""",  # noqa: S608
        {"other_id": other_id} | changes,
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
