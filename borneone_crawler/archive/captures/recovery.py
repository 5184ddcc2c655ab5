"""What a run does first: mend what a kill or a crash of the last one left in the WARC files."""

import hashlib
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlite_utils import Database

from borneone_crawler.archive.captures.rows import CaptureRows
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.frontier.frontier import STILL_FRESH
from borneone_crawler.archive.lineage import former_chains
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.archive.warc.members import (
    BrokenError,
    TornError,
    member_at,
    next_member,
)
from borneone_crawler.archive.warc.records import IMPORTED_FROM, REWRITTEN, capture_of, record_in
from borneone_crawler.items import CaptureRef
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

logger = logging.getLogger(__name__)

# The last record of a file that a run which came to its end has written, or one before it: up to
# there every record has its row, since each run has looked before it began.
_PROVED = """
SELECT max(warc_offset) FROM captures
WHERE warc_file = :file AND dropped IS NULL
    AND run_id <= (SELECT max(id) FROM runs WHERE status = 0)
"""
_KNOWN = """
SELECT warc_offset, warc_length FROM captures
WHERE warc_file = :file AND dropped IS NULL AND warc_offset >= :start ORDER BY warc_offset
"""


@dataclass(slots=True)
class _Found:
    """What was found in one file beside the records that its rows know."""

    end: int
    """Where the sound bytes end."""
    info: dict[str, str]
    """What the file's own first record says of it."""
    adopted: int = 0
    copies: int = 0
    """Records that stand elsewhere too, where their rows say."""
    damaged: bool = False
    """There is something sound behind something that is not: no torn end."""


class Recovery:
    """Cuts torn ends off, takes in records that have no row, and misses those that are lost."""

    def __init__(
        self, database: Database, store: CaptureStore, urls: SiteUrls, clock: Clock
    ) -> None:
        self._db = database
        self._store = store
        self._urls = urls
        self._clock = clock
        self._captures = CaptureRows(database)

    def run(self, run_id: int) -> None:
        """Mend every file of this archive. What runs that came to their end have written is not
        read again. Raises Stop IO_ERROR when a file cannot be read or mended."""
        for path in self._store.files():
            self._look_after(path, run_id, ours=True)
        for uuid in former_chains(self._db):
            # Files of the archive whose backup this one was: others may be writing them.
            for path in self._store.files(uuid):
                self._look_after(path, run_id, ours=False)

    def _look_after(self, path: Path, run_id: int, *, ours: bool) -> None:
        try:
            self._miss(path)
            self._mend(path, run_id, ours=ours)
        except OSError as error:
            raise Stop(Status.IO_ERROR, f"cannot mend {path}: {error.strerror}") from error

    # -- records that have no row ---------------------------------------------------------------

    def _mend(self, path: Path, run_id: int, *, ours: bool) -> None:
        start = self._db.execute(_PROVED, {"file": path.name}).fetchone()[0] or 0
        known = self._db.execute(_KNOWN, {"file": path.name, "start": start}).fetchall()
        found = _Found(end=start, info=self._store.info_of(path))
        with path.open("rb") as file:
            for offset, length in known:
                if not self._take_in(file, path, found, run_id, stop=offset):
                    found.damaged = True
                found.end = offset + length
            while not self._take_in(file, path, found, run_id):
                again = next_member(path, found.end)
                if again is None:
                    break
                # Whole records behind bytes that are none: damage, not a torn end.
                found.damaged, found.end = True, again
            if found.adopted or (known and known[-1][0] > start):
                # What an interrupted run wrote it may not have forced to the disk, and its rows
                # must not be there first.
                os.fsync(file.fileno())
        if found.adopted:
            logger.info("%s: %d records of an interrupted run taken in", path.name, found.adopted)
        if not ours:
            return
        if found.damaged:
            logger.error("%s is damaged in the middle; it is left as it is", path.name)
        elif not (known or found.adopted) and (found.copies or REWRITTEN in found.info):
            # What was being written anew when the process ended stands elsewhere.
            path.unlink()
        else:
            self._cut(path, found.end)

    def _take_in(
        self, file: BinaryIO, path: Path, found: _Found, run_id: int, stop: int | None = None
    ) -> bool:
        """Take in the records from `found.end` to `stop`, or to the file's end, and move
        `found.end` behind the last whole one. False where bytes follow that are no member; a
        member that the file's end cuts short is no such thing."""
        size = os.fstat(file.fileno()).st_size if stop is None else stop
        while found.end < size:
            try:
                data = member_at(file, found.end, stop)
                record = _record_in(data)
                capture = _capture_of(record, data, path.name, found.end)
            except TornError:
                return stop is None
            except BrokenError:
                return False
            if capture is not None:
                is_revisit = record.rec_type == "revisit"
                origin = found.info.get(IMPORTED_FROM)
                if self._keep(capture, run_id, origin, is_revisit=is_revisit):
                    found.adopted += 1
                else:
                    found.copies += 1
            found.end += len(data)
        return True

    def _keep(
        self, capture: CaptureRef, run_id: int, origin: str | None, *, is_revisit: bool
    ) -> bool:
        """Give a record its row, or its row this place where the one it names holds nothing.
        False for a mere copy. `origin`: what an import copied it from."""
        row = self._db.execute(
            """SELECT id, warc_file, warc_offset, warc_length, digest, dropped FROM captures
               WHERE record_id = ?""",
            [capture.record_id],
        ).fetchone()
        if row is None and origin is not None:
            self._adopt_copy(capture, run_id, origin, is_revisit=is_revisit)
            return True
        if row is None:
            self._adopt(capture, run_id)
            return True
        row_id, name, offset, length, digest, dropped = row
        stands = dropped is None and _holds(self._store.folder / name, offset, length, digest)
        if stands or dropped in ("noise", "erased") or digest != capture.digest:
            return False
        with self._db.atomic():
            self._db.execute(
                """UPDATE captures SET warc_file = ?, warc_offset = ?, dropped = NULL
                   WHERE id = ?""",
                [capture.file, capture.offset, row_id],
            )
        return True

    def _adopt(self, capture: CaptureRef, run_id: int) -> None:
        """Give a record its row; where its URL is still due it is read instead of asked for. A
        list must be as new as its use: that of articles may wait longer."""
        with self._db.atomic():
            row = self._db.execute(
                "SELECT coalesce(same_as, id) FROM urls WHERE url = ?",
                [self._urls.canonical(capture.url)],
            ).fetchone()
            url_id = int(row[0]) if row else None
            due = self._db.execute(
                """SELECT 1 FROM urls WHERE id = :id AND next_at IS NOT NULL
                       AND coalesce(checked_at, '') <= :fetched_at
                       AND (kind NOT IN ('listing', 'source') OR :fetched_at >= :fresh)""",
                {
                    "id": url_id,
                    "fetched_at": capture.fetched_at,
                    "fresh": stamp(self._clock() - STILL_FRESH),
                },
            ).fetchone()
            waits = due is not None and capture.refers_to is None
            if waits and url_id is not None:
                self._captures.wait_no_more(url_id)
            self._captures.keep(capture, url_id, run_id, waiting=waits)

    def _adopt_copy(
        self, capture: CaptureRef, run_id: int, origin: str, *, is_revisit: bool
    ) -> None:
        """Give a record that an import copied its row: the next import reads it."""
        with self._db.atomic():
            self._captures.keep(
                capture, None, run_id, waiting=True, origin=origin, is_revisit=is_revisit
            )

    def _cut(self, path: Path, end: int) -> None:
        if end == 0:
            path.unlink()
            return
        if end < path.stat().st_size:
            logger.info("%s: a torn record is cut off at byte %d", path.name, end)
            with path.open("r+b") as file:
                file.truncate(end)
        self._store.sound.add(path.name)

    # -- rows whose record is lost --------------------------------------------------------------

    def _miss(self, path: Path) -> None:
        """Records that the disk lost at a file's end (a power cut): said so, and their pages
        asked for again."""
        rows = self._db.execute(
            """SELECT id, warc_offset, warc_length, digest FROM captures
               WHERE warc_file = ? AND dropped IS NULL ORDER BY warc_offset DESC""",
            [path.name],
        )
        lost = []
        for row_id, offset, length, digest in rows:
            if _holds(path, offset, length, digest):
                break
            lost.append(row_id)
        rows.close()
        if not lost:
            return
        now = stamp(self._clock())
        with self._db.atomic():
            for row_id in lost:
                self._db.execute(
                    "UPDATE captures SET dropped = 'lost', waiting = 0 WHERE id = ?", [row_id]
                )
                self._db.execute(
                    """UPDATE urls SET next_at = :now, etag = NULL, last_modified = NULL
                       WHERE state <> 'skipped' AND capture_id IN (
                           SELECT id FROM captures WHERE id = :lost OR refers_to = :lost)""",
                    {"now": now, "lost": row_id},
                )
        logger.error("%s: %d records are lost and asked for again", path.name, len(lost))


def _record_in(data: bytes) -> Any:
    """The WARC record that a member is. Raises BrokenError."""
    try:
        return record_in(data)
    except Exception as error:
        raise BrokenError from error


def _capture_of(record: Any, data: bytes, name: str, offset: int) -> CaptureRef | None:
    """The capture that a record is, None for one of another type. Raises BrokenError."""
    if record.rec_type not in ("response", "revisit"):
        return None
    try:
        return capture_of(record, data, name, offset)
    except Exception as error:
        raise BrokenError from error


def _holds(path: Path, offset: int, length: int, digest: str) -> bool:
    """Whether a file has these bytes at that place."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        file.seek(offset)
        return hashlib.sha256(file.read(length)).hexdigest() == digest
    return False
