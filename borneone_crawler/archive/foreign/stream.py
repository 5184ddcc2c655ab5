"""Reads the records of a WARC file made by anybody, one after another, in bounded memory.

The file may be compressed record by record, as a whole, or not at all, and may be broken: what is
whole is read, and what is not is told.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Protocol

from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from borneone_crawler.archive.payloads import MAX_BYTES

MAX_HEAD = 1 << 16
"""Bytes of the largest WARC header that is read."""

MAX_BLOCK = MAX_BYTES + (1 << 20)
"""Bytes of the largest record block that is read: a body and its HTTP headers."""

_STEP = 1 << 16
_SEEN = 1 << 12  # bytes of a gzip member that show what it begins with
_GZIP = b"\x1f\x8b\x08"
_BEGINS = b"WARC/"
_PARSER = StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One whole record."""

    offset: int
    """First byte of the record in the file; of its gzip member where it is compressed."""
    head: bytes
    """Version line and headers as they stand, with the empty line that ends them."""
    fields: dict[str, str]
    """The headers by their names in lower case; of a name that comes twice the first one."""
    block: bytes | None
    """What follows them; None where nobody wanted it or it is too large."""
    length: int
    """Bytes of the block."""

    @property
    def type(self) -> str:
        return self.fields.get("warc-type", "").lower()

    def as_it_stands(self) -> bytes:
        """The whole record, byte for byte."""
        assert self.block is not None
        return self.head + self.block + b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in the file that is no whole record."""

    offset: int
    why: str


class Damaged(Exception):  # noqa: N818 - a fact about foreign bytes, not a fault
    """What is being read is not whole; the message says how."""


def records(file: BinaryIO, wanted: Callable[[dict[str, str]], bool]) -> Iterator[Record | Damage]:
    """Every record of a seekable file, and every damage, in the file's order.

    `wanted` sees a record's headers and says whether its block is to be read. Behind a damage a
    compressed file is gone on with at its next whole record; of an uncompressed one the rest is
    left out, since text of a page could pass for a record there.
    """
    source = _source(file)
    while source.advance():
        stream = _Stream(source)
        try:
            while (head := _head(stream)) is not None:
                yield _record(stream, source.place(stream.gone - len(head)), head, wanted)
        except Damaged as damage:
            yield Damage(source.place(stream.gone), str(damage))
            source.recover()


def begins_like_warc(file: BinaryIO) -> bool:
    """Whether the file holds anything that looks like a WARC record; reads on where its beginning
    is damaged."""
    source = _source(file)
    try:
        if not source.advance():
            return False
        begin = _Stream(source).peek(len(_BEGINS))
    except Damaged:
        begin = b""
    if begin == _BEGINS:
        return True
    source.recover()
    return source.advance()


def _record(
    stream: "_Stream", offset: int, head: bytes, wanted: Callable[[dict[str, str]], bool]
) -> Record:
    fields = _fields(head)
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise Damaged("a record without a length")
    size, block = int(length), None
    if size <= MAX_BLOCK and wanted(fields):
        block = stream.take(size)
    else:
        stream.skip(size)
    stream.skip_blank_lines()  # so that the checksum of its gzip member is reached
    return Record(offset=offset, head=head, fields=fields, block=block, length=size)


def _head(stream: "_Stream") -> bytes | None:
    """The next record's version line and headers; None at the end."""
    stream.skip_blank_lines()
    if stream.at_end():
        return None
    head = bytearray()
    while True:
        line = stream.line(MAX_HEAD - len(head))
        if not head and not line.startswith(_BEGINS):
            raise Damaged("something else than a record")
        if not line.endswith(b"\n"):
            raise Damaged("a record's headers are cut short or too long")
        head += line
        if not line.strip(b"\r\n"):
            return bytes(head)


def _fields(head: bytes) -> dict[str, str]:
    try:
        parsed = _PARSER.parse(BytesIO(head))
    except StatusAndHeadersParserException as error:
        raise Damaged("a record of another version of WARC") from error
    fields: dict[str, str] = {}
    for name, value in parsed.headers:
        fields.setdefault(name.lower(), value.strip())
    # Older wget puts the address between angle brackets.
    uri = fields.get("warc-target-uri", "")
    if uri.startswith("<") and uri.endswith(">"):
        fields["warc-target-uri"] = uri[1:-1]
    return fields


class _Source(Protocol):
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


def _source(file: BinaryIO) -> _Source:
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
        begin = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, len(_BEGINS))
    except zlib.error:
        return False
    return begin == _BEGINS


class _Stream:
    """One piece of a source, with what was read ahead of it."""

    def __init__(self, source: _Source) -> None:
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
