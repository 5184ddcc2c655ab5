"""Reads the records of a WARC file made by anybody, one after another, in bounded memory.

The file may be compressed record by record, as a whole, or not at all, and may be broken: what is
whole is read, and what is not is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from borneone_crawler.archive.foreign.pieces import BEGINS, Damaged, Stream, source_of
from borneone_crawler.archive.warc.payloads import MAX_BYTES

MAX_HEAD = 1 << 16
"""Bytes of the largest WARC header that is read."""

MAX_BLOCK = MAX_BYTES + (1 << 20)
"""Bytes of the largest record block that is read: a body and its HTTP headers."""

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


def records(file: BinaryIO, wanted: Callable[[dict[str, str]], bool]) -> Iterator[Record | Damage]:
    """Every record of a seekable file, and every damage, in the file's order.

    `wanted` sees a record's headers and says whether its block is to be read. Behind a damage a
    compressed file is gone on with at its next whole record; of an uncompressed one the rest is
    left out, since text of a page could pass for a record there.
    """
    source = source_of(file)
    while source.advance():
        stream = Stream(source)
        try:
            while (head := _head(stream)) is not None:
                yield _record(stream, source.place(stream.gone - len(head)), head, wanted)
        except Damaged as damage:
            yield Damage(source.place(stream.gone), str(damage))
            source.recover()


def begins_like_warc(file: BinaryIO) -> bool:
    """Whether the file holds anything that looks like a WARC record; reads on where its beginning
    is damaged."""
    source = source_of(file)
    try:
        if not source.advance():
            return False
        begin = Stream(source).peek(len(BEGINS))
    except Damaged:
        begin = b""
    if begin == BEGINS:
        return True
    source.recover()
    return source.advance()


def _record(
    stream: Stream, offset: int, head: bytes, wanted: Callable[[dict[str, str]], bool]
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


def _head(stream: Stream) -> bytes | None:
    """The next record's version line and headers; None at the end."""
    stream.skip_blank_lines()
    if stream.at_end():
        return None
    head = bytearray()
    while True:
        line = stream.line(MAX_HEAD - len(head))
        if not head and not line.startswith(BEGINS):
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
