"""The bytes of a file that may be compressed and may be broken, piece by piece, in bounds."""

import zlib
from typing import BinaryIO, Protocol

BEGINS = b"WARC/"
"""What every WARC record begins with."""

_STEP = 1 << 16
_SEEN = 1 << 12  # bytes of a gzip member that show what it begins with
_GZIP = b"\x1f\x8b\x08"


class Damaged(Exception):  # noqa: N818 - a fact about foreign bytes, not a fault
    """What is being read is not whole; the message says how."""


class Source(Protocol):
    """The bytes of a file, in pieces that can be read on from one by one."""

    def place(self, gone: int) -> int:
        """Where in the file it is what `gone` bytes of the piece stand before."""
        ...

    def advance(self) -> bool:
        """Go to the next piece. False at the end of the file."""
        ...

    def read(self, size: int) -> bytes:
        """Up to `size` bytes of the piece, nothing at its end. Raises Damaged."""
        ...

    def recover(self) -> None:
        """Find the next piece behind a damage."""
        ...


def source_of(file: BinaryIO) -> Source:
    file.seek(0)
    compressed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    return _Members(file) if compressed else _Plain(file)


class _Plain:
    """A file that is not compressed: one piece."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._begun = False

    def place(self, gone: int) -> int:
        return gone

    def advance(self) -> bool:
        begun, self._begun = self._begun, True
        return not begun

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def recover(self) -> None:
        self._begun = True


class _Members:
    """A file of gzip members: each is a piece, inflated."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._rest = b""
        """What was read of the file and not inflated yet."""
        self._begins_at = 0

    def place(self, gone: int) -> int:
        return self._begins_at

    def advance(self) -> bool:
        self._rest = self._inflating.unused_data or self._rest
        while not (rest := self._rest.lstrip(b"\0")):  # padding
            self._rest = self._file.read(_STEP)
            if not self._rest:
                return False
        self._rest = rest
        self._begins_at = self._file.tell() - len(rest)
        self._inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return True

    def read(self, size: int) -> bytes:
        try:
            while not self._inflating.eof:
                data = self._inflating.unconsumed_tail or self._rest or self._file.read(_STEP)
                self._rest = b""
                if not data:
                    raise Damaged("the file is cut short")
                if piece := self._inflating.decompress(data, size):
                    return piece
        except zlib.error as error:
            raise Damaged("damaged bytes") from error
        return b""

    def recover(self) -> None:
        """The next member behind where this one began that holds a record."""
        self._file.seek(self._begins_at + 1)
        self._inflating, self._rest, window = zlib.decompressobj(), b"", b""
        while data := self._file.read(_STEP):
            window += data
            # Not so near the end of what was read that too little of a member could be seen.
            last = len(window) if len(data) < _STEP else len(window) - _SEEN
            at = window.find(_GZIP)
            while -1 < at < last:
                if _inflates_to_record(window[at : at + _SEEN]):
                    self._rest = window[at:]
                    return
                at = window.find(_GZIP, at + 1)
            window = window[last:]


def _inflates_to_record(data: bytes) -> bool:
    try:
        begin = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, len(BEGINS))
    except zlib.error:
        return False
    return begin == BEGINS


class Stream:
    """One piece of a source, with what was read ahead of it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._ahead = b""
        self.gone = 0
        """Bytes of the piece that were gone past."""

    def peek(self, size: int) -> bytes:
        """The next bytes without going on, fewer at the end."""
        while len(self._ahead) < size and (more := self._source.read(_STEP)):
            self._ahead += more
        return self._ahead[:size]

    def at_end(self) -> bool:
        return not self.peek(1)

    def line(self, limit: int) -> bytes:
        """Up to a line feed, it included; up to `limit` bytes or the end where there is none."""
        while (end := self._ahead.find(b"\n", 0, limit)) == -1 and len(self._ahead) < limit:
            if not (more := self._source.read(_STEP)):
                break
            self._ahead += more
        return self._go(limit if end == -1 else end + 1)

    def take(self, size: int) -> bytes:
        """Exactly so many bytes."""
        taken = bytearray(self._go(size))
        while len(taken) < size:
            taken += self._more(size - len(taken))
        return bytes(taken)

    def skip(self, size: int) -> None:
        size -= len(self._go(size))
        while size:
            size -= len(self._more(size))

    def skip_blank_lines(self) -> None:
        while self.peek(1):
            self._go(len(self._ahead) - len(self._ahead.lstrip(b"\r\n")))
            if self._ahead:
                return

    def _go(self, size: int) -> bytes:
        taken, self._ahead = self._ahead[:size], self._ahead[size:]
        self.gone += len(taken)
        return taken

    def _more(self, size: int) -> bytes:
        more = self._source.read(min(_STEP, size))
        if not more:
            raise Damaged("a record is cut short")
        self.gone += len(more)
        return more
