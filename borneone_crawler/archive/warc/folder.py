"""The folder of raw captures: every request and response, appended to WARC files of our own.

What is written is flushed before anybody is told of it, and forced to the disk at most once a
second, and before the database's own checkpoints (Archive.checkpoint).
"""

import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from borneone_crawler.archive.warc.payloads import body_of
from borneone_crawler.archive.warc.records import (
    IMPORTED_FROM,
    TRUNCATED,
    Exchange,
    Pair,
    info_in,
    record_in,
    warcinfo,
)
from borneone_crawler.codings import Unreadable
from borneone_crawler.items import CaptureRef, RawPage
from borneone_crawler.statuses import Status, Stop

MAX_FILE_BYTES = 1 << 30
"""A WARC file that has grown past this is closed and the next one begun (1 GiB, the custom)."""

_BEGINNING = 1 << 16  # bytes of a file that hold its warcinfo

SYNC_AFTER = 1.0
"""Seconds that must lie between two writes that are forced to the disk."""


@dataclass(slots=True, kw_only=True)
class StoredResponse:
    """A response read back from its capture, as it was received."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    """Still content-encoded."""
    cut_short: bool = False
    """Whether this is all that came of a longer body."""


class CaptureStore:
    """The folder of WARC files of one archive.

    A file is made when the first record is written; the newest one is gone on with if `recovery`
    has found it sound. While `holding`, records wait in memory: nothing is to be stored before
    the home page has shown that this is the right site.
    """

    def __init__(self, folder: Path, archive_uuid: str, software: str) -> None:
        self.folder = folder
        self._uuid = archive_uuid
        self._software = software
        self._file: FileIO | None = None
        self._info: dict[str, str] = {}
        self._held: list[Pair] | None = None
        self._serial = 0
        self._synced_at = 0.0
        self._unsynced = False
        self.sound: set[str] = set()
        """Names of files whose end is known to be whole: they may be appended to."""

    def files(self, uuid: str | None = None) -> list[Path]:
        """The WARC files of this archive, or of another by its uuid, oldest first."""
        return sorted(self.folder.glob(f"borneone-{(uuid or self._uuid)[:8]}*.warc.gz"))

    def go_by(self, uuid: str) -> None:
        """Name files by this uuid from now on. Raises Stop IO_ERROR."""
        self.close()
        self._uuid = uuid

    def hold(self) -> None:
        """Keep what is captured from now on in memory, until `release` or `drop`."""
        self._held = []

    def release(self) -> list[CaptureRef]:
        """Write what was held. Returns the references, now final, in order."""
        held, self._held = self._held or [], None
        return [self._append(pair) for pair in held]

    def drop(self) -> None:
        """Forget what was held."""
        self._held = None

    def write(self, exchange: Exchange) -> CaptureRef | None:
        """Append request and response and flush. Returns where the response stands, or None
        while holding. Raises Stop IO_ERROR or CANNOT_CREATE when the disk says no."""
        pair = Pair.of(exchange)
        if self._held is not None:
            self._held.append(pair)
            return None
        return self._append(pair)

    def append(self, members: Sequence[bytes]) -> tuple[str, int]:
        """Append whole members, all or none of them, and flush. Returns the file's name and the
        offset of the first. Raises Stop like `write`."""
        file = self._current_file()
        offset = file.tell()
        with self._explained("write a capture"):
            try:
                # In one piece, so that a kill tears at most the file's end.
                _write_all(file, b"".join(members))
            except OSError:
                file.truncate(offset)
                file.seek(offset)
                raise
        self._unsynced = True
        if time.monotonic() - self._synced_at >= SYNC_AFTER:
            self.sync()
        return Path(str(file.name)).name, offset

    def begin_file(self, **info: str) -> None:
        """Go on in a new file, whose warcinfo says `info` too, as do those that follow when it is
        full. Raises Stop like `write`."""
        self.close()
        self._info = info
        self._file = self.new_file(**info)

    def info_of(self, path: Path) -> dict[str, str]:
        """What the warcinfo record that begins a file says of it, by the names of `warcinfo`."""
        with self._explained("read captures"), path.open("rb") as file:
            return info_in(file.read(_BEGINNING))

    def read(self, capture: CaptureRef) -> RawPage:
        """Read one capture back. Raises Stop NO_ARCHIVE when its bytes have changed, or its body
        cannot be decoded."""
        record = record_in(self.member(capture))
        try:
            body = body_of(record.http_headers.headers, record.raw_stream.read())
        except Unreadable as error:
            raise Stop(
                Status.NO_ARCHIVE, f"the capture of {capture.url} cannot be read: {error}"
            ) from error
        return RawPage(
            url=capture.url,
            body=body,
            content_type=capture.content_type,
            fetched_at=capture.fetched_at,
        )

    def read_response(self, capture: CaptureRef) -> StoredResponse:
        """Read one capture back as it came over the wire. Raises Stop like `read`."""
        record = record_in(self.member(capture))
        return StoredResponse(
            url=capture.url,
            status=capture.status,
            headers=list(record.http_headers.headers),
            body=record.raw_stream.read(),
            cut_short=record.rec_headers.get_header(TRUNCATED) is not None,
        )

    def member(self, capture: CaptureRef) -> bytes:
        """The whole compressed member, proved by its digest. Raises Stop NO_ARCHIVE."""
        path = self.folder / Path(capture.file).name
        try:
            with path.open("rb") as file:
                file.seek(capture.offset)
                data = file.read(capture.length)
        except OSError as error:
            raise Stop(Status.NO_ARCHIVE, f"cannot read capture in {path}: {error}") from error
        if hashlib.sha256(data).hexdigest() != capture.digest:
            raise Stop(Status.NO_ARCHIVE, f"a capture in {path} is damaged ({capture.url})")
        return data

    def sync(self) -> None:
        """Have everything that was written on the disk itself. Raises Stop IO_ERROR."""
        if self._file is not None and self._unsynced:
            with self._explained("write a capture"):
                os.fsync(self._file.fileno())
            self._unsynced, self._synced_at = False, time.monotonic()

    def close(self) -> None:
        """Sync and close. Raises Stop IO_ERROR."""
        if self._file is not None:
            try:
                self.sync()
            finally:
                self._file.close()
                self._file = None

    def _append(self, pair: Pair) -> CaptureRef:
        name, offset = self.append([pair.response, pair.request])
        return pair.placed(name, offset)

    def _current_file(self) -> FileIO:
        if self._file is not None and self._file.tell() >= MAX_FILE_BYTES:
            self.close()
        if self._file is None:
            self._file = self._newest_file() or self.new_file(**self._info)
        return self._file

    def _newest_file(self) -> FileIO | None:
        """The file that the last run left, to go on with, if it is sound and not full."""
        newest = next(reversed(self.files()), None)
        if newest is None or newest.name not in self.sound:
            return None
        if IMPORTED_FROM in self.info_of(newest):
            return None  # it says of itself that all it holds are copies
        with self._explained("write captures"):
            if newest.stat().st_size >= MAX_FILE_BYTES:
                return None
            file = FileIO(newest, "r+b")
            file.seek(0, os.SEEK_END)
            return file

    def new_file(self, **info: str) -> FileIO:
        """Begin a file with its warcinfo record; `info` adds to what that says. The file is the
        caller's. Raises Stop CANNOT_CREATE."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            while True:
                moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
                name = f"borneone-{self._uuid}-{moment}-{self._serial:05d}.warc.gz"
                self._serial += 1
                try:
                    file = FileIO(self.folder / name, "xb")
                    break
                except FileExistsError:
                    continue
            try:
                _write_all(file, warcinfo(name, self._software, self._uuid, **info))
            except OSError:
                (self.folder / name).unlink()
                raise
            sync_folder(self.folder)
        except OSError as error:
            raise Stop(
                Status.CANNOT_CREATE, f"cannot write captures in {self.folder}: {error.strerror}"
            ) from error
        self.sound.add(name)
        return file

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Stop(
                Status.IO_ERROR, f"cannot {what} in {self.folder}: {error.strerror}"
            ) from error


def _write_all(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def sync_folder(folder: Path) -> None:
    """Have the folder's own list of files on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
