"""Opens an archive's SQLite file, checks that it is one, and brings its schema up to date."""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from importlib.resources import files
from pathlib import Path
from typing import ParamSpec, Self, TypeVar

from sqlite_utils import Database, Migrations

from borneone_crawler.archive.sqlite.lock import kept_from_writers
from borneone_crawler.archive.sqlite.modes import make_copy_of, make_successor_of
from borneone_crawler.archive.sqlite.stale_log import put_stale_log_aside
from borneone_crawler.statuses import Status, Stop, is_of_the_disk

P = ParamSpec("P")
T = TypeVar("T")

APPLICATION_ID = int.from_bytes(b"BOne", "big")
"""What PRAGMA application_id says of an archive (file(1) shows it)."""

BUSY_TIMEOUT = 30_000
"""Milliseconds that another program's lock on the file is waited for."""

_ROOM = files("borneone_crawler.archive.sqlite")


def sql_files(folder: str) -> list[tuple[str, str]]:
    """(name without ending, text) of each .sql file of `schema` or `views`, in order of name."""
    found = [entry for entry in _ROOM.joinpath(folder).iterdir() if entry.name.endswith(".sql")]
    return sorted((entry.name.removesuffix(".sql"), entry.read_text("utf-8")) for entry in found)


SCHEMA_VERSION = len(sql_files("schema"))
"""Number of the newest migration; an archive's own stands in PRAGMA user_version."""


def open_database(path: Path) -> Database:
    """Open the archive at `path`, made new where there is no file yet, for reading and writing.

    Raises Stop: NO_ARCHIVE when the file is something else, newer than this program or damaged;
    CANNOT_CREATE when it cannot be made or written; IO_ERROR when the disk fails.
    """
    existed = path.exists() and path.stat().st_size > 0
    put_stale_log_aside(path.resolve())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not existed:
            # The umask says who else may write to it, as of every other file: SQLite itself makes
            # files that no group can write to. What lies beside one gets the file's own mode.
            path.touch(0o666)
        database = Database(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise Stop(Status.CANNOT_CREATE, f"cannot open or create {path}: {error}") from error
    try:
        with explained(path):
            if existed:
                _check_is_archive(database, path)
            _prepare(database)
            _migrate(database, path, existed=existed)
            database.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        database.close()
        raise
    return database


def refuse_unreachable(path: Path) -> None:
    """Raises Stop NO_ARCHIVE where not even the folder may be looked into."""
    try:
        path.exists()
    except PermissionError as error:
        raise Stop(Status.NO_ARCHIVE, f"cannot read {path}: {error.strerror}") from error


class NotMadeYet(Stop):
    """There is no archive, or its file is still empty: the first crawl makes it."""

    def __init__(self, message: str) -> None:
        super().__init__(Status.NO_ARCHIVE, f"{message}: run the crawl first")


def open_readonly(path: Path) -> Database:
    """Open an existing archive for reading alone. Raises Stop like `open_database`, and
    NotMadeYet."""
    refuse_unreachable(path)
    if path.is_dir():
        raise Stop(Status.NO_ARCHIVE, f"{path} is a folder: name the archive's file in it")
    if not path.is_file():
        raise NotMadeYet(f"there is no archive at {path}")
    put_stale_log_aside(path.resolve())
    try:
        database = Database(_connect_readonly(path))
        with explained(path):
            _check_is_archive(database, path)
            if not database.execute("PRAGMA user_version").fetchone()[0]:
                raise NotMadeYet(f"{path} is still empty")
    except sqlite3.OperationalError as error:
        raise Stop(Status.NO_ARCHIVE, f"cannot read {path}: {error}") from error
    return database


class _Unchanging(sqlite3.Connection):
    """A connection that SQLite takes no locks for, and that keeps our own runs from writing."""

    _lock: int | None

    @classmethod
    def connected(cls, uri: str, lock: int | None) -> Self:
        """Open it; the lock goes with it."""
        connection = sqlite3.connect(uri, uri=True, factory=cls)
        connection._lock = lock
        return connection

    def close(self) -> None:
        super().close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _connect_readonly(path: Path) -> sqlite3.Connection:
    """A connection that only reads, also where SQLite may not make the files it wants beside an
    archive: on a read-only disk, or in a folder whose owner lets others read."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=30)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if not any(why in str(error) for why in ("unable to open", "readonly")):
            raise
        lock = kept_from_writers(path)
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            if lock is not None:
                os.close(lock)
            raise Stop(
                Status.NO_ARCHIVE,
                f"cannot read {path} in a folder that cannot be written, because {log.name} holds "
                "its newest rows: copy both into a folder of your own",
            ) from error
        return _Unchanging.connected(f"{uri}&immutable=1", lock)
    except sqlite3.DatabaseError:
        pass  # no archive at all: what is asked of it next says so
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's own errors into a Stop with one line for a person."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "readonly" in text or "unable to open" in text:
            raise Stop(Status.CANNOT_CREATE, f"cannot write to {path}: {text}") from error
        if "locked" in text:
            raise Stop(
                Status.BUSY,
                f"another program keeps {path} locked: close it there (an open transaction in a "
                "database browser, a backup tool); the next run goes on from here",
            ) from error
        if "malformed" in text:
            raise damaged(path, text) from error
        raise Stop(Status.IO_ERROR, f"the archive {path} failed: {text}") from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise  # a constraint or a wrong statement: a fault of ours, not of the file
        if "malformed" in str(error):
            raise damaged(path, error) from error
        raise Stop(Status.NO_ARCHIVE, f"{path} is not an archive: {error}") from error


def damaged(path: Path, why: object) -> Stop:
    """For a file that is an archive, and that SQLite cannot read through."""
    return Stop(
        Status.NO_ARCHIVE, f"{path} is damaged: {why}; keep it, and put a backup back (README)"
    )


def told(method: Callable[P, T]) -> Callable[P, T]:
    """Of an object with a `path`: a method whose database errors come as a Stop (`explained`)."""

    @wraps(method)
    def telling(*args: P.args, **kwargs: P.kwargs) -> T:
        with explained(args[0].path):  # type: ignore[attr-defined]
            return method(*args, **kwargs)

    return telling


def _check_is_archive(database: Database, path: Path) -> None:
    application_id = database.execute("PRAGMA application_id").fetchone()[0]
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if application_id != APPLICATION_ID:
        # A file that a first run was killed in before its schema was there: still empty.
        if database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return
        raise Stop(Status.NO_ARCHIVE, f"{path} is a database of something else, not an archive")
    if version > SCHEMA_VERSION:
        raise Stop(
            Status.NO_ARCHIVE,
            f"{path} was written by a newer version of this program (schema {version}, "
            f"this one knows {SCHEMA_VERSION}): upgrade, see README",
        )


def _prepare(database: Database) -> None:
    database.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    # With WAL readers never wait for the crawl, nor it for them; NORMAL survives any crash of the
    # process and, of the machine, loses at most transactions whose captures are adopted again.
    database.enable_wal()
    database.execute("PRAGMA synchronous = NORMAL")
    # The archive does this itself, after the raw captures (Archive.checkpoint).
    database.execute("PRAGMA wal_autocheckpoint = 0")


def _migrate(database: Database, path: Path, *, existed: bool) -> None:
    migrations = Migrations("borneone_crawler")
    for number, (name, sql) in enumerate(sql_files("schema"), start=1):
        migrations(name=name)(_applying(sql, number))
    if migrations.pending(database):
        if existed and (version := database.execute("PRAGMA user_version").fetchone()[0]):
            copy_checked(database, path.with_name(f"{path.name}.schema-{version}"))
        # SQLite's own procedure for making a table anew: without foreign keys, checked after.
        database.execute("PRAGMA foreign_keys = OFF")
        # All or nothing: a kill leaves an archive of the old version, or a file still empty.
        with database.atomic():
            _drop_views(database)
            migrations.apply(database)
            broken = database.execute("PRAGMA foreign_key_check").fetchall()
            assert not broken, f"a migration broke references: {broken[:3]}"
    if _views_differ(database):
        with database.atomic():
            _drop_views(database)
            for _, sql in sql_files("views"):
                database.execute(_create(sql))


def _applying(sql: str, number: int) -> Callable[[Database], None]:
    def apply(database: Database) -> None:
        for statement in statements(sql):
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {number}")

    return apply


def statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one, so that they run inside one transaction."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if re.sub(r"--.*", "", statement).strip():
        raise ValueError(f"unfinished statement: {statement!r}")


def lacks_views(database: Database) -> bool:
    """Whether a view of this version is not there: an older one wrote the archive last."""
    return not {name for name, _ in sql_files("views")} <= set(database.view_names())


def _views_differ(database: Database) -> bool:
    stored = dict(
        database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall()
    )
    return stored != {name: _create(sql) for name, sql in sql_files("views")}


def _drop_views(database: Database) -> None:
    """Views hold no data: they are dropped and made anew whenever the files say otherwise."""
    for name in database.view_names():
        database.execute(f'DROP VIEW "{name}"')


def copy_checked(database: Database, path: Path) -> None:
    """Copy a whole archive into one file that needs no other beside it, and check the copy.

    The copy is one moment of the archive, whatever else is written meanwhile. Raises Stop:
    CANNOT_CREATE or IO_ERROR when it cannot be written, NO_ARCHIVE when it is not sound.
    """
    partial = path.with_name(path.name + ".partial")
    with partial_copy(database, partial):
        partial.replace(path)


@contextmanager
def partial_copy(
    database: Database,
    partial: Path,
    finish: Callable[[sqlite3.Connection], None] = lambda _: None,
    watch: Callable[[str], None] = lambda _: None,
    *,
    successor_of: Path | None = None,
) -> Iterator[None]:
    """A checked copy under the name `partial`, on the disk itself, for the caller to rename; what
    still has that name in the end is removed. Nobody may read it who may not read the archive, or
    it is as open as the file whose place it is to take.

    `finish` writes what else the copy is to say. `watch` is told over and over what is being done,
    "copying" or "checking"; what it raises ends the copy. Raises Stop like `copy_checked`.
    """
    try:
        with explained(partial.with_suffix("")):
            partial.unlink(missing_ok=True)
            if successor_of is None:
                make_copy_of(_file_of(database), partial)
            else:
                make_successor_of(successor_of, partial)
            # Not page by page: the free pages of a file still hold what was deleted from it, and
            # what was taken down must not travel with a copy.
            with _watched(database.conn, "copying", watch):
                database.conn.execute("VACUUM INTO ?", [str(partial.absolute())])
            with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
                copy.execute("PRAGMA journal_mode = DELETE").fetchall()
                finish(copy)
                with _watched(copy, "checking", watch):
                    findings = list(_findings(copy))
        if findings:
            raise Stop(Status.NO_ARCHIVE, f"the archive is damaged: {findings[0]}")
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        yield
    except OSError as error:
        status = Status.IO_ERROR if is_of_the_disk(error) else Status.CANNOT_CREATE
        where = partial.with_suffix("")
        raise Stop(status, f"cannot write {where}: {error.strerror}") from error
    finally:
        for name in (partial.name, partial.name + "-journal"):
            partial.with_name(name).unlink(missing_ok=True)


def _file_of(database: Database) -> Path:
    (_, _, file) = database.conn.execute("PRAGMA database_list").fetchone()
    return Path(file)


def _findings(copy: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with a copy: its pages, its references, its index of words."""
    for (finding,) in copy.execute("PRAGMA integrity_check"):
        if finding != "ok":
            yield finding
    for table, *_ in copy.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} refers to nothing"
    try:
        # Rank 1: the index is compared with the texts too, which are in another table.
        copy.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error):
            raise
        yield "the index of words does not fit the articles"


@contextmanager
def _watched(
    connection: sqlite3.Connection, doing: str, watch: Callable[[str], None]
) -> Iterator[None]:
    """Have `watch` told what is being done, and raise what it raised: SQLite swallows it."""
    raised: list[BaseException] = []

    def look() -> bool:
        try:
            watch(doing)
        except BaseException as error:  # a signal may come just here
            raised.append(error)
        return bool(raised)

    watch(doing)
    connection.set_progress_handler(look, 10_000)
    try:
        yield
    except sqlite3.DatabaseError as error:
        if raised:
            raise raised[0] from None
        if "malformed" in str(error):
            raise Stop(Status.NO_ARCHIVE, f"the archive is damaged: {error}") from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _create(sql: str) -> str:
    """The CREATE VIEW statement as SQLite keeps it: from CREATE on, without the semicolon."""
    return sql[sql.index("CREATE VIEW") :].rstrip().removesuffix(";")
