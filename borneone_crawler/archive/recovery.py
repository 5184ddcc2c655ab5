"""What a run does first: mend what a kill or a crash of the last one left in the WARC files."""

import logging
import zlib
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from borneone_crawler.archive.capture_rows import CaptureRows
from borneone_crawler.archive.captures import CaptureStore
from borneone_crawler.archive.clock import Clock, stamp
from borneone_crawler.archive.lineage import former_chains
from borneone_crawler.archive.warc import capture_of, record_in
from borneone_crawler.items import CaptureRef
from borneone_crawler.urls import SiteUrls

logger = logging.getLogger(__name__)

_CHUNK = 1 << 20
_MEMBER_BEGINS = b"\x1f\x8b\x08"


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
        """Mend every file of this archive. Only what stands behind a file's last known record is
        read."""
        for path in self._store.files():
            self._look_after(path, run_id)
        for uuid in former_chains(self._db):
            # Files of the archive whose backup this one was: others may be writing them.
            for path in self._store.files(uuid):
                self._look_after(path, run_id, ours=False)

    def _look_after(self, path: Path, run_id: int, *, ours: bool = True) -> None:
        row = self._db.execute(
            """SELECT warc_offset + warc_length FROM captures
               WHERE warc_file = ? AND dropped IS NULL ORDER BY warc_offset DESC LIMIT 1""",
            [path.name],
        ).fetchone()
        known = int(row[0]) if row else 0
        if known > path.stat().st_size:
            self._miss(path)
        self._mend(path, known, run_id, ours=ours)

    def _mend(self, path: Path, known: int, run_id: int, *, ours: bool) -> None:
        end, adopted, copies = min(known, path.stat().st_size), 0, 0
        damaged = False
        while True:
            for offset, data in whole_members(path, end):
                end = offset + len(data)
                record = record_in(data)
                if record.rec_type not in ("response", "revisit"):
                    continue
                capture = capture_of(record, data, path.name, offset)
                if self._captures.find_again(capture):
                    adopted += 1
                elif self._captures.id_of(capture.record_id):
                    copies += 1
                else:
                    self._adopt(capture, run_id)
                    adopted += 1
            again = _next_member(path, end)
            if again is None:
                break
            # Whole records behind bytes that are none: damage, not a torn end. Nothing is cut.
            damaged, end = True, again
        if adopted:
            logger.info("%s: %d records of an interrupted run taken in", path.name, adopted)
        if not ours:
            return
        if copies and not known and not adopted:
            # What was being written anew when the process ended stands elsewhere.
            path.unlink()
        elif damaged:
            logger.error("%s is damaged in the middle; it is left as it is", path.name)
        else:
            self._cut(path, end)

    def _cut(self, path: Path, end: int) -> None:
        if end < path.stat().st_size:
            logger.info("%s: a torn record is cut off at byte %d", path.name, end)
            with path.open("r+b") as file:
                file.truncate(end)
        if end == 0:
            path.unlink()
        else:
            self._store.sound.add(path.name)

    def _adopt(self, capture: CaptureRef, run_id: int) -> None:
        """Give a record its row; where its URL is still due it is read instead of asked for."""
        with self._db.atomic():
            row = self._db.execute(
                "SELECT coalesce(same_as, id) FROM urls WHERE url = ?",
                [self._urls.canonical(capture.url)],
            ).fetchone()
            url_id = int(row[0]) if row else None
            due = self._db.execute(
                """SELECT 1 FROM urls WHERE id = ? AND next_at IS NOT NULL
                       AND coalesce(checked_at, '') <= ?""",
                [url_id, capture.fetched_at],
            ).fetchone()
            waits = due is not None and capture.refers_to is None
            if waits:
                self._db.execute("UPDATE captures SET waiting = 0 WHERE url_id = ?", [url_id])
            self._captures.keep(capture, url_id, run_id, waiting=waits)

    def _miss(self, path: Path) -> None:
        """Records that the disk lost (a power cut): said so, and their pages asked for again."""
        size = path.stat().st_size
        with self._db.atomic():
            lost = [
                int(row[0])
                for row in self._db.execute(
                    """SELECT id FROM captures WHERE warc_file = ? AND dropped IS NULL
                           AND warc_offset + warc_length > ?""",
                    [path.name, size],
                ).fetchall()
            ]
            for capture_id in lost:
                self._db.execute(
                    "UPDATE captures SET dropped = 'lost', waiting = 0 WHERE id = ?", [capture_id]
                )
                self._db.execute(
                    """UPDATE urls SET next_at = ?, etag = NULL, last_modified = NULL
                       WHERE capture_id = ?""",
                    [stamp(self._clock()), capture_id],
                )
        logger.error("%s: %d records are lost and asked for again", path.name, len(lost))


def whole_members(path: Path, start: int) -> Iterator[tuple[int, bytes]]:
    """(offset, bytes) of each gzip member from `start` on, up to the first that is not whole."""
    with path.open("rb") as file:
        offset, rest = start, b""
        file.seek(start)
        while True:
            inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
            data = bytearray()
            try:
                while not inflating.eof:
                    piece = rest or file.read(_CHUNK)
                    if not piece:
                        return
                    inflating.decompress(piece)
                    rest = inflating.unused_data
                    data += piece[: len(piece) - len(rest)]
            except zlib.error:
                return
            yield offset, bytes(data)
            offset += len(data)


def _next_member(path: Path, start: int) -> int | None:
    """Where the next whole WARC record begins behind `start`, or None."""
    with path.open("rb") as file:
        file.seek(start)
        rest = file.read()
    at = rest.find(_MEMBER_BEGINS, 1)
    while at != -1:
        for _, data in whole_members(path, start + at):
            if zlib.decompress(data, zlib.MAX_WBITS | 16).startswith(b"WARC/"):
                return start + at
            break
        at = rest.find(_MEMBER_BEGINS, at + 1)
    return None
