"""Keeps what is not for readers from a connection over which anybody may ask anything."""

import sqlite3

from borneone_crawler.archive.questions.closed import CLOSED_COLUMNS, is_closed


def close_to_readers(connection: sqlite3.Connection) -> None:
    """Have SQLite itself refuse it, whatever statement asks: by a view, a join, a count or a
    search. Closed columns of open tables say NULL."""
    connection.set_authorizer(_judge)


def _judge(action: int, table: str | None, column: str | None, *_: str | None) -> int:
    if action != sqlite3.SQLITE_READ:
        return sqlite3.SQLITE_OK
    # SQLite tells the name as the statement spells it.
    place = (table or "").lower(), (column or "").lower()
    if place in CLOSED_COLUMNS:
        return sqlite3.SQLITE_IGNORE
    return sqlite3.SQLITE_DENY if is_closed(*place) else sqlite3.SQLITE_OK
