"""Inserts one row and tells its id."""

from collections.abc import Mapping

from sqlite_utils import Database


def insert(database: Database, table: str, row: Mapping[str, object]) -> int:
    """Insert into a table with an INTEGER PRIMARY KEY. Returns the new row's id."""
    row_id = database.table(table).insert(dict(row)).last_pk
    assert row_id is not None
    return int(row_id)
