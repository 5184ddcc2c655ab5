"""Inserts one row and tells its id."""

from collections.abc import Mapping

from sqlite_utils import Database


def insert(database: Database, table: str, row: Mapping[str, object]) -> int:
    """Insert into a table with an INTEGER PRIMARY KEY. Returns the new row's id."""
    row_id = database.table(table).insert(dict(row)).last_pk
    assert row_id is not None
    return int(row_id)


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
