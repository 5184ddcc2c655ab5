"""Runs a question in somebody's own SQL: reading alone, and only what is for readers."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from borneone_crawler.archive.questions.closed import CLOSED_COLUMNS, is_closed
from borneone_crawler.statuses import Status, Stop

_READS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE})
_LOOK_AFTER = 100_000
"""Steps of SQLite's machine after which a signal is noticed."""

# What says something of the file, the disk or a signal, and nothing of the question.
_OF_THE_ARCHIVE = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)  # fmt: skip


class Answer:
    """What a question brings. Nothing of it is kept: going through the rows again asks again."""

    def __init__(self, connection: sqlite3.Connection, sql: str) -> None:
        self._connection = connection
        self._sql = sql
        self._guard = _Guard()
        # SQLite is in C and hears no signal; between its steps Python does.
        connection.set_progress_handler(_go_on, _LOOK_AFTER)
        connection.set_authorizer(self._guard.permits)
        self._begun: sqlite3.Cursor | None = self._ask()
        self.columns = [name for name, *_ in self._begun.description or ()]
        """Their names, no two of them alike."""
        if not self.columns:
            raise Stop(Status.USAGE, "--sql: there is no SELECT in it")
        if double := next((name for name in self.columns if self.columns.count(name) > 1), None):
            raise Stop(
                Status.USAGE, f"--sql: two columns are named {double!r}: tell them apart with AS"
            )

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows as they are found. Raises Stop."""
        cursor, self._begun = self._begun or self._ask(), None
        with _explained(self._guard):
            yield from cursor

    def _ask(self) -> sqlite3.Cursor:
        with _explained(self._guard):
            return self._connection.execute(self._sql)


@contextmanager
def asked(database: Database, sql: str) -> Iterator[Answer]:
    """The answer to one SELECT, to be read within the context: nothing else may be asked through
    this connection meanwhile.

    Raises Stop, also while the rows are read: USAGE for a statement that is no SELECT, that is
    wrong, or that asks for what is not for readers; INTERRUPTED when a signal came.
    """
    try:
        yield Answer(database.conn, sql)
    finally:
        database.conn.set_authorizer(None)
        database.conn.set_progress_handler(None, 0)


class _Guard:
    """Says of everything that a statement is about to do whether it may, and remembers what it
    may not."""

    def __init__(self) -> None:
        self.refused: str | None = None

    def permits(
        self, action: int, first: str | None, second: str | None, _schema: object, _view: object
    ) -> int:
        # Not by the view that reads on the statement's behalf: the name of one is easily borrowed
        # (WITH stories AS (SELECT reason FROM takedowns) …).
        if action in _READS:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ:
            table, column = (first or "").lower(), (second or "").lower()
            if (table, column) in CLOSED_COLUMNS:
                return sqlite3.SQLITE_IGNORE
            if not is_closed(table, column):
                return sqlite3.SQLITE_OK
            return self._refuse(f"{first} is not for readers")
        if action == sqlite3.SQLITE_FUNCTION and second != "load_extension":
            return sqlite3.SQLITE_OK
        if _is_of_the_search_index(action, first, second):
            return sqlite3.SQLITE_OK
        return self._refuse("only a SELECT is allowed")

    def _refuse(self, why: str) -> int:
        self.refused = self.refused or why
        return sqlite3.SQLITE_DENY


@contextmanager
def _explained(guard: _Guard) -> Iterator[None]:
    """Turn what is wrong with the question into a Stop; what is wrong with the archive goes on."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) or sqlite3.SQLITE_ERROR
        if code & 0xFF in _OF_THE_ARCHIVE:
            raise
        if code == sqlite3.SQLITE_INTERRUPT:
            raise Stop(Status.INTERRUPTED, "stopped by a signal") from error
        raise Stop(Status.USAGE, f"--sql: {guard.refused or str(error).rstrip('.')}") from error


def _is_of_the_search_index(action: int, first: str | None, second: str | None) -> bool:
    """Whether the index is being made known to the connection, or asks whether it has changed.
    Nobody writes to the schema by this: SQLite lets no statement do so."""
    is_told = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
    return is_told or (action, first, second) == (sqlite3.SQLITE_PRAGMA, "data_version", None)


def _go_on() -> int:
    return 0
