"""HTTP bodies as they stand in WARC records: transfer and content coding undone, in bounds."""

import re
import sys
import zlib
from collections.abc import Callable, Iterable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_BYTES = 32 * 1024 * 1024
"""The largest body that is read, as it stands and decoded."""

_STEP = 1 << 16
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")


class Unreadable(Exception):  # noqa: N818 - a fact about foreign bytes, not a fault
    """The body cannot be read; the message says why in a few words."""


def body_of(headers: Iterable[tuple[str, str]], raw: bytes, limit: int = MAX_BYTES) -> bytes:
    """The body of a response without its codings.

    `headers` are the HTTP headers, `raw` what stands behind them in the record. A writer that
    has undone a coding itself may have left its header: such a body is taken as it is. Raises
    Unreadable: "cut short", "too large", "coded as …".
    """
    fields = {name.lower(): value.strip().lower() for name, value in headers}
    if fields.get("transfer-encoding", "").endswith("chunked"):
        raw = unchunked(raw)
    elif (length := fields.get("content-length", "")).isdecimal() and int(length) > len(raw):
        raise Unreadable("cut short")
    for coding in reversed(fields.get("content-encoding", "").split(",")):
        raw = _without(coding.strip(), raw, limit)
    if len(raw) > limit:
        raise Unreadable("too large")
    return raw


def unchunked(raw: bytes) -> bytes:
    """The body without its chunks (RFC 9112 section 7.1); one without any stays as it is.
    Raises Unreadable when it breaks off."""
    head = _CHUNK_SIZE.match(raw)
    if head is None:
        return raw
    body, at = bytearray(), 0
    while head is not None:
        size, at = int(head[1], 16), head.end()
        if size == 0:
            return bytes(body)
        if at + size > len(raw):
            break
        body += raw[at : at + size]
        head = _CHUNK_SIZE.match(raw, at + size + len(b"\r\n"))
    raise Unreadable("cut short")


def _without(coding: str, raw: bytes, limit: int) -> bytes:
    if coding in ("", "identity") or not raw:
        return raw
    decode = _DECODERS.get(coding)
    try:
        if decode is None:
            raise Unreadable(f"coded as {coding[:20]}")
        return decode(raw, limit)
    except (zlib.error, zstd.ZstdError, brotli.error, Unreadable) as error:
        if str(error) != "too large" and raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return raw  # the coding was undone before it was written
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"coded as {coding}, but not readable as that") from error


def _gunzip(raw: bytes, limit: int) -> bytes:
    body = bytearray()
    while True:
        inflating = zlib.decompressobj(zlib.MAX_WBITS | 16)
        body += inflating.decompress(raw, limit - len(body) + 1)
        _check(len(body), limit, whole=inflating.eof)
        raw = inflating.unused_data
        if not raw.startswith(b"\x1f\x8b"):  # what else stands behind is padding
            return bytes(body)


def _inflate(raw: bytes, limit: int) -> bytes:
    # Some servers send the bare stream, without the zlib header that RFC 9110 asks for.
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        inflating = zlib.decompressobj(bits)
        try:
            body = inflating.decompress(raw, limit + 1)
        except zlib.error:
            continue
        _check(len(body), limit, whole=inflating.eof)
        return body
    raise zlib.error("neither with header nor without")


def _unbrotli(raw: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    body = bytearray(decoder.process(raw, output_buffer_limit=_STEP))
    while not decoder.is_finished() and len(body) <= limit:
        more = decoder.process(b"", output_buffer_limit=_STEP)
        if not more:
            break
        body += more
    _check(len(body), limit, whole=decoder.is_finished())
    return bytes(body)


def _unzstd(raw: bytes, limit: int) -> bytes:
    body = bytearray()
    while raw:
        decoder = zstd.ZstdDecompressor()
        body += decoder.decompress(raw, limit - len(body) + 1)
        _check(len(body), limit, whole=decoder.eof)
        raw = decoder.unused_data
    return bytes(body)


def _check(size: int, limit: int, *, whole: bool) -> None:
    if size > limit:
        raise Unreadable("too large")
    if not whole:
        raise Unreadable("cut short")


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
