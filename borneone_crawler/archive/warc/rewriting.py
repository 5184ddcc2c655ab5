"""Writes a WARC file anew without some of its records; what stays is copied byte for byte.

At every instant each record that is to stay stands in the file its row names: the new file is on
the disk before the rows name it, and the rows are before the old one goes. What a kill leaves
over, a copy or the old file, `recovery` knows by its records and removes.
"""

import hashlib
import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import FileIO
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Literal

from sqlite_utils import Database

from borneone_crawler.archive.sqlite.modes import open_like
from borneone_crawler.archive.warc.folder import CaptureStore, sync_folder
from borneone_crawler.archive.warc.members import next_member, whole_members
from borneone_crawler.archive.warc.records import REWRITTEN, record_in
from borneone_crawler.statuses import Status, Stop

_CHUNK = 1 << 20

Why = Literal["erased", "noise"]


@dataclass(frozen=True, slots=True)
class _Member:
    """One record of a file, and the request or response it belongs to."""

    offset: int
    length: int
    kind: str
    record_id: str | None
    concurrent_to: str | None


class _Gaps:
    """The byte ranges of a file that are left out."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self.ranges: list[tuple[int, int]] = []
        for start, end in sorted(ranges):
            if self.ranges and start <= self.ranges[-1][1]:
                before = self.ranges.pop()
                self.ranges.append((before[0], max(before[1], end)))
            else:
                self.ranges.append((start, end))
        self._starts = [start for start, _ in self.ranges]
        self._gone = [0]
        for start, end in self.ranges:
            self._gone.append(self._gone[-1] + end - start)

    @property
    def size(self) -> int:
        return self._gone[-1]

    def before(self, offset: int) -> int | None:
        """Bytes that are left out before this one; None when it is left out itself."""
        index = bisect_right(self._starts, offset)
        if index and offset < self.ranges[index - 1][1]:
            return None
        return self._gone[index]


class Rewriting:
    """Rewrites files of one archive. Never within a transaction: it makes its own."""

    def __init__(self, database: Database, store: CaptureStore) -> None:
        self._db = database
        self._store = store

    def rewrite(self, name: str, drop: Iterable[str], why: Why) -> int:
        """Take the records of these ids, and the requests for them, out of a file; their rows
        stay and say why they are in no file any more. Returns the bytes that went. A file of
        which nothing would be left goes altogether.

        Raises Stop: NO_ARCHIVE when the file is not there, or is damaged where a record is to be
        taken out; IO_ERROR and CANNOT_CREATE when the disk says no. Then nothing has changed.
        """
        self._store.close()  # it may be the file that is being written
        old = self._store.folder / Path(name).name
        try:
            members = list(_members(old))
            gaps = self._gaps(old, members, set(drop))
            left = [member for member in members if gaps.before(member.offset) is not None]
            if old.stat().st_size > gaps.size + sum(member.length for member in left) or any(
                member.kind != "warcinfo" for member in left
            ):
                self._write_anew(old, gaps, why)
            else:
                self._tell_rows(old.name, gaps, why, "", 0)
            self._store.sound.discard(old.name)
            _remove(old)
        except FileNotFoundError as error:
            raise Stop(Status.NO_ARCHIVE, f"{old} is not there") from error
        except OSError as error:
            raise Stop(
                Status.IO_ERROR,
                f"cannot write {old} anew without some records: {error.strerror or error}",
            ) from error
        return gaps.size

    def _write_anew(self, old: Path, gaps: _Gaps, why: Why) -> None:
        is_sound = old.name in self._store.sound
        file = self._store.new_file(**{REWRITTEN: old.name})
        new = Path(str(file.name))
        # Until the rows name it, nothing may be appended to it.
        self._store.sound.discard(new.name)
        try:
            begins = file.tell()
            open_like(old, new)
            _copy(old, file, gaps)
            self._prove(old, new, gaps, begins)
        except BaseException:
            new.unlink()
            raise
        finally:
            file.close()
        self._tell_rows(old.name, gaps, why, new.name, begins)
        if is_sound:
            self._store.sound.add(new.name)

    def _gaps(self, old: Path, members: list[_Member], drop: set[str]) -> _Gaps:
        drop |= {m.concurrent_to for m in members if m.record_id in drop and m.concurrent_to}
        going, staying = set(), []
        for member in members:
            if member.record_id in drop or member.concurrent_to in drop:
                going.add((member.offset, member.offset + member.length))
            else:
                staying.append(member)
        found = {member.record_id for member in members}
        for row in self._rows(old.name):
            # A record that cannot be read is where its row says.
            if row["record_id"] in drop and row["record_id"] not in found:
                start, end = row["warc_offset"], row["warc_offset"] + row["warc_length"]
                if any(m.offset < end and start < m.offset + m.length for m in staying):
                    raise Stop(
                        Status.NO_ARCHIVE,
                        f"{old} is damaged at byte {start}: what stands there cannot be told from "
                        "the records beside it",
                    )
                going.add((start, end))
        return _Gaps(going)

    def _prove(self, old: Path, new: Path, gaps: _Gaps, begins: int) -> None:
        """Compare every capture that stays with the old file, where its row will say it is."""
        with old.open("rb") as was, new.open("rb") as now:
            for row in self._rows(old.name):
                offset, length = row["warc_offset"], row["warc_length"]
                gone = gaps.before(offset)
                if gone is not None and (
                    _digest(was, offset, length) != _digest(now, begins + offset - gone, length)
                ):
                    raise Stop(Status.IO_ERROR, f"{new} does not hold what {old} does")

    def _tell_rows(self, old: str, gaps: _Gaps, why: Why, new: str, begins: int) -> None:
        """Have the rows say where their records stand, so that not even a power cut undoes it."""
        self._db.execute("PRAGMA synchronous = FULL")
        try:
            with self._db.atomic():
                for row in list(self._rows(old)):
                    gone = gaps.before(row["warc_offset"])
                    if gone is None:
                        self._db.execute(
                            "UPDATE captures SET dropped = ?, waiting = 0 WHERE id = ?",
                            [why, row["id"]],
                        )
                    else:
                        self._db.execute(
                            "UPDATE captures SET warc_file = ?, warc_offset = ? WHERE id = ?",
                            [new, begins + row["warc_offset"] - gone, row["id"]],
                        )
        finally:
            self._db.execute("PRAGMA synchronous = NORMAL")

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        yield from self._db.query(
            """SELECT id, record_id, warc_offset, warc_length FROM captures
               WHERE warc_file = ? AND dropped IS NULL ORDER BY warc_offset""",
            [name],
        )


def _members(path: Path) -> Iterator[_Member]:
    """Every record that can be read, also behind damage."""
    end: int | None = 0
    while end is not None:
        for offset, data in whole_members(path, end):
            end = offset + len(data)
            record = record_in(data)
            record_id, concurrent_to = (
                record.rec_headers.get_header(name)
                for name in ("WARC-Record-ID", "WARC-Concurrent-To")
            )
            yield _Member(offset, len(data), record.rec_type, record_id, concurrent_to)
        end = next_member(path, end)


def _copy(old: Path, file: FileIO, gaps: _Gaps) -> None:
    """Append the old file to the new one but for the gaps, and force it to the disk."""
    size = old.stat().st_size
    with old.open("rb") as source:
        for (_, start), (end, _) in pairwise([(0, 0), *gaps.ranges, (size, size)]):
            source.seek(start)
            left = end - start
            while left > 0:
                data = source.read(min(_CHUNK, left))
                if not data:
                    raise OSError(f"{old} has become shorter")
                left -= len(data)
                while data:
                    data = data[file.write(data) or 0 :]
    os.fsync(file.fileno())


def _digest(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return hashlib.sha256(file.read(length)).digest()


def _remove(path: Path) -> None:
    path.unlink()
    sync_folder(path.parent)
