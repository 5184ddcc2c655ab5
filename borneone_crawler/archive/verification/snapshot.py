"""Opens an archive as it is at one moment, whatever a crawl goes on to write meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from borneone_crawler.archive.sqlite.database import (
    SCHEMA_VERSION,
    damaged,
    explained,
    open_readonly,
)
from borneone_crawler.statuses import Status, Stop


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """One read transaction over the archive, its rows by name. Nothing of it is written, and no
    writer waits; temporary tables stand in files of SQLite's own.

    Text that is no UTF-8 any more comes as surrogates, so that the bytes can be told from it
    (`stored_bytes`). Raises Stop NO_ARCHIVE, also for what turns out to be damaged too badly.
    """
    connection = open_readonly(path).conn
    try:
        connection.isolation_level = None
        connection.row_factory = sqlite3.Row
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        with _readable(path), explained(path):
            connection.execute("BEGIN")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                raise Stop(Status.NO_ARCHIVE, f"{path} is empty: run the crawl first")
            if version < SCHEMA_VERSION:
                raise Stop(
                    Status.NO_ARCHIVE,
                    f"{path} is of an older version of this program (schema {version}, now "
                    f"{SCHEMA_VERSION}): the next crawl brings it up to date",
                )
            yield connection
    finally:
        connection.close()


def stored_bytes(text: str) -> bytes:
    """The bytes of a text as the file holds them."""
    return text.encode("utf-8", "surrogateescape")


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """A table or column that is not there is damage, not a disk that fails."""
    try:
        yield
    except Stop as stop:
        if isinstance(stop.__cause__, sqlite3.Error) and "no such" in str(stop):
            raise damaged(path, stop.__cause__) from stop
        raise
