"""Leaves nothing of what was deleted in the database file or beside it."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from borneone_crawler.statuses import Status, Stop


def overwrite_what_is_deleted(database: Database) -> None:
    """Have SQLite write zeros over what is deleted from now on; not within a transaction."""
    database.execute("PRAGMA secure_delete = ON").fetchall()


def wipe(database: Database, path: Path) -> str | None:
    """Write the file anew without free pages, and empty the write-ahead log.

    Free pages are not all: SQLite leaves old copies in the unused room of pages that it splits.
    Returns None, or a line that says what is left because a reader holds on to the old state.
    Raises Stop IO_ERROR when there is no room. Either way the same again finishes it.
    """
    try:
        database.execute("VACUUM")
        busy = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise Stop(
            Status.IO_ERROR,
            f"old copies of the text are left in free pages of {path} ({error}): make room and "
            "type the same again",
        ) from error
    if not busy:
        return None
    return (
        f"old copies of the text are left in {path.name} and {path.name}-wal, because somebody is "
        "reading the archive: type the same again when that has ended"
    )
