"""The WARC files that a person names: plain, compressed, or packed in a WACZ."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from borneone_crawler.archive.foreign.stream import begins_like_warc
from borneone_crawler.statuses import Status, Stop

_LOCAL_HEADER = struct.Struct("<4s22xHH")
"""Of a file in a zip: signature, then the lengths of name and extra field that follow."""

_KNOWN = {
    b"\x28\xb5\x2f\xfd": "compressed with zstd: unpack it first (zstd -d)",
    b"filedesc:": "an ARC file, the format before WARC: warcio recompress makes a WARC of it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcFile:
    """One WARC file: a file of its own, or a stretch of a WACZ."""

    path: Path
    name: str
    """What it is called to people: its own name, behind that of the WACZ it is in."""
    sha256: str
    """Of the file as a person has it: of a WACZ, of the whole."""
    start: int = 0
    length: int = 0

    @property
    def origin(self) -> str:
        """What its captures are marked with."""
        return f"{self.name} (sha256 {self.sha256[:12]})"

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The file for reading. Raises Stop NO_ARCHIVE when it is not there any more."""
        try:
            with self.path.open("rb") as file:
                yield cast("BinaryIO", _Stretch(file, self.start, self.length))
        except OSError as error:
            raise Stop(Status.NO_ARCHIVE, f"cannot read {self.path}: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or one packed in a WACZ, that is no WARC, and why."""

    name: str
    why: str


def warc_files(paths: Sequence[Path]) -> tuple[list[WarcFile], list[tuple[str, str]]]:
    """The WARC files that these files are or hold, and (name, why) of those that are none.

    Raises Stop NO_ARCHIVE when a file is not there or cannot be read, or none is a WARC.
    """
    found: list[WarcFile] = []
    refused: list[Refused] = []
    for path in paths:
        try:
            for one in _in(path):
                if isinstance(one, WarcFile):
                    found.append(one)
                else:
                    refused.append(one)
        except OSError as error:
            raise Stop(Status.NO_ARCHIVE, f"cannot read {path}: {error.strerror}") from error
    if not found:
        why = "; ".join(f"{one.name} is {one.why}" for one in refused)
        raise Stop(Status.NO_ARCHIVE, f"no WARC to import: {why}")
    return found, [(one.name, one.why) for one in refused]


def _in(path: Path) -> Iterator[WarcFile | Refused]:
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if packed:
        yield from _in_wacz(path, digest)
        return
    yield _if_warc(
        WarcFile(path=path, name=_plain(path.name), sha256=digest, length=path.stat().st_size)
    )


def _in_wacz(path: Path, digest: str) -> Iterator[WarcFile | Refused]:
    """The WARC files of a WACZ. They are stored in it as they are, so that they can be read in
    place: nothing is unpacked, and no name in it becomes a path."""
    try:
        with zipfile.ZipFile(path) as package:
            entries = [one for one in package.infolist() if one.filename.startswith("archive/")]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        yield Refused(_plain(path.name), f"a damaged zip ({error})")
        return
    entries = [one for one in entries if one.filename.endswith((".warc", ".warc.gz"))]
    if not entries:
        yield Refused(_plain(path.name), "a zip without WARC files in a folder archive/")
    seen: set[int] = set()
    for entry in entries:
        name = _plain(f"{path.name}/{entry.filename}")
        start = _begins_at(path, entry)
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 or start is None:
            yield Refused(name, "packed a second time or encrypted: unzip it and import that")
        elif start not in seen:
            seen.add(start)
            one = WarcFile(
                path=path, name=name, sha256=digest, start=start, length=entry.file_size
            )
            yield _if_warc(one)


def _begins_at(path: Path, entry: zipfile.ZipInfo) -> int | None:
    """Where in the zip the bytes of a stored file begin; None if they cannot all be in it."""
    with path.open("rb") as file:
        file.seek(entry.header_offset)
        header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size:
        return None
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    whole = start + entry.file_size <= path.stat().st_size
    return start if signature == b"PK\x03\x04" and whole else None


def _if_warc(one: WarcFile) -> WarcFile | Refused:
    with one.opened() as file:
        if begins_like_warc(file):
            return one
        file.seek(0)
        begin = file.read(16)
    why = next((why for magic, why in _KNOWN.items() if begin.startswith(magic)), "no WARC")
    return Refused(one.name, why)


def _plain(name: str) -> str:
    """A file's name without what could not stand in a line for people."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:200]


class _Stretch(io.RawIOBase):
    """Part of a file, read as if it were a file."""

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        self._file, self._start, self._length, self._at = file, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = base + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        rest = max(self._length - self._at, 0)
        self._file.seek(self._start + self._at)
        data = self._file.read(rest if size < 0 else min(size, rest))
        self._at += len(data)
        return data
