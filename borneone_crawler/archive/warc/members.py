"""The gzip members of a file: read one by one, told from torn ones, found again after damage."""

import mmap
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 16
_MEMBER_BEGINS = b"\x1f\x8b\x08"
_RECORD_BEGINS = b"WARC/"

_MOST_OF_A_REQUEST = 1 << 16
"""Bytes of the longest request record that is taken along, before and after compression."""


class TornError(Exception):
    """The file ends before the member does: what a kill in the middle of a write leaves."""


class BrokenError(Exception):
    """The bytes are no gzip member: damage, or what a power cut left of them."""


def member_at(file: BinaryIO, offset: int, stop: int | None = None) -> bytes:
    """The whole member that begins at `offset`; `stop` is where the file is taken to end.

    Raises TornError or BrokenError. What it inflates to is never held in memory.
    """
    file.seek(offset)
    inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = bytearray()
    while not inflating.eof:
        left = _CHUNK if stop is None else min(_CHUNK, stop - offset - len(data))
        piece = file.read(left)
        if not piece:
            raise TornError
        data += piece
        try:
            more = True
            while more and not inflating.eof:
                made = inflating.decompress(piece, _CHUNK)
                piece = inflating.unconsumed_tail
                more = bool(piece) or len(made) == _CHUNK
        except zlib.error as error:
            raise BrokenError from error
    del data[len(data) - len(inflating.unused_data) :]
    return bytes(data)


def whole_members(path: Path, start: int) -> Iterator[tuple[int, bytes]]:
    """(offset, bytes) of each gzip member from `start` on, up to the first that is not whole."""
    with path.open("rb") as file:
        offset = start
        while True:
            try:
                data = member_at(file, offset)
            except (TornError, BrokenError):
                return
            yield offset, data
            offset += len(data)


def next_member(path: Path, start: int) -> int | None:
    """Where behind `start` the next whole member begins that is a WARC record, or None."""
    if start + 1 >= path.stat().st_size:
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        at = mapped.find(_MEMBER_BEGINS, start + 1)
        while at != -1:
            if _begins_a_record(mapped[at : at + 256]):
                try:
                    member_at(file, at)
                except (TornError, BrokenError):
                    pass
                else:
                    return at
            at = mapped.find(_MEMBER_BEGINS, at + 1)
    return None


def request_after(path: Path, offset: int, record_id: str) -> bytes | None:
    """The member that follows a response, if it is the request for it."""
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read(_MOST_OF_A_REQUEST)
    inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        record = inflating.decompress(data, _MOST_OF_A_REQUEST)
    except zlib.error:
        return None
    head = record.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = (b"WARC-Type: request", b"WARC-Concurrent-To: " + record_id.encode())
    if not inflating.eof or not all(name in head for name in names):
        return None
    return data[: len(data) - len(inflating.unused_data)]


def _begins_a_record(data: bytes) -> bool:
    inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        return inflating.decompress(data, len(_RECORD_BEGINS)) == _RECORD_BEGINS
    except zlib.error:
        return False
