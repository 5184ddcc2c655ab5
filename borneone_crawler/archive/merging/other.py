"""The archive that is taken in: a checked copy of it, attached beside ours as `other`."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.captures.rows import CaptureRows
from borneone_crawler.archive.ledger import FIRST, Head
from borneone_crawler.archive.sqlite.database import copy_checked, open_database, open_readonly
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.items import RawPage
from borneone_crawler.statuses import Status, Stop


@dataclass(frozen=True, slots=True)
class Other:
    """What is asked of it; its tables are `other.…` on the connection of our own archive."""

    database: Database
    """Our own, with the other one attached."""
    uuid: str
    head: Head
    store: CaptureStore
    """Its WARC files, for reading."""

    @property
    def origin(self) -> str:
        """What our rows say of captures that come from it."""
        return f"merge {self.uuid[:8]}"

    def raw_pages(self, captures: Sequence[int]) -> list[RawPage]:
        """Its captured pages, by ids of its own. Raises Stop NO_ARCHIVE when one is lost."""
        held = CaptureRows(self.database, "other").with_payload(captures)
        if len(held) != len(captures):
            raise Stop(Status.NO_ARCHIVE, "a capture is in no file any more")
        return [self.store.read(capture) for capture in held]


@contextmanager
def taken_beside(
    archive: Archive, path: Path, warc_dir: Path | None, folder: Path
) -> Iterator[Other]:
    """Copy the archive at `path` into `folder`, bring the copy up to date, and attach it; the
    archive itself is only read. Raises Stop: NO_ARCHIVE for what is none or damaged,
    MISCONFIGURED for another newsroom's.
    """
    copy = folder / "other.db"
    try:
        _copy(path, copy)
        open_database(copy).close()
    except Stop as stop:
        if stop.status is not Status.NO_ARCHIVE:
            raise
        raise Stop(stop.status, f"nothing was taken in of {path}: {stop}") from stop
    archive.db.attach("other", copy)
    try:
        yield _checked(archive, path, warc_dir or path.parent / "warc")
    finally:
        # Where an error left a statement unfinished, it goes with the connection.
        with suppress(sqlite3.OperationalError):
            archive.db.execute("DETACH DATABASE other")


def _copy(path: Path, copy: Path) -> None:
    """A checked copy, also of an archive that was left in the middle of a run, on a disk that
    nobody may write to: SQLite cannot open that in its place."""
    if not os.access(path.parent, os.W_OK):
        raw = copy.with_name("raw.db")
        for suffix in ("", "-wal"):
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                shutil.copyfile(beside, raw.with_name(raw.name + suffix))
        path = raw
    with closing(open_readonly(path)) as database:
        copy_checked(database, copy)


_NO_JSON = """
SELECT 'takedowns' FROM other.takedowns
WHERE NOT json_valid(digests) OR json_type(digests) <> 'array'
UNION
SELECT 'withheld' FROM other.withheld
WHERE NOT (json_valid(article) AND json_valid(sources) AND json_valid(flags)
           AND json_valid(removals) AND json_valid(coalesce(around, '{}')))
UNION
SELECT 'never_asked' FROM other.never_asked
WHERE NOT json_valid(samples) OR json_type(samples) <> 'array'
"""


def _checked(archive: Archive, path: Path, warc_dir: Path) -> Other:
    database = archive.db
    for table in tables(database):
        missing = columns(database, table) - columns(database, table, "other")
        if missing:
            raise Stop(
                Status.NO_ARCHIVE,
                f"{path} is not what its schema says: {table} lacks {', '.join(sorted(missing))}",
            )
    for (table,) in database.execute(_NO_JSON).fetchall():
        raise Stop(Status.NO_ARCHIVE, f"{path} is not what its schema says: JSON of {table}")
    same = "SELECT newsroom, base_url FROM {}.archive"
    ours = database.execute(same.format("main")).fetchone()
    theirs = database.execute(same.format("other")).fetchone()
    if theirs is None:
        raise Stop(Status.NO_ARCHIVE, f"{path} holds nothing")
    if theirs != ours:
        raise Stop(
            Status.MISCONFIGURED,
            f"{path} is the archive of {theirs[0]} at {theirs[1]}, this one of {ours[0]} at "
            f"{ours[1]}: archives of two newsrooms or two addresses are not made into one",
        )
    uuid = str(database.execute("SELECT uuid FROM other.archive").fetchone()[0])
    if not re.fullmatch(r"[\w-]+", uuid, re.ASCII):
        raise Stop(Status.NO_ARCHIVE, f"{path} has {uuid!r} for a uuid")
    row = database.execute(
        "SELECT n, digest FROM other.ledger WHERE chain = ? ORDER BY n DESC LIMIT 1", [uuid]
    ).fetchone()
    head = Head(*row) if row else Head(0, FIRST)
    return Other(database, uuid, head, CaptureStore(warc_dir, uuid, ""))


def tables(database: Database) -> list[str]:
    """Our own tables that hold rows, without those of the index of words."""
    return [
        name
        for name in database.table_names()
        if not name.startswith(("_sqlite", "sqlite_", "articles_fts"))
    ]


def columns(database: Database, table: str, schema: str = "main") -> set[str]:
    """Names of a table's columns; none where there is no such table."""
    found = database.execute(
        """SELECT c.name FROM pragma_table_list(?) AS t, pragma_table_info(t.name, t.schema) AS c
           WHERE t.type = 'table' AND t.schema = ?""",
        [table, schema],
    )
    return {str(row[0]) for row in found.fetchall()}
