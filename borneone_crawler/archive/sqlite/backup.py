"""Takes an archive away in one checked file, while others write to it, with its SHA-256 beside."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from sqlite_utils import Database

from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.ledger import FIRST, Head
from borneone_crawler.archive.sqlite.database import open_readonly, partial_copy
from borneone_crawler.archive.takedown.left_out import count_withheld, leave_out_withheld
from borneone_crawler.statuses import Status, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was taken away."""

    path: Path
    size: int
    """Bytes."""
    sha256: str
    articles: int
    withheld: int
    """Of them, those that were taken down and whose texts are in it all the same."""
    left_out: int
    """Those whose texts were left out of it."""
    chain: str
    """The uuid of the archive, which names its chain of the ledger."""
    head: Head


def take_backup(
    archive: Path,
    target: Path,
    *,
    clock: Clock,
    replace: bool = False,
    without_withheld: bool = False,
    watch: Callable[[str, float | None], None] = lambda _doing, _share: None,
) -> Backup:
    """Copy an archive into `target`: a file, or a folder, where the copy gets a name of its own.
    `replace` lets an earlier backup of the same archive go. `without_withheld` leaves out what was
    taken down, for a copy that others get.

    `watch` is told over and over what is being done and how much of it, from 0 to 1, where that
    is known; what it raises ends it. Raises Stop, and then nothing is left of the copy: NO_ARCHIVE
    when the archive is damaged, CANNOT_CREATE when `target` is something else, IO_ERROR when the
    disk is full.
    """
    made_at, target = clock().astimezone(UTC), target.resolve()
    if target.is_dir():
        target = _free_name(target / f"borneone-{made_at:%Y%m%dT%H%M%SZ}.db")
    database = open_readonly(archive)
    with closing(database):
        if not _identity(database)[0]:
            raise Stop(Status.NO_ARCHIVE, f"{archive} holds nothing yet: run the crawl first")
        _refuse_what_is_no_backup(target, archive, database)
        if target.exists() and not replace:
            raise Stop(
                Status.CANNOT_CREATE,
                f"{target} is an earlier backup of this archive: name another file or a folder, "
                "or say --replace",
            )
        partial = target.with_name(target.name + ".partial")
        expected, left_out = _used_bytes(database), 0

        def look(doing: str) -> None:
            size = partial.stat().st_size if partial.exists() else 0
            watch(doing, min(1.0, size / expected) if doing == "copying" else None)

        def finish(copy: sqlite3.Connection) -> None:
            nonlocal left_out
            if without_withheld:
                left_out = count_withheld(copy)
                leave_out_withheld(copy)
            if _says_copied(database):
                copy.execute("UPDATE archive SET copied_at = ?", [stamp(made_at)])

        earlier = target if target.exists() else None
        with partial_copy(database, partial, finish, look, successor_of=earlier):
            with partial.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            backup = _describe(partial, target, sha256, left_out)
            _put(partial, target, sha256)
    return backup


def _free_name(target: Path) -> Path:
    """This name, or with a number the first that no backup of the same second has."""
    names = [target, *(target.with_stem(f"{target.stem}-{n}") for n in range(2, 1000))]
    return next(
        name
        for name in names
        if not name.exists() and not name.with_name(name.name + ".partial").exists()
    )


def _refuse_what_is_no_backup(target: Path, archive: Path, database: Database) -> None:
    """Let only an earlier backup of the same archive be replaced, and none that knows more."""
    beside = [archive.name + suffix for suffix in ("", "-wal", "-shm", "-journal", ".lock")]
    if (target.exists() and target.samefile(archive)) or (
        target.name in beside and target.parent == archive.resolve().parent
    ):
        raise Stop(Status.CANNOT_CREATE, f"{target} is the archive itself: name another file")
    if not target.parent.is_dir():
        raise Stop(Status.CANNOT_CREATE, f"there is no folder {target.parent}: make it first")
    if not target.exists():
        return
    refusal = Stop(
        Status.CANNOT_CREATE,
        f"{target} is no backup of this archive and stays as it is: name another file",
    )
    try:
        there = open_readonly(target)
    except Stop as stop:
        raise refusal from stop
    with closing(there):
        uuid, copied_at = _identity(there)
        if uuid != _identity(database)[0] or copied_at is None:
            raise refusal
        head = _head(there, uuid)
        known = database.execute("SELECT 1 FROM ledger WHERE digest = ?", [head.digest])
        if head.n and known.fetchone() is None:
            raise Stop(
                Status.CANNOT_CREATE,
                f"{target} is a backup that knows what this archive does not: take it in first "
                f"(scrapy merge {target})",
            )


def _says_copied(database: Database) -> bool:
    """False of an archive that was not written to since its schema had no such column."""
    return "copied_at" in database.table("archive").columns_dict


def _identity(database: Database) -> tuple[str, str | None]:
    """The uuid, and of a backup when it was made; "" for a file that nothing was stored in."""
    table = database.table("archive")
    row = next(iter(table.rows), {"uuid": ""}) if table.exists() else {"uuid": ""}
    return str(row["uuid"]), row.get("copied_at")


def _head(database: Database, chain: str) -> Head:
    if not database.table("ledger").exists():
        return Head(0, FIRST)
    row = database.execute(
        "SELECT n, digest FROM ledger WHERE chain = ? ORDER BY n DESC LIMIT 1", [chain]
    ).fetchone()
    return Head(*row) if row else Head(0, FIRST)


def _used_bytes(database: Database) -> int:
    """About how big the copy becomes."""
    pages, free, size = (
        int(database.execute(f"PRAGMA {pragma}").fetchone()[0])
        for pragma in ("page_count", "freelist_count", "page_size")
    )
    return max(1, pages - free) * size


def _describe(partial: Path, target: Path, sha256: str, left_out: int) -> Backup:
    copy = open_readonly(partial)
    with closing(copy):
        uuid, _ = _identity(copy)
        return Backup(
            path=target,
            size=partial.stat().st_size,
            sha256=sha256,
            articles=int(copy.table("articles").count),
            withheld=count_withheld(copy.conn),
            left_out=left_out,
            chain=uuid,
            head=_head(copy, uuid),
        )


def _put(partial: Path, target: Path, sha256: str) -> None:
    """Give the copy its name, and the digest a file beside it, which never names another copy."""
    digest_file = target.with_name(target.name + ".sha256")
    partial_digest = target.with_name(target.name + ".sha256.partial")
    try:
        with partial_digest.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_checksum_line(sha256, target.name))
            file.flush()
            os.fsync(file.fileno())
        digest_file.unlink(missing_ok=True)
        partial.replace(target)
        partial_digest.replace(digest_file)
    finally:
        partial_digest.unlink(missing_ok=True)


def _checksum_line(sha256: str, name: str) -> str:
    """The line that `sha256sum -c` reads; it wants a backslash before a name that needs one."""
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{'' if escaped == name else chr(92)}{sha256}  {escaped}\n"
