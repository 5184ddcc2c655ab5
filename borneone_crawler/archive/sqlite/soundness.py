"""A first look at an archive's file: is it sound, and is SQLite new enough for it?"""

import sqlite3

from sqlite_utils import Database

OLDEST_SQLITE = (3, 38, 0)
"""The first with ->> built in; STRICT tables are of 3.37."""


def sqlite_version() -> tuple[int, ...]:
    """Of the library that Python uses here."""
    return sqlite3.sqlite_version_info


def damage(database: Database) -> str | None:
    """The first thing that is wrong with the pages of a file, or None. Reads the whole file, and
    changes nothing; `scrapy verify` proves more."""
    try:
        (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found == "ok" else str(found)
